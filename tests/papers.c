/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "papers.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "proc.h"

#define POPPLER_MS 30000

static void assert_has(const char *text, const char *wanted)
{
    if (strstr(text, wanted) != NULL)
        return;
    fprintf(stderr, "Not there: %s\nin:\n%s\n", wanted, text);
    fail();
}

void papers_check_attributes(const char *attributes)
{
    assert_has(attributes, "IPP_COPIES=2\n");
    assert_has(attributes, "IPP_SIDES=two-sided-short-edge\n");
    assert_has(attributes, "x-dimension=29700");
    assert_has(attributes, "y-dimension=42000");
}

char *papers_text(const char *pdf)
{
    const char *argv[] = {"pdftotext", "-enc", "UTF-8", pdf, "-", NULL};
    char *text = proc_output(argv, POPPLER_MS);
    assert_non_null(text);
    char *to = text;
    for (const char *from = text; *from != '\0'; from++)
        if (!g_ascii_isspace(*from))
            *to++ = *from;
    *to = '\0';
    return text;
}

void papers_check_sheet(const char *pdf, const char *const texts[])
{
    const char *argv[] = {"pdfinfo", pdf, NULL};
    g_autofree char *info = proc_output(argv, POPPLER_MS);
    assert_non_null(info);
    g_autoptr(GRegex) size =
        g_regex_new("Page size: +(1190\\.55 x 841\\.89|841\\.89 x 1190\\.55) pts \\(A3\\)", 0, 0, NULL);
    g_autoptr(GRegex) pages = g_regex_new("Pages: +2\n", 0, 0, NULL);
    if (!g_regex_match(size, info, 0, NULL) || !g_regex_match(pages, info, 0, NULL)) {
        fprintf(stderr, "Not two pages of A3:\n%s\n", info);
        fail();
    }
    g_autofree char *text = papers_text(pdf);
    assert_has(text, "毕业生登记表");
    for (int i = 0; texts[i] != NULL; i++)
        assert_has(text, texts[i]);
}
