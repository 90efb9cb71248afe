/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/sheet_data.h"

#include "graduation/id_number.h"

#include <string.h>

static const struct record_field sheet_value_fields[] = {
    {"name", RECORD_STRING, offsetof(struct sheet_value, name), .flags = RECORD_REQUIRED, .min = 1, .max = 60},
    {"text", RECORD_STRING, offsetof(struct sheet_value, text), .flags = RECORD_SECRET | RECORD_MULTILINE, .max = 1300},
};
const struct record_type sheet_value_record = RECORD_TYPE(sheet_value, sheet_value_fields);

static const struct record_field sheet_data_fields[] = {
    {"values", RECORD_MANY, offsetof(struct sheet_data, values), .max = 500, .type = &sheet_value_record},
    {"photo", RECORD_STRING, offsetof(struct sheet_data, photo), .max = 1000},
    {"form_version", RECORD_INTEGER, offsetof(struct sheet_data, form_version), .max = INT32_MAX},
    {"created_at", RECORD_TIME, offsetof(struct sheet_data, created_at)},
};
const struct record_type sheet_data_record = RECORD_TYPE(sheet_data, sheet_data_fields);

/*
 * The few fixed words of the printed form (R41, R42, domain.md 5.3). They are part of its format, like the names of
 * its fields; sentences for people live in forms/.
 */
#define WORD_NONE    "无"
#define FAMILY_LINE  "家庭主要成员姓名:%s、工作单位:%s、职务:%s"
#define AWARDS_LINE  "奖励:%s、处分:%s"
#define MAJOR_FORMAT "%s（%s）"

#define REMARK_GIVEN       "顶替13000"
#define REMARK_SUBSTITUTED "课程顶替"
#define REMARK_EXEMPT      "免考"
#define REMARK_PRACTICE    "实践"
static const char *const source_remarks[] = {
    [RESULT_RECORDED] = NULL,
    [RESULT_EXEMPTION] = REMARK_EXEMPT,
    [RESULT_OLD_PLAN] = "旧计划",
    [RESULT_PRACTICE_CARD] = REMARK_PRACTICE,
};

/* ---------------------------------------------------------------- values */

/* Takes `text`. */
static void put_owned(struct sheet_data *data, char *name, char *text)
{
    struct sheet_value *value = record_new(&sheet_value_record);
    value->name = name;
    value->text = text;
    g_ptr_array_add(data->values, value);
}

static void put(struct sheet_data *data, const char *name, const char *text)
{
    put_owned(data, g_strdup(name), g_strdup(text ? text : ""));
}

static void put_number(struct sheet_data *data, const char *name, int64_t number)
{
    put_owned(data, g_strdup(name), g_strdup_printf("%" G_GINT64_FORMAT, number));
}

static void put_cell(struct sheet_data *data, const char *list, guint row, const char *column, const char *text)
{
    put_owned(data, g_strdup_printf("%s.%u.%s", list, row, column), g_strdup(text ? text : ""));
}

static void put_cell_number(struct sheet_data *data, const char *list, guint row, const char *column, int64_t number)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);
    put_cell(data, list, row, column, text);
}

/* "2012-07-01" → "2012年07月01日", newly allocated; anything else as it is. */
static char *long_date(const char *iso)
{
    if (!iso || strlen(iso) != strlen("2012-07-01"))
        return g_strdup(iso ? iso : "");
    return g_strdup_printf("%.4s年%.2s月%.2s日", iso, iso + 5, iso + 8);
}

static const char *or_none(const char *text)
{
    return text && *text ? text : WORD_NONE;
}

/* ---------------------------------------------------------------- pages 1 to 3 */

static void put_candidate(struct sheet_data *data, const struct candidate *candidate)
{
    put(data, "name", candidate->name);
    put(data, "sex", sex_words[candidate->sex]);
    put(data, "id_no", candidate->id_no);
    put(data, "exam_no", candidate->exam_no);
}

static void put_item(struct sheet_data *data, const struct application *application,
                     const struct application_item *item, const struct code_tables *tables)
{
    put_owned(data, g_strdup("major"), g_strdup_printf(MAJOR_FORMAT, item->name, plan_level_words[item->level]));
    put(data, "school", item->school);
    put_owned(data, g_strdup("county"), code_county_name(tables, application->county));
    put(data, "batch", application->batch);
}

/* 群众, 共青团员: the short form, as people write it. */
static const char *political_name(const struct code_tables *tables, const char *code)
{
    const struct code_entry *entry = code_find(tables, CODE_POLITICAL, code);
    return entry && entry->abbreviation ? entry->abbreviation : code_name(tables, CODE_POLITICAL, code);
}

static void put_form(struct sheet_data *data, const struct registration_form *form, const struct code_tables *tables)
{
    put_number(data, "form_version", form->version);
    put(data, "ethnicity", code_name(tables, CODE_ETHNIC, form->ethnicity));
    put(data, "occupation", code_name(tables, CODE_OCCUPATION, form->occupation));
    put(data, "political_status", political_name(tables, form->political_status));
    put(data, "mobile", form->mobile);
    put(data, "education", code_name(tables, CODE_EDUCATION, form->education));
    put(data, "health", code_name(tables, CODE_HEALTH, form->health));
    put_owned(data, g_strdup("work_since"), form->work_since ? long_date(form->work_since) : g_strdup(WORD_NONE));
    put(data, "overseas_relations", form->overseas_relations ? "是" : "否");
    put(data, "native_place", form->native_place);
    put(data, "employer", form->employer);
    put(data, "address", form->address);
    put_owned(data, g_strdup("awards"), g_strdup_printf(AWARDS_LINE, or_none(form->awards), or_none(form->penalties)));
    put(data, "self_evaluation", form->self_evaluation);
}

static void put_resume(struct sheet_data *data, const GPtrArray *resume)
{
    for (guint i = 0; i < resume->len; i++) {
        const struct resume_row *row = g_ptr_array_index(resume, i);
        g_autofree char *from = long_date(row->from);
        g_autofree char *to = long_date(row->to);
        put_cell(data, "resume", i + 1, "from", from);
        put_cell(data, "resume", i + 1, "to", to);
        put_cell(data, "resume", i + 1, "where", row->where);
    }
}

static void put_family(struct sheet_data *data, const GPtrArray *family)
{
    GString *lines = g_string_new(NULL);
    for (guint i = 0; i < family->len; i++) {
        const struct family_row *row = g_ptr_array_index(family, i);
        if (!row->name || !*row->name)
            continue;
        g_string_append_printf(lines, "%s" FAMILY_LINE, lines->len > 0 ? "\n" : "", row->name, or_none(row->employer),
                               or_none(row->position));
    }
    put_owned(data, g_strdup("family"), g_string_free(lines, FALSE));
}

/* ---------------------------------------------------------------- page 4: courses */

static bool is_printed(const struct eligibility_course *course)
{
    return course->state == COURSE_PASSED || course->state == COURSE_EXEMPT || course->state == COURSE_SUBSTITUTED ||
           course->state == COURSE_CONSUMED || course->state == COURSE_ADDED;
}

/* What was given for English first: that is what an office looks for when it adds up the credits. */
static const char *remark_of(const struct eligibility_course *course)
{
    if (course->state == COURSE_CONSUMED)
        return REMARK_GIVEN;
    if (course->state == COURSE_SUBSTITUTED)
        return REMARK_SUBSTITUTED;
    if (source_remarks[course->source])
        return source_remarks[course->source];
    if (course->state == COURSE_EXEMPT)
        return REMARK_EXEMPT;
    return course->type == COURSE_PRACTICE ? REMARK_PRACTICE : "";
}

struct course_rows {
    struct sheet_data *data;
    guint used; /* rows so far, also those that have no place */
};

/* The next row's number, 0 when the table is full. */
static guint next_row(struct course_rows *rows)
{
    rows->used++;
    return rows->used <= SHEET_COURSES ? rows->used : 0;
}

static void put_course(struct course_rows *rows, const struct eligibility_course *course)
{
    guint row = next_row(rows);
    if (row == 0)
        return;
    put_cell_number(rows->data, "course", row, "no", row);
    put_cell(rows->data, "course", row, "code", course->code);
    put_cell(rows->data, "course", row, "name", course->name);
    put_cell_number(rows->data, "course", row, "credits", course->credits);
    if (course->score >= 0)
        put_cell_number(rows->data, "course", row, "score", course->score);
    put_cell(rows->data, "course", row, "passed_on", course->passed_on);
    put_cell(rows->data, "course", row, "remark", remark_of(course));
}

/* A course of paper (红卡, 实践课考核卡) that passes no row of the plan: its original is handed in, so it is listed. */
static void put_added(struct course_rows *rows, const struct added_course *added,
                      const struct eligibility_course *planned)
{
    guint row = next_row(rows);
    if (row == 0)
        return;
    put_cell_number(rows->data, "course", row, "no", row);
    put_cell(rows->data, "course", row, "code", added->code);
    put_cell(rows->data, "course", row, "name", added->name);
    if (planned && planned->credits > 0)
        put_cell_number(rows->data, "course", row, "credits", planned->credits);
    put_cell_number(rows->data, "course", row, "score", added->score);
    put_cell(rows->data, "course", row, "passed_on", added->passed_on);
    put_cell(rows->data, "course", row, "remark", source_remarks[RESULT_EXEMPTION + added->reason]);
}

static bool is_of(const struct eligibility_course *course, const char *code)
{
    return strcmp(course->code, code) == 0 || g_strcmp0(course->passed_as, code) == 0;
}

/* The course that this code stands for: printed before not printed. */
static const struct eligibility_course *judged_of(const struct eligibility *eligibility, const char *code)
{
    const struct eligibility_course *any = NULL;
    for (guint i = 0; i < eligibility->courses->len; i++) {
        const struct eligibility_course *course = g_ptr_array_index(eligibility->courses, i);
        if (is_of(course, code) && (!any || !is_printed(any)))
            any = course;
    }
    return any;
}

static void put_courses(struct sheet_data *data, const struct application *application,
                        const struct eligibility *eligibility)
{
    struct course_rows rows = {.data = data};
    for (guint i = 0; i < eligibility->courses->len; i++) {
        const struct eligibility_course *course = g_ptr_array_index(eligibility->courses, i);
        if (is_printed(course))
            put_course(&rows, course);
    }
    for (guint i = 0; i < application->added_courses->len; i++) {
        const struct added_course *added = g_ptr_array_index(application->added_courses, i);
        const struct eligibility_course *judged = judged_of(eligibility, added->code);
        if (!judged || !is_printed(judged))
            put_added(&rows, added, judged);
    }
    if (rows.used > SHEET_COURSES)
        put_number(data, "courses.left_out", rows.used - SHEET_COURSES);
    put_number(data, "total.courses", eligibility->totals->courses);
    put_number(data, "total.credits", eligibility->totals->credits);
}

/* ---------------------------------------------------------------- */

struct sheet_data *sheet_data_new(const struct candidate *candidate, const struct application *application,
                                  const struct registration_form *form, const struct eligibility *eligibility,
                                  const struct application_item *item, const struct code_tables *tables)
{
    struct sheet_data *data = record_new(&sheet_data_record);
    put_candidate(data, candidate);
    if (item)
        put_item(data, application, item, tables);
    put_form(data, form, tables);
    put_resume(data, form->resume);
    put_family(data, form->family);
    if (eligibility)
        put_courses(data, application, eligibility);
    data->form_version = form->version;
    return data;
}

const char *sheet_data_text(const struct sheet_data *data, const char *name)
{
    for (guint i = 0; i < data->values->len; i++) {
        const struct sheet_value *value = g_ptr_array_index(data->values, i);
        if (strcmp(value->name, name) == 0)
            return value->text ? value->text : "";
    }
    return "";
}
