/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/archive.h"

#include "intake/file.h"

struct archive_facts *archive_take(const char *path, const char *output)
{
    struct archive_facts *facts = record_new(&archive_facts_record);
    g_autoptr(GBytes) bytes = file_load(path, ARCHIVE_MAX_BYTES);
    if (!bytes) {
        facts->bytes = file_size(path);
        return facts;
    }
    gsize n = 0;
    const char *data = g_bytes_get_data(bytes, &n);
    *facts = archive_look((const unsigned char *)data, n);
    if (!archive_check(facts) &&
        !g_file_set_contents_full(output, data, (gssize)n, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
        facts->broken = true; /* nothing to send: it must be tried again */
    return facts;
}

void *archive_job(const void *request, struct helper_context *context)
{
    const struct archive_request *wanted = request;
    (void)context;
    return archive_take(wanted->path, wanted->output);
}
