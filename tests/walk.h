/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A candidate's steps at the terminal, one function a page or a few that belong together. Each waits for its page, compares the whole
 * screen with tests/screens/FOLDER/NAME.screen when `screens` is set, and does what a person does there.
 */
#pragma once

#include "rig.h"

struct walk {
    struct rig *rig;
    struct term *term;
    const char *screens; /* folder below tests/screens; NULL = screens are not compared */
    const char *exam_no, *id_tail;
    const char *essay; /* 自我鉴定; NULL = left for the pen */
};

#define WALK_PASSWORD "Zikao-2026"

/* The page with this title; compared as NAME when that is not NULL. */
void walk_at(const struct walk *walk, const char *title, const char *name);

void walk_start(const struct walk *walk);            /* start, consent */
void walk_login(const struct walk *walk);            /* → home, or where the person left off */
void walk_begin(const struct walk *walk);            /* home → majors */
void walk_prejudge(const struct walk *walk);         /* home → report → home */
void walk_major_and_county(const struct walk *walk); /* majors, city 太原市, county 小店区 */
void walk_substitution(const struct walk *walk);     /* two courses of 5 credits each */
void walk_prior_degree(const struct walk *walk);     /* QR → phone authorises → verified */
void walk_submit(const struct walk *walk);           /* confirm, submit */
void walk_photo(const struct walk *walk);            /* rules, file, tick, upload → progress */
void walk_order(const struct walk *walk);            /* progress → order → QR on the screen */
void walk_resume_paying(const struct walk *walk);    /* home or progress → QR again */
char *walk_pay_address(const struct walk *walk);     /* what the QR says; newly allocated */
void walk_pay(const struct walk *walk);              /* phone pays → paid */
void walk_form(const struct walk *walk);             /* person … evaluation → print */
void walk_print(const struct walk *walk);            /* prints, both copies in hand → checklist */
void walk_leave(const struct walk *walk);            /* checklist → goodbye → start */
