/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 前置学历授权 (domain.md 3): the terminal shows a QR, the candidate authorises on their phone, the register answers.
 * Papers to the county are the other way. Stands for the national register's own service; the register here is the imported
 * table prior_degrees. The token lives five minutes and is found by its hash; its text stands only in the answer that told it, kept
 * for whoever asks again (idempotency.h).
 */
#pragma once

#include "platformd/routes.h"

#define DEGREE_QR_S (5 * 60)

void degree_start(struct request *request);
void degree_to_county(struct request *request);
/* The majors of this draft are others now: what was verified is held against them once more. Within the transaction. */
void degree_majors_changed(struct platform *platform, int64_t application);

/* For the phone page. */
struct degree_diploma {
    char *id_no, *certificate_no, *name, *school, *major, *level, *graduated_on, *status;
};
struct degree_request {
    int64_t application;
    char *exam_no;
    int state; /* enum prior_degree_state */
    int64_t expires_at;
    char *reason;
    char *name_masked;   /* of the candidate */
    GPtrArray *diplomas; /* struct degree_diploma, as the register has them */
};
/* Whose token this is (any letter case); NULL = nobody's. */
struct degree_request *degree_find(struct platform *platform, const char *token);
void degree_request_free(struct degree_request *request);
/* What the candidate pressed. False = it could not be stored; an expired or answered request stays as it is. */
bool degree_answer(struct platform *platform, const char *token, bool authorise);
/* Answers of the register that are due, each in a transaction of its own. */
void degree_decide(struct platform *platform);
/* Requests whose time is up, each in a transaction of its own. */
void degree_expire(struct platform *platform);
