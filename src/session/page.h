/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page: everything the screen needs to draw one step, made by the session, drawn by src/screen/.
 *
 * Texts are finished Chinese, clean (base/text) and masked; the screen adds nothing but layout. A page is made anew
 * whenever something on it changed; what the person is doing on it (focus, cursor, scroll) belongs to the screen
 * and survives as long as the name stays the same.
 *
 * Owns: all its texts. Blocks: never.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* One kind = one file in src/screen/ with one table of operations. */
enum page_kind {
    PAGE_NOTICE, /* paragraphs, centred */
    PAGE_MENU,   /* pick what to do */
    PAGE_FIELDS, /* a form, one field a line */
    PAGE_CHOOSE, /* one or many of a list, with a running sum */
    PAGE_ROWS,   /* a table of fields: résumé, family */
    PAGE_EDITOR, /* one long text with a count */
    PAGE_REPORT, /* facts and tables to read, scrolled */
    PAGE_QR,     /* a code for the phone, with what to do beside it */
    PAGE_TASK,   /* work under way, step by step */
    PAGE_KINDS
};
extern const char *const page_kind_words[];

enum page_tone { TONE_NORMAL, TONE_STRONG, TONE_QUIET, TONE_GOOD, TONE_WARN, TONE_BAD };
extern const char *const page_tone_words[];

struct page_text {
    char *text; /* may hold newlines; the screen wraps */
    enum page_tone tone;
};

enum field_type {
    FIELD_TEXT,     /* any text */
    FIELD_NUMBER,   /* digits and a final X: ID and exam numbers, mobile */
    FIELD_PASSWORD, /* never echoed, not even its length */
    FIELD_DATE,     /* eight digits yyyymmdd, shown as 2012年07月01日 */
    FIELD_REGION,   /* any text, typed, or begun by picking a place from `options`: 山西省太原市小店区 */
    FIELD_CODE,     /* one of `options`, picked from a list */
    FIELD_CHECK,    /* a tick: "1" or "" */
    FIELD_LONG,     /* many lines, with a count: PAGE_EDITOR */
};
extern const char *const field_type_words[];

struct page_choice {
    char *key;
    char *label;
    char *note;    /* right of it: credits, size; may be NULL */
    char *why_not; /* NULL = may be chosen */
    bool chosen;
};

struct page_field {
    char *key; /* "native_place", "resume.1.from" */
    char *label;
    char *hint;  /* shown in the empty field, or beside it when focused; may be NULL */
    char *error; /* shown beside the field; NULL = none */
    char *value; /* as typed (dates: digits); "" = empty. NULL for passwords */
    enum field_type type;
    bool required, readonly;
    int max_chars;      /* code points */
    int min_count;      /* FIELD_LONG: characters that count (R43), shown as 已输入 n / 400 字 */
    GPtrArray *options; /* struct page_choice; FIELD_REGION: all places by their code, shared by all pages. Else NULL */
    /* FIELD_DATE: days as yyyymmdd that may be picked, and one near the likely one; 0 = unknown */
    int first_day, last_day, near_day;
    int row;        /* PAGE_ROWS: 0, 1, …; -1 = outside the table */
    int width_cols; /* wish; 0 = as wide as it fits */
};

struct page_fact {
    char *label, *value;
    enum page_tone tone;
};

struct page_column {
    char *title;
    int width_cols; /* least; the first column with 0 takes the rest */
};
struct page_row {
    GPtrArray *cells; /* char * */
    enum page_tone tone;
};
struct page_table {
    char *title;        /* may be NULL */
    GPtrArray *columns; /* struct page_column */
    GPtrArray *rows;    /* struct page_row */
};

struct page_qr {
    char *payload;
    int64_t expires_ms; /* monotonic; 0 = no countdown. The screen shows what remains. */
    char *fallback;     /* shown as text when the code does not fit */
};

enum task_step_state { TASK_TODO, TASK_NOW, TASK_DONE, TASK_TROUBLE };
struct page_task_step {
    char *text;
    enum task_step_state state;
};

struct page_action {
    char *name;    /* what the session hears */
    char *label;   /* "下一步" */
    char *key;     /* "Enter", "Esc", "F1" … "F12"; NULL = only by button */
    char *why_not; /* NULL = may be used; else shown when it is tried */
    bool primary;  /* what Enter does after the last field */
};

/* One of the nine chapters in the strip: to come, on the page, behind, or not on this person's way (三 for 专科). */
enum chapter_state { CHAPTER_TODO, CHAPTER_NOW, CHAPTER_DONE, CHAPTER_ABSENT };
#define PAGE_CHAPTERS 9

struct page {
    char *name;
    enum page_kind kind;
    int chapter;                                /* 1..9; 0 = outside the process */
    enum chapter_state chapters[PAGE_CHAPTERS]; /* of chapter n at n - 1; page_set_chapter() */
    char *title;
    char *office;       /* right in the title bar */
    GPtrArray *texts;   /* struct page_text */
    GPtrArray *fields;  /* struct page_field */
    GPtrArray *choices; /* struct page_choice */
    bool choose_many;
    char *sum;         /* under the choices: 已选 2 门 / 10 学分; may be NULL */
    GPtrArray *facts;  /* struct page_fact */
    GPtrArray *tables; /* struct page_table */
    struct page_qr *qr;
    GPtrArray *task;    /* struct page_task_step */
    GPtrArray *actions; /* struct page_action, in the order of the key line */
    char *message;      /* the message line; NULL = empty */
    enum page_tone message_tone;
    char *busy;          /* work under way: 正在登录，请稍候… ; NULL = none */
    int64_t deadline_ms; /* monotonic; > 0: 本页将在 n 秒后结束 is counted down in the message line */
    char *help;          /* F1, plain words */
    char *focus;         /* field to go to now (first error); NULL = leave the focus alone */
};

/* Empty lists, no texts. */
struct page *page_new(const char *name, enum page_kind kind);
/* What lies before it is behind, what lies after it to come. */
void page_set_chapter(struct page *page, int chapter);
void page_free(struct page *page);

/* Adders copy their texts; NULL stays NULL. */
void page_add_text(struct page *page, const char *text, enum page_tone tone);
void page_add_fact(struct page *page, const char *label, const char *value, enum page_tone tone);
struct page_field *page_add_field(struct page *page, const char *key, enum field_type type, const char *label,
                                  const char *value);
struct page_choice *page_add_choice(GPtrArray *choices, const char *key, const char *label, const char *note);
GPtrArray *page_choices_new(void);
struct page_table *page_add_table(struct page *page, const char *title);
void page_table_column(struct page_table *table, const char *title, int width_cols);
/* Cells up to NULL, in the order of the columns. */
void page_table_row(struct page_table *table, enum page_tone tone, ...) G_GNUC_NULL_TERMINATED;
struct page_action *page_add_action(struct page *page, const char *name, const char *label, const char *key);
void page_add_task(struct page *page, const char *text, enum task_step_state state);
