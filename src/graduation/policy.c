/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/policy.h"

static const struct record_field fields[] = {
    {"photo_before_submit", RECORD_BOOLEAN, offsetof(struct policy, photo_before_submit), .initial = "false",
     .help = "The photo must be accepted before the application is submitted, not after it (R19, d2)."},
    {"form_final_when_saved", RECORD_BOOLEAN, offsetof(struct policy, form_final_when_saved), .initial = "false",
     .help = "The registration form is final once saved; else it may be changed until it is handed in (R32, d3)."},
    {"system_review", RECORD_BOOLEAN, offsetof(struct policy, system_review), .initial = "true",
     .help = "What needs nobody's eyes is approved by the system; else the county sees every application (d4)."},
    {"never_worked", RECORD_BOOLEAN, offsetof(struct policy, never_worked), .initial = "true",
     .help = "Whoever has never worked may say so instead of giving a date (R35, d7)."},
    {"practice_may_substitute", RECORD_BOOLEAN, offsetof(struct policy, practice_may_substitute), .initial = "true",
     .help = "Practice courses and the thesis may be given for English, with a warning (R5, domain.md 4.3)."},
    {"prior_degree_tries", RECORD_INTEGER, offsetof(struct policy, prior_degree_tries), .min = 1, .max = 10,
     .initial = "3", .help = "Answers of the register that do not fit, before only papers help (domain.md 3.4)."},
    {"photo_tries", RECORD_INTEGER, offsetof(struct policy, photo_tries), .min = 1, .max = 10, .initial = "3",
     .help = "Photos the system refuses before only the county helps (R20, R23)."},
    {"order_life_min", RECORD_INTEGER, offsetof(struct policy, order_life_min), .min = 2, .max = 120, .initial = "10",
     .help = "Minutes an order may be paid (domain.md 8)."},
    {"receipt_after_min", RECORD_INTEGER, offsetof(struct policy, receipt_after_min), .max = 1440, .initial = "20",
     .help = "Minutes from payment to the electronic receipt (R33)."},
};
const struct record_type policy_record = RECORD_TYPE(policy, fields);

const struct policy policy_default = {
    .system_review = true,
    .never_worked = true,
    .practice_may_substitute = true,
    .prior_degree_tries = 3,
    .photo_tries = 3,
    .order_life_min = 10,
    .receipt_after_min = 20,
};
