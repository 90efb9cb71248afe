/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/pinyin_helper.h"

#include "base/tsv.h"
#include "helper/child.h"
#include "helper/packet.h"
#include "input/pinyin_engine.h"

#include <string.h>
#include <sys/resource.h>

/* NULL when the terminal is gone or talks nonsense. */
static void *receive(const struct record_type *type)
{
    char *frame = g_malloc(PACKET_MAX + 1);
    void *record = NULL;
    if (packet_receive(PACKET_FD, frame, 0) == PACKET_GOT)
        record = packet_record(frame, PACKET_REQUEST, type);
    explicit_bzero(frame, PACKET_MAX + 1);
    g_free(frame);
    return record;
}

struct taking {
    struct pinyin_engine *engine;
    int64_t words;
};

static bool take_word(void *record, unsigned line G_GNUC_UNUSED, gpointer data)
{
    struct taking *taking = data;
    taking->words += pinyin_engine_add(taking->engine, record);
    record_free(&pinyin_word_record, record);
    return true;
}

/* A lexicon that cannot be read leaves the engine's own words. */
static int64_t take_lexicon(struct pinyin_engine *engine, const char *path)
{
    struct taking taking = {.engine = engine};
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    if (path != NULL)
        tsv_read(&pinyin_word_record, path, faults, take_word, &taking);
    return taking.words;
}

static struct pinyin_engine *set_up(const struct pinyin_setup *setup)
{
    struct pinyin_engine *engine = pinyin_engine_new(setup->data);
    struct pinyin_report report = {.result = engine != NULL ? PINYIN_SETUP_READY : PINYIN_SETUP_NO_DATA};
    if (engine != NULL)
        report.words = take_lexicon(engine, setup->lexicon);
    packet_send(PACKET_FD, PACKET_ANSWER, &pinyin_report_record, &report, 0);
    return engine;
}

static void answer_all(struct pinyin_engine *engine)
{
    struct pinyin_question *question;
    bool sent = true;
    while (sent && (question = receive(&pinyin_question_record)) != NULL) {
        struct pinyin_answer *answer = pinyin_engine_ask(engine, question);
        sent = packet_send(PACKET_FD, PACKET_ANSWER, &pinyin_answer_record, answer, 0);
        record_free(&pinyin_answer_record, answer);
        record_free(&pinyin_question_record, question);
    }
}

int pinyin_helper_serve(void)
{
    const struct rlimit no_file = {0, 0};
    if (!child_bind() || setrlimit(RLIMIT_FSIZE, &no_file) != 0)
        return 1;
    struct pinyin_setup *setup = receive(&pinyin_setup_record);
    struct pinyin_engine *engine = setup != NULL ? set_up(setup) : NULL;
    record_free(&pinyin_setup_record, setup);
    if (engine == NULL)
        return 1;
    answer_all(engine);
    pinyin_engine_free(engine);
    return 0;
}
