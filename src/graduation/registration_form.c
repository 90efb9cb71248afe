/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/registration_form.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

static const struct record_field resume_row_fields[] = {
    {"from", RECORD_STRING, offsetof(struct resume_row, from), .flags = RECORD_SECRET, .max = 10},
    {"to", RECORD_STRING, offsetof(struct resume_row, to), .flags = RECORD_SECRET, .max = 10},
    {"where", RECORD_STRING, offsetof(struct resume_row, where), .flags = RECORD_SECRET, .max = 60},
};
const struct record_type resume_row_record = RECORD_TYPE(resume_row, resume_row_fields);

static const struct record_field family_row_fields[] = {
    {"name", RECORD_STRING, offsetof(struct family_row, name), .flags = RECORD_SECRET, .max = 60},
    {"employer", RECORD_STRING, offsetof(struct family_row, employer), .flags = RECORD_SECRET, .max = 60},
    {"position", RECORD_STRING, offsetof(struct family_row, position), .flags = RECORD_SECRET, .max = 40},
};
const struct record_type family_row_record = RECORD_TYPE(family_row, family_row_fields);

/* Wider than registration_form_check() allows, so that it can tell what is wrong instead of the reader of the record. */
static const struct record_field registration_form_fields[] = {
    {"version", RECORD_INTEGER, offsetof(struct registration_form, version), .max = INT32_MAX},
    {"ethnicity", RECORD_STRING, offsetof(struct registration_form, ethnicity), .flags = RECORD_SECRET, .max = 12},
    {"occupation", RECORD_STRING, offsetof(struct registration_form, occupation), .flags = RECORD_SECRET, .max = 40},
    {"political_status", RECORD_STRING, offsetof(struct registration_form, political_status), .flags = RECORD_SECRET,
     .max = 12},
    {"mobile", RECORD_STRING, offsetof(struct registration_form, mobile), .flags = RECORD_SECRET, .max = 20},
    {"education", RECORD_STRING, offsetof(struct registration_form, education), .flags = RECORD_SECRET, .max = 12},
    {"health", RECORD_STRING, offsetof(struct registration_form, health), .flags = RECORD_SECRET, .max = 12},
    {"work_since", RECORD_STRING, offsetof(struct registration_form, work_since), .flags = RECORD_SECRET, .max = 10},
    /* Yes or no has no default (domain.md 2.14): who leaves it out is told so. */
    {"overseas_relations", RECORD_BOOLEAN, offsetof(struct registration_form, overseas_relations),
     .flags = RECORD_REQUIRED},
    {"native_place", RECORD_STRING, offsetof(struct registration_form, native_place), .flags = RECORD_SECRET,
     .max = 40},
    {"employer", RECORD_STRING, offsetof(struct registration_form, employer), .flags = RECORD_SECRET, .max = 60},
    {"address", RECORD_STRING, offsetof(struct registration_form, address), .flags = RECORD_SECRET, .max = 100},
    {"resume", RECORD_MANY, offsetof(struct registration_form, resume), .max = RESUME_ROWS, .type = &resume_row_record},
    {"family", RECORD_MANY, offsetof(struct registration_form, family), .max = FAMILY_ROWS, .type = &family_row_record},
    {"awards", RECORD_STRING, offsetof(struct registration_form, awards), .flags = RECORD_SECRET, .max = 100},
    {"penalties", RECORD_STRING, offsetof(struct registration_form, penalties), .flags = RECORD_SECRET, .max = 100},
    {"self_evaluation", RECORD_STRING, offsetof(struct registration_form, self_evaluation),
     .flags = RECORD_SECRET | RECORD_MULTILINE, .max = 1200},
};
const struct record_type registration_form_record = RECORD_TYPE(registration_form, registration_form_fields);

/* Most characters of a field, as the boxes of the sheet hold them (domain.md 2.14, 2.15). */
enum {
    OCCUPATION_MAX = 20,
    EMPLOYER_MAX = 40,
    ADDRESS_MIN = 5,
    ADDRESS_MAX = 60,
    WHERE_MAX = 40,
    FAMILY_NAME_MAX = 50,
    POSITION_MAX = 20,
    AWARDS_MAX = 60,
};

void form_fault_free(struct form_fault *fault)
{
    if (!fault)
        return;
    g_free(fault->field);
    g_free(fault->key);
    g_free(fault);
}

static bool is_blank(const char *text)
{
    return !text || text_count(text) == 0;
}

/* ---------------------------------------------------------------- single fields */

static const char *check_text(const char *text, glong min, glong max)
{
    if (is_blank(text))
        return "form.required";
    glong length = g_utf8_strlen(text, -1);
    if (length < min)
        return "form.too_short";
    return length > max ? "form.too_long" : NULL;
}

static const char *check_optional_text(const char *text, glong max)
{
    return is_blank(text) ? NULL : check_text(text, 0, max);
}

const char *form_check_mobile(const char *mobile)
{
    if (is_blank(mobile))
        return "form.required";
    bool good = strlen(mobile) == 11 && strspn(mobile, "0123456789") == 11 && mobile[0] == '1' && mobile[1] >= '3';
    return good ? NULL : "form.mobile";
}

/* V6, with the places that have no 市 in them: 香港, 澳门, 台湾, and what stands right below 海南 and 湖北; and the four that have no 省. */
const char *form_check_native_place(const char *place)
{
    static const char pattern[] =
        "^(?:\\p{Han}{2,8}(?:省|自治区)\\p{Han}{1,10}(?:市|自治州|州|地区|盟)(?:\\p{Han}{1,10}(?:县|区|旗|市))?"
        "|(?:香港|澳门)特别行政区|台湾省|海南省\\p{Han}{1,10}县|湖北省神农架林区|(?:北京|天津|上海|重庆)市(?:\\p{Han}{"
        "1,10}(?:区|县))?)$";
    if (is_blank(place))
        return "form.required";
    return g_regex_match_simple(pattern, place, 0, 0) ? NULL : "form.native_place";
}

const char *form_check_self_evaluation(const char *text)
{
    int count = text ? text_count(text) : 0;
    if (count == 0)
        return NULL; /* written by hand on the paper (R38) */
    if (count < SELF_EVALUATION_MIN)
        return "form.self_evaluation_short";
    return count > SELF_EVALUATION_MAX ? "form.self_evaluation_long" : NULL;
}

const char *form_check_date(const char *iso_date, int today)
{
    if (is_blank(iso_date))
        return "form.required";
    int day = clock_day_parse(iso_date);
    if (day == 0)
        return "form.date";
    return day > today ? "form.date_future" : NULL;
}

static const char *check_date_of_life(const char *iso_date, const struct form_context *context)
{
    const char *key = form_check_date(iso_date, context->today);
    if (!key && clock_day_parse(iso_date) < context->birth)
        key = "form.before_birth";
    return key;
}

static const char *check_code(const struct form_context *context, enum code_table_id table, const char *code)
{
    if (is_blank(code))
        return "form.choose";
    return code_find(context->tables, table, code) ? NULL : "form.choose";
}

/* 本科 wants 专科 or higher; GB/T 4658 counts downwards (domain.md 6.3). */
static const char *check_education(const struct form_context *context, const char *code)
{
    const char *key = check_code(context, CODE_EDUCATION, code);
    if (!key && context->bachelor && strcmp(code, "31") > 0)
        key = "form.education_level";
    return key;
}

/* ---------------------------------------------------------------- the whole form */

static void add_fault(GPtrArray *faults, char *field, const char *key)
{
    struct form_fault *fault = g_new(struct form_fault, 1);
    fault->field = field;
    fault->key = g_strdup(key);
    g_ptr_array_add(faults, fault);
}

static void note(GPtrArray *faults, const char *field, const char *key)
{
    if (key)
        add_fault(faults, g_strdup(field), key);
}

static void note_row(GPtrArray *faults, const char *list, guint row, const char *field, const char *key)
{
    if (key)
        add_fault(faults, g_strdup_printf("%s.%u.%s", list, row + 1, field), key);
}

static bool resume_row_empty(const struct resume_row *row)
{
    return is_blank(row->from) && is_blank(row->to) && is_blank(row->where);
}

/* A row is complete or empty; what is missing in a begun row is told as such. */
static const char *within_row(const char *key, const char *incomplete)
{
    return g_strcmp0(key, "form.required") == 0 ? incomplete : key;
}

static void check_resume_row(GPtrArray *faults, const struct resume_row *row, guint i, int *last_from,
                             const struct form_context *context)
{
    const char *from = check_date_of_life(row->from, context);
    const char *to = check_date_of_life(row->to, context);
    if (!from && !to && clock_day_parse(row->to) < clock_day_parse(row->from))
        to = "form.date_order";
    if (!from && clock_day_parse(row->from) < *last_from)
        from = "form.resume_order";
    else if (!from)
        *last_from = clock_day_parse(row->from);
    note_row(faults, "resume", i, "from", within_row(from, "form.resume_incomplete"));
    note_row(faults, "resume", i, "to", within_row(to, "form.resume_incomplete"));
    note_row(faults, "resume", i, "where", within_row(check_text(row->where, 1, WHERE_MAX), "form.resume_incomplete"));
}

/* R39, R40: one to seven rows, in the order of life. */
static void check_resume(GPtrArray *faults, const struct registration_form *form, const struct form_context *context)
{
    guint filled = 0;
    int last_from = 0;
    for (guint i = 0; i < form->resume->len; i++) {
        const struct resume_row *row = g_ptr_array_index(form->resume, i);
        if (resume_row_empty(row))
            continue;
        filled++;
        check_resume_row(faults, row, i, &last_from, context);
    }
    if (filled == 0)
        note(faults, "resume", "form.resume_empty");
    if (filled > RESUME_ROWS)
        note(faults, "resume", "form.resume_too_many");
}

static void check_family_row(GPtrArray *faults, const struct family_row *row, guint i)
{
    const struct {
        const char *field, *text;
        glong max;
    } cells[] = {
        {"name", row->name, FAMILY_NAME_MAX},
        {"employer", row->employer, EMPLOYER_MAX},
        {"position", row->position, POSITION_MAX},
    };
    if (is_blank(row->name) && is_blank(row->employer) && is_blank(row->position))
        return;
    for (size_t c = 0; c < G_N_ELEMENTS(cells); c++)
        note_row(faults, "family", i, cells[c].field,
                 within_row(check_text(cells[c].text, 1, cells[c].max), "form.family_incomplete"));
}

/* Optional (no asterisk, L252), but each member in the three parts of R41. */
static void check_family(GPtrArray *faults, const struct registration_form *form)
{
    for (guint i = 0; i < form->family->len; i++)
        check_family_row(faults, g_ptr_array_index(form->family, i), i);
    if (form->family->len > FAMILY_ROWS)
        note(faults, "family", "form.family_too_many");
}

GPtrArray *registration_form_check(const struct registration_form *form, const struct form_context *context)
{
    GPtrArray *faults = g_ptr_array_new_with_free_func((GDestroyNotify)form_fault_free);
    /* R35, then R36: what has an asterisk. */
    note(faults, "ethnicity", check_code(context, CODE_ETHNIC, form->ethnicity));
    note(faults, "occupation", check_text(form->occupation, 1, OCCUPATION_MAX));
    note(faults, "political_status", check_code(context, CODE_POLITICAL, form->political_status));
    note(faults, "mobile", form_check_mobile(form->mobile));
    note(faults, "education", check_education(context, form->education));
    note(faults, "health", check_code(context, CODE_HEALTH, form->health));
    if (form->work_since) /* NULL = never worked (domain.md 1.8 d7) */
        note(faults, "work_since", check_date_of_life(form->work_since, context));
    else
        note(faults, "work_since", context->work_required ? "form.work_needed" : NULL);
    note(faults, "native_place", form_check_native_place(form->native_place));
    note(faults, "employer", check_text(form->employer, 1, EMPLOYER_MAX));
    note(faults, "address", check_text(form->address, ADDRESS_MIN, ADDRESS_MAX));
    check_resume(faults, form, context);
    check_family(faults, form);
    note(faults, "awards", check_optional_text(form->awards, AWARDS_MAX));
    note(faults, "penalties", check_optional_text(form->penalties, AWARDS_MAX));
    note(faults, "self_evaluation", form_check_self_evaluation(form->self_evaluation));
    return faults;
}
