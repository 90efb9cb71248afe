/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "printing/profile.h"
#include "base/settings.h"

static const char *const kind_words[] = {"cups", "folder", NULL};

#define FIELD(member, kind_, ...)                                                                                      \
    {                                                                                                                  \
        .name = #member, .kind = kind_, .offset = offsetof(struct profile, member), __VA_ARGS__                        \
    }
static const struct record_field profile_fields[] = {
    FIELD(kind, RECORD_WORD, .flags = RECORD_REQUIRED, .words = kind_words,
          .help = "A CUPS queue, or a folder of PDFs."),
    FIELD(label, RECORD_STRING, .flags = RECORD_REQUIRED, .min = 1, .max = 40, .help = "What people call it."),
    FIELD(queue, RECORD_STRING, .min = 1, .max = 127, .help = "Name of the CUPS queue."),
    FIELD(server, RECORD_STRING, .min = 1, .help = "Socket path or host:port; left out: the system's."),
    FIELD(folder, RECORD_STRING, .min = 1, .max = 1000, .help = "Where the PDFs are put."),
    FIELD(media, RECORD_STRING, .initial = "iso_a3_297x420mm", .help = "Paper, by its PWG name (R44)."),
    FIELD(sides, RECORD_STRING, .initial = "two-sided-short-edge", .help = "The sheet is folded: short edge."),
    FIELD(copies, RECORD_INTEGER, .min = 1, .max = 10, .initial = "2", .help = "When the job does not say (R44)."),
    FIELD(connect_ms, RECORD_INTEGER, .min = 100, .max = 30000, .initial = "3000", .help = "For a connection."),
    FIELD(answer_ms, RECORD_INTEGER, .min = 1000, .max = 60000, .initial = "5000", .help = "For an answer of CUPS."),
    FIELD(job_ms, RECORD_INTEGER, .min = 1000, .max = 280000, .initial = "240000",
          .help = "From handing over to the last sheet; then the job is cancelled. Below the helper's own deadline."),
};
const struct record_type profile_record = RECORD_TYPE(profile, profile_fields);

void profile_free(struct profile *profile)
{
    record_free(&profile_record, profile);
}

static const char *lacks(const struct profile *profile)
{
    if (profile->kind == PROFILE_CUPS && !profile->queue)
        return "queue";
    return profile->kind == PROFILE_FOLDER && !profile->folder ? "folder" : NULL;
}

struct profile *profile_read(const char *path, GPtrArray *faults)
{
    struct profile *profile = settings_read(&profile_record, path, faults);
    const char *missing = profile ? lacks(profile) : NULL;
    if (!missing)
        return profile;
    settings_fault(faults, path, 1, "%s is missing", missing);
    profile_free(profile);
    return NULL;
}
