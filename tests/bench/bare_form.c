/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The least a form can be in ncurses: three fields and a key line, nothing behind them. The bench measures it in the same harness as
 * the kiosk, as the yardstick for what terminal and library cost by themselves; the harness's own tests drive it too.
 */
#include <locale.h>
#include <ncurses.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>
#include <wchar.h>

enum { FIELDS = 3, LONGEST = 24 };

struct field {
    const wchar_t *label;
    wchar_t text[LONGEST + 1];
    size_t length;
};

static void draw(const struct field fields[FIELDS], int at, const char *last)
{
    int cursor = 0;
    erase();
    mvaddstr(1, 4, "毕业申请 · 登录");
    for (int i = 0; i < FIELDS; i++) {
        mvaddwstr(3 + 2 * i, 4, fields[i].label);
        attron(i == at ? A_REVERSE : A_UNDERLINE);
        mvhline(3 + 2 * i, 24, ' ', LONGEST * 2);
        mvaddwstr(3 + 2 * i, 24, fields[i].text);
        attrset(A_NORMAL);
        if (i == at)
            cursor = getcurx(stdscr);
    }
    mvprintw(LINES - 1, 0, "%s  %d×%d", last, COLS, LINES);
    move(3 + 2 * at, cursor);
    refresh();
}

static void edit(struct field *field, int kind, wint_t key)
{
    if (kind == KEY_CODE_YES && key == KEY_BACKSPACE && field->length > 0)
        field->text[--field->length] = L'\0';
    else if (kind == OK && key >= L' ' && key != 127 && field->length < LONGEST) {
        field->text[field->length++] = (wchar_t)key;
        field->text[field->length] = L'\0';
    }
}

/* Blocking get_wch() loses a resize now and then; so signals come in only while it waits here. */
static void wait_for_key(void)
{
    struct pollfd terminal = {.fd = STDIN_FILENO, .events = POLLIN};
    sigset_t none;
    sigemptyset(&none);
    ppoll(&terminal, 1, NULL, &none);
}

static void start(void)
{
    sigset_t resize;
    sigemptyset(&resize);
    sigaddset(&resize, SIGWINCH);
    sigprocmask(SIG_BLOCK, &resize, NULL);
    setlocale(LC_ALL, "");
    initscr();
    raw();
    noecho();
    keypad(stdscr, TRUE);
    timeout(0);
    set_escdelay(25);
    mousemask(BUTTON1_PRESSED, NULL);
    mouseinterval(0);
}

int main(void)
{
    struct field fields[FIELDS] = {{.label = L"准考证号"}, {.label = L"姓名"}, {.label = L"地址"}};
    const char *last = "就绪";
    int at = 0, kind;
    wint_t key = 0;
    start();
    while (key != 27) {
        MEVENT click;
        draw(fields, at, last);
        while ((kind = get_wch(&key)) == ERR)
            wait_for_key();
        if (key == '\t' || (kind == KEY_CODE_YES && key == KEY_DOWN))
            at = (at + 1) % FIELDS;
        else if (kind == KEY_CODE_YES && key == KEY_MOUSE && getmouse(&click) == OK)
            at = click.y >= 3 && click.y < 3 + 2 * FIELDS ? (click.y - 3) / 2 : at;
        else if (kind == KEY_CODE_YES && key == KEY_RESIZE)
            last = "已调整";
        else
            edit(&fields[at], kind, key);
    }
    endwin();
    return 0;
}
