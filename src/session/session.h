/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The session: one person's way through the application, as a pure reducer.
 *
 *     session_apply(session, event) → effects
 *
 * It decides everything and touches nothing: no clock (events carry the time), no file, socket or terminal, no randomness (a seed comes
 * in at the start). The shell runs the effects in order; the reducer puts PERSIST before any SEND, HELPER or SHOW of the same
 * event. The screen to show follows from the snapshot, the draft and what has been typed since (flow.h).
 *
 * Owns: answers, snapshot, texts; the password in locked memory. Blocks: never. Errors: none; what went wrong outside comes
 * in as an event and ends as a sentence on a page.
 */
#pragma once

#include "session/effect.h"
#include "session/forms.h"

struct session_options {
    const struct forms *forms; /* borrowed for the session's life */
    const char *office;        /* 太原市小店区招生考试中心: right in the title bar */
    unsigned char seed[32];
    int64_t idle_ms, warn_ms; /* the person is asked after idle_ms, and gone warn_ms later */
    int today;                /* yyyymmdd, for checks of dates */
    const char *photo_source; /* what the folder is called on screen: U盘 */
    int64_t copies;           /* of the sheet */
    bool touch;               /* there is no keyboard: texts speak of buttons */
    bool may_quit;            /* the start page offers to end the program */
};

struct session;
struct session *session_new(const struct session_options *options);
void session_free(struct session *session); /* wipes the answers */

/* Effects in order; the caller owns the array (of struct effect). Never NULL. */
GPtrArray *session_apply(struct session *session, const struct session_event *event);
/* The page as it is now, new each time. */
struct page *session_page(const struct session *session);
/* Name of the screen it is on; borrowed. For tests and the log. */
const char *session_screen(const struct session *session);
