/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/pinyin.h"

#include "base/clock.h"
#include "base/log.h"
#include "helper/child.h"
#include "helper/packet.h"
#include "input/composition.h"
#include "input/pinyin_helper.h"

#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>

#define START_MS     3000 /* tables from a cold disk */
#define FIRST_MS     1500 /* first answer of a new engine: its tables come from the disk as they are needed */
#define ASK_AFTER_MS 1
#define FAILURES_MAX 5 /* within … */
#define FAILURES_MS  60000
#define WAITING_MAX  256 /* keys */
#define KEY_TEXT     16  /* bytes: the longest mark is 2 hanzi */
#define TRIES        2   /* with the same letters: as asked, then plain */

struct waiting_key {
    enum pinyin_key key;
    int argument;
    char text[KEY_TEXT]; /* not "": this text, whatever the key */
};

struct pinyin {
    struct pinyin_options options;
    char *program, *data, *lexicon;
    enum pinyin_state state;
    enum pinyin_problem problem;
    struct composition composition;
    char *before;
    /* the engine */
    struct child child;
    guint readable, watchdog, asking;
    int64_t failures[FAILURES_MAX]; /* when, oldest overwritten */
    guint n_failures;
    /* question and answer */
    int64_t number; /* of the last question */
    int64_t from;   /* first candidate wanted */
    bool in_flight; /* a question is not answered yet */
    bool warm;      /* the engine has answered once */
    bool fresh;     /* `answer` is the one to what stands in the composition */
    int tries;      /* that failed with these letters */
    struct pinyin_answer *answer;
    GQueue waiting; /* struct waiting_key * */
    char frame[PACKET_MAX + 1];
};

static void start(struct pinyin *pinyin);
static void drain(struct pinyin *pinyin);

/* ---------------------------------------------------------------- question */

static void forget_answer(struct pinyin *pinyin)
{
    record_free(&pinyin_answer_record, pinyin->answer);
    pinyin->answer = record_new(&pinyin_answer_record);
}

static gboolean on_watchdog(gpointer data);

static void watch(struct pinyin *pinyin, guint ms)
{
    g_clear_handle_id(&pinyin->watchdog, g_source_remove);
    pinyin->watchdog = g_timeout_add(ms, on_watchdog, pinyin);
}

static void free_secret(char *text)
{
    if (text != NULL)
        explicit_bzero(text, strlen(text));
    g_free(text);
}

/* The last characters only. */
static char *tail(const char *text)
{
    glong length = g_utf8_strlen(text, -1);
    return g_strdup(g_utf8_offset_to_pointer(text, MAX(0, length - PINYIN_BEFORE_MAX)));
}

/* The hanzi before the letters: what is picked, and the field. */
static char *context(const struct pinyin *pinyin)
{
    char *all = g_strconcat(pinyin->before != NULL ? pinyin->before : "", pinyin->composition.picked->str, NULL);
    char *end = tail(all);
    free_secret(all);
    return end;
}

/* One question at a time: what is typed while it is answered is asked after it, all at once. */
static bool has_question(const struct pinyin *pinyin)
{
    return pinyin->state == PINYIN_READY && !pinyin->in_flight && !pinyin->fresh &&
           pinyin->composition.letters->len > 0;
}

static void ask(struct pinyin *pinyin)
{
    char *before = context(pinyin);
    struct pinyin_question question = {
        .number = ++pinyin->number,
        .letters = pinyin->composition.letters->str,
        .before = before,
        .start = pinyin->composition.start,
        .from = pinyin->from,
        .count = pinyin->options.page,
        .fuzzy = pinyin->options.fuzzy,
        .plain = pinyin->tries > 0,
    };
    /* Not sent: the engine is gone, which is told by its pipe. */
    (void)packet_send(pinyin->child.fd, PACKET_REQUEST, &pinyin_question_record, &question, MSG_DONTWAIT);
    free_secret(before);
    pinyin->in_flight = true;
    watch(pinyin, pinyin->warm ? PINYIN_PATIENCE_MS : FIRST_MS);
}

static gboolean on_asking(gpointer data)
{
    struct pinyin *pinyin = data;
    pinyin->asking = 0;
    if (has_question(pinyin))
        ask(pinyin);
    return G_SOURCE_REMOVE;
}

/* Not at once: the engine would take the processor before the letter has come out of the terminal's line. */
static void ask_soon(struct pinyin *pinyin)
{
    if (pinyin->asking == 0 && has_question(pinyin))
        pinyin->asking = g_timeout_add_full(G_PRIORITY_HIGH, ASK_AFTER_MS, on_asking, pinyin, NULL);
}

/* The letters are others than before. */
static void letters_changed(struct pinyin *pinyin)
{
    pinyin->from = 0;
    pinyin->tries = 0;
    pinyin->fresh = false;
    pinyin->number++; /* an answer under way is to older letters */
    if (pinyin->composition.letters->len > 0)
        return;
    forget_answer(pinyin);
    pinyin->fresh = true;
}

/* ---------------------------------------------------------------- the engine's life */

static void end_engine(struct pinyin *pinyin)
{
    g_clear_handle_id(&pinyin->readable, g_source_remove);
    g_clear_handle_id(&pinyin->watchdog, g_source_remove);
    child_end(&pinyin->child);
    pinyin->in_flight = pinyin->warm = false;
}

static const char *const problem_words[] = {[PINYIN_FINE] = "fine",
                                            [PINYIN_NO_DATA] = "no data",
                                            [PINYIN_NO_HELPER] = "cannot be started",
                                            [PINYIN_FAILING] = "fails again and again"};

static void give_up(struct pinyin *pinyin, enum pinyin_problem problem)
{
    end_engine(pinyin);
    pinyin->state = PINYIN_UNAVAILABLE;
    pinyin->problem = problem;
    if (!pinyin->fresh)
        forget_answer(pinyin);
    log_write(LOG_ERROR, "pinyin", "unavailable: %s", problem_words[problem]);
}

/* True when the engine has failed FAILURES_MAX times within FAILURES_MS. */
static bool fails_too_often(const struct pinyin *pinyin)
{
    int64_t oldest = pinyin->failures[pinyin->n_failures % FAILURES_MAX];
    return pinyin->n_failures >= FAILURES_MAX && clock_monotonic_ms() - oldest < FAILURES_MS;
}

static void engine_failed(struct pinyin *pinyin, const char *why)
{
    bool asked = pinyin->in_flight;
    log_write(LOG_WARN, "pinyin", "engine: %s", why);
    end_engine(pinyin);
    pinyin->failures[pinyin->n_failures++ % FAILURES_MAX] = clock_monotonic_ms();
    if (asked && ++pinyin->tries >= TRIES) {
        forget_answer(pinyin); /* these letters have no candidates */
        pinyin->fresh = true;
    }
    if (fails_too_often(pinyin))
        give_up(pinyin, PINYIN_FAILING);
    else
        start(pinyin);
    drain(pinyin);
    pinyin->options.changed(pinyin->options.user);
}

static gboolean on_watchdog(gpointer data)
{
    struct pinyin *pinyin = data;
    pinyin->watchdog = 0;
    engine_failed(pinyin, pinyin->state == PINYIN_STARTING ? "does not start" : "does not answer");
    return G_SOURCE_REMOVE;
}

/* False when it is nonsense. */
static bool take_report(struct pinyin *pinyin)
{
    struct pinyin_report *report = packet_record(pinyin->frame, PACKET_ANSWER, &pinyin_report_record);
    if (report == NULL)
        return false;
    if (report->result == PINYIN_SETUP_READY)
        pinyin->state = PINYIN_READY;
    else
        give_up(pinyin, PINYIN_NO_DATA);
    record_free(&pinyin_report_record, report);
    return true;
}

/* Each candidate stands for letters that were asked; nothing else can be chosen. */
static bool fits(const struct pinyin_answer *answer, const struct composition *composition)
{
    int start = answer->head != NULL ? composition->start : 0;
    if (answer->head != NULL && start == 0)
        return false;
    for (guint i = 0; i < answer->candidates->len; i++) {
        const struct pinyin_candidate *candidate = g_ptr_array_index(answer->candidates, i);
        if ((gsize)(candidate->letters + start) > composition->letters->len)
            return false;
    }
    return true;
}

static bool take_answer(struct pinyin *pinyin)
{
    struct pinyin_answer *answer = packet_record(pinyin->frame, PACKET_ANSWER, &pinyin_answer_record);
    bool ours = answer != NULL && answer->number == pinyin->number;
    if (answer == NULL || !pinyin->in_flight || (ours && !fits(answer, &pinyin->composition))) {
        record_free(&pinyin_answer_record, answer);
        return false;
    }
    pinyin->in_flight = false;
    pinyin->warm = true;
    if (!ours) {
        record_free(&pinyin_answer_record, answer);
        return true;
    }
    record_free(&pinyin_answer_record, pinyin->answer);
    pinyin->answer = answer;
    pinyin->fresh = true;
    return true;
}

static gboolean on_readable(gint fd, GIOCondition condition, gpointer data)
{
    (void)condition;
    struct pinyin *pinyin = data;
    enum packet_end end = packet_receive(fd, pinyin->frame, MSG_DONTWAIT);
    if (end == PACKET_LATER)
        return G_SOURCE_CONTINUE;
    bool sound = end == PACKET_GOT && (pinyin->state == PINYIN_STARTING ? take_report(pinyin) : take_answer(pinyin));
    explicit_bzero(pinyin->frame, end == PACKET_GOT ? strlen(pinyin->frame) : 0);
    if (!sound) {
        pinyin->readable = 0;
        engine_failed(pinyin, end == PACKET_GONE ? "ended" : "garbled");
        return G_SOURCE_REMOVE;
    }
    g_clear_handle_id(&pinyin->watchdog, g_source_remove);
    bool lives = pinyin->state == PINYIN_READY;
    drain(pinyin);
    pinyin->options.changed(pinyin->options.user);
    return lives ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void start(struct pinyin *pinyin)
{
    struct pinyin_setup setup = {.data = pinyin->data, .lexicon = pinyin->lexicon};
    if (!child_start(&pinyin->child, pinyin->program, PINYIN_HELPER)) {
        give_up(pinyin, PINYIN_NO_HELPER);
        return;
    }
    pinyin->state = PINYIN_STARTING;
    pinyin->problem = PINYIN_FINE;
    (void)packet_send(pinyin->child.fd, PACKET_REQUEST, &pinyin_setup_record, &setup, MSG_DONTWAIT);
    pinyin->readable = g_unix_fd_add(pinyin->child.fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, pinyin);
    watch(pinyin, START_MS);
}

void pinyin_wake(struct pinyin *pinyin)
{
    if (pinyin->state == PINYIN_ASLEEP || (pinyin->state == PINYIN_UNAVAILABLE && !fails_too_often(pinyin)))
        start(pinyin);
}

/* ---------------------------------------------------------------- keys */

/* Letters before those that the candidates are for. */
static int start_of(const struct pinyin *pinyin)
{
    return pinyin->fresh && pinyin->answer->head != NULL ? pinyin->composition.start : 0;
}

/* `text` for so many letters from there on; what stands before is then as it reads. */
static bool pick(struct pinyin *pinyin, const char *text, int letters)
{
    struct composition *composition = &pinyin->composition;
    int head = start_of(pinyin);
    if (letters <= 0 || (gsize)(head + letters) > composition->letters->len)
        return false;
    if (head > 0) /* the ' behind it goes with it */
        composition_pick(composition, pinyin->answer->head, head - (composition->letters->str[head - 1] == '\''));
    composition_pick(composition, text, letters);
    letters_changed(pinyin);
    return true;
}

/* False when there is no such candidate of the letters as they stand. */
static bool choose(struct pinyin *pinyin, int index)
{
    if (!pinyin->fresh || index < 0 || (guint)index >= pinyin->answer->candidates->len)
        return false;
    const struct pinyin_candidate *candidate = g_ptr_array_index(pinyin->answer->candidates, (guint)index);
    return pick(pinyin, candidate->text, (int)candidate->letters);
}

/* What is picked, and the letters that are left, go to the field. */
static void commit(struct pinyin *pinyin)
{
    char *text = g_strconcat(pinyin->composition.picked->str, pinyin->composition.letters->str, NULL);
    composition_reset(&pinyin->composition);
    letters_changed(pinyin);
    pinyin->options.committed(text, pinyin->options.user);
    free_secret(text);
}

static void turn_page(struct pinyin *pinyin, int by)
{
    if (pinyin->state == PINYIN_UNAVAILABLE || (by < 0 ? pinyin->from == 0 : !pinyin->answer->more))
        return;
    pinyin->from = MAX(0, pinyin->from + by);
    pinyin->fresh = false;
    pinyin->number++;
}

/* True when all is committed; else the key must be asked again with the letters that are left. */
static bool finish(struct pinyin *pinyin)
{
    if (choose(pinyin, 0) && pinyin->composition.letters->len > 0)
        return false;
    if (!composition_is_empty(&pinyin->composition))
        commit(pinyin);
    return true;
}

static bool edit(struct composition *composition, enum pinyin_key key, int argument)
{
    switch (key) {
    case PINYIN_LETTER:
        return composition_type(composition, (char)argument);
    case PINYIN_BACKSPACE:
        return composition_backspace(composition);
    case PINYIN_DELETE:
        return composition_delete(composition);
    default:
        return false;
    }
}

/* Candidates follow the cursor. */
static void move(struct pinyin *pinyin, enum pinyin_key key)
{
    static const int steps[] = {
        [PINYIN_LEFT] = -1, [PINYIN_RIGHT] = 1, [PINYIN_HOME] = -PINYIN_LETTERS_MAX, [PINYIN_END] = PINYIN_LETTERS_MAX};
    int start = pinyin->composition.start;
    composition_move(&pinyin->composition, steps[key]);
    if (pinyin->composition.start != start)
        letters_changed(pinyin);
}

/* Does one key now; false when it must stay in the queue. */
static bool act(struct pinyin *pinyin, const struct waiting_key *key)
{
    struct composition *composition = &pinyin->composition;
    if (key->text[0] != '\0') {
        if (!finish(pinyin))
            return false;
        pinyin->options.committed(key->text, pinyin->options.user);
        return true;
    }
    switch (key->key) {
    case PINYIN_LEFT:
    case PINYIN_RIGHT:
    case PINYIN_HOME:
    case PINYIN_END:
        move(pinyin, key->key);
        return true;
    case PINYIN_PAGE_UP:
    case PINYIN_PAGE_DOWN:
        turn_page(pinyin, key->key == PINYIN_PAGE_UP ? -pinyin->options.page : pinyin->options.page);
        return true;
    case PINYIN_CHOOSE:
        choose(pinyin, key->argument);
        if (composition->letters->len == 0) /* what is picked may stand alone, its letters deleted */
            commit(pinyin);
        return true;
    case PINYIN_FINISH:
        return finish(pinyin);
    case PINYIN_RAW:
        commit(pinyin);
        return true;
    default:
        if (edit(composition, key->key, key->argument))
            letters_changed(pinyin);
        return true;
    }
}

/* Needs the candidates of the letters as they stand. An engine that is unavailable has none to wait for. */
static bool must_wait(const struct pinyin *pinyin, const struct waiting_key *key)
{
    bool needs = key->text[0] != '\0' || key->key == PINYIN_CHOOSE || key->key == PINYIN_FINISH ||
                 key->key == PINYIN_PAGE_UP || key->key == PINYIN_PAGE_DOWN;
    return needs && !pinyin->fresh && pinyin->state != PINYIN_UNAVAILABLE && pinyin->composition.letters->len > 0;
}

/* Does the keys that can be done, in their order, and asks for what the next one needs. */
static void drain(struct pinyin *pinyin)
{
    struct waiting_key *key;
    while ((key = g_queue_peek_head(&pinyin->waiting)) != NULL && !must_wait(pinyin, key)) {
        g_queue_pop_head(&pinyin->waiting);
        if (act(pinyin, key))
            g_free(key);
        else
            g_queue_push_head(&pinyin->waiting, key);
    }
    ask_soon(pinyin);
}

static void clear_waiting(struct pinyin *pinyin)
{
    g_queue_clear_full(&pinyin->waiting, g_free);
}

static bool is_open(const struct pinyin *pinyin)
{
    return !composition_is_empty(&pinyin->composition) || pinyin->waiting.length > 0;
}

static bool push(struct pinyin *pinyin, const struct waiting_key *key)
{
    if (g_queue_get_length(&pinyin->waiting) >= WAITING_MAX)
        return false;
    g_queue_push_tail(&pinyin->waiting, g_memdup2(key, sizeof *key));
    drain(pinyin);
    return true;
}

bool pinyin_feed(struct pinyin *pinyin, enum pinyin_key key, int argument)
{
    if (key == PINYIN_LETTER && !g_ascii_islower(argument) && argument != '\'')
        return false;
    if (!is_open(pinyin) && (key != PINYIN_LETTER || argument == '\'' || pinyin->state == PINYIN_UNAVAILABLE))
        return false;
    if (key == PINYIN_DROP) {
        clear_waiting(pinyin);
        composition_reset(&pinyin->composition);
        letters_changed(pinyin);
        return true;
    }
    if (key == PINYIN_LETTER)
        pinyin_wake(pinyin);
    return push(pinyin, &(struct waiting_key){key, argument, ""});
}

void pinyin_pick(struct pinyin *pinyin, const char *text, int letters)
{
    if (!pick(pinyin, text, letters)) {
        pinyin->options.committed(text, pinyin->options.user);
        return;
    }
    if (pinyin->composition.letters->len == 0)
        commit(pinyin);
    drain(pinyin);
}

void pinyin_feed_text(struct pinyin *pinyin, const char *text)
{
    struct waiting_key key = {.key = PINYIN_FINISH};
    g_assert(*text != '\0' && strlen(text) < sizeof key.text);
    g_strlcpy(key.text, text, sizeof key.text);
    push(pinyin, &key);
}

void pinyin_before(struct pinyin *pinyin, const char *text)
{
    free_secret(pinyin->before);
    pinyin->before = tail(text);
}

/* ---------------------------------------------------------------- life */

struct pinyin *pinyin_new(const struct pinyin_options *options)
{
    struct pinyin *pinyin = g_new0(struct pinyin, 1);
    pinyin->options = *options;
    pinyin->options.page = CLAMP(options->page, 1, PINYIN_PAGE_MAX);
    pinyin->program = g_strdup(options->program);
    pinyin->data = g_strdup(options->data != NULL ? options->data : PINYIN_DATA);
    pinyin->lexicon = g_strdup(options->lexicon);
    pinyin->child = CHILD_NONE;
    pinyin->fresh = true;
    pinyin->answer = record_new(&pinyin_answer_record);
    composition_init(&pinyin->composition);
    g_queue_init(&pinyin->waiting);
    return pinyin;
}

void pinyin_free(struct pinyin *pinyin)
{
    if (pinyin == NULL)
        return;
    g_clear_handle_id(&pinyin->readable, g_source_remove);
    g_clear_handle_id(&pinyin->watchdog, g_source_remove);
    g_clear_handle_id(&pinyin->asking, g_source_remove);
    child_end_now(&pinyin->child);
    clear_waiting(pinyin);
    composition_clear(&pinyin->composition);
    record_free(&pinyin_answer_record, pinyin->answer);
    free_secret(pinyin->before);
    g_free(pinyin->program);
    g_free(pinyin->data);
    g_free(pinyin->lexicon);
    explicit_bzero(pinyin, sizeof *pinyin);
    g_free(pinyin);
}

/* Another word is pointed at, and what stands before it not known yet. */
static bool is_turning(const struct pinyin *pinyin)
{
    return !pinyin->fresh && pinyin->state != PINYIN_UNAVAILABLE && pinyin->composition.start > 0;
}

struct pinyin_view pinyin_view(const struct pinyin *pinyin)
{
    return (struct pinyin_view){
        .state = pinyin->state,
        .problem = pinyin->problem,
        .open = is_open(pinyin),
        .waiting = pinyin->waiting.length > 0 || is_turning(pinyin),
        .picked = pinyin->composition.picked->str,
        .letters = pinyin->composition.letters->str,
        .cursor = pinyin->composition.cursor,
        .start = start_of(pinyin),
        .head = start_of(pinyin) > 0 ? pinyin->answer->head : NULL,
        .fresh = pinyin->fresh,
        .candidates = pinyin->answer->candidates,
        .has_previous = pinyin->answer->from > 0,
        .has_next = pinyin->answer->more,
    };
}
