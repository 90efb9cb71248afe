/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/review_text.h"

#include "base/clock.h"
#include "ctl/columns.h"
#include "graduation/eligibility.h"
#include "graduation/id_number.h"

#include <string.h>

#define INDENT 2

/* ---------------------------------------------------------------- words */

static const char *say(const struct review_words *words, const char *key)
{
    return message_text(key, (gpointer)words->messages);
}

/* "photo_state." and "accepted" → its word for people. */
static const char *word_of(const struct review_words *words, const char *section, const char *word)
{
    g_autofree char *key = g_strconcat(section, word, NULL);
    const char *said = message_text(key, (gpointer)words->messages);
    return said == key ? word : said; /* a word of a newer platform shows itself */
}

static char *number(int64_t n)
{
    return g_strdup_printf("%" G_GINT64_FORMAT, n);
}

static char *yuan(int64_t fen)
{
    return g_strdup_printf("%" G_GINT64_FORMAT ".%02d", fen / 100, (int)(fen % 100));
}

/* "2026-12-02 09:30", or nothing. */
static char *moment(int64_t time)
{
    if (time == 0)
        return g_strdup("");
    g_autofree char *whole = clock_format(time);
    whole[10] = ' ';
    return g_strndup(whole, 16);
}

static char *progress(const struct review_words *words, int state, int64_t round, const char *county)
{
    g_autofree char *name = code_county_name(words->tables, county);
    return message_fill(words->messages, application_progress_key((enum application_state)state, round), "county", name,
                        NULL);
}

/* A row of headings: keys separated by blanks. */
static struct columns *table(const struct review_words *words, const char *keys)
{
    g_auto(GStrv) names = g_strsplit(keys, " ", -1);
    guint n = g_strv_length(names);
    g_autofree const char **cells = g_new0(const char *, n + 1);
    struct columns *columns = columns_new(n);
    for (guint i = 0; i < n; i++)
        cells[i] = word_of(words, "ctl.column.", names[i]);
    columns_add(columns, cells);
    return columns;
}

#define ROW(columns, ...) columns_add(columns, (const char *const[]){__VA_ARGS__})

/* Heading and table, unless nothing but headings stands in it. Takes the table. */
static void write_table(const struct review_words *words, const char *heading, struct columns *columns, GString *out)
{
    if (columns_rows(columns) > 1) {
        g_string_append_printf(out, "\n%s\n", say(words, heading));
        columns_write(columns, INDENT, out);
    }
    columns_free(columns);
}

/* ---------------------------------------------------------------- the list */

static void add_line(const struct review_words *words, struct columns *columns, const struct api_review_line *line)
{
    g_autofree char *id = number(line->id), *round = number(line->round), *added = number(line->added_courses);
    g_autofree char *at = moment(line->submitted_at);
    g_autofree char *state = progress(words, line->state, line->round, line->county);
    ROW(columns, id, line->batch, round, line->exam_no, line->name, line->majors, state,
        word_of(words, "photo_state.", photo_state_words[line->photo]),
        word_of(words, "ctl.degree.", prior_degree_state_words[line->prior_degree]), added, at);
}

char *review_text_list(const struct review_words *words, const struct api_reviews *list)
{
    GString *out = g_string_new(NULL);
    struct columns *columns =
        table(words, "id batch round exam_no name majors progress photo prior_degree added submitted");
    for (guint i = 0; i < list->reviews->len; i++)
        add_line(words, columns, list->reviews->pdata[i]);
    if (list->reviews->len > 0)
        columns_write(columns, 0, out);
    else
        g_string_append_printf(out, "%s\n", say(words, "ctl.none"));
    if (list->next != 0)
        g_string_append_printf(out, "%s\n", say(words, "ctl.more"));
    columns_free(columns);
    return g_string_free(out, FALSE);
}

/* ---------------------------------------------------------------- one review: who and what */

static void add_fact(const struct review_words *words, struct columns *columns, const char *key, const char *value)
{
    if (value && *value)
        ROW(columns, word_of(words, "ctl.column.", key), value);
}

static void add_person(const struct review_words *words, struct columns *columns, const struct candidate *candidate)
{
    add_fact(words, columns, "name", candidate->name);
    add_fact(words, columns, "sex", sex_words[candidate->sex]);
    add_fact(words, columns, "id_no", candidate->id_no);
    add_fact(words, columns, "exam_no", candidate->exam_no);
    add_fact(words, columns, "mobile", candidate->mobile);
    add_fact(words, columns, "address", candidate->address);
}

static char *degree_text(const struct review_words *words, const struct prior_degree *degree)
{
    const char *state = word_of(words, "ctl.degree.", prior_degree_state_words[degree->state]);
    const char *parts[] = {state, degree->name_masked, degree->school, degree->level, degree->reason};
    GString *all = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i])
            g_string_append_printf(all, "%s%s", all->len > 0 ? "  " : "", parts[i]);
    return g_string_free(all, FALSE);
}

static char *photo_text(const struct review_words *words, const struct photo *photo)
{
    const char *state = word_of(words, "photo_state.", photo_state_words[photo->state]);
    g_autofree char *size =
        photo->bytes > 0 ? g_strdup_printf("  %" G_GINT64_FORMAT "×%" G_GINT64_FORMAT, photo->width, photo->height)
                         : g_strdup("");
    return g_strconcat(state, size, photo->reason ? "  " : NULL, photo->reason, NULL);
}

static char *order_text(const struct review_words *words, const struct order *order)
{
    g_autofree char *amount = yuan(order->amount_fen);
    return g_strdup_printf("%s  %s  %s", word_of(words, "order_state.", order_state_words[order->state]), amount,
                           order->order_no);
}

static void add_application(const struct review_words *words, struct columns *columns, const struct application *now)
{
    g_autofree char *county = code_county_name(words->tables, now->county);
    g_autofree char *state = progress(words, now->state, now->round, now->county);
    add_fact(words, columns, "county", county);
    add_fact(words, columns, "progress", state);
    add_fact(words, columns, "reason", now->reason);
    if (now->photo) {
        g_autofree char *photo = photo_text(words, now->photo);
        add_fact(words, columns, "photo", photo);
    }
    if (now->prior_degree) {
        g_autofree char *degree = degree_text(words, now->prior_degree);
        add_fact(words, columns, "prior_degree", degree);
    }
    if (now->order) {
        g_autofree char *order = order_text(words, now->order);
        add_fact(words, columns, "order", order);
    }
    add_fact(words, columns, "archive", now->archive);
}

static char *joined(const GPtrArray *codes)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < codes->len; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? " " : "", (const char *)codes->pdata[i]);
    return g_string_free(all, FALSE);
}

static void write_rows(const struct review_words *words, const struct application *now, GString *out)
{
    struct columns *columns = table(words, "code major level school progress english note");
    for (guint i = 0; i < now->items->len; i++) {
        const struct application_item *item = now->items->pdata[i];
        g_autofree char *given = joined(item->english_substitution);
        ROW(columns, item->major, item->name, plan_level_words[item->level], item->school, item->progress, given,
            item->note);
    }
    write_table(words, "ctl.rows", columns, out);
}

/* ---------------------------------------------------------------- one review: courses and judgement */

static void write_added(const struct review_words *words, const struct application *now, GString *out)
{
    struct columns *columns = table(words, "code course added_reason passed_on score");
    for (guint i = 0; i < now->added_courses->len; i++) {
        const struct added_course *course = now->added_courses->pdata[i];
        g_autofree char *score = number(course->score);
        ROW(columns, course->code, course->name,
            word_of(words, "ctl.added.", added_course_reason_words[course->reason]), course->passed_on, score);
    }
    write_table(words, "ctl.added", columns, out);
}

static void write_courses(const struct review_words *words, const struct eligibility *judged, GString *out)
{
    struct columns *columns = table(words, "code course credits type course_state score passed_on");
    for (guint i = 0; i < judged->courses->len; i++) {
        const struct eligibility_course *course = judged->courses->pdata[i];
        g_autofree char *credits = number(course->credits), *score = course->score < 0 ? NULL : number(course->score);
        ROW(columns, course->code, course->name, credits, course_type_words[course->type],
            word_of(words, "course_state.", course_state_words[course->state]), score, course->passed_on);
    }
    columns_write(columns, INDENT, out);
    columns_free(columns);
}

static void write_judgement(const struct review_words *words, const struct eligibility *judged, GString *out)
{
    const struct eligibility_totals *totals = judged->totals;
    g_autofree char *have = number(totals->courses), *need = number(totals->required_courses);
    g_autofree char *credits = number(totals->credits), *need_credits = number(totals->required_credits);
    g_autofree char *sum = message_fill(words->messages, "word.totals", "courses", have, "min_courses", need, "credits",
                                        credits, "min_credits", need_credits, NULL);
    const char *verdict = say(words, judged->verdict == VERDICT_MET ? "ctl.met" : "ctl.not_met");
    g_string_append_printf(out, "\n%s  %s  %s\n", judged->major_code ? judged->major_code : "", verdict, sum);
    for (guint i = 0; i < judged->reasons->len; i++)
        g_string_append_printf(out, "%*s%s\n", INDENT, "",
                               ((const struct eligibility_reason *)judged->reasons->pdata[i])->text);
    write_courses(words, judged, out);
}

/* ---------------------------------------------------------------- one review: what was done, what may be */

/* Where it led: a state of the application, or of the photo or prior degree that was decided on. */
static char *detail_text(const struct review_words *words, const struct api_review *review,
                         const struct api_audit *line)
{
    const struct application *now = review->application;
    if (!line->detail)
        return NULL;
    if (line->event == EVENT_PHOTO_DECIDE)
        return g_strdup(word_of(words, "photo_state.", line->detail));
    if (line->event == EVENT_PRIOR_DEGREE_DECIDE)
        return g_strdup(word_of(words, "ctl.degree.", line->detail));
    for (int state = 0; application_state_words[state]; state++)
        if (strcmp(application_state_words[state], line->detail) == 0)
            return progress(words, state, now->round, now->county);
    return g_strdup(line->detail);
}

static void write_audit(const struct review_words *words, const struct api_review *review, GString *out)
{
    struct columns *columns = table(words, "at actor event code detail reason");
    for (guint i = 0; i < review->audit->len; i++) {
        const struct api_audit *line = review->audit->pdata[i];
        g_autofree char *at = moment(line->at), *detail = detail_text(words, review, line);
        ROW(columns, at, word_of(words, "ctl.actor.", line->actor),
            word_of(words, "ctl.event.", application_event_words[line->event]), line->major, detail, line->reason);
    }
    write_table(words, "ctl.audit", columns, out);
}

static void write_may(const struct review_words *words, const struct api_review *review, GString *out)
{
    g_string_append_printf(out, "\n%s", say(words, "ctl.may"));
    for (guint i = 0; i < review->may->len; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? say(words, "word.and") : "",
                               word_of(words, "ctl.event.", review->may->pdata[i]));
    g_string_append(out, review->may->len > 0 ? "\n" : say(words, "ctl.may_nothing"));
    if (review->may->len == 0)
        g_string_append_c(out, '\n');
}

static char *title(const struct review_words *words, const struct api_review *review)
{
    g_autofree char *id = number(review->id), *round = number(review->application->round);
    return message_fill(words->messages, "ctl.title", "id", id, "batch",
                        review->application->batch ? review->application->batch : "", "round", round, NULL);
}

char *review_text_head(const struct review_words *words, const struct api_review *review)
{
    GString *out = g_string_new(NULL);
    g_autofree char *head = title(words, review);
    g_string_append_printf(out, "%s  %s  %s\n", head, review->candidate->exam_no, review->candidate->name);
    write_rows(words, review->application, out);
    return g_string_free(out, FALSE);
}

char *review_text_whole(const struct review_words *words, const struct api_review *review)
{
    GString *out = g_string_new(NULL);
    g_autofree char *head = title(words, review);
    struct columns *facts = columns_new(2);
    g_string_append_printf(out, "%s\n", head);
    add_person(words, facts, review->candidate);
    add_application(words, facts, review->application);
    columns_write(facts, INDENT, out);
    columns_free(facts);
    write_rows(words, review->application, out);
    write_added(words, review->application, out);
    for (guint i = 0; i < review->judgements->len; i++)
        write_judgement(words, review->judgements->pdata[i], out);
    write_audit(words, review, out);
    write_may(words, review, out);
    return g_string_free(out, FALSE);
}
