/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What comes into the session (events) and what it wants done (effects). Both are plain data.
 */
#pragma once

#include "graduation/application.h"
#include "graduation/candidate.h"
#include "session/job.h"
#include "wire/api.h"

/* How a call ended. */
enum call_outcome {
    CALL_OK,
    CALL_UNCHANGED,   /* a long poll ran out */
    CALL_REFUSED,     /* `failure` says why */
    CALL_UNREACHABLE, /* the effect is unknown; the same key may be sent again */
    CALL_BROKEN,      /* the platform's fault: 5xx or an answer that is not ours */
};

enum session_event_kind {
    SESSION_STARTED,  /* the terminal is ready */
    SESSION_TICK,     /* about once a second */
    SESSION_EDIT,     /* key, text; also of the page that was left just now */
    SESSION_CHOOSE,   /* key */
    SESSION_ACTION,   /* key = name of the action */
    SESSION_ACTIVITY, /* a key that changed nothing */
    SESSION_TOUCHED,  /* the first tap: from now on texts speak of buttons instead of keys */
    SESSION_EXPIRED,  /* the page's countdown is over */
    SESSION_REPLY,    /* ticket, outcome, answer or failure */
    SESSION_OUTBOX,   /* outbox: what this person confirmed before and was not answered */
    SESSION_PROGRESS, /* ticket, record: a helper reports */
    SESSION_HELPER,   /* ticket, record or NULL = unknown */
    SESSION_STOPPED,  /* persisting failed: the terminal is out of service */
};

struct session_event {
    enum session_event_kind kind;
    int64_t now_ms; /* monotonic */
    int64_t time;   /* seconds since 1970 */
    const char *key, *text;
    guint ticket;
    enum call_outcome outcome;
    const void *record; /* answer of a call or a helper */
    const struct api_failure *failure;
    const GPtrArray *outbox; /* struct outbox_item */
    bool print_open;         /* a print of this person began here and nobody knows how it ended */
};

/* A write kept on disk until answered; no personal data in it. */
struct outbox_item {
    enum api_call call;
    char *idempotency_key;
    int64_t version;
    void *body; /* record of the call's request type, or NULL */
};
void outbox_item_free(struct outbox_item *item);

/* In this order of importance; the reducer emits PERSIST first. */
enum effect_kind {
    EFFECT_PERSIST_OUTBOX, /* call, idempotency_key, version, record */
    EFFECT_PERSIST_DONE,   /* idempotency_key: answered, forget it */
    EFFECT_PERSIST_PRINT,  /* print */
    EFFECT_JOURNAL,        /* text = what, detail */
    EFFECT_PERSON, /* text = ID number: log and storage know the person by a hash from now on; asks for SESSION_OUTBOX */
    EFFECT_TOKEN,  /* text = session token for the client, NULL forgets */
    EFFECT_SEND,   /* a call; answered by SESSION_REPLY with the ticket */
    EFFECT_CANCEL, /* ticket: no answer wanted any more */
    EFFECT_HELPER, /* a job; answered by SESSION_PROGRESS and SESSION_HELPER */
    EFFECT_SHOW,   /* the page changed */
    EFFECT_QUIT,   /* end the program (only where the settings allow it) */
    EFFECT_END,    /* the person is done: clear everything and start afresh */
};

/* Files of the session's private directory that jobs and calls refer to. */
enum session_file { FILE_NONE, FILE_UPLOAD, FILE_PHOTO, FILE_SHEET, FILE_ARCHIVE };
extern const char *const session_file_words[]; /* names in that directory */

struct effect_print {
    char *job_name;
    int64_t form_version, copies;
    char *sha256, *job_uuid, *outcome;
    int progress; /* enum print_progress of storage, as number */
};

struct effect {
    enum effect_kind kind;
    guint ticket;
    char *text, *detail;
    /* SEND, PERSIST_OUTBOX */
    enum api_call call;
    char *argument;
    char *query[2][2];
    void *record;           /* body of the call, or request of the helper */
    enum session_file file; /* raw body to send, or where a raw answer goes */
    char *idempotency_key;
    int64_t version;
    unsigned wait_ms; /* long poll */
    /* HELPER */
    enum helper_job job;
    char *name; /* JOB_PHOTO, JOB_ARCHIVE: name of the file in the folder */
    struct effect_print print;
};
void effect_free(struct effect *effect);
struct effect *effect_copy(const struct effect *effect);
