/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 毕业申请: its states, the events that move it, and the snapshot the platform answers with. domain.md 1.5, 1.6; design 6.3.
 *
 * The transition table is the only list of what may happen when: the server's guards, the snapshot's `allowed`
 * and the terminal's buttons are made from it. Blocks: never.
 */
#pragma once

#include "graduation/batch.h"
#include "graduation/plan.h"
#include "graduation/policy.h"
#include "graduation/registration_form.h"

enum application_state {
    STATE_NONE,
    STATE_DRAFT,
    STATE_SUBMITTED,
    STATE_SYSTEM_CHECKING,
    STATE_SYSTEM_APPROVED,
    STATE_COUNTY_PENDING,
    STATE_COUNTY_APPROVED,
    STATE_COUNTY_REJECTED, /* round 1: may re-apply once; round 2: final */
    STATE_PAID,
    STATE_FORM_SAVED,
    STATE_HANDED_IN,
    STATE_JOINT_REVIEW,
    STATE_JOINT_REJECTED,
    STATE_GRADUATED,
    STATE_CERTIFICATE_READY,
    STATE_CERTIFICATE_COLLECTED,
    STATE_LAPSED,
    STATES
};
extern const char *const application_state_words[]; /* "none", "draft", … design 6.3 */

enum application_event {
    EVENT_START,
    EVENT_SET_MAJORS,
    EVENT_SET_SUBSTITUTION,
    EVENT_SET_ADDED_COURSES,
    EVENT_SET_ARCHIVE,
    EVENT_CLEAR_ARCHIVE,
    EVENT_PRIOR_DEGREE,
    EVENT_PRIOR_DEGREE_MANUAL, /* papers to the county instead */
    EVENT_PRIOR_DEGREE_DECIDE, /* the county has seen them */
    EVENT_SUBMIT,
    EVENT_PUT_PHOTO,
    EVENT_PHOTO_PHONE,
    EVENT_PHOTO_MANUAL,
    EVENT_PHOTO_DECIDE,
    EVENT_SYSTEM_CHECK, /* the system takes up what was submitted; may be skipped */
    EVENT_SYSTEM_APPROVE,
    EVENT_SYSTEM_ROUTE,
    EVENT_COUNTY_APPROVE_ITEM, /* one major of several; the last one is EVENT_COUNTY_APPROVE */
    EVENT_COUNTY_APPROVE,
    EVENT_COUNTY_REJECT,
    EVENT_REAPPLY,
    EVENT_CREATE_ORDER,
    EVENT_PAID,
    EVENT_RECEIPT,
    EVENT_SAVE_FORM,
    EVENT_RECORD_PRINT,
    EVENT_HAND_IN,
    EVENT_JOINT_START,
    EVENT_JOINT_PASS,
    EVENT_JOINT_REJECT,
    EVENT_CERTIFICATE_READY,
    EVENT_CERTIFICATE_COLLECT,
    EVENT_LAPSE,
    APPLICATION_EVENTS
};
/* "start", "majors", "english_substitution", … : what `allowed` holds. */
extern const char *const application_event_words[];

enum actor { ACTOR_CANDIDATE, ACTOR_SYSTEM, ACTOR_COUNTY, ACTOR_PROVINCE };

enum prior_degree_state {
    PRIOR_NOT_REQUIRED,
    PRIOR_NONE,
    PRIOR_QR_SHOWN,
    PRIOR_WAITING,
    PRIOR_VERIFIED,
    PRIOR_MISMATCH,
    PRIOR_NOT_FOUND,
    PRIOR_EXPIRED,
    PRIOR_MANUAL_PENDING,
    PRIOR_MANUAL_VERIFIED,
    PRIOR_MANUAL_REFUSED,
};
extern const char *const prior_degree_state_words[]; /* domain.md 3.4, lower case */

/* Masked: the terminal never sees the whole record. */
struct prior_degree {
    int state;
    char *name_masked, *school, *level, *major, *certificate_tail; /* last four characters */
    char *reason;                                                  /* Chinese, when it failed */
    int64_t expires_at;                                            /* of the QR */
    int64_t tries_left;                                            /* of the register; then only papers help */
};
extern const struct record_type prior_degree_record;

enum photo_state {
    PHOTO_NONE,
    PHOTO_CHECKING,
    PHOTO_ACCEPTED,
    PHOTO_REJECTED,
    PHOTO_MANUAL_REQUESTED,
    PHOTO_MANUAL_ACCEPTED,
    PHOTO_MANUAL_REJECTED
};
extern const char *const photo_state_words[];
struct photo {
    int state;
    char *reason;
    int64_t width, height, bytes;
    int64_t tries_left; /* then only the county helps */
};
extern const struct record_type photo_record;
bool photo_ok(const struct photo *photo); /* P2 or P5 */

enum order_state {
    ORDER_NONE,
    ORDER_CREATED,
    ORDER_PAYING,
    ORDER_PAID,
    ORDER_EXPIRED,
    ORDER_CLOSED,
    ORDER_RECEIPT_ISSUED
};
extern const char *const order_state_words[];
enum pay_channel { CHANNEL_SIMULATED, CHANNEL_WECHAT, CHANNEL_ALIPAY };
extern const char *const pay_channel_words[];
struct order {
    char *order_no;
    int64_t amount_fen;
    int channel;
    int state;
    char *qr; /* while it may be paid */
    int64_t created_at, expires_at, paid_at;
};
extern const struct record_type order_record;

/* The candidate in a snapshot: masked. */
struct candidate_masked {
    char *name, *id_no, *exam_no, *mobile;
};
extern const struct record_type candidate_masked_record;

struct application_item {
    char *major, *version, *name, *school;
    int level;
    int state;                       /* enum application_state of this row: they are reviewed one by one (R25) */
    char *progress;                  /* 审批进度, Chinese, ready to show */
    char *note;                      /* 备注: the reason of a rejection; may be NULL */
    GPtrArray *english_substitution; /* char *: codes given for English in this major */
};
extern const struct record_type application_item_record;

#define ADDED_COURSES_MAX 20 /* domain.md 2.8 */
enum added_course_reason { ADDED_EXEMPTION, ADDED_OLD_PLAN, ADDED_PRACTICE_CARD };
struct added_course {
    int reason;                    /* enum added_course_reason (R9) */
    char *code, *name, *passed_on; /* and what the candidate knows of it (R13) */
    int64_t score;
};
extern const char *const added_course_reason_words[]; /* exemption old_plan practice_card */
extern const struct record_type added_course_record;

struct print_record {
    int64_t form_version, copies;
    int outcome;
    int64_t at;
};
enum print_outcome { PRINT_IN_HAND, PRINT_NOT_PRINTED, PRINT_UNKNOWN };
extern const char *const print_outcome_words[]; /* in_hand not_printed unknown */
extern const struct record_type print_record_record;

struct checklist_item {
    char *key;
    char *text; /* Chinese */
};
extern const struct record_type checklist_item_record;

/* The snapshot. */
struct application {
    int64_t version; /* grows with every change */
    char *batch;
    int64_t round;
    int state;
    char *county; /* code; NULL until chosen */
    struct candidate_masked *candidate;
    GPtrArray *items;                /* struct application_item */
    GPtrArray *english_substitution; /* char * codes */
    GPtrArray *added_courses;        /* struct added_course */
    char *archive;                   /* file name, NULL = none (R14) */
    struct prior_degree *prior_degree;
    struct photo *photo;
    struct order *order;                         /* NULL until the first */
    int64_t fee_fen;                             /* all items */
    char *reason;                                /* why the county rejected */
    struct registration_form *registration_form; /* NULL until saved */
    GPtrArray *prints;                           /* struct print_record */
    GPtrArray *checklist;                        /* struct checklist_item */
    GPtrArray *allowed;                          /* char *: application_event_words */
    struct batch *window;                        /* of `batch` */
};
extern const struct record_type application_record;

/* Facts about an application that guards look at beside its state. */
struct application_facts {
    int64_t round;
    int64_t items;
    bool bachelor; /* some item requires a prior degree */
    bool county_chosen;
    int prior_degree;           /* enum prior_degree_state */
    int photo;                  /* enum photo_state */
    bool substitution_complete; /* none, or at least 7 credits */
    int64_t added_courses;
    bool archive;
    bool order_live; /* created or paying */
    bool order_paid;
    bool needs_county;     /* something a human must look at */
    int64_t items_pending; /* rows the county has not decided */
    int64_t prior_degree_failures, photo_failures;
    bool receipt_due;
    const struct policy *policy; /* NULL = policy_default */
    bool apply_open, pay_open, handin_open;
    bool apply_over, pay_over, handin_over;
};
/* Sets the six facts about the batch's windows. */
void application_facts_windows(struct application_facts *facts, const struct batch *batch, int64_t now);

struct application_transition {
    enum application_event event;
    guint32 from; /* bit set of states: 1u << STATE_… */
    enum actor actor;
    const char *(*guard)(const struct application_facts *facts); /* NULL = none; returns a message key when refused */
    int next;                                                    /* state, or -1 = stays */
    bool irreversible;
    const char *refused; /* message key when the state does not allow it */
    const char *rule;    /* "e9, R17" */
};
extern const struct application_transition application_transitions[];
extern const size_t application_transition_count;

/*
 * May this happen now? NULL = yes; else the message key that tells what to do instead.
 * *ret_next (may be NULL) = the state afterwards.
 */
const char *application_may(enum application_event event, enum application_state state, enum actor actor,
                            const struct application_facts *facts, enum application_state *ret_next);
/* The candidate's possible events as a new array of char *. */
GPtrArray *application_allowed(enum application_state state, const struct application_facts *facts);
bool application_allows(const struct application *application, enum application_event event);

/* Message key of 审批进度 for a state and round: "progress.county_pending" … */
const char *application_progress_key(enum application_state state, int64_t round);
/* Message keys of what to bring (R45–R49), NULL-terminated into `ret` (at least 8 places). */
void application_checklist_keys(const struct application_facts *facts, const char *ret[8]);
