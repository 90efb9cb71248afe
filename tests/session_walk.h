/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of the walk, played as a person plays them; each asserts the screens it comes to. And fixtures for cmocka: a
 * world and its rig in *state.
 */
#pragma once

#include "session_world.h"

int walk_junior(void **state);
int walk_bachelor(void **state);
int walk_end(void **state);
#define WALK(test, level) cmocka_unit_test_setup_teardown(test, level, walk_end)

extern const struct photo_facts walk_good_photo;

void walk_choose_major(struct world *world);  /* from the home page to the county, served */
void walk_submit(struct world *world);        /* from the confirmation page, served */
void walk_list_photo(struct world *world);    /* the folder holds portrait.jpg */
void walk_send_photo(struct world *world);    /* from photo_rules to progress */
void walk_be_approved(struct world *world);   /* photo and application, on the progress page */
void walk_pay(struct world *world);           /* from the progress page to paid */
void walk_fill_form(struct world *world);     /* from paid to print */
void walk_draw_and_send(struct world *world); /* from print until a printer has the job */
void walk_print(struct world *world);         /* from print to the checklist */
void walk_leave(struct world *world);         /* from a page with "logout" to the end */
