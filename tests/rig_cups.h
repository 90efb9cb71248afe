/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A real CUPS server and a real (simulated) A3 IPP printer in a temporary directory, for one test program.
 *
 * cupsd listens on a socket there only; the printer is ippeveprinter on loopback with tests/e2e/a3printer.conf; the queue is "a3",
 * made with `lpadmin -m everywhere`. Everything dies with rig_cups_stop(), or with the test. Run from the top of the tree.
 * Ready when it answers, never after a fixed time.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct rig_cups;

/* NULL, after a sentence on stderr, when something does not come up. */
struct rig_cups *rig_cups_start(void);
void rig_cups_stop(struct rig_cups *rig); /* accepts NULL */

const char *rig_cups_directory(const struct rig_cups *rig); /* of the test too: removed at the end */
const char *rig_cups_server(const struct rig_cups *rig);    /* path of the socket */
/* A printer profile for the queue; `more` are further lines or "". Newly allocated path. */
char *rig_cups_profile(const struct rig_cups *rig, const char *queue, const char *more);

/* "cupsreject", "a3", NULL …; true when it succeeded. */
bool rig_cups_admin(const struct rig_cups *rig, ...) G_GNUC_NULL_TERMINATED;
void rig_cups_printer_off(struct rig_cups *rig); /* SIGKILL: forgets its jobs */
bool rig_cups_printer_on(struct rig_cups *rig);  /* on the same port */
/* The printer's own web form for its trays: "size1=…&level1=…". */
bool rig_cups_trays(const struct rig_cups *rig, const char *form);
/* cupsd stops answering (SIGSTOP) and answers again. */
void rig_cups_freeze(const struct rig_cups *rig, bool frozen);

/* From its next document on the printer reports this ("media-empty") and waits; NULL lets it go on and be well. */
void rig_cups_trouble(struct rig_cups *rig, const char *keyword);
/* The printer aborts its documents. */
void rig_cups_abort(const struct rig_cups *rig, bool abort);

/* Documents the printer has got so far; each is kept. */
int rig_cups_documents(const struct rig_cups *rig);
bool rig_cups_wait_documents(const struct rig_cups *rig, int n);
/* The n-th (from 1), and its IPP_… environment as text. Newly allocated. */
char *rig_cups_document(const struct rig_cups *rig, int n);
char *rig_cups_attributes(const struct rig_cups *rig, int n);
