/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo tables of design 6.4 agree with each other and with the rules: read as they stand, judged without a platform. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/settings.h"
#include "base/tsv.h"
#include "graduation/candidate.h"
#include "graduation/id_number.h"
#include "rig.h"
#include "rules.h"

#define TODAY 20260101 /* after every result; the tables must be old enough for any clock since */
#define BORN  "140000" /* issued to nobody */

/* ---------------------------------------------------------------- the rows */

struct plan_row {
    char *major_code, *plan_version;
    struct plan_course course;
};
struct result_row {
    char *exam_no;
    struct result result;
};
struct person {
    char *exam_no, *id_no, *name;
    int sex;
    char *mobile, *address, *county_code, *password, *photo_file;
    GPtrArray *majors; /* char *: "690206/new" */
};
struct degree {
    char *id_no, *certificate_no, *name, *school, *major, *level, *graduated_on, *status;
};
struct application_row {
    char *exam_no, *major_code, *plan_version, *county, *state, *reason, *archive, *photo, *photo_reason, *paid;
};
struct added_row {
    char *exam_no, *reason, *code, *name, *passed_on;
    int64_t score;
};

#define TEXT(s, f)                                                                                                     \
    {                                                                                                                  \
#f, RECORD_STRING, offsetof(struct s, f)                                                                       \
    }

static const struct record_field person_fields[] = {
    TEXT(person, exam_no),     TEXT(person, id_no),
    TEXT(person, name),        {"sex", RECORD_WORD, offsetof(struct person, sex), .words = sex_words},
    TEXT(person, mobile),      TEXT(person, address),
    TEXT(person, county_code), TEXT(person, password),
    TEXT(person, photo_file),  {"majors", RECORD_STRINGS, offsetof(struct person, majors)},
};
static const struct record_type person_type = RECORD_TYPE(person, person_fields);

static const struct record_field degree_fields[] = {
    TEXT(degree, id_no), TEXT(degree, certificate_no), TEXT(degree, name),         TEXT(degree, school),
    TEXT(degree, major), TEXT(degree, level),          TEXT(degree, graduated_on), TEXT(degree, status),
};
static const struct record_type degree_type = RECORD_TYPE(degree, degree_fields);

static const struct record_field application_fields[] = {
    TEXT(application_row, exam_no), TEXT(application_row, major_code), TEXT(application_row, plan_version),
    TEXT(application_row, county),  TEXT(application_row, state),      TEXT(application_row, reason),
    TEXT(application_row, archive), TEXT(application_row, photo),      TEXT(application_row, photo_reason),
    TEXT(application_row, paid),
};
static const struct record_type application_type = RECORD_TYPE(application_row, application_fields);

static const struct record_field added_fields[] = {
    TEXT(added_row, exam_no),   TEXT(added_row, reason),
    TEXT(added_row, code),      TEXT(added_row, name),
    TEXT(added_row, passed_on), {"score", RECORD_INTEGER, offsetof(struct added_row, score), .max = 100},
};
static const struct record_type added_type = RECORD_TYPE(added_row, added_fields);

/* ---------------------------------------------------------------- the tables */

struct tables {
    struct record_field plan_fields[2 + 20], result_fields[1 + 20];
    struct record_type plan_type, result_type; /* the records of graduation/ behind the key columns of their files */
    GPtrArray *plans, *courses, *people, *results, *degrees, *applications, *added;
};

static void append_fields(struct record_type *type, struct record_field *fields, const struct record_type *inner,
                          size_t offset)
{
    for (size_t i = 0; i < inner->n_fields; i++) {
        struct record_field *field = &fields[type->n_fields++];
        *field = inner->fields[i];
        field->offset += offset;
    }
}

static void make_types(struct tables *t)
{
    static const struct record_field keys[] = {TEXT(plan_row, major_code), TEXT(plan_row, plan_version)};
    static const struct record_field key = TEXT(result_row, exam_no);
    assert_true(plan_course_record.n_fields <= 20 && result_record.n_fields <= 20);
    memcpy(t->plan_fields, keys, sizeof keys);
    t->plan_type = (struct record_type){"plan_row", sizeof(struct plan_row), t->plan_fields, G_N_ELEMENTS(keys)};
    append_fields(&t->plan_type, t->plan_fields, &plan_course_record, offsetof(struct plan_row, course));
    t->result_fields[0] = key;
    t->result_type = (struct record_type){"result_row", sizeof(struct result_row), t->result_fields, 1};
    append_fields(&t->result_type, t->result_fields, &result_record, offsetof(struct result_row, result));
}

static GPtrArray *table(const struct record_type *type, const char *name)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    g_autofree char *relative = g_strconcat("src/platformd/demo/", name, NULL);
    g_autofree char *path = rig_source(relative);
    GPtrArray *rows = tsv_read_all(type, path, faults);
    if (!rows)
        fail_msg("%s", (const char *)faults->pdata[0]);
    return rows;
}

static int read_tables(void **state)
{
    struct tables *t = g_new0(struct tables, 1);
    make_types(t);
    t->plans = table(&plan_record, "plans.tsv");
    t->courses = table(&t->plan_type, "plan_courses.tsv");
    t->people = table(&person_type, "candidates.tsv");
    t->results = table(&t->result_type, "results.tsv");
    t->degrees = table(&degree_type, "prior_degrees.tsv");
    t->applications = table(&application_type, "applications.tsv");
    t->added = table(&added_type, "added_courses.tsv");
    for (guint i = 0; i < t->courses->len; i++) {
        struct plan_row *row = t->courses->pdata[i];
        for (guint p = 0; p < t->plans->len; p++) {
            struct plan *plan = t->plans->pdata[p];
            if (strcmp(plan->major_code, row->major_code) == 0 && strcmp(plan->plan_version, row->plan_version) == 0)
                g_ptr_array_add(plan->courses, &row->course);
        }
    }
    *state = t;
    return 0;
}

static int free_tables(void **state)
{
    struct tables *t = *state;
    for (guint p = 0; p < t->plans->len; p++)
        g_ptr_array_set_size(((struct plan *)t->plans->pdata[p])->courses, 0); /* they belong to their rows */
    record_list_free(&plan_record, t->plans);
    record_list_free(&t->plan_type, t->courses);
    record_list_free(&person_type, t->people);
    record_list_free(&t->result_type, t->results);
    record_list_free(&degree_type, t->degrees);
    record_list_free(&application_type, t->applications);
    record_list_free(&added_type, t->added);
    g_free(t);
    return 0;
}

static const struct person *person_of(const struct tables *t, const char *exam_no)
{
    for (guint i = 0; i < t->people->len; i++)
        if (strcmp(((struct person *)t->people->pdata[i])->exam_no, exam_no) == 0)
            return t->people->pdata[i];
    fail_msg("nobody has %s", exam_no);
    return NULL;
}

static const struct plan *plan_of(const struct tables *t, const char *exam_no)
{
    const struct person *person = person_of(t, exam_no);
    assert_int_equal(person->majors->len, 1);
    for (guint i = 0; i < t->plans->len; i++) {
        const struct plan *plan = t->plans->pdata[i];
        g_autofree char *major = g_strdup_printf("%s/%s", plan->major_code, plan->plan_version);
        if (strcmp(major, person->majors->pdata[0]) == 0)
            return plan;
    }
    fail_msg("%s has a major without a plan", exam_no);
    return NULL;
}

/* Borrowed from the rows. */
static GPtrArray *results_of(const struct tables *t, const char *exam_no)
{
    GPtrArray *results = g_ptr_array_new();
    for (guint i = 0; i < t->results->len; i++) {
        struct result_row *row = t->results->pdata[i];
        if (strcmp(row->exam_no, exam_no) == 0)
            g_ptr_array_add(results, &row->result);
    }
    return results;
}

/* The plan's row for a result, under its own code or an old one. */
static const struct plan_course *row_of(const struct plan *plan, const char *code)
{
    const struct plan_course *row = plan_course_find(plan, code);
    for (guint i = 0; !row && i < plan->courses->len; i++) {
        const struct plan_course *other = plan->courses->pdata[i];
        if (other->old_codes && strstr(other->old_codes, code))
            row = other;
    }
    return row;
}

/* ---------------------------------------------------------------- people */

static void ten_people(void **state)
{
    const struct tables *t = *state;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    struct code_tables codes = {0};
    rules_tables(&codes);
    assert_int_equal(t->people->len, 10);
    for (guint i = 0; i < t->people->len; i++) {
        const struct person *person = t->people->pdata[i];
        g_autofree char *exam_no = g_strdup_printf("0101241000%02u", i + 1);
        assert_string_equal(person->exam_no, exam_no);
        assert_int_equal(id_number_check(person->id_no, TODAY), ID_OK);
        assert_true(g_str_has_prefix(person->id_no, BORN));
        assert_int_equal(person->sex, id_number_sex(person->id_no));
        assert_in_range(TODAY / 10000 - id_number_birth(person->id_no) / 10000, 18, 60);
        assert_true(g_hash_table_add(seen, person->id_no));
        assert_true(g_hash_table_add(seen, person->name));
        assert_true(g_hash_table_add(seen, person->mobile));
        assert_string_equal(person->password, "Zikao-2026");
        assert_non_null(code_find(&codes, CODE_DIVISION, person->county_code));
        assert_in_range(g_utf8_strlen(person->address, -1), 5, 60);
    }
    assert_string_equal(person_of(t, "010124100007")->name, "阿卜杜热合曼·买买提江");
    assert_true(g_str_has_suffix(person_of(t, "010124100007")->id_no, "X"));
    assert_string_equal(person_of(t, "010124100008")->name, "王\xF0\xAC\x8E\x86"); /* U+2C386 */
    code_tables_clear(&codes);
}

/* A bachelor's degree needs one before it; only 010124100004 had another name then (design 6.4). */
static void prior_degrees(void **state)
{
    const struct tables *t = *state;
    for (guint i = 0; i < t->people->len; i++) {
        const struct person *person = t->people->pdata[i];
        unsigned found = 0;
        for (guint d = 0; d < t->degrees->len; d++) {
            const struct degree *degree = t->degrees->pdata[d];
            if (strcmp(degree->id_no, person->id_no) != 0)
                continue;
            found++;
            assert_int_equal(strcmp(degree->name, person->name) == 0, strcmp(person->exam_no, "010124100004") != 0);
            assert_string_equal(degree->status, "毕业");
            /* School, kind, year, level, serial (domain.md 3.3). */
            assert_int_equal(strlen(degree->certificate_no), 18);
            assert_memory_equal(degree->certificate_no + 6, degree->graduated_on, 4);
            assert_memory_equal(degree->certificate_no + 10, "06", 2);
        }
        assert_int_equal(found, plan_of(t, person->exam_no)->requires_prior_degree);
    }
}

/* ---------------------------------------------------------------- plans and results */

static void plans(void **state)
{
    static const struct {
        const char *major;
        int64_t min_credits, min_courses, all_credits; /* domain.md 4.6 */
    } expected[] = {{"690206", 70, 15, 80},
                    {"120402", 70, 13, 85},
                    {"120203K", 70, 14, 71},
                    {"080901", 70, 15, 71},
                    {"050101", 74, 14, 81}};
    const struct tables *t = *state;
    assert_int_equal(t->plans->len, G_N_ELEMENTS(expected));
    for (guint p = 0; p < t->plans->len; p++) {
        const struct plan *plan = t->plans->pdata[p];
        int64_t credits = 0;
        assert_string_equal(plan->major_code, expected[p].major);
        assert_int_equal(plan->min_credits, expected[p].min_credits);
        assert_int_equal(plan->min_courses, expected[p].min_courses);
        assert_int_equal(plan->requires_prior_degree, plan->level == LEVEL_BACHELOR);
        for (guint i = 0; i < plan->courses->len; i++) {
            const struct plan_course *row = plan->courses->pdata[i];
            assert_true(course_code_valid(row->course_code));
            assert_ptr_equal(plan_course_find(plan, row->course_code), row); /* stands there once */
            credits += row->counts_credit ? row->credits : 0;
        }
        assert_int_equal(credits, expected[p].all_credits);
    }
}

static void results(void **state)
{
    const struct tables *t = *state;
    for (guint i = 0; i < t->results->len; i++) {
        const struct result_row *row = t->results->pdata[i];
        const struct result *result = &row->result;
        const struct plan_course *course = row_of(plan_of(t, row->exam_no), result->course_code);
        g_autofree char *line = g_strdup_printf("%s %s", row->exam_no, result->course_code);
        if (!course || course->credits != result->credits)
            fail_msg("%s is not what the plan has", line);
        if (strcmp(course->course_code, result->course_code) == 0)
            assert_string_equal(course->course_name, result->course_name);
        assert_true(result->exempt ? result->score == 0 : result->score > 0);
        if (!result_passed(result)) {
            assert_null(result->passed_on);
            continue;
        }
        assert_true(g_regex_match_simple("^202[45]-(04|10)-[0-3][0-9]$", result->passed_on, 0, 0));
    }
}

/* ---------------------------------------------------------------- verdicts */

struct verdict_case {
    const char *exam_no, *given, *added; /* codes for English, codes that the county is to have approved */
    const char *reasons;                 /* "key:course …", "" = met */
};

static const struct verdict_case cases[] = {
    {"010124100001", "", "", ""},
    {"010124100002", "", "", "english_missing:13000"},
    {"010124100002", "00144 00321", "", ""},
    {"010124100002", "03708 00315", "", "course_given:03708 course_given:00315"},
    {"010124100002", "00144", "", "too_few english_missing:13000"},
    {"010124100003", "", "", "exemptible_missing:04183 exemptible_missing:04184 total_credits"},
    {"010124100003", "", "04183 04184", ""},
    {"010124100004", "", "", ""}, /* politics under the codes of 2025 */
    {"010124100005", "", "",
     "practice_missing:02327 course_missing:02331 practice_missing:02332 practice_missing:04748 total_credits"},
    {"010124100005", "", "02331 02327 02332 04748", ""},
    {"010124100006", "", "", "course_missing:00292"},
    {"010124100006", "", "00292", ""},
    {"010124100007", "", "", ""}, /* 15 courses, 70 credits: not one too many */
    {"010124100008", "", "", ""},
    {"010124100009", "", "", "course_missing:00536 group_courses:13000 total_courses total_credits"},
    {"010124100009", "", "00536 14025", ""},
    {"010124100010", "", "", ""},
};

static const char *say_key(const char *key, gpointer data)
{
    (void)data;
    return strchr(key, '.') + 1;
}

static char *reasons_text(const struct eligibility *judged)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < judged->reasons->len; i++) {
        const struct eligibility_reason *reason = judged->reasons->pdata[i];
        g_string_append_printf(all, "%s%s%s%s", i > 0 ? " " : "", reason->text, reason->course ? ":" : "",
                               reason->course ? reason->course : "");
    }
    return g_string_free(all, FALSE);
}

/* As these people would add it: mathematics is exempt, practice has its card, the rest is of the old plan (R9). */
static struct added_course *added_of(const struct plan *plan, const char *code)
{
    const struct plan_course *course = plan_course_find(plan, code);
    struct added_course *added = record_new(&added_course_record);
    assert_non_null(course);
    added->reason = course->substitutable == SUBSTITUTABLE_MATHS ? ADDED_EXEMPTION
                    : course->type == COURSE_PRACTICE            ? ADDED_PRACTICE_CARD
                                                                 : ADDED_OLD_PLAN;
    added->code = g_strdup(code);
    added->name = g_strdup(course->course_name);
    added->passed_on = g_strdup("2019-10-20");
    added->score = 75;
    return added;
}

static void judge(const struct tables *t, const struct verdict_case *c)
{
    const struct plan *plan = plan_of(t, c->exam_no);
    g_autoptr(GPtrArray) all = results_of(t, c->exam_no);
    g_autoptr(GPtrArray) given = rules_codes(c->given), codes = rules_codes(c->added);
    GPtrArray *added = g_ptr_array_new();
    for (guint i = 0; i < codes->len; i++)
        g_ptr_array_add(added, added_of(plan, codes->pdata[i]));
    struct eligibility *judged = eligibility_judge(
        &(struct eligibility_case){.plan = plan, .results = all, .added = added, .substitution = given}, say_key, NULL);
    record_list_free(&added_course_record, added);
    g_autofree char *reasons = reasons_text(judged);
    if (strcmp(reasons, c->reasons) != 0)
        fail_msg("%s given [%s] added [%s]: %s", c->exam_no, c->given, c->added, reasons);
    assert_int_equal(judged->verdict, *c->reasons ? VERDICT_NOT_MET : VERDICT_MET);
    record_free(&eligibility_record, judged);
}

static void verdicts(void **state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        judge(*state, &cases[i]);
}

/* What the screen of the seed shows, L43-L47: these seventeen and no others. */
static void the_seeds_courses(void **state)
{
    static const char *const seed[] = {"00034", "00144", "00261", "00277", "00312", "00315", "00316", "00318", "00319",
                                       "00320", "00321", "00322", "00341", "01848", "03708", "03709", "10304"};
    const struct tables *t = *state;
    g_autoptr(GPtrArray) all = results_of(t, "010124100002");
    assert_int_equal(all->len, G_N_ELEMENTS(seed));
    for (size_t i = 0; i < G_N_ELEMENTS(seed); i++) {
        unsigned times = 0;
        for (guint n = 0; n < all->len; n++)
            times += strcmp(((struct result *)all->pdata[n])->course_code, seed[i]) == 0;
        assert_int_equal(times, 1);
    }
}

/* ---------------------------------------------------------------- those in the middle of it */

static void applications(void **state)
{
    const struct tables *t = *state;
    for (guint i = 0; i < t->applications->len; i++) {
        const struct application_row *row = t->applications->pdata[i];
        assert_string_equal(row->county, person_of(t, row->exam_no)->county_code);
        assert_string_equal(row->major_code, plan_of(t, row->exam_no)->major_code);
    }
}

/* Only what the system does not know may be added (R11), and only in an application with its archive (L63). */
static void added_courses(void **state)
{
    const struct tables *t = *state;
    assert_true(t->added->len > 0);
    for (guint i = 0; i < t->added->len; i++) {
        const struct added_row *row = t->added->pdata[i];
        const struct plan_course *course = plan_course_find(plan_of(t, row->exam_no), row->code);
        assert_non_null(course);
        assert_string_equal(row->name, course->course_name);
        assert_in_range(row->score, 60, 100);
        g_autoptr(GPtrArray) all = results_of(t, row->exam_no);
        for (guint n = 0; n < all->len; n++)
            assert_string_not_equal(((struct result *)all->pdata[n])->course_code, row->code);
        bool archive = false;
        for (guint n = 0; n < t->applications->len; n++) {
            const struct application_row *application = t->applications->pdata[n];
            archive = archive || (strcmp(application->exam_no, row->exam_no) == 0 && application->archive);
        }
        assert_true(archive);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_people),   cmocka_unit_test(prior_degrees), cmocka_unit_test(plans),
        cmocka_unit_test(results),      cmocka_unit_test(verdicts),      cmocka_unit_test(the_seeds_courses),
        cmocka_unit_test(applications), cmocka_unit_test(added_courses),
    };
    return cmocka_run_group_tests(tests, read_tables, free_tables);
}
