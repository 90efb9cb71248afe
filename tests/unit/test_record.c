/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/record.h"

#include <string.h>

struct part {
    char *name;
    int64_t size;
};

static const struct record_field part_fields[] = {
    {"name", RECORD_STRING, offsetof(struct part, name)},
    {"size", RECORD_INTEGER, offsetof(struct part, size), .min = 1, .max = 9, .initial = "3"},
};
static const struct record_type part_record = RECORD_TYPE(part, part_fields);

struct whole {
    char *title, *note, *password;
    int64_t copies, any;
    bool on;
    int colour;
    int64_t since;
    struct part *one, *made;
    GPtrArray *many, *strings;
};

static const char *const colours[] = {"", "red", "green", NULL};

static const struct record_field whole_fields[] = {
    {"title", RECORD_STRING, offsetof(struct whole, title), .min = 2, .max = 5, .initial = "无题"},
    {"note", RECORD_STRING, offsetof(struct whole, note), RECORD_MULTILINE},
    {"password", RECORD_STRING, offsetof(struct whole, password), RECORD_SECRET},
    {"copies", RECORD_INTEGER, offsetof(struct whole, copies), .min = -5, .max = 5, .initial = "2"},
    {"any", RECORD_INTEGER, offsetof(struct whole, any)},
    {"on", RECORD_BOOLEAN, offsetof(struct whole, on), .initial = "true"},
    {"colour", RECORD_WORD, offsetof(struct whole, colour), .words = colours, .initial = "green"},
    {"since", RECORD_TIME, offsetof(struct whole, since), .initial = "2026-12-01T08:00:00+08:00"},
    {"one", RECORD_ONE, offsetof(struct whole, one), .type = &part_record},
    {"made", RECORD_ONE, offsetof(struct whole, made), .type = &part_record, .initial = "made"},
    {"many", RECORD_MANY, offsetof(struct whole, many), .type = &part_record, .max = 4},
    {"strings", RECORD_STRINGS, offsetof(struct whole, strings)},
};
static const struct record_type whole_record = RECORD_TYPE(whole, whole_fields);

static const struct record_field *field_of(const char *name)
{
    const struct record_field *field = record_field_find(&whole_record, name);
    assert_non_null(field);
    return field;
}

static struct part *part_new(const char *name)
{
    struct part *part = record_new(&part_record);
    part->name = g_strdup(name);
    return part;
}

/* Something in every field. */
static struct whole *full(void)
{
    struct whole *whole = record_new(&whole_record);
    whole->note = g_strdup("a\nb");
    whole->password = g_strdup("Zikao-2026");
    whole->one = part_new("one");
    g_ptr_array_add(whole->many, part_new("first"));
    g_ptr_array_add(whole->many, part_new("second"));
    g_ptr_array_add(whole->strings, g_strdup("text"));
    return whole;
}

/* ---------------------------------------------------------------- life */

static void new_has_defaults(void **state)
{
    (void)state;
    struct whole *whole = record_new(&whole_record);
    assert_string_equal(whole->title, "无题");
    assert_null(whole->note);
    assert_int_equal(whole->copies, 2);
    assert_int_equal(whole->any, 0);
    assert_true(whole->on);
    assert_int_equal(whole->colour, 2);
    assert_int_equal(whole->since, 1796083200);
    assert_null(whole->one);
    assert_int_equal(whole->made->size, 3);
    assert_int_equal(whole->many->len, 0);
    assert_int_equal(whole->strings->len, 0);
    record_free(&whole_record, whole);
}

static void clear_leaves_zeros(void **state)
{
    (void)state;
    struct whole *whole = full();
    static const struct whole zeroed;
    record_clear(&whole_record, whole);
    assert_memory_equal(whole, &zeroed, sizeof zeroed);
    record_clear(&whole_record, whole); /* accepts a zeroed struct */
    record_free(&whole_record, whole);
    record_free(&whole_record, NULL);
    record_list_free(&part_record, NULL);
}

static void list_is_freed_with_its_members(void **state)
{
    (void)state;
    GPtrArray *list = g_ptr_array_new();
    g_ptr_array_add(list, part_new("a"));
    g_ptr_array_add(list, part_new("b"));
    record_list_free(&part_record, list); /* the leak checker watches */
}

static void copy_is_equal_and_apart(void **state)
{
    (void)state;
    struct whole *whole = full(), *copy = record_copy(&whole_record, whole);
    assert_true(record_equal(&whole_record, whole, copy));
    assert_ptr_not_equal(whole->title, copy->title);
    assert_ptr_not_equal(whole->one, copy->one);
    assert_ptr_not_equal(whole->many->pdata[0], copy->many->pdata[0]);
    record_free(&whole_record, whole);
    assert_string_equal(copy->note, "a\nb");
    assert_string_equal(((struct part *)copy->many->pdata[1])->name, "second");
    g_ptr_array_add(copy->strings, g_strdup("more"));
    record_free(&whole_record, copy);
}

/* One change in each field must be seen. */
static void equal_looks_at_every_field(void **state)
{
    (void)state;
    struct whole *whole = full();
    for (size_t i = 0; i < whole_record.n_fields; i++) {
        struct whole *other = record_copy(&whole_record, whole);
        struct part *second = other->many->pdata[1];
        switch (i) {
        case 0:
            other->title[0] = '?';
            break;
        case 1:
            g_clear_pointer(&other->note, g_free);
            break;
        case 2:
            other->password[3] = '?';
            break;
        case 3:
            other->copies++;
            break;
        case 4:
            other->any++;
            break;
        case 5:
            other->on = false;
            break;
        case 6:
            other->colour = 0;
            break;
        case 7:
            other->since--;
            break;
        case 8:
            record_free(&part_record, g_steal_pointer(&other->one));
            break;
        case 9:
            other->made->size++;
            break;
        case 10:
            second->name[0] = '?';
            break;
        case 11:
            g_ptr_array_add(other->strings, g_strdup("x"));
            break;
        default:
            fail_msg("no change for %s", whole_fields[i].name);
        }
        if (record_equal(&whole_record, whole, other) || record_equal(&whole_record, other, whole))
            fail_msg("a change of %s was not seen", whole_fields[i].name);
        record_free(&whole_record, other);
    }
    record_free(&whole_record, whole);
}

static void an_array_never_made_is_empty(void **state)
{
    (void)state;
    struct whole zeroed = {0}, *empty = record_copy(&whole_record, &zeroed);
    assert_non_null(empty->many);
    assert_true(record_equal(&whole_record, &zeroed, empty));
    assert_true(record_equal(&whole_record, empty, &zeroed));
    record_free(&whole_record, empty);
}

/* ---------------------------------------------------------------- names */

static void nearest(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *meant;
    } cases[] = {
        {"titel", "title"},      {"Title", "title"},    {"copeis", "copies"}, {"copies", "copies"},
        {"string", "strings"},   {"colours", "colour"}, {"color", "colour"},  {"passwrd", "password"},
        {"onn", "on"},           {"zzzzzzzz", NULL},    {"xy", NULL},         {"", NULL},
        {"password_file", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *found = record_nearest(&whole_record, cases[i].typed);
        if (g_strcmp0(found, cases[i].meant) != 0)
            fail_msg("%s gave %s", cases[i].typed, found != NULL ? found : "nothing");
    }
    g_autofree char *huge = g_strnfill(1 << 20, 't');
    assert_null(record_nearest(&whole_record, huge));
    assert_null(record_field_find(&whole_record, "titel"));
}

/* ---------------------------------------------------------------- text form */

static void set_and_get(void **state)
{
    (void)state;
    static const struct {
        const char *field, *text, *fault, *back; /* back: what get gives after; NULL = as before */
    } cases[] = {
        {"title", "中文", NULL, "中文"},
        {"title", "一二三四五", NULL, "一二三四五"},
        {"title", "一二三四五六", RECORD_FAULT_LONG, NULL},
        {"title", "一", RECORD_FAULT_SHORT, NULL},
        {"title", "", RECORD_FAULT_SHORT, NULL},
        {"title", "a\nb", RECORD_FAULT_CHARS, NULL},
        {"title", "a\tb", RECORD_FAULT_CHARS, NULL},
        {"title", "a\xFF", RECORD_FAULT_CHARS, NULL},
        {"title",
         "\xC0\xAF"
         "a",
         RECORD_FAULT_CHARS, NULL},
        {"title", "a\x1B[m", RECORD_FAULT_CHARS, NULL},
        {"title", "a\xE2\x80\xAE", RECORD_FAULT_CHARS, NULL},
        {"title", "a\xE2\x80\x8B", RECORD_FAULT_CHARS, NULL},
        {"note", "a\nb", NULL, "a\nb"},
        {"note", "a\r\nb", RECORD_FAULT_CHARS, NULL},
        {"note", "", NULL, ""},
        {"copies", "5", NULL, "5"},
        {"copies", "-5", NULL, "-5"},
        {"copies", "6", RECORD_FAULT_RANGE, NULL},
        {"copies", "-6", RECORD_FAULT_RANGE, NULL},
        {"copies", "99999999999999999999999", RECORD_FAULT_RANGE, NULL},
        {"copies", "-99999999999999999999999", RECORD_FAULT_RANGE, NULL},
        {"copies", "", RECORD_FAULT_NUMBER, NULL},
        {"copies", " 3", RECORD_FAULT_NUMBER, NULL},
        {"copies", "3 ", RECORD_FAULT_NUMBER, NULL},
        {"copies", "+3", RECORD_FAULT_NUMBER, NULL},
        {"copies", "3.0", RECORD_FAULT_NUMBER, NULL},
        {"copies", "0x3", RECORD_FAULT_NUMBER, NULL},
        {"copies", "３", RECORD_FAULT_NUMBER, NULL},
        {"copies", "-", RECORD_FAULT_NUMBER, NULL},
        {"copies", "007", RECORD_FAULT_RANGE, NULL},
        {"any", "9007199254740991", NULL, "9007199254740991"},
        {"any", "9007199254740992", RECORD_FAULT_RANGE, NULL},
        {"any", "-1", RECORD_FAULT_RANGE, NULL},
        {"on", "false", NULL, "false"},
        {"on", "1", NULL, "true"},
        {"on", "0", NULL, "false"},
        {"on", "yes", RECORD_FAULT_BOOLEAN, NULL},
        {"on", "", RECORD_FAULT_BOOLEAN, NULL},
        {"colour", "red", NULL, "red"},
        {"colour", "", NULL, ""},
        {"colour", "blue", RECORD_FAULT_WORD, NULL},
        {"colour", "Red", RECORD_FAULT_WORD, NULL},
        {"since", "2026-12-01T00:00:00Z", NULL, "2026-12-01T08:00:00+08:00"},
        {"since", "2026-12-01", RECORD_FAULT_TIME, NULL},
        {"since", "", RECORD_FAULT_TIME, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct whole *whole = full();
        const struct record_field *field = field_of(cases[i].field);
        g_autofree char *before = record_get_text(field, whole);
        const char *fault = record_set_text(field, whole, cases[i].text);
        if (g_strcmp0(fault, cases[i].fault) != 0)
            fail_msg("%s = \"%s\": %s", cases[i].field, cases[i].text, fault != NULL ? fault : "was set");
        g_autofree char *after = record_get_text(field, whole);
        assert_string_equal(after, cases[i].back != NULL ? cases[i].back : before);
        record_free(&whole_record, whole);
    }
}

static void absent_has_no_text(void **state)
{
    (void)state;
    struct whole whole = {0};
    assert_null(record_get_text(field_of("title"), &whole));
    assert_null(record_get_text(field_of("since"), &whole));
}

static void a_text_may_be_set_to_itself(void **state)
{
    (void)state;
    struct whole *whole = full();
    assert_null(record_set_text(field_of("password"), whole, whole->password));
    assert_string_equal(whole->password, "Zikao-2026");
    record_free(&whole_record, whole);
}

static void huge_texts_are_refused(void **state)
{
    (void)state;
    struct whole *whole = full();
    g_autofree char *ascii = g_strnfill(1 << 20, '1'), *bytes = g_strnfill(1 << 20, '\xFF');
    assert_string_equal(record_set_text(field_of("note"), whole, ascii), RECORD_FAULT_LONG);
    assert_string_equal(record_set_text(field_of("note"), whole, bytes), RECORD_FAULT_LONG);
    assert_string_equal(record_set_text(field_of("copies"), whole, ascii), RECORD_FAULT_RANGE);
    assert_string_equal(record_set_text(field_of("since"), whole, ascii), RECORD_FAULT_TIME);
    assert_string_equal(whole->note, "a\nb");
    record_free(&whole_record, whole);
}

static void limits(void **state)
{
    (void)state;
    struct whole *whole = full();
    assert_int_equal(record_field_max(field_of("title")), 5);
    assert_int_equal(record_field_max(field_of("note")), RECORD_STRING_MAX);
    assert_int_equal(record_field_max(field_of("any")), RECORD_INTEGER_MAX);
    assert_int_equal(record_field_max(field_of("many")), 4);
    assert_int_equal(record_field_max(field_of("strings")), RECORD_LIST_MAX);
    assert_null(record_set_integer(field_of("copies"), whole, -5));
    assert_int_equal(whole->copies, -5);
    assert_string_equal(record_set_integer(field_of("copies"), whole, INT64_MAX), RECORD_FAULT_RANGE);
    assert_int_equal(whole->copies, -5);
    /* a member is a text like others, whatever the number of members */
    g_autofree char *longest = g_strnfill(RECORD_STRING_MAX, 'x'), *longer = g_strnfill(RECORD_STRING_MAX + 1, 'x');
    assert_null(record_check_text(field_of("strings"), longest));
    assert_string_equal(record_check_text(field_of("strings"), longer), RECORD_FAULT_LONG);
    assert_string_equal(record_check_text(field_of("strings"), "a\n"), RECORD_FAULT_CHARS);
    record_free(&whole_record, whole);
}

static void fault_text_tells_the_bounds(void **state)
{
    (void)state;
    static const struct {
        const char *field, *fault, *text;
    } cases[] = {
        {"copies", RECORD_FAULT_RANGE, "copies: out of range (-5 to 5)"},
        {"copies", RECORD_FAULT_NUMBER, "copies: not a number"},
        {"title", RECORD_FAULT_LONG, "title: too long (at most 5 characters)"},
        {"title", RECORD_FAULT_SHORT, "title: too short (at least 2 characters)"},
        {"title", RECORD_FAULT_CHARS, "title: forbidden characters"},
        {"strings", RECORD_FAULT_LONG, "strings: too long (at most 200 characters)"},
        {"many", RECORD_FAULT_MANY, "many: too many members (at most 4)"},
        {"colour", RECORD_FAULT_WORD, "colour: unknown word (known are: , red, green)"},
        {"since", RECORD_FAULT_TIME, "since: not a time (as in 2026-12-01T08:00:00+08:00)"},
        {"on", RECORD_FAULT_BOOLEAN, "on: not true or false"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = record_fault_text(field_of(cases[i].field), cases[i].fault);
        assert_string_equal(text, cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_has_defaults),
        cmocka_unit_test(clear_leaves_zeros),
        cmocka_unit_test(list_is_freed_with_its_members),
        cmocka_unit_test(copy_is_equal_and_apart),
        cmocka_unit_test(equal_looks_at_every_field),
        cmocka_unit_test(an_array_never_made_is_empty),
        cmocka_unit_test(nearest),
        cmocka_unit_test(set_and_get),
        cmocka_unit_test(absent_has_no_text),
        cmocka_unit_test(a_text_may_be_set_to_itself),
        cmocka_unit_test(huge_texts_are_refused),
        cmocka_unit_test(limits),
        cmocka_unit_test(fault_text_tells_the_bounds),
    };
    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
