/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/api.h"

#include "base/text.h"
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

static const struct record_field registration_fields[] = {
    {"name", RECORD_STRING, offsetof(struct api_registration, name), .flags = RECORD_REQUIRED | RECORD_SECRET, .min = 1,
     .max = 50},
    {"id_no", RECORD_STRING, offsetof(struct api_registration, id_no), .flags = RECORD_REQUIRED | RECORD_SECRET,
     .min = 1, .max = 18},
    {"exam_no", RECORD_STRING, offsetof(struct api_registration, exam_no), .flags = RECORD_REQUIRED | RECORD_SECRET,
     .min = 1, .max = 12},
    {"mobile", RECORD_STRING, offsetof(struct api_registration, mobile), .flags = RECORD_REQUIRED | RECORD_SECRET,
     .min = 1, .max = 11},
    {"password", RECORD_STRING, offsetof(struct api_registration, password), .flags = RECORD_REQUIRED | RECORD_SECRET,
     .min = 1, .max = 128},
};
const struct record_type api_registration_record = RECORD_TYPE(api_registration, registration_fields);

static const struct record_field course_fields[] = {
    {"code", RECORD_STRING, offsetof(struct api_course, code), .flags = RECORD_REQUIRED, .min = 5, .max = 5},
    {"name", RECORD_STRING, offsetof(struct api_course, name), .flags = RECORD_REQUIRED, .min = 1, .max = 50},
    {"credits", RECORD_INTEGER, offsetof(struct api_course, credits), .flags = RECORD_REQUIRED, .max = 100},
    {"exemptible", RECORD_BOOLEAN, offsetof(struct api_course, exemptible), .flags = RECORD_REQUIRED},
    {"practice", RECORD_BOOLEAN, offsetof(struct api_course, practice), .flags = RECORD_REQUIRED},
};
const struct record_type api_course_record = RECORD_TYPE(api_course, course_fields);

static const struct record_field added_courses_fields[] = {
    {"courses", RECORD_MANY, offsetof(struct api_added_courses, courses), .flags = RECORD_REQUIRED,
     .max = ADDED_COURSES_MAX, .type = &added_course_record},
};
const struct record_type api_added_courses_record = RECORD_TYPE(api_added_courses, added_courses_fields);

static const struct record_field receipt_fields[] = {
    {"title", RECORD_STRING, offsetof(struct api_receipt, title), .flags = RECORD_REQUIRED, .max = 60},
    {"code", RECORD_STRING, offsetof(struct api_receipt, code), .flags = RECORD_REQUIRED, .min = 8, .max = 8},
    {"number", RECORD_STRING, offsetof(struct api_receipt, number), .flags = RECORD_REQUIRED, .min = 10, .max = 10},
    {"check", RECORD_STRING, offsetof(struct api_receipt, check), .flags = RECORD_REQUIRED, .min = 6, .max = 6},
    {"payer", RECORD_STRING, offsetof(struct api_receipt, payer), .flags = RECORD_REQUIRED, .max = 50},
    {"item", RECORD_STRING, offsetof(struct api_receipt, item), .flags = RECORD_REQUIRED, .max = 60},
    {"issuer", RECORD_STRING, offsetof(struct api_receipt, issuer), .flags = RECORD_REQUIRED, .max = 60},
    {"amount_fen", RECORD_INTEGER, offsetof(struct api_receipt, amount_fen), .flags = RECORD_REQUIRED,
     .max = 100000000},
    {"issued_at", RECORD_TIME, offsetof(struct api_receipt, issued_at), .flags = RECORD_REQUIRED},
    {"qr", RECORD_STRING, offsetof(struct api_receipt, qr), .flags = RECORD_SECRET, .max = 500},
};
const struct record_type api_receipt_record = RECORD_TYPE(api_receipt, receipt_fields);

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

/* ---------------------------------------------------------------- staff */

const char *const staff_role_words[] = {[STAFF_COUNTY] = "county", [STAFF_PROVINCE] = "province", NULL};
const char *const decision_words[] = {[DECISION_APPROVE] = "approve", [DECISION_REJECT] = "reject", NULL};

static const struct record_field staff_login_fields[] = {
    {"staff_no", RECORD_STRING, offsetof(struct api_staff_login, staff_no), .flags = RECORD_REQUIRED | RECORD_SECRET,
     .min = 1, .max = 20},
    {"password", RECORD_STRING, offsetof(struct api_staff_login, password), .flags = RECORD_REQUIRED | RECORD_SECRET,
     .min = 1, .max = 128},
};
const struct record_type api_staff_login_record = RECORD_TYPE(api_staff_login, staff_login_fields);

static const struct record_field staff_fields[] = {
    {"staff_no", RECORD_STRING, offsetof(struct api_staff, staff_no), .flags = RECORD_REQUIRED, .max = 20},
    {"name", RECORD_STRING, offsetof(struct api_staff, name), .flags = RECORD_REQUIRED, .max = 50},
    {"county", RECORD_STRING, offsetof(struct api_staff, county), .max = 12},
    {"role", RECORD_WORD, offsetof(struct api_staff, role), .flags = RECORD_REQUIRED, .words = staff_role_words},
};
const struct record_type api_staff_record = RECORD_TYPE(api_staff, staff_fields);

static const struct record_field review_line_fields[] = {
    {"id", RECORD_INTEGER, offsetof(struct api_review_line, id), .flags = RECORD_REQUIRED},
    {"round", RECORD_INTEGER, offsetof(struct api_review_line, round), .flags = RECORD_REQUIRED, .max = 2},
    {"submitted_at", RECORD_TIME, offsetof(struct api_review_line, submitted_at)},
    {"exam_no", RECORD_STRING, offsetof(struct api_review_line, exam_no), .flags = RECORD_REQUIRED, .max = 12},
    {"name", RECORD_STRING, offsetof(struct api_review_line, name), .flags = RECORD_REQUIRED, .max = 50},
    {"county", RECORD_STRING, offsetof(struct api_review_line, county), .max = 12},
    {"batch", RECORD_STRING, offsetof(struct api_review_line, batch), .flags = RECORD_REQUIRED, .max = 20},
    {"majors", RECORD_STRING, offsetof(struct api_review_line, majors), .max = 1200},
    {"state", RECORD_WORD, offsetof(struct api_review_line, state), .flags = RECORD_REQUIRED,
     .words = application_state_words},
    {"photo", RECORD_WORD, offsetof(struct api_review_line, photo), .words = photo_state_words},
    {"prior_degree", RECORD_WORD, offsetof(struct api_review_line, prior_degree), .words = prior_degree_state_words},
    {"added_courses", RECORD_INTEGER, offsetof(struct api_review_line, added_courses), .max = 100},
};
const struct record_type api_review_line_record = RECORD_TYPE(api_review_line, review_line_fields);

static const struct record_field reviews_fields[] = {
    {"reviews", RECORD_MANY, offsetof(struct api_reviews, reviews), .flags = RECORD_REQUIRED, .max = 100,
     .type = &api_review_line_record},
    {"next", RECORD_INTEGER, offsetof(struct api_reviews, next)},
};
const struct record_type api_reviews_record = RECORD_TYPE(api_reviews, reviews_fields);

static const struct record_field audit_fields[] = {
    {"at", RECORD_TIME, offsetof(struct api_audit, at), .flags = RECORD_REQUIRED},
    {"actor", RECORD_STRING, offsetof(struct api_audit, actor), .flags = RECORD_REQUIRED, .max = 20},
    {"event", RECORD_WORD, offsetof(struct api_audit, event), .flags = RECORD_REQUIRED,
     .words = application_event_words},
    {"major", RECORD_STRING, offsetof(struct api_audit, major), .max = 12},
    {"detail", RECORD_STRING, offsetof(struct api_audit, detail), .max = 60},
    {"reason", RECORD_STRING, offsetof(struct api_audit, reason), .max = 300},
};
const struct record_type api_audit_record = RECORD_TYPE(api_audit, audit_fields);

static const struct record_field review_fields[] = {
    {"id", RECORD_INTEGER, offsetof(struct api_review, id), .flags = RECORD_REQUIRED},
    {"candidate", RECORD_ONE, offsetof(struct api_review, candidate), .flags = RECORD_REQUIRED,
     .type = &candidate_record},
    {"application", RECORD_ONE, offsetof(struct api_review, application), .flags = RECORD_REQUIRED,
     .type = &application_record},
    {"judgements", RECORD_MANY, offsetof(struct api_review, judgements), .max = 20, .type = &eligibility_record},
    {"audit", RECORD_MANY, offsetof(struct api_review, audit), .max = 200, .type = &api_audit_record},
    {"may", RECORD_STRINGS, offsetof(struct api_review, may), .max = APPLICATION_EVENTS},
};
const struct record_type api_review_record = RECORD_TYPE(api_review, review_fields);

static const struct record_field decision_fields[] = {
    {"decision", RECORD_WORD, offsetof(struct api_decision, decision), .flags = RECORD_REQUIRED,
     .words = decision_words},
    {"reason", RECORD_STRING, offsetof(struct api_decision, reason), .max = 200},
    {"major", RECORD_STRING, offsetof(struct api_decision, major), .max = 12},
};
const struct record_type api_decision_record = RECORD_TYPE(api_decision, decision_fields);

/* ---------------------------------------------------------------- failures */

static const struct record_field failure_fields[] = {
    {"code", RECORD_STRING, offsetof(struct api_failure, code), .flags = RECORD_REQUIRED, .min = 1, .max = 60},
    {"message", RECORD_STRING, offsetof(struct api_failure, message), .flags = RECORD_PROSE, .max = 300},
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
#define ARCHIVE  API_ARCHIVE_MAX
#define LOOK     (API_SESSION | API_STAFF)
#define DECIDE   (API_SESSION | API_STAFF | API_WRITE | API_VERSIONED)
#define REVIEW   &api_review_record
#define DOSSIER  (9 * 1024 * 1024) /* twenty rows, each judged with every course */

/* clang-format off */
/* Call, method, path · query · flags · request, answer · most bytes of each · deadline. */
const struct api_entry api_entries[API_CALLS] = {
    [API_REGISTER] = {API_REGISTER, "POST", "/v1/registrations",
        NULL, 0, &api_registration_record, NULL, SMALL, SMALL, SOON},
    [API_LOGIN] = {API_LOGIN, "POST", "/v1/sessions",
        NULL, 0, &api_login_record, &api_token_record, SMALL, SMALL, SOON},
    [API_LOGOUT] = {API_LOGOUT, "DELETE", "/v1/sessions/current",
        NULL, API_SESSION, NULL, NULL, 0, SMALL, SOON},
    [API_ME] = {API_ME, "GET", "/v1/me",
        NULL, API_SESSION, NULL, &candidate_record, 0, LARGE, SOON},
    [API_PLAN] = {API_PLAN, "GET", "/v1/plans/{major}",
        "version", API_SESSION, NULL, &plan_record, 0, LARGE, SOON},
    [API_COURSE] = {API_COURSE, "GET", "/v1/courses/{code}",
        NULL, API_SESSION, NULL, &api_course_record, 0, SMALL, SOON},
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
    [API_ADDED_COURSES] = {API_ADDED_COURSES, "PUT", "/v1/application/added-courses",
        NULL, CHANGE, &api_added_courses_record, SNAPSHOT, SMALL, LARGE, SOON},
    [API_PUT_ARCHIVE] = {API_PUT_ARCHIVE, "PUT", "/v1/application/archive",
        NULL, CHANGE | API_RAW_REQUEST, NULL, SNAPSHOT, ARCHIVE, LARGE, SLOW},
    [API_CLEAR_ARCHIVE] = {API_CLEAR_ARCHIVE, "DELETE", "/v1/application/archive",
        NULL, CHANGE, NULL, SNAPSHOT, 0, LARGE, SOON},
    [API_PRIOR_DEGREE] = {API_PRIOR_DEGREE, "POST", "/v1/application/prior-degree",
        NULL, CHANGE, NULL, &api_qr_record, 0, SMALL, SOON},
    [API_PRIOR_DEGREE_MANUAL] = {API_PRIOR_DEGREE_MANUAL, "POST", "/v1/application/prior-degree/manual",
        NULL, CHANGE, NULL, SNAPSHOT, 0, LARGE, SOON},
    [API_SUBMIT] = {API_SUBMIT, "POST", "/v1/application/submit",
        NULL, CHANGE, NULL, SNAPSHOT, 0, LARGE, SOON},
    [API_REAPPLY] = {API_REAPPLY, "POST", "/v1/application/reapply",
        NULL, CHANGE, NULL, SNAPSHOT, 0, LARGE, SOON},
    [API_PUT_PHOTO] = {API_PUT_PHOTO, "PUT", "/v1/application/photo",
        NULL, CHANGE | API_RAW_REQUEST, NULL, SNAPSHOT, PHOTO, LARGE, SLOW},
    [API_GET_PHOTO] = {API_GET_PHOTO, "GET", "/v1/application/photo",
        NULL, API_SESSION | API_RAW_ANSWER, NULL, NULL, 0, PHOTO, SLOW},
    [API_PHOTO_MANUAL] = {API_PHOTO_MANUAL, "POST", "/v1/application/photo/manual",
        NULL, CHANGE, NULL, SNAPSHOT, 0, LARGE, SOON},
    [API_CREATE_ORDER] = {API_CREATE_ORDER, "POST", "/v1/application/order",
        NULL, CHANGE, &api_order_request_record, &order_record, SMALL, SMALL, SOON},
    [API_ORDER] = {API_ORDER, "GET", "/v1/application/order",
        NULL, API_SESSION, NULL, &order_record, 0, SMALL, SOON},
    [API_RECEIPT] = {API_RECEIPT, "GET", "/v1/application/receipt",
        NULL, API_SESSION, NULL, &api_receipt_record, 0, SMALL, SOON},
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
    [API_STAFF_LOGIN] = {API_STAFF_LOGIN, "POST", "/v1/staff/sessions",
        NULL, 0, &api_staff_login_record, &api_token_record, SMALL, SMALL, SOON},
    [API_STAFF_LOGOUT] = {API_STAFF_LOGOUT, "DELETE", "/v1/staff/sessions/current",
        NULL, LOOK, NULL, NULL, 0, SMALL, SOON},
    [API_STAFF_ME] = {API_STAFF_ME, "GET", "/v1/staff/me",
        NULL, LOOK, NULL, &api_staff_record, 0, SMALL, SOON},
    [API_REVIEWS] = {API_REVIEWS, "GET", "/v1/staff/reviews",
        "state photo prior_degree exam_no after", LOOK, NULL, &api_reviews_record, 0, DOSSIER, SOON},
    [API_REVIEW] = {API_REVIEW, "GET", "/v1/staff/reviews/{id}",
        NULL, LOOK, NULL, REVIEW, 0, DOSSIER, SOON},
    [API_REVIEW_DECISION] = {API_REVIEW_DECISION, "POST", "/v1/staff/reviews/{id}/decision",
        NULL, DECIDE, &api_decision_record, REVIEW, SMALL, DOSSIER, SOON},
    [API_STAFF_ARCHIVE] = {API_STAFF_ARCHIVE, "GET", "/v1/staff/archives/{id}",
        NULL, LOOK | API_RAW_ANSWER, NULL, NULL, 0, ARCHIVE, SLOW},
    [API_STAFF_PHOTO] = {API_STAFF_PHOTO, "GET", "/v1/staff/photos/{id}",
        NULL, LOOK | API_RAW_ANSWER, NULL, NULL, 0, PHOTO, SLOW},
    [API_PHOTO_DECISION] = {API_PHOTO_DECISION, "POST", "/v1/staff/photos/{id}/decision",
        NULL, DECIDE, &api_decision_record, REVIEW, SMALL, DOSSIER, SOON},
    [API_PRIOR_DEGREE_DECISION] = {API_PRIOR_DEGREE_DECISION, "POST", "/v1/staff/prior-degrees/{id}/decision",
        NULL, DECIDE, &api_decision_record, REVIEW, SMALL, DOSSIER, SOON},
    [API_HAND_IN] = {API_HAND_IN, "POST", "/v1/staff/handins/{id}",
        NULL, DECIDE, NULL, REVIEW, 0, DOSSIER, SOON},
    [API_JOINT_START] = {API_JOINT_START, "POST", "/v1/staff/joint-reviews/{id}",
        NULL, DECIDE, NULL, REVIEW, 0, DOSSIER, SOON},
    [API_JOINT_DECISION] = {API_JOINT_DECISION, "POST", "/v1/staff/joint-reviews/{id}/decision",
        NULL, DECIDE, &api_decision_record, REVIEW, SMALL, DOSSIER, SOON},
    [API_CERTIFICATE_READY] = {API_CERTIFICATE_READY, "POST", "/v1/staff/certificates/{id}/ready",
        NULL, DECIDE, NULL, REVIEW, 0, DOSSIER, SOON},
    [API_CERTIFICATE_COLLECTED] = {API_CERTIFICATE_COLLECTED, "POST", "/v1/staff/certificates/{id}/collected",
        NULL, DECIDE, NULL, REVIEW, 0, DOSSIER, SOON},
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
