/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "printing/typeset.h"

#define PT_PER_MM   (72 / 25.4)
#define STEP_PT     0.25
#define HANZI_AXIS  0.38 /* of the em: middle of a hanzi above its baseline, in Noto and HanaMin alike */
#define ROUNDING_PT 0.01

struct typeset {
    const struct sheet_fonts *fonts;
    PangoContext *context;
};

/* Widths must not depend on the surface: what fits in the preview fits on paper. */
static void use_ideal_metrics(PangoContext *context)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72); /* 1 unit = 1 pt */
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("zh-cn"));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
}

struct typeset *typeset_new(const struct sheet_fonts *fonts)
{
    struct typeset *typeset = g_new0(struct typeset, 1);
    typeset->fonts = fonts;
    typeset->context = pango_font_map_create_context(sheet_fonts_map(fonts));
    use_ideal_metrics(typeset->context);
    return typeset;
}

void typeset_free(struct typeset *typeset)
{
    if (!typeset)
        return;
    g_object_unref(typeset->context);
    g_free(typeset);
}

/* One text on its way to a size. */
struct setting {
    const struct layout_style *style;
    PangoLayout *layout;
    PangoFontDescription *font;
    double w, h, size;
};

static void add_attributes(PangoLayout *layout, const struct layout_style *style)
{
    PangoAttrList *list = pango_attr_list_new();
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE)); /* a long number must not get a "-" */
    if (style->spacing_pt > 0)
        pango_attr_list_insert(list, pango_attr_letter_spacing_new((int)(style->spacing_pt * PANGO_SCALE)));
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

static void setting_init(struct setting *setting, struct typeset *typeset, const struct layout_style *style,
                         const char *text, double w, double h)
{
    PangoLayout *layout = pango_layout_new(typeset->context);
    bool spread = style->align == ALIGN_SPREAD;
    *setting = (struct setting){
        .style = style,
        .layout = layout,
        .font = sheet_fonts_describe(typeset->fonts, style),
        .w = MAX(w - 2 * style->pad_mm * PT_PER_MM, 1),
        .h = h,
    };
    add_attributes(layout, style);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_justify(layout, spread || style->align == ALIGN_JUSTIFY);
    pango_layout_set_justify_last_line(layout, spread);
    pango_layout_set_text(layout, text, -1);
}

static void setting_clear(struct setting *setting)
{
    pango_font_description_free(setting->font);
    g_object_unref(setting->layout);
}

static void apply_size(struct setting *setting, double size)
{
    setting->size = size;
    pango_font_description_set_absolute_size(setting->font, size * PANGO_SCALE);
    pango_layout_set_font_description(setting->layout, setting->font);
    pango_layout_set_indent(setting->layout, (int)(setting->style->indent_em * size * PANGO_SCALE));
    pango_layout_set_width(setting->layout, (int)(setting->w * PANGO_SCALE));
}

static double lead_pt(const struct setting *setting)
{
    return setting->style->lead_em * setting->size;
}

/* A single line needs its letters' height only. */
static double height_pt(const struct setting *setting)
{
    int lines = pango_layout_get_line_count(setting->layout);
    return (lines - 1) * lead_pt(setting) + MIN(lead_pt(setting), 1.1 * setting->size);
}

/* Tries the sizes from the wanted one down; most_lines 0 = as many as it takes. */
static bool try_sizes(struct setting *setting, double least, int most_lines)
{
    for (double size = setting->style->wanted_pt; size > least - ROUNDING_PT; size -= STEP_PT) {
        apply_size(setting, size);
        bool lines_ok = most_lines == 0 || pango_layout_get_line_count(setting->layout) <= most_lines;
        if (lines_ok && height_pt(setting) <= setting->h + ROUNDING_PT)
            return true;
    }
    return false;
}

static int paragraph_count(const char *text)
{
    int n = 1;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

/* Lines of about the same length: the narrowest width on which a centred text still has as few. */
static void balance(struct setting *setting)
{
    int lines = pango_layout_get_line_count(setting->layout);
    if (setting->style->align != ALIGN_CENTER || lines < 2)
        return;
    double wide = setting->w, narrow = 0;
    while (wide - narrow > 1) {
        double w = (wide + narrow) / 2;
        pango_layout_set_width(setting->layout, (int)(w * PANGO_SCALE));
        if (pango_layout_get_line_count(setting->layout) > lines)
            narrow = w;
        else
            wide = w;
    }
    pango_layout_set_width(setting->layout, (int)(wide * PANGO_SCALE));
}

/* A name broken for the sake of a quarter point leaves a lone letter on its second line: first smaller, then broken. */
static bool fit(struct setting *setting)
{
    int paragraphs = paragraph_count(pango_layout_get_text(setting->layout));
    return try_sizes(setting, setting->style->one_line_pt, paragraphs) ||
           try_sizes(setting, setting->style->least_pt, 0);
}

static double line_x(const struct setting *setting, PangoLayoutLine *line, bool first)
{
    PangoRectangle logical;
    pango_layout_line_get_extents(line, NULL, &logical);
    double free_pt = setting->w - (double)logical.width / PANGO_SCALE;
    /* The space after the last letter of a spaced text is not seen. */
    double unseen = setting->style->spacing_pt;
    switch ((enum layout_align)setting->style->align) {
    case ALIGN_CENTER:
        return (free_pt + unseen) / 2;
    case ALIGN_RIGHT:
        return free_pt + unseen;
    default:
        return first ? setting->style->indent_em * setting->size : 0;
    }
}

static double top_pt(const struct setting *setting)
{
    double used = pango_layout_get_line_count(setting->layout) * lead_pt(setting);
    switch ((enum layout_valign)setting->style->valign) {
    case VALIGN_MIDDLE:
        return (setting->h - used) / 2;
    case VALIGN_BOTTOM:
        return setting->h - used;
    default:
        return 0;
    }
}

static void show_lines(const struct setting *setting, cairo_t *cr, double x, double y)
{
    for (int i = 0, n = pango_layout_get_line_count(setting->layout); i < n; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(setting->layout, i);
        double baseline = (i + 0.5) * lead_pt(setting) + HANZI_AXIS * setting->size;
        cairo_move_to(cr, x + line_x(setting, line, line->is_paragraph_start), y + baseline);
        pango_cairo_show_layout_line(cr, line);
    }
}

bool typeset_draw(struct typeset *typeset, cairo_t *cr, const struct layout_style *style, const char *text,
                  const struct typeset_box *box)
{
    struct setting setting;
    setting_init(&setting, typeset, style, text, box->w, box->h);
    bool fits = fit(&setting);
    balance(&setting);
    cairo_save(cr);
    if (!fits) {
        cairo_rectangle(cr, box->x, box->y, box->w, box->h);
        cairo_clip(cr);
    }
    show_lines(&setting, cr, box->x + style->pad_mm * PT_PER_MM, box->y + top_pt(&setting));
    cairo_restore(cr);
    setting_clear(&setting);
    return fits;
}

double typeset_size(struct typeset *typeset, const struct layout_style *style, const char *text, double w, double h)
{
    struct setting setting;
    setting_init(&setting, typeset, style, text, w, h);
    double size = fit(&setting) ? setting.size : 0;
    setting_clear(&setting);
    return size;
}
