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
extern const struct archive_facts walk_good_archive;

void walk_choose_major(struct world *world);   /* from the home page to the county, served */
void walk_nothing_to_add(struct world *world); /* from the question about added courses */
void walk_submit(struct world *world);         /* from the confirmation page, served */
void walk_list_photo(struct world *world);     /* the folder holds portrait.jpg */
void walk_send_photo(struct world *world);     /* from photo_rules to progress */
void walk_be_approved(struct world *world);    /* photo and application, on the progress page */
void walk_pay(struct world *world);            /* from the progress page to paid */
void walk_fill_form(struct world *world);      /* from paid to print */
void walk_draw_and_send(struct world *world);  /* from print until a printer has the job */
void walk_print(struct world *world);          /* from print to the checklist */
void walk_leave(struct world *world);          /* from a page with "logout" to the end */

/* ---------------------------------------------------------------- a write under way, as the person asked for it */
void walk_at_start(struct world *world);
void walk_at_county(struct world *world);
void walk_at_submit(struct world *world);
void walk_at_reapply(struct world *world);
void walk_at_order(struct world *world);
void walk_at_save(struct world *world);
void walk_at_prints(struct world *world);

struct walk_write {
    enum api_call call;
    void (*begin)(struct world *world);
    bool kept;         /* on disk until answered */
    const char *again; /* what would do it a second time; "!" begins a choice */
};
#define WALK_WRITES 7
extern const struct walk_write walk_writes[WALK_WRITES];
void walk_again(struct world *world, const struct walk_write *write);
/* kiosk --check measures what check_sentences() lists: an error that stands beside a field must be among them. */
void walk_assert_listed(const struct srig *rig, const struct page_field *shown);
/* Each in a world of its own. */
void walk_each_write(void (*test)(struct world *world, const struct walk_write *write));
