/* SPDX-License-Identifier: GPL-3.0-or-later */
/* {words} in the texts of forms/: one table, word → text. Values are never expanded again. */
#include "session/state.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

typedef char *(*value_fn)(const struct session *session); /* newly allocated; NULL = "" */

static char *copy_of(const char *text)
{
    return g_strdup(text ? text : "");
}

static char *name(const struct session *s)
{
    return copy_of(s->me ? s->me->name : NULL);
}

static char *name_masked(const struct session *s)
{
    return s->me ? text_mask_name(s->me->name) : NULL;
}

static char *id_no(const struct session *s)
{
    return copy_of(s->me ? s->me->id_no : NULL);
}

static char *id_masked(const struct session *s)
{
    return s->me ? text_mask_id(s->me->id_no) : NULL;
}

static char *exam_no(const struct session *s)
{
    return copy_of(s->me ? s->me->exam_no : NULL);
}

static char *sex(const struct session *s)
{
    return copy_of(s->me ? sex_words[s->me->sex] : NULL);
}

static char *mobile_masked(const struct session *s)
{
    return s->me && s->me->mobile ? text_mask_mobile(s->me->mobile) : NULL;
}

static char *address(const struct session *s)
{
    return copy_of(s->me ? s->me->address : NULL);
}

static char *county(const struct session *s)
{
    return s->application && s->application->county ? code_county_name(&s->forms->tables, s->application->county)
                                                    : copy_of(session_message(s, "word.county_office"));
}

static char *city(const struct session *s)
{
    const struct code_entry *entry = source_city(s);
    return copy_of(entry ? entry->city : NULL);
}

static char *office(const struct session *s)
{
    return copy_of(s->options.office);
}

/* The same for each major, in one line; what is the same for all stands once. */
static char *of_all_items(const struct session *s,
                          char *(*text_of)(const struct session *, const struct application_item *))
{
    GString *line = g_string_new(NULL);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < item_count(s); i++) {
        char *text = text_of(s, item_at(s, i));
        if (!g_hash_table_contains(seen, text))
            g_string_append_printf(line, "%s%s", line->len > 0 ? session_message(s, "word.and") : "", text);
        g_hash_table_add(seen, text);
    }
    return g_string_free(line, FALSE);
}

static char *school_of(const struct session *s, const struct application_item *item)
{
    (void)s;
    return copy_of(item->school);
}

static char *major_of(const struct session *s, const struct application_item *item)
{
    return message_fill(s->forms->messages, "word.major", "name", item->name, "level", plan_level_words[item->level],
                        NULL);
}

static char *progress_of(const struct session *s, const struct application_item *item)
{
    (void)s;
    return copy_of(item->progress);
}

static char *school(const struct session *s)
{
    return of_all_items(s, school_of);
}

static char *major(const struct session *s)
{
    return of_all_items(s, major_of);
}

static char *item_major(const struct session *s)
{
    const struct application_item *item = item_in_hand(s);
    return item ? major_of(s, item) : NULL;
}

static char *progress(const struct session *s)
{
    return of_all_items(s, progress_of);
}

static char *yuan(int64_t fen)
{
    return fen % 100 ? g_strdup_printf("%" G_GINT64_FORMAT ".%02d", fen / 100, (int)(fen % 100))
                     : g_strdup_printf("%" G_GINT64_FORMAT, fen / 100);
}

static char *fee(const struct session *s)
{
    return s->application ? yuan(s->application->fee_fen) : NULL;
}

static const struct order *order_of(const struct session *s)
{
    return s->application ? s->application->order : NULL;
}

static char *order_no(const struct session *s)
{
    return copy_of(order_of(s) ? order_of(s)->order_no : NULL);
}

static char *order_amount(const struct session *s)
{
    return order_of(s) ? yuan(order_of(s)->amount_fen) : NULL;
}

static char *period(const struct session *s, int64_t from, int64_t to)
{
    g_autofree char *begin = clock_format_short(from);
    g_autofree char *end = clock_format_short(to);
    return message_fill(s->forms->messages, "word.period", "from", begin, "to", end, NULL);
}

static char *apply_window(const struct session *s)
{
    const struct batch *batch = s->application ? s->application->window : NULL;
    return batch ? period(s, batch->apply_from, batch->apply_to) : NULL;
}

static char *pay_window(const struct session *s)
{
    const struct batch *batch = s->application ? s->application->window : NULL;
    return batch ? period(s, batch->pay_from, batch->pay_to) : NULL;
}

static char *handin_window(const struct session *s)
{
    const struct batch *batch = s->application ? s->application->window : NULL;
    return batch ? period(s, batch->handin_from, batch->handin_to) : NULL;
}

static const struct prior_degree *degree_of(const struct session *s)
{
    return s->application ? s->application->prior_degree : NULL;
}

static char *degree(const struct session *s)
{
    const struct prior_degree *d = degree_of(s);
    return d && d->school
               ? message_fill(s->forms->messages, "word.degree", "school", d->school, "level", d->level ? d->level : "",
                              "tail", d->certificate_tail ? d->certificate_tail : "", NULL)
               : NULL;
}

static char *degree_reason(const struct session *s)
{
    return copy_of(degree_of(s) ? degree_of(s)->reason : NULL);
}

static char *photo_reason(const struct session *s)
{
    return copy_of(s->application && s->application->photo ? s->application->photo->reason : NULL);
}

/* Of the whole, or of the first major that has one of its own. */
static char *reason(const struct session *s)
{
    const char *why = s->application ? s->application->reason : NULL;
    for (guint i = 0; !why && i < item_count(s); i++)
        why = item_at(s, i)->note;
    return copy_of(why);
}

static char *file(const struct session *s)
{
    return copy_of(s->picked);
}

static char *number(int64_t n)
{
    return g_strdup_printf("%" G_GINT64_FORMAT, n);
}

static char *photo_size(const struct session *s)
{
    if (!s->photo)
        return NULL;
    g_autofree char *width = number(s->photo->width);
    g_autofree char *height = number(s->photo->height);
    g_autofree char *kilobytes = number((s->photo->bytes + 1023) / 1024);
    return message_fill(s->forms->messages, "word.photo_size", "width", width, "height", height, "kb", kilobytes, NULL);
}

static char *photo_source(const struct session *s)
{
    return copy_of(s->options.photo_source);
}

static char *photo_state(const struct session *s)
{
    int state = s->application && s->application->photo ? s->application->photo->state : PHOTO_NONE;
    g_autofree char *key = g_strdup_printf("photo_state.%s", photo_state_words[state]);
    return copy_of(session_message(s, key));
}

static char *sum_courses(const struct session *s)
{
    int64_t courses = 0;
    source_credits(s, &courses);
    return number(courses);
}

static char *sum_credits(const struct session *s)
{
    int64_t courses = 0;
    return number(source_credits(s, &courses));
}

static char *substitutes(const struct session *s)
{
    return source_substitutes(s);
}

static char *applied_reason(const struct session *s)
{
    return judge_shortfall(s);
}

static char *ticked_reason(const struct session *s)
{
    struct eligibility *judged = judge_ticked(s);
    const struct eligibility_reason *why =
        judged && judged->reasons->len > 0 ? g_ptr_array_index(judged->reasons, 0) : NULL;
    char *text = copy_of(why ? why->text : NULL);
    record_free(&eligibility_record, judged);
    return text;
}

static char *totals_text(const struct session *s, const struct eligibility *judged)
{
    g_autofree char *courses = number(judged->totals->courses);
    g_autofree char *min_courses = number(judged->totals->required_courses);
    g_autofree char *credits = number(judged->totals->credits);
    g_autofree char *min_credits = number(judged->totals->required_credits);
    return message_fill(s->forms->messages, "word.totals", "courses", courses, "min_courses", min_courses, "credits",
                        credits, "min_credits", min_credits, NULL);
}

static char *totals(const struct session *s)
{
    struct eligibility *judged = source_shown(s);
    char *text = judged && judged->totals ? totals_text(s, judged) : NULL;
    record_free(&eligibility_record, judged);
    return text;
}

/* What the plan itself asks for. */
static char *plan_needs(const struct session *s)
{
    const struct plan *plan = source_plan(s);
    if (!plan)
        return NULL;
    g_autofree char *courses = number(plan->min_courses);
    g_autofree char *credits = number(plan->min_credits);
    g_autofree char *electives = number(plan->elective_min_credits);
    return message_fill(s->forms->messages, plan->elective_min_credits > 0 ? "word.plan_electives" : "word.plan_needs",
                        "courses", courses, "credits", credits, "electives", electives, NULL);
}

static char *form_version(const struct session *s)
{
    const struct registration_form *form = s->application ? s->application->registration_form : NULL;
    return form ? number(form->version) : NULL;
}

static char *copies(const struct session *s)
{
    return number(s->options.copies);
}

static char *print_reason(const struct session *s)
{
    return copy_of(s->print.reason ? session_message(s, s->print.reason) : NULL);
}

/* The major whose sheet is being printed. */
static char *print_major(const struct session *s)
{
    const struct application_item *item = item_at(s, s->print.item);
    return item ? major_of(s, item) : NULL;
}

static char *next_step(const struct session *s)
{
    const struct form_screen *screen = forms_screen(s->forms, flow_resume(s));
    return copy_of(screen ? screen->title : NULL);
}

/* The major that the prejudge page, or the page of a plan, shows. */
static char *judged_major(const struct session *s)
{
    const char *wanted = strcmp(s->screen->name, "plan") == 0 ? s->planned : s->judged;
    for (guint i = 0; s->me && i < s->me->majors->len; i++) {
        const struct candidate_major *m = g_ptr_array_index(s->me->majors, i);
        g_autofree char *key = item_key(m->code, m->version);
        if (!wanted || strcmp(key, wanted) == 0)
            return message_fill(s->forms->messages, "word.judged_major", "code", m->code, "name", m->name, "level",
                                plan_level_words[m->level], "version", source_plan_version(s, m->version), "school",
                                m->school, NULL);
    }
    return NULL;
}

/* ---------------------------------------------------------------- tries, added courses, receipt */

static char *degree_tries(const struct session *s)
{
    return degree_of(s) ? number(degree_of(s)->tries_left) : NULL;
}

static char *photo_tries(const struct session *s)
{
    return s->application && s->application->photo ? number(s->application->photo->tries_left) : NULL;
}

static char *degree_state(const struct session *s)
{
    g_autofree char *key =
        degree_of(s) ? g_strdup_printf("degree_state.%s", prior_degree_state_words[degree_of(s)->state]) : NULL;
    return key ? copy_of(session_message(s, key)) : NULL;
}

static char *course_name(const struct session *s)
{
    return copy_of(added_known(s) == COURSE_KNOWN ? s->course->name : NULL);
}

static char *archive(const struct session *s)
{
    bool there = s->application && s->application->archive;
    const char *dot = there ? strrchr(s->application->archive, '.') : NULL;
    return there ? message_fill(s->forms->messages, "word.archive", "format", dot ? dot + 1 : "", NULL)
                 : copy_of(session_message(s, "word.no_archive"));
}

static char *receipt_from(const struct session *s)
{
    return order_of(s) ? clock_format_short(order_of(s)->paid_at + policy_default.receipt_after_min * 60) : NULL;
}

#define RECEIPT "receipt." /* {receipt.number}: a member of the receipt */

static const struct record_field *receipt_field(const char *word, size_t length)
{
    g_autofree char *whole = g_strndup(word, length);
    return g_str_has_prefix(whole, RECEIPT) ? record_field_find(&api_receipt_record, whole + strlen(RECEIPT)) : NULL;
}

static char *receipt_value(const struct session *s, const struct record_field *field)
{
    if (!s->receipt)
        return NULL;
    if (strcmp(field->name, "amount_fen") == 0)
        return yuan(s->receipt->amount_fen);
    return field->kind == RECORD_TIME ? clock_format_date(s->receipt->issued_at) : record_get_text(field, s->receipt);
}

/* ---------------------------------------------------------------- the table */

static const struct {
    const char *word;
    value_fn fn;
} placeholders[] = {
    {"name", name},
    {"name_masked", name_masked},
    {"id_no", id_no},
    {"id_masked", id_masked},
    {"exam_no", exam_no},
    {"sex", sex},
    {"mobile_masked", mobile_masked},
    {"address", address},
    {"county", county},
    {"city", city},
    {"office", office},
    {"school", school},
    {"major", major},
    {"item_major", item_major},
    {"progress", progress},
    {"judged_major", judged_major},
    {"fee", fee},
    {"order_no", order_no},
    {"order_amount", order_amount},
    {"apply_window", apply_window},
    {"pay_window", pay_window},
    {"handin_window", handin_window},
    {"degree", degree},
    {"degree_reason", degree_reason},
    {"photo_reason", photo_reason},
    {"photo_state", photo_state},
    {"reason", reason},
    {"file", file},
    {"photo_size", photo_size},
    {"photo_source", photo_source},
    {"sum_courses", sum_courses},
    {"sum_credits", sum_credits},
    {"substitutes", substitutes},
    {"applied_reason", applied_reason},
    {"ticked_reason", ticked_reason},
    {"totals", totals},
    {"plan_needs", plan_needs},
    {"degree_tries", degree_tries},
    {"degree_state", degree_state},
    {"photo_tries", photo_tries},
    {"course_name", course_name},
    {"archive", archive},
    {"receipt_from", receipt_from},
    {"form_version", form_version},
    {"copies", copies},
    {"print_reason", print_reason},
    {"print_major", print_major},
    {"next_step", next_step},
};

static value_fn find(const char *word, size_t length)
{
    for (size_t i = 0; i < G_N_ELEMENTS(placeholders); i++)
        if (strlen(placeholders[i].word) == length && strncmp(placeholders[i].word, word, length) == 0)
            return placeholders[i].fn;
    return NULL;
}

bool placeholder_exists(const char *word)
{
    return find(word, strlen(word)) || receipt_field(word, strlen(word)) || key_words_exist(word, strlen(word));
}

/* NULL when it is no word of ours. */
static char *value_of(const struct session *session, const char *word, size_t length)
{
    value_fn fn = find(word, length);
    const struct record_field *field = receipt_field(word, length);
    if (!fn && !field)
        return key_words_exist(word, length) ? key_words(session, word, length) : NULL;
    char *value = fn ? fn(session) : receipt_value(session, field);
    return value ? value : g_strdup("");
}

char *placeholder_expand(const struct session *session, const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *at = text ? text : ""; *at;) {
        const char *close = *at == '{' ? strchr(at, '}') : NULL;
        g_autofree char *value = close ? value_of(session, at + 1, (size_t)(close - at - 1)) : NULL;
        if (value) {
            g_string_append(out, value);
            at = close + 1;
        } else {
            g_string_append_c(out, *at++);
        }
    }
    return g_string_free(out, FALSE);
}
