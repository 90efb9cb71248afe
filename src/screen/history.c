/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/history.h"

#include <string.h>

struct moment {
    char *text;
    gsize cursor;
};

static void moment_free(gpointer data)
{
    struct moment *moment = data;
    explicit_bzero(moment->text, strlen(moment->text));
    g_free(moment->text);
    g_free(moment);
}

static void push(GQueue *queue, const char *text, gsize cursor)
{
    struct moment *moment = g_new(struct moment, 1);
    *moment = (struct moment){.text = g_strdup(text), .cursor = cursor};
    g_queue_push_head(queue, moment);
    if (g_queue_get_length(queue) > HISTORY_STEPS_MAX)
        moment_free(g_queue_pop_tail(queue));
}

void history_clear(struct history *history)
{
    g_queue_clear_full(&history->past, moment_free);
    g_queue_clear_full(&history->future, moment_free);
    history->last = HISTORY_NONE;
}

void history_note(struct history *history, enum history_edit edit, const char *text, gsize cursor)
{
    bool runs_on = edit == history->last && edit != HISTORY_REPLACE && cursor == history->cursor;
    g_queue_clear_full(&history->future, moment_free);
    if (!runs_on)
        push(&history->past, text, cursor);
    history->last = edit;
}

void history_noted(struct history *history, gsize cursor)
{
    history->cursor = cursor;
}

static bool go(struct history *history, GQueue *from, GQueue *to, GString *text, gsize *cursor)
{
    struct moment *moment = g_queue_pop_head(from);
    if (!moment)
        return false;
    push(to, text->str, *cursor);
    g_string_assign(text, moment->text);
    *cursor = MIN(moment->cursor, text->len);
    moment_free(moment);
    history->last = HISTORY_NONE;
    return true;
}

bool history_undo(struct history *history, GString *text, gsize *cursor)
{
    return go(history, &history->past, &history->future, text, cursor);
}

bool history_redo(struct history *history, GString *text, gsize *cursor)
{
    return go(history, &history->future, &history->past, text, cursor);
}
