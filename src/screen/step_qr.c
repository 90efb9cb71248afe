/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A code for the phone at the left, what to do with it at the right. */
#include "base/clock.h"
#include "base/text.h"
#include "screen/qr.h"
#include "screen/view.h"

#define GAP           4
#define TEXT_COLS_MIN 28
#define TEXT_COLS_MAX 44
#define ALONE_COLS    56 /* without a code: still in the middle */

static void draw_remaining(struct screen *screen)
{
    const struct page_qr *qr = screen->page->qr;
    if (!qr || qr->expires_ms <= 0)
        return;
    g_autofree char *time = frame_time(qr->expires_ms - clock_monotonic_ms());
    g_autofree char *text = frame_fill(screen->labels->remaining, "time", time, NULL);
    const struct rect *at = &screen->remaining;
    paint_text(screen->canvas, at->y, at->x, at->cols, ROLE_STRONG, text);
}

static void build_words(struct screen *screen, int cols, const char *fallback)
{
    struct document *document = &screen->panel.document;
    panel_begin(screen);
    document->cols = cols;
    panel_facts(screen);
    panel_texts(screen, false);
    if (fallback) {
        document_gap(document);
        document_text(document, 0, cols, ROLE_STRONG, fallback);
    }
    screen->remaining = (struct rect){document->lines + 1, 0, 1, cols};
    if (screen->page->qr && screen->page->qr->expires_ms > 0) {
        document_gap(document);
        document_span(document, document_line(document), 0, cols, ROLE_BODY, "");
    }
    panel_texts(screen, true);
}

/* Words stand beside the middle of the code. */
static void paint_words(struct screen *screen, const struct rect *area)
{
    struct rect place = *area;
    int lines = screen->panel.document.lines;
    if (lines < place.rows) {
        place.y += (place.rows - lines) / 2;
        place.rows = lines;
    }
    document_paint_fixed(&screen->panel.document, screen->canvas, &place);
    screen->remaining.y += place.y;
    screen->remaining.x = place.x;
    draw_remaining(screen);
}

static void draw(struct screen *screen)
{
    const struct rect *body = &screen->frame.body;
    const struct page_qr *page_qr = screen->page->qr;
    struct qr *qr =
        page_qr && page_qr->payload ? qr_new(page_qr->payload, body->rows, body->cols - GAP - TEXT_COLS_MIN) : NULL;
    struct rect words = *body;
    int code_cols = qr ? qr_cols(qr) + GAP : 0;
    words.cols = MIN(body->cols - code_cols, qr ? TEXT_COLS_MAX : ALONE_COLS);
    int x = body->x + (body->cols - code_cols - words.cols) / 2;
    words.x = x + code_cols;
    if (qr)
        qr_paint(qr, screen->canvas, body->y + (body->rows - qr_rows(qr)) / 2, x);
    build_words(screen, words.cols, !qr && page_qr ? page_qr->fallback : NULL);
    paint_words(screen, &words);
    qr_free(qr);
}

const struct step_ops step_qr = {
    .tall = true, .centred = true, .enter = panel_enter, .draw = draw, .key = panel_key, .tick = draw_remaining};
