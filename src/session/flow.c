/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way through the screens. Where a person is follows from the snapshot and the draft: the first step of flow.conf that is on
 * their way (`when`) and not behind them (`until`). Nothing else is remembered, so resuming is the same code as beginning.
 */
#include "session/state.h"

#include <string.h>

/* Of the places a screen has on the way, the one that is on this person's; else the first; -1 = it is no step. */
static int step_index(const struct session *session, const struct form_screen *screen)
{
    int first = -1;
    for (guint i = 0; screen && i < session->forms->steps->len; i++) {
        const struct form_step *step = g_ptr_array_index(session->forms->steps, i);
        if (strcmp(step->screen, screen->name) != 0)
            continue;
        if (guard_holds(session, step->when))
            return (int)i;
        first = first < 0 ? (int)i : first;
    }
    return first;
}

static const struct form_step *step_at(const struct session *session, int index)
{
    return g_ptr_array_index(session->forms->steps, (guint)index);
}

/* What was begun for the page that is left. */
static void cancel_quiet_work(struct session *session)
{
    if (session->helper_ticket)
        call_cancel(session, session->helper_ticket);
    session->helper_ticket = 0;
    call_cancel_watch(session);
    print_stop(session);
}

/* What stands in a field at first counts as answered: it is on the screen. A fresh field is given anew each time. */
static void prepare_fields(struct session *session)
{
    for (guint i = 0; i < session->screen->fields->len; i++) {
        const struct form_field *field = g_ptr_array_index(session->screen->fields, i);
        if (field->fresh && field->type == FIELD_PASSWORD)
            secret_set(check_secret(session, field->key), "");
        else if (field->fresh)
            answer_set(session, field->key, "");
        else if (field->initial && !g_hash_table_contains(session->answers, field->key))
            answer_set(session, field->key, field->initial);
    }
}

/* Once submitted, the reviewers change it too: whatever is on the screen must not grow stale. */
bool flow_watches(const struct session *session)
{
    return session->screen->watch || guard_holds(session, "submitted");
}

void flow_go(struct session *session, const char *name)
{
    const struct form_screen *screen = forms_screen(session->forms, name);
    g_assert(screen); /* forms_check() has seen every name */
    if (screen != session->screen) {
        session->previous = session->screen;
        cancel_quiet_work(session);
    }
    session->screen = screen;
    prepare_fields(session);
    g_hash_table_remove_all(session->errors);
    g_clear_pointer(&session->focus, g_free);
    g_clear_pointer(&session->message, g_free);
    session->ends_ms = screen->ends_s ? session->now_ms + screen->ends_s * 1000 : 0;
    session->asked_idle = false;
    session->activity_ms = session->now_ms;
    session->show = true;
    if (screen->enter)
        verb_run(session, screen->enter, NULL);
    if (session->screen == screen && flow_watches(session))
        call_watch(session);
}

const char *flow_resume(const struct session *session)
{
    const struct form_step *last = NULL;
    for (guint i = 0; i < session->forms->steps->len; i++) {
        const struct form_step *step = step_at(session, (int)i);
        if (!guard_holds(session, step->when))
            continue;
        last = step;
        if (!step->until || !guard_holds(session, step->until))
            return step->screen;
    }
    return last ? last->screen : "home";
}

static const struct form_step *step_after(const struct session *session)
{
    int at = step_index(session, session->screen);
    for (int i = at + 1; at >= 0 && i < (int)session->forms->steps->len; i++)
        if (guard_holds(session, step_at(session, i)->when))
            return step_at(session, i);
    return NULL;
}

void flow_next(struct session *session)
{
    const struct form_step *step = step_after(session);
    flow_go(session, step ? step->screen : flow_resume(session));
}

/* The step before this one that is still on the way. */
static const struct form_step *step_before(const struct session *session)
{
    for (int i = step_index(session, session->screen) - 1; i >= 0; i--)
        if (guard_holds(session, step_at(session, i)->when))
            return step_at(session, i);
    return NULL;
}

bool flow_can_back(const struct session *session)
{
    return step_before(session) != NULL;
}

void flow_back(struct session *session)
{
    const struct form_step *step = step_before(session);
    flow_go(session, step ? step->screen : "home");
}

static bool is_on_the_way(const struct session *session, const struct form_screen *screen)
{
    int at = step_index(session, screen);
    return at < 0 || guard_holds(session, step_at(session, at)->when);
}

void flow_update(struct session *session)
{
    if (!is_on_the_way(session, session->screen))
        flow_next(session);
}

void flow_return(struct session *session)
{
    const struct form_screen *screen = session->previous;
    if (screen && is_on_the_way(session, screen))
        flow_go(session, screen->name);
    else
        flow_go(session, screen ? flow_resume(session) : "home");
}
