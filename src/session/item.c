/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The majors of the application, one by one: what each is judged by and what is given for English in it (R5–R7). The substitution page
 * is about one of them at a time, the one in hand.
 */
#include "session/state.h"

#include <string.h>

char *item_key(const char *code, const char *version)
{
    return g_strdup_printf("%s/%s", code, version);
}

guint item_count(const struct session *session)
{
    return session->application ? session->application->items->len : 0;
}

const struct application_item *item_at(const struct session *session, guint i)
{
    return i < item_count(session) ? g_ptr_array_index(session->application->items, i) : NULL;
}

const struct application_item *item_in_hand(const struct session *session)
{
    const struct application_item *item = item_at(session, session->item);
    return item ? item : item_at(session, 0);
}

const struct application_item *item_find(const struct session *session, const char *key)
{
    for (guint i = 0; key && i < item_count(session); i++) {
        const struct application_item *item = item_at(session, i);
        g_autofree char *its_key = item_key(item->major, item->version);
        if (strcmp(its_key, key) == 0)
            return item;
    }
    return NULL;
}

const struct eligibility *item_eligibility(const struct session *session, const struct application_item *item)
{
    g_autofree char *key = item_key(item->major, item->version);
    return g_hash_table_lookup(session->eligibility, key);
}

const struct plan *item_plan(const struct session *session, const struct application_item *item)
{
    g_autofree char *key = item_key(item->major, item->version);
    return g_hash_table_lookup(session->plans, key);
}

/* ---------------------------------------------------------------- what is given for English */

/* A snapshot with one major may have it in one place only. */
const GPtrArray *item_substitution(const struct session *session, const struct application_item *item)
{
    bool of_the_whole = item->english_substitution->len == 0 && item_count(session) == 1;
    return of_the_whole ? session->application->english_substitution : item->english_substitution;
}

/* English stands in the plan, is not passed, and something could replace it (domain.md 2.7). */
bool item_wants_substitution(const struct session *session, const struct application_item *item)
{
    const struct eligibility *judged = item_eligibility(session, item);
    for (guint i = 0; judged && item->level == LEVEL_BACHELOR && i < judged->courses->len; i++) {
        const struct eligibility_course *course = g_ptr_array_index(judged->courses, i);
        if (course->state == COURSE_TO_SUBSTITUTE || course->state == COURSE_SUBSTITUTED)
            return true;
    }
    return item_substitution(session, item)->len > 0;
}

bool item_substitution_done(const struct session *session, const struct application_item *item)
{
    return item_substitution(session, item)->len > 0 || answer_chosen(session, "skipped", item->major);
}

/* The first from `from` on that wants it, and has nothing yet when `open`; -1 = none. */
static int find_wanting(const struct session *session, guint from, bool open)
{
    for (guint i = from; i < item_count(session); i++) {
        const struct application_item *item = item_at(session, i);
        if (item_wants_substitution(session, item) && !(open && item_substitution_done(session, item)))
            return (int)i;
    }
    return -1;
}

bool item_next(struct session *session)
{
    int next = find_wanting(session, session->item + 1, false);
    session->item = (guint)MAX(next, 0);
    return next >= 0;
}

/* One that is open goes before one that is only looked at again. */
static void take_in_hand(struct session *session)
{
    const struct application_item *item = item_in_hand(session);
    bool open = item_wants_substitution(session, item) && !item_substitution_done(session, item);
    int first = find_wanting(session, 0, true);
    if (!open && first >= 0)
        session->item = (guint)first;
    else if (!item_wants_substitution(session, item))
        session->item = (guint)MAX(find_wanting(session, 0, false), 0);
}

void item_enter(struct session *session)
{
    if (item_count(session) == 0)
        return;
    take_in_hand(session);
    const struct application_item *item = item_in_hand(session);
    g_autoptr(GPtrArray) chosen = answers_chosen(session, "substitute");
    bool another = g_strcmp0(session->ticked, item->major) != 0;
    if (chosen->len > 0 && !another)
        return; /* ticked just now, and not saved yet */
    answers_clear_list(session, "substitute");
    g_free(session->ticked);
    session->ticked = g_strdup(item->major);
    const GPtrArray *given = item_substitution(session, item);
    for (guint i = 0; i < given->len; i++)
        answer_choose(session, "substitute", g_ptr_array_index(given, i), true);
}
