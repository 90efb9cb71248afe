/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kiosk-helper JOB: one blocking, crashing or untrusted job for the kiosk, then the end. Started by the kiosk only, with a socket on
 * fd 3 (helper/helper_main.h). `kiosk-helper pinyin` is the one that stays while a person types.
 */
#include "base/secret.h"
#include "helper/helper_main.h"
#include "input/pinyin_helper.h"
#include "intake/archive.h"
#include "intake/media.h"
#include "intake/picture.h"
#include "printing/printer.h"
#include "printing/sheet.h"

#include <stdio.h>
#include <string.h>

static const helper_job_fn functions[HELPER_JOBS] = {
    [JOB_SHEET] = sheet_job,   [JOB_PRINT] = printer_job,   [JOB_FILES] = media_job,
    [JOB_PHOTO] = picture_job, [JOB_ARCHIVE] = archive_job,
};

/*
 * cairo 1.16 loses 96 bytes a page, fontconfig its first pattern, libpinyin three handles of its database and words it was asked for: not ours, and this process
 * ends with its job.
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcairo.so\nleak:libfontconfig.so\nleak:libpinyin.so\nleak:libdb-5.3.so\nleak:g_utf8_to_ucs4\n";
}

int main(int argc, char **argv)
{
    secret_harden_process();
    if (argc == 2 && strcmp(argv[1], PINYIN_HELPER) == 0)
        return pinyin_helper_serve();
    for (int job = 0; argc == 2 && job < HELPER_JOBS; job++)
        if (strcmp(argv[1], helper_jobs[job].name) == 0)
            return helper_serve((enum helper_job)job, functions[job]);
    fprintf(stderr, "kiosk-helper is started by the kiosk\n");
    return 2;
}
