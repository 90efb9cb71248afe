/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#define FOLDER    "tests/screens"
#define QUIET_MS  400
#define SETTLE_MS 15000

/*
 * What is masked. Without a text of its own every digit and capital of a match becomes "#", so that columns stay where they are; a
 * countdown is told the same way however long it is, since nothing stands behind it.
 */
static const struct {
    const char *pattern, *text;
} changing[] = {
    {"\\bBY[0-9]{14}[0-9A-Z]*", NULL},            /* order numbers */
    {"\\b[0-9]{1,2}:[0-9]{2}:[0-9]{2}\\b", NULL}, /* times with seconds */
    {"(剩余|还剩) *[0-9]+:[0-9]{2}", "\\1 #:##"},
    {"[0-9]+ 秒后", NULL},
    {"(校验码 +)[0-9a-f]{6}", "\\1######"},
    {"127\\.0\\.0\\.1:[0-9]+", NULL},
    {"支付时间.*[0-9]{2}:[0-9]{2}", NULL},
    {"/[A-Z]+/[A-Z2-7]{26}", NULL}, /* tokens in addresses */
};

static gboolean mask_match(const GMatchInfo *match, GString *result, gpointer data)
{
    (void)data;
    g_autofree char *text = g_match_info_fetch(match, 0);
    for (char *c = text; *c != '\0'; c++)
        g_string_append_c(result, g_ascii_isdigit(*c) || g_ascii_isupper(*c) ? '#' : *c);
    return FALSE;
}

char *golden_mask(const char *text)
{
    char *masked = g_strdup(text);
    for (size_t i = 0; i < G_N_ELEMENTS(changing); i++) {
        g_autoptr(GRegex) regex = g_regex_new(changing[i].pattern, 0, 0, NULL);
        char *next = changing[i].text != NULL ? g_regex_replace(regex, masked, -1, 0, changing[i].text, 0, NULL)
                                              : g_regex_replace_eval(regex, masked, -1, 0, 0, mask_match, NULL, NULL);
        g_free(masked);
        masked = next;
    }
    return masked;
}

/* ---- the QR code: the box around its half blocks */

struct box {
    int top, left, bottom, right; /* inclusive; top > bottom = none */
};

static bool is_module(const struct term *term, int row, int col)
{
    VTermScreenCell cell;
    return term_cell(term, row, col, &cell) && (cell.chars[0] == 0x2580 || cell.chars[0] == 0x2584);
}

static struct box qr_box(const struct term *term)
{
    struct box box = {.top = 1, .left = INT_MAX};
    for (int row = 0; row < term_rows(term); row++) {
        for (int col = 0; col < term_cols(term); col++) {
            if (!is_module(term, row, col))
                continue;
            if (box.left == INT_MAX)
                box.top = row;
            box.bottom = row;
            box.left = MIN(box.left, col);
            box.right = MAX(box.right, col);
        }
    }
    return box;
}

/* The row as text, cells of the box as "▒". */
static char *masked_row(const struct term *term, int row, const struct box *box)
{
    g_autofree char *text = term_row_text(term, row);
    if (box->left == INT_MAX || row < box->top || row > box->bottom)
        return golden_mask(text);
    GString *line = g_string_new(NULL);
    int cols = term_cols(term);
    for (int col = 0; col < cols; col++) {
        VTermScreenCell cell;
        term_cell(term, row, col, &cell);
        bool inside = col >= box->left && col <= box->right;
        bool blank = cell.chars[0] == 0 || cell.chars[0] == (uint32_t)-1;
        g_string_append_unichar(line, inside ? 0x2592 : blank ? ' ' : cell.chars[0]);
        if (!inside && !blank && g_unichar_iswide(cell.chars[0]))
            col++;
    }
    while (line->len > 0 && line->str[line->len - 1] == ' ')
        g_string_truncate(line, line->len - 1);
    g_autofree char *raw = g_string_free(line, FALSE);
    return golden_mask(raw);
}

char *golden_text(const struct term *term)
{
    int row, col;
    bool visible;
    struct box box = qr_box(term);
    GString *text = g_string_new(NULL);
    term_cursor(term, &row, &col, &visible);
    g_string_printf(text, "# %d×%d, cursor ", term_cols(term), term_rows(term));
    if (visible)
        g_string_append_printf(text, "at %d,%d\n", row, col);
    else
        g_string_append(text, "hidden\n");
    for (int i = 0; i < term_rows(term); i++) {
        g_autofree char *line = masked_row(term, i, &box);
        g_string_append_printf(text, "%s\n", line);
    }
    return g_string_free(text, FALSE);
}

/* ---- comparing and writing */

static bool is_wanted(struct term *term, gpointer wanted)
{
    g_autofree char *text = golden_text(term);
    return strcmp(text, wanted) == 0;
}

static void print_difference(const char *wanted, const char *real)
{
    g_auto(GStrv) rows_wanted = g_strsplit(wanted, "\n", -1);
    g_auto(GStrv) rows_real = g_strsplit(real, "\n", -1);
    for (int i = 0; rows_wanted[i] != NULL && rows_real[i] != NULL; i++)
        if (strcmp(rows_wanted[i], rows_real[i]) != 0)
            print_error("  row %d wanted |%s|\n  row %d is     |%s|\n", i - 1, rows_wanted[i], i - 1, rows_real[i]);
}

static void write_screen(struct term *term, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GError) error = NULL;
    term_settle(term, QUIET_MS, SETTLE_MS);
    g_autofree char *text = golden_text(term);
    g_mkdir_with_parents(folder, 0755);
    if (!g_file_set_contents(path, text, -1, &error))
        g_error("%s", error->message);
}

void golden_check_at(const char *file, int line, struct term *term, const char *name)
{
    g_autofree char *path = g_strdup_printf(FOLDER "/%s.screen", name);
    g_autofree char *wanted = NULL;
    if (g_strcmp0(g_getenv("SCREENS"), "write") == 0) {
        write_screen(term, path);
        return;
    }
    if (!g_file_get_contents(path, &wanted, NULL, NULL)) {
        term_fail_at(file, line, term, "%s is missing; `make screens` writes it", path);
        return;
    }
    if (term_poll(term, is_wanted, wanted, TERM_WAIT_MS))
        return;
    g_autofree char *real = golden_text(term);
    print_error("The screen is not the one in %s:\n", path);
    print_difference(wanted, real);
    term_fail_at(file, line, term, "If the new screen is right: `make screens`, and look at the diff");
}
