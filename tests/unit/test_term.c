/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The harness itself: what it shows of a program must be what a terminal shows. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>
#include <qrencode.h>

#include "rig.h"
#include "term.h"

/* A shell that prints `script`'s output and then waits for a line. */
static struct term *shell(const char *script, int rows, int cols)
{
    g_autofree char *line = g_strdup_printf("%s; read -r answer; echo \"got [$answer]\"; exit 7", script);
    const char *argv[] = {"/bin/sh", "-c", line, NULL};
    return term_start(argv, NULL, rows, cols);
}

static struct term *form(int rows, int cols)
{
    g_autofree char *program = rig_test_program("bench/bare_form");
    const char *argv[] = {program, NULL};
    struct term *term = term_start(argv, NULL, rows, cols);
    term_wait_text(term, "就绪", TERM_WAIT_MS);
    return term;
}

static void assert_row(const struct term *term, int row, const char *wanted)
{
    g_autofree char *text = term_row_text(term, row);
    assert_string_equal(text, wanted);
}

static void shows_wide_characters_once(void **state)
{
    (void)state;
    struct term *term = shell("printf '山西省·太原市 A王𬎆B\\n'; printf '“引号”—完'", 6, 40);
    int row, col;
    term_wait_text(term, "完", TERM_WAIT_MS);
    assert_row(term, 0, "山西省·太原市 A王𬎆B");
    assert_row(term, 1, "“引号”—完");
    assert_true(term_find(term, "太原", &row, &col));
    assert_int_equal(row, 0);
    assert_int_equal(col, 7); /* three hanzi of two columns and the dot of one */
    assert_true(term_find(term, "B", &row, &col));
    assert_int_equal(col, 19);
    assert_false(term_find(term, "运城", &row, &col));
    g_autofree char *screen = term_screen_text(term);
    assert_string_equal(screen, "山西省·太原市 A王𬎆B\n“引号”—完\n\n\n\n\n");
    term_free(term);
}

static void orphan_half_is_a_blank(void **state)
{
    (void)state;
    struct term *term = shell("printf '中文\\rx\\n'; echo 完", 4, 20);
    term_wait_text(term, "完", TERM_WAIT_MS);
    assert_row(term, 0, "x 文");
    term_free(term);
}

static void reads_what_is_typed_and_the_exit_code(void **state)
{
    (void)state;
    struct term *term = shell("echo 请输入", 4, 40);
    term_wait_text(term, "请输入", TERM_WAIT_MS);
    term_type(term, "阿卜杜热合曼·买买提江");
    term_key(term, VTERM_KEY_ENTER);
    term_wait_text(term, "got [阿卜杜热合曼·买买提江]", TERM_WAIT_MS);
    int status = term_wait_exit(term, TERM_WAIT_MS);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
    assert_false(term_running(term));
    term_free(term);
}

static void tells_a_signal_from_an_exit(void **state)
{
    (void)state;
    struct term *term = shell("echo 在", 4, 40);
    term_wait_text(term, "在", TERM_WAIT_MS);
    term_signal(term, SIGKILL);
    int status = term_wait_exit(term, TERM_WAIT_MS);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGKILL);
    term_free(term);
}

static void missing_program_is_told_on_the_screen(void **state)
{
    (void)state;
    const char *argv[] = {"/nonexistent/kiosk", NULL};
    struct term *term = term_start(argv, NULL, 4, 60);
    assert_int_equal(WEXITSTATUS(term_wait_exit(term, TERM_WAIT_MS)), 127);
    assert_true(term_has(term, "No such file"));
    term_free(term);
}

static void environment_is_small_and_settable(void **state)
{
    (void)state;
    const char *argv[] = {"/bin/sh", "-c", "echo \"[$TERM][$LC_ALL][$FRUIT][${USER-none}]\"", NULL};
    const char *env[] = {"FRUIT=梨=甜", "LC_ALL", NULL};
    g_setenv("USER", "somebody", TRUE);
    struct term *term = term_start(argv, env, 4, 60);
    term_wait_text(term, "[xterm-256color][][梨=甜][none]", TERM_WAIT_MS);
    term_free(term);
}

static void poll_gives_up_at_its_deadline(void **state)
{
    (void)state;
    struct term *term = shell("echo 在", 4, 40);
    gint64 start = g_get_monotonic_time();
    assert_false(term_settle(term, 100000, 80));
    assert_true(g_get_monotonic_time() - start >= 79 * 1000); /* it counts whole milliseconds */
    assert_true(term_settle(term, 30, TERM_WAIT_MS));
    term_free(term);
}

static void drives_an_ncurses_form(void **state)
{
    (void)state;
    struct term *term = form(24, 80);
    assert_true(term_altscreen(term));
    term_wait_cursor(term, 3, 24, TERM_WAIT_MS);
    term_type(term, "010124100001");
    term_wait_cursor(term, 3, 36, TERM_WAIT_MS);
    term_key(term, VTERM_KEY_TAB);
    term_type(term, "王𬎆安");
    term_wait_cursor(term, 5, 30, TERM_WAIT_MS);
    term_key(term, VTERM_KEY_BACKSPACE);
    term_wait_row(term, 5, "    姓名                王𬎆", TERM_WAIT_MS);
    assert_row(term, 1, "    毕业申请 · 登录");
    assert_row(term, 3, "    准考证号            010124100001");
    term_key(term, VTERM_KEY_DOWN); /* the terminal is in application mode: raw ESC [ B would be three keys */
    term_wait_cursor(term, 7, 24, TERM_WAIT_MS);
    term_key(term, VTERM_KEY_ESCAPE);
    assert_int_equal(WEXITSTATUS(term_wait_exit(term, TERM_WAIT_MS)), 0);
    assert_false(term_altscreen(term));
    term_free(term);
}

static void clicks_reach_the_program(void **state)
{
    (void)state;
    struct term *term = form(24, 80);
    term_click_text(term, "地址");
    term_wait_cursor(term, 7, 24, TERM_WAIT_MS);
    term_click(term, 3, 30);
    term_wait_cursor(term, 3, 24, TERM_WAIT_MS);
    term_free(term);
}

static void resize_reaches_the_program(void **state)
{
    (void)state;
    struct term *term = form(24, 80);
    term_resize(term, 40, 132);
    term_wait_text(term, "已调整  132×40", TERM_WAIT_MS);
    term_wait_gone(term, "就绪", TERM_WAIT_MS);
    assert_int_equal(term_rows(term), 40);
    assert_int_equal(term_cols(term), 132);
    term_free(term);
}

static void private_sequences_split_anywhere(void **state)
{
    (void)state;
    /* "?25;1049h": the second number must count too, wherever the sequence is torn apart. */
    struct term *term =
        shell("printf '\\033'; printf '[?25'; printf ';104'; printf '9h\\033[2;3HX\\033[?25'; printf 'lY'", 4, 20);
    int row, col;
    bool visible;
    term_wait_text(term, "XY", TERM_WAIT_MS);
    assert_true(term_altscreen(term));
    assert_row(term, 1, "  XY");
    term_cursor(term, &row, &col, &visible);
    assert_false(visible);
    assert_true(term_wrote(term, "\033[?25;1049h"));
    assert_false(term_wrote(term, "\033[3J"));
    assert_true(term_bytes_since(term, 0) > 20);
    term_free(term);
}

static void colors_are_as_the_eye_sees_them(void **state)
{
    (void)state;
    struct term *term = shell("printf '\\033[38;5;16;48;5;231ma\\033[7mb\\033[0m'", 4, 20);
    uint32_t fg, bg;
    term_wait_text(term, "ab", TERM_WAIT_MS);
    term_cell_colors(term, 0, 0, &fg, &bg);
    assert_int_equal(fg, 0x000000);
    assert_int_equal(bg, 0xffffff);
    term_cell_colors(term, 0, 1, &fg, &bg);
    assert_int_equal(fg, 0xffffff);
    assert_int_equal(bg, 0x000000);
    term_free(term);
}

static bool dark(const QRcode *code, int x, int y)
{
    return x >= 0 && y >= 0 && x < code->width && y < code->width && (code->data[y * code->width + x] & 1);
}

/* The code in half blocks, black on white, as sequences for a terminal. */
static char *half_blocks(const char *payload, QRecLevel level, int quiet)
{
    QRcode *code = QRcode_encodeString(payload, 0, level, QR_MODE_8, 1);
    GString *text = g_string_new(NULL);
    for (int y = -quiet; y < code->width + quiet; y += 2) {
        g_string_append(text, "\033[38;5;16;48;5;231m");
        for (int x = -quiet; x < code->width + quiet; x++)
            g_string_append(text,
                            dark(code, x, y) ? (dark(code, x, y + 1) ? "█" : "▀") : (dark(code, x, y + 1) ? "▄" : " "));
        g_string_append(text, "\033[0m\n");
    }
    QRcode_free(code);
    return g_string_free(text, FALSE);
}

static void reads_qr_codes(void **state)
{
    static const struct {
        const char *payload;
        QRecLevel level;
        int quiet;
        bool readable;
    } cases[] = {
        {"HTTP://127.0.0.1:45123/P/PAY/BY20261201080000AB12", QR_ECLEVEL_M, 4, true},
        {"HTTP://127.0.0.1:45123/P/DEGREE/ABCDEFGHIJKLMNOPQRSTUVWXYZ", QR_ECLEVEL_L, 2, true},
        {"http://127.0.0.1:45123/p/pay/no-quiet-zone", QR_ECLEVEL_L, 0, false},
    };
    (void)state;
    g_autofree char *path = g_strdup_printf("%s/qr-%d", g_get_tmp_dir(), (int)getpid());
    g_autofree char *script = g_strdup_printf("cat '%s'; printf '扫码支付 40.00 元'", path);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *picture = half_blocks(cases[i].payload, cases[i].level, cases[i].quiet);
        assert_true(g_file_set_contents(path, picture, -1, NULL));
        struct term *term = shell(script, 30, 80);
        term_wait_text(term, "扫码支付", TERM_WAIT_MS);
        g_autofree char *text = term_qr_decode(term);
        if (cases[i].readable)
            assert_string_equal(text, cases[i].payload);
        else
            assert_null(text);
        term_free(term);
    }
    unlink(path);
}

static void text_is_no_qr_code(void **state)
{
    (void)state;
    struct term *term = form(24, 80);
    g_autofree char *text = term_qr_decode(term);
    assert_null(text);
    term_free(term);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_wide_characters_once),
        cmocka_unit_test(orphan_half_is_a_blank),
        cmocka_unit_test(reads_what_is_typed_and_the_exit_code),
        cmocka_unit_test(tells_a_signal_from_an_exit),
        cmocka_unit_test(missing_program_is_told_on_the_screen),
        cmocka_unit_test(environment_is_small_and_settable),
        cmocka_unit_test(poll_gives_up_at_its_deadline),
        cmocka_unit_test(drives_an_ncurses_form),
        cmocka_unit_test(clicks_reach_the_program),
        cmocka_unit_test(resize_reaches_the_program),
        cmocka_unit_test(private_sequences_split_anywhere),
        cmocka_unit_test(colors_are_as_the_eye_sees_them),
        cmocka_unit_test(reads_qr_codes),
        cmocka_unit_test(text_is_no_qr_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
