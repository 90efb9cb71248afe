/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/waiting.h"

#include "platformd/platform.h"

struct waiting {
    GHashTable *people; /* exam_no → GQueue of struct waiter, longest waiting first */
    guint count;
};

struct waiter {
    struct platform *platform;
    struct exchange *exchange;
    char *exam_no;
    waiting_fn fn;
    guint timer;
};

static void queue_free(gpointer queue)
{
    g_queue_free(queue);
}

struct waiting *waiting_new(void)
{
    struct waiting *waiting = g_new0(struct waiting, 1);
    waiting->people = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, queue_free);
    return waiting;
}

void waiting_free(struct waiting *waiting)
{
    if (!waiting)
        return;
    g_assert(waiting->count == 0);
    g_hash_table_unref(waiting->people);
    g_free(waiting);
}

/* Takes the waiter out of the lists first: its callback may wait again. */
static void finish(struct waiter *waiter, enum waiting_end why)
{
    struct waiting *waiting = waiter->platform->waiting;
    GQueue *queue = g_hash_table_lookup(waiting->people, waiter->exam_no);
    (void)g_queue_remove(queue, waiter);
    if (g_queue_is_empty(queue))
        (void)g_hash_table_remove(waiting->people, waiter->exam_no);
    waiting->count--;
    if (waiter->timer)
        g_source_remove(waiter->timer);
    waiter->fn(waiter->platform, waiter->exchange, waiter->exam_no, why);
    g_free(waiter->exam_no);
    g_free(waiter);
}

static gboolean time_is_up(gpointer data)
{
    struct waiter *waiter = data;
    waiter->timer = 0;
    finish(waiter, WAITING_UNCHANGED);
    return G_SOURCE_REMOVE;
}

void waiting_add(struct platform *platform, struct exchange *exchange, const char *exam_no, unsigned wait_ms,
                 waiting_fn fn)
{
    struct waiting *waiting = platform->waiting;
    struct waiter *waiter = g_new0(struct waiter, 1);
    *waiter = (struct waiter){.platform = platform, .exchange = exchange, .exam_no = g_strdup(exam_no), .fn = fn};
    waiter->timer = g_timeout_add(wait_ms, time_is_up, waiter);
    GQueue *queue = g_hash_table_lookup(waiting->people, exam_no);
    if (!queue) {
        queue = g_queue_new();
        g_hash_table_insert(waiting->people, g_strdup(exam_no), queue);
    }
    g_queue_push_tail(queue, waiter);
    waiting->count++;
    if (g_queue_get_length(queue) > WAITING_PER_PERSON)
        finish(g_queue_peek_head(queue), WAITING_UNCHANGED);
}

static void finish_person(struct waiting *waiting, const char *exam_no, enum waiting_end why)
{
    GQueue *queue = g_hash_table_lookup(waiting->people, exam_no);
    for (guint n = queue ? g_queue_get_length(queue) : 0; n > 0; n--) {
        finish(g_queue_peek_head(queue), why);
    }
}

static void finish_people(struct waiting *waiting, GHashTable *people, enum waiting_end why)
{
    guint n = 0;
    g_autofree gpointer *names = g_hash_table_get_keys_as_array(people, &n);
    g_autoptr(GPtrArray) copies = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < n; i++)
        g_ptr_array_add(copies, g_strdup(names[i]));
    for (guint i = 0; i < n; i++)
        finish_person(waiting, copies->pdata[i], why);
}

void waiting_wake(struct platform *platform, GHashTable *people)
{
    finish_people(platform->waiting, people, WAITING_CHANGED);
}

void waiting_wake_all(struct platform *platform)
{
    finish_people(platform->waiting, platform->waiting->people, WAITING_CHANGED);
}

void waiting_end(struct platform *platform)
{
    finish_people(platform->waiting, platform->waiting->people, WAITING_CLOSING);
}

guint waiting_count(const struct waiting *waiting)
{
    return waiting->count;
}
