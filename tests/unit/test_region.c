/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/settings.h"
#include "graduation/registration_form.h"
#include "screen/region.h"
#include "session/forms.h"

#include <string.h>

static int set_up(void **state)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    *state = forms_read("forms", faults);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    forms_free(*state);
    return 0;
}

static void levels_hold_what_lies_in_them(void **state)
{
    static const struct {
        const char *code;
        guint n;
        const char *first, *last;
    } cases[] = {
        {"", 34, "北京市", "澳门特别行政区"},
        {"140000", 11, "太原市", "吕梁市"},
        {"140100", 10, "小店区", "古交市"},
        {"140105", 0, NULL, NULL},
        {"110000", 16, "东城区", "延庆区"},
        {"500000", 38, "万州区", "彭水苗族土家族自治县"},
        {"460000", 19, "海口市", "琼中黎族苗族自治县"},
        {"460100", 0, NULL, NULL},
        {"710000", 0, NULL, NULL},
        {"990000", 0, NULL, NULL},
    };
    const struct forms *forms = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) within = region_within(forms->regions, cases[i].code);
        assert_int_equal(within->len, cases[i].n);
        if (within->len == 0)
            continue;
        assert_string_equal(((struct page_choice *)g_ptr_array_index(within, 0))->label, cases[i].first);
        assert_string_equal(((struct page_choice *)g_ptr_array_index(within, within->len - 1))->label, cases[i].last);
    }
}

/* All of them: a code once, a place above it that is there, a text that is read as that place again, and that the form accepts. */
static void every_place_can_be_picked(void **state)
{
    const struct forms *forms = *state;
    g_autoptr(GHashTable) codes = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    assert_int_equal(forms->regions->len, 474 + 11 + 117);
    for (guint i = 0; i < forms->regions->len; i++) {
        const struct page_choice *place = g_ptr_array_index(forms->regions, i);
        char above[REGION_CODE], read[REGION_CODE];
        char *text = region_text(forms->regions, place->key);
        assert_true(g_hash_table_add(codes, place->key));
        assert_true(g_hash_table_add(texts, text));
        region_above(forms->regions, place->key, above);
        assert_int_equal(*above == '\0', g_str_has_suffix(place->key, "0000"));
        assert_int_equal(region_read(forms->regions, text, read), strlen(text));
        assert_string_equal(read, place->key);
        assert_int_equal(form_check_native_place(text) == NULL, region_is_whole(forms->regions, place->key));
        assert_true(g_utf8_strlen(text, -1) <= 30);
    }
}

static void texts_are_read_as_far_as_they_go(void **state)
{
    static const struct {
        const char *text, *code, *rest;
    } cases[] = {
        {"山西省太原市小店区平阳路1号", "140105", "平阳路1号"},
        {"山西省太原市", "140100", ""},
        {"山西省某市", "140000", "某市"},
        {"太原市", "", "太原市"},
        {"", "", ""},
        {"海南省五指山市", "469001", ""},
        {"美国纽约", "", "美国纽约"},
    };
    const struct forms *forms = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char read[REGION_CODE];
        gsize used = region_read(forms->regions, cases[i].text, read);
        assert_string_equal(read, cases[i].code);
        assert_string_equal(cases[i].text + used, cases[i].rest);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_hold_what_lies_in_them),
        cmocka_unit_test(every_place_can_be_picked),
        cmocka_unit_test(texts_are_read_as_far_as_they_go),
    };
    return cmocka_run_group_tests_name("region", tests, set_up, tear_down);
}
