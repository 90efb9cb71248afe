/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The layout file of the sheet (forms/sheet.conf) as records: fonts, styles, panels, boxes in mm. domain.md 5.3.
 *
 * A panel is one A4 page of the folded A3 sheet; a box is a rectangle of a panel with a style and a text that may hold {field}.
 * `rows` repeat a line of boxes; in them {*} and {course.*.name} stand for the number of the line. Lengths are mm, letters are points.
 *
 * Owns: everything below struct layout. Blocks: layout_read() reads one local file.
 */
#pragma once

#include "base/record.h"
#include "graduation/sheet_data.h"
#include "printing/sheet.h"

struct layout_font {
    char *name; /* as styles call it */
    char *file; /* OpenType file or collection */
    int64_t face;
};

enum layout_align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_JUSTIFY, ALIGN_SPREAD };
enum layout_valign { VALIGN_TOP, VALIGN_MIDDLE, VALIGN_BOTTOM };

struct layout_style {
    char *name, *font;
    char *size;    /* "10.5 7.5 9": wanted, least, least on one line before it is broken into several */
    char *lead;    /* line distance in em */
    char *spacing; /* pt added after each letter */
    char *pad;     /* mm kept free left and right */
    char *indent;  /* em, first line of a paragraph */
    int align, valign;
    /* From the texts above. */
    double wanted_pt, least_pt, one_line_pt, lead_em, spacing_pt, pad_mm, indent_em;
    const struct layout_font *face;
};

enum layout_kind { BOX_TEXT, BOX_PHOTO, BOX_QR };
enum layout_frame { FRAME_NONE, FRAME_THIN, FRAME_THICK, FRAME_UNDERLINE };

struct layout_box {
    char *name;  /* what an overflow is reported as; NULL = the first {field} of the text */
    char *at;    /* "x y w h" from the panel's corner */
    char *style; /* name; not for photo and qr without text */
    char *text;
    char *ruled; /* distance of lines drawn for handwriting when the text is empty; NULL = none */
    int kind, frame;
    double x_mm, y_mm, w_mm, h_mm, ruled_mm;
    const struct layout_style *look; /* NULL without a style */
};

struct layout_rows {
    int64_t first, count;
    char *step; /* "dx dy" from one line to the next */
    GPtrArray *boxes;
    double dx_mm, dy_mm;
};

struct layout_panel {
    char *name;
    int64_t side; /* 0, 1 */
    char *at;     /* "x y w h" on the sheet */
    GPtrArray *boxes, *rows;
    double x_mm, y_mm, w_mm, h_mm;
};

struct layout {
    char *title;  /* in the PDF's metadata */
    char *paper;  /* "420 297" */
    char *edge;   /* mm at the paper's edge a printer cannot reach */
    char *frames; /* "0.5 1.1": thin, thick, pt */
    GPtrArray *fonts, *styles, *panels;
    GPtrArray *fallback; /* names of fonts asked, in this order, for letters a style's own font lacks */
    double width_mm, height_mm, edge_mm, thin_pt, thick_pt;
};
extern const struct record_type layout_record;

/* NULL when there is no such font. */
const struct layout_font *layout_font(const struct layout *layout, const char *name);

/* A box where it stands on the sheet. */
struct layout_place {
    const struct layout_box *box;
    int row; /* number of its line; 0 outside rows */
    double x_mm, y_mm;
};
typedef void (*layout_place_fn)(const struct layout_place *place, gpointer data);
/* Calls `fn` for every box of a side, lines of rows one after the other. */
void layout_each(const struct layout *layout, int side, layout_place_fn fn, gpointer data);

/* The text of a place with data in it; data is never looked into for {…}. Newly allocated. */
char *layout_text(const struct layout_place *place, const struct sheet_data *data);
/* What an overflow of this place is called: "address", "resume.2.where". Newly allocated. */
char *layout_place_name(const struct layout_place *place);
