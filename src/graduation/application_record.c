/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words and fields of the snapshot (design 6.3): the data half of application.h. */
#include "graduation/application.h"

#define VERSION_MAX INT32_MAX
#define FEN_MAX     100000000

const char *const application_state_words[] = {
    [STATE_NONE] = "none",
    [STATE_DRAFT] = "draft",
    [STATE_SUBMITTED] = "submitted",
    [STATE_SYSTEM_CHECKING] = "system_checking",
    [STATE_SYSTEM_APPROVED] = "system_approved",
    [STATE_COUNTY_PENDING] = "county_pending",
    [STATE_COUNTY_APPROVED] = "county_approved",
    [STATE_COUNTY_REJECTED] = "county_rejected",
    [STATE_PAID] = "paid",
    [STATE_FORM_SAVED] = "form_saved",
    [STATE_HANDED_IN] = "handed_in",
    [STATE_JOINT_REVIEW] = "joint_review",
    [STATE_JOINT_REJECTED] = "joint_rejected",
    [STATE_GRADUATED] = "graduated",
    [STATE_CERTIFICATE_READY] = "certificate_ready",
    [STATE_CERTIFICATE_COLLECTED] = "certificate_collected",
    [STATE_LAPSED] = "lapsed",
    [STATES] = NULL,
};

const char *const application_event_words[] = {
    [EVENT_START] = "start",
    [EVENT_SET_MAJORS] = "majors",
    [EVENT_SET_SUBSTITUTION] = "english_substitution",
    [EVENT_SET_ADDED_COURSES] = "added_courses",
    [EVENT_SET_ARCHIVE] = "archive",
    [EVENT_CLEAR_ARCHIVE] = "clear_archive",
    [EVENT_PRIOR_DEGREE] = "prior_degree",
    [EVENT_PRIOR_DEGREE_MANUAL] = "prior_degree_manual",
    [EVENT_PRIOR_DEGREE_DECIDE] = "prior_degree_decide",
    [EVENT_SUBMIT] = "submit",
    [EVENT_PUT_PHOTO] = "photo",
    [EVENT_PHOTO_PHONE] = "photo_phone",
    [EVENT_PHOTO_MANUAL] = "photo_manual",
    [EVENT_PHOTO_DECIDE] = "photo_decide",
    [EVENT_SYSTEM_CHECK] = "system_check",
    [EVENT_SYSTEM_APPROVE] = "system_approve",
    [EVENT_SYSTEM_ROUTE] = "system_route",
    [EVENT_COUNTY_APPROVE_ITEM] = "county_approve_item",
    [EVENT_COUNTY_APPROVE] = "county_approve",
    [EVENT_COUNTY_REJECT] = "county_reject",
    [EVENT_REAPPLY] = "reapply",
    [EVENT_CREATE_ORDER] = "order",
    [EVENT_PAID] = "paid",
    [EVENT_RECEIPT] = "receipt",
    [EVENT_SAVE_FORM] = "registration_form",
    [EVENT_RECORD_PRINT] = "prints",
    [EVENT_HAND_IN] = "hand_in",
    [EVENT_JOINT_START] = "joint_start",
    [EVENT_JOINT_PASS] = "joint_pass",
    [EVENT_JOINT_REJECT] = "joint_reject",
    [EVENT_CERTIFICATE_READY] = "certificate_ready",
    [EVENT_CERTIFICATE_COLLECT] = "certificate_collect",
    [EVENT_LAPSE] = "lapse",
    [APPLICATION_EVENTS] = NULL,
};

const char *const prior_degree_state_words[] = {
    [PRIOR_NOT_REQUIRED] = "not_required",
    [PRIOR_NONE] = "none",
    [PRIOR_QR_SHOWN] = "qr_shown",
    [PRIOR_WAITING] = "authorised_waiting",
    [PRIOR_VERIFIED] = "verified",
    [PRIOR_MISMATCH] = "mismatch",
    [PRIOR_NOT_FOUND] = "not_found",
    [PRIOR_EXPIRED] = "expired",
    [PRIOR_MANUAL_PENDING] = "manual_pending",
    [PRIOR_MANUAL_VERIFIED] = "manual_verified",
    [PRIOR_MANUAL_REFUSED] = "manual_refused",
    NULL,
};

const char *const photo_state_words[] = {
    [PHOTO_NONE] = "none",
    [PHOTO_CHECKING] = "checking",
    [PHOTO_ACCEPTED] = "accepted",
    [PHOTO_REJECTED] = "rejected",
    [PHOTO_MANUAL_REQUESTED] = "manual_requested",
    [PHOTO_MANUAL_ACCEPTED] = "manual_accepted",
    [PHOTO_MANUAL_REJECTED] = "manual_rejected",
    NULL,
};

const char *const order_state_words[] = {
    [ORDER_NONE] = "none",
    [ORDER_CREATED] = "created",
    [ORDER_PAYING] = "paying",
    [ORDER_PAID] = "paid",
    [ORDER_EXPIRED] = "expired",
    [ORDER_CLOSED] = "closed",
    [ORDER_RECEIPT_ISSUED] = "receipt_issued",
    NULL,
};

const char *const pay_channel_words[] = {
    [CHANNEL_SIMULATED] = "simulated",
    [CHANNEL_WECHAT] = "wechat",
    [CHANNEL_ALIPAY] = "alipay",
    NULL,
};

const char *const added_course_reason_words[] = {
    [ADDED_EXEMPTION] = "exemption",
    [ADDED_OLD_PLAN] = "old_plan",
    [ADDED_PRACTICE_CARD] = "practice_card",
    NULL,
};

const char *const print_outcome_words[] = {
    [PRINT_IN_HAND] = "in_hand",
    [PRINT_NOT_PRINTED] = "not_printed",
    [PRINT_UNKNOWN] = "unknown",
    NULL,
};

static const struct record_field prior_degree_fields[] = {
    {"state", RECORD_WORD, offsetof(struct prior_degree, state), .flags = RECORD_REQUIRED,
     .words = prior_degree_state_words},
    {"name_masked", RECORD_STRING, offsetof(struct prior_degree, name_masked), .max = 50},
    {"school", RECORD_STRING, offsetof(struct prior_degree, school), .max = 50},
    {"level", RECORD_STRING, offsetof(struct prior_degree, level), .max = 20},
    {"major", RECORD_STRING, offsetof(struct prior_degree, major), .max = 50},
    {"certificate_tail", RECORD_STRING, offsetof(struct prior_degree, certificate_tail), .max = 4},
    {"reason", RECORD_STRING, offsetof(struct prior_degree, reason), .flags = RECORD_PROSE, .max = 300},
    {"expires_at", RECORD_TIME, offsetof(struct prior_degree, expires_at)},
    {"tries_left", RECORD_INTEGER, offsetof(struct prior_degree, tries_left), .max = 100},
};
const struct record_type prior_degree_record = RECORD_TYPE(prior_degree, prior_degree_fields);

static const struct record_field photo_fields[] = {
    {"state", RECORD_WORD, offsetof(struct photo, state), .flags = RECORD_REQUIRED, .words = photo_state_words},
    {"reason", RECORD_STRING, offsetof(struct photo, reason), .flags = RECORD_PROSE, .max = 300},
    {"width", RECORD_INTEGER, offsetof(struct photo, width), .max = INT32_MAX},
    {"height", RECORD_INTEGER, offsetof(struct photo, height), .max = INT32_MAX},
    {"bytes", RECORD_INTEGER, offsetof(struct photo, bytes), .max = INT32_MAX},
    {"tries_left", RECORD_INTEGER, offsetof(struct photo, tries_left), .max = 100},
};
const struct record_type photo_record = RECORD_TYPE(photo, photo_fields);

static const struct record_field order_fields[] = {
    {"order_no", RECORD_STRING, offsetof(struct order, order_no), .flags = RECORD_REQUIRED, .max = 64},
    {"amount_fen", RECORD_INTEGER, offsetof(struct order, amount_fen), .flags = RECORD_REQUIRED, .max = FEN_MAX},
    {"channel", RECORD_WORD, offsetof(struct order, channel), .words = pay_channel_words},
    {"state", RECORD_WORD, offsetof(struct order, state), .flags = RECORD_REQUIRED, .words = order_state_words},
    {"qr", RECORD_STRING, offsetof(struct order, qr), .flags = RECORD_SECRET, .max = 500},
    {"created_at", RECORD_TIME, offsetof(struct order, created_at)},
    {"expires_at", RECORD_TIME, offsetof(struct order, expires_at)},
    {"paid_at", RECORD_TIME, offsetof(struct order, paid_at)},
};
const struct record_type order_record = RECORD_TYPE(order, order_fields);

static const struct record_field candidate_masked_fields[] = {
    {"name", RECORD_STRING, offsetof(struct candidate_masked, name), .max = 50},
    {"id_no", RECORD_STRING, offsetof(struct candidate_masked, id_no), .max = 18},
    {"exam_no", RECORD_STRING, offsetof(struct candidate_masked, exam_no), .max = 12},
    {"mobile", RECORD_STRING, offsetof(struct candidate_masked, mobile), .max = 20},
};
const struct record_type candidate_masked_record = RECORD_TYPE(candidate_masked, candidate_masked_fields);

static const struct record_field application_item_fields[] = {
    {"major", RECORD_STRING, offsetof(struct application_item, major), .flags = RECORD_REQUIRED, .max = 12},
    {"version", RECORD_STRING, offsetof(struct application_item, version), .flags = RECORD_REQUIRED, .max = 20},
    {"name", RECORD_STRING, offsetof(struct application_item, name), .flags = RECORD_REQUIRED, .max = 50},
    {"school", RECORD_STRING, offsetof(struct application_item, school), .flags = RECORD_REQUIRED, .max = 50},
    {"level", RECORD_WORD, offsetof(struct application_item, level), .flags = RECORD_REQUIRED,
     .words = plan_level_words},
    {"state", RECORD_WORD, offsetof(struct application_item, state), .words = application_state_words},
    {"progress", RECORD_STRING, offsetof(struct application_item, progress), .flags = RECORD_PROSE, .max = 100},
    {"note", RECORD_STRING, offsetof(struct application_item, note), .flags = RECORD_PROSE, .max = 300},
    {"english_substitution", RECORD_STRINGS, offsetof(struct application_item, english_substitution), .max = 60},
};
const struct record_type application_item_record = RECORD_TYPE(application_item, application_item_fields);

static const struct record_field added_course_fields[] = {
    {"reason", RECORD_WORD, offsetof(struct added_course, reason), .flags = RECORD_REQUIRED,
     .words = added_course_reason_words},
    {"code", RECORD_STRING, offsetof(struct added_course, code), .flags = RECORD_REQUIRED, .min = 5, .max = 5},
    {"name", RECORD_STRING, offsetof(struct added_course, name), .flags = RECORD_REQUIRED, .min = 1, .max = 50},
    {"passed_on", RECORD_STRING, offsetof(struct added_course, passed_on), .flags = RECORD_REQUIRED, .min = 10,
     .max = 10},
    {"score", RECORD_INTEGER, offsetof(struct added_course, score), .flags = RECORD_REQUIRED, .max = 100},
};
const struct record_type added_course_record = RECORD_TYPE(added_course, added_course_fields);

static const struct record_field print_record_fields[] = {
    {"form_version", RECORD_INTEGER, offsetof(struct print_record, form_version), .flags = RECORD_REQUIRED,
     .max = VERSION_MAX},
    {"copies", RECORD_INTEGER, offsetof(struct print_record, copies), .flags = RECORD_REQUIRED, .max = 100},
    {"outcome", RECORD_WORD, offsetof(struct print_record, outcome), .flags = RECORD_REQUIRED,
     .words = print_outcome_words},
    {"at", RECORD_TIME, offsetof(struct print_record, at)},
};
const struct record_type print_record_record = RECORD_TYPE(print_record, print_record_fields);

static const struct record_field checklist_item_fields[] = {
    {"key", RECORD_STRING, offsetof(struct checklist_item, key), .flags = RECORD_REQUIRED, .max = 60},
    {"text", RECORD_STRING, offsetof(struct checklist_item, text), .flags = RECORD_REQUIRED | RECORD_PROSE, .max = 300},
};
const struct record_type checklist_item_record = RECORD_TYPE(checklist_item, checklist_item_fields);

static const struct record_field application_fields[] = {
    {"version", RECORD_INTEGER, offsetof(struct application, version), .flags = RECORD_REQUIRED, .max = VERSION_MAX},
    {"batch", RECORD_STRING, offsetof(struct application, batch), .max = 20},
    {"round", RECORD_INTEGER, offsetof(struct application, round), .max = 2},
    {"state", RECORD_WORD, offsetof(struct application, state), .flags = RECORD_REQUIRED,
     .words = application_state_words},
    {"county", RECORD_STRING, offsetof(struct application, county), .max = 12},
    {"candidate", RECORD_ONE, offsetof(struct application, candidate), .type = &candidate_masked_record},
    {"items", RECORD_MANY, offsetof(struct application, items), .max = 20, .type = &application_item_record},
    {"english_substitution", RECORD_STRINGS, offsetof(struct application, english_substitution), .max = 60},
    {"added_courses", RECORD_MANY, offsetof(struct application, added_courses), .max = 20,
     .type = &added_course_record},
    {"archive", RECORD_STRING, offsetof(struct application, archive), .max = 100},
    {"prior_degree", RECORD_ONE, offsetof(struct application, prior_degree), .type = &prior_degree_record},
    {"photo", RECORD_ONE, offsetof(struct application, photo), .type = &photo_record},
    {"order", RECORD_ONE, offsetof(struct application, order), .type = &order_record},
    {"fee_fen", RECORD_INTEGER, offsetof(struct application, fee_fen), .max = FEN_MAX},
    {"reason", RECORD_STRING, offsetof(struct application, reason), .flags = RECORD_PROSE, .max = 300},
    {"registration_form", RECORD_ONE, offsetof(struct application, registration_form),
     .type = &registration_form_record},
    {"prints", RECORD_MANY, offsetof(struct application, prints), .max = 200, .type = &print_record_record},
    {"checklist", RECORD_MANY, offsetof(struct application, checklist), .max = 20, .type = &checklist_item_record},
    {"allowed", RECORD_STRINGS, offsetof(struct application, allowed), .max = APPLICATION_EVENTS},
    {"window", RECORD_ONE, offsetof(struct application, window), .type = &batch_record},
};
const struct record_type application_record = RECORD_TYPE(application, application_fields);
