/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "printing/sheet_paint.h"
#include "intake/print_photo.h"

#include <qrencode.h>

#define PT_PER_MM    (72 / 25.4)
#define PHOTO_WIDTH  480 /* pixels: 30 × 40 mm at 400 dpi, the size the register wants (domain.md 7) */
#define PHOTO_HEIGHT 640
#define QR_QUIET     4   /* modules kept white around a code */
#define INSET_MM     0.5 /* text keeps this far above and below from its frame */

struct painter {
    const struct sheet_paint *paint;
    cairo_t *cr;
};

static struct typeset_box place_box(const struct layout_place *place)
{
    return (struct typeset_box){
        .x = place->x_mm * PT_PER_MM,
        .y = place->y_mm * PT_PER_MM,
        .w = place->box->w_mm * PT_PER_MM,
        .h = place->box->h_mm * PT_PER_MM,
    };
}

static void paint_frame(const struct painter *painter, const struct typeset_box *at, enum layout_frame frame)
{
    const struct layout *layout = painter->paint->layout;
    if (frame == FRAME_NONE)
        return;
    cairo_set_line_width(painter->cr, frame == FRAME_THICK ? layout->thick_pt : layout->thin_pt);
    if (frame == FRAME_UNDERLINE) {
        cairo_move_to(painter->cr, at->x, at->y + at->h);
        cairo_rel_line_to(painter->cr, at->w, 0);
    } else {
        cairo_rectangle(painter->cr, at->x, at->y, at->w, at->h);
    }
    cairo_stroke(painter->cr);
}

/* Lines to write on by hand (R38). */
static void paint_ruled(const struct painter *painter, const struct layout_place *place, const struct typeset_box *at)
{
    double step = place->box->ruled_mm * PT_PER_MM;
    double pad = place->box->look ? place->box->look->pad_mm * PT_PER_MM : 0;
    cairo_set_line_width(painter->cr, painter->paint->layout->thin_pt);
    for (double y = at->y + step; y < at->y + at->h + 0.1; y += step) {
        cairo_move_to(painter->cr, at->x + pad, y);
        cairo_rel_line_to(painter->cr, at->w - 2 * pad, 0);
    }
    cairo_stroke(painter->cr);
}

static void paint_text(const struct painter *painter, const struct layout_place *place, const char *text)
{
    const struct sheet_paint *paint = painter->paint;
    struct typeset_box at = place_box(place);
    double inset = place->box->frame == FRAME_NONE ? 0 : INSET_MM * PT_PER_MM;
    at.y += inset;
    at.h -= 2 * inset;
    if (!*text && place->box->ruled_mm > 0)
        paint_ruled(painter, place, &at);
    else if (*text && place->box->look && !typeset_draw(paint->typeset, painter->cr, place->box->look, text, &at))
        g_ptr_array_add(paint->overflow, layout_place_name(place));
}

/* Fills the box; what the shapes differ by is cut from the picture's edges. */
static void paint_photo(const struct painter *painter, const struct layout_place *place)
{
    cairo_surface_t *photo = painter->paint->photo;
    struct typeset_box at = place_box(place);
    double w = cairo_image_surface_get_width(photo), h = cairo_image_surface_get_height(photo);
    double scale = MAX(at.w / w, at.h / h);
    cairo_save(painter->cr);
    cairo_rectangle(painter->cr, at.x, at.y, at.w, at.h);
    cairo_clip(painter->cr);
    cairo_translate(painter->cr, at.x + (at.w - w * scale) / 2, at.y + (at.h - h * scale) / 2);
    cairo_scale(painter->cr, scale, scale);
    cairo_set_source_surface(painter->cr, photo, 0, 0);
    cairo_paint(painter->cr);
    cairo_restore(painter->cr);
}

static void paint_modules(const struct painter *painter, const QRcode *code, const struct typeset_box *at)
{
    double module = MIN(at->w, at->h) / (code->width + 2 * QR_QUIET);
    for (int y = 0; y < code->width; y++)
        for (int x = 0, end; x < code->width; x = end + 1) {
            const unsigned char *row = code->data + y * code->width;
            for (end = x; end < code->width && row[end] & 1; end++)
                ;
            if (end > x)
                cairo_rectangle(painter->cr, at->x + (x + QR_QUIET) * module, at->y + (y + QR_QUIET) * module,
                                (end - x) * module, module);
        }
    cairo_fill(painter->cr);
}

/* Level Q: as small as M for this length, and survives a quarter of dirt. */
static void paint_qr(const struct painter *painter, const struct layout_place *place, const char *text)
{
    struct typeset_box at = place_box(place);
    QRcode *code = *text ? QRcode_encodeString(text, 0, QR_ECLEVEL_Q, QR_MODE_8, 1) : NULL;
    if (code)
        paint_modules(painter, code, &at);
    else if (*text) /* more than any code holds */
        g_ptr_array_add(painter->paint->overflow, layout_place_name(place));
    QRcode_free(code);
}

static void paint_place(const struct layout_place *place, gpointer data)
{
    const struct painter *painter = data;
    const struct typeset_box at = place_box(place);
    g_autofree char *text = layout_text(place, painter->paint->data);
    paint_frame(painter, &at, (enum layout_frame)place->box->frame);
    if (place->box->kind == BOX_QR)
        paint_qr(painter, place, text);
    else if (place->box->kind == BOX_PHOTO && painter->paint->photo)
        paint_photo(painter, place);
    else
        paint_text(painter, place, text);
}

void sheet_paint_side(const struct sheet_paint *paint, cairo_t *cr, int side)
{
    struct painter painter = {paint, cr};
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_SQUARE);
    layout_each(paint->layout, side, paint_place, &painter);
}

static void unref_bytes(void *bytes)
{
    g_bytes_unref(bytes);
}

static void copy_pixels(cairo_surface_t *surface, const struct print_photo *photo)
{
    unsigned char *pixels = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    cairo_surface_flush(surface);
    for (int y = 0; y < photo->height; y++) {
        guint32 *row = (guint32 *)(void *)(pixels + (ptrdiff_t)y * stride);
        const unsigned char *rgb = photo->rgb + (ptrdiff_t)y * photo->width * 3;
        for (int x = 0; x < photo->width; x++, rgb += 3)
            row[x] = (guint32)rgb[0] << 16 | (guint32)rgb[1] << 8 | rgb[2];
    }
    cairo_surface_mark_dirty(surface);
}

cairo_surface_t *sheet_photo_surface(const char *path)
{
    struct print_photo *photo = print_photo_read(path, PHOTO_WIDTH, PHOTO_HEIGHT);
    if (!photo)
        return NULL;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, photo->width, photo->height);
    copy_pixels(surface, photo);
    gsize n;
    const unsigned char *jpeg = g_bytes_get_data(photo->jpeg, &n);
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, jpeg, n, unref_bytes, photo->jpeg) ==
        CAIRO_STATUS_SUCCESS)
        g_bytes_ref(photo->jpeg);
    print_photo_free(photo);
    return surface;
}
