/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/receipts.h"

#include "base/log.h"
#include "platformd/registry.h"
#include "platformd/standing.h"

#define SERIES      "140101" /* of the province; the year makes it eight digits (domain.md 8) */
#define CHECK_CHARS 6
#define PAGE_CHARS  26 /* as long as the other tokens of a QR */
#define TITLE_KEY   "receipt.title"
#define ITEM_KEY    "receipt.item"
#define ISSUER_KEY  "receipt.issuer"
#define TO_MILLI    1000

/* ---------------------------------------------------------------- the page's address */

/* Known from the order again whenever it is asked for, so that it need not be stored. */
static char *page_token(struct platform *platform, const char *order_no)
{
    g_autofree char *hash = platform_hash(platform, "receipt", order_no);
    g_autofree char *head = g_strndup(hash, PAGE_CHARS);
    return g_ascii_strup(head, -1);
}

static char *page_hash(struct platform *platform, const char *token)
{
    return platform_hash(platform, "receipt page", token);
}

/* ---------------------------------------------------------------- reading */

#define RECEIPT_COLUMNS                                                                                                \
    "SELECT r.code, r.number, r.\"check\", r.issued_at, o.amount_fen, c.name AS payer FROM receipts r"                 \
    " JOIN orders o USING (order_no) JOIN applications a ON a.id = o.application JOIN candidates c USING (exam_no)"

static struct api_receipt *finished(struct platform *platform, struct api_receipt *receipt)
{
    if (!receipt)
        return NULL;
    receipt->title = g_strdup(platform_say(platform, TITLE_KEY));
    receipt->item = g_strdup(platform_say(platform, ITEM_KEY));
    receipt->issuer = g_strdup(platform_say(platform, ISSUER_KEY));
    return receipt;
}

struct api_receipt *receipts_find(struct platform *platform, const char *token)
{
    g_autofree char *upper = g_ascii_strup(token, -1);
    g_autofree char *hash = page_hash(platform, upper);
    return finished(platform, database_row(platform->db, &api_receipt_record, RECEIPT_COLUMNS " WHERE r.page = ?1",
                                           WITH(v_text(hash))));
}

static char *paid_order(struct platform *platform, int64_t application)
{
    return database_text(platform->db,
                         "SELECT order_no FROM orders WHERE application = ?1 AND state IN ('paid', 'receipt_issued')",
                         WITH(v_integer(application)));
}

void receipts_get(struct request *request)
{
    struct platform *platform = request->platform;
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    g_autofree char *order_no = paid_order(platform, standing->id);
    if (request_refused(request, order_no ? NULL : "order.not_paid"))
        return;
    struct api_receipt *receipt =
        finished(platform, database_row(platform->db, &api_receipt_record, RECEIPT_COLUMNS " WHERE r.order_no = ?1",
                                        WITH(v_text(order_no))));
    if (request_refused(request, receipt ? NULL : "order.receipt_later"))
        return;
    g_autofree char *token = page_token(platform, order_no);
    receipt->qr = g_strconcat(platform->qr_base, "/P/RECEIPT/", token, NULL);
    request->answer = receipt;
}

/* ---------------------------------------------------------------- issuing (e23) */

/* Payments up to this second have their receipt by now. */
static int64_t paid_before(struct platform *platform)
{
    return platform_now(platform) - platform->policy->receipt_after_min * 60;
}

bool receipts_due(struct platform *platform, int64_t application)
{
    return database_integer(platform->db,
                            "SELECT count(*) FROM orders WHERE application = ?1 AND state = 'paid' AND paid_at <= ?2",
                            WITH(v_integer(application), v_integer(paid_before(platform))), 0) > 0;
}

int64_t receipts_next_ms(struct platform *platform)
{
    int64_t first =
        database_integer(platform->db, "SELECT min(paid_at) FROM orders WHERE state = 'paid'", WITHOUT, INT64_MAX);
    return first == INT64_MAX ? first : (first + platform->policy->receipt_after_min * 60) * TO_MILLI;
}

/* Counted within the transaction, so that no number is given twice. */
static int64_t next_number(struct platform *platform)
{
    (void)database_run(platform->db,
                       "INSERT INTO facts (name, value) VALUES ('receipts', 1)"
                       " ON CONFLICT (name) DO UPDATE SET value = value + 1",
                       WITHOUT);
    return database_integer(platform->db, "SELECT value FROM facts WHERE name = 'receipts'", WITHOUT, 0);
}

static void write_receipt(struct platform *platform, const char *order_no)
{
    int64_t now = platform_now(platform);
    g_autofree char *code = g_strdup_printf(SERIES "%02d", clock_day(now) / 10000 % 100);
    g_autofree char *number = g_strdup_printf("%010" G_GINT64_FORMAT, next_number(platform));
    g_autofree char *whole = g_strconcat(code, number, order_no, NULL);
    g_autofree char *hash = platform_hash(platform, "receipt check", whole);
    g_autofree char *check = g_strndup(hash, CHECK_CHARS);
    g_autofree char *token = page_token(platform, order_no);
    g_autofree char *page = page_hash(platform, token);
    (void)database_run(
        platform->db,
        "INSERT INTO receipts (order_no, code, number, \"check\", page, issued_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        WITH(v_text(order_no), v_text(code), v_text(number), v_text(check), v_text(page), v_integer(now)));
    (void)database_run(platform->db, "UPDATE orders SET state = ?2 WHERE order_no = ?1 AND state = 'paid'",
                       WITH(v_text(order_no), v_text(order_state_words[ORDER_RECEIPT_ISSUED])));
}

static void issue(struct platform *platform, const char *order_no)
{
    int64_t application =
        database_integer(platform->db, "SELECT application FROM orders WHERE order_no = ?1", WITH(v_text(order_no)), 0);
    g_autoptr(standing_auto) standing = standing_of_application(platform, application);
    const char *refused = standing_move(platform, standing, EVENT_RECEIPT, ACTOR_SYSTEM);
    if (refused)
        log_write(LOG_WARN, "receipts", "a receipt was refused: %s", refused);
    else
        write_receipt(platform, order_no);
}

void receipts_issue(struct platform *platform)
{
    g_autoptr(GPtrArray) due = database_texts(
        platform->db, "SELECT order_no FROM orders WHERE state = 'paid' AND paid_at <= ?1 ORDER BY paid_at",
        WITH(v_integer(paid_before(platform))));
    for (guint i = 0; i < due->len && platform_begin(platform); i++) {
        issue(platform, due->pdata[i]);
        (void)platform_commit(platform);
    }
}
