/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/reviews.h"

#include <string.h>

#include "graduation/photo_rules.h"
#include "platformd/judging.h"
#include "platformd/registry.h"
#include "platformd/server.h"
#include "platformd/snapshot.h"
#include "platformd/staff.h"
#include "platformd/standing.h"

/* ---------------------------------------------------------------- what is asked for */

struct filter {
    const char *county, *exam_no;   /* NULL = all */
    int state, photo, prior_degree; /* -1 = all */
    gint64 after;
};

/* A word of the query; -1 when absent. False refuses. */
static bool query_word(struct request *request, const char *name, const char *const *words, int *ret_word)
{
    const char *given = exchange_query(request->exchange, name);
    *ret_word = -1;
    for (int i = 0; given && words[i]; i++)
        if (strcmp(words[i], given) == 0)
            *ret_word = i;
    if (!given || *ret_word >= 0)
        return true;
    request_refuse(request, 422, "platform.bad_field", name);
    return false;
}

static bool query_after(struct request *request, gint64 *ret_after)
{
    const char *given = exchange_query(request->exchange, "after");
    guint64 after = 0;
    if (given && !g_ascii_string_to_unsigned(given, 10, 0, G_MAXINT64, &after, NULL)) {
        request_refuse(request, 422, "platform.bad_field", "after");
        return false;
    }
    *ret_after = (gint64)after;
    return true;
}

static bool read_filter(struct request *request, struct filter *filter)
{
    const char *county = request->staff->county ? request->staff->county : ""; /* of no office: sees nothing */
    *filter = (struct filter){.county = request->staff->role == STAFF_PROVINCE ? NULL : county};
    filter->exam_no = exchange_query(request->exchange, "exam_no");
    return query_word(request, "state", application_state_words, &filter->state) &&
           query_word(request, "photo", photo_state_words, &filter->photo) &&
           query_word(request, "prior_degree", prior_degree_state_words, &filter->prior_degree) &&
           query_after(request, &filter->after);
}

/* ---------------------------------------------------------------- the next ones, each way by an index */

#define STATES_NOW                                                                                                     \
    "(VALUES ('draft'), ('submitted'), ('system_checking'), ('system_approved'), ('county_pending'),"                  \
    " ('county_approved'), ('county_rejected'), ('paid'), ('form_saved'), ('handed_in'), ('joint_review'),"            \
    " ('joint_rejected'), ('graduated'), ('certificate_ready'), ('certificate_collected'), ('lapsed'))"

/* Ids in order: ?1 county, ?2 state, ?3 after, ?4 how many. Where no index has both, one walk for each of its parts, then merged. */
static GPtrArray *next_ids(struct platform *platform, const struct filter *filter, int most)
{
    static const char of_candidate[] = "SELECT id FROM applications WHERE exam_no = ?1 AND ?2 IS NULL AND id > ?3"
                                       " ORDER BY id LIMIT ?4";
    static const char of_county_and_state[] =
        "SELECT id FROM applications WHERE county = ?1 AND state = ?2 AND id > ?3 ORDER BY id LIMIT ?4";
    static const char of_county[] =
        "SELECT a.id FROM " STATES_NOW " s JOIN applications a ON a.id IN (SELECT id FROM applications"
        " WHERE county = ?1 AND state = s.column1 AND ?2 IS NULL AND id > ?3 ORDER BY id LIMIT ?4)"
        " ORDER BY a.id LIMIT ?4";
    static const char of_state[] =
        "SELECT a.id FROM batches b JOIN applications a ON a.id IN (SELECT id FROM applications INDEXED BY"
        " applications_batch WHERE batch = b.batch AND state = ?2 AND ?1 IS NULL AND id > ?3 ORDER BY id LIMIT ?4)"
        " ORDER BY a.id LIMIT ?4";
    static const char of_all[] =
        "SELECT id FROM applications WHERE ?1 IS NULL AND ?2 IS NULL AND id > ?3 ORDER BY id LIMIT ?4";
    const char *state = filter->state < 0 ? NULL : application_state_words[filter->state];
    const char *sql = filter->county ? (state ? of_county_and_state : of_county) : (state ? of_state : of_all);
    if (filter->exam_no)
        return database_texts(platform->db, of_candidate,
                              WITH(v_text(filter->exam_no), v_text(NULL), v_integer(filter->after), v_integer(most)));
    return database_texts(platform->db, sql,
                          WITH(v_text(filter->county), v_text(state), v_integer(filter->after), v_integer(most)));
}

static struct api_review_line *read_line(struct platform *platform, int64_t id)
{
    return database_row(
        platform->db, &api_review_line_record,
        "SELECT a.id, a.round, coalesce(a.submitted_at, 0) AS submitted_at, a.exam_no, c.name, a.county, a.batch, "
        "a.state,"
        " coalesce((SELECT state FROM photos WHERE application = a.id), 'none') AS photo,"
        " CASE WHEN EXISTS (SELECT 1 FROM application_items i JOIN plans p USING (major_code, plan_version)"
        " WHERE i.application = a.id AND p.requires_prior_degree) THEN"
        " coalesce((SELECT state FROM degree_authorisations WHERE application = a.id), 'none')"
        " ELSE 'not_required' END AS prior_degree,"
        " (SELECT count(*) FROM added_courses WHERE application = a.id) AS added_courses"
        " FROM applications a JOIN candidates c USING (exam_no) WHERE a.id = ?1",
        WITH(v_integer(id)));
}

static bool fits(const struct filter *filter, const struct api_review_line *line)
{
    return (filter->state < 0 || line->state == filter->state) && (filter->photo < 0 || line->photo == filter->photo) &&
           (filter->prior_degree < 0 || line->prior_degree == filter->prior_degree) &&
           (!filter->county || g_strcmp0(line->county, filter->county) == 0);
}

/* Two look-ups that spare most applications the rest of read_line(). */
static bool may_fit(struct platform *platform, const struct filter *filter, int64_t id)
{
    if (filter->photo >= 0) {
        g_autofree char *photo =
            database_text(platform->db, "SELECT state FROM photos WHERE application = ?1", WITH(v_integer(id)));
        if (strcmp(photo ? photo : photo_state_words[PHOTO_NONE], photo_state_words[filter->photo]) != 0)
            return false;
    }
    if (filter->prior_degree <= PRIOR_NONE) /* all, or no authorisation: a matter of the plans */
        return true;
    g_autofree char *degree = database_text(
        platform->db, "SELECT state FROM degree_authorisations WHERE application = ?1", WITH(v_integer(id)));
    return g_strcmp0(degree, prior_degree_state_words[filter->prior_degree]) == 0;
}

/* "行政管理（专科）、汉语言文学（本科）" */
static void add_majors(struct platform *platform, struct api_review_line *line)
{
    GPtrArray *plans = database_rows(platform->db, &plan_record,
                                     "SELECT p.major_name, p.level FROM application_items i JOIN plans p"
                                     " USING (major_code, plan_version) WHERE i.application = ?1 ORDER BY i.position",
                                     WITH(v_integer(line->id)));
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < plans->len; i++) {
        const struct plan *plan = plans->pdata[i];
        g_autofree char *one = message_fill(platform->messages, "word.major", "name", plan->major_name, "level",
                                            plan_level_words[plan->level], NULL);
        g_string_append_printf(all, "%s%s", i > 0 ? platform_say(platform, "word.and") : "", one);
    }
    record_list_free(&plan_record, plans);
    line->majors = g_string_free(all, FALSE);
}

void reviews_list(struct request *request)
{
    struct platform *platform = request->platform;
    struct filter filter;
    if (!read_filter(request, &filter))
        return;
    bool sieve = filter.photo >= 0 || filter.prior_degree >= 0;
    guint most = sieve ? REVIEWS_SCAN : REVIEWS_PAGE + 1;
    g_autoptr(GPtrArray) ids = next_ids(platform, &filter, (int)most);
    struct api_reviews *answer = record_new(&api_reviews_record);
    guint at = 0;
    for (; at < ids->len && answer->reviews->len < REVIEWS_PAGE; at++) {
        int64_t id = g_ascii_strtoll(ids->pdata[at], NULL, 10);
        struct api_review_line *line = may_fit(platform, &filter, id) ? read_line(platform, id) : NULL;
        if (!line || !fits(&filter, line)) {
            record_free(&api_review_line_record, line);
            continue;
        }
        add_majors(platform, line);
        g_ptr_array_add(answer->reviews, line);
    }
    if (at > 0 && (at < ids->len || ids->len == most))
        answer->next = g_ascii_strtoll(ids->pdata[at - 1], NULL, 10);
    request->answer = answer;
}

/* ---------------------------------------------------------------- one of them */

static GPtrArray *may_now(const struct standing *standing, enum actor actor)
{
    GPtrArray *may = g_ptr_array_new_with_free_func(g_free);
    for (int event = 0; event < APPLICATION_EVENTS; event++)
        if (!standing_may(standing, (enum application_event)event, actor))
            g_ptr_array_add(may, g_strdup(application_event_words[event]));
    return may;
}

struct api_review *reviews_new(const struct request *request)
{
    struct platform *platform = request->platform;
    g_autoptr(standing_auto) standing = standing_of_application(platform, request->application);
    struct api_review *review = record_new(&api_review_record);
    review->id = standing->id;
    review->candidate = registry_candidate(platform, standing->exam_no);
    review->application = snapshot_of_application(platform, standing->id);
    g_ptr_array_unref(review->judgements);
    review->judgements = judging_items(platform, standing);
    g_ptr_array_unref(review->audit);
    review->audit = audit_read(platform, standing->id);
    g_ptr_array_unref(review->may);
    review->may = may_now(standing, staff_actor(request->staff));
    return review;
}

void reviews_get(struct request *request)
{
    request->answer = reviews_new(request);
}

/* ---------------------------------------------------------------- its files */

void reviews_archive(struct request *request)
{
    struct platform *platform = request->platform;
    g_autofree char *format = database_text(platform->db, "SELECT format FROM archives WHERE application = ?1",
                                            WITH(v_integer(request->application)));
    request->raw = database_bytes(platform->db, "SELECT data FROM archives WHERE application = ?1",
                                  WITH(v_integer(request->application)));
    if (!request->raw)
        request_refuse(request, 404, "staff.no_archive", NULL);
    else /* strangers made it: a browser stores it and opens nothing */
        exchange_add_header(request->exchange, "Content-Disposition", "attachment");
    request->raw_type = g_strcmp0(format, "rar") == 0 ? "application/vnd.rar" : "application/zip";
}

void reviews_photo(struct request *request)
{
    struct platform *platform = request->platform;
    g_autofree char *format = database_text(platform->db, "SELECT format FROM photos WHERE application = ?1",
                                            WITH(v_integer(request->application)));
    request->raw = database_bytes(platform->db, "SELECT data FROM photos WHERE application = ?1",
                                  WITH(v_integer(request->application)));
    if (!request->raw)
        request_refuse(request, 404, "staff.no_photo", NULL);
    request->raw_type = g_strcmp0(format, photo_format_words[PHOTO_PNG]) == 0 ? "image/png" : "image/jpeg";
}
