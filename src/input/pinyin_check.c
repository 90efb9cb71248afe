/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/pinyin_check.h"

#include "base/settings.h"
#include "base/tsv.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_BYTES    64
#define DB_MAGIC_AT   12 /* Berkeley DB: magic, page size, number of the last page */
#define DB_PAGE_AT    20
#define DB_LAST_AT    32
#define DB_BTREE      0x053162
#define DB_HASH       0x061561
#define CHUNK_HEAD    8   /* libpinyin's own files: bytes that follow, and their checksum */
#define LEXICON_WORDS 500 /* fewer are a file that was cut off */

enum kind { TEXT, DATABASE, CHUNK };

static const struct table {
    const char *name;
    enum kind kind;
} tables[] = {
    {"table.conf", TEXT},   {"bigram.db", DATABASE}, {"phrase_index.bin", DATABASE}, {"pinyin_index.bin", DATABASE},
    {"gb_char.bin", CHUNK}, {"gbk_char.bin", CHUNK}, {"opengram.bin", CHUNK},        {"merged.bin", CHUNK},
};

/* ---------------------------------------------------------------- tables */

static guint32 number_at(const unsigned char *head, int at)
{
    guint32 number;
    memcpy(&number, head + at, sizeof number);
    return GUINT32_FROM_LE(number);
}

/* How long the file should be by its own head. */
static gint64 length_of(enum kind kind, const unsigned char head[HEAD_BYTES])
{
    guint32 magic = number_at(head, DB_MAGIC_AT);
    if (kind == DATABASE && magic != DB_BTREE && magic != DB_HASH)
        return G_MAXINT64;
    if (kind == DATABASE)
        return ((gint64)number_at(head, DB_LAST_AT) + 1) * number_at(head, DB_PAGE_AT);
    return kind == CHUNK ? (gint64)number_at(head, 0) + CHUNK_HEAD : 1;
}

static bool is_whole(const char *folder, const struct table *table)
{
    unsigned char head[HEAD_BYTES] = {0};
    struct stat facts;
    g_autofree char *path = g_build_filename(folder, table->name, NULL);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool whole = fd >= 0 && fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode) && read(fd, head, HEAD_BYTES) > 0 &&
                 facts.st_size >= length_of(table->kind, head);
    if (fd >= 0)
        (void)close(fd);
    return whole;
}

const char *pinyin_check_tables(const char *folder)
{
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        if (!is_whole(folder, &tables[i]))
            return tables[i].name;
    return NULL;
}

static void check_tables(const char *folder, GPtrArray *faults)
{
    const char *name = pinyin_check_tables(folder);
    if (!name)
        return;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    settings_fault(faults, path, 0,
                   "missing, unreadable or cut off; pinyin needs it: install libpinyin-data, or set input.data");
}

/* ---------------------------------------------------------------- helper and lexicon */

static void check_helper(const char *program, GPtrArray *faults)
{
    if (access(program, X_OK) != 0)
        settings_fault(faults, program, 0, "cannot be run (%s); it belongs beside the kiosk or into libexec",
                       g_strerror(errno));
}

static bool count_word(void *record, unsigned line G_GNUC_UNUSED, gpointer words)
{
    (*(int *)words)++;
    record_free(&pinyin_word_record, record);
    return true;
}

static void check_lexicon(const char *path, GPtrArray *faults)
{
    int words = 0;
    g_autoptr(GPtrArray) why = settings_faults_new();
    if (!tsv_read(&pinyin_word_record, path, why, count_word, &words))
        settings_fault(faults, path, 0, "missing or damaged; `make` builds it and `make install` puts it there");
    else if (words < LEXICON_WORDS)
        settings_fault(faults, path, 0, "cut off: it has only %d words; `make` builds it", words);
}

/* ---------------------------------------------------------------- the engine itself */

static void note_change(gpointer user)
{
    (void)user;
}

static void ignore_text(const char *text, gpointer user)
{
    (void)text;
    (void)user;
}

/* It reports within its own patience, or is given up. */
static void check_start(const struct pinyin_options *options, GPtrArray *faults)
{
    struct pinyin_options all = *options;
    all.changed = note_change;
    all.committed = ignore_text;
    struct pinyin *pinyin = pinyin_new(&all);
    pinyin_wake(pinyin);
    while (pinyin_view(pinyin).state == PINYIN_STARTING)
        (void)g_main_context_iteration(NULL, TRUE);
    if (pinyin_view(pinyin).state != PINYIN_READY)
        settings_fault(faults, options->program, 0, "the pinyin engine does not start with the tables in %s",
                       options->data);
    pinyin_free(pinyin);
}

bool pinyin_check(const struct pinyin_options *options, GPtrArray *faults)
{
    guint before = faults->len;
    check_tables(options->data, faults);
    check_helper(options->program, faults);
    if (options->lexicon)
        check_lexicon(options->lexicon, faults);
    if (faults->len == before)
        check_start(options, faults);
    return faults->len == before;
}
