/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import: all or nothing, every fault with its line, again by key; and what of it the rules of the register make. */
#include "clerk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define PLANS                                                                                                          \
    "major_code\tplan_version\tmajor_name\tlevel\tschool\tmin_credits\tmin_courses\telective_min_credits\t"            \
    "requires_prior_degree\n"                                                                                          \
    "120402\tnew\t行政管理\t本科\t山西大学\t6\t1\t0\t1\n"
#define COURSES                                                                                                        \
    "course_code\tmajor_code\tplan_version\tcourse_name\tcredits\ttype\tgroup\tgroup_min_courses\tgroup_min_credits\t" \
    "counts_credit\tsubstitutable\told_codes\n"                                                                        \
    "00277\t120402\tnew\t行政管理学\t6\t必考\t\t\t\t1\t\t\n"
#define CANDIDATES_HEAD "exam_no\tid_no\tname\tsex\tmobile\taddress\tcounty_code\tpassword\tphoto_file\tmajors\n"
#define RESULTS         "exam_no\tcourse_code\tcourse_name\tcredits\tscore\tpassed_on\tused\texempt\n"
#define DEGREES         "id_no\tcertificate_no\tname\tschool\tmajor\tlevel\tgraduated_on\tstatus\n"
#define BATCHES                                                                                                        \
    "batch\tapply_from\tapply_to\tpay_from\tpay_to\thandin_from\thandin_to\tfee_fen\n"                                 \
    "2026-2\t2026-12-01T08:00:00+08:00\t2026-12-09T18:00:00+08:00\t2026-12-01T08:00:00+08:00\t"                        \
    "2026-12-09T18:00:00+08:00\t2026-12-01T08:00:00+08:00\t2026-12-09T18:00:00+08:00\t4000\n"

#define ID_NO "140105199003070012"

struct file {
    const char *name, *text;
};

static char *folder_with(const struct file files[])
{
    char *folder = desk_folder_new();
    for (size_t i = 0; files[i].name; i++) {
        g_autofree char *path = g_build_filename(folder, files[i].name, NULL);
        assert_true(g_file_set_contents(path, files[i].text, -1, NULL));
    }
    return folder;
}

static void put(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static char *candidate_row(const char *name, const char *password)
{
    return g_strdup_printf(CANDIDATES_HEAD "010124100001\t" ID_NO "\t%s\t男\t13800001001\t山西省太原市小店区\t140105\t"
                                           "%s\t\t120402/new\n",
                           name, password);
}

static struct desk *desk_with(const char *folder)
{
    return desk_open(&(struct desk_options){.import = folder, .clock = DESK_CLOCK});
}

/* ---------------------------------------------------------------- faults */

/* Each: one file that is wrong, and the words that must be said about it. */
static void faults_have_lines(void **state)
{
    static const struct {
        struct file file;
        const char *said[3];
    } cases[] = {
        {{"plans.tsv", "major_code\tplan_version\tmajor_name\tlevel\tschool\tmin_credits\tmin_courses\tcolour\n"},
         {"plans.tsv:1:", "colour"}},
        {{"plans.tsv", PLANS "690206\tnew\t行政管理\t大专\t山西大学\t70\t15\t0\t0\n"}, {"plans.tsv:3:", "level"}},
        {{"plans.tsv", PLANS "690206\tnew\t行政管理\t专科\t山西大学\tmany\t15\t0\t0\n"}, {"plans.tsv:3:"}},
        {{"plans.tsv", PLANS "690206\tnew\t\t专科\t山西大学\t70\t15\t0\t0\n"}, {"plans.tsv:3:", "major_name"}},
        {{"plan_courses.tsv", COURSES}, {"plan_courses.tsv:2:", "no plan"}},
        {{"candidates.tsv", CANDIDATES_HEAD "0101\t" ID_NO "\t张三\t男\t\t\t140105\tx\t\t\n"},
         {"candidates.tsv:2:", "exam_no"}},
        {{"candidates.tsv", CANDIDATES_HEAD "010124100001\t140105199003070013\t张三\t男\t\t\t140105\tx\t\t\n"},
         {"candidates.tsv:2:", "id_no"}},
        {{"candidates.tsv", CANDIDATES_HEAD "010124100001\t" ID_NO "\t张三\t男\t\t\t999999\tx\t\t\n"},
         {"candidates.tsv:2:", "county_code"}},
        {{"candidates.tsv", CANDIDATES_HEAD "010124100001\t" ID_NO "\t张三\t男\t\t\t140105\tx\t../x.jpg\t\n"},
         {"candidates.tsv:2:", "photo_file"}},
        {{"candidates.tsv", CANDIDATES_HEAD "010124100001\t" ID_NO "\t张三\t男\t\t\t140105\tx\t\t120402/new\n"},
         {"candidates.tsv:2:", "majors"}},
        {{"candidates.tsv", CANDIDATES_HEAD "010124100001\t" ID_NO "\t张三\t男\t\t\t140105\tx\t\t\n"
                                            "010124100002\t" ID_NO "\t李四\t男\t\t\t140105\tx\t\t\n"},
         {"candidates.tsv:3:", "another candidate"}},
        {{"candidates.tsv", CANDIDATES_HEAD "010124100001\t" ID_NO "\t张\xe2\x80\xae三\t男\t\t\t140105\tx\t\t\n"},
         {"candidates.tsv:2:", "name"}},
        {{"results.tsv", RESULTS "010124100001\t00277\t行政管理学\t6\t80\t2025-04-12\t0\t0\n"},
         {"results.tsv:2:", "no such candidate"}},
        {{"results.tsv", RESULTS "010124100001\t277\t行政管理学\t6\t80\t2025-04-12\t0\t0\n"},
         {"results.tsv:2:", "course_code"}},
        {{"results.tsv", RESULTS "010124100001\t00277\t行政管理学\t6\t80\t2025-02-30\t0\t0\n"},
         {"results.tsv:2:", "passed_on"}},
        {{"results.tsv", RESULTS "010124100001\t00277\t行政管理学\t6\t101\t2025-04-12\t0\t0\n"}, {"results.tsv:2:"}},
        {{"prior_degrees.tsv", DEGREES ID_NO "\t1\t张三\t山西大学\t\t专科\t2012-07-01\t肄业\n"},
         {"prior_degrees.tsv:2:", "status"}},
        {{"batches.tsv", "batch\tapply_from\tapply_to\tpay_from\tpay_to\thandin_from\thandin_to\tfee_fen\n"
                         "x\t2026-12-09T18:00:00+08:00\t2026-12-01T08:00:00+08:00\t2026-12-01T08:00:00+08:00\t"
                         "2026-12-09T18:00:00+08:00\t2026-12-01T08:00:00+08:00\t2026-12-09T18:00:00+08:00\t4000\n"},
         {"batches.tsv:2:", "before it begins"}},
        {{"staff.tsv", "staff_no\tname\tcounty_code\trole\tpassword\nA\t王\t140105\tking\tx\n"},
         {"staff.tsv:2:", "role"}},
        {{"other.tsv", "x\n"}, {"none of the tables"}},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *folder = folder_with((const struct file[]){cases[i].file, {NULL}});
        char *data = desk_folder_new();
        g_autofree char *said = desk_refused(data, folder);
        for (size_t n = 0; n < G_N_ELEMENTS(cases[i].said) && cases[i].said[n]; n++) {
            if (!strstr(said, cases[i].said[n]))
                print_error("case %zu: \"%s\" is not in:\n%s", i, cases[i].said[n], said);
            assert_non_null(strstr(said, cases[i].said[n]));
        }
        desk_folder_free(folder);
        desk_folder_free(data);
    }
}

static void a_missing_folder(void **state)
{
    (void)state;
    char *data = desk_folder_new();
    g_autofree char *said = desk_refused(data, "/nowhere/at/all");
    assert_non_null(strstr(said, "none of the tables"));
    desk_folder_free(data);
}

/* All faults at once, and nothing of the good rows stays. */
static void all_or_nothing(void **state)
{
    (void)state;
    g_autofree char *good = candidate_row("张三", DESK_PASSWORD);
    char *folder = folder_with((const struct file[]){{"plans.tsv", PLANS},
                                                     {"plan_courses.tsv", COURSES},
                                                     {"candidates.tsv", good},
                                                     {"batches.tsv", BATCHES},
                                                     {NULL}});
    struct desk *desk = desk_with(folder);
    struct guest *guest = guest_new(desk, "010124100001");
    guest_free(guest);
    g_autofree char *bad = g_strconcat(good, "x\ty\tz\n", "010124100003\t1\t李四\t男\t\t\t140105\tx\t\t\n", NULL);
    put(folder, "candidates.tsv", bad);
    put(folder, "plans.tsv",
        "major_code\tplan_version\tmajor_name\tlevel\tschool\tmin_credits\tmin_courses\n"
        "120402\tnew\t改名\t本科\t山西大学\t6\t1\n");
    g_autofree char *said = desk_refused_again(desk);
    assert_non_null(strstr(said, "candidates.tsv:3:"));
    assert_non_null(strstr(said, "candidates.tsv:4:"));
    desk_without_import(desk);
    guest = guest_new(desk, "010124100001");
    struct reply *plan = guest_call(guest, "GET", "/v1/plans/120402", NULL);
    assert_non_null(strstr(plan->body, "\"major_name\":\"行政管理\""));
    reply_free(plan);
    guest_free(guest);
    desk_close(desk);
    desk_folder_free(folder);
}

/* ---------------------------------------------------------------- again, by key */

static void again_by_key(void **state)
{
    (void)state;
    g_autofree char *first = candidate_row("张三", DESK_PASSWORD);
    char *folder = folder_with((const struct file[]){{"plans.tsv", PLANS},
                                                     {"plan_courses.tsv", COURSES},
                                                     {"candidates.tsv", first},
                                                     {"batches.tsv", BATCHES},
                                                     {NULL}});
    struct desk *desk = desk_with(folder);
    struct guest *guest = guest_new(desk, "010124100001");
    guest_must(guest, "POST", "/v1/application", NULL, 200);
    int64_t version = guest->now->version;
    /* Another name, and the password left as it is; the application stays. */
    g_autofree char *second = candidate_row("张三丰", "");
    put(folder, "candidates.tsv", second);
    put(folder, "results.tsv", RESULTS "010124100001\t00277\t行政管理学\t6\t80\t2025-04-12\t0\t0\n");
    desk_reopen(desk, true, NULL);
    struct reply *me = guest_call(guest, "GET", "/v1/me", NULL);
    assert_non_null(strstr(me->body, "张三丰"));
    reply_free(me);
    struct reply *judged = guest_call(guest, "GET", "/v1/eligibility?major=120402", NULL);
    assert_non_null(strstr(judged->body, "\"verdict\":\"met\""));
    reply_free(judged);
    guest_look(guest);
    assert_int_equal(guest->now->state, STATE_DRAFT);
    assert_true(guest->now->version > version); /* an import is news */
    guest_free(guest);
    guest = guest_new(desk, ID_NO); /* the old password */
    guest_free(guest);
    desk_close(desk);
    desk_folder_free(folder);
}

/* ---------------------------------------------------------------- under a running application */

#define TWO_PLANS(name)                                                                                                \
    "major_code\tplan_version\tmajor_name\tlevel\tschool\tmin_credits\tmin_courses\telective_min_credits\t"            \
    "requires_prior_degree\n"                                                                                          \
    "690206\tnew\t行政管理\t专科\t山西大学\t0\t0\t0\t0\n"                                                    \
    "690301\tnew\t" name "\t专科\t山西大学\t0\t0\t0\t0\n"
#define FEE(fen)                                                                                                       \
    "batch\tapply_from\tapply_to\tpay_from\tpay_to\thandin_from\thandin_to\tfee_fen\n"                                 \
    "2026-2\t2026-12-01T08:00:00+08:00\t2026-12-09T18:00:00+08:00\t2026-12-01T08:00:00+08:00\t"                        \
    "2026-12-09T18:00:00+08:00\t2026-12-01T08:00:00+08:00\t2026-12-09T18:00:00+08:00\t" fen "\n"

static void import_person(const char *folder, const char *name, const char *county, const char *majors)
{
    g_autofree char *row = g_strdup_printf(
        CANDIDATES_HEAD "010124100001\t" ID_NO "\t%s\t男\t\t\t%s\t" DESK_PASSWORD "\t\t%s\n", name, county, majors);
    put(folder, "candidates.tsv", row);
}

static const struct application_item *item_of(const struct guest *guest)
{
    return guest->now->items->pdata[0];
}

/* What a draft may no longer apply for is not submitted; what was submitted goes on as it is. */
static void majors_taken_away(void **state)
{
    (void)state;
    char *folder =
        folder_with((const struct file[]){{"plans.tsv", TWO_PLANS("法律事务")}, {"batches.tsv", FEE("4000")}, {NULL}});
    import_person(folder, "张三", "140105", "690206/new 690301/new");
    struct desk *desk = desk_with(folder);
    struct guest *guest = guest_new(desk, "010124100001");
    guest_choose(guest, "690206");
    import_person(folder, "张三丰", "140106", "690301/new");
    desk_reopen(desk, false, NULL);
    guest_look(guest);
    assert_string_equal(item_of(guest)->major, "690206");
    assert_string_equal(guest->now->county, "140105"); /* the one chosen, not the register's */
    struct reply *refused = guest_call(guest, "POST", "/v1/application/submit", NULL);
    g_autofree char *field = reply_field(refused);
    reply_assert(refused, 409, "major_unknown");
    assert_string_equal(field, "majors[0]");
    reply_free(refused);
    guest_look(guest);
    assert_int_equal(guest->now->state, STATE_DRAFT);
    guest_must(guest, "PUT", "/v1/application/majors",
               "{\"majors\":[{\"code\":\"690301\",\"version\":\"new\"}],\"county\":\"140105\"}", 200);
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    import_person(folder, "张三丰", "140106", "");
    put(folder, "plans.tsv", TWO_PLANS("法律实务"));
    desk_reopen(desk, false, NULL);
    guest_look(guest);
    assert_int_equal(guest->now->state, STATE_SYSTEM_APPROVED);
    assert_string_equal(item_of(guest)->name, "法律实务");
    guest_free(guest);
    desk_close(desk);
    desk_folder_free(folder);
}

/* English passed meanwhile: what was given for it is no longer needed, and keeps nobody from submitting. */
static void english_passed_meanwhile(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, "010124100002");
    guest_choose(guest, "120402");
    g_autofree char *address = guest_start_degree(guest);
    reply_free(desk_phone(address, "action=authorise"));
    guest_look(guest);
    guest_must(guest, "PUT", "/v1/application/english-substitution",
               "{\"major\":\"120402\",\"courses\":[\"00144\",\"00321\"]}", 200);
    static const char *const passed[] = {
        "INSERT INTO results VALUES ('010124100002', '13000', '英语（专升本）', 7, 70, '2026-10-20', 0, 0)", NULL};
    clerk_sql(desk, passed);
    guest_look(guest);
    assert_true(application_allows(guest->now, EVENT_SUBMIT));
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    guest_free(guest);
    desk_close(desk);
}

/* An order says what is to be paid: another fee meanwhile is for the next one, and what was paid stays what was paid. */
static void another_fee(void **state)
{
    (void)state;
    char *folder =
        folder_with((const struct file[]){{"plans.tsv", TWO_PLANS("法律事务")}, {"batches.tsv", FEE("4000")}, {NULL}});
    import_person(folder, "张三", "140105", "690206/new");
    struct desk *desk = desk_with(folder);
    struct guest *guest = guest_new(desk, "010124100001");
    guest_choose(guest, "690206");
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    guest_put_portrait(guest, 200);
    guest_wait_photo(guest, PHOTO_ACCEPTED);
    g_free(guest_order(guest));
    put(folder, "batches.tsv", FEE("5000"));
    desk_reopen(desk, false, NULL);
    guest_look(guest);
    assert_int_equal(guest->now->order->amount_fen, 4000);
    assert_int_equal(guest->now->fee_fen, 4000);
    g_autofree char *address = g_strconcat(desk_url(desk), "/P/PAY/", guest->now->order->order_no, NULL);
    struct reply *page = desk_phone(address, "action=cancel");
    reply_free(page);
    guest_look(guest);
    assert_int_equal(guest->now->fee_fen, 5000);
    g_autofree char *next = guest_order(guest);
    page = desk_phone(next, "action=pay");
    assert_non_null(strstr(page->body, "50.00"));
    reply_free(page);
    put(folder, "batches.tsv", FEE("6000"));
    desk_reopen(desk, false, NULL);
    guest_look(guest);
    assert_int_equal(guest->now->state, STATE_PAID);
    assert_int_equal(guest->now->order->amount_fen, 5000);
    assert_int_equal(guest->now->fee_fen, 5000);
    guest_free(guest);
    desk_close(desk);
    desk_folder_free(folder);
}

/* ---------------------------------------------------------------- the register */

/* Names with another middle dot are the same, numbers of 15 digits too; who left without graduating is not enough. */
static void diplomas(void **state)
{
    static const struct {
        const char *degrees;
        enum prior_degree_state outcome;
    } cases[] = {
        {DEGREES ID_NO "\t1\t阿依古丽·买买提\t山西大学\t行政管理\t专科\t2012-07-01\t毕业\n", PRIOR_VERIFIED},
        {DEGREES ID_NO "\t1\t阿依古丽•买买提\t山西大学\t行政管理\t专科\t2012-07-01\t毕业\n", PRIOR_VERIFIED},
        {DEGREES ID_NO "\t1\t阿依古丽．买买提\t山西大学\t行政管理\t本科\t2012-07-01\t毕业\n", PRIOR_VERIFIED},
        {DEGREES "140105900307001\t1\t阿依古丽·买买提\t山西大学\t行政管理\t专科\t1999-07-01\t毕业\n", PRIOR_VERIFIED},
        {DEGREES ID_NO "\t1\t阿依古丽\t山西大学\t行政管理\t专科\t2012-07-01\t毕业\n", PRIOR_MISMATCH},
        {DEGREES ID_NO "\t1\t阿依古丽·买买提\t山西大学\t行政管理\t专科\t2012-07-01\t结业\n", PRIOR_MISMATCH},
        {DEGREES ID_NO "\t1\t阿依古丽·买买提\t太原市第一中学\t\t高中\t2012-07-01\t毕业\n", PRIOR_MISMATCH},
        {DEGREES ID_NO "\t1\t阿依古丽·买买提\t山西大学\t行政管理\t专科\t2027-07-01\t毕业\n", PRIOR_MISMATCH},
        {DEGREES ID_NO "\t1\t阿依古丽·买买提\t山西大学\t\t专科\t2012-07-01\t结业\n" ID_NO
                       "\t2\t阿依古丽·买买提\t山西大学\t\t专科\t2010-07-01\t毕业\n",
         PRIOR_VERIFIED},
        {DEGREES "140105199003070020\t1\t阿依古丽·买买提\t山西大学\t\t专科\t2012-07-01\t毕业\n", PRIOR_NOT_FOUND},
    };
    (void)state;
    g_autofree char *person = candidate_row("阿依古丽·买买提", DESK_PASSWORD);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *folder = folder_with((const struct file[]){{"plans.tsv", PLANS},
                                                         {"plan_courses.tsv", COURSES},
                                                         {"candidates.tsv", person},
                                                         {"prior_degrees.tsv", cases[i].degrees},
                                                         {"batches.tsv", BATCHES},
                                                         {NULL}});
        struct desk *desk = desk_with(folder);
        struct guest *guest = guest_new(desk, "010124100001");
        guest_choose(guest, "120402");
        g_autofree char *address = guest_start_degree(guest);
        struct reply *page = desk_phone(address, "action=authorise");
        assert_int_equal(page->status, 200);
        reply_free(page);
        guest_look(guest);
        if (guest->now->prior_degree->state != (int)cases[i].outcome)
            print_error("case %zu\n", i);
        assert_int_equal(guest->now->prior_degree->state, cases[i].outcome);
        assert_true((cases[i].outcome == PRIOR_VERIFIED) == (guest->now->prior_degree->reason == NULL));
        guest_free(guest);
        desk_close(desk);
        desk_folder_free(folder);
    }
}

/* What was verified before one major was exchanged for another may be the very certificate that is applied for now. */
static void majors_exchanged_after_the_register(void **state)
{
    (void)state;
    static const char degrees[] =
        DEGREES ID_NO "\t65140101241000010\t张三\t山西大学\t行政管理\t本科\t2012-07-01\t毕业\n";
    char *folder =
        folder_with((const struct file[]){{"plans.tsv", PLANS "030101\tnew\t法学\t本科\t山西大学\t0\t0\t0\t1\n"},
                                          {"prior_degrees.tsv", degrees},
                                          {"batches.tsv", BATCHES},
                                          {NULL}});
    import_person(folder, "张三", "140105", "120402/new 030101/new");
    struct desk *desk = desk_with(folder);
    struct guest *guest = guest_new(desk, "010124100001");
    guest_choose(guest, "030101");
    g_autofree char *address = guest_start_degree(guest);
    reply_free(desk_phone(address, "action=authorise"));
    guest_look(guest);
    assert_int_equal(guest->now->prior_degree->state, PRIOR_VERIFIED);
    guest_must(guest, "PUT", "/v1/application/majors",
               "{\"majors\":[{\"code\":\"120402\",\"version\":\"new\"}],\"county\":\"140105\"}", 200);
    assert_int_equal(guest->now->prior_degree->state, PRIOR_MISMATCH);
    assert_false(application_allows(guest->now, EVENT_SUBMIT));
    guest_must(guest, "PUT", "/v1/application/majors",
               "{\"majors\":[{\"code\":\"030101\",\"version\":\"new\"}],\"county\":\"140106\"}", 200);
    assert_int_equal(guest->now->prior_degree->state, PRIOR_MISMATCH); /* asked again only with the person's consent */
    guest_free(guest);
    desk_close(desk);
    desk_folder_free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_have_lines),
        cmocka_unit_test(a_missing_folder),
        cmocka_unit_test(all_or_nothing),
        cmocka_unit_test(again_by_key),
        cmocka_unit_test(diplomas),
        cmocka_unit_test(majors_taken_away),
        cmocka_unit_test(another_fee),
        cmocka_unit_test(english_passed_meanwhile),
        cmocka_unit_test(majors_exchanged_after_the_register),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
