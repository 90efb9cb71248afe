/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forms/: read whole or not at all; every word that nothing answers to is a fault with its file and line. */
#include "base/settings.h"
#include "forms_fit.h"
#include "session_walk.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---------------------------------------------------------------- a copy of forms/ that may be spoiled */

struct copy {
    char *directory;
};

static const char *const files[] = {"flow.conf", "messages.conf", "frame.conf"};

static void copy_file(const char *from, const char *to)
{
    char *text = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(from, &text, &length, NULL));
    assert_true(g_file_set_contents(to, text, (gssize)length, NULL));
    g_free(text);
}

static void copy_folder(const char *directory, const char *name)
{
    g_autofree char *from = g_build_filename("forms", name, NULL);
    g_autofree char *to = g_build_filename(directory, name, NULL);
    g_autoptr(GDir) dir = g_dir_open(from, 0, NULL);
    assert_int_equal(g_mkdir(to, 0700), 0);
    for (const char *file; (file = g_dir_read_name(dir));) {
        g_autofree char *source = g_build_filename(from, file, NULL);
        g_autofree char *target = g_build_filename(to, file, NULL);
        copy_file(source, target);
    }
}

static int set_up(void **state)
{
    struct copy *copy = g_new0(struct copy, 1);
    copy->directory = g_dir_make_tmp("forms-XXXXXX", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *from = g_build_filename("forms", files[i], NULL);
        g_autofree char *to = g_build_filename(copy->directory, files[i], NULL);
        copy_file(from, to);
    }
    copy_folder(copy->directory, "screens");
    copy_folder(copy->directory, "tables");
    *state = copy;
    return 0;
}

static void remove_folder(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        if (g_file_test(inside, G_FILE_TEST_IS_DIR))
            remove_folder(inside);
        else
            g_unlink(inside);
    }
    g_rmdir(path);
}

static int tear_down(void **state)
{
    struct copy *copy = *state;
    remove_folder(copy->directory);
    g_free(copy->directory);
    g_free(copy);
    return 0;
}

/* Replaces the one place of `from` in a file of the copy; NULL as `from` appends. Returns the line it stood on. */
static unsigned spoil(const struct copy *copy, const char *file, const char *from, const char *to)
{
    g_autofree char *path = g_build_filename(copy->directory, file, NULL);
    char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    char *at = from ? strstr(text, from) : text + strlen(text);
    if (!at)
        fail_msg("%s does not hold \"%s\"", file, from);
    unsigned line = 1;
    for (const char *walk = text; walk < at; walk++)
        line += *walk == '\n';
    g_autoptr(GString) spoiled = g_string_new_len(text, at - text);
    g_string_append(spoiled, to);
    g_string_append(spoiled, at + (from ? strlen(from) : 0));
    assert_true(g_file_set_contents(path, spoiled->str, -1, NULL));
    g_free(text);
    return line;
}

/* All faults of the copy, reading and checking. */
static GPtrArray *faults_of(const struct copy *copy)
{
    GPtrArray *faults = settings_faults_new();
    struct forms *forms = forms_read(copy->directory, faults);
    assert_int_equal(forms == NULL, faults->len > 0);
    bool good = forms && forms_check(forms, faults);
    assert_int_equal(good, faults->len == 0);
    forms_free(forms);
    return faults;
}

static bool is_told(const GPtrArray *faults, const char *what)
{
    for (guint i = 0; i < faults->len; i++)
        if (strstr(g_ptr_array_index(faults, i), what))
            return true;
    return false;
}

static void assert_told(const struct copy *copy, const char *what)
{
    g_autoptr(GPtrArray) faults = faults_of(copy);
    for (guint i = 0; i < faults->len && !is_told(faults, what); i++)
        print_error("%s\n", (const char *)g_ptr_array_index(faults, i));
    if (!is_told(faults, what))
        fail_msg("nobody tells \"%s\"", what);
}

/* ---------------------------------------------------------------- the real ones */

static void the_real_forms_are_right(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct forms *forms = forms_read("forms", faults);
    assert_non_null(forms);
    assert_true(forms_check(forms, faults));
    assert_non_null(forms_screen(forms, "start"));
    assert_null(forms_screen(forms, "nowhere"));
    assert_string_equal(forms_place(forms, "login")->file, "forms/screens/01-login.conf");
    assert_true(forms_place(forms, "login")->line > forms_place(forms, "consent")->line);
    assert_null(forms_place(forms, "nowhere"));
    forms_free(forms);
    forms_free(NULL);
}

/* Every page says how to get help but the two after which nobody is there to read it. */
static void every_page_has_help_and_a_way_back(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct forms *forms = forms_read("forms", faults);
    for (guint i = 0; i < forms->screens->len; i++) {
        const struct form_screen *screen = g_ptr_array_index(forms->screens, i);
        bool escape = screen->ends_s > 0 || strcmp(screen->name, "start") == 0;
        for (guint k = 0; k < screen->actions->len; k++)
            escape = escape ||
                     g_strcmp0(((struct form_action *)g_ptr_array_index(screen->actions, k))->key, "Esc") == 0 ||
                     g_strcmp0(((struct form_action *)g_ptr_array_index(screen->actions, k))->verb, "go") == 0;
        if (!escape || (!screen->help && !screen->ends_s))
            fail_msg("\"%s\" has no help or no way back", screen->name);
    }
    forms_free(forms);
}

/* ---------------------------------------------------------------- reading */

static void what_cannot_be_read(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    assert_null(forms_read("/nowhere/at/all", faults));
    assert_true(is_told(faults, "/nowhere/at/all/flow.conf"));
    assert_true(is_told(faults, "/nowhere/at/all/screens"));
    assert_true(is_told(faults, "ethnic_gb3304.tsv"));
}

static void a_file_that_is_not_ours(void **state)
{
    static const struct {
        const char *file, *from, *to, *told;
    } cases[] = {
        {"screens/01-login.conf", "kind = \"notice\"", "kind = \"poster\"", "01-login.conf"},
        {"screens/01-login.conf", "chapter = 0;", "chapter = 10;", "chapter"},
        {"screens/01-login.conf", "title = \"欢迎", "titel = \"欢迎", "titel"},
        {"screens/02-prejudge.conf", NULL, "\nscreens = ( { name = \"login\" } );", "02-prejudge.conf"},
        {"flow.conf", "screen = \"majors\";", "screen = 7;", "flow.conf"},
        {"tables/ethnic_gb3304.tsv", "code\t", "kode\t", "ethnic_gb3304.tsv:1"},
        {"tables/regions_gb2260_2024.tsv", "110101\t", "11010\t", "\"11010\" is not the six digits of a place"},
        {"messages.conf", "key = \"idle.ask\"", "kye = \"idle.ask\"", "messages.conf"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        void *copy = NULL;
        set_up(&copy);
        (void)spoil(copy, cases[i].file, cases[i].from, cases[i].to);
        assert_told(copy, cases[i].told);
        tear_down(&copy);
    }
    (void)state;
}

static void a_screen_that_stands_twice(void **state)
{
    (void)spoil(*state, "screens/02-prejudge.conf", "name = \"judge\"", "name = \"login\"");
    assert_told(*state, "screen \"login\" stands twice");
}

static void only_conf_files_are_read(void **state)
{
    const struct copy *copy = *state;
    static const char *const names[] = {"notes.txt", ".01-login.conf.swp", ".hidden.conf"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(copy->directory, "screens", names[i], NULL);
        assert_true(g_file_set_contents(path, "nonsense {", -1, NULL));
    }
    g_autoptr(GPtrArray) faults = faults_of(copy);
    assert_int_equal(faults->len, 0);
}

/* ---------------------------------------------------------------- checking */

/* One fault at a time, each told with the screen and what is wrong. */
static void every_fault_is_found(void **state)
{
    static const struct {
        const char *file, *from, *to, *told;
    } cases[] = {
        {"01-login.conf", "when = \"may_quit\"", "when = \"may_go\"", "screen \"start\": unknown condition \"may_go\""},
        {"01-login.conf", "when = \"may_quit\"", "when = \"!!may_quit\"", "unknown condition \"!!may_quit\""},
        {"01-login.conf", "when = \"!under_way !may_start\"", "when = \"!under_way  may_start\"", "unknown condition"},
        {"01-login.conf", "{apply_window}", "{apply_windo}", "screen \"home\": unknown placeholder \"apply_windo\""},
        {"01-login.conf", "{apply_window}", "{apply_window", "unknown placeholder"},
        {"01-login.conf", "继续办理：{next_step}", "继续办理：{next}", "unknown placeholder \"next\""},
        {"01-login.conf", "verb = \"accept\"", "verb = \"except\"", "screen \"consent\": unknown verb \"except\""},
        {"01-login.conf", "verb = \"resume\"; when = \"may_reapply\"", "when = \"may_reapply\"", "unknown verb"},
        {"01-login.conf", "to = \"consent\"", "to = \"konsent\"", "screen \"start\": unknown screen \"konsent\""},
        {"01-login.conf", "verb = \"go\"; to = \"consent\"", "verb = \"go\"", "no screen to go to"},
        {"01-login.conf", "verb = \"quit\"", "verb = \"quit\"; to = \"home\"", "a screen to go to, without"},
        {"01-login.conf", "key = \"F12\"; verb = \"quit\"", "key = \"F13\"; verb = \"quit\"", "unknown key \"F13\""},
        {"01-login.conf", "key = \"F12\"; verb = \"quit\"", "key = \"F1\"; verb = \"quit\"", "unknown key \"F1\""},
        {"01-login.conf", "key = \"F12\"; verb = \"quit\"", "key = \"F7\"; verb = \"quit\"", "unknown key \"F7\""},
        {"01-login.conf", "check = \"account\"", "check = \"acount\"", "screen \"login\": unknown check \"acount\""},
        {"01-login.conf", "enter = \"health\"", "enter = \"helth\"", "unknown verb \"helth\""},
        {"02-prejudge.conf", "choices = \"judge\"", "choices = \"juge\"", "unknown source of choices \"juge\""},
        {"02-prejudge.conf", "choose = \"judge\"", "choose = \"jude\"", "unknown verb \"jude\""},
        {"02-prejudge.conf", "source = \"reasons\"", "source = \"reason\"", "unknown source of a table \"reason\""},
        {"02-prejudge.conf", "when = \"judged_met\"", "when = \"judged_me\"", "unknown condition \"judged_me\""},
        {"03-degree.conf", "qr = \"prior_degree\"", "qr = \"degree\"", "unknown source of a code \"degree\""},
        {"04-confirm.conf", "sum = \"已选 {sum_courses}", "sum = \"已选 {sum_course}", "unknown placeholder"},
        {"04-confirm.conf", "选择报名区县：{city}", "选择报名区县：{town}", "unknown placeholder \"town\""},
        {"06-review.conf", "key = \"simulated\";", "key = \"simulated\"; verb = \"order\";", "a verb of its own"},
        {"07-form.conf", "table = \"ethnic\"", "table = \"etnic\"", "screen \"person\": unknown table \"etnic\""},
        {"07-form.conf", "type = \"code\"; table = \"ethnic\"", "type = \"code\"", "unknown table"},
        {"07-form.conf", "mask = \"3 4 4\"", "mask = \"3-4-4\"", "screen \"person\": the groups are not"},
        {"07-form.conf", "mask = \"3 4 4\"", "mask = \"3 4 5\"", "the groups are not those of a number"},
        {"07-form.conf", "type = \"date\"; age = 16;", "type = \"date\"; mask = \"8\";", "the groups are not"},
        {"07-form.conf", "prefix = \"resume\"; rows = 7;", "rows = 7;", "no prefix or number of rows"},
        {"07-form.conf", "prefix = \"resume\"; rows = 7;", "prefix = \"resume\";", "no prefix or number of rows"},
        {"07-form.conf", "back_why = \"正在打印", "back_why = \"{x}正在打印", "unknown placeholder \"x\""},
        {"07-form.conf", "name = \"print_check\"", "name = \"print_chek\"", "unknown screen \"print_check\""},
        {"07-form.conf", "name = \"print_check\"", "name = \"print_chek\"", "nothing leads to \"print_chek\""},
        {"04-confirm.conf", "choices = \"major\"; many = true;", "many = true;", "many, but no source of choices"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        void *copy = NULL;
        set_up(&copy);
        g_autofree char *file = g_build_filename("screens", cases[i].file, NULL);
        (void)spoil(copy, file, cases[i].from, cases[i].to);
        assert_told(copy, cases[i].told);
        tear_down(&copy);
    }
    (void)state;
}

static void faults_of_the_flow(void **state)
{
    static const struct {
        const char *from, *to, *told;
    } cases[] = {
        {"when = \"submitted photo_open\"", "when = \"submitted photo_opn\"",
         "screen \"photo_rules\": unknown condition \"photo_opn\""},
        {"until = \"majors_chosen\"", "until = \"major_chosen\"", "unknown condition \"major_chosen\""},
        {"screen = \"order\"", "screen = \"ordre\"", "unknown screen \"ordre\""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        void *copy = NULL;
        set_up(&copy);
        (void)spoil(copy, "flow.conf", cases[i].from, cases[i].to);
        assert_told(copy, cases[i].told);
        tear_down(&copy);
    }
    (void)state;
}

static void sentences_that_are_missing(void **state)
{
    static const char *const keys[] = {"idle.ask",   "busy.save",         "word.totals",       "photo_state.checking",
                                       "print.lost", "printing.no_paper", "course_state.used", "order_state.paid"};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        void *copy = NULL;
        set_up(&copy);
        g_autofree char *from = g_strdup_printf("key = \"%s\"", keys[i]);
        (void)spoil(copy, "messages.conf", from, "key = \"gone\"");
        g_autofree char *told = g_strdup_printf("no sentence \"%s\"", keys[i]);
        if (strcmp(keys[i], "print.lost") == 0) { /* a reason of the printer has a stand-in */
            g_autoptr(GPtrArray) faults = faults_of(copy);
            assert_int_equal(faults->len, 0);
        } else {
            assert_told(copy, told);
        }
        tear_down(&copy);
    }
    (void)state;
}

static void a_screen_without_a_way_on(void **state)
{
    (void)spoil(*state, "screens/08-handin.conf", "screens = (",
                "screens = ( { name = \"trap\"; kind = \"notice\"; title = \"陷阱\"; },");
    assert_told(*state, "screen \"trap\": there is no way on from");
    assert_told(*state, "screen \"trap\": nothing leads to");
}

static void faults_say_file_and_line(void **state)
{
    const struct copy *copy = *state;
    unsigned line = spoil(copy, "screens/05-photo.conf", "name = \"photo\";", "name = \"photo\"; ");
    (void)spoil(copy, "screens/05-photo.conf", "choices = \"file\"", "choices = \"files\"");
    g_autofree char *place = g_strdup_printf("%s/screens/05-photo.conf:%u: screen \"photo\"", copy->directory, line);
    assert_told(copy, place);
}

/* All of them at once, not only the first. */
static void many_faults_are_all_told(void **state)
{
    (void)spoil(*state, "screens/01-login.conf", "verb = \"accept\"", "verb = \"x1\"");
    (void)spoil(*state, "screens/03-degree.conf", "qr = \"prior_degree\"", "qr = \"x2\"");
    (void)spoil(*state, "flow.conf", "when = \"submitted photo_open\"", "when = \"x3\"");
    g_autoptr(GPtrArray) faults = faults_of(*state);
    assert_true(is_told(faults, "\"x1\"") && is_told(faults, "\"x2\"") && is_told(faults, "\"x3\""));
}

/* ---------------------------------------------------------------- every text fits its place */

#define LONG  "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
#define LINES LONG LONG "\\n" LONG LONG "\\n" LONG LONG "\\n" LONG LONG "\\n"

static GPtrArray *misfits_of(const char *directory)
{
    GPtrArray *faults = settings_faults_new();
    g_autofree char *frame = g_build_filename(directory, "frame.conf", NULL);
    struct forms *forms = forms_read(directory, faults);
    struct screen_labels *labels = settings_read(&screen_labels_record, frame, faults);
    assert_non_null(forms);
    assert_non_null(labels);
    bool good = forms_fit(forms, labels, "太原市小店区招生考试中心", faults);
    assert_int_equal(good, faults->len == 0);
    record_free(&screen_labels_record, labels);
    forms_free(forms);
    return faults;
}

static void the_real_forms_fit(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = misfits_of("forms");
    for (guint i = 0; i < faults->len; i++)
        print_error("%s\n", (const char *)g_ptr_array_index(faults, i));
    assert_int_equal(faults->len, 0);
}

static bool is_told_at(const GPtrArray *faults, const char *place, const char *what)
{
    for (guint i = 0; i < faults->len; i++) {
        const char *fault = g_ptr_array_index(faults, i);
        if (g_str_has_prefix(fault, place) && strstr(fault, what))
            return true;
    }
    for (guint i = 0; i < faults->len; i++)
        print_error("%s\n", (const char *)g_ptr_array_index(faults, i));
    return false;
}

/* Texts too long, each told with its own line, its place and the columns. */
static void what_does_not_fit_is_told(void **state)
{
    static const struct {
        const char *file, *from, *to, *told;
    } cases[] = {
        {"screens/01-login.conf", "title = \"考生登录\"", "title = \"甲" LONG "\"",
         "the title has 76 columns and needs 82"},
        {"screens/01-login.conf", "label = \"身份证号或准考证号\"", "label = \"身份证号、准考证号或者其他号码\"",
         "screen \"login\": the label has 28 columns and needs 30"},
        {"screens/01-login.conf", "hint = \"与身份证一致\"", "hint = \"乙" LONG "\"",
         "screen \"register\": the hint in the field has"},
        {"screens/01-login.conf", "label = \"注册\"; key = \"F2\"", "label = \"丙" LONG "\"; key = \"F2\"",
         "the key line"},
        {"screens/01-login.conf", "label = \"同意并继续\"", "label = \"丁" LONG "\"",
         "screen \"consent\": the key line has"},
        {"screens/01-login.conf", "note = \"看是否符合毕业条件\"", "note = \"戊" LONG "\"",
         "screen \"home\": the item has"},
        {"screens/02-prejudge.conf", "title = \"学分\"", "title = \"己" LONG "\"", "the column title has"},
        {"screens/03-degree.conf", "label = \"返回\"; verb = \"go\"", "label = \"庚" LONG "\"; verb = \"go\"",
         "screen \"degree_manual\": the item has"},
        {"screens/03-degree.conf", "text = \"前置学历已通过验证。\"", "text = \"辛" LINES "\"",
         "screen \"prior_degree\": no room for this part of the body"},
        {"screens/04-confirm.conf", "text = \"请选择县（市、区）。\"", "text = \"壬" LINES LINES "\"",
         "screen \"county\": no room for this part of the body"},
        {"screens/07-form.conf", "title = \"自我鉴定\"", "title = \"癸" LONG "\"", "the title has 76"},
        {"screens/07-form.conf", "title = \"家庭主要成员\"",
         "title = \"家一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十\"",
         "screen \"family\": the title beside the mark of the language has"},
        {"messages.conf", "text = \"请输入身份证上的姓名。\"", "text = \"子" LONG "\"",
         "the message line, touched has"},
        {"messages.conf", "text = \"您还在吗？", "text = \"丑" LONG, "the message line, touched has 59"},
        {"messages.conf", "text = \"生成登记表\"", "text = \"寅" LONG "\"",
         "screen \"printing\": the note has 68 columns"},
        {"messages.conf", "text = \"旧计划课程合格证（红卡/绿卡）\"", "text = \"卯" LONG "\"",
         "the list of a field has"},
        {"frame.conf", "cap_next = \"下一项\"", "cap_next = \"回车到下一项去填\"", "the keyboard, touched has"},
        {"frame.conf", "\"登记表\"", "\"毕业生登记表毕业生登记表毕业生登记表\"", "the chapters has"},
        {"frame.conf", "title = \"山西省", "title = \"山西省山西省山西省山西省", "the title bar has"},
        {"frame.conf", "pick_hint = \"", "pick_hint = \"辰" LONG, "the list of a field has 76"},
        {"frame.conf", "pinyin_none = \"", "pinyin_none = \"巳" LONG, "has 75 columns"},
        {"frame.conf", "more_below = \"", "more_below = \"午" LONG, "has 16 columns"},
    };
    const struct copy *copy = *state;
    unsigned lines[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        lines[i] = spoil(copy, cases[i].file, cases[i].from, cases[i].to);
    g_autoptr(GPtrArray) faults = misfits_of(copy->directory);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *place = g_strdup_printf("%s/%s:%u: ", copy->directory, cases[i].file, lines[i]);
        if (!is_told_at(faults, place, cases[i].told))
            fail_msg("nobody tells \"%s%s\"", place, cases[i].told);
    }
}

/* Help and bodies may be longer than what is seen of them at once. */
static void what_scrolls_fits(void **state)
{
    const struct copy *copy = *state;
    (void)spoil(copy, "screens/01-login.conf", "help = \"可以用18位", "help = \"" LINES LINES LINES);
    (void)spoil(copy, "screens/02-prejudge.conf", "text = \"该程序依据", "text = \"" LINES);
    g_autoptr(GPtrArray) faults = misfits_of(copy->directory);
    assert_int_equal(faults->len, 0);
}

static void a_body_of_many_screens_is_told(void **state)
{
    const struct copy *copy = *state;
    (void)spoil(copy, "screens/04-confirm.conf", "text = \"一次添加一门。", "text = \"" LINES LINES LINES LINES);
    g_autoptr(GPtrArray) faults = misfits_of(copy->directory);
    assert_true(is_told(faults, "screen \"added_new\": the body has 51 lines and needs 55"));
}

#define COPY(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_real_forms_are_right),
        cmocka_unit_test(every_page_has_help_and_a_way_back),
        cmocka_unit_test(what_cannot_be_read),
        cmocka_unit_test(a_file_that_is_not_ours),
        COPY(a_screen_that_stands_twice),
        COPY(only_conf_files_are_read),
        cmocka_unit_test(every_fault_is_found),
        cmocka_unit_test(faults_of_the_flow),
        cmocka_unit_test(sentences_that_are_missing),
        COPY(a_screen_without_a_way_on),
        COPY(faults_say_file_and_line),
        COPY(many_faults_are_all_told),
        cmocka_unit_test(the_real_forms_fit),
        COPY(what_does_not_fit_is_told),
        COPY(what_scrolls_fits),
        COPY(a_body_of_many_screens_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
