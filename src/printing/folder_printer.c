/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "printing/folder_printer.h"

#include <glib.h>
#include <string.h>

#define MAX_PDF_BYTES (16 * 1024 * 1024)

/* Names are made by the session; a slash or a leading dot in one would be a mistake of ours. */
static bool is_plain_name(const char *name)
{
    static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
    return *name && name[strspn(name, letters)] == '\0';
}

bool folder_print(const char *folder, const char *name, const char *pdf)
{
    g_autofree char *bytes = NULL;
    gsize n;
    if (!is_plain_name(name) || g_mkdir_with_parents(folder, 0700) != 0)
        return false;
    if (!g_file_get_contents(pdf, &bytes, &n, NULL) || n > MAX_PDF_BYTES)
        return false;
    g_autofree char *file = g_strconcat(name, ".pdf", NULL);
    g_autofree char *path = g_build_filename(folder, file, NULL);
    const GFileSetContentsFlags flags = G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE;
    return g_file_set_contents_full(path, bytes, (gssize)n, flags, 0600, NULL);
}
