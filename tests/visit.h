/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A candidate's steps at the terminal, one function a page or a few that belong together. Each waits for its page, compares the whole
 * screen with tests/screens/FOLDER/NAME.screen when `screens` is set, and does what a person does there.
 */
#pragma once

#include "rig.h"

struct visit {
    struct rig *rig;
    struct term *term;
    const char *screens; /* folder below tests/screens; NULL = screens are not compared */
    const char *exam_no, *id_tail;
    const char *education; /* what is picked as 已取得学历 */
    const char *essay;     /* 自我鉴定; NULL = left for the pen */
};

#define VISIT_PASSWORD "Zikao-2026"

/* The page with this title; compared as NAME when that is not NULL. */
void visit_at(const struct visit *visit, const char *title, const char *name);

/* In a list, typing what an item says goes to it; Enter picks it. A field with a list is opened by Enter. */
void visit_pick(const struct visit *visit, const char *text);
void visit_choose(const struct visit *visit, const char *text);
void visit_type(const struct visit *visit, const char *text); /* into a field, and on to the next */

void visit_start(const struct visit *visit); /* start, consent */
/* Types the account where one logs in; it is shown in groups. */
void visit_account(const struct visit *visit);
void visit_login(const struct visit *visit);              /* → home, or where the person left off */
void visit_begin(const struct visit *visit);              /* home → majors */
void visit_prejudge(const struct visit *visit);           /* home → report → home */
void visit_major_and_county(const struct visit *visit);   /* majors, city 太原市, county 小店区 */
void visit_substitution(const struct visit *visit);       /* two courses of 5 credits each */
void visit_nothing_to_add(const struct visit *visit);     /* the question about added courses */
void visit_prior_degree(const struct visit *visit);       /* QR → phone authorises → verified */
void visit_submit(const struct visit *visit);             /* confirm, submit */
void visit_photo(const struct visit *visit);              /* rules, file, tick, upload → progress */
void visit_order(const struct visit *visit);              /* progress → order → QR on the screen */
void visit_resume_paying(const struct visit *visit);      /* home or progress → QR again */
char *visit_pay_address(const struct visit *visit);       /* what the QR says; newly allocated */
void visit_pay(const struct visit *visit);                /* phone pays → paid */
void visit_form_to_evaluation(const struct visit *visit); /* person … awards → evaluation */
void visit_form(const struct visit *visit);               /* person … evaluation → print */
void visit_print(const struct visit *visit);              /* prints, both copies in hand → checklist */
void visit_leave(const struct visit *visit);              /* checklist → goodbye → start */

/* ---- what only some people meet (visit_more.c) */
struct visit_course {
    const char *reason; /* as it stands in the list */
    const char *code, *name, *passed_on, *score;
};
/* The page with this title, compared as people/NAME although the rest of the visit is not compared. */
void visit_look(const struct visit *visit, const char *title, const char *name);
void visit_come(struct visit *visit); /* a kiosk of one's own, and login */
void visit_add_course(const struct visit *visit, const struct visit_course *course); /* added_new → added */
void visit_archive(const struct visit *visit, const char *file, const char *name);   /* added → archive → added */
void visit_authorise(const struct visit *visit);        /* the QR on the screen is authorised by a phone */
void visit_pay_to_checklist(const struct visit *visit); /* progress → order → paid → home → checklist */
