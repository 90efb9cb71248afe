/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "typist.h"

#include "base/tsv.h"
#include "input/pinyin_helper.h"
#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_MS 20000

static const struct record_field phrase_fields[] = {
    {"part", RECORD_STRING, offsetof(struct phrase, part), .flags = RECORD_REQUIRED},
    {"kind", RECORD_STRING, offsetof(struct phrase, kind), .flags = RECORD_REQUIRED},
    {"phrase", RECORD_STRING, offsetof(struct phrase, phrase), .flags = RECORD_REQUIRED},
    {"pinyin", RECORD_STRING, offsetof(struct phrase, pinyin), .flags = RECORD_REQUIRED},
};
const struct record_type phrase_record = RECORD_TYPE(phrase, phrase_fields);

GPtrArray *phrases_read(void)
{
    g_autofree char *path = rig_source("tests/pinyin_phrases.tsv");
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *phrases = tsv_read_all(&phrase_record, path, faults);
    for (guint i = 0; i < faults->len; i++)
        fprintf(stderr, "%s\n", (const char *)g_ptr_array_index(faults, i));
    return phrases;
}

char *phrase_letters(const char *pinyin)
{
    GString *letters = g_string_new(NULL);
    for (; *pinyin != '\0'; pinyin++)
        if (*pinyin != ' ')
            g_string_append_c(letters, *pinyin);
    return g_string_free(letters, FALSE);
}

/* ---------------------------------------------------------------- typing */

static void on_changed(gpointer user)
{
    ((struct typist *)user)->n_changed++;
}

static void on_committed(const char *text, gpointer user)
{
    struct typist *typist = user;
    g_string_append(typist->field, text);
    pinyin_before(typist->pinyin, typist->field->str);
}

void typist_init(struct typist *typist, const struct pinyin_options *options)
{
    g_autofree char *program = rig_program("kiosk-helper"), *lexicon = rig_program("lexicon.tsv");
    struct pinyin_options all = *options;
    all.program = options->program != NULL ? options->program : program;
    all.lexicon = options->lexicon != NULL ? options->lexicon : lexicon;
    if (*all.lexicon == '\0')
        all.lexicon = NULL;
    all.page = options->page > 0 ? options->page : 9;
    all.changed = on_changed;
    all.committed = on_committed;
    all.user = typist;
    *typist = (struct typist){.field = g_string_new(NULL)};
    typist->pinyin = pinyin_new(&all);
}

void typist_clear(struct typist *typist)
{
    pinyin_free(typist->pinyin);
    g_string_free(typist->field, TRUE);
    *typist = (struct typist){0};
}

void typist_type(struct typist *typist, const char *letters)
{
    for (; *letters != '\0'; letters++)
        pinyin_feed(typist->pinyin, PINYIN_LETTER, *letters);
}

static gboolean on_patience(gpointer data)
{
    *(bool *)data = true;
    return G_SOURCE_REMOVE;
}

static bool is_in_state(const struct pinyin_view *view, int state)
{
    return view->state == (enum pinyin_state)state;
}

static bool is_fresh(const struct pinyin_view *view, int unused G_GNUC_UNUSED)
{
    return view->fresh;
}

static bool is_closed(const struct pinyin_view *view, int unused G_GNUC_UNUSED)
{
    return !view->open;
}

static void wait_until(struct typist *typist, bool (*holds)(const struct pinyin_view *view, int argument), int argument)
{
    bool over = false;
    guint patience = g_timeout_add(PATIENCE_MS, on_patience, &over);
    for (;;) {
        struct pinyin_view view = pinyin_view(typist->pinyin);
        if (over) {
            fprintf(stderr, "typist: nothing happened with \"%s%s\", state %d\n", view.picked, view.letters,
                    view.state);
            abort();
        }
        if (holds(&view, argument))
            break;
        g_main_context_iteration(NULL, TRUE);
    }
    g_source_remove(patience);
}

void typist_wait_state(struct typist *typist, enum pinyin_state state)
{
    wait_until(typist, is_in_state, (int)state);
}

void typist_wait_fresh(struct typist *typist)
{
    wait_until(typist, is_fresh, 0);
}

void typist_wait_closed(struct typist *typist)
{
    wait_until(typist, is_closed, 0);
}

const char *typist_candidate(const struct typist *typist, int i)
{
    const GPtrArray *candidates = pinyin_view(typist->pinyin).candidates;
    if (i < 0 || (guint)i >= candidates->len)
        return "";
    return ((const struct pinyin_candidate *)g_ptr_array_index(candidates, i))->text;
}

void typist_ask(struct typist *typist, const char *letters)
{
    typist_type(typist, letters);
    typist_wait_fresh(typist);
}

void typist_start_afresh(struct typist *typist)
{
    pinyin_feed(typist->pinyin, PINYIN_DROP, 0);
    pinyin_before(typist->pinyin, "");
    g_string_truncate(typist->field, 0);
}

/* ---------------------------------------------------------------- the engine's process */

static bool runs_engine(pid_t pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/cmdline", pid), *line = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &line, &length, NULL) || length == 0)
        return false;
    const char *job = line + strlen(line) + 1; /* a zero behind each argument */
    return job < line + length && strcmp(job, PINYIN_HELPER) == 0;
}

pid_t typist_engine_of(pid_t parent)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/task/%d/children", parent, parent), *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return 0;
    g_auto(GStrv) children = g_strsplit(g_strchomp(text), " ", -1);
    for (char **child = children; *child != NULL; child++)
        if (runs_engine(atoi(*child)))
            return atoi(*child);
    return 0;
}

pid_t typist_engine(void)
{
    return typist_engine_of(getpid());
}

void typist_wait_no_engine(void)
{
    bool over = false;
    guint patience = g_timeout_add(PATIENCE_MS, on_patience, &over);
    while (typist_engine() != 0 && !over) {
        bool looked = false;
        (void)g_timeout_add(1, on_patience, &looked); /* its end wakes nobody who looks from outside */
        while (!looked)
            (void)g_main_context_iteration(NULL, TRUE);
    }
    if (over) {
        fprintf(stderr, "typist: the engine does not end\n");
        abort();
    }
    g_source_remove(patience);
}
