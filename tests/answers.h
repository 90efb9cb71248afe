/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every answer that a test gets from the platform is held against openapi.yaml: the status is documented for this call, the
 * media type, the headers and the body are the documented ones, and so was the body of a request that was accepted. Which answers
 * occurred is noted in the folder $TEST_ANSWERS (when set), a file for each test program, for tests/after/every_answer.c.
 *
 * desk_call() and desk_phone() do this; whoever talks to the platform by another way may too.
 */
#pragma once

#include "desk.h"

/* `address` may be a whole one or a path, with its query. Fails the test when something is not as documented. */
void answers_check(const char *method, const char *address, const void *sent, gsize length, const struct reply *reply);
