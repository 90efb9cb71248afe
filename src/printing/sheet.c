/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "printing/sheet.h"
#include "base/clock.h"
#include "base/settings.h"
#include "printing/seal.h"
#include "printing/sheet_paint.h"

#include <cairo-pdf.h>

#define SIDES     2
#define PT_PER_MM (72 / 25.4)

/* Everything a drawing needs, whatever it is drawn on. */
struct drawing {
    const struct layout *layout;
    struct sheet_data *data; /* with the seal */
    struct sheet_fonts *fonts;
    struct sheet_paint paint;
};

static struct sheet_data *sealed(const struct sheet_data *data)
{
    struct sheet_data *copy = record_copy(&sheet_data_record, data);
    if (*sheet_data_text(data, "seal"))
        return copy;
    struct sheet_value *value = record_new(&sheet_value_record);
    value->name = g_strdup("seal");
    value->text = seal_of(data);
    g_ptr_array_add(copy->values, value);
    return copy;
}

static void announce_text(const struct layout_place *place, gpointer data)
{
    struct drawing *drawing = data;
    if (!place->box->look)
        return;
    g_autofree char *text = layout_text(place, drawing->data);
    sheet_fonts_need(drawing->fonts, place->box->look, text);
}

/* NULL, or the key of what is wrong. Letters nobody can draw are listed in `missing`. */
static const char *drawing_open(struct drawing *drawing, const struct layout *layout, const struct sheet_data *data,
                                const char *output, GPtrArray *missing)
{
    g_autofree char *directory = g_path_get_dirname(output);
    drawing->layout = layout;
    drawing->data = sealed(data);
    drawing->fonts = sheet_fonts_new(layout, directory);
    for (int side = 0; side < SIDES; side++)
        layout_each(layout, side, announce_text, drawing);
    const char *problem = sheet_fonts_load(drawing->fonts);
    if (problem)
        return problem;
    sheet_fonts_missing(drawing->fonts, missing);
    drawing->paint = (struct sheet_paint){
        .layout = layout,
        .data = drawing->data,
        .typeset = typeset_new(drawing->fonts),
        .photo = data->photo ? sheet_photo_surface(data->photo) : NULL,
    };
    if (data->photo && !drawing->paint.photo)
        return "sheet.photo";
    return missing->len ? "sheet.missing" : NULL;
}

static void drawing_close(struct drawing *drawing)
{
    if (drawing->paint.photo)
        cairo_surface_destroy(drawing->paint.photo);
    typeset_free(drawing->paint.typeset);
    sheet_fonts_free(drawing->fonts);
    record_free(&sheet_data_record, drawing->data);
}

static cairo_status_t append(void *pdf, const unsigned char *bytes, unsigned n)
{
    g_byte_array_append(pdf, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

static void set_metadata(cairo_surface_t *surface, const struct layout *layout, const struct sheet_data *data)
{
    g_autofree char *created = clock_format(data->created_at);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, layout->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
}

static GByteArray *draw_pdf(struct drawing *drawing)
{
    const struct layout *layout = drawing->layout;
    GByteArray *pdf = g_byte_array_new();
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(append, pdf, layout->width_mm * PT_PER_MM, layout->height_mm * PT_PER_MM);
    set_metadata(surface, layout, drawing->paint.data);
    cairo_t *cr = cairo_create(surface);
    for (int side = 0; side < SIDES; side++) {
        sheet_paint_side(&drawing->paint, cr, side);
        cairo_show_page(cr);
    }
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    bool ok = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    if (!ok) /* out of memory: this process has only this job */
        g_error("the sheet could not be drawn");
    return pdf;
}

static const char *write_pdf(const GByteArray *pdf, const char *output, struct sheet_answer *answer)
{
    const GFileSetContentsFlags flags = G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE;
    if (!g_file_set_contents_full(output, (const char *)pdf->data, pdf->len, flags, 0600, NULL))
        return "sheet.disk";
    answer->pages = SIDES;
    answer->bytes = pdf->len;
    answer->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, pdf->data, pdf->len);
    return NULL;
}

struct sheet_answer *sheet_draw(const struct layout *layout, const struct sheet_data *data, const char *output)
{
    struct sheet_answer *answer = record_new(&sheet_answer_record);
    struct drawing drawing = {0};
    const char *problem = drawing_open(&drawing, layout, data, output, answer->missing);
    if (*sheet_data_text(data, "courses.left_out"))
        g_ptr_array_add(answer->overflow, g_strdup("courses"));
    if (!problem) {
        drawing.paint.overflow = answer->overflow;
        g_autoptr(GByteArray) pdf = draw_pdf(&drawing);
        problem = answer->overflow->len ? "sheet.overflow" : write_pdf(pdf, output, answer);
    }
    answer->problem = g_strdup(problem);
    drawing_close(&drawing);
    return answer;
}

static bool draw_png(const struct drawing *drawing, int side, double dpi, const char *png)
{
    const struct layout *layout = drawing->layout;
    double scale = dpi / 72;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(layout->width_mm * PT_PER_MM * scale + 0.5),
                                   (int)(layout->height_mm * PT_PER_MM * scale + 0.5));
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, scale, scale);
    sheet_paint_side(&drawing->paint, cr, side);
    cairo_destroy(cr);
    bool ok = cairo_surface_write_to_png(surface, png) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return ok;
}

bool sheet_preview(const struct layout *layout, const struct sheet_data *data, int side, double dpi, const char *png)
{
    g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) overflow = g_ptr_array_new_with_free_func(g_free);
    struct drawing drawing = {0};
    bool ok = !drawing_open(&drawing, layout, data, png, missing);
    drawing.paint.overflow = overflow;
    ok = ok && draw_png(&drawing, side, dpi, png);
    drawing_close(&drawing);
    return ok;
}

void *sheet_job(const void *request, struct helper_context *context)
{
    const struct sheet_request *wanted = request;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct layout *layout = layout_read(wanted->layout, faults);
    (void)context; /* a drawing has no steps to tell of */
    if (!layout) {
        struct sheet_answer *answer = record_new(&sheet_answer_record);
        answer->problem = g_strdup("sheet.layout");
        return answer;
    }
    struct sheet_answer *answer = sheet_draw(layout, wanted->data, wanted->output);
    layout_free(layout);
    return answer;
}
