/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/wording.h"

#include <string.h>

#include "base/record.h"
#include "base/settings.h"
#include "base/tsv.h"

struct term {
    char *term, *code;
    GPtrArray *instead_of; /* char * */
    char *meaning;
};

static const struct record_field term_fields[] = {
    {"term", RECORD_STRING, offsetof(struct term, term), .flags = RECORD_REQUIRED, .min = 1, .max = 20},
    {"code", RECORD_STRING, offsetof(struct term, code), .max = 40},
    {"instead_of", RECORD_STRINGS, offsetof(struct term, instead_of)},
    {"meaning", RECORD_STRING, offsetof(struct term, meaning), .max = 60},
};
static const struct record_type term_record = RECORD_TYPE(term, term_fields);

struct wording {
    GPtrArray *terms; /* struct term */
    GPtrArray *faults;
    const char *file;
    unsigned line;
    /* a text with a hanzi in it; what is filled in, and names of keys; a word in Latin letters */
    GRegex *sentence, *aside, *latin;
};

/* ---------------------------------------------------------------- one sentence */

static bool is_term(const struct wording *w, const char *word)
{
    for (guint i = 0; i < w->terms->len; i++)
        if (strcmp(((const struct term *)g_ptr_array_index(w->terms, i))->term, word) == 0)
            return true;
    return false;
}

static void check_term(const struct wording *w, const struct term *term, const char *sentence)
{
    for (guint i = 0; i < term->instead_of->len; i++) {
        const char *word = g_ptr_array_index(term->instead_of, i);
        if (strstr(sentence, word))
            settings_fault(w->faults, w->file, w->line, "\"%s\": the glossary has \"%s\" for it", word, term->term);
    }
}

static void check_latin(const struct wording *w, const char *sentence)
{
    g_autofree char *plain = g_regex_replace_literal(w->aside, sentence, -1, 0, "", 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(w->latin, plain, 0, &match); g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_autofree char *word = g_match_info_fetch(match, 0);
        if (!is_term(w, word))
            settings_fault(w->faults, w->file, w->line, "\"%s\" is no term of the glossary", word);
    }
}

static void check_sentence(const struct wording *w, const char *sentence, bool latin_allowed)
{
    for (guint i = 0; i < w->terms->len; i++)
        check_term(w, g_ptr_array_index(w->terms, i), sentence);
    if (!latin_allowed)
        check_latin(w, sentence);
}

/* ---------------------------------------------------------------- a file, line by line */

static void check_line(const struct wording *w, const char *line)
{
    bool staff = strstr(line, "key = \"ctl.") != NULL;
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(w->sentence, line, 0, &match); g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_autofree char *sentence = g_match_info_fetch(match, 1);
        g_autoptr(GString) broken = g_string_new(sentence);
        g_string_replace(broken, "\\n", "\n", 0);
        check_sentence(w, broken->str, staff);
    }
}

static void check_file(struct wording *w, const char *path)
{
    gsize length = 0;
    g_autofree char *text = settings_load(path, SETTINGS_FILE_MAX, &length, w->faults);
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
    w->file = path;
    w->line = 0;
    for (char **line = lines; *line; line++) {
        w->line++;
        if (*g_strchug(*line) != '#')
            check_line(w, *line);
    }
}

static void check_folder(struct wording *w, const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_str_has_suffix(name, ".conf"))
            check_file(w, path);
    }
}

bool wording_check(const char *directory, GPtrArray *faults)
{
    static const char *const files[] = {"messages.conf", "frame.conf"};
    guint before = faults->len;
    g_autofree char *glossary = g_build_filename(directory, "glossary.tsv", NULL);
    g_autofree char *screens = g_build_filename(directory, "screens", NULL);
    g_autoptr(GRegex) sentence = g_regex_new("\"((?:[^\"\\\\]|\\\\.)*\\p{Han}(?:[^\"\\\\]|\\\\.)*)\"", 0, 0, NULL);
    g_autoptr(GRegex) aside = g_regex_new("\\{[^}]*\\}|\\bF[0-9]+", 0, 0, NULL);
    g_autoptr(GRegex) latin = g_regex_new("[A-Za-z]{2,}", 0, 0, NULL);
    struct wording w = {.faults = faults, .sentence = sentence, .aside = aside, .latin = latin};
    w.terms = tsv_read_all(&term_record, glossary, faults);
    for (size_t i = 0; w.terms && i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(directory, files[i], NULL);
        check_file(&w, path);
    }
    if (w.terms)
        check_folder(&w, screens);
    record_list_free(&term_record, w.terms);
    return faults->len == before;
}
