/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "printing/layout_check.h"
#include "base/settings.h"

#include <string.h>

struct check {
    struct layout *layout;
    const char *file, *source;
    const char *scope; /* in the source, where the group being looked at begins */
    GPtrArray *faults;
};

/* Names a text may hold in {…}; '*' is the number of a line. graduation/sheet_data.h. */
/* clang-format off */
static const char *const known_fields[] = {
    "name", "sex", "ethnicity", "id_no", "exam_no", "political_status", "health", "education", "occupation",
    "work_since", "overseas_relations", "mobile", "native_place", "employer", "address", "major", "school",
    "county", "batch", "family", "awards", "self_evaluation", "total.courses", "total.credits", "form_version",
    "seal", "resume.*.from", "resume.*.to", "resume.*.where", "course.*.no", "course.*.code", "course.*.name",
    "course.*.credits", "course.*.score", "course.*.passed_on", "course.*.remark",
};
/* clang-format on */

/* The line where `text` stands first at or after the scope; records do not know their lines. */
static unsigned line_of(const struct check *check, const char *text)
{
    g_autofree char *quoted = g_strdup_printf("\"%s\"", text);
    const char *found = strstr(check->scope, quoted);
    unsigned line = 1;
    for (const char *at = check->source; at < (found ? found : check->scope); at++)
        line += *at == '\n';
    return line;
}

static void fault(const struct check *check, const char *where, const char *format, ...) G_GNUC_PRINTF(3, 4);
static void fault(const struct check *check, const char *where, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *sentence = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    settings_fault(check->faults, check->file, line_of(check, where), "%s", sentence);
}

/* "20 30 40" into `ret`; the number of numbers, or -1 when it is something else. */
static int numbers(const char *text, double *ret, int max)
{
    int n = 0;
    for (const char *at = text; *at;) {
        char *end;
        double value = g_ascii_strtod(at, &end);
        if (end == at || n == max || value < -1000 || value > 1000)
            return -1;
        ret[n++] = value;
        at = end + strspn(end, " ");
    }
    return n;
}

static bool read_numbers(const struct check *check, const char *text, double *ret, int n)
{
    if (numbers(text, ret, n) == n)
        return true;
    static const char *const wanted[] = {"", "a number", "two numbers", "three numbers", "four numbers: x y w h"};
    fault(check, text, "\"%s\" is not %s", text, wanted[n]);
    return false;
}

/* A group begins where its name or place stands; faults in it are looked for from there. */
static void enter(struct check *check, const char *text)
{
    g_autofree char *quoted = g_strdup_printf("\"%s\"", text);
    const char *found = strstr(check->scope, quoted);
    if (found)
        check->scope = found;
}

static void resolve_style(struct check *check, struct layout_style *style)
{
    double size[3];
    enter(check, style->name);
    int n = numbers(style->size, size, 3);
    if (n < 1 || size[0] < 4 || size[0] > 72 || (n > 1 && (size[1] > size[0] || size[1] < 4)))
        fault(check, style->size, "\"%s\" is not \"size least one-line\" in points, 4 to 72", style->size);
    else {
        style->wanted_pt = size[0];
        style->least_pt = n > 1 ? size[1] : size[0];
        style->one_line_pt = n > 2 ? size[2] : style->least_pt;
    }
    read_numbers(check, style->lead, &style->lead_em, 1);
    read_numbers(check, style->spacing, &style->spacing_pt, 1);
    read_numbers(check, style->pad, &style->pad_mm, 1);
    read_numbers(check, style->indent, &style->indent_em, 1);
    style->face = layout_font(check->layout, style->font);
    if (!style->face)
        fault(check, style->font, "there is no font \"%s\"", style->font);
}

static const struct layout_style *style_find(const struct layout *layout, const char *name)
{
    for (guint i = 0; i < layout->styles->len; i++) {
        const struct layout_style *style = layout->styles->pdata[i];
        if (g_str_equal(style->name, name))
            return style;
    }
    return NULL;
}

static bool field_known(const char *name, size_t n, bool in_rows)
{
    if (in_rows && n == 1 && *name == '*')
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(known_fields); i++) {
        bool rows = strchr(known_fields[i], '*') != NULL;
        if (strlen(known_fields[i]) == n && strncmp(known_fields[i], name, n) == 0)
            return in_rows || !rows;
    }
    return false;
}

static void check_fields(const struct check *check, const struct layout_box *box, bool in_rows)
{
    for (const char *at = box->text ? box->text : ""; (at = strchr(at, '{')) != NULL;) {
        const char *end = strchr(at, '}');
        if (!end) {
            fault(check, box->at, "a { without its } in \"%s\"", box->text);
            return;
        }
        if (!field_known(at + 1, (size_t)(end - at - 1), in_rows)) {
            fault(check, box->at, "there is no field {%.*s}", (int)(end - at - 1), at + 1);
        }
        at = end + 1;
    }
}

static bool read_place(const struct check *check, const char *text, double *x, double *y, double *w, double *h)
{
    double at[4];
    if (!read_numbers(check, text, at, 4))
        return false;
    *x = at[0], *y = at[1], *w = at[2], *h = at[3];
    if (*w > 0 && *h > 0)
        return true;
    fault(check, text, "\"%s\" has no width or no height", text);
    return false;
}

#define SLACK_MM 0.01

static void resolve_box(struct check *check, struct layout_box *box, const struct layout_panel *panel,
                        const struct layout_rows *rows)
{
    enter(check, box->at);
    if (!read_place(check, box->at, &box->x_mm, &box->y_mm, &box->w_mm, &box->h_mm))
        return;
    double dx = rows ? rows->dx_mm * (double)(rows->count - 1) : 0;
    double dy = rows ? rows->dy_mm * (double)(rows->count - 1) : 0;
    double left = box->x_mm + MIN(dx, 0), right = box->x_mm + box->w_mm + MAX(dx, 0);
    double top = box->y_mm + MIN(dy, 0), bottom = box->y_mm + box->h_mm + MAX(dy, 0);
    if (left < -SLACK_MM || top < -SLACK_MM || right > panel->w_mm + SLACK_MM || bottom > panel->h_mm + SLACK_MM)
        fault(check, box->at, "the box \"%s\" is outside its panel", box->at);
    if (box->ruled && read_numbers(check, box->ruled, &box->ruled_mm, 1) && box->ruled_mm < 3)
        fault(check, box->at, "ruled lines %s mm apart are too near", box->ruled);
    if (box->style && !(box->look = style_find(check->layout, box->style)))
        fault(check, box->at, "there is no style \"%s\"", box->style);
    if (!box->style && box->text && box->kind == BOX_TEXT)
        fault(check, box->at, "the text \"%s\" has no style", box->text);
    if (box->kind == BOX_QR && MIN(box->w_mm, box->h_mm) < 22)
        fault(check, box->at, "the code \"%s\" is smaller than 22 mm and may not be read", box->at);
    check_fields(check, box, rows != NULL);
}

static void resolve_rows(struct check *check, struct layout_rows *rows, const struct layout_panel *panel)
{
    double step[2];
    enter(check, rows->step);
    if (read_numbers(check, rows->step, step, 2)) {
        rows->dx_mm = step[0];
        rows->dy_mm = step[1];
    }
    for (guint i = 0; i < rows->boxes->len; i++)
        resolve_box(check, rows->boxes->pdata[i], panel, rows);
}

static void resolve_panel(struct check *check, struct layout_panel *panel)
{
    const struct layout *layout = check->layout;
    enter(check, panel->name);
    if (!read_place(check, panel->at, &panel->x_mm, &panel->y_mm, &panel->w_mm, &panel->h_mm))
        return;
    double edge = layout->edge_mm - SLACK_MM;
    if (panel->x_mm < edge || panel->y_mm < edge || panel->x_mm + panel->w_mm > layout->width_mm - edge ||
        panel->y_mm + panel->h_mm > layout->height_mm - edge)
        fault(check, panel->at, "the panel \"%s\" reaches where a printer cannot", panel->name);
    const char *start = check->scope;
    for (guint i = 0; i < panel->boxes->len; i++)
        resolve_box(check, panel->boxes->pdata[i], panel, NULL);
    for (guint i = 0; i < panel->rows->len; i++) {
        check->scope = start;
        resolve_rows(check, panel->rows->pdata[i], panel);
    }
    check->scope = start;
}

static void resolve_sheet(struct check *check)
{
    struct layout *layout = check->layout;
    double pair[2];
    if (read_numbers(check, layout->paper, pair, 2)) {
        layout->width_mm = pair[0];
        layout->height_mm = pair[1];
    }
    if (read_numbers(check, layout->frames, pair, 2)) {
        layout->thin_pt = pair[0];
        layout->thick_pt = pair[1];
    }
    read_numbers(check, layout->edge, &layout->edge_mm, 1);
    for (guint i = 0; i < layout->fallback->len; i++) {
        const char *name = layout->fallback->pdata[i];
        if (!layout_font(layout, name))
            fault(check, name, "there is no font \"%s\"", name);
    }
}

void layout_resolve(struct layout *layout, const char *file, const char *source, GPtrArray *faults)
{
    struct check check = {layout, file, source, source, faults};
    resolve_sheet(&check);
    for (guint i = 0; i < layout->styles->len; i++)
        resolve_style(&check, layout->styles->pdata[i]);
    for (guint i = 0; i < layout->panels->len; i++)
        resolve_panel(&check, layout->panels->pdata[i]);
}

struct layout *layout_read(const char *path, GPtrArray *faults)
{
    struct layout *layout = settings_read(&layout_record, path, faults);
    if (!layout)
        return NULL;
    g_autofree char *source = NULL;
    guint before = faults->len;
    if (!g_file_get_contents(path, &source, NULL, NULL)) /* settings_read() just did, with its limit */
        settings_fault(faults, path, 1, "cannot be read");
    else
        layout_resolve(layout, path, source, faults);
    if (faults->len == before)
        return layout;
    layout_free(layout);
    return NULL;
}
