/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/phone_pages.h"

#include <string.h>

#include "base/text.h"
#include "graduation/application.h"
#include "platformd/degree.h"
#include "platformd/metrics.h"
#include "platformd/orders.h"
#include "platformd/pages.h"
#include "platformd/platform.h"
#include "platformd/receipts.h"
#include "platformd/server.h"

#define ARGUMENT_MAX 64

/* One visit. */
struct visit {
    struct platform *platform;
    struct exchange *exchange;
    const char *label; /* for the metrics */
    char *argument;    /* order number or token */
    char *action;      /* of a form; NULL = only looking */
};

typedef void (*visit_fn)(struct visit *visit);

/* ---------------------------------------------------------------- answering */

static void reply(struct visit *visit, unsigned status, enum page_look look, const char *title, const char *body)
{
    metrics_count(visit->platform->metrics, visit->label, status);
    pages_reply(visit->platform->pages, visit->exchange, status, look, title, body);
}

/* A page that only says something: "page.NAME_title" and "page.NAME". */
static void reply_result(struct visit *visit, unsigned status, enum page_look look, const char *name, const char *text)
{
    g_autofree char *title_key = g_strconcat("page.", name, "_title", NULL);
    g_autofree char *text_key = g_strconcat("page.", name, NULL);
    const char *title = platform_say(visit->platform, title_key);
    g_autofree char *body = pages_piece(visit->platform->pages, "result.html", "title", title, "text",
                                        text ? text : platform_say(visit->platform, text_key), NULL);
    reply(visit, status, look, title, body);
}

/* ---------------------------------------------------------------- paying */

static char *yuan(int64_t fen)
{
    return g_strdup_printf("%" G_GINT64_FORMAT ".%02d", fen / 100, (int)(fen % 100));
}

static void show_open_order(struct visit *visit, const struct order *order)
{
    struct platform *platform = visit->platform;
    const char *title = platform_say(platform, "page.pay_title");
    g_autofree char *amount = yuan(order->amount_fen);
    g_autofree char *until = clock_format_short(order->expires_at);
    g_autofree char *body = pages_piece(platform->pages, "pay.html", "mark", platform_say(platform, "page.simulated"),
                                        "title", title, "amount", amount, "order_no", order->order_no, "until", until,
                                        "text", platform_say(platform, "page.pay"), NULL);
    reply(visit, 200, LOOK_PLAIN, title, body);
}

static void show_paid_order(struct visit *visit, const struct order *order)
{
    struct platform *platform = visit->platform;
    const char *title = platform_say(platform, "page.paid_title");
    g_autofree char *amount = yuan(order->amount_fen);
    g_autofree char *paid_at = clock_format_short(order->paid_at);
    g_autofree char *body = pages_piece(platform->pages, "paid.html", "mark", platform_say(platform, "page.simulated"),
                                        "title", title, "amount", amount, "order_no", order->order_no, "paid_at",
                                        paid_at, "text", platform_say(platform, "page.paid"), NULL);
    reply(visit, 200, LOOK_GOOD, title, body);
}

static void show_order(struct visit *visit, const struct order *order)
{
    switch ((enum order_state)order->state) {
    case ORDER_CREATED:
    case ORDER_PAYING:
        show_open_order(visit, order);
        break;
    case ORDER_PAID:
    case ORDER_RECEIPT_ISSUED:
        show_paid_order(visit, order);
        break;
    case ORDER_CLOSED:
        reply_result(visit, 410, LOOK_BAD, "pay_closed", NULL);
        break;
    case ORDER_NONE:
    case ORDER_EXPIRED:
        reply_result(visit, 410, LOOK_BAD, "pay_expired", NULL);
        break;
    }
}

static void visit_pay(struct visit *visit)
{
    bool done = true;
    if (g_strcmp0(visit->action, "pay") == 0)
        done = orders_pay(visit->platform, visit->argument);
    else if (g_strcmp0(visit->action, "cancel") == 0)
        done = orders_cancel(visit->platform, visit->argument);
    struct order *order = orders_find(visit->platform, visit->argument);
    if (!done || database_spoiled(visit->platform->db))
        reply_result(visit, 503, LOOK_BAD, "busy", NULL);
    else if (!order)
        reply_result(visit, 404, LOOK_BAD, "pay_unknown", NULL);
    else
        show_order(visit, order);
    record_free(&order_record, order);
}

/* ---------------------------------------------------------------- prior degree */

static char *certificate_masked(const char *number)
{
    size_t n = strlen(number);
    return g_strdup_printf("****%s", n > 4 && g_str_is_ascii(number) ? number + n - 4 : "");
}

static char *diplomas_html(struct platform *platform, const struct degree_request *request)
{
    GString *html = g_string_new(NULL);
    for (guint i = 0; i < request->diplomas->len; i++) {
        const struct degree_diploma *diploma = request->diplomas->pdata[i];
        g_autofree char *name = text_mask_name(diploma->name);
        g_autofree char *certificate = certificate_masked(diploma->certificate_no);
        g_autofree char *piece =
            pages_piece(platform->pages, "diploma.html", "name", name, "school", diploma->school, "major",
                        diploma->major, "level", diploma->level, "status", diploma->status, "graduated_on",
                        diploma->graduated_on, "certificate", certificate, NULL);
        g_string_append(html, piece);
    }
    if (html->len == 0)
        g_string_append_printf(html, "<p>%s</p>", platform_say(platform, "page.degree_none"));
    return g_string_free(html, FALSE);
}

static void show_degree_form(struct visit *visit, const struct degree_request *request)
{
    struct platform *platform = visit->platform;
    const char *title = platform_say(platform, "page.degree_title");
    g_autofree char *diplomas = diplomas_html(platform, request);
    g_autofree char *piece = pages_piece(platform->pages, "degree.html", "title", title, "text",
                                         platform_say(platform, "page.degree"), "name", request->name_masked, NULL);
    g_autofree char *body = pages_insert(piece, "diplomas", diplomas);
    reply(visit, 200, LOOK_PLAIN, title, body);
}

static void show_degree(struct visit *visit, const struct degree_request *request)
{
    switch ((enum prior_degree_state)request->state) {
    case PRIOR_QR_SHOWN:
        show_degree_form(visit, request);
        break;
    case PRIOR_WAITING:
        reply_result(visit, 200, LOOK_PLAIN, "degree_waiting", NULL);
        break;
    case PRIOR_VERIFIED:
        reply_result(visit, 200, LOOK_GOOD, "degree_verified", NULL);
        break;
    case PRIOR_MISMATCH:
    case PRIOR_NOT_FOUND:
        reply_result(visit, 200, LOOK_BAD, "degree_failed", request->reason);
        break;
    default:
        reply_result(visit, 410, LOOK_BAD, "degree_over", request->reason);
        break;
    }
}

static void visit_degree(struct visit *visit)
{
    bool done = true;
    bool authorise = g_strcmp0(visit->action, "authorise") == 0;
    if (authorise || g_strcmp0(visit->action, "refuse") == 0)
        done = degree_answer(visit->platform, visit->argument, authorise);
    struct degree_request *request = degree_find(visit->platform, visit->argument);
    if (!done || database_spoiled(visit->platform->db))
        reply_result(visit, 503, LOOK_BAD, "busy", NULL);
    else if (!request)
        reply_result(visit, 404, LOOK_BAD, "degree_unknown", NULL);
    else
        show_degree(visit, request);
    degree_request_free(request);
}

/* ---------------------------------------------------------------- receipt */

/* The payer masked: the address may be read off a screen by whoever stands behind. */
static void show_receipt(struct visit *visit, const struct api_receipt *receipt)
{
    struct platform *platform = visit->platform;
    g_autofree char *payer = text_mask_name(receipt->payer);
    g_autofree char *amount = yuan(receipt->amount_fen);
    g_autofree char *issued_at = clock_format_date(receipt->issued_at);
    g_autofree char *body =
        pages_piece(platform->pages, "receipt.html", "mark", platform_say(platform, "page.receipt_simulated"), "title",
                    receipt->title, "code", receipt->code, "number", receipt->number, "check", receipt->check, "payer",
                    payer, "item", receipt->item, "amount", amount, "issued_at", issued_at, "issuer", receipt->issuer,
                    "text", platform_say(platform, "page.receipt"), NULL);
    reply(visit, 200, LOOK_PLAIN, receipt->title, body);
}

static void visit_receipt(struct visit *visit)
{
    struct api_receipt *receipt = receipts_find(visit->platform, visit->argument);
    if (database_spoiled(visit->platform->db))
        reply_result(visit, 503, LOOK_BAD, "busy", NULL);
    else if (receipt)
        show_receipt(visit, receipt);
    else
        reply_result(visit, 404, LOOK_BAD, "receipt_unknown", NULL);
    record_free(&api_receipt_record, receipt);
}

/* ---------------------------------------------------------------- which page */

static const struct {
    const char *prefix, *label;
    visit_fn visit;
} kinds[] = {
    {"/p/pay/", "/p/pay/{order}", visit_pay},
    {"/p/degree/", "/p/degree/{token}", visit_degree},
    {"/p/receipt/", "/p/receipt/{token}", visit_receipt},
};

bool phone_pages_own(const char *path)
{
    return g_ascii_strncasecmp(path, "/p/", 3) == 0;
}

static bool argument_valid(const char *argument)
{
    size_t n = strlen(argument);
    for (size_t i = 0; i < n; i++)
        if (!g_ascii_isalnum(argument[i]))
            return false;
    return n > 0 && n <= ARGUMENT_MAX;
}

/* "action" of a posted form; NULL when there is none. */
static char *read_action(struct exchange *exchange)
{
    gsize n = 0;
    const char *body = g_bytes_get_data(exchange_body(exchange), &n);
    if (strcmp(exchange_method(exchange), "POST") != 0 || n == 0)
        return NULL;
    g_autoptr(GHashTable) form = g_uri_parse_params(body, (gssize)n, "&", G_URI_PARAMS_WWW_FORM, NULL);
    return form ? g_strdup(g_hash_table_lookup(form, "action")) : NULL;
}

static visit_fn find_kind(struct visit *visit, const char *path)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        size_t n = strlen(kinds[i].prefix);
        if (g_ascii_strncasecmp(path, kinds[i].prefix, n) != 0 || !argument_valid(path + n))
            continue;
        visit->label = kinds[i].label;
        visit->argument = g_strdup(path + n);
        return kinds[i].visit;
    }
    return NULL;
}

void phone_pages_handle(struct platform *platform, struct exchange *exchange)
{
    struct visit visit = {.platform = platform, .exchange = exchange, .label = "/p/"};
    const char *method = exchange_method(exchange);
    visit_fn show = find_kind(&visit, exchange_path(exchange));
    if (strcmp(method, "GET") != 0 && strcmp(method, "POST") != 0) {
        exchange_add_header(exchange, "Allow", "GET, POST");
        reply_result(&visit, 405, LOOK_BAD, "unknown", NULL);
    } else if (exchange_too_large(exchange)) {
        reply_result(&visit, 413, LOOK_BAD, "unknown", NULL);
    } else if (!show) {
        reply_result(&visit, 404, LOOK_BAD, "unknown", NULL);
    } else {
        visit.action = read_action(exchange);
        database_forget_faults(platform->db);
        show(&visit);
    }
    g_free(visit.argument);
    g_free(visit.action);
}
