/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import of files that are broken in every way we could think of: each is told with file and line, and nothing is changed. */
#include "desk.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/settings.h"
#include "base/tsv.h"

#define PLANS                                                                                                          \
    "major_code\tplan_version\tmajor_name\tlevel\tschool\tmin_credits\tmin_courses\telective_min_credits\t"            \
    "requires_prior_degree\n"                                                                                          \
    "120402\tnew\t行政管理\t本科\t山西大学\t6\t1\t0\t1\n"
#define PEOPLE  "exam_no\tid_no\tname\tsex\tmobile\taddress\tcounty_code\tpassword\tphoto_file\tmajors\n"
#define RESULTS "exam_no\tcourse_code\tcourse_name\tcredits\tscore\tpassed_on\tused\texempt\n"
#define DEGREES "id_no\tcertificate_no\tname\tschool\tmajor\tlevel\tgraduated_on\tstatus\n"
#define BATCHES "batch\tapply_from\tapply_to\tpay_from\tpay_to\thandin_from\thandin_to\tfee_fen\n"
#define COURSES                                                                                                        \
    "major_code\tplan_version\tcourse_code\tcourse_name\tcredits\ttype\tgroup\tgroup_min_courses\tgroup_min_credits\t" \
    "counts_credit\tsubstitutable\told_codes\n"
#define STAFF  "staff_no\tname\tcounty_code\trole\tpassword\n"
#define ID_NO  "140105199003070012"
#define WINDOW "2026-12-01T08:00:00+08:00\t2026-12-09T18:00:00+08:00\t"

static void put(const char *folder, const char *name, const char *text, gssize length)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    assert_true(g_file_set_contents(path, text, length, NULL));
}

/* ---------------------------------------------------------------- nothing was changed */

#define COUNT(table) "(SELECT count(*) FROM " table ")"
#define ALL_ROWS                                                                                                        \
    "SELECT " COUNT("plans") "+" COUNT("plan_courses") "+" COUNT("candidates") "+" COUNT("candidate_majors") "+" COUNT( \
        "results") "+" COUNT("prior_degrees") "+" COUNT("batches") "+" COUNT("staff") "+" COUNT("facts")

static int rows_in(const char *data)
{
    g_autofree char *path = g_build_filename(data, "platform.db", NULL);
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, ALL_ROWS, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int rows = sqlite3_column_int(statement, 0);
    (void)sqlite3_finalize(statement);
    (void)sqlite3_close(db);
    return rows;
}

/* What is said about the folder of tables. */
static char *said_of(const char *tables)
{
    char *data = desk_folder_new();
    char *said = desk_refused(data, tables);
    assert_int_equal(rows_in(data), 0);
    desk_folder_free(data);
    return said;
}

static void assert_said(const char *said, const char *words)
{
    if (!strstr(said, words))
        fail_msg("\"%s\" is not in:\n%s", words, said);
}

/* ---------------------------------------------------------------- a file */

/* A sound plan stands beside each; `length` 0 = to the final zero. */
static const struct {
    const char *file, *text;
    gssize length;
    const char *said;
} broken[] = {
    /* The header. */
    {"staff.tsv", "", 0, "staff.tsv:1: there is no header line"},
    {"staff.tsv", "\xEF\xBB\xBF", 0, "staff.tsv:1: there is no header line"},
    {"staff.tsv", "\n" STAFF, 0, "staff.tsv:1: "},
    {"staff.tsv", "name\tcounty_code\trole\tpassword\n", 0, "staff.tsv:1: missing column \"staff_no\""},
    {"staff.tsv", "staff_no\tname\tcounty_code\trole\tpassword\tname\n", 0,
     "staff.tsv:1: column \"name\" stands there"},
    {"staff.tsv", "staff_no\tname\tcounty_code\trole\tpasword\n", 0, "did you mean \"password\"?"},
    {"staff.tsv", "staff_no name county_code role password\n", 0, "staff.tsv:1: "},
    {"candidates.tsv", "id_no\tname\n", 0, "candidates.tsv:1: missing column \"exam_no\""},
    {"results.tsv", "exam_no\tcourse_name\tcredits\n", 0, "results.tsv:1: missing column \"course_code\""},
    /* Bytes. */
    {"staff.tsv", STAFF "A1\t王\xff\t140105\tcounty\tx\n", 0, "staff.tsv:2: name: forbidden characters"},
    {"staff.tsv", STAFF "A1\t\xe7\x8e\t140105\tcounty\tx\n", 0, "staff.tsv:2: name: forbidden characters"},
    {"staff.tsv", STAFF "A1\t王\x1b[2J\t140105\tcounty\tx\n", 0, "staff.tsv:2: name: forbidden characters"},
    {"staff.tsv", STAFF "A1\t王\0\t140105\tcounty\tx\n", sizeof STAFF "A1\t王\0\t140105\tcounty\tx",
     "staff.tsv:2: the line holds a"},
    {"staff.tsv", STAFF "A1\t王\t140105\tcounty\n", 0, "staff.tsv:2: fewer cells"},
    {"staff.tsv", STAFF "A1\t王\t140105\tcounty\tx\t\n", 0, "staff.tsv:2: more cells"},
    {"staff.tsv", STAFF "\n\nA1,王,140105,county,x\n", 0, "staff.tsv:4: fewer cells"},
    /* Cells. */
    {"staff.tsv", STAFF "\t王\t140105\tcounty\tx\n", 0, "staff.tsv:2: staff_no: must not be empty"},
    {"staff.tsv", STAFF "123456789012345678901\t王\t140105\tcounty\tx\n", 0, "staff.tsv:2: staff_no: too long"},
    {"staff.tsv", STAFF "A1\t王\t\tcounty\tx\n", 0, "staff.tsv:2: county_code"},
    {"results.tsv", RESULTS "010124100001\t00277\t课\t101\t80\t2025-04-12\t0\t0\n", 0,
     "results.tsv:2: credits: out of range"},
    {"results.tsv", RESULTS "010124100001\t00277\t课\t-1\t80\t2025-04-12\t0\t0\n", 0,
     "results.tsv:2: credits: out of range"},
    {"results.tsv", RESULTS "010124100001\t00277\t课\t5.5\t80\t2025-04-12\t0\t0\n", 0,
     "results.tsv:2: credits: not a number"},
    {"results.tsv", RESULTS "010124100001\t00277\t课\t99999999999999999999\t80\t2025-04-12\t0\t0\n", 0,
     "credits: out of range"},
    {"results.tsv", RESULTS "010124100001\t00277\t课\t5\t80\t2025-13-12\t0\t0\n", 0,
     "results.tsv:2: passed_on: not a date"},
    {"results.tsv", RESULTS "010124100001\t00277\t课\t5\t80\t12.04.2025\t0\t0\n", 0,
     "results.tsv:2: passed_on: not a date"},
    {"results.tsv", RESULTS "010124100001\t00277\t课\t5\t80\t2025-04-12\t2\t0\n", 0,
     "results.tsv:2: used: not true or false"},
    {"results.tsv", RESULTS "010124100001\t0027A\t课\t5\t80\t2025-04-12\t0\t0\n", 0, "results.tsv:2: course_code"},
    {"batches.tsv", BATCHES "1\t2026-12-01\t2026-12-09\t" WINDOW WINDOW "4000\n", 0,
     "batches.tsv:2: apply_from: not a time"},
    {"batches.tsv", BATCHES "1\t" WINDOW WINDOW WINDOW "40.00\n", 0, "batches.tsv:2: fee_fen: not a number"},
    {"batches.tsv", BATCHES "1\t" WINDOW WINDOW WINDOW "99999999\n", 0, "batches.tsv:2: fee_fen: out of range"},
    {"prior_degrees.tsv", DEGREES ID_NO "\t1\t张\t山西大学\t\t专科\t2012-02-30\t毕业\n", 0,
     "prior_degrees.tsv:2: graduated_on"},
    {"plan_courses.tsv", COURSES "120402\tnew\t00277\t课\t6\t必修\t\t\t\t1\t\t\n", 0,
     "plan_courses.tsv:2: type: unknown word"},
    {"plan_courses.tsv", COURSES "120402\tnew\t00277\t课\t6\t必考\t\t\t\t1\tfrench\t\n", 0,
     "plan_courses.tsv:2: substitutable"},
    /* Identity. */
    {"candidates.tsv", PEOPLE "010124100001\t140105900307001\t张\t男\t\t\t140105\tx\t\t\n", 0,
     "candidates.tsv:2: id_no"},
    {"candidates.tsv", PEOPLE "010124100001\t14010519900307001X\t张\t男\t\t\t140105\tx\t\t\n", 0,
     "candidates.tsv:2: id_no"},
    {"candidates.tsv", PEOPLE "010124100001\t140105209903070019\t张\t男\t\t\t140105\tx\t\t\n", 0,
     "candidates.tsv:2: id_no"},
    {"candidates.tsv", PEOPLE "010124100001\t\t张\t男\t\t\t140105\tx\t\t\n", 0,
     "candidates.tsv:2: id_no: must not be empty"},
    {"candidates.tsv", PEOPLE "01012410000A\t" ID_NO "\t张\t男\t\t\t140105\tx\t\t\n", 0, "candidates.tsv:2: exam_no"},
    {"candidates.tsv", PEOPLE "010124100001\t" ID_NO "\t张\t其他\t\t\t140105\tx\t\t\n", 0, "candidates.tsv:2: sex"},
    /* What leads nowhere, and what stands there twice. */
    {"candidates.tsv", PEOPLE "010124100001\t" ID_NO "\t张\t男\t\t\t140105\tx\t\t120402/old\n", 0,
     "candidates.tsv:2: majors"},
    {"candidates.tsv", PEOPLE "010124100001\t" ID_NO "\t张\t男\t\t\t140105\tx\t\t120402\n", 0,
     "candidates.tsv:2: majors"},
    {"plan_courses.tsv", COURSES "120402\told\t00277\t课\t6\t必考\t\t\t\t1\t\t\n", 0,
     "plan_courses.tsv:2: there is no plan"},
    {"staff.tsv", STAFF "A1\t王\t140105\tcounty\tx\nA2\t李\t140105\tcounty\tx\nA1\t王\t140106\tcounty\tx\n", 0,
     "staff.tsv:4: the key of line 2 again"},
    {"plan_courses.tsv",
     COURSES "120402\tnew\t00277\t课\t6\t必考\t\t\t\t1\t\t\n120402\tnew\t00277\t课\t6\t必考\t\t\t\t1\t\t\n", 0,
     "plan_courses.tsv:3: the key of line 2 again"},
    {"prior_degrees.tsv",
     DEGREES ID_NO "\t1\t张\t山西大学\t\t专科\t2012-07-01\t毕业\n" ID_NO
                   "\t1\t张\t山西大学\t\t专科\t2012-07-01\t结业\n",
     0, "prior_degrees.tsv:3: the key of line 2 again"},
};

static void each_is_told_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(broken); i++) {
        char *tables = desk_folder_new();
        put(tables, "plans.tsv", PLANS, -1);
        put(tables, broken[i].file, broken[i].text, broken[i].length > 0 ? broken[i].length : -1);
        g_autofree char *said = said_of(tables);
        assert_said(said, broken[i].said);
        desk_folder_free(tables);
    }
}

/* ---------------------------------------------------------------- not even a file */

static void make_link_to_itself(const char *path)
{
    assert_int_equal(symlink(path, path), 0);
}
static void make_folder(const char *path)
{
    assert_int_equal(mkdir(path, 0700), 0);
}
static void make_pipe(const char *path)
{
    assert_int_equal(mkfifo(path, 0600), 0); /* nobody will ever write into it */
}
static void make_huge(const char *path)
{
    assert_true(g_file_set_contents(path, STAFF, -1, NULL));
    assert_int_equal(truncate(path, (off_t)TSV_FILE_MAX + 1), 0);
}
static void make_long_line(const char *path)
{
    g_autofree char *name = g_strnfill(TSV_LINE_MAX, 'x');
    g_autofree char *text = g_strconcat(STAFF "A1\t", name, "\t140105\tcounty\tx\n", NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void no_table_at_all(void **state)
{
    static const struct {
        void (*make)(const char *path);
        const char *said;
    } cases[] = {
        {make_link_to_itself, "staff.tsv: "},
        {make_folder, "staff.tsv: not a file"},
        {make_pipe, "staff.tsv: not a file"},
        {make_huge, "staff.tsv: larger than 268435456 bytes"},
        {make_long_line, "staff.tsv:2: the line is longer than 65536 bytes"},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *tables = desk_folder_new();
        g_autofree char *path = g_build_filename(tables, "staff.tsv", NULL);
        put(tables, "plans.tsv", PLANS, -1);
        cases[i].make(path);
        g_autofree char *said = said_of(tables);
        assert_said(said, cases[i].said);
        desk_folder_free(tables);
    }
}

/* Nobody reads thousands of sentences; what is wrong in one file hides nothing of the next. */
static void many_faults_are_summed_up(void **state)
{
    (void)state;
    char *tables = desk_folder_new();
    g_autoptr(GString) text = g_string_new(STAFF);
    for (int i = 0; i < 5000; i++)
        g_string_append_printf(text, "A%d\t王\t999999\tcounty\tx\n", i);
    put(tables, "plans.tsv", "major_code\n", -1);
    put(tables, "staff.tsv", text->str, -1);
    g_autofree char *said = said_of(tables);
    guint lines = 0;
    for (const char *at = said; *at; at++)
        lines += *at == '\n';
    assert_said(said, "plans.tsv:1: missing column \"plan_version\"");
    assert_said(said, "staff.tsv:2: county_code");
    assert_said(said, "there are more faults");
    assert_true(lines <= SETTINGS_FAULTS_MAX + 5);
    desk_folder_free(tables);
}

/* No value goes into a sentence: it may be a password or an identity number. */
static void values_are_not_repeated(void **state)
{
    (void)state;
    char *tables = desk_folder_new();
    put(tables, "candidates.tsv",
        PEOPLE "010124100001\t140105199003070013\t张三丰\t男\t13800001001\t\t140105\tgeheim-2026\t\t\n"
               "010124100001\t140105199003070013\t张三丰\t男\t13800001001\t\t140105\tgeheim-2026\t\t\n",
        -1);
    g_autofree char *said = said_of(tables);
    assert_said(said, "candidates.tsv:2: id_no");
    assert_said(said, "candidates.tsv:3: the key of line 2 again");
    static const char *const values[] = {"14010519900307", "张三丰", "13800001001", "geheim"};
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        assert_null(strstr(said, values[i]));
    desk_folder_free(tables);
}

/* ---------------------------------------------------------------- what is odd and yet sound */

static void odd_and_sound(void **state)
{
    (void)state;
    char *tables = desk_folder_new();
    put(tables, "plans.tsv",
        "\xEF\xBB\xBFschool\tmajor_name\tmajor_code\tplan_version\tlevel\tmin_credits\tmin_courses\r\n"
        "\r\n"
        "山西大学\t行政管理\t120402\tnew\t本科\t6\t1",
        -1);
    put(tables, "candidates.tsv",
        PEOPLE "010124100001\t１４０１０５１９９００３０７００１２\t张\t\t\t\t\tZikao-2026\t\t120402/new\n", -1);
    put(tables, "results.tsv", RESULTS "010124100001\t99999\t哪个计划都没有的课\t5\t\t\t\t1\n", -1);
    put(tables, "staff.tsv", STAFF, -1);
    put(tables, "batches.tsv", BATCHES "2026-2\t" WINDOW WINDOW WINDOW "4000\n", -1);
    struct desk *desk = desk_open(&(struct desk_options){.import = tables});
    struct guest *guest = guest_new(desk, ID_NO);
    guest_must(guest, "GET", "/v1/plans/120402", NULL, 200);
    guest_must(guest, "POST", "/v1/application", NULL, 200);
    guest_free(guest);
    desk_close(desk);
    desk_folder_free(tables);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_told_with_its_line),
        cmocka_unit_test(no_table_at_all),
        cmocka_unit_test(many_faults_are_summed_up),
        cmocka_unit_test(values_are_not_repeated),
        cmocka_unit_test(odd_and_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
