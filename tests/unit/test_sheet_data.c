/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graduation/id_number.h"
#include "graduation/sheet_data.h"
#include "rules.h"

#include <string.h>

/* The seed's candidate with two courses given for English, and all that a sheet is made of. */
struct scene {
    struct code_tables tables;
    struct candidate *candidate;
    struct application *application;
    struct registration_form *form;
    struct eligibility *eligibility;
    struct plan *plan;
    GPtrArray *results;
    struct sheet_data *sheet;
};

static void add_resume(struct registration_form *form, const char *from, const char *to, const char *where)
{
    struct resume_row *row = record_new(&resume_row_record);
    row->from = g_strdup(from);
    row->to = g_strdup(to);
    row->where = g_strdup(where);
    g_ptr_array_add(form->resume, row);
}

static void add_family(struct registration_form *form, const char *name, const char *employer, const char *position)
{
    struct family_row *row = record_new(&family_row_record);
    row->name = g_strdup(name);
    row->employer = g_strdup(employer);
    row->position = g_strdup(position);
    g_ptr_array_add(form->family, row);
}

static void add_added(struct application *application, int reason, const char *code, int64_t score)
{
    struct added_course *added = record_new(&added_course_record);
    added->reason = reason;
    added->code = g_strdup(code);
    added->name = g_strdup("补录课程");
    added->passed_on = g_strdup("1999-10-24");
    added->score = score;
    g_ptr_array_add(application->added_courses, added);
}

static struct candidate *seed_candidate(void)
{
    struct candidate *candidate = record_new(&candidate_record);
    candidate->name = g_strdup("阿卜杜热合曼·买买提江");
    candidate->sex = SEX_MALE;
    candidate->id_no = g_strdup("14000020000229003X");
    candidate->exam_no = g_strdup("010124100002");
    return candidate;
}

static struct application *seed_application(void)
{
    struct application *application = record_new(&application_record);
    struct application_item *item = record_new(&application_item_record);
    application->county = g_strdup("140105");
    application->batch = g_strdup("2026-2");
    item->name = g_strdup("行政管理");
    item->school = g_strdup("山西大学");
    item->level = LEVEL_BACHELOR;
    g_ptr_array_add(application->items, item);
    return application;
}

static struct registration_form *seed_form(void)
{
    struct registration_form *form = record_new(&registration_form_record);
    form->version = 3;
    form->ethnicity = g_strdup("05");
    form->occupation = g_strdup("教师");
    form->political_status = g_strdup("03");
    form->mobile = g_strdup("13812345678");
    form->education = g_strdup("31");
    form->health = g_strdup("10");
    form->work_since = g_strdup("2012-07-01");
    form->native_place = g_strdup("山西省太原市");
    form->employer = g_strdup("无");
    form->address = g_strdup("山西省太原市小店区平阳路1号");
    form->self_evaluation = g_strdup("");
    add_resume(form, "2005-09-01", "2008-07-01", "太原市第五中学");
    add_family(form, "王芳", "太原市第一医院", "护士");
    return form;
}

static int set_up(void **state)
{
    struct scene *scene = g_new0(struct scene, 1);
    rules_tables(&scene->tables);
    scene->candidate = seed_candidate();
    scene->application = seed_application();
    scene->form = seed_form();
    scene->plan = rules_seed_plan();
    scene->results = rules_seed_results();
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    code_tables_clear(&scene->tables);
    record_free(&candidate_record, scene->candidate);
    record_free(&application_record, scene->application);
    record_free(&registration_form_record, scene->form);
    record_free(&plan_record, scene->plan);
    g_ptr_array_unref(scene->results);
    record_free(&eligibility_record, scene->eligibility);
    record_free(&sheet_data_record, scene->sheet);
    g_free(scene);
    return 0;
}

static void make_sheet(struct scene *scene, const char *substitution)
{
    g_autoptr(GPtrArray) codes = rules_codes(substitution);
    record_free(&eligibility_record, scene->eligibility);
    record_free(&sheet_data_record, scene->sheet);
    scene->eligibility = eligibility_judge(&(struct eligibility_case){.plan = scene->plan,
                                                                      .results = scene->results,
                                                                      .added = scene->application->added_courses,
                                                                      .substitution = codes},
                                           NULL, NULL);
    scene->sheet = sheet_data_new(scene->candidate, scene->application, scene->form, scene->eligibility,
                                  g_ptr_array_index(scene->application->items, 0), &scene->tables);
}

static void assert_text(const struct scene *scene, const char *name, const char *text)
{
    const char *is = sheet_data_text(scene->sheet, name);
    if (strcmp(is, text) != 0)
        fail_msg("%s: %s instead of %s", name, is, text);
}

/* Row of this code, 0 when it is not on the sheet. */
static int row_of(const struct scene *scene, const char *code)
{
    for (int row = 1; row <= SHEET_COURSES; row++) {
        g_autofree char *name = g_strdup_printf("course.%d.code", row);
        if (strcmp(sheet_data_text(scene->sheet, name), code) == 0)
            return row;
    }
    return 0;
}

/* "credits score passed_on remark" of a course. */
static void assert_course(const struct scene *scene, const char *code, const char *expected)
{
    static const char *const columns[] = {"credits", "score", "passed_on", "remark"};
    g_autoptr(GString) cells = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        g_autofree char *name = g_strdup_printf("course.%d.%s", row_of(scene, code), columns[i]);
        g_string_append_printf(cells, "%s%s", i ? "|" : "", sheet_data_text(scene->sheet, name));
    }
    if (strcmp(cells->str, expected) != 0)
        fail_msg("%s: %s instead of %s", code, cells->str, expected);
}

static void test_texts(void **state)
{
    static const char *const texts[][2] = {
        {"name", "阿卜杜热合曼·买买提江"},
        {"sex", "男"},
        {"id_no", "14000020000229003X"},
        {"exam_no", "010124100002"},
        {"major", "行政管理（本科）"},
        {"school", "山西大学"},
        {"county", "太原市小店区"},
        {"batch", "2026-2"},
        {"form_version", "3"},
        {"ethnicity", "维吾尔族"},
        {"occupation", "教师"},
        {"political_status", "共青团员"},
        {"mobile", "13812345678"},
        {"education", "大学专科毕业"},
        {"health", "健康或良好"},
        {"work_since", "2012年07月01日"},
        {"overseas_relations", "否"},
        {"native_place", "山西省太原市"},
        {"employer", "无"},
        {"address", "山西省太原市小店区平阳路1号"},
        {"resume.1.from", "2005年09月01日"},
        {"resume.1.to", "2008年07月01日"},
        {"resume.1.where", "太原市第五中学"},
        {"resume.2.from", ""},
        {"family", "家庭主要成员姓名:王芳、工作单位:太原市第一医院、职务:护士"},
        {"awards", "奖励:无、处分:无"},
        {"self_evaluation", ""},
        {"no such name", ""},
    };
    struct scene *scene = *state;
    make_sheet(scene, "");
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_text(scene, texts[i][0], texts[i][1]);
    assert_int_equal(scene->sheet->form_version, 3);
    assert_null(scene->sheet->photo);
}

static void r41_r42_as_the_seed_writes_it(void **state)
{
    struct scene *scene = *state;
    g_clear_pointer(&scene->form->work_since, g_free);
    scene->form->overseas_relations = true;
    scene->form->awards = g_strdup("优秀学员");
    scene->form->penalties = g_strdup("");
    add_family(scene->form, "", "", "");
    add_family(scene->form, "李明", "", NULL);
    make_sheet(scene, "");
    assert_text(scene, "work_since", "无");
    assert_text(scene, "overseas_relations", "是");
    assert_text(scene, "awards", "奖励:优秀学员、处分:无");
    assert_text(
        scene, "family",
        "家庭主要成员姓名:王芳、工作单位:太原市第一医院、职务:护士\n家庭主要成员姓名:李明、工作单位:无、职务:无");
}

static void test_courses(void **state)
{
    struct scene *scene = *state;
    make_sheet(scene, "00144 00321");
    assert_text(scene, "course.1.no", "1");
    assert_text(scene, "course.1.code", "03708"); /* plan order */
    assert_text(scene, "course.18.no", "18");
    assert_text(scene, "course.19.no", "");
    assert_course(scene, "00034", "6|63|2023-10-28|");
    assert_course(scene, "13000", "7|||课程顶替");
    assert_course(scene, "00144", "5|73|2023-10-28|顶替13000");
    assert_course(scene, "10304", "6|77|2023-10-28|实践");
    assert_text(scene, "total.courses", "15");
    assert_text(scene, "total.credits", "75");
    assert_text(scene, "courses.left_out", "");
}

static void test_only_what_is_passed(void **state)
{
    struct scene *scene = *state;
    rules_result(scene->results, "00009", 6, 90); /* outside the plan */
    ((struct result *)g_ptr_array_index(scene->results, 0))->score = 59;
    ((struct result *)g_ptr_array_index(scene->results, 1))->exempt = true;
    ((struct result *)g_ptr_array_index(scene->results, 2))->used = true;
    make_sheet(scene, "");
    assert_int_equal(row_of(scene, "00009"), 0);
    assert_int_equal(row_of(scene, "03708"), 0);
    assert_int_equal(row_of(scene, "13000"), 0);
    assert_int_equal(row_of(scene, "00034"), 0);
    assert_course(scene, "03709", "4||2023-10-28|免考");
}

static struct plan_course *plan_row(const struct scene *scene, const char *code)
{
    return (struct plan_course *)plan_course_find(scene->plan, code);
}

/* Where a mark comes from stands behind it (domain.md 5.3); each course is printed once, in the order of the plan. */
static void added_courses_are_printed_once(void **state)
{
    struct scene *scene = *state;
    g_ptr_array_remove_index(scene->results, 0); /* 03708 and 03709 are on paper only */
    g_ptr_array_remove_index(scene->results, 0);
    plan_row(scene, "03709")->old_codes = g_strdup("00005");
    plan_row(scene, "00341")->substitutable = SUBSTITUTABLE_MATHS;
    g_ptr_array_remove_index(scene->results, 13);
    add_added(scene->application, ADDED_OLD_PLAN, "03708", 66);
    add_added(scene->application, ADDED_OLD_PLAN, "00005", 67);
    add_added(scene->application, ADDED_EXEMPTION, "00341", 90);
    add_added(scene->application, ADDED_PRACTICE_CARD, "00019", 80); /* passes no row of the plan */
    make_sheet(scene, "");
    assert_text(scene, "course.1.code", "03708");
    assert_course(scene, "03708", "2|66|1999-10-24|旧计划");
    assert_text(scene, "course.2.code", "03709");
    assert_course(scene, "03709", "4|67|1999-10-24|旧计划");
    assert_course(scene, "00341", "6|90|1999-10-24|免考");
    assert_course(scene, "00019", "|80|1999-10-24|实践");
    assert_int_equal(row_of(scene, "00005"), 0);   /* stands as 03709 */
    assert_text(scene, "course.18.code", "00019"); /* 16 courses and the thesis, then this one */
    assert_text(scene, "course.19.code", "");
    assert_text(scene, "total.courses", "16");
}

/* The office must see what English took, also of paper; a mark of the register is none of paper (R11). */
static void remarks_of_given_and_recorded_courses(void **state)
{
    struct scene *scene = *state;
    g_ptr_array_remove_index(scene->results, 12); /* 00144 */
    add_added(scene->application, ADDED_OLD_PLAN, "00144", 66);
    add_added(scene->application, ADDED_OLD_PLAN, "00034", 71); /* recorded with 63 */
    make_sheet(scene, "00144 00321");
    assert_course(scene, "00144", "5|66|1999-10-24|顶替13000");
    assert_course(scene, "00034", "6|63|2023-10-28|");
    assert_course(scene, "13000", "7|||课程顶替");
    assert_text(scene, "course.19.code", "");
}

/* A sheet that cannot hold all courses says so instead of leaving some out in silence. */
static void test_more_courses_than_rows(void **state)
{
    struct scene *scene = *state;
    for (int i = 0; i < SHEET_COURSES - 17; i++) {
        g_autofree char *code = g_strdup_printf("%05d", 90000 + i);
        rules_course(scene->plan, code, 2, COURSE_ELECTIVE);
        rules_result(scene->results, code, 2, 60);
    }
    make_sheet(scene, "");
    assert_text(scene, "course.24.no", "24");
    assert_text(scene, "courses.left_out", "");
    add_added(scene->application, ADDED_OLD_PLAN, "80000", 66);
    add_added(scene->application, ADDED_OLD_PLAN, "80001", 66);
    make_sheet(scene, "");
    assert_text(scene, "courses.left_out", "2");
    assert_text(scene, "course.25.no", "");
}

/* What goes to the helper must fit through the record's own limits. */
static void test_values_fit_their_record(void **state)
{
    struct scene *scene = *state;
    g_autofree char *evaluation = g_strnfill(1200, 'x');
    g_free(scene->form->self_evaluation);
    scene->form->self_evaluation = g_steal_pointer(&evaluation);
    while (scene->form->resume->len < RESUME_ROWS)
        add_resume(scene->form, "2005-09-01", "2008-07-01", "太原市第五中学");
    while (scene->form->family->len < FAMILY_ROWS)
        add_family(scene->form, "阿卜杜热合曼·买买提江", "太原市第一医院", "护士");
    for (int i = 0; i < SHEET_COURSES; i++) {
        g_autofree char *code = g_strdup_printf("%05d", 90000 + i);
        add_added(scene->application, ADDED_OLD_PLAN, code, 66);
    }
    make_sheet(scene, "00144 00321");
    const struct record_field *text = record_field_find(&sheet_value_record, "text");
    for (guint i = 0; i < scene->sheet->values->len; i++) {
        const struct sheet_value *value = g_ptr_array_index(scene->sheet->values, i);
        assert_null(record_check_text(text, value->text));
    }
    assert_true((int64_t)scene->sheet->values->len <=
                record_field_max(record_field_find(&sheet_data_record, "values")));
}

static void test_without_majors(void **state)
{
    struct scene *scene = *state;
    scene->sheet = sheet_data_new(scene->candidate, scene->application, scene->form, NULL, NULL, &scene->tables);
    assert_text(scene, "major", "");
    assert_text(scene, "total.credits", "");
    assert_text(scene, "exam_no", "010124100002");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_texts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(r41_r42_as_the_seed_writes_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_courses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_only_what_is_passed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(added_courses_are_printed_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(remarks_of_given_and_recorded_courses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_more_courses_than_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_values_fit_their_record, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_without_majors, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
