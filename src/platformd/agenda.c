/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/agenda.h"

#include "base/log.h"
#include "platformd/degree.h"
#include "platformd/idempotency.h"
#include "platformd/orders.h"
#include "platformd/people.h"
#include "platformd/photos.h"
#include "platformd/receipts.h"
#include "platformd/staff.h"
#include "platformd/standing.h"
#include "platformd/throttle.h"
#include "platformd/waiting.h"

#define LOOK_AGAIN_MS   60000 /* at the latest: the machine's clock may have been set */
#define REVIEW_AT_ONCE  20    /* applications before others have their turn */
#define LAPSE_AT_ONCE   20
#define FORGET_EVERY_MS 30000
#define AFTER_FAULT_MS  5000 /* the disk refused: what is due stays due, but not in a circle */

/* ---------------------------------------------------------------- the automatic review */

/* Rows that need nobody's eyes are approved, also when others go to the county; when none stands out, it sees them all (R25). */
static void settle_rows(struct platform *platform, struct standing *standing)
{
    const struct policy *policy = standing->facts.policy;
    bool to_county = standing->state == STATE_COUNTY_PENDING, some = false;
    for (guint i = 0; i < standing->items->len; i++)
        some = some || ((const struct standing_item *)standing->items->pdata[i])->needs_county;
    bool all = !some || (policy && !policy->system_review);
    for (guint i = 0; i < standing->items->len; i++) {
        struct standing_item *item = standing->items->pdata[i];
        bool open = to_county && (all || item->needs_county);
        standing_set_item(platform, standing, item, open ? STATE_COUNTY_PENDING : STATE_SYSTEM_APPROVED, NULL);
    }
}

/* First SUBMITTED → SYSTEM_CHECKING; then what needs nobody's eyes is approved, all else goes to the county. */
static void review_step(struct platform *platform, struct standing *standing)
{
    int64_t next_ms = platform_now_ms(platform) + platform->options.moment_ms / 2;
    if (!standing_move(platform, standing, EVENT_SYSTEM_CHECK, ACTOR_SYSTEM)) {
        (void)database_run(platform->db, "UPDATE applications SET review_due_ms = ?2 WHERE id = ?1",
                           WITH(v_integer(standing->id), v_integer(next_ms)));
        return;
    }
    if (!standing_move(platform, standing, EVENT_SYSTEM_APPROVE, ACTOR_SYSTEM) ||
        !standing_move(platform, standing, EVENT_SYSTEM_ROUTE, ACTOR_SYSTEM))
        settle_rows(platform, standing);
    (void)database_run(platform->db, "UPDATE applications SET review_due_ms = NULL WHERE id = ?1",
                       WITH(v_integer(standing->id)));
    log_write(LOG_INFO, "review", "an application is now %s", application_state_words[standing->state]);
}

/* Together: what is durable costs the same for one as for many. */
static void review(struct platform *platform)
{
    g_autoptr(GPtrArray) due = database_texts(
        platform->db, "SELECT id FROM applications WHERE review_due_ms <= ?1 ORDER BY review_due_ms LIMIT ?2",
        WITH(v_integer(platform_now_ms(platform)), v_integer(REVIEW_AT_ONCE)));
    if (due->len == 0 || !platform_begin(platform))
        return;
    for (guint i = 0; i < due->len; i++) {
        g_autoptr(standing_auto) standing = standing_of_application(platform, g_ascii_strtoll(due->pdata[i], NULL, 10));
        review_step(platform, standing);
    }
    (void)platform_commit(platform);
}

/* ---------------------------------------------------------------- windows */

#define EDGES                                                                                                          \
    "(SELECT apply_from AS at FROM batches UNION SELECT apply_to FROM batches UNION SELECT pay_from FROM batches"      \
    " UNION SELECT pay_to FROM batches UNION SELECT handin_from FROM batches UNION SELECT handin_to FROM batches)"

/*
 * Of each stage those whose own window is over, without the rest of the batch: the index is (batch, state). Left out is what
 * the table would refuse: a second rejection, which stays (A8), and money still under way; and a first rejection that
 * was followed by a second application: it is history.
 */
#define OVER(states, end)                                                                                              \
    "SELECT a.id FROM batches b CROSS JOIN applications a ON a.batch = b.batch AND a.state IN (" states                \
    ") WHERE b." end " <= ?1"
#define BEFORE_PAYMENT "'submitted', 'system_checking', 'system_approved', 'county_pending', 'county_approved'"
#define FIRST_AND_LAST                                                                                                 \
    " AND a.round = 1 AND NOT EXISTS (SELECT 1 FROM applications n WHERE n.exam_no = a.exam_no AND n.batch = a.batch"  \
    " AND n.round = 2)"
#define NO_ORDER                                                                                                       \
    " AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.application = a.id AND o.state IN ('created', 'paying'))"

static GPtrArray *over(struct platform *platform)
{
    static const char sql[] = OVER("'draft'", "apply_to") " UNION ALL " OVER("'county_rejected'", "apply_to")
        FIRST_AND_LAST " UNION ALL " OVER(BEFORE_PAYMENT, "pay_to") NO_ORDER
        " UNION ALL " OVER("'paid', 'form_saved'", "handin_to") " LIMIT ?2";
    return database_texts(platform->db, sql, WITH(v_integer(platform_now(platform)), v_integer(LAPSE_AT_ONCE)));
}

/* True when nothing is left to lapse now. */
static bool lapse(struct platform *platform)
{
    g_autoptr(GPtrArray) ids = over(platform);
    guint lapsed = 0;
    if (ids->len == 0 || !platform_begin(platform))
        return ids->len == 0;
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(standing_auto) standing = standing_of_application(platform, g_ascii_strtoll(ids->pdata[i], NULL, 10));
        lapsed += !standing_move(platform, standing, EVENT_LAPSE, ACTOR_SYSTEM);
    }
    log_write(LOG_INFO, "agenda", "%u applications lapsed", lapsed);
    return platform_commit(platform) && (ids->len < LAPSE_AT_ONCE || lapsed == 0);
}

static int64_t last_edge(struct platform *platform)
{
    return database_integer(platform->db, "SELECT max(at) FROM " EDGES " WHERE at <= ?1",
                            WITH(v_integer(platform_now(platform))), 0);
}

static int64_t edge_seen(struct platform *platform)
{
    return database_integer(platform->db, "SELECT value FROM facts WHERE name = 'edges_seen'", WITHOUT, 0);
}

/*
 * What is allowed changes for everybody when a window opens or closes: the epoch is part of each version. The edge counts as
 * seen when all that it ends has ended; until then the agenda comes back.
 */
static void windows(struct platform *platform)
{
    int64_t last = last_edge(platform);
    if (last == edge_seen(platform) || !lapse(platform) || !platform_begin(platform))
        return;
    (void)database_run(platform->db,
                       "INSERT INTO facts (name, value) VALUES ('edges_seen', ?1)"
                       " ON CONFLICT (name) DO UPDATE SET value = ?1",
                       WITH(v_integer(last)));
    (void)database_run(platform->db,
                       "INSERT INTO facts (name, value) VALUES ('epoch', 1)"
                       " ON CONFLICT (name) DO UPDATE SET value = value + 1",
                       WITHOUT);
    if (platform_commit(platform))
        waiting_wake_all(platform);
}

/* ---------------------------------------------------------------- the timer */

static int64_t next_due_ms(struct platform *platform)
{
    static const char sql[] =
        "SELECT min(at) FROM (SELECT min(review_due_ms) AS at FROM applications WHERE review_due_ms IS NOT NULL"
        " UNION ALL SELECT min(due_ms) FROM photos WHERE due_ms IS NOT NULL"
        " UNION ALL SELECT min(expires_at) * 1000 FROM orders WHERE state IN ('created', 'paying')"
        " UNION ALL SELECT min(expires_at) * 1000 FROM degree_authorisations WHERE state = 'qr_shown'"
        " UNION ALL SELECT min(due_ms) FROM degree_authorisations WHERE due_ms IS NOT NULL"
        " UNION ALL SELECT min(at) * 1000 FROM " EDGES " WHERE at > ?1)";
    if (last_edge(platform) != edge_seen(platform))
        return 0;
    int64_t first = database_integer(platform->db, sql, WITH(v_integer(platform_now(platform))), INT64_MAX);
    return MIN(first, receipts_next_ms(platform));
}

static gboolean timer_fired(gpointer data)
{
    struct platform *platform = data;
    platform->agenda = 0;
    agenda_run(platform);
    return G_SOURCE_REMOVE;
}

void agenda_arm(struct platform *platform)
{
    int64_t now = platform_now_ms(platform);
    int64_t wait = MIN(next_due_ms(platform), now + LOOK_AGAIN_MS) - now;
    int64_t least = database_spoiled(platform->db) ? AFTER_FAULT_MS : 0;
    g_clear_handle_id(&platform->agenda, g_source_remove);
    platform->agenda = g_timeout_add((guint)MAX(wait, least), timer_fired, platform);
}

/* Looks at every session, so not each time that something is due. */
static void forget(struct platform *platform)
{
    int64_t now = clock_monotonic_ms();
    if (platform->forgotten_ms != 0 && now < platform->forgotten_ms + FORGET_EVERY_MS)
        return;
    platform->forgotten_ms = now;
    people_forget(platform);
    staff_forget(platform);
    throttle_forget(platform);
    idempotency_forget(platform);
}

void agenda_run(struct platform *platform)
{
    review(platform);
    photos_decide(platform);
    orders_expire(platform);
    receipts_issue(platform);
    degree_decide(platform);
    degree_expire(platform);
    windows(platform);
    forget(platform);
    agenda_arm(platform);
}
