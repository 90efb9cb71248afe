/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a terminal must not forget when the power goes: journal, outbox, print jobs, the machine's key. SQLite, WAL,
 * synchronous FULL.
 *
 * Holds no personal data: people are keyed hashes (log_person), bodies in the outbox are those without personal data
 * (submit, order, prints). Every function that changes something has committed durably when it returns.
 *
 * A damaged file, found at the start or later, is set aside as path.damaged-N for the technician; a new one takes
 * over what can still be read of outbox, prints and key, and the call goes on.
 *
 * This folder is the only place of the kiosk that includes sqlite3.h. Blocks: one commit, about 1 ms on an SSD (0.3
 * ms median); at most half a second while another process writes.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define STORE_ERROR (store_error_quark())
GQuark store_error_quark(void);
enum store_error {
    STORE_ERROR_OPEN,  /* cannot be made or opened, or belongs to a newer program */
    STORE_ERROR_WRITE, /* not kept (or not read), for any other reason */
    STORE_ERROR_FULL,  /* not kept: the disk is full; the next call may work again */
};

struct store;
/* Makes the folder (0700) and the file (0600) when they are missing. */
struct store *store_open(const char *path, GError **error);
void store_close(struct store *store); /* accepts NULL */

/* One line of the journal: who (hash), what ("submit", "print.sent" …), a short detail without personal data. */
bool store_journal(struct store *store, const char *person, const char *what, const char *detail, GError **error);

/* A write the person has confirmed; kept until the platform has answered it. */
struct outbox_entry {
    gint64 id;
    char *person; /* hash */
    char *call;   /* word of the call, "submit" */
    char *idempotency_key;
    int64_t version; /* If-Match */
    char *body;      /* JSON or "" */
    int64_t created_at;
};
void outbox_entry_free(struct outbox_entry *entry);
/* *ret_id = the row. Adding the same key again returns the old row. */
bool store_outbox_add(struct store *store, const struct outbox_entry *entry, gint64 *ret_id, GError **error);
bool store_outbox_remove(struct store *store, const char *idempotency_key, GError **error);
/*
 * Rows of a person (NULL = all), oldest first; the caller owns the array of struct outbox_entry. NULL after an
 * error.
 */
GPtrArray *store_outbox_list(struct store *store, const char *person, GError **error);

/* A print: written before anything is sent to a printer. */
enum print_progress { PRINT_INTENT, PRINT_SUBMITTED, PRINT_SENT, PRINT_ENDED };
struct print_job {
    char *job_name; /* unique, opaque: what the printer sees */
    char *person;
    int64_t form_version, copies;
    char *sha256;   /* of the PDF; this and the next may be NULL */
    char *job_uuid; /* CUPS' own, once known */
    int progress;
    char *outcome; /* word, once ended; NULL before */
    int64_t created_at;
};
void print_job_free(struct print_job *job);
/*
 * Insert, or update by job_name: progress only goes on, job_uuid and outcome are not forgotten once known, the rest
 * stays as it was first put.
 */
bool store_print_put(struct store *store, const struct print_job *job, GError **error);
/*
 * Prints of a person that have not ended, oldest first; the caller owns the array of struct print_job. NULL after an
 * error.
 */
GPtrArray *store_print_open(struct store *store, const char *person, GError **error);

/* 32 random bytes made at the first start, the same ever after. */
bool store_machine_key(struct store *store, unsigned char ret[32], GError **error);
