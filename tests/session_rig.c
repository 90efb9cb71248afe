/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session_rig.h"

#include "base/settings.h"

#include <string.h>

/* ---------------------------------------------------------------- life */

static struct forms *read_forms(void)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct forms *forms = forms_read("forms", faults);
    if (forms)
        forms_check(forms, faults);
    for (guint i = 0; i < faults->len; i++)
        print_error("%s\n", (const char *)g_ptr_array_index(faults, i));
    assert_int_equal(faults->len, 0);
    return forms;
}

static struct session *new_session(struct srig *rig)
{
    rig->processes++;
    struct session_options options = {
        .forms = rig->forms,
        .office = "太原市小店区招生考试中心",
        .seed = {(unsigned char)rig->processes, (unsigned char)(rig->processes >> 8)},
        .idle_ms = 90000,
        .warn_ms = 30000,
        .today = SRIG_TODAY,
        .photo_source = "U盘",
        .copies = 2,
    };
    return session_new(&options);
}

struct srig *srig_new(void)
{
    struct srig *rig = g_new0(struct srig, 1);
    rig->forms = read_forms();
    rig->now_ms = 1000;
    rig->time = SRIG_TIME;
    rig->effects = g_ptr_array_new_with_free_func((GDestroyNotify)effect_free);
    rig->open = g_ptr_array_new_with_free_func((GDestroyNotify)effect_free);
    rig->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    rig->kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)effect_free);
    rig->submits = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    rig->session = new_session(rig);
    return rig;
}

void srig_restart(struct srig *rig)
{
    session_free(rig->session);
    g_ptr_array_set_size(rig->open, 0);
    rig->session = new_session(rig);
    rig->ended = false;
}

void srig_free(struct srig *rig)
{
    session_free(rig->session);
    g_ptr_array_unref(rig->effects);
    g_ptr_array_unref(rig->open);
    g_hash_table_unref(rig->keys);
    g_hash_table_unref(rig->kept);
    g_hash_table_unref(rig->submits);
    forms_free(rig->forms);
    g_free(rig);
}

int srig_set_up(void **state)
{
    *state = srig_new();
    return 0;
}

int srig_tear_down(void **state)
{
    srig_free(*state);
    return 0;
}

/* ---------------------------------------------------------------- what always holds */

static bool is_kept_call(enum api_call call)
{
    return call == API_SUBMIT || call == API_REAPPLY || call == API_CREATE_ORDER || call == API_PRINTS;
}

/* A key never stands for two different requests, and no version is submitted under two keys unless the first was refused. */
static void check_key(struct srig *rig, const struct effect *effect)
{
    if (!effect->idempotency_key)
        return;
    char *use = g_strdup_printf("%d/%" G_GINT64_FORMAT, (int)effect->call, effect->version);
    const char *before = g_hash_table_lookup(rig->keys, effect->idempotency_key);
    if (before)
        assert_string_equal(before, use);
    g_hash_table_insert(rig->keys, g_strdup(effect->idempotency_key), use);
    if (effect->call != API_SUBMIT)
        return;
    const char *submitted = g_hash_table_lookup(rig->submits, &effect->version);
    if (submitted)
        assert_string_equal(submitted, effect->idempotency_key);
    g_hash_table_insert(rig->submits, g_memdup2(&effect->version, sizeof effect->version),
                        g_strdup(effect->idempotency_key));
}

static void forget_kept(struct srig *rig, const char *key)
{
    const struct effect *kept = g_hash_table_lookup(rig->kept, key);
    if (kept && kept->call == API_SUBMIT)
        g_hash_table_remove(rig->submits, &kept->version);
    g_hash_table_remove(rig->kept, key);
}

/* What is sent for good, or printed, is on disk already. */
static void check_order(struct srig *rig)
{
    bool acted = false;
    for (guint i = 0; i < rig->effects->len; i++) {
        const struct effect *effect = g_ptr_array_index(rig->effects, i);
        bool persists = effect->kind <= EFFECT_JOURNAL;
        assert_false(persists && acted);
        acted = acted || !persists;
        if (effect->kind == EFFECT_PERSIST_OUTBOX)
            g_hash_table_insert(rig->kept, g_strdup(effect->idempotency_key), effect_copy(effect));
        if (effect->kind == EFFECT_PERSIST_DONE)
            forget_kept(rig, effect->idempotency_key);
        if (effect->kind == EFFECT_SEND && is_kept_call(effect->call))
            assert_true(g_hash_table_contains(rig->kept, effect->idempotency_key));
        if (effect->kind == EFFECT_SEND)
            check_key(rig, effect);
        if (effect->kind == EFFECT_HELPER && effect->job == JOB_PRINT)
            assert_non_null(srig_effect(rig, EFFECT_PERSIST_PRINT));
    }
}

static bool is_after(const struct srig *rig)
{
    const char *screen = session_screen(rig->session);
    return strcmp(screen, "goodbye") == 0 || strcmp(screen, "out_of_service") == 0 || strcmp(screen, "start") == 0;
}

static void check_page(const struct srig *rig)
{
    static const char *const personal[] = {SRIG_NAME, SRIG_ID, "140000", "010124", SRIG_ADDRESS, SRIG_MOBILE};
    g_autofree char *words = srig_words(rig);
    assert_non_null(forms_screen(rig->forms, session_screen(rig->session)));
    assert_true(g_utf8_validate(words, -1, NULL));
    for (size_t i = 0; is_after(rig) && i < G_N_ELEMENTS(personal); i++)
        assert_null(strstr(words, personal[i]));
}

/* ---------------------------------------------------------------- what is under way */

static void close_ticket(struct srig *rig, guint ticket)
{
    for (guint i = 0; i < rig->open->len; i++)
        if (((struct effect *)g_ptr_array_index(rig->open, i))->ticket == ticket) {
            g_ptr_array_remove_index(rig->open, i);
            return;
        }
}

static void note_open(struct srig *rig)
{
    for (guint i = 0; i < rig->effects->len; i++) {
        const struct effect *effect = g_ptr_array_index(rig->effects, i);
        if (effect->kind == EFFECT_SEND || effect->kind == EFFECT_HELPER)
            g_ptr_array_add(rig->open, effect_copy(effect));
        if (effect->kind == EFFECT_CANCEL)
            close_ticket(rig, effect->ticket);
        rig->ended = rig->ended || effect->kind == EFFECT_END;
    }
}

const struct effect *srig_open(const struct srig *rig, enum api_call call)
{
    for (guint i = 0; i < rig->open->len; i++) {
        const struct effect *effect = g_ptr_array_index(rig->open, i);
        if (effect->kind == EFFECT_SEND && effect->call == call)
            return effect;
    }
    return NULL;
}

int srig_open_count(const struct srig *rig, enum api_call call)
{
    int n = 0;
    for (guint i = 0; i < rig->open->len; i++) {
        const struct effect *effect = g_ptr_array_index(rig->open, i);
        n += effect->kind == EFFECT_SEND && effect->call == call;
    }
    return n;
}

const struct effect *srig_job(const struct srig *rig, enum helper_job job)
{
    for (guint i = 0; i < rig->open->len; i++) {
        const struct effect *effect = g_ptr_array_index(rig->open, i);
        if (effect->kind == EFFECT_HELPER && effect->job == job)
            return effect;
    }
    return NULL;
}

/* ---------------------------------------------------------------- events */

void srig_apply(struct srig *rig, struct session_event *event)
{
    event->now_ms = rig->now_ms;
    event->time = rig->time;
    g_ptr_array_unref(rig->effects);
    rig->effects = session_apply(rig->session, event);
    check_order(rig);
    note_open(rig);
    check_page(rig);
    if (srig_effect(rig, EFFECT_PERSON) && g_hash_table_size(rig->kept) > 0)
        srig_outbox(rig); /* as the shell does, before anything else can happen */
}

void srig_tell(struct srig *rig, enum session_event_kind kind)
{
    struct session_event event = {.kind = kind};
    srig_apply(rig, &event);
}

void srig_start(struct srig *rig)
{
    srig_tell(rig, SESSION_STARTED);
}

void srig_edit(struct srig *rig, const char *key, const char *text)
{
    struct session_event event = {.kind = SESSION_EDIT, .key = key, .text = text};
    srig_apply(rig, &event);
}

void srig_choose(struct srig *rig, const char *key)
{
    struct session_event event = {.kind = SESSION_CHOOSE, .key = key};
    srig_apply(rig, &event);
}

void srig_action(struct srig *rig, const char *name)
{
    struct session_event event = {.kind = SESSION_ACTION, .key = name};
    srig_apply(rig, &event);
}

void srig_wait(struct srig *rig, int64_t ms)
{
    rig->now_ms += ms;
    rig->time += ms / 1000;
    srig_tell(rig, SESSION_TICK);
}

static void reply(struct srig *rig, enum api_call call, struct session_event *event)
{
    const struct effect *open = srig_open(rig, call);
    if (!open)
        fail_msg("no open call \"%s %s\"", api_entries[call].method, api_entries[call].path);
    event->kind = SESSION_REPLY;
    event->ticket = open->ticket;
    close_ticket(rig, event->ticket);
    srig_apply(rig, event);
}

void srig_answer(struct srig *rig, enum api_call call, enum call_outcome outcome, const void *record)
{
    struct session_event event = {.outcome = outcome, .record = record};
    reply(rig, call, &event);
}

void srig_ok(struct srig *rig, enum api_call call, const void *record)
{
    srig_answer(rig, call, CALL_OK, record);
}

void srig_refuse(struct srig *rig, enum api_call call, const char *code, const char *message)
{
    struct api_failure failure = {.code = (char *)code, .message = (char *)message};
    struct session_event event = {.outcome = CALL_REFUSED, .failure = &failure};
    reply(rig, call, &event);
}

void srig_helper(struct srig *rig, enum helper_job job, const void *answer)
{
    const struct effect *open = srig_job(rig, job);
    if (!open)
        fail_msg("no open job \"%s\"", helper_jobs[job].name);
    struct session_event event = {.kind = SESSION_HELPER, .ticket = open->ticket, .record = answer};
    close_ticket(rig, event.ticket);
    srig_apply(rig, &event);
}

void srig_outbox(struct srig *rig)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func((GDestroyNotify)outbox_item_free);
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, rig->kept);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const struct effect *kept = value;
        struct outbox_item *item = g_new0(struct outbox_item, 1);
        item->call = kept->call;
        item->idempotency_key = g_strdup(kept->idempotency_key);
        item->version = kept->version;
        item->body = kept->record ? record_copy(api_entries[kept->call].request, kept->record) : NULL;
        g_ptr_array_add(items, item);
    }
    struct session_event event = {.kind = SESSION_OUTBOX, .outbox = items};
    srig_apply(rig, &event);
}

/* ---------------------------------------------------------------- what came of it */

const struct effect *srig_effect(const struct srig *rig, enum effect_kind kind)
{
    for (guint i = 0; i < rig->effects->len; i++)
        if (((struct effect *)g_ptr_array_index(rig->effects, i))->kind == kind)
            return g_ptr_array_index(rig->effects, i);
    return NULL;
}

const struct effect *srig_sent(const struct srig *rig, enum api_call call)
{
    for (guint i = 0; i < rig->effects->len; i++) {
        const struct effect *effect = g_ptr_array_index(rig->effects, i);
        if (effect->kind == EFFECT_SEND && effect->call == call)
            return effect;
    }
    return NULL;
}

static void add(GString *words, const char *text)
{
    if (text)
        g_string_append_printf(words, "%s\n", text);
}

static void add_choices(GString *words, const GPtrArray *choices)
{
    for (guint i = 0; choices && i < choices->len; i++) {
        const struct page_choice *choice = g_ptr_array_index(choices, i);
        add(words, choice->label);
        add(words, choice->note);
        add(words, choice->why_not);
    }
}

static void add_fields(GString *words, const struct page *page)
{
    for (guint i = 0; i < page->fields->len; i++) {
        const struct page_field *field = g_ptr_array_index(page->fields, i);
        const char *texts[] = {field->label, field->hint, field->error, field->value};
        for (size_t k = 0; k < G_N_ELEMENTS(texts); k++)
            add(words, texts[k]);
    }
}

static void add_tables(GString *words, const struct page *page)
{
    for (guint i = 0; i < page->tables->len; i++) {
        const struct page_table *table = g_ptr_array_index(page->tables, i);
        add(words, table->title);
        for (guint k = 0; k < table->rows->len; k++) {
            const struct page_row *row = g_ptr_array_index(table->rows, k);
            assert_int_equal(row->cells->len, table->columns->len);
            for (guint c = 0; c < row->cells->len; c++)
                add(words, g_ptr_array_index(row->cells, c));
        }
    }
}

static void add_page(GString *words, const struct page *page)
{
    const char *texts[] = {page->title, page->sum, page->message, page->busy, page->help};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        add(words, texts[i]);
    for (guint i = 0; i < page->texts->len; i++)
        add(words, ((struct page_text *)g_ptr_array_index(page->texts, i))->text);
    for (guint i = 0; i < page->facts->len; i++) {
        const struct page_fact *fact = g_ptr_array_index(page->facts, i);
        add(words, fact->label);
        add(words, fact->value);
    }
    for (guint i = 0; i < page->task->len; i++)
        add(words, ((struct page_task_step *)g_ptr_array_index(page->task, i))->text);
    for (guint i = 0; i < page->actions->len; i++)
        add(words, ((struct page_action *)g_ptr_array_index(page->actions, i))->label);
    add(words, page->qr ? page->qr->payload : NULL);
    add_choices(words, page->choices);
    add_fields(words, page);
    add_tables(words, page);
}

char *srig_words(const struct srig *rig)
{
    GString *words = g_string_new(NULL);
    struct page *page = session_page(rig->session);
    assert_string_equal(page->name, session_screen(rig->session));
    add_page(words, page);
    page_free(page);
    return g_string_free(words, FALSE);
}

bool srig_shows(const struct srig *rig, const char *text)
{
    g_autofree char *words = srig_words(rig);
    return strstr(words, text) != NULL;
}

const struct page_field *srig_field(const struct page *page, const char *key)
{
    for (guint i = 0; i < page->fields->len; i++)
        if (strcmp(((struct page_field *)g_ptr_array_index(page->fields, i))->key, key) == 0)
            return g_ptr_array_index(page->fields, i);
    return NULL;
}

const struct page_action *srig_find_action(const struct page *page, const char *name)
{
    for (guint i = 0; i < page->actions->len; i++)
        if (strcmp(((struct page_action *)g_ptr_array_index(page->actions, i))->name, name) == 0)
            return g_ptr_array_index(page->actions, i);
    return NULL;
}

const struct page_choice *srig_find_choice(const struct page *page, const char *key)
{
    for (guint i = 0; i < page->choices->len; i++)
        if (strcmp(((struct page_choice *)g_ptr_array_index(page->choices, i))->key, key) == 0)
            return g_ptr_array_index(page->choices, i);
    return NULL;
}

bool srig_offers(const struct srig *rig, const char *name)
{
    struct page *page = session_page(rig->session);
    bool offered = srig_find_action(page, name) || srig_find_choice(page, name);
    page_free(page);
    return offered;
}
