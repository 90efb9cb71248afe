/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the write of a key to the cell that shows it, all in one harness: the same pseudo-terminal, the same libvterm. Beside the kiosk:
 * `dialog --form`, `whiptail --inputbox`, and the least a form can be in ncurses. Then pinyin typed into the kiosk: letters, candidates.
 */
#include <stdio.h>
#include <string.h>

#include "input/pinyin_engine.h"
#include "proc.h"
#include "rig.h"
#include "samples.h"
#include "typist.h"
#include "visit.h"

#define KEYS      1000
#define FIELD_MAX 12 /* keys typed before the field is emptied again */
#define PHRASES   60 /* typed through the terminal */
#define LETTERS   18 /* of each: as many as the bar shows without scrolling */
#define UNSEEN_MS 8  /* for an answer that changes nothing */

static double now_ms(void)
{
    return (double)g_get_monotonic_time() / 1000;
}

struct place {
    int row, col;
};

static bool cursor_is_at(struct term *term, gpointer data)
{
    const struct place *place = data;
    int row, col;
    bool visible;
    term_cursor(term, &row, &col, &visible);
    return row == place->row && col == place->col;
}

static void wait_cursor(struct term *term, struct place place)
{
    term_wait(term, cursor_is_at, &place, "the cursor where it belongs", TERM_WAIT_MS);
}

/* One cell on, or two where digits stand in groups. */
static bool cursor_is_past(struct term *term, gpointer data)
{
    struct place *place = data;
    int row, col;
    bool visible;
    term_cursor(term, &row, &col, &visible);
    if (row != place->row || col <= place->col || col > place->col + 2)
        return false;
    place->col = col;
    return true;
}

static struct place cursor_of(struct term *term)
{
    struct place at;
    bool visible;
    term_settle(term, 200, TERM_WAIT_MS);
    term_cursor(term, &at.row, &at.col, &visible);
    return at;
}

/* ---- a letter into an empty field */

/* Programs measured side by side, a few keys each in turn: what else the machine does falls on all of them. */
struct runner {
    const char *who;
    struct term *term;
    struct place at; /* the cursor in the empty field */
    struct samples ms, bytes;
};

static void runner_start(struct runner *runner, const char *who, struct term *term)
{
    runner->who = who;
    runner->term = term;
    runner->at = cursor_of(term);
    samples_init(&runner->ms);
    samples_init(&runner->bytes);
}

/* From the write of a letter to the cell that shows it, the cursor behind it. Then the field is emptied again. */
static void runner_type(struct runner *runner)
{
    struct place at = runner->at;
    for (int i = 0; i < FIELD_MAX; i++) {
        guint64 mark = term_bytes_since(runner->term, 0);
        double begin = now_ms();
        term_type(runner->term, "1");
        term_wait(runner->term, cursor_is_past, &at, "the cursor behind the letter", TERM_WAIT_MS);
        samples_add(&runner->ms, now_ms() - begin);
        samples_add(&runner->bytes, (double)term_bytes_since(runner->term, mark));
    }
    term_keys(runner->term, VTERM_KEY_BACKSPACE, FIELD_MAX);
    wait_cursor(runner->term, runner->at);
    term_settle(runner->term, 2, TERM_WAIT_MS);
}

static void runner_print(struct runner *runner, const char *ms_target, const char *bytes_target)
{
    g_autofree char *key = g_strdup_printf("%s: key to painted cell", runner->who);
    g_autofree char *bytes = g_strdup_printf("%s: written for a key", runner->who);
    samples_print_row(key, "ms", 3, &runner->ms, ms_target);
    samples_print_row(bytes, "bytes", 0, &runner->bytes, bytes_target);
    samples_clear(&runner->ms);
    samples_clear(&runner->bytes);
}

static struct term *start_rival(const char *const argv[], const char *ready)
{
    struct term *term = term_start(argv, NULL, 24, 80);
    term_wait_text(term, ready, TERM_WAIT_MS);
    return term;
}

/* The kiosk stands on the page of the login, whose field takes digits: nothing is composed. */
static void measure_plain(struct term *kiosk)
{
    static const char *const dialog[] = {"dialog", "--form", "登录", "12", "60", "3",  "准考证号", "1",
                                         "1",      "",       "1",    "14", "30", "30", "姓名",     "2",
                                         "1",      "",       "2",    "14", "30", "30", NULL};
    static const char *const whiptail[] = {"whiptail", "--inputbox", "准考证号", "10", "60", NULL};
    g_autofree char *program = rig_test_program("bench/bare_form");
    const char *const bare[] = {program, NULL};
    struct runner runners[4];
    runner_start(&runners[0], "bare ncurses form", start_rival(bare, "就绪"));
    runner_start(&runners[1], "whiptail --inputbox", start_rival(whiptail, "准考证号"));
    runner_start(&runners[2], "dialog --form", start_rival(dialog, "准考证号"));
    runner_start(&runners[3], "kiosk", kiosk);
    for (int n = 0; n < KEYS; n += FIELD_MAX)
        for (size_t i = 0; i < G_N_ELEMENTS(runners); i++)
            runner_type(&runners[i]);
    g_autofree char *target = g_strdup_printf("median ≤ %.3f (dialog), p99 ≤ 1", samples_at(&runners[2].ms, 0.5));
    for (size_t i = 0; i < 3; i++) {
        runner_print(&runners[i], "", "");
        term_free(runners[i].term);
    }
    runner_print(&runners[3], target, "median ≤ 8");
}

/* ---- pinyin: letters and candidates */

/* A letter, and what the bar must come to show for it; NULL = what it shows already. */
struct step {
    char key[2];
    char *candidates;
};

struct composing {
    struct term *term;
    struct place bar; /* the cursor in the bar, before its first letter */
    struct samples letter, candidates, bytes, engine;
};

static void step_clear(gpointer step)
{
    g_free(((struct step *)step)->candidates);
}

struct row_text {
    int row;
    const char *text;
};

static bool row_has(struct term *term, gpointer data)
{
    const struct row_text *wanted = data;
    g_autofree char *row = term_row_text(term, wanted->row);
    return strstr(row, wanted->text) != NULL;
}

/* "1 太原  2 太远", as the bar shows them. */
static char *shown_candidates(const struct typist *typist)
{
    const char *second = typist_candidate(typist, 1);
    g_autofree char *first = g_strdup_printf("1 %s", typist_candidate(typist, 0));
    return *second ? g_strdup_printf("%s  2 %s", first, second) : g_strdup(first);
}

static void ask_alone(struct pinyin_engine *engine, const char *letters, int n, struct samples *samples)
{
    g_autofree char *head = g_strndup(letters, (gsize)n);
    struct pinyin_question question = {.letters = head, .count = 9};
    double begin = now_ms();
    record_free(&pinyin_answer_record, pinyin_engine_ask(engine, &question));
    samples_add(samples, now_ms() - begin);
}

/* The letters of its first clause; what comes of them is asked beforehand. */
static GArray *plan_phrase(const struct phrase *phrase, struct typist *typist, struct pinyin_engine *alone,
                           struct samples *engine)
{
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(struct step));
    g_auto(GStrv) readings = g_strsplit(phrase->pinyin, ",", -1);
    g_autofree char *letters = phrase_letters(readings[0]), *shown = g_strdup("");
    g_array_set_clear_func(steps, step_clear);
    typist_start_afresh(typist);
    for (int i = 0; i < LETTERS && letters[i]; i++) {
        struct step step = {.key = {letters[i]}};
        typist_ask(typist, step.key);
        ask_alone(alone, letters, i + 1, engine);
        g_autofree char *wanted = shown_candidates(typist);
        step.candidates = strstr(shown, wanted) ? NULL : g_strdup(wanted);
        g_array_append_val(steps, step);
        g_free(shown);
        shown = g_steal_pointer(&wanted);
    }
    return steps;
}

static void compose_letter(struct composing *composing, const struct step *step, int i)
{
    struct term *term = composing->term;
    guint64 mark = term_bytes_since(term, 0);
    double begin = now_ms();
    term_type(term, step->key);
    wait_cursor(term, (struct place){composing->bar.row, composing->bar.col + i + 1});
    samples_add(&composing->letter, now_ms() - begin);
    if (step->candidates) {
        struct row_text row = {composing->bar.row + 1, step->candidates};
        term_wait(term, row_has, &row, step->candidates, TERM_WAIT_MS);
        samples_add(&composing->candidates, now_ms() - begin);
    } else {
        term_settle(term, UNSEEN_MS, TERM_WAIT_MS);
    }
    samples_add(&composing->bytes, (double)term_bytes_since(term, mark));
}

static void compose_phrase(struct composing *composing, const GArray *steps)
{
    for (guint i = 0; i < steps->len; i++)
        compose_letter(composing, &g_array_index(steps, struct step, i), (int)i);
    term_bytes(composing->term, "\033", 1);         /* drops it */
    term_settle(composing->term, 60, TERM_WAIT_MS); /* a lone Esc is told late */
}

/* One letter shows where the bar stands. */
static void find_bar(struct composing *composing)
{
    term_type(composing->term, "a");
    composing->bar = cursor_of(composing->term);
    composing->bar.col--;
    term_bytes(composing->term, "\033", 1);
    term_settle(composing->term, 200, TERM_WAIT_MS);
}

static void print_engine(const char *what, double mib)
{
    struct samples one;
    samples_init(&one);
    samples_add(&one, mib);
    samples_print_row(what, "MiB", 1, &one, "");
    samples_clear(&one);
}

static void print_composing(const struct composing *composing)
{
    pid_t engine = typist_engine_of(term_pid(composing->term));
    samples_print_row("kiosk, pinyin: key to painted letter", "ms", 3, &composing->letter, "p99 ≤ 1");
    samples_print_row("kiosk, pinyin: key to painted candidates", "ms", 2, &composing->candidates,
                      "median ≤ 4, p99 ≤ 15");
    samples_print_row("libpinyin alone: the same letters", "ms", 2, &composing->engine, "");
    samples_print_row("kiosk, pinyin: written for a key", "bytes", 0, &composing->bytes, "");
    print_engine("kiosk, pinyin: engine's own memory (PSS)", (double)proc_pss_kib(engine) / 1024);
    print_engine("kiosk, pinyin: engine resident (RSS)", (double)proc_status_kib(engine, "VmRSS") / 1024);
}

static GPtrArray *plan_phrases(struct samples *engine)
{
    GPtrArray *plans = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref), *phrases = phrases_read();
    struct pinyin_engine *alone = pinyin_engine_new(PINYIN_DATA);
    struct typist typist;
    typist_init(&typist, &(struct pinyin_options){0});
    pinyin_wake(typist.pinyin);
    typist_wait_state(&typist, PINYIN_READY);
    for (guint i = 0; i < PHRASES; i++)
        g_ptr_array_add(plans,
                        plan_phrase(g_ptr_array_index(phrases, i * phrases->len / PHRASES), &typist, alone, engine));
    typist_clear(&typist);
    pinyin_engine_free(alone);
    record_list_free(&phrase_record, phrases);
    return plans;
}

static void measure_composing(struct term *term)
{
    struct composing composing = {.term = term};
    struct samples *all[] = {&composing.letter, &composing.candidates, &composing.bytes, &composing.engine};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        samples_init(all[i]);
    GPtrArray *plans = plan_phrases(&composing.engine);
    find_bar(&composing);
    for (guint i = 0; i < plans->len; i++)
        compose_phrase(&composing, g_ptr_array_index(plans, i));
    print_composing(&composing);
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        samples_clear(all[i]);
    g_ptr_array_unref(plans);
}

/* The engine must not be there before a field wants it. */
static void measure_kiosk(struct rig *rig)
{
    struct visit visit = {.rig = rig};
    struct samples early;
    visit.term = rig_kiosk(rig, 24, 80, NULL);
    visit_start(&visit);
    measure_plain(visit.term);
    samples_init(&early);
    samples_add(&early, typist_engine_of(term_pid(visit.term)) > 0);
    samples_print_row("kiosk: engines before a field wants one", "n", 0, &early, "≤ 0");
    samples_clear(&early);
    term_key(visit.term, VTERM_KEY_FUNCTION(2));
    term_wait_text(visit.term, "考生注册", TERM_WAIT_MS);
    measure_composing(visit.term);
    rig_kiosk_stop(rig, visit.term);
}

int main(void)
{
    struct rig *rig = rig_start(&(struct rig_options){0});
    samples_print_head();
    measure_kiosk(rig);
    rig_free(rig);
    return 0;
}
