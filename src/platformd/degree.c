/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/degree.h"

#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "graduation/id_number.h"
#include "graduation/person_name.h"
#include "graduation/side_machine.h"
#include "platformd/registry.h"
#include "platformd/snapshot.h"
#include "platformd/standing.h"

static const struct record_field diploma_fields[] = {
    {"id_no", RECORD_STRING, offsetof(struct degree_diploma, id_no), .flags = RECORD_SECRET},
    {"certificate_no", RECORD_STRING, offsetof(struct degree_diploma, certificate_no)},
    {"name", RECORD_STRING, offsetof(struct degree_diploma, name)},
    {"school", RECORD_STRING, offsetof(struct degree_diploma, school)},
    {"major", RECORD_STRING, offsetof(struct degree_diploma, major)},
    {"level", RECORD_STRING, offsetof(struct degree_diploma, level)},
    {"graduated_on", RECORD_STRING, offsetof(struct degree_diploma, graduated_on)},
    {"status", RECORD_STRING, offsetof(struct degree_diploma, status)},
};
static const struct record_type diploma_record = RECORD_TYPE(degree_diploma, diploma_fields);

static const struct record_field request_fields[] = {
    {"application", RECORD_INTEGER, offsetof(struct degree_request, application)},
    {"exam_no", RECORD_STRING, offsetof(struct degree_request, exam_no)},
    {"state", RECORD_WORD, offsetof(struct degree_request, state), .words = prior_degree_state_words},
    {"expires_at", RECORD_INTEGER, offsetof(struct degree_request, expires_at)},
    {"reason", RECORD_STRING, offsetof(struct degree_request, reason)},
    {"name_masked", RECORD_STRING, offsetof(struct degree_request, name_masked)},
    {"diplomas", RECORD_MANY, offsetof(struct degree_request, diplomas), .type = &diploma_record},
};
static const struct record_type request_record = RECORD_TYPE(degree_request, request_fields);

/* ---------------------------------------------------------------- the terminal's side */

/* The state after `event`, as its word; the guards have asked the machine before. */
static const char *next_word(int event, int state)
{
    int next = side_machine_next(&prior_degree_machine, event, state);
    g_assert(next >= 0);
    return prior_degree_state_words[next];
}

/* What failed before stays counted (domain.md 3.4); what was verified before is given up for the new code. */
void degree_start(struct request *request)
{
    struct platform *platform = request->platform;
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (request_refused(request, standing_move(platform, standing, EVENT_PRIOR_DEGREE, ACTOR_CANDIDATE)))
        return;
    g_autofree char *token = secret_token();
    g_autofree char *hash = platform_hash(platform, "degree", token);
    struct api_qr *answer = record_new(&api_qr_record);
    answer->qr = g_strconcat(platform->qr_base, "/P/DEGREE/", token, NULL);
    answer->expires_at = platform_now(platform) + DEGREE_QR_S;
    (void)database_run(platform->db,
                       "INSERT INTO degree_authorisations (application, state, token_hash, expires_at)"
                       " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (application) DO UPDATE SET state = ?2,"
                       " token_hash = ?3, expires_at = ?4, name = NULL, school = NULL, level = NULL, major = NULL,"
                       " certificate_no = NULL, reason = NULL, due_ms = NULL",
                       WITH(v_integer(standing->id), v_text(next_word(DEGREE_CODE_SHOWN, standing->facts.prior_degree)),
                            v_text(hash), v_integer(answer->expires_at)));
    request->answer = answer;
}

/* Papers to the county instead (R49): what the register said stays to be read there. */
void degree_to_county(struct request *request)
{
    struct platform *platform = request->platform;
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (request_refused(request, standing_move(platform, standing, EVENT_PRIOR_DEGREE_MANUAL, ACTOR_CANDIDATE)))
        return;
    (void)database_run(
        platform->db, "UPDATE degree_authorisations SET state = ?2, token_hash = NULL WHERE application = ?1",
        WITH(v_integer(standing->id), v_text(next_word(DEGREE_TO_COUNTY, standing->facts.prior_degree))));
    request->answer = snapshot_new(platform, request->exam_no);
}

/* ---------------------------------------------------------------- the register */

/* Diplomas under this number, also under the 15 digits that it had before 1999 (domain.md 3.4, 9.10). */
static GPtrArray *find_diplomas(struct platform *platform, const char *id_no)
{
    g_autofree char *old = strlen(id_no) == 18 ? g_strdup_printf("%.6s%.9s", id_no, id_no + 8) : NULL;
    GPtrArray *found = database_rows(platform->db, &diploma_record,
                                     "SELECT id_no, certificate_no, name, school, major, level, graduated_on, status"
                                     " FROM prior_degrees WHERE id_no = ?1 OR id_no = ?2 ORDER BY graduated_on DESC",
                                     WITH(v_text(id_no), v_text(old)));
    /* Fifteen digits leave the century out: they may be another person's. */
    for (guint i = found->len; i > 0; i--)
        if (!id_number_equal(((const struct degree_diploma *)found->pdata[i - 1])->id_no, id_no))
            record_free(&diploma_record, g_ptr_array_remove_index(found, i - 1));
    return found;
}

/* 专科 and everything above it. */
static bool level_suffices(const char *level)
{
    static const char *const enough[] = {"专科", "本科", "硕士", "博士", NULL};
    for (size_t i = 0; enough[i]; i++)
        if (strstr(level, enough[i]))
            return true;
    return false;
}

/* Certificates of self-taught examinations have 17 digits and begin with a 6 (domain.md 3.3). */
static bool is_self_taught(const char *certificate_no)
{
    return strlen(certificate_no) == 17 && certificate_no[0] == '6';
}

/* What this application itself is for is no degree before it (domain.md 3.4). */
static bool is_applied_for(const struct degree_diploma *diploma, const struct standing *standing)
{
    for (guint i = 0; is_self_taught(diploma->certificate_no) && i < standing->items->len; i++) {
        const struct standing_item *item = standing->items->pdata[i];
        if (strstr(diploma->level, plan_level_words[item->level]) && g_strcmp0(diploma->major, item->name) == 0 &&
            strcmp(diploma->school, item->school) == 0)
            return true;
    }
    return false;
}

/* Whom a diploma is held against. */
struct comparison {
    const struct candidate *candidate;
    const struct standing *standing;
    int today;
};

/* NULL = this diploma carries a 本科 application; else the message key that says why not. */
static const char *diploma_fault(const struct degree_diploma *diploma, const struct comparison *with)
{
    const struct {
        bool bad;
        const char *key;
    } rules[] = {
        {!person_name_equal(diploma->name, with->candidate->name), "degree.name_differs"},
        {strcmp(diploma->status, "毕业") != 0, "degree.not_graduated"},
        {!level_suffices(diploma->level), "degree.level_too_low"},
        {is_applied_for(diploma, with->standing), "degree.same_certificate"},
        {clock_day_parse(diploma->graduated_on) > with->today, "degree.in_the_future"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        if (rules[i].bad)
            return rules[i].key;
    return NULL;
}

/* The diploma to go by: the newest that suffices, else the newest; *ret_fault tells which. */
static const struct degree_diploma *choose(const GPtrArray *diplomas, const struct comparison *with,
                                           const char **ret_fault)
{
    for (guint i = 0; i < diplomas->len; i++) {
        *ret_fault = diploma_fault(diplomas->pdata[i], with);
        if (!*ret_fault)
            return diplomas->pdata[i];
    }
    *ret_fault = diplomas->len > 0 ? diploma_fault(diplomas->pdata[0], with) : "degree.not_found";
    return diplomas->len > 0 ? diplomas->pdata[0] : NULL;
}

/* The register's answer to what the person authorised. */
static void judge(struct platform *platform, const struct standing *standing)
{
    struct candidate *candidate = registry_candidate(platform, standing->exam_no);
    if (!candidate)
        return; /* unreadable: the transaction is spoiled, and the answer stays due */
    GPtrArray *diplomas = find_diplomas(platform, candidate->id_no);
    struct comparison with = {candidate, standing, clock_day(platform_now(platform))};
    const char *fault = NULL;
    const struct degree_diploma *found = choose(diplomas, &with, &fault);
    int event = !fault ? DEGREE_FITS : found ? DEGREE_DIFFERS : DEGREE_NOT_THERE;
    const char *word = next_word(event, PRIOR_WAITING);
    (void)database_run(platform->db,
                       "UPDATE degree_authorisations SET state = ?2, name = ?3, school = ?4, level = ?5, major = ?6,"
                       " certificate_no = ?7, reason = ?8, failures = failures + ?9, due_ms = NULL"
                       " WHERE application = ?1",
                       WITH(v_integer(standing->id), v_text(word), v_text(found ? found->name : NULL),
                            v_text(found ? found->school : NULL), v_text(found ? found->level : NULL),
                            v_text(found ? found->major : NULL), v_text(found ? found->certificate_no : NULL),
                            v_text(fault ? platform_say(platform, fault) : NULL), v_integer(fault != NULL)));
    platform_touch(platform, standing->exam_no);
    log_write(LOG_INFO, "degree", "answer of the register: %s", word);
    record_list_free(&diploma_record, diplomas);
    record_free(&candidate_record, candidate);
}

/* A certificate that carried one major may be what is applied for in the next (domain.md 3.4). */
void degree_majors_changed(struct platform *platform, int64_t application)
{
    g_autoptr(standing_auto) standing = standing_of_application(platform, application);
    if (standing->facts.prior_degree == PRIOR_VERIFIED)
        judge(platform, standing);
}

/* ---------------------------------------------------------------- the phone's side */

struct degree_request *degree_find(struct platform *platform, const char *token)
{
    g_autofree char *upper = g_ascii_strup(token, -1);
    g_autofree char *hash = platform_hash(platform, "degree", upper);
    struct degree_request *request =
        database_row(platform->db, &request_record,
                     "SELECT d.application, a.exam_no, d.state, d.expires_at, d.reason FROM degree_authorisations d"
                     " JOIN applications a ON a.id = d.application WHERE d.token_hash = ?1",
                     WITH(v_text(hash)));
    if (!request)
        return NULL;
    struct candidate *candidate = registry_candidate(platform, request->exam_no);
    if (!candidate) {
        degree_request_free(request);
        return NULL;
    }
    request->name_masked = text_mask_name(candidate->name);
    g_ptr_array_unref(request->diplomas);
    request->diplomas = find_diplomas(platform, candidate->id_no);
    if (request->state == PRIOR_QR_SHOWN && request->expires_at <= platform_now(platform))
        request->state = PRIOR_EXPIRED;
    record_free(&candidate_record, candidate);
    return request;
}

void degree_request_free(struct degree_request *request)
{
    record_free(&request_record, request);
}

static void end_request(struct platform *platform, int64_t application, const char *exam_no, const char *reason)
{
    (void)database_run(platform->db, "UPDATE degree_authorisations SET state = ?2, reason = ?3 WHERE application = ?1",
                       WITH(v_integer(application), v_text(next_word(DEGREE_RAN_OUT, PRIOR_QR_SHOWN)),
                            v_text(platform_say(platform, reason))));
    platform_touch(platform, exam_no);
}

/* D3: the register is asked, and takes the platform's moment to answer. */
static void await_answer(struct platform *platform, const struct standing *standing)
{
    (void)database_run(platform->db, "UPDATE degree_authorisations SET state = ?2, due_ms = ?3 WHERE application = ?1",
                       WITH(v_integer(standing->id), v_text(next_word(DEGREE_AUTHORISED, PRIOR_QR_SHOWN)),
                            v_integer(platform_now_ms(platform) + platform->options.moment_ms)));
    platform_touch(platform, standing->exam_no);
    if (platform->options.moment_ms == 0)
        judge(platform, standing);
}

bool degree_answer(struct platform *platform, const char *token, bool authorise)
{
    if (!platform_begin(platform))
        return false;
    struct degree_request *request = degree_find(platform, token);
    if (request && request->state == PRIOR_QR_SHOWN) {
        g_autoptr(standing_auto) standing = standing_of_application(platform, request->application);
        if (authorise && standing->state == STATE_DRAFT)
            await_answer(platform, standing);
        else
            end_request(platform, request->application, request->exam_no,
                        authorise ? "degree.expired" : "degree.refused");
    }
    degree_request_free(request);
    return platform_commit(platform);
}

/* ---------------------------------------------------------------- by itself */

void degree_decide(struct platform *platform)
{
    g_autoptr(GPtrArray) due =
        database_texts(platform->db, "SELECT application FROM degree_authorisations WHERE due_ms <= ?1 ORDER BY due_ms",
                       WITH(v_integer(platform_now_ms(platform))));
    for (guint i = 0; i < due->len && platform_begin(platform); i++) {
        g_autoptr(standing_auto) standing = standing_of_application(platform, g_ascii_strtoll(due->pdata[i], NULL, 10));
        judge(platform, standing);
        (void)platform_commit(platform);
    }
}

void degree_expire(struct platform *platform)
{
    int64_t now = platform_now(platform);
    GPtrArray *due = database_rows(platform->db, &request_record,
                                   "SELECT d.application, a.exam_no FROM degree_authorisations d"
                                   " JOIN applications a ON a.id = d.application"
                                   " WHERE d.state = 'qr_shown' AND d.expires_at <= ?1",
                                   WITH(v_integer(now)));
    for (guint i = 0; i < due->len && platform_begin(platform); i++) {
        const struct degree_request *request = due->pdata[i];
        end_request(platform, request->application, request->exam_no, "degree.expired");
        (void)platform_commit(platform);
    }
    record_list_free(&request_record, due);
}
