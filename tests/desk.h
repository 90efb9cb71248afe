/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real platformd beside a test, and candidates who speak HTTP to it without a kiosk.
 *
 *     struct desk *desk = desk_open(&(struct desk_options){0});
 *     struct guest *guest = guest_new(desk, "010124100001");
 *     guest_must(guest, "POST", "/v1/application", NULL, 200);
 *     …
 *     guest_free(guest);
 *     desk_close(desk);
 *
 * A guest sends the token, a fresh Idempotency-Key and the last version it has seen, as a terminal does. desk_close() fails the
 * test when the platform did not end cleanly. Owns: a folder, the process. Nothing sleeps.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

#include "graduation/application.h"

#define DESK_PASSWORD "Zikao-2026"
#define DESK_CLOCK    "2026-12-02T09:30:00+08:00"
#define DESK_WAIT_MS  20000

struct desk_options {
    /* Puts something into the folder first; then there are no demo people. NULL = nothing. */
    void (*fill)(const char *folder);
    const char *clock;  /* NULL = DESK_CLOCK */
    const char *import; /* folder; NULL = the demo people */
    int moment_ms;      /* of the automatic checks; 0 = at once */
    /*
     * Each write is first sent while somebody else holds the database (503 when it comes to that) and while
     * the disk is full (500), and then for real: a call that failed has changed nothing.
     */
    bool stumbling;
    const char *config; /* text of platformd.conf; NULL = the defaults */
};

struct desk;
struct desk *desk_open(const struct desk_options *options);
void desk_close(struct desk *desk);
/* The same folder served again, on another port perhaps. kill: ended with SIGKILL before. `clock` NULL = as before. */
void desk_reopen(struct desk *desk, bool kill, const char *clock);
const char *desk_url(const struct desk *desk);
pid_t desk_pid(const struct desk *desk);
const char *desk_folder(const struct desk *desk);
/* From the next start on without the demo people: their batch no longer moves with the clock. */
void desk_without_demo(struct desk *desk);
/* Ends it, starts it on the same folder and import: it must give up and say why. Newly allocated. */
char *desk_refused_again(struct desk *desk);
/* Serves again after that, without the import. */
void desk_without_import(struct desk *desk);
/* What platformd writes to standard error before it gives up; it must give up. `import` may be NULL. Newly allocated. */
char *desk_refused(const char *folder, const char *import);
/* While full nothing can be written; while held nobody else can begin to write. */
void desk_disk_full(const struct desk *desk, bool full);
void desk_stumble(struct desk *desk, bool stumbling); /* as the option, from now on */
struct sqlite3 *desk_hold(const struct desk *desk);
void desk_let_go(struct sqlite3 *holder);
/* A temporary folder, and its end with all that is in it. */
char *desk_folder_new(void);
void desk_folder_free(char *folder);

struct reply {
    int status; /* 0 = no answer */
    char *body;
    gsize length;
    char *headers; /* as they came */
};
void reply_free(struct reply *reply);
/* "error.code" of the body, or "". Newly allocated. */
char *reply_code(const struct reply *reply);
char *reply_field(const struct reply *reply);
bool reply_has_header(const struct reply *reply, const char *line);
void reply_assert(const struct reply *reply, int status, const char *code);

/* Any request; `headers` NULL-terminated or NULL. The answer must be one that openapi.yaml documents (answers.h). */
struct reply *desk_call(const struct desk *desk, const char *method, const char *path, const char *const headers[],
                        const void *body, gsize length);
struct reply *desk_login(const struct desk *desk, const char *account, const char *password);
/* An address as it stands in a QR, opened or (form) posted by a phone. */
struct reply *desk_phone(const char *address, const char *form);

struct guest {
    struct desk *desk;
    char *token;
    guint keys;              /* Idempotency-Keys used */
    struct application *now; /* the last snapshot */
};
struct guest *guest_new(struct desk *desk, const char *account);
void guest_free(struct guest *guest); /* accepts NULL */
/* One call with everything a call needs; a snapshot among the answers is remembered. */
struct reply *guest_call(struct guest *guest, const char *method, const char *path, const char *body);
struct reply *guest_send(struct guest *guest, const char *method, const char *path, const char *key, int64_t version,
                         const void *body, gsize length);
/* The same, must have this status. */
void guest_must(struct guest *guest, const char *method, const char *path, const char *body, int status);
/* Must be refused with this code. */
void guest_refused(struct guest *guest, const char *method, const char *path, const char *body, int status,
                   const char *code);
/* Reads the snapshot anew. */
void guest_look(struct guest *guest);
/* Long polls until the application is in this state; fails after a while. */
void guest_wait_state(struct guest *guest, enum application_state state);
void guest_wait_photo(struct guest *guest, enum photo_state state);
void guest_wait_degree(struct guest *guest, enum prior_degree_state state);
void guest_put_portrait(struct guest *guest, int status);
/* Whole ways: to a submitted application, with photo; to a paid one. */
void guest_choose(struct guest *guest, const char *major);
char *guest_start_degree(struct guest *guest); /* the QR's address; newly allocated */
char *guest_order(struct guest *guest);        /* the QR's address; newly allocated */
const char *guest_form(void);                  /* a registration form in order, as JSON */

/* A connection of bytes. -1 when refused. */
int wire_connect(const struct desk *desk);
void wire_send(int fd, const char *text);
/* What came up to the deadline or the end; stops as soon as `until` stands in it (NULL = the end). Newly allocated. */
char *wire_receive(int fd, const char *until, int deadline_ms);
