/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 添加顶替课程 (R9–R15, domain.md 2.8): the course being typed, looked up by its code, checked by the rules that the platform uses
 * too, and the lists that are sent. The platform keeps a list; it is always sent whole.
 */
#include "session/state.h"

#include "base/text.h"
#include "graduation/added_course.h"

#include <string.h>

#define PREFIX "added_" /* of the page's fields; the rest is the member of the record */

static const char *const members[] = {"reason", "code", "name", "passed_on", "score"};

guint added_count(const struct session *session)
{
    return session->application ? session->application->added_courses->len : 0;
}

void added_forget_typed(struct session *session)
{
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        g_autofree char *key = g_strconcat(PREFIX, members[i], NULL);
        answer_set(session, key, "");
    }
    session->draft_dirty = true;
    g_clear_pointer(&session->course_code, g_free);
    record_free(&api_course_record, g_steal_pointer(&session->course));
}

/* ---------------------------------------------------------------- what the code means */

/* Digits may come from a full-width input method. */
static char *typed_code(const struct session *session)
{
    return text_half_width(answer(session, PREFIX "code"));
}

enum added_course_known added_known(const struct session *session)
{
    g_autofree char *code = typed_code(session);
    if (g_strcmp0(session->course_code, code) != 0)
        return COURSE_ASKED;
    return session->course ? COURSE_KNOWN : COURSE_UNKNOWN;
}

static void look_up(struct session *session)
{
    g_autofree char *code = typed_code(session);
    if (!course_code_valid(code) || added_known(session) != COURSE_ASKED)
        return;
    call_cancel_all(session, API_COURSE);
    struct effect *send = call_new(session, API_COURSE);
    send->argument = g_strdup(code);
    call_send(session, send, true);
}

void added_edited(struct session *session, const char *key)
{
    if (strcmp(key, PREFIX "code") != 0)
        return;
    look_up(session);
    session->show = true; /* the name goes, or comes */
}

/* The answer about a code that stands there no more is of no use. */
void added_course_came(struct session *session, const char *code, const struct api_course *course)
{
    g_autofree char *typed = typed_code(session);
    if (g_strcmp0(typed, code) != 0)
        return;
    record_free(&api_course_record, g_steal_pointer(&session->course));
    session->course = course ? record_copy(&api_course_record, course) : NULL;
    g_free(session->course_code);
    session->course_code = g_strdup(code);
    session->show = true;
}

/* ---------------------------------------------------------------- the row */

static int reason_of(const char *word)
{
    for (int i = 0; added_course_reason_words[i]; i++)
        if (strcmp(added_course_reason_words[i], word) == 0)
            return i;
    return ADDED_OLD_PLAN; /* an empty field is a fault of its own */
}

static int64_t score_of(const char *typed)
{
    g_autofree char *digits = text_half_width(typed);
    gint64 score = -1;
    return g_ascii_string_to_signed(digits, 10, 0, 1000, &score, NULL) ? score : -1;
}

static struct added_course *typed_row(const struct session *session)
{
    struct added_course *row = record_new(&added_course_record);
    bool known = added_known(session) == COURSE_KNOWN;
    row->reason = reason_of(answer(session, PREFIX "reason"));
    row->code = typed_code(session);
    row->name = g_strdup(known ? session->course->name : answer(session, PREFIX "name"));
    row->passed_on = answers_iso_date(answer(session, PREFIX "passed_on"));
    row->score = score_of(answer(session, PREFIX "score"));
    return row;
}

static bool is_twice(const struct session *session, const char *code)
{
    for (guint i = 0; i < added_count(session); i++)
        if (strcmp(((struct added_course *)session->application->added_courses->pdata[i])->code, code) == 0)
            return true;
    return false;
}

/* As far as the prejudge tells; the platform knows every result. */
static bool is_on_record(const struct session *session, const char *code)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, session->eligibility);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const GPtrArray *courses = ((struct eligibility *)value)->courses;
        for (guint i = 0; i < courses->len; i++) {
            const struct eligibility_course *course = g_ptr_array_index(courses, i);
            bool passed = course->state == COURSE_PASSED || course->state == COURSE_EXEMPT ||
                          course->state == COURSE_OUTSIDE || course->state == COURSE_USED;
            if (passed && strcmp(course->code, code) == 0)
                return true;
        }
    }
    return false;
}

void added_faults(const struct session *session, GHashTable *faults)
{
    struct added_course *row = typed_row(session);
    bool known = added_known(session) == COURSE_KNOWN;
    const struct added_course_facts facts = {
        .known = known,
        .exemptible = known && session->course->exemptible,
        .practice = known && session->course->practice,
        .on_record = is_on_record(session, row->code),
        .twice = is_twice(session, row->code),
        .today = session->options.today,
    };
    const char *field = NULL, *fault = added_course_check(row, &facts, &field);
    if (fault)
        g_hash_table_insert(faults, g_strconcat(PREFIX, field, NULL), g_strdup(fault));
    record_free(&added_course_record, row);
}

/* ---------------------------------------------------------------- sending */

/* All rows of the application but one. */
static struct api_added_courses *rows_without(const struct session *session, guint left_out)
{
    struct api_added_courses *body = record_new(&api_added_courses_record);
    for (guint i = 0; i < added_count(session); i++)
        if (i != left_out)
            g_ptr_array_add(body->courses,
                            record_copy(&added_course_record, session->application->added_courses->pdata[i]));
    return body;
}

/* Nothing is said of a course as long as its name is still asked for. */
static bool is_asking(const struct session *session)
{
    g_autofree char *code = typed_code(session);
    return course_code_valid(code) && added_known(session) == COURSE_ASKED;
}

void added_send_new(struct session *session)
{
    if (is_asking(session)) {
        look_up(session); /* the last try may have failed */
        session_say(session, TONE_NORMAL, "added.asking");
        return;
    }
    if (!check_page(session))
        return;
    if (added_count(session) >= ADDED_COURSES_MAX) {
        session_say(session, TONE_WARN, "added.full");
        return;
    }
    struct api_added_courses *body = rows_without(session, G_MAXUINT);
    g_ptr_array_add(body->courses, typed_row(session));
    call_write(session, API_ADDED_COURSES, body);
}

void added_send_without(struct session *session, guint row)
{
    call_write(session, API_ADDED_COURSES, rows_without(session, row));
}
