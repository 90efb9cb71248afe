/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each row of an application judged by the rules with what the candidate brings: recorded results, added courses, what is given for English, the
 * prior degree's major. What the county looks at, and what a graduation uses up.
 *
 * Blocks: local disk.
 */
#pragma once

#include "graduation/eligibility.h"
#include "platformd/standing.h"

/* What the system may decide: sets needs_county of the rows and of the facts, and substitution_complete. Nothing added counts. */
void judging_facts(struct platform *platform, struct standing *standing);
/* struct eligibility, one for each row in their order, with what was added; freed with record_list_free(). */
GPtrArray *judging_items(struct platform *platform, struct standing *standing);
/* What satisfies these plans serves no other graduation from now on (domain.md 4.2). */
void judging_consume(struct platform *platform, struct standing *standing);
