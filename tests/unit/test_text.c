/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"

#include <locale.h>
#include <string.h>
#include <wchar.h>

/* ---------------------------------------------------------------- widths */

static void char_cols(void **state)
{
    (void)state;
    static const struct {
        gunichar c;
        int cols;
    } cases[] = {
        {'a', 1},         {' ', 1},      {'~', 1},      {0x4E2D, 2},  {0x9FFF, 2},  {0x3007, 2},    {0x3000, 2},
        {0xFF0C, 2},      {0xFF21, 2},   {0xFFE5, 2},   {0x3001, 2},  {0x3400, 2},  {0x20BB7, 2},   {0x2A6D6, 2},
        {0x30000, 2},     {0x31350, 2},  {0x2EBF0, 2},  {0x2EE5D, 2}, {0xB7, 1},    {0x201C, 1},    {0x201D, 1},
        {0x2018, 1},      {0x2019, 1},   {0x2014, 1},   {0x2026, 1},  {0x2460, 1},  {0xD7, 1},      {0xB0, 1},
        {0xA0, 1},        {0xA5, 1},     {0x2500, 1},   {0x2580, 1},  {0x2588, 1},  {0x25CF, 1},    {0x2605, 1},
        {0x2192, 1},      {0x301, 0},    {0x20DD, 0},   {0xE0100, 0}, {0x302A, 0},  {0x3099, 0},    {0, -1},
        {'\n', -1},       {'\t', -1},    {0x1B, -1},    {0x7F, -1},   {0x85, -1},   {0x9B, -1},     {0xAD, -1},
        {0x200B, -1},     {0x200D, -1},  {0x200E, -1},  {0x202A, -1}, {0x202E, -1}, {0x2066, -1},   {0x2069, -1},
        {0x61C, -1},      {0x2028, -1},  {0x2029, -1},  {0xFEFF, -1}, {0xE000, -1}, {0xE863, -1},   {0xF0000, -1},
        {0x10FFFD, -1},   {0xD800, -1},  {0xFDD0, -1},  {0xFFFE, -1}, {0xFFFF, -1}, {0x10FFFF, -1}, {0x110000, -1},
        {0xFFFFFFFF, -1}, {0x378, -1},   {0xE0041, -1}, {0xFE0F, -1}, {0x3164, -1}, {0x115F, -1},   {0x034F, -1},
        {0x2800, -1},     {0x2FFFF, -1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (text_char_cols(cases[i].c) != cases[i].cols)
            fail_msg("U+%04X is %d wide, not %d", cases[i].c, text_char_cols(cases[i].c), cases[i].cols);
}

/*
 * ncurses paints with the C library's widths: where both know a character, they must agree. What only we know is painted
 * as a stand-in; what only the C library would show is forbidden here.
 */
static void char_cols_agree_with_the_c_library(void **state)
{
    (void)state;
    int known = 0;
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
    for (gunichar c = 1; c < 0x110000; c++) {
        int ours = text_char_cols(c), theirs = wcwidth((wchar_t)c);
        if (ours < 0 || theirs < 0)
            continue;
        known++;
        if (ours != theirs)
            fail_msg("U+%04X is %d wide here and %d in the C library", c, ours, theirs);
    }
    assert_true(known > 100000);
}

static void cols_and_count(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int cols, count;
    } cases[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"中文", 4, 2},
        {"阿卜杜热合曼·买买提江", 21, 11},
        {"“中”——…", 7, 6},
        {"e\xCC\x81", 1, 2},
        {"王\xF0\xAC\x8E\x86", 4, 2},
        {" 中 文\n\t　a ", 10, 3},
        {"\xE4\xB8", 0, 0},       /* cut off */
        {"a\xFFz\xC0\x80", 2, 2}, /* invalid, overlong */
        {"\xED\xA0\x80\xF4\x90\x80\x80\xF5", 0, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_int_equal(text_cols(cases[i].text), cases[i].cols);
        assert_int_equal(text_count(cases[i].text), cases[i].count);
    }
}

/* ---------------------------------------------------------------- cleaning */

static void clean(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int max;
        enum text_flag flags;
        const char *clean;
        int dropped;
    } cases[] = {
        {"", 10, TEXT_LINE, "", 0},
        {"张三 Zhang", 10, TEXT_LINE, "张三 Zhang", 0},
        {"a\nb", 10, TEXT_LINE, "a b", 0},
        {"a\r\n\n\t\tb", 10, TEXT_LINE, "a b", 0},
        {"a\n\nb\r\nc\rd\te", 20, TEXT_LINES, "a\n\nb\nc\nd e", 0},
        {"a\xE2\x80\xA8"
         "b",
         10, TEXT_LINE, "a b", 0},
        {"a\xE2\x80\xA9"
         "b",
         10, TEXT_LINES, "a\nb", 0},
        {"\x1B[31mred\x07", 10, TEXT_LINE, "[31mred", 2},
        {"a\xE2\x80\xAE"
         "b\xE2\x81\xA6"
         "c",
         10, TEXT_LINE, "abc", 2},
        {"a\xE2\x80\x8B"
         "b\xEF\xBB\xBF",
         10, TEXT_LINE, "ab", 2},
        {"\xEE\xA1\xA3x", 10, TEXT_LINE, "x", 1},
        {"\xEF\xBF\xBFx", 10, TEXT_LINE, "x", 1},
        {"a\xFF\xFE"
         "b",
         10, TEXT_LINE, "ab", 2},
        {"\xC0\xAFx", 10, TEXT_LINE, "x", 2}, /* overlong '/' */
        {"\xE0\x80\xAFx", 10, TEXT_LINE, "x", 3},
        {"\xED\xA0\x80x", 10, TEXT_LINE, "x", 3},     /* surrogate */
        {"\xF4\x90\x80\x80x", 10, TEXT_LINE, "x", 4}, /* beyond Unicode */
        {"中\xE4\xB8", 10, TEXT_LINE, "中", 2},
        {"中\xE4\xB8\xAD", 1, TEXT_LINE, "中", 1},
        {"一二三四", 3, TEXT_LINE, "一二三", 1},
        {"一二三四", 0, TEXT_LINE, "", 4},
        {"ab\n", 2, TEXT_LINE, "ab", 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int dropped = -1;
        g_autofree char *got = text_clean(cases[i].text, -1, cases[i].max, cases[i].flags, &dropped);
        assert_string_equal(got, cases[i].clean);
        assert_int_equal(dropped, cases[i].dropped);
        assert_true(text_is_clean(got, cases[i].max, cases[i].flags));
        if (text_is_clean(cases[i].text, cases[i].max, cases[i].flags))
            assert_string_equal(got, cases[i].text);
        else
            assert_string_not_equal(got, cases[i].text);
    }
}

static void clean_looks_at_no_more_than_its_bytes(void **state)
{
    (void)state;
    int dropped;
    char *bytes = g_memdup2("a\0b\xE4\xB8", 5); /* on the heap: the sanitizer sees the end */
    g_autofree char *got = text_clean(bytes, 5, 10, TEXT_LINE, &dropped);
    assert_string_equal(got, "ab");
    assert_int_equal(dropped, 3);
    g_autofree char *head = text_clean(bytes, 1, 10, TEXT_LINE, NULL);
    assert_string_equal(head, "a");
    g_autofree char *none = text_clean(bytes, 0, 10, TEXT_LINE, NULL);
    assert_string_equal(none, "");
    g_free(bytes);
    char *crlf = g_memdup2("x\r", 2);
    g_autofree char *line = text_clean(crlf, 2, 10, TEXT_LINES, NULL);
    assert_string_equal(line, "x\n");
    g_free(crlf);
}

/* Bytes of any kind, always the same ones: what comes out is clean, and cleaning it again changes nothing. */
static void clean_of_noise_is_clean(void **state)
{
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261201);
    for (int round = 0; round < 3000; round++) {
        gsize n = (gsize)g_rand_int_range(rand, 0, 48);
        guchar *noise = g_malloc(n + 1);
        for (gsize i = 0; i < n; i++)
            noise[i] =
                (guchar)(g_rand_boolean(rand) ? g_rand_int_range(rand, 0x80, 0x100) : g_rand_int_range(rand, 0, 0x80));
        enum text_flag flags = round % 2 ? TEXT_LINES : TEXT_LINE;
        g_autofree char *once = text_clean((char *)noise, (gssize)n, 40, flags, NULL);
        assert_true(text_is_clean(once, 40, flags));
        assert_true(g_utf8_validate(once, -1, NULL));
        g_autofree char *twice = text_clean(once, -1, 40, flags, NULL);
        assert_string_equal(once, twice);
        g_free(noise);
    }
}

static void is_clean_counts_code_points(void **state)
{
    (void)state;
    assert_true(text_is_clean("一二三", 3, TEXT_LINE));
    assert_false(text_is_clean("一二三", 2, TEXT_LINE));
    assert_true(text_is_clean("", 0, TEXT_LINE));
    assert_true(text_is_clean("a\nb", 3, TEXT_LINES));
    assert_false(text_is_clean("a\nb", 3, TEXT_LINE));
    assert_false(text_is_clean("a\tb", 3, TEXT_LINES));
    assert_false(text_is_clean("a\rb", 3, TEXT_LINES));
}

/* ---------------------------------------------------------------- cutting */

static void head_and_fit(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int cols;
        size_t head;
        const char *fit;
    } cases[] = {
        {"abc", 3, 3, "abc"},
        {"abc", 2, 2, "a…"},
        {"中文字", 6, 9, "中文字"},
        {"中文字", 5, 6, "中文…"},
        {"中文字", 4, 6, "中…"},
        {"中文字", 1, 0, "…"},
        {"中文字", 0, 0, ""},
        {"中文字", -3, 0, ""},
        {"", 5, 0, ""},
        {"ae\xCC\x81z", 2, 4, "a…"},
        {"e\xCC\x81\xCC\x82x", 1, 5, "…"},
        {"e\xCC\x81", 1, 3, "e\xCC\x81"},
        {"王\xF0\xAC\x8E\x86", 3, 3, "王…"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *fit = text_fit(cases[i].text, cases[i].cols);
        assert_int_equal(text_head(cases[i].text, cases[i].cols), cases[i].head);
        assert_string_equal(fit, cases[i].fit);
        assert_true(text_cols(fit) <= MAX(cases[i].cols, 0));
    }
}

static void steps_go_by_grapheme(void **state)
{
    (void)state;
    static const char text[] = "a中e\xCC\x81\xCC\x82\xF0\xAC\x8E\x86\nz";
    static const size_t bounds[] = {0, 1, 4, 9, 13, 14, 15};
    for (size_t i = 0; i + 1 < G_N_ELEMENTS(bounds); i++) {
        assert_ptr_equal(text_next(text + bounds[i]), text + bounds[i + 1]);
        assert_ptr_equal(text_prev(text, text + bounds[i + 1]), text + bounds[i]);
    }
    assert_ptr_equal(text_next(text + 15), text + 15);
    assert_ptr_equal(text_prev(text, text), text);
}

/* A mark without a base is stepped over, damaged text byte by byte: always forward, never past an end. */
static void steps_end_on_damaged_text(void **state)
{
    (void)state;
    static const char *const cases[] = {"\xCC\x81", "\x80\x80\x80", "\xE4\xB8", "a\xE4", "\xFF\xCC\x81", "中\x80\x80"};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *text = g_strdup(cases[i]);
        const char *end = text + strlen(text), *at = text;
        while (at != end) {
            const char *next = text_next(at);
            assert_true(next > at && next <= end);
            at = next;
        }
        while (at != text) {
            const char *before = text_prev(text, at);
            assert_true(before < at && before >= text);
            at = before;
        }
        g_free(text);
    }
}

/* ---------------------------------------------------------------- lines */

/* `lines`: what is wanted, joined by "|". */
static void check_wrap(const char *text, int cols, const char *wanted)
{
    g_autoptr(GPtrArray) lines = text_wrap(text, cols);
    g_ptr_array_add(lines, NULL);
    g_autofree char *got = g_strjoinv("|", (char **)lines->pdata);
    assert_string_equal(got, wanted);
}

static void wrap(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int cols;
        const char *lines;
    } cases[] = {
        {"", 10, ""},
        {"中文", 10, "中文"},
        {"一二三四五六", 6, "一二三|四五六"},
        {"一二三四五六", 7, "一二三|四五六"},
        {"一二三，四五", 6, "一二|三，四|五"}, /* no comma in front */
        {"一二三。”四", 6, "一二|三。”|四"},
        {"一二（三四）五", 6, "一二|（三|四）五"}, /* no opening mark at the end */
        {"一二“三四”", 5, "一二|“三|四”"},
        {"一（“三”）", 4, "一|（“|三”|）"},
        {"阿卜杜·买买提", 6, "阿卜|杜·买|买提"},
        {"一二——三四", 5, "一二|——三|四"}, /* not torn apart */
        {"一二三……四", 7, "一二三|……四"},
        {"see the page", 8, "see the|page"},
        {"see the page", 7, "see the|page"},
        {"see   the", 4, "see|the"},
        {"编号13000课程", 8, "编号|13000课|程"}, /* the number stays whole */
        {"成绩3.14分", 8, "成绩3.14|分"},
        {"于2026-12-01办", 8, "于|2026-12-|01办"}, /* longer than a line: cut where it is full */
        {"https://example.org/", 8, "https://|example.|org/"},
        {"it’s 中", 4, "it’s|中"},
        {"a\nb", 10, "a|b"},
        {"a\n\nb\n", 10, "a||b"},
        {"\n\n", 10, "|"},
        {"        ", 3, ""},
        {"　　段落一二", 8, "　　段落|一二"}, /* the indent stays */
        {"一二三 四", 6, "一二三|四"},
        {"一二三   ", 6, "一二三"},
        {"中文", 1, "中|文"}, /* too narrow: one a line */
        {"中文", 0, "中|文"},
        {"e\xCC\x81"
         "e\xCC\x81",
         1, "e\xCC\x81|e\xCC\x81"},
        {"１２３４ab", 6, "１２３|４ab"},
        {"，，，，", 4, "，，|，，"}, /* nothing but marks: still ends */
        {"（（（（", 4, "（（|（（"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check_wrap(cases[i].text, cases[i].cols, cases[i].lines);
}

/* On any text and width: no line is too wide, nothing but spaces and newlines is lost, and it ends. */
static void wrap_keeps_the_text(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "中", "文",   "，",   "。", "“",  "”",  "（", "）", "——",        "……",
        "a",  "word", "3.14", " ",  "  ", "　", "\n", "·",  "e\xCC\x81", "\xF0\xAC\x8E\x86",
        "-",  "/",    "\xFF"};
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    for (int round = 0; round < 2000; round++) {
        g_autoptr(GString) text = g_string_new(NULL), kept = g_string_new(NULL), whole = g_string_new(NULL);
        for (int i = g_rand_int_range(rand, 0, 60); i > 0; i--)
            g_string_append(text, parts[g_rand_int_range(rand, 0, G_N_ELEMENTS(parts))]);
        int cols = g_rand_int_range(rand, 2, 20);
        g_autoptr(GPtrArray) lines = text_wrap(text->str, cols);
        for (guint i = 0; i < lines->len; i++) {
            assert_true(text_cols(lines->pdata[i]) <= cols);
            g_string_append(kept, lines->pdata[i]);
        }
        g_string_assign(whole, text->str);
        static const char *const blanks[] = {" ", "\n", "　"};
        for (size_t i = 0; i < G_N_ELEMENTS(blanks); i++) {
            g_string_replace(kept, blanks[i], "", 0);
            g_string_replace(whole, blanks[i], "", 0);
        }
        assert_string_equal(kept->str, whole->str);
    }
}

static void line_tells_where_the_next_begins(void **state)
{
    (void)state;
    size_t next = 0;
    assert_int_equal(text_line("see   the", 4, &next), 3);
    assert_int_equal(next, 6);
    assert_int_equal(text_line("ab\ncd", 4, &next), 2);
    assert_int_equal(next, 3);
    assert_int_equal(text_line("ab  ", 4, &next), 4);
    assert_int_equal(next, 4);
    assert_int_equal(text_line("", 4, &next), 0);
    assert_int_equal(next, 0);
}

/* A megabyte on one line, of the kinds that could make a walk start over again and again. */
static void a_megabyte_is_no_trouble(void **state)
{
    (void)state;
    static const char *const parts[] = {"中", "a", " ", "，", "（", "\n", "\xCC\x81", "\xFF", "a ", "\xE4"};
    gint64 before = g_get_monotonic_time();
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autoptr(GString) text = g_string_sized_new(1 << 20);
        while (text->len < 1 << 20)
            g_string_append(text, parts[i]);
        g_autoptr(GPtrArray) lines = text_wrap(text->str, 40);
        g_autofree char *fit = text_fit(text->str, 40), *kept = text_clean(text->str, -1, 1000, TEXT_LINE, NULL);
        assert_true(text_cols(fit) <= 40);
        assert_true(g_utf8_strlen(kept, -1) <= 1000);
        assert_true(lines->len > 0);
    }
    assert_true(g_get_monotonic_time() - before < 60 * G_USEC_PER_SEC); /* a square of a megabyte takes hours */
}

/* ---------------------------------------------------------------- forms of numbers and names */

static void half_width(void **state)
{
    (void)state;
    static const struct {
        const char *text, *half;
    } cases[] = {{"１４０１０５　１９９００１０１００１ｘ", "14010519900101001X"},
                 {" 1401 0519\t9001\n", "140105199001"},
                 {"abcＸyz", "ABCXYZ"},
                 {"中文ａ", "中文A"},
                 {"1\xFF"
                  "2\xE4\xB8",
                  "12"},
                 {"", ""}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *half = text_half_width(cases[i].text);
        assert_string_equal(half, cases[i].half);
    }
}

static void masks(void **state)
{
    (void)state;
    static const struct {
        char *(*mask)(const char *);
        const char *text, *masked;
    } cases[] = {
        {text_mask_id, "140105199001010012", "140105********0012"},
        {text_mask_id, "14010519900101001X", "140105********001X"},
        {text_mask_id, "140105900101001", "***"},
        {text_mask_id, "1401051990010100AX", "***"},
        {text_mask_id, "X40105199001010012", "***"},
        {text_mask_id, "", "***"},
        {text_mask_id, NULL, "***"},
        {text_mask_mobile, "13800001234", "138****1234"},
        {text_mask_mobile, "03511234567", "***"},
        {text_mask_mobile, "1380000123", "***"},
        {text_mask_mobile, "1380000123a", "***"},
        {text_mask_mobile, NULL, "***"},
        {text_mask_name, "张三", "张*"},
        {text_mask_name, "张", "张*"},
        {text_mask_name, "阿卜杜热合曼·买买提江", "阿*"},
        {text_mask_name, "\xF0\xAC\x8E\x86王", "\xF0\xAC\x8E\x86*"},
        {text_mask_name, "", "***"},
        {text_mask_name, NULL, "***"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *masked = cases[i].mask(cases[i].text);
        assert_string_equal(masked, cases[i].masked);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(char_cols),
        cmocka_unit_test(char_cols_agree_with_the_c_library),
        cmocka_unit_test(cols_and_count),
        cmocka_unit_test(clean),
        cmocka_unit_test(clean_looks_at_no_more_than_its_bytes),
        cmocka_unit_test(clean_of_noise_is_clean),
        cmocka_unit_test(is_clean_counts_code_points),
        cmocka_unit_test(head_and_fit),
        cmocka_unit_test(steps_go_by_grapheme),
        cmocka_unit_test(steps_end_on_damaged_text),
        cmocka_unit_test(wrap),
        cmocka_unit_test(wrap_keeps_the_text),
        cmocka_unit_test(line_tells_where_the_next_begins),
        cmocka_unit_test(a_megabyte_is_no_trouble),
        cmocka_unit_test(half_width),
        cmocka_unit_test(masks),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
