/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of faults share: people who come (again), and what the platform really has in its database. */
#pragma once

#include "visit.h"

/* A kiosk on `url` (NULL = the rig's platform, "embedded"), up to the home page or wherever the person left off. */
void faults_come(struct visit *visit, const char *url);
/* The question about added courses, answered with no; the answer is safe when this returns. */
void faults_nothing_to_add(const struct visit *visit);
/* The kiosk dies at once (SIGKILL) and is gone. */
void faults_kill_kiosk(struct visit *visit);
/* First text of the first row that the platform's database gives; newly allocated, NULL = none. */
char *faults_ask(const struct rig *rig, const char *sql);
/* Waits, reading the terminal, until the database says so; fails at the deadline. Looks once when there is no kiosk. */
#define faults_wait(visit, sql, wanted) faults_wait_at(__FILE__, __LINE__, visit, sql, wanted)
void faults_wait_at(const char *file, int line, const struct visit *visit, const char *sql, const char *wanted);
/* The same for what this person has: "applications 1 form_saved, orders 1 paid, prints 1 in_hand", as far as there is any. */
void faults_wait_has(const struct visit *visit, const char *wanted);
/* A process that this one has started and that runs this program ("kiosk-helper"); 0 = none. */
pid_t faults_child(pid_t parent, const char *program);
