/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface of the platform as one table (design 6.3): the client makes its requests from it, the server its
 * routes, the tests compare it with openapi.yaml. Bodies are records; those that exist only on the wire are declared
 * here.
 */
#pragma once

#include "base/record.h"

enum api_call {
    API_LOGIN,
    API_LOGOUT,
    API_ME,
    API_PLAN,
    API_ELIGIBILITY,
    API_APPLICATION,
    API_START,
    API_MAJORS,
    API_SUBSTITUTION,
    API_PRIOR_DEGREE,
    API_SUBMIT,
    API_PUT_PHOTO,
    API_GET_PHOTO,
    API_CREATE_ORDER,
    API_ORDER,
    API_PUT_FORM,
    API_PRINTS,
    API_GET_DRAFT,
    API_PUT_DRAFT,
    API_DELETE_DRAFT,
    API_HEALTH,
    API_CALLS
};

enum api_flag {
    API_SESSION = 1 << 0,   /* needs the bearer token */
    API_WRITE = 1 << 1,     /* Idempotency-Key; safe to send again with the same key */
    API_VERSIONED = 1 << 2, /* If-Match: the snapshot's version */
    API_RAW_REQUEST = 1 << 3,
    API_RAW_ANSWER = 1 << 4,
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
extern const struct record_type api_login_record, api_token_record, api_major_record, api_majors_record,
    api_substitution_record, api_qr_record, api_order_request_record, api_print_record, api_draft_record,
    api_draft_entry_record, api_failure_record, api_error_record;

/*
 * Codes of failures that a terminal acts on; every other is only shown. The server makes them of its message keys,
 * "platform.…".
 */
#define API_CODE_EXPIRED "session_missing" /* the session is over: log in again */
#define API_CODE_STALE   "version_stale"   /* If-Match: the application has changed meanwhile */

#define API_DRAFT_MAX 65536 /* bytes */
#define API_TOKEN_MAX 128   /* characters */
/* NULL when nothing fits; *ret_argument = newly allocated value of {…}, or NULL. For the server. */
const struct api_entry *api_match(const char *method, const char *path, char **ret_argument, bool *ret_path_known);
