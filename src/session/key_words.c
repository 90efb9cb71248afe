/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys in the texts of forms/. Who has a keyboard reads "按 F10 键保存", who taps reads "点按“下一步”": the button by its own label.
 *
 *     {F10|保存}              the key's name and what it does; by touch its button, or what tap.F10 says where the page has none
 *     {list|选择市|要选的市}   other words for each; "keys" has none of its own
 *
 * The names' own words are the sentences key.… and tap.… of messages.conf; a missing one is nothing.
 */
#include "session/state.h"

#include <string.h>

static const char *const words[] = {
    "Enter", "Esc", "Space", "list", "arrows", "scroll", "any", "keys", "F1",  "F2",
    "F3",    "F4",  "F5",    "F6",   "F7",     "F8",     "F9",  "F10",  "F11", "F12",
};

static size_t word_length(const char *inside, size_t n)
{
    const char *bar = memchr(inside, '|', n);
    return bar ? (size_t)(bar - inside) : n;
}

bool key_words_exist(const char *inside, size_t n)
{
    size_t length = word_length(inside, n);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strlen(words[i]) == length && strncmp(words[i], inside, length) == 0)
            return true;
    return false;
}

/* The button that is there now, else one that may be there. */
static const struct form_action *action_of(const struct session *session, const char *key)
{
    const struct form_action *found = NULL;
    for (guint i = 0; i < session->screen->actions->len; i++) {
        const struct form_action *action = g_ptr_array_index(session->screen->actions, i);
        if (g_strcmp0(action->key, key) != 0)
            continue;
        if (guard_holds(session, action->when))
            return action;
        found = found ? found : action;
    }
    return found;
}

static char *own_words(const struct session *session, const char *word)
{
    bool touch = session->options.touch;
    const struct form_action *action = touch ? action_of(session, word) : NULL;
    if (action)
        return message_fill(session->forms->messages, "tap.button", "label", action->label, NULL);
    g_autofree char *key = g_strdup_printf("%s.%s", touch ? "tap" : "key", word);
    if (session_knows(session, key))
        return g_strdup(session_message(session, key));
    bool named = !touch && (word[0] == 'F' || strcmp(word, "Esc") == 0);
    return named ? message_fill(session->forms->messages, "key.named", "key", word, NULL) : g_strdup("");
}

char *key_words(const struct session *session, const char *inside, size_t n)
{
    g_autofree char *whole = g_strndup(inside, n);
    g_auto(GStrv) parts = g_strsplit(whole, "|", 3);
    guint tail = session->options.touch ? 2 : 1;
    g_autofree char *own = own_words(session, parts[0]);
    return g_strconcat(own, tail < g_strv_length(parts) ? parts[tail] : "", NULL);
}
