/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wire/json.h"

/* ---------------------------------------------------------------- a record with every kind */

struct part {
    char *name;
    int64_t weight;
};
static const struct record_field part_fields[] = {
    {"name", RECORD_STRING, offsetof(struct part, name), .flags = RECORD_REQUIRED, .min = 1, .max = 4},
    {"weight", RECORD_INTEGER, offsetof(struct part, weight), .min = -5, .max = 100},
};
static const struct record_type part_record = RECORD_TYPE(part, part_fields);

static const char *const colours[] = {"red", "green", "", NULL};

struct thing {
    char *title, *text, *code;
    int64_t count, at;
    bool ready;
    int colour;
    struct part *main, *spare;
    GPtrArray *parts, *tags;
};
static const struct record_field thing_fields[] = {
    {"title", RECORD_STRING, offsetof(struct thing, title), .flags = RECORD_REQUIRED, .max = 10},
    {"text", RECORD_STRING, offsetof(struct thing, text), .flags = RECORD_MULTILINE | RECORD_PROSE, .max = 20},
    {"code", RECORD_STRING, offsetof(struct thing, code), .min = 2, .max = 3},
    {"count", RECORD_INTEGER, offsetof(struct thing, count)},
    {"at", RECORD_TIME, offsetof(struct thing, at)},
    {"ready", RECORD_BOOLEAN, offsetof(struct thing, ready), .initial = "true"},
    {"colour", RECORD_WORD, offsetof(struct thing, colour), .words = colours},
    {"main", RECORD_ONE, offsetof(struct thing, main), .type = &part_record},
    {"spare", RECORD_ONE, offsetof(struct thing, spare), .type = &part_record},
    {"parts", RECORD_MANY, offsetof(struct thing, parts), .type = &part_record, .max = 3},
    {"tags", RECORD_STRINGS, offsetof(struct thing, tags), .max = 2},
};
static const struct record_type thing_record = RECORD_TYPE(thing, thing_fields);

static struct thing *read_thing(const char *json, enum wire_flag flags, GError **error)
{
    return wire_read(&thing_record, json, strlen(json), flags, NULL, error);
}

/* ---------------------------------------------------------------- what is accepted */

static void reads_every_kind(void **state)
{
    (void)state;
    struct thing *thing = read_thing(
        " {\"title\":\"\\u738b\\ud86c\\udf8e·\",\"text\":\"a\\nb\",\"code\":\"00\",\"count\":9007199254740991,"
        "\"at\":\"2026-12-01T08:00:00+08:00\",\"ready\":false,\"colour\":\"green\","
        "\"main\":{\"name\":\"m\",\"weight\":-5},\"spare\":null,"
        "\"parts\":[{\"name\":\"p\"},{\"name\":\"q\",\"weight\":0}],\"tags\":[\"x\",\"\"]}\n",
        WIRE_STRICT, NULL);
    assert_non_null(thing);
    assert_string_equal(thing->title, "王𫎎·");
    assert_string_equal(thing->text, "a\nb");
    assert_string_equal(thing->code, "00");
    assert_true(thing->count == INT64_C(9007199254740991));
    assert_true(thing->at == 1796083200);
    assert_false(thing->ready);
    assert_int_equal(thing->colour, 1);
    assert_string_equal(thing->main->name, "m");
    assert_true(thing->main->weight == -5);
    assert_null(thing->spare);
    assert_int_equal(thing->parts->len, 2);
    assert_string_equal(((struct part *)thing->parts->pdata[1])->name, "q");
    assert_int_equal(thing->tags->len, 2);
    assert_string_equal(thing->tags->pdata[0], "x");
    record_free(&thing_record, thing);
}

static void absent_fields_have_their_defaults(void **state)
{
    (void)state;
    struct thing *thing = read_thing("{\"title\":\"\",\"text\":null,\"at\":null}", WIRE_STRICT, NULL);
    assert_non_null(thing);
    assert_string_equal(thing->title, "");
    assert_null(thing->text);
    assert_true(thing->at == 0);
    assert_true(thing->ready);
    assert_null(thing->main);
    assert_int_equal(thing->parts->len, 0);
    assert_int_equal(thing->tags->len, 0);
    record_free(&thing_record, thing);
}

static void lenient_ignores_only_what_it_does_not_know(void **state)
{
    (void)state;
    struct thing *thing = read_thing(
        "{\"new\":{\"deep\":[1.5,null]},\"title\":\"t\",\"main\":{\"name\":\"m\",\"x\":1}}", WIRE_LENIENT, NULL);
    assert_non_null(thing);
    assert_string_equal(thing->main->name, "m");
    record_free(&thing_record, thing);
    assert_null(read_thing("{\"title\":\"t\",\"count\":\"1\"}", WIRE_LENIENT, NULL));
    assert_null(read_thing("{\"new\":1}", WIRE_LENIENT, NULL));
}

/* A reason of ten thousand characters from a platform must not make the answer unreadable. */
static void lenient_cuts_sentences_that_are_too_long(void **state)
{
    (void)state;
    g_autoptr(GString) json = g_string_new("{\"title\":\"t\",\"main\":{\"name\":\"m\"},\"text\":\"");
    for (int i = 0; i < 10000; i++)
        g_string_append(json, "长");
    g_string_append(json, "\"}");
    struct thing *thing = read_thing(json->str, WIRE_LENIENT, NULL);
    assert_non_null(thing);
    assert_int_equal(g_utf8_strlen(thing->text, -1), 20);
    assert_true(g_str_has_suffix(thing->text, "长…"));
    record_free(&thing_record, thing);
    assert_null(read_thing(json->str, WIRE_STRICT, NULL));
    assert_null(read_thing("{\"title\":\"a name of many letters\"}", WIRE_LENIENT, NULL));
}

/* ---------------------------------------------------------------- what is refused */

static void faults_name_their_field(void **state)
{
    (void)state;
    static const struct {
        const char *json, *field;
    } cases[] = {
        {"{}", "title"},
        {"[]", ""},
        {"{\"title\":null}", "title"},
        {"{\"title\":1}", "title"},
        {"{\"title\":\"12345678901\"}", "title"},
        {"{\"title\":\"a\\nb\"}", "title"},
        {"{\"title\":\"a\\u001b[2Jb\"}", "title"},
        {"{\"title\":\"a\\u202eb\"}", "title"},
        {"{\"title\":\"t\",\"title2\":\"\"}", "?"},
        {"{\"title\":\"t\",\"\\u001b\":\"\"}", "?"},
        {"{\"title\":\"t\",\"text\":\"a\\r\\nb\"}", "text"},
        {"{\"title\":\"t\",\"code\":\"1\"}", "code"},
        {"{\"title\":\"t\",\"code\":\"1234\"}", "code"},
        {"{\"title\":\"t\",\"count\":1.0}", "count"},
        {"{\"title\":\"t\",\"count\":\"1\"}", "count"},
        {"{\"title\":\"t\",\"count\":true}", "count"},
        {"{\"title\":\"t\",\"count\":null}", "count"},
        {"{\"title\":\"t\",\"count\":-1}", "count"},
        {"{\"title\":\"t\",\"count\":9007199254740992}", "count"},
        {"{\"title\":\"t\",\"at\":\"2026-12-01\"}", "at"},
        {"{\"title\":\"t\",\"at\":\"2026-12-01T08:00:00\"}", "at"},
        {"{\"title\":\"t\",\"at\":1796083200}", "at"},
        {"{\"title\":\"t\",\"ready\":1}", "ready"},
        {"{\"title\":\"t\",\"ready\":\"true\"}", "ready"},
        {"{\"title\":\"t\",\"colour\":\"blue\"}", "colour"},
        {"{\"title\":\"t\",\"colour\":0}", "colour"},
        {"{\"title\":\"t\",\"main\":[]}", "main"},
        {"{\"title\":\"t\",\"main\":{}}", "main.name"},
        {"{\"title\":\"t\",\"main\":{\"name\":\"m\",\"x\":1}}", "main.?"},
        {"{\"title\":\"t\",\"parts\":{}}", "parts"},
        {"{\"title\":\"t\",\"parts\":null}", "parts"},
        {"{\"title\":\"t\",\"parts\":[{\"name\":\"a\"},7]}", "parts[1]"},
        {"{\"title\":\"t\",\"parts\":[{\"name\":\"a\"},{\"name\":\"b\",\"weight\":101}]}", "parts[1].weight"},
        {"{\"title\":\"t\",\"parts\":[{\"name\":\"a\"},{\"name\":\"a\"},{\"name\":\"a\"},{\"name\":\"a\"}]}", "parts"},
        {"{\"title\":\"t\",\"tags\":[\"a\",null]}", "tags[1]"},
        {"{\"title\":\"t\",\"tags\":[\"\\u0007\"]}", "tags[0]"},
        {"{\"title\":\"t\",\"tags\":[\"a\",\"b\",\"c\"]}", "tags"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *field = NULL;
        assert_null(wire_read(&thing_record, cases[i].json, strlen(cases[i].json), WIRE_STRICT, &field, &error));
        assert_true(g_error_matches(error, WIRE_ERROR, WIRE_ERROR_FIELD));
        if (g_strcmp0(field, cases[i].field) != 0)
            fail_msg("%s: %s instead of %s", cases[i].json, field, cases[i].field);
        assert_null(strchr(error->message, '\033'));
    }
}

static void what_is_not_json_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        gsize length; /* 0 = strlen */
    } cases[] = {
        {""},
        {" "},
        {"{"},
        {"null"},
        {"\"title\""},
        {"{\"title\":\"t\"} x"},
        {"{\"title\":\"t\"}{}"},
        {"{\"title\":\"t\",}"},
        {"{title:\"t\"}"},
        {"{\"title\":'t'}"},
        {"{\"title\":\"t\",\"title\":\"t\"}"}, /* a key twice */
        {"{\"title\":\"\\u0000\"}"},
        {"{\"title\":\"\xff\"}"},
        {"{\"title\":\"\xc0\xaf\"}"},
        {"{\"title\":\"\xed\xa0\x80\"}"}, /* half a surrogate */
        {"{\"title\":\"\\ud800\"}"},
        {"{\"title\":\"a\nb\"}"},
        {"{\"title\":\"t\",\"count\":01}"},
        {"{\"title\":\"t\",\"count\":99999999999999999999}"},
        {"{\"title\":\"t\",\"count\":NaN}"},
        {"\xef\xbb\xbf{\"title\":\"t\"}"},
        {"{\"title\":\"t\"}\0{}", 16},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *field = NULL;
        gsize length = cases[i].length ? cases[i].length : strlen(cases[i].json);
        if (wire_read(&thing_record, cases[i].json, length, WIRE_LENIENT, &field, &error))
            fail_msg("accepted: %s", cases[i].json);
        assert_true(g_error_matches(error, WIRE_ERROR, WIRE_ERROR_SYNTAX));
        assert_null(field);
    }
}

/* A person's words must not get into a log by way of an error. */
static void errors_do_not_quote(void **state)
{
    (void)state;
    static const char *const texts[] = {"{\"title\":\"SECRET\",\"SECRET\":1}", "{\"title\":\"SECRET\" SECRET",
                                        "{\"title\":\"SECRETSECRET\"}", "SECRET"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *field = NULL;
        assert_null(wire_read(&thing_record, texts[i], strlen(texts[i]), WIRE_STRICT, &field, &error));
        assert_null(strstr(error->message, "SECRET"));
        assert_null(field ? strstr(field, "SECRET") : NULL);
    }
}

static void deep_nesting_is_no_danger(void **state)
{
    (void)state;
    GString *deep = g_string_new("{\"title\":\"t\",\"new\":");
    for (int i = 0; i < 200000; i++)
        g_string_append_c(deep, '[');
    g_autoptr(GError) error = NULL;
    assert_null(wire_read(&thing_record, deep->str, deep->len, WIRE_LENIENT, NULL, &error));
    assert_true(g_error_matches(error, WIRE_ERROR, WIRE_ERROR_SYNTAX));
    g_string_free(deep, TRUE);
}

/* ---------------------------------------------------------------- writing */

static void writes_compact_in_the_order_of_the_table(void **state)
{
    (void)state;
    struct thing *thing = record_new(&thing_record);
    g_autofree char *empty = wire_write(&thing_record, thing);
    assert_string_equal(empty, "{\"count\":0,\"ready\":true,\"colour\":\"red\",\"parts\":[],\"tags\":[]}");
    thing->title = g_strdup("\"\\/\x01王");
    thing->at = 1796083200;
    thing->main = record_new(&part_record);
    thing->main->weight = -3;
    g_ptr_array_add(thing->tags, g_strdup("x"));
    g_autofree char *full = wire_write(&thing_record, thing);
    assert_string_equal(full, "{\"title\":\"\\\"\\\\/\\u0001王\",\"count\":0,\"at\":\"2026-12-01T08:00:00+08:00\","
                              "\"ready\":true,\"colour\":\"red\",\"main\":{\"weight\":-3},\"parts\":[],"
                              "\"tags\":[\"x\"]}");
    record_free(&thing_record, thing);
}

static char *random_text(GRand *random, int min, int max)
{
    static const gunichar pool[] = {'a', '"', '\\', '/', '{', 0x4E2D, 0x00B7, 0x2CB4E, 0x3001, ' ' + 1};
    GString *text = g_string_new(NULL);
    for (int n = g_rand_int_range(random, min, max + 1); n > 0; n--)
        g_string_append_unichar(text, pool[g_rand_int_range(random, 0, G_N_ELEMENTS(pool))]);
    return g_string_free(text, FALSE);
}

static struct part *random_part(GRand *random)
{
    struct part *part = record_new(&part_record);
    part->name = random_text(random, 1, 4);
    part->weight = g_rand_int_range(random, -5, 101);
    return part;
}

static struct thing *random_thing(GRand *random)
{
    struct thing *thing = record_new(&thing_record);
    thing->title = random_text(random, 0, 10);
    thing->text = g_rand_boolean(random) ? random_text(random, 0, 20) : NULL;
    thing->code = g_rand_boolean(random) ? random_text(random, 2, 3) : NULL;
    thing->count = (int64_t)(g_rand_double(random) * (double)RECORD_INTEGER_MAX);
    thing->at = g_rand_boolean(random) ? g_rand_int(random) + INT64_C(1) : 0;
    thing->ready = g_rand_boolean(random);
    thing->colour = g_rand_int_range(random, 0, 3);
    thing->main = g_rand_boolean(random) ? random_part(random) : NULL;
    for (int n = g_rand_int_range(random, 0, 4); n > 0; n--)
        g_ptr_array_add(thing->parts, random_part(random));
    for (int n = g_rand_int_range(random, 0, 3); n > 0; n--)
        g_ptr_array_add(thing->tags, random_text(random, 0, 30));
    return thing;
}

static void what_is_written_is_read_the_same(void **state)
{
    (void)state;
    GRand *random = g_rand_new_with_seed(20261201);
    for (int i = 0; i < 500; i++) {
        struct thing *thing = random_thing(random);
        g_autofree char *json = wire_write(&thing_record, thing);
        struct thing *again = read_thing(json, WIRE_STRICT, NULL);
        if (!again || !record_equal(&thing_record, thing, again))
            fail_msg("%s", json);
        record_free(&thing_record, thing);
        record_free(&thing_record, again);
    }
    g_rand_free(random);
}

/*
 * Every head of a good text, and every text with one byte changed, is read or refused, nothing else (with
 * sanitizers).
 */
static void broken_texts_break_nothing(void **state)
{
    (void)state;
    static const char whole[] =
        "{\"title\":\"王\",\"at\":\"2026-12-01T08:00:00+08:00\",\"ready\":true,\"colour\":\"red\","
        "\"main\":{\"name\":\"m\"},\"parts\":[{\"name\":\"p\"}],\"tags\":[\"x\",\"y\"]}";
    for (size_t length = 0; length < sizeof whole - 1; length++) {
        g_autofree char *head = g_memdup2(whole, length);
        assert_null(wire_read(&thing_record, head, length, WIRE_STRICT, NULL, NULL));
    }
    static const char changes[] = {'"', '{', '}', '[', ',', '0', '\\', '\0', '\n', '\x80', '\xff'};
    int n_read = 0;
    for (size_t i = 0; i < (sizeof whole - 1) * sizeof changes; i++) {
        g_autofree char *changed = g_memdup2(whole, sizeof whole - 1);
        changed[i / sizeof changes] = changes[i % sizeof changes];
        void *thing = wire_read(&thing_record, changed, sizeof whole - 1, WIRE_STRICT, NULL, NULL);
        n_read += thing != NULL;
        record_free(&thing_record, thing);
    }
    assert_in_range(n_read, 1, (sizeof whole - 1) * 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_kind),
        cmocka_unit_test(absent_fields_have_their_defaults),
        cmocka_unit_test(lenient_ignores_only_what_it_does_not_know),
        cmocka_unit_test(lenient_cuts_sentences_that_are_too_long),
        cmocka_unit_test(faults_name_their_field),
        cmocka_unit_test(what_is_not_json_is_refused),
        cmocka_unit_test(errors_do_not_quote),
        cmocka_unit_test(deep_nesting_is_no_danger),
        cmocka_unit_test(writes_compact_in_the_order_of_the_table),
        cmocka_unit_test(what_is_written_is_read_the_same),
        cmocka_unit_test(broken_texts_break_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
