/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/settings.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* libconfig 1.5 forgets to free the text in front of which it found a syntax error; a few bytes of a program that ends then. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libconfig_yylex\n";
}

struct server {
    char *url;
    int64_t timeout_ms;
};

static const struct record_field server_fields[] = {
    {"url", RECORD_STRING, offsetof(struct server, url), RECORD_REQUIRED},
    {"timeout_ms", RECORD_INTEGER, offsetof(struct server, timeout_ms), .min = 100, .max = 60000, .initial = "5000"},
};
static const struct record_type server_record = RECORD_TYPE(server, server_fields);

struct screen {
    char *id;
    GPtrArray *words;
};

static const struct record_field screen_fields[] = {
    {"id", RECORD_STRING, offsetof(struct screen, id), RECORD_REQUIRED},
    {"words", RECORD_STRINGS, offsetof(struct screen, words), .max = 3},
};
static const struct record_type screen_record = RECORD_TYPE(screen, screen_fields);

struct conf {
    char *title, *pin;
    int64_t copies, size;
    bool on;
    int side;
    int64_t from;
    struct server *server, *spare;
    GPtrArray *screens;
};

static const char *const sides[] = {"left", "right", NULL};
static const struct record_field conf_fields[] = {
    {"title", RECORD_STRING, offsetof(struct conf, title), RECORD_MULTILINE, .max = 10, .initial = "自考"},
    {"pin", RECORD_STRING, offsetof(struct conf, pin), RECORD_SECRET, .max = 6},
    {"copies", RECORD_INTEGER, offsetof(struct conf, copies), .min = 1, .max = 5, .initial = "2"},
    {"size", RECORD_INTEGER, offsetof(struct conf, size), .min = INT64_MIN, .max = INT64_MAX},
    {"on", RECORD_BOOLEAN, offsetof(struct conf, on)},
    {"side", RECORD_WORD, offsetof(struct conf, side), .words = sides},
    {"from", RECORD_TIME, offsetof(struct conf, from)},
    {"server", RECORD_ONE, offsetof(struct conf, server), .type = &server_record},
    {"spare", RECORD_ONE, offsetof(struct conf, spare), .type = &server_record},
    {"screens", RECORD_MANY, offsetof(struct conf, screens), .type = &screen_record, .max = 3},
};
static const struct record_type conf_record = RECORD_TYPE(conf, conf_fields);

static char *joined(GPtrArray *faults)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < faults->len; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? "\n" : "", (char *)faults->pdata[i]);
    return g_string_free(all, FALSE);
}

/* ---------------------------------------------------------------- what is good */

static void reads_every_kind(void **state)
{
    (void)state;
    static const char text[] = "# a comment with \"@include and 99999999999\n"
                               "title = \"山西\" \"自考\"\n  \"\\n二\"; // adjacent texts join\n"
                               "copies = 3; size = -99999999999L; on = true; side = \"right\"\n"
                               "from = \"2026-12-01T08:00:00+08:00\"\n"
                               "server: { url = \"http://x:99999999999/@include\"; }; /* 99999999999 \" */\n"
                               "screens = ( { id = \"a\"; words = ( \"x\", \"y\" \"z\" ); },\n"
                               "            { id = \"b\"; words = [ \"q\" ]; }, { id = \"c\" } )\n";
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct conf *conf = settings_parse(&conf_record, text, "t.conf", faults);
    g_autofree char *said = joined(faults);
    assert_string_equal(said, "");
    assert_non_null(conf);
    assert_string_equal(conf->title, "山西自考\n二");
    assert_int_equal(conf->copies, 3);
    assert_int_equal(conf->size, -99999999999);
    assert_true(conf->on);
    assert_int_equal(conf->side, 1);
    assert_int_equal(conf->from, 1796083200);
    assert_string_equal(conf->server->url, "http://x:99999999999/@include");
    assert_int_equal(conf->server->timeout_ms, 5000);
    assert_null(conf->spare);
    assert_int_equal(conf->screens->len, 3);
    struct screen *first = conf->screens->pdata[0], *last = conf->screens->pdata[2];
    assert_int_equal(first->words->len, 2);
    assert_string_equal(first->words->pdata[1], "yz");
    assert_string_equal(last->id, "c");
    record_free(&conf_record, conf);
}

static void an_empty_file_is_the_defaults(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct conf *conf = settings_parse(&conf_record, "", "t.conf", faults), *fresh = record_new(&conf_record);
    assert_int_equal(faults->len, 0);
    assert_true(record_equal(&conf_record, conf, fresh));
    record_free(&conf_record, conf);
    record_free(&conf_record, fresh);
}

/* ---------------------------------------------------------------- what is faulty */

static void faults_name_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"\ncopeis = 3;", "t.conf:2: unknown key \"copeis\", did you mean \"copies\"?"},
        {"zzzzzzzz = 3;", "t.conf:1: unknown key \"zzzzzzzz\""},
        {"copies = 6;", "t.conf:1: copies: out of range (1 to 5)"},
        {"copies = 0;", "t.conf:1: copies: out of range (1 to 5)"},
        {"copies = \"3\";", "t.conf:1: copies: wrong type, it must be a whole number"},
        {"copies = 3.0;", "t.conf:1: copies: wrong type, it must be a whole number"},
        {"copies = { };", "t.conf:1: copies: wrong type, it must be a whole number"},
        {"on = 1;", "t.conf:1: on: wrong type, it must be true or false"},
        {"on = \"true\";", "t.conf:1: on: wrong type, it must be true or false"},
        {"title = 5;", "t.conf:1: title: wrong type, it must be a text in quotes"},
        {"title = \"一二三四五六七八九十一\";", "t.conf:1: title: too long (at most 10 characters)"},
        {"title = \"a\\x1b[m\";", "t.conf:1: title: forbidden characters"},
        {"title = \"a\xFF\";", "t.conf:1: title: forbidden characters"},
        {"side = \"up\";", "t.conf:1: side: unknown word (known are: left, right)"},
        {"from = \"tomorrow\";", "t.conf:1: from: not a time (as in 2026-12-01T08:00:00+08:00)"},
        {"server = \"x\";", "t.conf:1: server: wrong type, it must be a group { }"},
        {"server = { };", "t.conf:1: missing key \"url\" of server"},
        {"server = {\n url = \"x\";\n\n timeout = 1; };",
         "t.conf:4: unknown key \"timeout\", did you mean \"timeout_ms\"?"},
        {"screens = { };", "t.conf:1: screens: wrong type, it must be a list of groups ( { } )"},
        {"screens = (\n{ id = \"a\" },\n 3 );", "t.conf:3: screens: wrong type, it must be a group { }"},
        {"screens = ( { } );", "t.conf:1: missing key \"id\" of screen"},
        {"screens = ({id=\"1\"}, {id=\"2\"}, {id=\"3\"}, {id=\"4\"});",
         "t.conf:1: screens: too many members (at most 3)"},
        {"screens = ( { id = \"a\"; words = \"x\"; } );",
         "t.conf:1: words: wrong type, it must be a list of texts in quotes ( \"\" )"},
        {"screens = ( { id = \"a\"; words = ( \"x\", 3 ); } );",
         "t.conf:1: words: wrong type, it must be a text in quotes"},
        {"screens = ( { id = \"a\"; words = ( \"\\x07\" ); } );", "t.conf:1: words: forbidden characters"},
        {"copies = 1;\ncopies = 2;", "t.conf:2: duplicate setting name"},
        {"copies = ", "t.conf:1: syntax error"},
        {"copies = ; \"x\"", "t.conf:1: syntax error"},
        {"\ntitle = \"never closed\n\n", "t.conf:2: the text is never closed"},
        /* libconfig alone would take all of these */
        {"copies = 2;\n/* copies = 9;\n", "t.conf:2: the comment is never closed"},
        {"\n  @include \"/etc/hostname\"", "t.conf:2: @include is not allowed"},
        {"size = 4294967297;", "t.conf:1: the number is too large without an L behind it"},
        {"size = 2147483648;", "t.conf:1: the number is too large without an L behind it"},
        {"size = -2147483649;", "t.conf:1: the number is too large without an L behind it"},
        {"size = 0x1FFFFFFFF;", "t.conf:1: the number is too large without an L behind it"},
        {"size = 99999999999999999999L;", "t.conf:1: the number is too large"},
        {"title = \"a\n\\x00b\";", "t.conf:2: zero byte in a text"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) faults = settings_faults_new();
        assert_null(settings_parse(&conf_record, cases[i].text, "t.conf", faults));
        g_autofree char *said = joined(faults);
        assert_string_equal(said, cases[i].said);
    }
}

static void numbers_up_to_their_bounds_are_whole(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t size;
    } cases[] = {{"size = 2147483647;", INT32_MAX},
                 {"size = -2147483648;", INT32_MIN},
                 {"size = 2147483648L;", INT64_C(2147483648)},
                 {"size = 9223372036854775807L;", INT64_MAX},
                 {"size = -9223372036854775808L;", INT64_MIN},
                 {"size = 0x10;", 16},
                 {"size = 0x1FFFFFFFFL;", INT64_C(0x1FFFFFFFF)}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) faults = settings_faults_new();
        struct conf *conf = settings_parse(&conf_record, cases[i].text, "t.conf", faults);
        assert_non_null(conf);
        assert_int_equal(conf->size, cases[i].size);
        record_free(&conf_record, conf);
    }
}

static void all_faults_are_collected(void **state)
{
    (void)state;
    static const char text[] = "copies = 9;\ncolor = 1;\nserver = {\n timeout_ms = 1;\n};\nside = 3;\n";
    g_autoptr(GPtrArray) faults = settings_faults_new();
    assert_null(settings_parse(&conf_record, text, "t.conf", faults));
    g_autofree char *said = joined(faults);
    assert_string_equal(said, "t.conf:1: copies: out of range (1 to 5)\n"
                              "t.conf:2: unknown key \"color\"\n"
                              "t.conf:4: timeout_ms: out of range (100 to 60000)\n"
                              "t.conf:3: missing key \"url\" of server\n"
                              "t.conf:6: side: wrong type, it must be a word in quotes");
}

/* Values may be secrets: no fault repeats one. */
static void faults_do_not_tell_values(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    assert_null(settings_parse(&conf_record, "pin = \"4711-0815\"; side = \"4711\";", "t.conf", faults));
    struct conf *conf = record_new(&conf_record);
    assert_false(settings_override(&conf_record, conf, "pin=4711-0815", faults));
    record_free(&conf_record, conf);
    assert_int_equal(faults->len, 3);
    g_autofree char *said = joined(faults);
    assert_null(strstr(said, "4711"));
}

static void faults_are_capped(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    for (unsigned i = 1; i <= 3 * SETTINGS_FAULTS_MAX; i++)
        settings_fault(faults, "t.conf", i, "bad");
    assert_int_equal(faults->len, SETTINGS_FAULTS_MAX + 1);
    assert_string_equal(faults->pdata[0], "t.conf:1: bad");
    assert_string_equal(faults->pdata[SETTINGS_FAULTS_MAX], "there are more faults");
}

static void a_fault_is_one_clean_line(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    settings_fault(faults, "t.conf", 0, "%s", "a\nb\x1B[31m\xFF");
    assert_string_equal(faults->pdata[0], "t.conf: a b[31m");
}

/* A default section with a required key is not complete because it was left out. */
static void a_default_section_needs_its_keys(void **state)
{
    (void)state;
    static const struct record_field fields[] = {{"server", RECORD_ONE, 0, .type = &server_record, .initial = "made"}};
    static const struct record_type type = {"holder", sizeof(struct server *), fields, 1};
    g_autoptr(GPtrArray) faults = settings_faults_new();
    assert_null(settings_parse(&type, "", "t.conf", faults));
    assert_non_null(strstr(faults->pdata[0], "missing key \"url\" of server"));
    struct server **holder = settings_parse(&type, "server = { url = \"x\"; };", "t.conf", faults);
    assert_non_null(holder);
    assert_int_equal((*holder)->timeout_ms, 5000);
    record_free(&type, holder);
}

/* ---------------------------------------------------------------- hostile texts */

static void hostile_texts_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *head, *part, *tail;
    } cases[] = {
        {"title = \"", "a", "\";"},
        {"", "(", ""},
        {"screens = ", "(", ""},
        {"", "a", " = 1;"},
        {"size = ", "9", ";"},
        {"", "x = { ", ""},
        {"title = ", "\"a\" ", ";"},
        {"", "\xFF", ""},
        {"", "\"", ""},
        {"size = ", "0x", ";"},
        {"title = \"", "\\", "\";"},
        {"size = ", "-", "1;"},
        {"", "zz = 1;\n", ""},
        {"", "@", ""},
        {"/", "*", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) text = g_string_new(cases[i].head);
        while (text->len < SETTINGS_FILE_MAX - 100)
            g_string_append(text, cases[i].part);
        g_string_append(text, cases[i].tail);
        g_autoptr(GPtrArray) faults = settings_faults_new();
        if (settings_parse(&conf_record, text->str, "t.conf", faults) != NULL)
            fail_msg("accepted a megabyte of %s", cases[i].part);
        assert_in_range(faults->len, 1, SETTINGS_FAULTS_MAX + 1);
    }
    g_autofree char *huge = g_strnfill(SETTINGS_FILE_MAX + 1, ' ');
    g_autoptr(GPtrArray) faults = settings_faults_new();
    assert_null(settings_parse(&conf_record, huge, "t.conf", faults));
    assert_string_equal(faults->pdata[0], "t.conf: the file is larger than 1048576 bytes");
}

/* ---------------------------------------------------------------- files */

struct rig {
    char *folder, *path;
};

static int rig_open(void **state)
{
    struct rig *rig = g_new0(struct rig, 1);
    rig->folder = g_dir_make_tmp("settings-XXXXXX", NULL);
    rig->path = g_build_filename(rig->folder, "t.conf", NULL);
    *state = rig;
    return rig->folder == NULL;
}

static int rig_close(void **state)
{
    struct rig *rig = *state;
    (void)g_unlink(rig->path);
    (void)g_rmdir(rig->folder);
    g_free(rig->folder);
    g_free(rig->path);
    g_free(rig);
    return 0;
}

static void reads_a_file(void **state)
{
    struct rig *rig = *state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    assert_true(g_file_set_contents(rig->path,
                                    "\xEF\xBB\xBF"
                                    "copies = 4;",
                                    -1, NULL)); /* with a byte order mark */
    struct conf *conf = settings_read(&conf_record, rig->path, faults);
    assert_non_null(conf);
    assert_int_equal(conf->copies, 4);
    record_free(&conf_record, conf);
    assert_true(g_file_set_contents(rig->path, "", 0, NULL));
    conf = settings_read(&conf_record, rig->path, faults);
    assert_non_null(conf);
    record_free(&conf_record, conf);
}

static void file_faults(void **state)
{
    struct rig *rig = *state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    assert_null(settings_read(&conf_record, rig->path, faults)); /* is not there */
    assert_null(settings_read(&conf_record, rig->folder, faults));
    assert_true(g_file_set_contents(rig->path, "copies = 4;\0", 12, NULL));
    assert_null(settings_read(&conf_record, rig->path, faults));
    assert_true(g_file_set_contents(rig->path, "copies = 7;", -1, NULL));
    assert_null(settings_read(&conf_record, rig->path, faults));
    g_autofree char *huge = g_strnfill(SETTINGS_FILE_MAX + 1, ' ');
    assert_true(g_file_set_contents(rig->path, huge, -1, NULL));
    assert_null(settings_read(&conf_record, rig->path, faults));
    (void)g_unlink(rig->path);
    assert_int_equal(mkfifo(rig->path, 0600), 0); /* must not hold us up */
    assert_null(settings_read(&conf_record, rig->path, faults));
    static const char *const said[] = {": No such file",     ": not a regular file", "holds a zero byte",
                                       ":1: copies: out of", ": the file is too",    ": not a regular file"};
    assert_int_equal(faults->len, G_N_ELEMENTS(said));
    for (size_t i = 0; i < G_N_ELEMENTS(said); i++) {
        assert_true(g_str_has_prefix(faults->pdata[i], rig->folder));
        assert_non_null(strstr(faults->pdata[i], said[i]));
    }
}

static void a_file_of_the_greatest_size_is_read(void **state)
{
    struct rig *rig = *state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    g_autofree char *most = g_strnfill(SETTINGS_FILE_MAX, ' ');
    gsize length;
    assert_true(g_file_set_contents(rig->path, most, -1, NULL));
    g_autofree char *text = settings_load(rig->path, SETTINGS_FILE_MAX, &length, faults);
    assert_non_null(text);
    assert_int_equal(length, SETTINGS_FILE_MAX);
    assert_int_equal(strlen(text), length);
}

/* ---------------------------------------------------------------- command line */

static void overrides(void **state)
{
    (void)state;
    static const struct {
        const char *assignment, *said; /* NULL = set */
    } cases[] = {
        {"copies=4", NULL},
        {"title=a=b", NULL},
        {"title=", NULL},
        {"server.timeout_ms=200", NULL},
        {"copies=9", "--set: copies: copies: out of range (1 to 5)"},
        {"copeis=4", "--set: copeis: unknown key, did you mean \"copies\"?"},
        {"zzzzzzzz=4", "--set: zzzzzzzz: unknown key"},
        {"server.zzzzzzzz=4", "--set: server.zzzzzzzz: unknown key"},
        {"sever.url=4", "--set: sever.url: no such section"},
        {"copies.x=4", "--set: copies.x: no such section"},
        {"server=4", "--set: server: cannot be set here, only in the file"},
        {"screens=4", "--set: screens: cannot be set here, only in the file"},
        {"copies", "--set: section.key=value: is how it is written"},
        {"=4", "--set: section.key=value: is how it is written"},
        {"", "--set: section.key=value: is how it is written"},
        {".=4", "--set: .: no such section"},
        {"server.=4", "--set: server.: unknown key"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) faults = settings_faults_new();
        struct conf *conf = record_new(&conf_record);
        bool set = settings_override(&conf_record, conf, cases[i].assignment, faults);
        g_autofree char *said = joined(faults);
        assert_string_equal(said, cases[i].said != NULL ? cases[i].said : "");
        assert_int_equal(set, cases[i].said == NULL);
        record_free(&conf_record, conf);
    }
}

static void override_sets_the_key(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct conf *conf = record_new(&conf_record);
    assert_true(settings_override(&conf_record, conf, "server.url=http://x/?a=b", faults));
    assert_string_equal(conf->server->url, "http://x/?a=b");
    assert_int_equal(conf->server->timeout_ms, 5000);
    assert_true(settings_override(&conf_record, conf, "on=true", faults));
    assert_true(conf->on);
    record_free(&conf_record, conf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_kind),
        cmocka_unit_test(an_empty_file_is_the_defaults),
        cmocka_unit_test(faults_name_file_and_line),
        cmocka_unit_test(numbers_up_to_their_bounds_are_whole),
        cmocka_unit_test(all_faults_are_collected),
        cmocka_unit_test(faults_do_not_tell_values),
        cmocka_unit_test(faults_are_capped),
        cmocka_unit_test(a_fault_is_one_clean_line),
        cmocka_unit_test(a_default_section_needs_its_keys),
        cmocka_unit_test(hostile_texts_are_refused),
        cmocka_unit_test_setup_teardown(reads_a_file, rig_open, rig_close),
        cmocka_unit_test_setup_teardown(file_faults, rig_open, rig_close),
        cmocka_unit_test_setup_teardown(a_file_of_the_greatest_size_is_read, rig_open, rig_close),
        cmocka_unit_test(overrides),
        cmocka_unit_test(override_sets_the_key),
    };
    return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
