/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A candidate's phone: opens the address of a QR code and presses a button on the page, as a browser without script would.
 *
 * Failing (no answer, another status, no such button) fails the test and shows the page. Blocks: up to the deadline.
 */
#pragma once

/* The page at `address`, newly allocated. */
char *phone_open(const char *address);
/* Opens the page, looks for the button name="action" value="ACTION" in a form, posts it to the form's address, and returns
 * the page that came back (redirects are followed). */
char *phone_press(const char *address, const char *action);
/* One request as it is, without judging: status, or 0 when nothing answered. *ret_body (may be NULL) is newly allocated. `form`
 * NULL = GET. */
long phone_request(const char *address, const char *form, char **ret_body);
/* Words a person would read on the page: tags away, entities and white space folded. Newly allocated. */
char *phone_text(const char *html);
