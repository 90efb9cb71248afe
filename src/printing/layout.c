/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "printing/layout.h"

#include <string.h>

#define FIELD(name_, kind_, member, ...)                                                                               \
    {                                                                                                                  \
        .name = name_, .kind = kind_, .offset = offsetof(MEMBER_OF, member), __VA_ARGS__                               \
    }

#define MEMBER_OF struct layout_font
static const struct record_field font_fields[] = {
    FIELD("name", RECORD_STRING, name, .flags = RECORD_REQUIRED, .min = 1, .max = 30),
    FIELD("file", RECORD_STRING, file, .flags = RECORD_REQUIRED, .min = 1, .help = "OpenType file or collection"),
    FIELD("face", RECORD_INTEGER, face, .max = 99, .help = "number of the face in a collection"),
};
static const struct record_type font_record = RECORD_TYPE(layout_font, font_fields);
#undef MEMBER_OF

static const char *const align_words[] = {"left", "center", "right", "justify", "spread", NULL};
static const char *const valign_words[] = {"top", "middle", "bottom", NULL};
static const char *const kind_words[] = {"text", "photo", "qr", NULL};
static const char *const frame_words[] = {"none", "thin", "thick", "underline", NULL};

#define MEMBER_OF struct layout_style
static const struct record_field style_fields[] = {
    FIELD("name", RECORD_STRING, name, .flags = RECORD_REQUIRED, .min = 1, .max = 30),
    FIELD("font", RECORD_STRING, font, .flags = RECORD_REQUIRED, .help = "name of a font"),
    FIELD("size", RECORD_STRING, size, .flags = RECORD_REQUIRED, .help = "pt: wanted, least, least on one line"),
    FIELD("lead", RECORD_STRING, lead, .initial = "1.25", .help = "line distance in em"),
    FIELD("spacing", RECORD_STRING, spacing, .initial = "0", .help = "pt after each letter"),
    FIELD("pad", RECORD_STRING, pad, .initial = "1", .help = "mm kept free left and right"),
    FIELD("indent", RECORD_STRING, indent, .initial = "0", .help = "em, first line of a paragraph"),
    FIELD("align", RECORD_WORD, align, .words = align_words, .initial = "left"),
    FIELD("valign", RECORD_WORD, valign, .words = valign_words, .initial = "middle"),
};
static const struct record_type style_record = RECORD_TYPE(layout_style, style_fields);
#undef MEMBER_OF

#define MEMBER_OF struct layout_box
static const struct record_field box_fields[] = {
    FIELD("name", RECORD_STRING, name, .max = 60, .help = "what an overflow is reported as"),
    FIELD("at", RECORD_STRING, at, .flags = RECORD_REQUIRED, .help = "x y w h in mm"),
    FIELD("style", RECORD_STRING, style),
    FIELD("text", RECORD_STRING, text, .flags = RECORD_MULTILINE, .max = 400),
    FIELD("ruled", RECORD_STRING, ruled, .help = "mm between lines for handwriting when the text is empty"),
    FIELD("kind", RECORD_WORD, kind, .words = kind_words, .initial = "text"),
    FIELD("frame", RECORD_WORD, frame, .words = frame_words, .initial = "none"),
};
static const struct record_type box_record = RECORD_TYPE(layout_box, box_fields);
#undef MEMBER_OF

#define MEMBER_OF struct layout_rows
static const struct record_field rows_fields[] = {
    FIELD("first", RECORD_INTEGER, first, .min = 1, .max = 99, .initial = "1"),
    FIELD("count", RECORD_INTEGER, count, .flags = RECORD_REQUIRED, .min = 1, .max = 99),
    FIELD("step", RECORD_STRING, step, .flags = RECORD_REQUIRED, .help = "dx dy in mm from line to line"),
    FIELD("boxes", RECORD_MANY, boxes, .flags = RECORD_REQUIRED, .type = &box_record),
};
static const struct record_type rows_record = RECORD_TYPE(layout_rows, rows_fields);
#undef MEMBER_OF

#define MEMBER_OF struct layout_panel
static const struct record_field panel_fields[] = {
    FIELD("name", RECORD_STRING, name, .flags = RECORD_REQUIRED, .min = 1, .max = 30),
    FIELD("side", RECORD_INTEGER, side, .flags = RECORD_REQUIRED, .max = 1, .help = "0 = front, 1 = back"),
    FIELD("at", RECORD_STRING, at, .flags = RECORD_REQUIRED, .help = "x y w h in mm on the sheet"),
    FIELD("boxes", RECORD_MANY, boxes, .type = &box_record),
    FIELD("rows", RECORD_MANY, rows, .type = &rows_record),
};
static const struct record_type panel_record = RECORD_TYPE(layout_panel, panel_fields);
#undef MEMBER_OF

#define MEMBER_OF struct layout
static const struct record_field layout_fields[] = {
    FIELD("title", RECORD_STRING, title, .flags = RECORD_REQUIRED),
    FIELD("paper", RECORD_STRING, paper, .initial = "420 297", .help = "width and height in mm"),
    FIELD("edge", RECORD_STRING, edge, .initial = "5", .help = "mm a printer cannot reach"),
    FIELD("frames", RECORD_STRING, frames, .initial = "0.5 1.1", .help = "pt: thin and thick lines"),
    FIELD("fonts", RECORD_MANY, fonts, .flags = RECORD_REQUIRED, .type = &font_record),
    FIELD("fallback", RECORD_STRINGS, fallback, .help = "fonts for letters a style's own font lacks"),
    FIELD("styles", RECORD_MANY, styles, .flags = RECORD_REQUIRED, .type = &style_record),
    FIELD("panels", RECORD_MANY, panels, .flags = RECORD_REQUIRED, .type = &panel_record),
};
const struct record_type layout_record = RECORD_TYPE(layout, layout_fields);
#undef MEMBER_OF

void layout_free(struct layout *layout)
{
    record_free(&layout_record, layout);
}

const struct layout_font *layout_font(const struct layout *layout, const char *name)
{
    for (guint i = 0; i < layout->fonts->len; i++) {
        const struct layout_font *font = layout->fonts->pdata[i];
        if (g_str_equal(font->name, name))
            return font;
    }
    return NULL;
}

static void each_box(const GPtrArray *boxes, const struct layout_place *origin, layout_place_fn fn, gpointer data)
{
    for (guint i = 0; i < boxes->len; i++) {
        const struct layout_box *box = boxes->pdata[i];
        struct layout_place place = *origin;
        place.box = box;
        place.x_mm += box->x_mm;
        place.y_mm += box->y_mm;
        fn(&place, data);
    }
}

static void each_row(const struct layout_rows *rows, const struct layout_panel *panel, layout_place_fn fn,
                     gpointer data)
{
    for (int i = 0; i < rows->count; i++) {
        const struct layout_place origin = {
            .row = (int)rows->first + i,
            .x_mm = panel->x_mm + i * rows->dx_mm,
            .y_mm = panel->y_mm + i * rows->dy_mm,
        };
        each_box(rows->boxes, &origin, fn, data);
    }
}

void layout_each(const struct layout *layout, int side, layout_place_fn fn, gpointer data)
{
    for (guint i = 0; i < layout->panels->len; i++) {
        const struct layout_panel *panel = layout->panels->pdata[i];
        if (panel->side != side)
            continue;
        const struct layout_place origin = {.x_mm = panel->x_mm, .y_mm = panel->y_mm};
        for (guint k = 0; k < panel->rows->len; k++)
            each_row(panel->rows->pdata[k], panel, fn, data);
        each_box(panel->boxes, &origin, fn, data);
    }
}

/* "course.*.name" in line 3 → "course.3.name"; "*" → "3". */
static char *field_name(const char *name, size_t n, int row)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < n; i++) {
        if (name[i] == '*')
            g_string_append_printf(out, "%d", row);
        else
            g_string_append_c(out, name[i]);
    }
    return g_string_free(out, FALSE);
}

char *layout_text(const struct layout_place *place, const struct sheet_data *data)
{
    GString *out = g_string_new(NULL);
    for (const char *at = place->box->text ? place->box->text : ""; *at;) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        if (!end) {
            g_string_append_c(out, *at++);
            continue;
        }
        g_autofree char *name = field_name(at + 1, (size_t)(end - at - 1), place->row);
        bool number = g_ascii_isdigit(name[0]);
        g_string_append(out, number ? name : sheet_data_text(data, name));
        at = end + 1;
    }
    return g_string_free(out, FALSE);
}

char *layout_place_name(const struct layout_place *place)
{
    const char *text = place->box->text ? place->box->text : "";
    if (place->box->name)
        return field_name(place->box->name, strlen(place->box->name), place->row);
    const char *from = strchr(text, '{'), *end = from ? strchr(from, '}') : NULL;
    if (end)
        return field_name(from + 1, (size_t)(end - from - 1), place->row);
    return g_strdup(text);
}
