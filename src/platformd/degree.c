/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/degree.h"

#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "graduation/id_number.h"
#include "platformd/registry.h"
#include "platformd/standing.h"

static const struct record_field diploma_fields[] = {
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
                       " VALUES (?1, 'qr_shown', ?2, ?3) ON CONFLICT (application) DO UPDATE SET state = 'qr_shown',"
                       " token_hash = ?2, expires_at = ?3, name = NULL, school = NULL, level = NULL,"
                       " certificate_no = NULL, reason = NULL",
                       WITH(v_integer(standing->id), v_text(hash), v_integer(answer->expires_at)));
    request->answer = answer;
}

/* ---------------------------------------------------------------- the register */

/* Diplomas under this number, also under the 15-digit form it had before 1999 (domain.md 3.4). */
static GPtrArray *find_diplomas(struct platform *platform, const char *id_no)
{
    g_autofree char *old = strlen(id_no) == 18 ? g_strdup_printf("%.6s%.9s", id_no, id_no + 8) : NULL;
    return database_rows(platform->db, &diploma_record,
                         "SELECT certificate_no, name, school, major, level, graduated_on, status FROM prior_degrees"
                         " WHERE id_no = ?1 OR id_no = ?2 ORDER BY graduated_on DESC",
                         WITH(v_text(id_no), v_text(old)));
}

/* Names are compared with every kind of middle dot as one (domain.md 9.12); what is printed stays the register's. */
static char *comparable_name(const char *name)
{
    static const gunichar dots[] = {0xB7, 0x2022, 0x2027, 0x30FB, 0xFF0E, 0x387, '.', 0};
    GString *out = g_string_new(NULL);
    for (const char *at = name; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        bool dot = false;
        for (size_t i = 0; dots[i]; i++)
            dot = dot || dots[i] == c;
        if (dot)
            g_string_append_unichar(out, 0xB7);
        else if (!g_unichar_isspace(c))
            g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

static bool names_equal(const char *a, const char *b)
{
    g_autofree char *left = comparable_name(a);
    g_autofree char *right = comparable_name(b);
    return strcmp(left, right) == 0;
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

/* NULL = this diploma carries a 本科 application; else the message key that says why not. */
static const char *diploma_fault(const struct degree_diploma *diploma, const struct candidate *candidate, int today)
{
    if (!names_equal(diploma->name, candidate->name))
        return "degree.name_differs";
    if (strcmp(diploma->status, "毕业") != 0)
        return "degree.not_graduated";
    if (!level_suffices(diploma->level))
        return "degree.level_too_low";
    return clock_day_parse(diploma->graduated_on) > today ? "degree.in_the_future" : NULL;
}

/* The diploma to go by: the newest that suffices, else the newest; *ret_fault tells which. */
static const struct degree_diploma *choose(const GPtrArray *diplomas, const struct candidate *candidate, int today,
                                           const char **ret_fault)
{
    for (guint i = 0; i < diplomas->len; i++) {
        *ret_fault = diploma_fault(diplomas->pdata[i], candidate, today);
        if (!*ret_fault)
            return diplomas->pdata[i];
    }
    if (diplomas->len == 0) {
        *ret_fault = "degree.not_found";
        return NULL;
    }
    *ret_fault = diploma_fault(diplomas->pdata[0], candidate, today);
    return diplomas->pdata[0];
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

static void store_answer(struct platform *platform, const struct degree_request *request, enum prior_degree_state state,
                         const struct degree_diploma *diploma, const char *reason)
{
    (void)database_run(platform->db,
                       "UPDATE degree_authorisations SET state = ?2, name = ?3, school = ?4, level = ?5,"
                       " certificate_no = ?6, reason = ?7 WHERE application = ?1",
                       WITH(v_integer(request->application), v_text(prior_degree_state_words[state]),
                            v_text(diploma ? diploma->name : NULL), v_text(diploma ? diploma->school : NULL),
                            v_text(diploma ? diploma->level : NULL), v_text(diploma ? diploma->certificate_no : NULL),
                            v_text(reason ? platform_say(platform, reason) : NULL)));
    platform_touch(platform, request->exam_no);
}

static void judge(struct platform *platform, const struct degree_request *request)
{
    struct candidate *candidate = registry_candidate(platform, request->exam_no);
    const char *fault = NULL;
    const struct degree_diploma *diploma =
        choose(request->diplomas, candidate, clock_day(platform_now(platform)), &fault);
    enum prior_degree_state state = !fault ? PRIOR_VERIFIED : diploma ? PRIOR_MISMATCH : PRIOR_NOT_FOUND;
    store_answer(platform, request, state, diploma, fault);
    log_write(LOG_INFO, "degree", "answer of the register: %s", prior_degree_state_words[state]);
    record_free(&candidate_record, candidate);
}

bool degree_answer(struct platform *platform, const char *token, bool authorise)
{
    if (!platform_begin(platform))
        return false;
    struct degree_request *request = degree_find(platform, token);
    if (request && request->state == PRIOR_QR_SHOWN) {
        if (authorise)
            judge(platform, request);
        else
            store_answer(platform, request, PRIOR_EXPIRED, NULL, "degree.refused");
    }
    degree_request_free(request);
    return platform_commit(platform);
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
        store_answer(platform, due->pdata[i], PRIOR_EXPIRED, NULL, "degree.expired");
        (void)platform_commit(platform);
    }
    record_list_free(&request_record, due);
}
