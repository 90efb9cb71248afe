/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface of the platform as one table (design 6.3): the client makes its requests from it, the server its
 * routes, the tests compare it with openapi.yaml. Bodies are records; those that exist only on the wire are declared
 * here.
 */
#pragma once

#include "graduation/application.h"
#include "graduation/candidate.h"

enum api_call {
    API_REGISTER,
    API_LOGIN,
    API_LOGOUT,
    API_ME,
    API_PLAN,
    API_COURSE,
    API_ELIGIBILITY,
    API_APPLICATION,
    API_START,
    API_MAJORS,
    API_SUBSTITUTION,
    API_ADDED_COURSES,
    API_PUT_ARCHIVE,
    API_CLEAR_ARCHIVE,
    API_PRIOR_DEGREE,
    API_PRIOR_DEGREE_MANUAL,
    API_SUBMIT,
    API_REAPPLY,
    API_PUT_PHOTO,
    API_GET_PHOTO,
    API_PHOTO_MANUAL,
    API_CREATE_ORDER,
    API_ORDER,
    API_RECEIPT,
    API_PUT_FORM,
    API_PRINTS,
    API_GET_DRAFT,
    API_PUT_DRAFT,
    API_DELETE_DRAFT,
    API_STAFF_LOGIN,
    API_STAFF_LOGOUT,
    API_STAFF_ME,
    API_REVIEWS,
    API_REVIEW,
    API_REVIEW_DECISION,
    API_STAFF_ARCHIVE,
    API_STAFF_PHOTO,
    API_PHOTO_DECISION,
    API_PRIOR_DEGREE_DECISION,
    API_HAND_IN,
    API_JOINT_START,
    API_JOINT_DECISION,
    API_CERTIFICATE_READY,
    API_CERTIFICATE_COLLECTED,
    API_HEALTH,
    API_CALLS
};

enum api_flag {
    API_SESSION = 1 << 0,   /* needs the bearer token */
    API_WRITE = 1 << 1,     /* Idempotency-Key; safe to send again with the same key */
    API_VERSIONED = 1 << 2, /* If-Match: the snapshot's version */
    API_RAW_REQUEST = 1 << 3,
    API_RAW_ANSWER = 1 << 4,
    API_STAFF =
        1 << 5, /* the session is one of staff; {id} is the number of an application, and If-Match its version */
};

struct api_entry {
    enum api_call call;
    const char *method; /* "GET" … */
    const char *path;   /* "/v1/plans/{major}": at most one {…} */
    const char *query;  /* NULL or names separated by spaces: "major version" */
    unsigned flags;
    const struct record_type *request; /* NULL = no body */
    const struct record_type *answer;  /* NULL = empty or raw */
    gsize request_max, answer_max;     /* bytes */
    unsigned deadline_ms;              /* for the client, without a long poll's wait */
};
/*
 * Indexed by the enum. Writes on the application answer with the new snapshot, but prior-degree with the code and
 * order with the order. Where `answer` is NULL and not raw, the answer has no body (204). Errors of any call are an
 * api_error.
 */
extern const struct api_entry api_entries[API_CALLS];

enum staff_role { STAFF_COUNTY, STAFF_PROVINCE };
extern const char *const staff_role_words[]; /* county province */
enum decision { DECISION_APPROVE, DECISION_REJECT };
extern const char *const decision_words[]; /* approve reject */

struct api_login {
    char *account, *password;
};
struct api_token {
    char *token;
    int64_t expires_at;
};
struct api_major {
    char *code, *version;
};
struct api_majors {
    GPtrArray *majors; /* struct api_major */
    char *county;
};
struct api_substitution {
    char *major;
    GPtrArray *courses; /* char * */
};
struct api_qr {
    char *qr;
    int64_t expires_at;
};
struct api_order_request {
    int channel;
};
struct api_print {
    int64_t form_version, copies;
    int outcome;
};
struct api_registration {
    char *name, *id_no, *exam_no, *mobile, *password;
};
struct api_course {
    char *code, *name;
    int64_t credits;
    bool exemptible; /* may be claimed as 免考: English of 专科, mathematics (R9, R10) */
    bool practice;   /* may come from a practice card (R11) */
};
struct api_added_courses {
    GPtrArray *courses; /* struct added_course */
};
/* 电子票据: what a person needs to have it checked (domain.md 8, R33). */
struct api_receipt {
    char *title, *code, *number, *check, *payer, *item, *issuer;
    int64_t amount_fen, issued_at;
    char *qr; /* the page for a phone */
};
struct api_staff_login {
    char *staff_no, *password;
};
struct api_staff {
    char *staff_no, *name, *county;
    int role; /* enum staff_role */
};
/* One line of the list of applications that staff look after. */
struct api_review_line {
    int64_t id, round, submitted_at;
    char *exam_no, *name, *county, *batch, *majors; /* "行政管理（专科）、…" */
    int state, photo, prior_degree;
    int64_t added_courses;
};
struct api_reviews {
    GPtrArray *reviews; /* struct api_review_line, oldest first */
    int64_t next;       /* `after` of the next page; 0 = this was the last */
};
/* Who did what, when; never changed, never deleted. */
struct api_audit {
    int64_t at;
    char *actor; /* staff number, or "system", "candidate" */
    int event;   /* enum application_event */
    char *major, *detail, *reason;
};
struct api_review {
    int64_t id;
    struct candidate *candidate;     /* whole, for comparing with the papers */
    struct application *application; /* as the candidate sees it; its version is the one to decide on */
    GPtrArray *judgements;           /* struct eligibility, one for each item, with what was added and given */
    GPtrArray *audit;                /* struct api_audit, oldest first */
    GPtrArray *may;                  /* char *: application_event_words this member of staff may do now */
};
struct api_decision {
    int decision; /* enum decision */
    char *reason; /* required to reject */
    char *major;  /* one row of several; NULL = all that are open */
};
struct api_draft_entry {
    char *key, *value;
};
struct api_draft {
    GPtrArray *entries; /* struct api_draft_entry */
};
struct api_failure {
    char *code, *message, *field; /* message: Chinese, for the candidate */
};
struct api_error {
    struct api_failure *error;
};
extern const struct record_type api_registration_record, api_course_record, api_added_courses_record,
    api_receipt_record, api_staff_login_record, api_staff_record, api_review_line_record, api_reviews_record,
    api_audit_record, api_review_record, api_decision_record;
extern const struct record_type api_login_record, api_token_record, api_major_record, api_majors_record,
    api_substitution_record, api_qr_record, api_order_request_record, api_print_record, api_draft_record,
    api_draft_entry_record, api_failure_record, api_error_record;

/*
 * Codes of failures that a terminal acts on; every other is only shown. The server makes them of its message keys,
 * "platform.…".
 */
#define API_CODE_EXPIRED        "session_missing" /* the session is over: log in again */
#define API_CODE_STALE          "version_stale"   /* If-Match: the application has changed meanwhile */
#define API_CODE_COURSE_UNKNOWN "course_unknown"  /* no plan has this code, own or old */

#define API_DRAFT_MAX   65536              /* bytes */
#define API_ARCHIVE_MAX (20 * 1024 * 1024) /* bytes (domain.md 2.8) */
#define API_TOKEN_MAX   128                /* characters */
/* NULL when nothing fits; *ret_argument = newly allocated value of {…}, or NULL. For the server. */
const struct api_entry *api_match(const char *method, const char *path, char **ret_argument, bool *ret_path_known);
