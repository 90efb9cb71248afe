/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "graduation/password_rules.h"
#include "graduation/person_name.h"

#include <glib.h>

static void every_dot_is_one(void **state)
{
    static const struct {
        const char *a, *b;
        bool equal;
    } cases[] = {
        {"阿卜杜热合曼·买买提江", "阿卜杜热合曼•买买提江", true},
        {"阿卜杜热合曼·买买提江", "阿卜杜热合曼．买买提江", true},
        {"阿卜杜热合曼·买买提江", " 阿卜杜热合曼 . 买买提江　", true},
        {"阿卜杜热合曼·买买提江", "阿卜杜热合曼买买提江", false},
        {"王𬎆", "王𬎆", true},
        {"王𬎆", "王莹", false},
        {"李晓燕", "李小燕", false},
        {"\xef\xa4\x80", "豈", false}, /* U+F900: compatibility forms are other characters in a register */
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (person_name_equal(cases[i].a, cases[i].b) != cases[i].equal)
            fail_msg("case %zu", i);
}

static void what_can_be_no_name(void **state)
{
    static const struct {
        const char *name;
        bool fine;
    } cases[] = {
        {"张三", true}, {"㛃", true},  {"王𬎆", true}, {"阿卜杜热合曼·买买提江", true},
        {"LI", true},   {"", false},   {"·", false},      {"张3", false},
        {"张<", false}, {"Ли", false}, {"張三", true},    {" ", false},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if ((person_name_fault(cases[i].name) == NULL) != cases[i].fine)
            fail_msg("case %zu", i);
}

static void r02_a_password_of_two_kinds(void **state)
{
    static const struct {
        const char *password, *key;
    } cases[] = {
        {"Zikao-2026", NULL},
        {"abcdefg1", NULL},
        {"1234567!", NULL},
        {"abcdefg!", NULL},
        {"abcdefghij1234567890", NULL},
        {"abcdefghij12345678901", "password.length"},
        {"abcdef1", "password.length"},
        {"", "password.length"},
        {"abcdefgh", "password.too_simple"},
        {"12345678", "password.too_simple"},
        {"!!!!!!!!", "password.too_simple"},
        {"abc defg1", "password.characters"},
        {"密码密码密码密码1a", "password.characters"},
        {"abcdefg1\t", "password.characters"},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (g_strcmp0(password_check(cases[i].password), cases[i].key) != 0)
            fail_msg("case %zu", i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_dot_is_one),
        cmocka_unit_test(what_can_be_no_name),
        cmocka_unit_test(r02_a_password_of_two_kinds),
    };
    return cmocka_run_group_tests_name("person_name", tests, NULL, NULL);
}
