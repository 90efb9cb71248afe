/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/log.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const unsigned char key[32] = "0123456789012345678901234567890";

/* The log of one test: a pipe, so that one read shows what one write left. */
struct rig {
    int in, out;
    char line[4096];
};

static int rig_open(void **state)
{
    struct rig *rig = g_new0(struct rig, 1);
    int fds[2];
    if (pipe2(fds, O_NONBLOCK | O_CLOEXEC) != 0)
        return -1;
    rig->in = fds[0];
    rig->out = fds[1];
    log_init(rig->out, LOG_INFO);
    *state = rig;
    return 0;
}

static int rig_close(void **state)
{
    struct rig *rig = *state;
    log_init(-1, LOG_INFO);
    close(rig->in);
    close(rig->out);
    g_free(rig);
    return 0;
}

/* What was written since the last call; "" when nothing was. */
static const char *rig_read(struct rig *rig)
{
    ssize_t n = read(rig->in, rig->line, sizeof rig->line - 1);
    rig->line[MAX(n, 0)] = '\0';
    return rig->line;
}

/* The message of the only line, without time, level, module and newline. */
static const char *message(struct rig *rig)
{
    char *line = (char *)rig_read(rig), *end = strchr(line, '\n'), *at = strstr(line, ": ");
    assert_non_null(end);
    assert_string_equal(end, "\n");
    assert_non_null(at);
    *end = '\0';
    return at + 2;
}

static void line_has_time_level_module(void **state)
{
    struct rig *rig = *state;
    log_write(LOG_WARN, "client", "answer %d", 503);
    const char *line = rig_read(rig);
    assert_true(g_regex_match_simple("^20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+08:00 warn client: answer 503\\n$",
                                     line, 0, 0));
}

static void levels(void **state)
{
    struct rig *rig = *state;
    log_write(LOG_DEBUG, "m", "quiet");
    assert_string_equal(rig_read(rig), "");
    log_write(LOG_INFO, "m", "said");
    assert_string_equal(message(rig), "said");
    log_init(rig->out, LOG_ERROR);
    log_write(LOG_WARN, "m", "quiet");
    assert_string_equal(rig_read(rig), "");
    log_write(LOG_ERROR, "m", "said");
    assert_string_equal(message(rig), "said");
    log_init(-1, LOG_DEBUG);
    log_write(LOG_ERROR, "m", "nowhere");
    assert_string_equal(rig_read(rig), "");
}

static void masks_and_strips(void **state)
{
    struct rig *rig = *state;
    static const struct {
        const char *said, *written;
    } cases[] = {
        {"id 140105199001010012 here", "id # here"},
        {"id 14010519900101001X here", "id #X here"},
        {"mobile 13800001234", "mobile #"},
        {"order 1234567890", "order 1234567890"},
        {"12345678901 and 12345678901", "# and #"},
        {"１４０１０５１９９００１０１００１２", "#"},
        {"1380000１２３４", "#"},
        {"a\nb\r\nc", "a b c"},
        {"bell\a esc\x1b[31m", "bell esc[31m"},
        {"turn \u202Eround", "turn round"},
        {"broken \xE4\xB8 utf", "broken  utf"},
        {"\xFF\xFE", ""},
        {"140105\u200B199001010012", "#"}, /* hidden separators do not save it */
        {"张三", "张三"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        log_write(LOG_INFO, "m", "%s", cases[i].said);
        assert_string_equal(message(rig), cases[i].written);
    }
}

static void long_lines_are_cut_between_characters(void **state)
{
    struct rig *rig = *state;
    for (int shift = 0; shift < 4; shift++) {
        GString *said = g_string_new(NULL);
        for (int i = 0; i < shift; i++)
            g_string_append_c(said, 'x');
        for (int i = 0; i < 300000; i++)
            g_string_append(said, "长");
        log_write(LOG_INFO, "m", "%s", said->str);
        g_string_free(said, TRUE);
        const char *line = rig_read(rig);
        size_t length = strlen(line);
        assert_in_range(length, 498, 500);
        assert_int_equal(line[length - 1], '\n');
        assert_true(g_utf8_validate(line, -1, NULL));
    }
}

/* A number across the cut must not show its head. */
static void cut_does_not_uncover_a_number(void **state)
{
    struct rig *rig = *state;
    for (int filler = 440; filler < 500; filler++) {
        g_autofree char *said = g_strnfill((gsize)filler, 'x');
        log_write(LOG_INFO, "m", "%s140105199001010012", said);
        assert_null(strstr(rig_read(rig), "x1"));
    }
}

static void a_line_of_500_is_whole(void **state)
{
    struct rig *rig = *state;
    size_t head = strlen("2026-12-01T08:00:00+08:00 info m: ");
    for (int extra = 0; extra < 2; extra++) {
        g_autofree char *said = g_strnfill(499 - head + (gsize)extra, 'x');
        log_write(LOG_INFO, "m", "%s", said);
        assert_int_equal(strlen(rig_read(rig)), 500);
    }
}

static void glib_warnings_come_here(void **state)
{
    struct rig *rig = *state;
    g_log_structured("x", G_LOG_LEVEL_WARNING, "MESSAGE", "of a library");
    assert_non_null(strstr(rig_read(rig), " warn glib: of a library\n"));
    g_log_structured("x", G_LOG_LEVEL_DEBUG, "MESSAGE", "of a library");
    assert_string_equal(rig_read(rig), "");
}

static void person_is_a_keyed_hash(void **state)
{
    (void)state;
    char first[16], again[16], other[16];
    /* runs first: the key is not set yet */
    assert_string_equal(log_person("140105199001010012", first), "?");
    log_set_key(key);
    assert_ptr_equal(log_person("140105199001010012", first), first);
    assert_int_equal(strlen(first), 8);
    assert_int_equal(strspn(first, "0123456789abcdef"), 8);
    assert_string_equal(first, log_person("140105199001010012", again));
    assert_string_not_equal(first, log_person("140105199001010013", other));
    unsigned char machine[32] = {1};
    log_set_key(machine);
    assert_string_not_equal(first, log_person("140105199001010012", other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(person_is_a_keyed_hash),
        cmocka_unit_test_setup_teardown(line_has_time_level_module, rig_open, rig_close),
        cmocka_unit_test_setup_teardown(levels, rig_open, rig_close),
        cmocka_unit_test_setup_teardown(masks_and_strips, rig_open, rig_close),
        cmocka_unit_test_setup_teardown(long_lines_are_cut_between_characters, rig_open, rig_close),
        cmocka_unit_test_setup_teardown(cut_does_not_uncover_a_number, rig_open, rig_close),
        cmocka_unit_test_setup_teardown(a_line_of_500_is_whole, rig_open, rig_close),
        cmocka_unit_test_setup_teardown(glib_warnings_come_here, rig_open, rig_close),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
