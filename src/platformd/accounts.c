/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/accounts.h"

#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "graduation/id_number.h"
#include "graduation/password_rules.h"
#include "graduation/person_name.h"
#include "graduation/registration_form.h"
#include "platformd/passwords.h"
#include "platformd/registry.h"
#include "platformd/server.h"
#include "platformd/throttle.h"

#define LABEL "POST /v1/registrations" /* for the metrics */

/* A registration while its password is worked on. */
struct enrolment {
    struct platform *platform;
    struct exchange *exchange;
    char *exam_no; /* NULL = something did not fit */
    char *account; /* what failures are counted on */
    char *mobile;
    struct secret *password; /* as it was given */
};

static void enrolment_free(struct enrolment *enrolment)
{
    secret_free(enrolment->password);
    g_free(enrolment->exam_no);
    g_free(enrolment->account);
    g_free(enrolment->mobile);
    g_free(enrolment);
}

static void refuse(struct enrolment *enrolment, unsigned status, const char *key)
{
    routes_reply_error(enrolment->platform, enrolment->exchange, LABEL, status, key, NULL);
}

static void refuse_locked(struct enrolment *enrolment)
{
    throttle_refuse(enrolment->platform, enrolment->exchange, LABEL);
}

/* ---------------------------------------------------------------- the outcome, when the password is ready */

/* In a transaction, which ends here. */
static void finish(struct enrolment *enrolment, unsigned status, const char *key)
{
    bool kept = platform_commit(enrolment->platform);
    if (!kept)
        refuse(enrolment, 500, "platform.storage");
    else if (key)
        refuse(enrolment, status, key);
    else
        routes_reply(enrolment->platform, enrolment->exchange, API_REGISTER, 204, NULL);
}

static void fail(struct enrolment *enrolment, unsigned status, const char *key)
{
    throttle_count(enrolment->platform, enrolment->account);
    finish(enrolment, status, key);
}

/* False: somebody was quicker, or the disk refused. */
static bool store_password(struct enrolment *enrolment, const char *password)
{
    struct platform *platform = enrolment->platform;
    return database_run(platform->db,
                        "UPDATE candidates SET password = ?2, mobile = ?3 WHERE exam_no = ?1"
                        " AND coalesce(password, '') = ''",
                        WITH(v_text(enrolment->exam_no), v_text(password), v_text(enrolment->mobile))) &&
           database_changes(platform->db) == 1;
}

/* Somebody with a password, or (no exam_no) nobody who fits: the same work for both. */
static void checked(bool right, const char *upgraded, gpointer data)
{
    struct enrolment *enrolment = data;
    (void)upgraded;
    if (!platform_begin(enrolment->platform)) {
        refuse(enrolment, 503, "platform.busy");
    } else if (throttle_locked(enrolment->platform, enrolment->account)) {
        platform_rollback(enrolment->platform);
        refuse_locked(enrolment);
    } else if (!enrolment->exam_no) {
        fail(enrolment, 401, "platform.registration_failed");
    } else if (right) {
        finish(enrolment, 204, NULL);
    } else {
        fail(enrolment, 409, "platform.registered_already");
    }
    enrolment_free(enrolment);
}

static void made(bool right, const char *password, gpointer data);

/* False: too many at once. */
static bool work(struct enrolment *enrolment)
{
    struct platform *platform = enrolment->platform;
    const char *given = secret_text(enrolment->password);
    g_autofree char *stored =
        enrolment->exam_no
            ? database_text(platform->db, "SELECT password FROM candidates WHERE exam_no = ?1 AND password <> ''",
                            WITH(v_text(enrolment->exam_no)))
            : NULL;
    if (enrolment->exam_no && !stored)
        return passwords_make(platform->passwords, given, made, enrolment);
    return passwords_check(platform->passwords, platform->key, enrolment->exam_no ? enrolment->exam_no : "", stored,
                           given, checked, enrolment);
}

static void work_or_refuse(struct enrolment *enrolment)
{
    if (work(enrolment))
        return;
    refuse(enrolment, 503, "platform.busy");
    enrolment_free(enrolment);
}

/* The same sent twice side by side: the second finds the password of the first, and is held against it. */
static void made(bool right, const char *password, gpointer data)
{
    struct enrolment *enrolment = data;
    char person[16];
    (void)right;
    if (!password || !platform_begin(enrolment->platform)) {
        refuse(enrolment, 503, "platform.busy");
    } else if (store_password(enrolment, password)) {
        platform_touch(enrolment->platform, enrolment->exam_no);
        throttle_forgive(enrolment->platform, enrolment->account);
        log_write(LOG_INFO, "accounts", "%s registered", log_person(enrolment->exam_no, person));
        finish(enrolment, 204, NULL);
    } else if (database_spoiled(enrolment->platform->db)) {
        platform_rollback(enrolment->platform);
        refuse(enrolment, 500, "platform.storage");
    } else {
        platform_rollback(enrolment->platform);
        work_or_refuse(enrolment);
        return;
    }
    enrolment_free(enrolment);
}

/* ---------------------------------------------------------------- what was sent */

/* As they stand in the table: half-width, X capital. */
struct numbers {
    char *id_no, *exam_no, *mobile;
};

static void numbers_clear(struct numbers *numbers)
{
    g_free(numbers->id_no);
    g_free(numbers->exam_no);
    g_free(numbers->mobile);
}

static bool check_fields(struct request *request, const struct numbers *numbers)
{
    const struct api_registration *given = request->body;
    int today = clock_day(platform_now(request->platform));
    const struct {
        const char *fault, *field;
    } checks[] = {
        {person_name_fault(given->name), "name"},
        {id_number_check(numbers->id_no, today) == ID_OK ? NULL : "registration.id_no", "id_no"},
        {exam_no_valid(numbers->exam_no) ? NULL : "registration.exam_no", "exam_no"},
        {form_check_mobile(numbers->mobile), "mobile"},
        {password_check(given->password), "password"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(checks); i++)
        if (checks[i].fault)
            request_refuse(request, 422, checks[i].fault, checks[i].field);
    return request->refused_status == 0;
}

/* Everything must fit the one on file. */
static bool fits(struct platform *platform, const struct api_registration *given, const struct numbers *numbers)
{
    struct candidate *candidate = registry_candidate(platform, numbers->exam_no);
    bool same = candidate && id_number_equal(candidate->id_no, numbers->id_no) &&
                person_name_equal(candidate->name, given->name);
    record_free(&candidate_record, candidate);
    return same;
}

static struct enrolment *enrolment_new(struct request *request, const struct numbers *numbers)
{
    struct platform *platform = request->platform;
    struct enrolment *enrolment = g_new0(struct enrolment, 1);
    enrolment->platform = platform;
    enrolment->exchange = request->exchange;
    enrolment->account = throttle_account(platform, THROTTLE_PERSON, numbers->exam_no);
    enrolment->mobile = g_strdup(numbers->mobile);
    enrolment->password = secret_new();
    (void)secret_set(enrolment->password, ((const struct api_registration *)request->body)->password);
    if (fits(platform, request->body, numbers))
        enrolment->exam_no = g_strdup(numbers->exam_no);
    return enrolment;
}

void accounts_register(struct request *request)
{
    struct platform *platform = request->platform;
    const struct api_registration *given = request->body;
    struct numbers numbers = {text_half_width(given->id_no), text_half_width(given->exam_no),
                              text_half_width(given->mobile)};
    if (check_fields(request, &numbers)) {
        struct enrolment *enrolment = enrolment_new(request, &numbers);
        request->later = !database_spoiled(platform->db);
        if (!request->later) {
            enrolment_free(enrolment); /* nobody is told that they are not on file when the file cannot be read */
        } else if (throttle_locked(platform, enrolment->account)) {
            refuse_locked(enrolment);
            enrolment_free(enrolment);
        } else {
            work_or_refuse(enrolment);
        }
    }
    numbers_clear(&numbers);
}
