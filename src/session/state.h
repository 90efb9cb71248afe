/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of a session, shared by the files of this folder and by nobody else.
 *
 *   session.c   events in, effects out, time           flow.c      which screen, next, back, resume
 *   verb.c      what the actions of a page do          call.c      calls to the platform: send, repeat, give up
 *   check.c     faults of the fields of a page         reply.c     what the answers do
 *   print.c     from "print" to "both copies in hand"  answers.c   what was typed; the form and the draft made of it
 *   compose.c   the page as it is now                  source.c    lists, tables and codes a page shows
 *   guard.c     named conditions                       placeholder.c  {words} in texts
 *   apply.c     verbs up to the submission
 *   item.c      the majors one by one                  source_table.c the tables
 *   added.c     courses added with evidence            judge.c        what those, and the ones given for English, change
 */
#pragma once

#include "base/secret.h"
#include "graduation/id_number.h"
#include "session/session.h"

/* A call under way, kept until it is answered: the same key goes out again when the network comes back. */
struct call {
    struct effect *send;              /* the effect as first emitted */
    bool background;                  /* nobody waits for it: no busy sentence */
    const struct form_screen *screen; /* where the person was: the answer moves them only from there */
    int attempts;
    int64_t retry_ms; /* monotonic; 0 = on its way now */
};

enum print_stage { PRINT_IDLE, PRINT_FETCHING, PRINT_DRAWING, PRINT_SENDING, PRINT_ASKING, PRINT_FAILED };

struct print_run {
    enum print_stage stage, failed_at;
    int state;            /* enum print_state of the printer, while sending */
    int64_t form_version; /* what is on the paper */
    guint ticket;         /* of the call or helper under way */
    guint item;           /* the major whose sheet is drawn or printed */
    bool have_photo;
    char *job_name, *sha256, *job_uuid;
    GPtrArray *sent; /* struct effect_print: the sheets of the majors before, which the printer has */
    char *reason;    /* message key of what went wrong */
    bool unknown;    /* it may have come out */
};

struct session {
    const struct forms *forms;
    struct session_options options; /* strings owned */
    guint64 key_count;
    guint ticket;
    GPtrArray *effects; /* of the event under way */
    bool show;          /* the page changed during this event */
    int64_t now_ms, time;

    const struct form_screen *screen, *previous;
    GHashTable *answers; /* key → text */
    GHashTable *errors;  /* key → sentence */
    char *focus;
    struct secret *password, *again; /* again: a new password typed a second time */
    char *message;
    enum page_tone message_tone;

    bool token;           /* logged in at the platform, so there is something to log out */
    struct candidate *me; /* NULL until logged in */
    struct application *application;
    struct api_draft *draft;     /* as it came, until the form it belongs to has come too */
    bool judging;                /* the eligibility of the person's majors has been asked for */
    GHashTable *eligibility;     /* "690206/new" → struct eligibility: the platform's prejudge */
    GHashTable *plans;           /* the same keys → struct plan, as far as they have come */
    char *judged;                /* the key that the prejudge page shows */
    char *planned;               /* the key that the page of a plan shows */
    guint item;                  /* the major in hand: the substitution page is about it */
    char *ticked;                /* the major whose courses are ticked */
    struct api_course *course;   /* of the code typed last, NULL = unknown */
    char *course_code;           /* the code that was answered for, NULL = none yet */
    struct api_receipt *receipt; /* NULL until it has come */
    struct api_qr *degree_qr;
    int64_t qr_expires_ms; /* monotonic end of the code on the page */
    struct files_answer *files;
    int files_kind;      /* enum files_kind: what `files` are */
    guint helper_ticket; /* files, photo or archive job under way, 0 = none */
    enum helper_job helper_job;
    char *picked; /* name of the chosen file */
    struct photo_facts *photo;
    struct print_run print;

    GHashTable *calls; /* ticket → struct call */
    guint watch;       /* ticket of the long poll, 0 = none */
    bool loaded;       /* everything of the person has come */
    bool offline;
    bool draft_dirty;
    int64_t draft_ms;    /* of the last edit */
    int64_t activity_ms; /* of the last key */
    int64_t ends_ms;     /* page that ends by itself; 0 = none */
    bool asked_idle;     /* 您还在吗 is on the screen */
    bool ending;         /* the person has gone; what they left is still being saved */
    bool end_soon;       /* and the terminal is free as soon as it is */
};

/* session.c */
void session_emit(struct session *session, struct effect *effect);
struct effect *session_effect(struct session *session, enum effect_kind kind);
void session_say(struct session *session, enum page_tone tone, const char *message_key);
void session_say_text(struct session *session, enum page_tone tone, const char *text);
void session_forget(struct session *session);     /* everything personal */
void session_save_draft(struct session *session); /* now, when something was typed since the last time */
const char *session_message(const struct session *session, const char *key);
bool session_knows(const struct session *session, const char *key); /* forms/ have such a sentence */

/* flow.c */
void flow_go(struct session *session, const char *screen);
void flow_next(struct session *session);
void flow_back(struct session *session);
bool flow_watches(const struct session *session); /* a newer snapshot is waited for */
/* The first step on this person's way that is not behind them. */
const char *flow_resume(const struct session *session);
bool flow_can_back(const struct session *session);
/* After something changed: goes on when the step is no longer on this person's way. */
void flow_update(struct session *session);
/* Back to the page before, or on when it is no longer on this person's way. */
void flow_return(struct session *session);

/* guard.c */
struct guard;
const struct guard *guard_find(const char *word); /* NULL when there is none */
/* All of the words, separated by spaces, hold; "!x" negates; NULL holds. */
bool guard_holds(const struct session *session, const char *words);

/* verb.c */
bool verb_exists(const char *word);
void verb_run(struct session *session, const char *word, const char *argument);
/* The same, asked for by the person: while a call is under way only what moves is done. */
void verb_ask(struct session *session, const char *word, const char *argument);

/* apply.c: verbs, as verb.c's table names them */
void apply_majors(struct session *session, const char *argument);
void apply_load_majors(struct session *session, const char *argument);
void apply_city(struct session *session, const char *argument);
void apply_county(struct session *session, const char *argument);
void apply_substitution(struct session *session, const char *argument);
void apply_skip_substitution(struct session *session, const char *argument);
void apply_load_substitution(struct session *session, const char *argument);
void apply_add_course(struct session *session, const char *argument);
void apply_remove_course(struct session *session, const char *argument);
void apply_clear_courses(struct session *session, const char *argument);
void apply_added_done(struct session *session, const char *argument);
void apply_prior_degree(struct session *session, const char *argument);
void apply_enter_degree(struct session *session, const char *argument);
void apply_degree_again(struct session *session, const char *argument);
void apply_degree_manual(struct session *session, const char *argument);
void apply_submit(struct session *session, const char *argument);
void apply_reapply(struct session *session, const char *argument);

/* check.c */
bool check_exists(const char *word);
struct secret *check_secret(const struct session *session, const char *field); /* where a password field is kept */
/* Validates the fields of the page; true when all is well. Sets errors and focus otherwise. */
bool check_page(struct session *session);
/* The platform's fault, beside the field it names; false when this page has no such field. */
bool check_refused(struct session *session, const struct api_failure *failure);
/* No fault in what this page of the form shows. */
bool check_part(const struct session *session, const struct form_screen *screen);

/* call.c */
struct effect *call_new(struct session *session, enum api_call call);
void call_send(struct session *session, struct effect *send, bool background);
void call_write(struct session *session, enum api_call call, void *body); /* a versioned write of the application */
void call_outbox(struct session *session, const GPtrArray *outbox);
void call_reply(struct session *session, const struct session_event *event);
void call_tick(struct session *session);
void call_watch(struct session *session);
void call_cancel(struct session *session, guint ticket); /* of a call or a helper */
void call_cancel_watch(struct session *session);
void call_cancel_all(struct session *session, enum api_call call);
void call_leave(struct session *session);  /* drops what is of no use to a person who has gone */
void call_finish(struct session *session); /* the rest is answered: log out, then end */
void call_free(struct call *call);
bool call_pending(const struct session *session, enum api_call call);
/* Message key of the work somebody waits for, or NULL. */
const char *call_busy(const struct session *session);

/* reply.c */
void reply_ok(struct session *session, const struct call *call, const void *record);
void reply_refused(struct session *session, const struct call *call, const struct api_failure *failure);
void reply_broken(struct session *session, const struct call *call);
void reply_ask_missing(
    struct session *session); /* prejudge and plan of the application's majors, unless they are here */
void reply_ask_plan(struct session *session, const char *key);
void reply_expired(struct session *session);
bool reply_is_expired(const struct api_failure *failure);

/* print.c */
void print_start(struct session *session);
void print_progress(struct session *session, const struct session_event *event);
void print_sheet_done(struct session *session, const struct sheet_answer *answer);
void print_job_done(struct session *session, const struct print_answer *answer);
void print_photo_ready(struct session *session, guint ticket, bool have_photo);
void print_photo_failed(struct session *session, guint ticket);
void print_outcome(struct session *session, enum print_outcome outcome);
void print_stop(struct session *session);  /* the page is left: only what has not reached a printer can be stopped */
void print_leave(struct session *session); /* the person goes without a word about the paper */
void print_clear(struct print_run *print);

/* item.c */
char *item_key(const char *code, const char *version); /* "690206/new", newly allocated */
guint item_count(const struct session *session);
const struct application_item *item_at(const struct session *session, guint i); /* NULL behind the last */
const struct application_item *item_find(const struct session *session, const char *key);
const struct application_item *item_in_hand(const struct session *session); /* NULL when there is no major */
const struct eligibility *item_eligibility(const struct session *session, const struct application_item *item);
const struct plan *item_plan(const struct session *session, const struct application_item *item);
const GPtrArray *item_substitution(const struct session *session, const struct application_item *item); /* char * */
bool item_wants_substitution(const struct session *session, const struct application_item *item);
bool item_substitution_done(const struct session *session, const struct application_item *item);
void item_enter(struct session *session); /* takes the major that is next in hand, and ticks what it has */
bool item_next(struct session *session);  /* the one after it that wants a substitution; false = that was the last */

/* added.c */
enum added_course_known { COURSE_ASKED, COURSE_KNOWN, COURSE_UNKNOWN }; /* what is known of the code typed */
enum added_course_known added_known(const struct session *session);
void added_edited(struct session *session, const char *key);
void added_faults(const struct session *session, GHashTable *faults);
void added_send_new(struct session *session);
void added_send_without(struct session *session, guint row);
void added_forget_typed(struct session *session);
void added_course_came(struct session *session, const char *code, const struct api_course *course);
guint added_count(const struct session *session);

/* answers.c */
const char *answer(const struct session *session, const char *key); /* "" when nothing was given */
void answer_set(struct session *session, const char *key, const char *text);
void answers_clear(struct session *session);
bool answer_chosen(const struct session *session, const char *list, const char *key);
void answer_choose(struct session *session, const char *list, const char *key, bool chosen);
void answers_clear_list(struct session *session, const char *list);
char *answers_iso_date(const char *digits); /* "20120701" → "2012-07-01"; anything else as it is. Newly allocated */
GPtrArray *answers_chosen(const struct session *session, const char *list); /* char *, sorted; owned by the caller */
struct registration_form *answers_form(const struct session *session);
void answers_load_form(struct session *session, const struct registration_form *form);
/* Faults of the form as key → message key; the table is the caller's. */
GHashTable *answers_form_faults(const struct session *session);
struct api_draft *answers_draft(const struct session *session);
void answers_load_draft(struct session *session, const struct api_draft *draft);
bool answer_is_draft(const char *key);
bool answers_in_rows(const char *key, const char *prefix); /* the key belongs to this table of fields, or names it */

/* source.c */
bool source_choices_exists(const char *word);
bool source_qr_exists(const char *word);
void source_choices(const struct session *session, const char *word, struct page *page);
void source_qr(const struct session *session, const char *word, struct page *page);
void source_options(const struct session *session, const struct form_field *form, struct page_field *field);
const char *source_plan_version(const struct session *session, const char *version);
const struct code_entry *source_city(const struct session *session); /* a county of the city chosen; NULL = none yet */
int64_t source_credits(const struct session *session, int64_t *ret_courses); /* sum of the ticked substitutes */
char *source_substitutes(const struct session *session);                     /* in one line, newly allocated */
const struct eligibility *source_eligibility(const struct session *session); /* of the major in hand */
const struct eligibility *
source_judged(const struct session *session); /* of the major the prejudge or plan page shows */

/* source_table.c */
bool source_table_exists(const char *word);
void source_table(const struct session *session, const struct form_table *form, struct page *page);
/* What this page shows of a major: on the page of its plan with what the application gives and adds. Owned by the caller. */
struct eligibility *source_shown(const struct session *session);
const struct plan *source_plan(const struct session *session); /* of the page of a plan; NULL until it has come */

/* judge.c: the prejudge with the courses added and given for English; owned by the caller, NULL when something is missing for it */
struct eligibility *judge_item(const struct session *session, const struct application_item *item);
struct eligibility *judge_applied(const struct session *session); /* the major in hand */
struct eligibility *judge_ticked(const struct session *session);  /* the same, as courses are ticked just now */
bool judge_needs_plan(const struct session *session);
char *judge_shortfall(const struct session *session); /* why the first major falls short; NULL = none does */

/* key_words.c: {F10|保存}, {word|with keys|by touch}; what is between the braces, n bytes */
bool key_words_exist(const char *inside, size_t n);
char *key_words(const struct session *session, const char *inside, size_t n); /* newly allocated */

/* placeholder.c */
bool placeholder_exists(const char *word);
/* `text` with every {word} replaced. Newly allocated. */
char *placeholder_expand(const struct session *session, const char *text);

/* compose.c */
struct page *compose_page(const struct session *session);
