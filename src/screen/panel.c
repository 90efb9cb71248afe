/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/panel.h"

#include <string.h>

#include "base/text.h"
#include "screen/view.h"

#define MARK_COLS      2 /* "► " */
#define STAR_COLS      2 /* "* " */
#define LABEL_GAP      2
#define LABEL_COLS_MAX 28
#define NOTE_GAP       2
#define SHORT_COLS_MAX 28
#define NOTE_COLS_MIN  10
#define CELL_GAP       1
#define FACTS_MANY     6 /* from so many on they stand two beside each other */
#define ERROR_MARK     "✗ "

void panel_init(struct panel *panel)
{
    document_init(&panel->document);
    panel->slots = g_array_new(FALSE, TRUE, sizeof(struct slot));
}

void panel_clear(struct panel *panel)
{
    document_clear(&panel->document);
    g_clear_pointer(&panel->slots, g_array_unref);
}

static struct slot *slot_at(const struct panel *panel, guint i)
{
    return &g_array_index(panel->slots, struct slot, i);
}

struct slot *panel_slot(const struct panel *panel, int field)
{
    for (guint i = 0; i < panel->slots->len; i++)
        if (slot_at(panel, i)->field == field)
            return slot_at(panel, i);
    return NULL;
}

/* ---------------------------------------------------------------- building */

void panel_begin(struct screen *screen)
{
    document_reset(&screen->panel.document, screen->frame.body.cols);
    g_array_set_size(screen->panel.slots, 0);
}

void panel_texts(struct screen *screen, bool quiet)
{
    struct document *document = &screen->panel.document;
    const GPtrArray *texts = screen->page->texts;
    for (guint i = 0; i < texts->len; i++) {
        const struct page_text *text = g_ptr_array_index(texts, i);
        if ((text->tone == TONE_QUIET) != quiet)
            continue;
        document_gap(document);
        document_text(document, 0, document->cols, role_of_tone(text->tone), text->text);
    }
}

void panel_facts(struct screen *screen)
{
    if (screen->page->facts->len == 0)
        return;
    document_gap(&screen->panel.document);
    document_facts(&screen->panel.document, 0, screen->panel.document.cols, screen->page->facts,
                   screen->page->facts->len >= FACTS_MANY && screen->panel.document.cols >= FRAME_BASE);
}

void panel_tables(struct screen *screen)
{
    for (guint i = 0; i < screen->page->tables->len; i++) {
        document_gap(&screen->panel.document);
        document_table(&screen->panel.document, g_ptr_array_index(screen->page->tables, i));
    }
}

void panel_lower(struct screen *screen, int lines)
{
    document_shift(&screen->panel.document, lines);
    for (guint i = 0; i < screen->panel.slots->len; i++) {
        slot_at(&screen->panel, i)->line += lines;
        slot_at(&screen->panel, i)->note_line += lines;
    }
}

/* Three lines each where people tap; two when there is room for all. */
static int pitch_of(const struct screen *screen, int lines, int n)
{
    return screen->touch ? 3 : lines + 2 * n <= screen->frame.body.rows ? 2 : 1;
}

/* Above the first one too there is a line to tap on. */
static void begin_block(struct screen *screen)
{
    document_gap(&screen->panel.document);
    if (screen->touch && screen->panel.document.lines == 0)
        (void)document_line(&screen->panel.document);
}

static void put_air(struct document *document, int pitch)
{
    for (int i = 1; i < pitch; i++)
        (void)document_line(document);
}

/* Where the columns of a form are. */
struct form_grid {
    int label_cols, x, note_x;
    int short_cols, long_cols; /* fields come in two widths, so that their ends line up */
    int pitch;                 /* lines from field to field */
};

static bool is_labelled(const struct page_field *field)
{
    return field->type != FIELD_CHECK;
}

static int wished_cols(const struct screen *screen, const struct form_grid *grid, const struct page_field *field)
{
    return field_wide_cols(field, screen->labels, screen->frame.body.cols - grid->x, screen->frame.body.cols);
}

static void plan_widths(const struct screen *screen, struct form_grid *grid, int from, int to)
{
    for (int i = from; i < to; i++) {
        const struct page_field *field = screen_page_field(screen, i);
        int cols = wished_cols(screen, grid, field);
        int *width = cols <= SHORT_COLS_MAX ? &grid->short_cols : &grid->long_cols;
        if (is_labelled(field) && !field->readonly)
            *width = MAX(*width, cols);
    }
    grid->note_x = grid->x + (grid->short_cols ? grid->short_cols : grid->long_cols) + NOTE_GAP;
}

static int notes_below(const struct screen *screen)
{
    int lines = 0, cols = screen->frame.body.cols;
    for (guint i = 0; i < screen->page->texts->len; i++) {
        const struct page_text *text = g_ptr_array_index(screen->page->texts, i);
        if (text->tone == TONE_QUIET)
            lines += 1 + (text_cols(text->text) + cols - 1) / cols;
    }
    return lines;
}

static struct form_grid plan_fields(const struct screen *screen, int from, int to)
{
    struct form_grid grid = {0};
    for (int i = from; i < to; i++) {
        const struct page_field *field = screen_page_field(screen, i);
        if (is_labelled(field))
            grid.label_cols = MAX(grid.label_cols, text_cols(field->label));
    }
    grid.label_cols = MIN(grid.label_cols, LABEL_COLS_MAX);
    grid.x = MARK_COLS + STAR_COLS + (grid.label_cols ? grid.label_cols + LABEL_GAP : 0);
    plan_widths(screen, &grid, from, to);
    int lines = screen->panel.document.lines + 1 + notes_below(screen);
    grid.pitch = pitch_of(screen, lines, to - from);
    return grid;
}

/* From that line on, over as many as it needs; the lines themselves are the caller's. Returns their number. */
static int put_error(struct document *document, int line, int x, const char *error)
{
    int lead = text_cols(ERROR_MARK);
    g_autoptr(GPtrArray) lines = text_wrap(error, document->cols - x - lead);
    document_span(document, line, x, lead, ROLE_BAD, ERROR_MARK);
    for (guint i = 0; i < lines->len; i++)
        document_span(document, line + (int)i, x + lead, document->cols - x - lead, ROLE_BAD,
                      g_ptr_array_index(lines, i));
    return (int)lines->len;
}

/* Error or hint beside the field when it fits there, else the error below it. Returns the lines of both. */
static int place_note(struct screen *screen, struct slot *slot, const struct page_field *field,
                      const struct form_grid *grid)
{
    int cols = screen->panel.document.cols;
    int note_x = MAX(grid->note_x, slot->x + slot->cols + NOTE_GAP), room = cols - note_x;
    const char *hint = field->hint ? field->hint : "";
    int wish = field->error ? text_cols(field->error) + text_cols(ERROR_MARK) : text_cols(hint);
    bool beside = room >= NOTE_COLS_MIN && wish <= room;
    slot->hint_beside = beside;
    slot->note_line = slot->line;
    slot->note_x = note_x;
    slot->note_cols = MAX(0, room);
    if (beside || !field->error)
        return 1;
    slot->note_cols = 0;
    slot->note_line = slot->line + put_error(&screen->panel.document, slot->line + 1, slot->x + 1, field->error);
    return slot->note_line - slot->line + 1;
}

static void put_readonly(struct screen *screen, const struct page_field *field, const struct form_grid *grid, int line)
{
    struct document *document = &screen->panel.document;
    int label = MARK_COLS + STAR_COLS + grid->label_cols - MIN(text_cols(field->label), grid->label_cols);
    document_span(document, line, label, grid->label_cols, ROLE_QUIET, field->label);
    document_span(document, line, grid->x + 1, document->cols - grid->x - 1, ROLE_BODY,
                  field->value ? field->value : "");
}

static void put_field(struct screen *screen, int i, const struct form_grid *grid)
{
    struct document *document = &screen->panel.document;
    const struct page_field *field = screen_page_field(screen, i);
    struct slot slot = {.field = i, .line = document_line(document), .x = grid->x};
    int lines = 1;
    if (field->readonly) {
        put_readonly(screen, field, grid, slot.line);
    } else {
        if (is_labelled(field)) {
            slot.label_x = MARK_COLS;
            slot.label_cols = STAR_COLS + grid->label_cols;
        }
        slot.cols = wished_cols(screen, grid, field);
        if (is_labelled(field))
            slot.cols = slot.cols <= SHORT_COLS_MAX ? grid->short_cols : grid->long_cols;
        lines = place_note(screen, &slot, field, grid);
        g_array_append_val(screen->panel.slots, slot);
        document_use(document, slot.line);
    }
    put_air(document, lines == 1 ? grid->pitch : lines + grid->pitch - 1);
}

void panel_fields(struct screen *screen, int from, int to)
{
    if (from >= to)
        return;
    begin_block(screen);
    struct form_grid grid = plan_fields(screen, from, to);
    for (int i = from; i < to; i++)
        put_field(screen, i, &grid);
}

/* ---------------------------------------------------------------- a table of fields */

#define ROWS_COLUMNS_MAX 8

struct row_grid {
    int n, lead;
    int x[ROWS_COLUMNS_MAX], cols[ROWS_COLUMNS_MAX];
    int pitch; /* lines from row to row */
};

static struct row_grid plan_rows(const struct screen *screen, int from, int to)
{
    struct row_grid grid = {.lead = MARK_COLS + 2};
    int used = grid.lead, last = screen_page_field(screen, to - 1)->row, lines = screen->panel.document.lines + 3;
    for (int i = from; i < to && grid.n < ROWS_COLUMNS_MAX; i++) {
        const struct page_field *field = screen_page_field(screen, i);
        if (field->row != screen_page_field(screen, from)->row)
            break;
        int room = screen->frame.body.cols;
        grid.cols[grid.n] = field_wide_cols(field, screen->labels, room, room);
        used += grid.cols[grid.n++] + CELL_GAP;
    }
    for (; used - CELL_GAP > screen->frame.body.cols; used--) { /* taken from the widest */
        int widest = 0;
        for (int k = 1; k < grid.n; k++)
            widest = grid.cols[k] > grid.cols[widest] ? k : widest;
        grid.cols[widest]--;
    }
    for (int k = 0, x = grid.lead; k < grid.n; k++) {
        grid.x[k] = x;
        x += grid.cols[k] + CELL_GAP;
    }
    grid.pitch = pitch_of(screen, lines, last + 1);
    return grid;
}

static void put_heads(struct screen *screen, int from, const struct row_grid *grid)
{
    struct document *document = &screen->panel.document;
    int line = document_line(document);
    for (int k = 0; k < grid->n; k++) {
        const struct page_field *field = screen_page_field(screen, from + k);
        document_span(document, line, grid->x[k] + 1, grid->cols[k] - 1, ROLE_TABLE_HEAD, field->label);
    }
    document_rule(document, 0, document->cols);
}

static const char *row_error(const struct screen *screen, int from, int n)
{
    for (int i = from; i < from + n; i++)
        if (screen_page_field(screen, i)->error)
            return screen_page_field(screen, i)->error;
    return NULL;
}

static int put_row(struct screen *screen, int from, int to, const struct row_grid *grid)
{
    struct document *document = &screen->panel.document;
    int line = document_line(document), row = screen_page_field(screen, from)->row, n = 0;
    g_autofree char *number = g_strdup_printf("%d", row + 1);
    document_span(document, line, MARK_COLS, grid->lead - MARK_COLS, ROLE_QUIET, number);
    while (from + n < to && n < grid->n && screen_page_field(screen, from + n)->row == row) {
        struct slot slot = {
            .field = from + n, .line = line, .x = grid->x[n], .cols = grid->cols[n], .column = n, .hint_beside = true};
        if (!screen_page_field(screen, slot.field)->readonly)
            g_array_append_val(screen->panel.slots, slot);
        n++;
    }
    const char *error = row_error(screen, from, n);
    int lines = error ? 1 + put_error(document, line + 1, grid->x[0] + 1, error) : 1;
    put_air(document, MAX(grid->pitch, lines));
    return MAX(1, n);
}

void panel_rows(struct screen *screen, int from, int to)
{
    if (from >= to)
        return;
    document_gap(&screen->panel.document);
    struct row_grid grid = plan_rows(screen, from, to);
    put_heads(screen, from, &grid);
    for (int i = from; i < to;)
        i += put_row(screen, i, to, &grid);
}

/* ---------------------------------------------------------------- painting */

static bool in_sight(const struct screen *screen, int line)
{
    return line >= screen->panel.top && line < screen->panel.top + screen->frame.body.rows;
}

static int y_of(const struct screen *screen, int line)
{
    return screen->frame.body.y + line - screen->panel.top;
}

static void paint_label(struct screen *screen, const struct slot *slot, const struct page_field *field, bool focused)
{
    int y = y_of(screen, slot->line), left = screen->frame.body.x;
    int end = left + slot->label_x + slot->label_cols;
    int cols = MIN(text_cols(field->label), slot->label_cols - STAR_COLS);
    paint_text(screen->canvas, y, end - cols, cols, focused ? ROLE_LABEL_FOCUS : ROLE_LABEL, field->label);
    if (field->required)
        paint_text(screen->canvas, y, end - cols - STAR_COLS, 1, ROLE_STAR, "*");
}

static void paint_note(struct screen *screen, const struct slot *slot, const struct page_field *field, bool focused)
{
    int y = y_of(screen, slot->note_line), x = screen->frame.body.x + slot->note_x;
    if (slot->note_cols <= 0 || !in_sight(screen, slot->note_line))
        return;
    if (field->error) {
        g_autofree char *text = g_strconcat(ERROR_MARK, field->error, NULL);
        paint_text(screen->canvas, y, x, slot->note_cols, ROLE_BAD, text);
    } else if (focused && field->hint && slot->hint_beside) {
        paint_text(screen->canvas, y, x, slot->note_cols, ROLE_QUIET, field->hint);
    }
}

/* In a table only the row that is being filled in shows its hints. */
static bool is_bare(const struct screen *screen, const struct slot *slot, bool focused)
{
    int row = screen_page_field(screen, slot->field)->row;
    if (row >= 0)
        return screen->focus < 0 || screen_page_field(screen, screen->focus)->row != row;
    return focused && slot->hint_beside;
}

static void paint_slot_field(struct screen *screen, const struct slot *slot, bool focused)
{
    struct field_look look = {.area = {y_of(screen, slot->line), screen->frame.body.x + slot->x, 1, slot->cols},
                              .focused = focused,
                              .bare = is_bare(screen, slot, focused)};
    field_paint(screen->canvas, &look, screen_field(screen, slot->field), screen_page_field(screen, slot->field),
                screen->labels);
}

/* The number of the row that is being filled in. */
static void paint_row_number(struct screen *screen, const struct slot *slot)
{
    int row = screen_page_field(screen, slot->field)->row;
    bool here = screen->focus >= 0 && screen_page_field(screen, screen->focus)->row == row;
    if (row < 0 || slot->column > 0 || !here)
        return;
    g_autofree char *number = g_strdup_printf("%d", row + 1);
    paint_text(screen->canvas, y_of(screen, slot->line), screen->frame.body.x + MARK_COLS, text_cols(number),
               ROLE_LABEL_FOCUS, number);
}

/* Where ► stands: before the label with its star; in a table before the row's number. */
static int mark_x(const struct slot *slot, const struct page_field *field)
{
    int label = MIN(text_cols(field->label), slot->label_cols - STAR_COLS);
    if (slot->label_cols > 0)
        return slot->label_x + slot->label_cols - label - STAR_COLS - MARK_COLS;
    return field->type == FIELD_CHECK ? slot->x - STAR_COLS - MARK_COLS : 0;
}

static void paint_slot(struct screen *screen, const struct slot *slot)
{
    const struct page_field *field = screen_page_field(screen, slot->field);
    bool focused = slot->field == screen->focus && screen->button < 0;
    if (!in_sight(screen, slot->line))
        return;
    if (slot->label_cols > 0)
        paint_label(screen, slot, field, focused);
    else if (field->type == FIELD_CHECK && field->required)
        paint_text(screen->canvas, y_of(screen, slot->line), screen->frame.body.x + slot->x - STAR_COLS, 1, ROLE_STAR,
                   "*");
    if (focused)
        paint_text(screen->canvas, y_of(screen, slot->line), screen->frame.body.x + mark_x(slot, field), 1, ROLE_MARK,
                   "►");
    paint_row_number(screen, slot);
    paint_note(screen, slot, field, focused);
    paint_slot_field(screen, slot, focused);
}

static void keep_in_sight(struct screen *screen)
{
    struct panel *panel = &screen->panel;
    int rows = screen->frame.body.rows, end = MAX(0, panel->document.lines - rows);
    const struct slot *slot = screen->button < 0 && !panel->roaming ? panel_slot(panel, screen->focus) : NULL;
    if (slot) {
        /* what stands above the first field and below the last one is shown with them */
        bool first = slot == slot_at(panel, 0), last = slot == slot_at(panel, panel->slots->len - 1);
        int least = MAX(slot->note_line, slot->line) - rows + 1, most = slot->line;
        panel->top = CLAMP(first ? 0 : last ? end : panel->top, least, most);
    }
    panel->top = CLAMP(panel->top, 0, end);
}

void panel_paint(struct screen *screen)
{
    struct panel *panel = &screen->panel;
    const struct rect *body = &screen->frame.body;
    keep_in_sight(screen);
    document_paint(&panel->document, screen->canvas, body, panel->top);
    for (guint i = 0; i < panel->slots->len; i++)
        paint_slot(screen, slot_at(panel, i));
    screen->frame.above = panel->top > 0;
    screen->frame.below = panel->top + body->rows < panel->document.lines;
}

bool panel_paint_focus(struct screen *screen)
{
    const struct slot *slot = panel_slot(&screen->panel, screen->focus);
    if (!slot || !in_sight(screen, slot->line))
        return false;
    paint_slot_field(screen, slot, true);
    frame_follow_field(screen);
    return true;
}
