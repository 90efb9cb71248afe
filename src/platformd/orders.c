/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/orders.h"

#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/secret.h"
#include "graduation/side_machine.h"
#include "platformd/standing.h"

#define ORDER_RANDOM 10
#define SHANGHAI_S   (8 * 3600)

/* ---------------------------------------------------------------- numbers */

char *orders_number(int64_t now)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    time_t shanghai = (time_t)(now + SHANGHAI_S);
    struct tm day;
    char stamp[16];
    g_autofree char *random = secret_token();
    (void)gmtime_r(&shanghai, &day);
    (void)strftime(stamp, sizeof stamp, "%Y%m%d%H%M%S", &day);
    g_autofree char *number = g_strdup_printf("BY%s%.*s", stamp, ORDER_RANDOM, random);
    unsigned sum = 0;
    for (size_t i = 0; number[i]; i++)
        sum += (unsigned)(i + 1) * (unsigned char)number[i];
    return g_strdup_printf("%s%c", number, alphabet[sum % 31]);
}

/* ---------------------------------------------------------------- reading */

int64_t orders_life_s(const struct platform *platform)
{
    return platform->policy->order_life_min * 60;
}

#define ORDER_COLUMNS "SELECT order_no, amount_fen, channel, state, created_at, expires_at, paid_at FROM orders"

static bool is_live(const struct order *order)
{
    return order->state == ORDER_CREATED || order->state == ORDER_PAYING;
}

/* An order past its time counts as expired, also in the moment before the timer has written it. */
static struct order *finished(struct platform *platform, struct order *order)
{
    if (order && is_live(order) && order->expires_at <= platform_now(platform))
        order->state = ORDER_EXPIRED;
    if (order && is_live(order))
        order->qr = g_strconcat(platform->qr_base, "/P/PAY/", order->order_no, NULL);
    return order;
}

/* The last one made, also when the clock was set back in between. */
struct order *orders_latest(struct platform *platform, int64_t application)
{
    return finished(platform, database_row(platform->db, &order_record,
                                           ORDER_COLUMNS " WHERE application = ?1 ORDER BY rowid DESC LIMIT 1",
                                           WITH(v_integer(application))));
}

struct order *orders_find(struct platform *platform, const char *order_no)
{
    g_autofree char *upper = g_ascii_strup(order_no, -1);
    return finished(
        platform, database_row(platform->db, &order_record, ORDER_COLUMNS " WHERE order_no = ?1", WITH(v_text(upper))));
}

static void set_state(struct platform *platform, const char *order_no, enum order_event event)
{
    int next = side_machine_next(&order_machine, event, ORDER_PAYING);
    g_assert(next >= 0);
    (void)database_run(platform->db,
                       "UPDATE orders SET state = ?2 WHERE order_no = ?1 AND state IN ('created', 'paying')",
                       WITH(v_text(order_no), v_text(order_state_words[next])));
}

/* ---------------------------------------------------------------- the terminal's side */

/* Writes expiry down at once when its time has come: the next order must not stumble over it. */
static void expire_late(struct platform *platform, int64_t application)
{
    (void)database_run(platform->db,
                       "UPDATE orders SET state = 'expired' WHERE application = ?1"
                       " AND state IN ('created', 'paying') AND expires_at <= ?2",
                       WITH(v_integer(application), v_integer(platform_now(platform))));
}

static struct order *insert_order(struct platform *platform, const struct standing *standing, int channel)
{
    struct order *order = record_new(&order_record);
    order->created_at = platform_now(platform);
    order->expires_at = order->created_at + orders_life_s(platform);
    order->order_no = orders_number(order->created_at);
    order->amount_fen = standing->facts.items * standing->batch->fee_fen;
    order->channel = channel;
    order->state = side_machine_next(&order_machine, ORDER_SHOWN, ORDER_CREATED); /* made and shown in one call */
    (void)database_run(platform->db,
                       "INSERT INTO orders (order_no, application, amount_fen, channel, state, created_at, expires_at)"
                       " VALUES (?1, ?2, ?3, ?4, ?7, ?5, ?6)",
                       WITH(v_text(order->order_no), v_integer(standing->id), v_integer(order->amount_fen),
                            v_text(pay_channel_words[channel]), v_integer(order->created_at),
                            v_integer(order->expires_at), v_text(order_state_words[order->state])));
    return finished(platform, order);
}

/* Asking again while an order is open gives the same order: nobody can owe twice. */
void orders_create(struct request *request)
{
    struct platform *platform = request->platform;
    const struct api_order_request *asked = request->body;
    g_autoptr(standing_auto) before = standing_of_candidate(platform, request->exam_no);
    expire_late(platform, before->id);
    struct order *open = orders_latest(platform, before->id);
    if (open && is_live(open)) {
        request->answer = open;
        return;
    }
    record_free(&order_record, open);
    if (asked->channel != CHANNEL_SIMULATED) {
        request_refuse(request, 422, "platform.channel_unavailable", "channel");
        return;
    }
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (!request_refused(request, standing_move(platform, standing, EVENT_CREATE_ORDER, ACTOR_CANDIDATE)))
        request->answer = insert_order(platform, standing, asked->channel);
}

void orders_get(struct request *request)
{
    g_autoptr(standing_auto) standing = standing_of_candidate(request->platform, request->exam_no);
    request->answer = orders_latest(request->platform, standing->id);
    if (!request->answer)
        request_refuse(request, 404, "platform.no_order", NULL);
}

/* ---------------------------------------------------------------- the phone's side */

static int64_t application_of(struct platform *platform, const char *order_no)
{
    return database_integer(platform->db, "SELECT application FROM orders WHERE order_no = ?1", WITH(v_text(order_no)),
                            0);
}

/* The table once more, and the order still open: else nothing of it happens (domain.md 9.18, 9.19). */
static bool book(struct platform *platform, const struct order *order)
{
    g_autoptr(standing_auto) standing = standing_of_application(platform, application_of(platform, order->order_no));
    const char *refused = standing_move(platform, standing, EVENT_PAID, ACTOR_SYSTEM);
    if (refused) {
        log_write(LOG_WARN, "orders", "a payment was refused: %s", refused);
        return false;
    }
    return database_run(platform->db,
                        "UPDATE orders SET state = 'paid', paid_at = ?2 WHERE order_no = ?1"
                        " AND state IN ('created', 'paying')",
                        WITH(v_text(order->order_no), v_integer(platform_now(platform)))) &&
           database_changes(platform->db) == 1;
}

bool orders_pay(struct platform *platform, const char *order_no)
{
    if (!platform_begin(platform))
        return false;
    struct order *order = orders_find(platform, order_no);
    bool booked = order && is_live(order) && book(platform, order);
    bool stored = booked && platform_commit(platform);
    if (!booked)
        platform_rollback(platform);
    if (stored)
        log_write(LOG_INFO, "orders", "an order was paid");
    record_free(&order_record, order);
    return stored || !booked;
}

/* Beyond the window the open order was the last chance (e30). */
static void end_order(struct platform *platform, const char *order_no, enum order_event event)
{
    set_state(platform, order_no, event);
    g_autoptr(standing_auto) standing = standing_of_application(platform, application_of(platform, order_no));
    platform_touch(platform, standing->exam_no);
    (void)standing_move(platform, standing, EVENT_LAPSE, ACTOR_SYSTEM);
}

bool orders_cancel(struct platform *platform, const char *order_no)
{
    if (!platform_begin(platform))
        return false;
    struct order *order = orders_find(platform, order_no);
    if (order && is_live(order))
        end_order(platform, order->order_no, ORDER_GIVEN_UP);
    record_free(&order_record, order);
    return platform_commit(platform);
}

void orders_expire(struct platform *platform)
{
    g_autoptr(GPtrArray) due = database_texts(platform->db,
                                              "SELECT order_no FROM orders WHERE state IN ('created', 'paying')"
                                              " AND expires_at <= ?1",
                                              WITH(v_integer(platform_now(platform))));
    for (guint i = 0; i < due->len && platform_begin(platform); i++) {
        end_order(platform, due->pdata[i], ORDER_RAN_OUT);
        (void)platform_commit(platform);
    }
}
