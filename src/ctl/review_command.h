/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kioskctl review …: what staff at an office do with applications. One table of commands; the help is made from it.
 *
 * Every decision reads the review first, shows what is decided on and sends that version: who decides on something that has
 * changed meanwhile is told so. Blocks: calls (ctl/office.h).
 */
#pragma once

#include "ctl/office.h"
#include "graduation/code_table.h"

struct review_options {
    char *state, *photo, *prior_degree, *exam_no; /* list */
    int limit;                                    /* list; 0 = REVIEW_LIMIT */
    char *reason, *major;                         /* decisions */
    char *output;                                 /* files */
};
#define REVIEW_LIMIT 200

struct review_context {
    struct office *office; /* logged in */
    const struct messages *messages;
    const struct code_tables *tables;
    bool json;
};

struct review_command;
/*
 * The command of these words ("approve", "12"; NULL-terminated). NULL = there is none, or an option is missing or does not belong
 * to it: *ret_fault says which, in the language of usage; newly allocated.
 */
const struct review_command *review_command_find(const char *const *words, const struct review_options *options,
                                                 char **ret_fault);
/* Runs it and prints. False = *ret_problem says why, one sentence; newly allocated. */
bool review_command_run(const struct review_command *command, const struct review_context *context,
                        const char *const *words, const struct review_options *options, char **ret_problem);
/* All commands, a line each; newly allocated. */
char *review_command_help(void);
