/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/api.h"

#include "base/text.h"
#include "graduation/application.h"
#include "graduation/candidate.h"
#include "graduation/eligibility.h"
#include "graduation/photo_rules.h"

#include <string.h>

/* ---------------------------------------------------------------- records that exist only on the wire */

static const struct record_field login_fields[] = {
    {"account", RECORD_STRING, offsetof(struct api_login, account), .flags = RECORD_REQUIRED | RECORD_SECRET, .min = 1,
     .max = 64},
    {"password", RECORD_STRING, offsetof(struct api_login, password), .flags = RECORD_REQUIRED | RECORD_SECRET,
     .min = 1, .max = 128},
};
const struct record_type api_login_record = RECORD_TYPE(api_login, login_fields);

static const struct record_field token_fields[] = {
    {"token", RECORD_STRING, offsetof(struct api_token, token), .flags = RECORD_REQUIRED | RECORD_SECRET, .min = 1,
     .max = API_TOKEN_MAX},
    {"expires_at", RECORD_TIME, offsetof(struct api_token, expires_at), .flags = RECORD_REQUIRED},
};
const struct record_type api_token_record = RECORD_TYPE(api_token, token_fields);

static const struct record_field major_fields[] = {
    {"code", RECORD_STRING, offsetof(struct api_major, code), .flags = RECORD_REQUIRED, .min = 1, .max = 12},
    {"version", RECORD_STRING, offsetof(struct api_major, version), .flags = RECORD_REQUIRED, .min = 1, .max = 20},
};
const struct record_type api_major_record = RECORD_TYPE(api_major, major_fields);

static const struct record_field majors_fields[] = {
    {"majors", RECORD_MANY, offsetof(struct api_majors, majors), .flags = RECORD_REQUIRED, .max = 20,
     .type = &api_major_record},
    {"county", RECORD_STRING, offsetof(struct api_majors, county), .flags = RECORD_REQUIRED, .min = 1, .max = 12},
};
const struct record_type api_majors_record = RECORD_TYPE(api_majors, majors_fields);

static const struct record_field substitution_fields[] = {
    {"major", RECORD_STRING, offsetof(struct api_substitution, major), .flags = RECORD_REQUIRED, .min = 1, .max = 12},
    {"courses", RECORD_STRINGS, offsetof(struct api_substitution, courses), .flags = RECORD_REQUIRED, .max = 60},
};
const struct record_type api_substitution_record = RECORD_TYPE(api_substitution, substitution_fields);

static const struct record_field qr_fields[] = {
    {"qr", RECORD_STRING, offsetof(struct api_qr, qr), .flags = RECORD_REQUIRED | RECORD_SECRET, .min = 1, .max = 500},
    {"expires_at", RECORD_TIME, offsetof(struct api_qr, expires_at), .flags = RECORD_REQUIRED},
};
const struct record_type api_qr_record = RECORD_TYPE(api_qr, qr_fields);

static const struct record_field order_request_fields[] = {
    {"channel", RECORD_WORD, offsetof(struct api_order_request, channel), .flags = RECORD_REQUIRED,
     .words = pay_channel_words},
};
const struct record_type api_order_request_record = RECORD_TYPE(api_order_request, order_request_fields);

static const struct record_field print_fields[] = {
    {"form_version", RECORD_INTEGER, offsetof(struct api_print, form_version), .flags = RECORD_REQUIRED,
     .max = INT32_MAX},
    {"copies", RECORD_INTEGER, offsetof(struct api_print, copies), .flags = RECORD_REQUIRED, .max = 100},
    {"outcome", RECORD_WORD, offsetof(struct api_print, outcome), .flags = RECORD_REQUIRED,
     .words = print_outcome_words},
};
const struct record_type api_print_record = RECORD_TYPE(api_print, print_fields);

/* The longest value is a self-evaluation that is still too long. */
static const struct record_field draft_entry_fields[] = {
    {"key", RECORD_STRING, offsetof(struct api_draft_entry, key), .flags = RECORD_REQUIRED, .min = 1, .max = 64},
    {"value", RECORD_STRING, offsetof(struct api_draft_entry, value),
     .flags = RECORD_REQUIRED | RECORD_SECRET | RECORD_MULTILINE, .max = 2000},
};
const struct record_type api_draft_entry_record = RECORD_TYPE(api_draft_entry, draft_entry_fields);

static const struct record_field draft_fields[] = {
    {"entries", RECORD_MANY, offsetof(struct api_draft, entries), .flags = RECORD_REQUIRED,
     .type = &api_draft_entry_record},
};
const struct record_type api_draft_record = RECORD_TYPE(api_draft, draft_fields);

static const struct record_field failure_fields[] = {
    {"code", RECORD_STRING, offsetof(struct api_failure, code), .flags = RECORD_REQUIRED, .min = 1, .max = 60},
    {"message", RECORD_STRING, offsetof(struct api_failure, message), .max = 300},
    {"field", RECORD_STRING, offsetof(struct api_failure, field), .max = 100},
};
const struct record_type api_failure_record = RECORD_TYPE(api_failure, failure_fields);

static const struct record_field error_fields[] = {
    {"error", RECORD_ONE, offsetof(struct api_error, error), .flags = RECORD_REQUIRED, .type = &api_failure_record},
};
const struct record_type api_error_record = RECORD_TYPE(api_error, error_fields);

/* ---------------------------------------------------------------- the interface */

#define SMALL    (16 * 1024) /* bytes; also holds every error */
#define LARGE    (256 * 1024)
#define REPORT   (512 * 1024)    /* every course with its reason */
#define PHOTO    PHOTO_MAX_BYTES /* 2 MiB exactly is taken, so that photo_check() says what is wrong with it */
#define DRAFT    API_DRAFT_MAX
#define SOON     10000 /* ms */
#define SLOW     30000
#define WRITE    (API_SESSION | API_WRITE)
#define CHANGE   (WRITE | API_VERSIONED) /* of the application */
#define SNAPSHOT &application_record

/* clang-format off */
/* Call, method, path · query · flags · request, answer · most bytes of each · deadline. */
const struct api_entry api_entries[API_CALLS] = {
    [API_LOGIN] = {API_LOGIN, "POST", "/v1/sessions",
        NULL, 0, &api_login_record, &api_token_record, SMALL, SMALL, SOON},
    [API_LOGOUT] = {API_LOGOUT, "DELETE", "/v1/sessions/current",
        NULL, API_SESSION, NULL, NULL, 0, SMALL, SOON},
    [API_ME] = {API_ME, "GET", "/v1/me",
        NULL, API_SESSION, NULL, &candidate_record, 0, LARGE, SOON},
    [API_PLAN] = {API_PLAN, "GET", "/v1/plans/{major}",
        "version", API_SESSION, NULL, &plan_record, 0, LARGE, SOON},
    [API_ELIGIBILITY] = {API_ELIGIBILITY, "GET", "/v1/eligibility",
        "major version", API_SESSION, NULL, &eligibility_record, 0, REPORT, SOON},
    [API_APPLICATION] = {API_APPLICATION, "GET", "/v1/application",
        "after wait", API_SESSION, NULL, SNAPSHOT, 0, LARGE, SOON},
    [API_START] = {API_START, "POST", "/v1/application",
        NULL, CHANGE, NULL, SNAPSHOT, 0, LARGE, SOON},
    [API_MAJORS] = {API_MAJORS, "PUT", "/v1/application/majors",
        NULL, CHANGE, &api_majors_record, SNAPSHOT, SMALL, LARGE, SOON},
    [API_SUBSTITUTION] = {API_SUBSTITUTION, "PUT", "/v1/application/english-substitution",
        NULL, CHANGE, &api_substitution_record, SNAPSHOT, SMALL, LARGE, SOON},
    [API_PRIOR_DEGREE] = {API_PRIOR_DEGREE, "POST", "/v1/application/prior-degree",
        NULL, CHANGE, NULL, &api_qr_record, 0, SMALL, SOON},
    [API_SUBMIT] = {API_SUBMIT, "POST", "/v1/application/submit",
        NULL, CHANGE, NULL, SNAPSHOT, 0, LARGE, SOON},
    [API_PUT_PHOTO] = {API_PUT_PHOTO, "PUT", "/v1/application/photo",
        NULL, CHANGE | API_RAW_REQUEST, NULL, SNAPSHOT, PHOTO, LARGE, SLOW},
    [API_GET_PHOTO] = {API_GET_PHOTO, "GET", "/v1/application/photo",
        NULL, API_SESSION | API_RAW_ANSWER, NULL, NULL, 0, PHOTO, SLOW},
    [API_CREATE_ORDER] = {API_CREATE_ORDER, "POST", "/v1/application/order",
        NULL, CHANGE, &api_order_request_record, &order_record, SMALL, SMALL, SOON},
    [API_ORDER] = {API_ORDER, "GET", "/v1/application/order",
        NULL, API_SESSION, NULL, &order_record, 0, SMALL, SOON},
    [API_PUT_FORM] = {API_PUT_FORM, "PUT", "/v1/application/registration-form",
        NULL, CHANGE, &registration_form_record, SNAPSHOT, LARGE, LARGE, SOON},
    [API_PRINTS] = {API_PRINTS, "POST", "/v1/application/registration-form/prints",
        NULL, CHANGE, &api_print_record, SNAPSHOT, SMALL, LARGE, SOON},
    [API_GET_DRAFT] = {API_GET_DRAFT, "GET", "/v1/draft",
        NULL, API_SESSION, NULL, &api_draft_record, 0, DRAFT, SOON},
    [API_PUT_DRAFT] = {API_PUT_DRAFT, "PUT", "/v1/draft",
        NULL, WRITE, &api_draft_record, NULL, DRAFT, SMALL, SOON},
    [API_DELETE_DRAFT] = {API_DELETE_DRAFT, "DELETE", "/v1/draft",
        NULL, WRITE, NULL, NULL, 0, SMALL, SOON},
    [API_HEALTH] = {API_HEALTH, "GET", "/healthz",
        NULL, API_RAW_ANSWER, NULL, NULL, 0, SMALL, SOON},
};
/* clang-format on */

/* ---------------------------------------------------------------- matching */

#define ARGUMENT_MAX 64

/* Does `path` fit the entry's? *ret_argument = what stands for {…}. */
static bool path_fits(const struct api_entry *entry, const char *path, char **ret_argument)
{
    const char *open = strchr(entry->path, '{');
    if (open == NULL)
        return strcmp(entry->path, path) == 0;
    size_t head = (size_t)(open - entry->path);
    const char *tail = strchr(open, '}') + 1;
    size_t length = strlen(path), fixed = head + strlen(tail);
    if (length <= fixed || strncmp(path, entry->path, head) != 0 || !g_str_has_suffix(path, tail))
        return false;
    g_autofree char *argument = g_strndup(path + head, length - fixed);
    if (strchr(argument, '/') != NULL || !text_is_clean(argument, ARGUMENT_MAX, TEXT_LINE))
        return false;
    *ret_argument = g_steal_pointer(&argument);
    return true;
}

const struct api_entry *api_match(const char *method, const char *path, char **ret_argument, bool *ret_path_known)
{
    *ret_argument = NULL;
    *ret_path_known = false;
    for (size_t i = 0; i < API_CALLS; i++) {
        g_autofree char *argument = NULL;
        if (!path_fits(&api_entries[i], path, &argument))
            continue;
        *ret_path_known = true;
        if (strcmp(api_entries[i].method, method) != 0)
            continue;
        *ret_argument = g_steal_pointer(&argument);
        return &api_entries[i];
    }
    return NULL;
}
