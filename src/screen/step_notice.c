/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paragraphs and a few facts in the middle of the page. */
#include "base/text.h"
#include "screen/view.h"

#define LABEL_ROOM 16 /* for the labels of the facts */

static void centred_texts(struct screen *screen, bool quiet)
{
    struct document *document = &screen->panel.document;
    for (guint i = 0; i < screen->page->texts->len; i++) {
        const struct page_text *text = g_ptr_array_index(screen->page->texts, i);
        if ((text->tone == TONE_QUIET) != quiet)
            continue;
        document_gap(document);
        document_centred(document, role_of_tone(text->tone), text->text);
    }
}

static void centred_facts(struct screen *screen)
{
    struct document *document = &screen->panel.document;
    const GPtrArray *facts = screen->page->facts;
    int widest = 0;
    for (guint i = 0; i < facts->len; i++)
        widest = MAX(widest, text_cols(((struct page_fact *)g_ptr_array_index(facts, i))->value));
    if (facts->len == 0)
        return;
    document_gap(document);
    int cols = MIN(document->cols, widest + LABEL_ROOM);
    document_facts(document, (document->cols - cols) / 2, cols, facts, false);
}

static void draw(struct screen *screen)
{
    panel_begin(screen);
    centred_texts(screen, false);
    centred_facts(screen);
    panel_tables(screen);
    panel_fields(screen, 0, (int)screen->page->fields->len);
    centred_texts(screen, true);
    panel_lower(screen, MAX(0, (screen->frame.body.rows - screen->panel.document.lines) * 2 / 5));
    panel_paint(screen);
}

const struct step_ops step_notice = {.centred = true, .enter = panel_enter, .draw = draw, .key = panel_key};
