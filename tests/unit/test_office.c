/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls of kioskctl, waited for: sent again with the same key when the answer was lost, and what is said then. */
#include "ctl/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "ctl/columns.h"
#include "rules.h"
#include "web.h"

struct desk {
    struct web *web;
    struct messages *messages;
    struct office *office;
    char *first_key;
};

static int set_up(void **state)
{
    struct desk *desk = g_new0(struct desk, 1);
    desk->web = web_new();
    desk->messages = rules_messages();
    desk->office = office_new(&(struct client_options){.url = web_url(desk->web)}, desk->messages);
    *state = desk;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    office_free(desk->office);
    web_free(desk->web);
    record_free(&messages_record, desk->messages);
    g_free(desk->first_key);
    g_free(desk);
    return 0;
}

/* A write whose answer has no body. */
static const struct client_request write_request = {.call = API_DELETE_DRAFT};

static gboolean come_back(gpointer data)
{
    struct desk *desk = data;
    if (web_requests(desk->web) == 0)
        return G_SOURCE_CONTINUE;
    desk->first_key = g_strdup(web_request(desk->web)->idempotency_key);
    web_answer(desk->web, &(struct web_answer){.status = 204});
    return G_SOURCE_REMOVE;
}

static void the_same_key_again(void **state)
{
    struct desk *desk = *state;
    struct office_answer answer;
    web_answer(desk->web, &(struct web_answer){.status = 503});
    (void)g_timeout_add(200, come_back, desk); /* the second try comes 500 ms after the first answer */
    assert_true(office_call(desk->office, &write_request, &answer));
    assert_null(answer.problem);
    assert_int_equal(web_requests(desk->web), 2);
    assert_non_null(desk->first_key);
    assert_string_equal(web_request(desk->web)->idempotency_key, desk->first_key);
    assert_true(office_call(desk->office, &write_request, &answer)); /* another intention: another key */
    assert_string_not_equal(web_request(desk->web)->idempotency_key, desk->first_key);
}

static void a_few_tries_then_a_sentence(void **state)
{
    struct desk *desk = *state;
    struct office_answer answer;
    web_answer(desk->web, &(struct web_answer){.status = 503});
    assert_false(office_call(desk->office, &write_request, &answer));
    assert_int_equal(web_requests(desk->web), 4);
    assert_string_equal(answer.problem, message_text("ctl.refused", desk->messages));
    g_free(answer.problem);
}

/* A refusal is an answer: asked once, told in the platform's words. */
static void refusals_are_told(void **state)
{
    static const struct {
        const char *body, *sentence;
    } cases[] = {
        {"{\"error\":{\"code\":\"x\",\"message\":\"请刷新后再试。\"}}", "请刷新后再试。"},
        {"{\"error\":{\"code\":\"x\",\"message\":\"请修改。\",\"field\":\"reason\"}}", "请修改。（reason）"},
        {"{\"error\":{\"code\":\"x\"}}", "服务平台没有接受，请核对后再试。"},
        {"<html>", "服务平台没有接受，请核对后再试。"},
    };
    struct desk *desk = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct office_answer answer;
        web_answer(desk->web, &(struct web_answer){.status = 409, .body = cases[i].body});
        assert_false(office_call(desk->office, &write_request, &answer));
        assert_string_equal(answer.problem, cases[i].sentence);
        assert_int_equal(web_requests(desk->web), i + 1);
        g_free(answer.problem);
    }
}

/* Nobody answers to a write: it is said that it may have happened. */
static void an_unknown_effect(void **state)
{
    struct desk *desk = *state;
    struct raw_web *rude = raw_web_new("", 0, false);
    struct office *office = office_new(&(struct client_options){.url = raw_web_url(rude)}, desk->messages);
    struct office_answer answer;
    assert_false(office_call(office, &write_request, &answer));
    assert_string_equal(answer.problem, message_text("ctl.unknown", desk->messages));
    g_free(answer.problem);
    assert_false(office_call(office, &(struct client_request){.call = API_STAFF_ME}, &answer));
    assert_string_equal(answer.problem, message_text("ctl.unreachable", desk->messages));
    g_free(answer.problem);
    office_free(office);
    raw_web_free(rude);
}

/* The session: its token goes with every call, and it is ended at the end. */
static void a_session_begins_and_ends(void **state)
{
    struct desk *desk = *state;
    web_answer(desk->web,
               &(struct web_answer){.status = 200,
                                    .body = "{\"token\":\"ABC\",\"expires_at\":\"2026-12-02T10:00:00+08:00\"}"});
    assert_null(office_login(desk->office, "140105001", "secret"));
    assert_string_equal(web_request(desk->web)->line, "POST /v1/staff/sessions");
    web_answer(desk->web, &(struct web_answer){.status = 204});
    g_clear_pointer(&desk->office, office_free);
    assert_string_equal(web_request(desk->web)->line, "DELETE /v1/staff/sessions/current");
    assert_string_equal(web_request(desk->web)->authorization, "Bearer ABC");
}

/* ---------------------------------------------------------------- columns */

static void columns_fit_their_widest(void **state)
{
    (void)state;
    struct columns *columns = columns_new(3);
    g_autoptr(GString) out = g_string_new(NULL);
    columns_add(columns, (const char *const[]){"编号", "姓名", "说明"});
    columns_add(columns, (const char *const[]){"1", "阿卜杜热合曼·买买提江", NULL});
    columns_add(columns, (const char *const[]){"10000", "a\033[31m\nb", "完"});
    columns_write(columns, 2, out);
    assert_string_equal(out->str, "  编号   姓名                   说明\n"
                                  "  1      阿卜杜热合曼·买买提江\n"
                                  "  10000  a[31m b                完\n");
    columns_free(columns);
}

#define EACH(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(the_same_key_again), EACH(a_few_tries_then_a_sentence), EACH(refusals_are_told),
        EACH(an_unknown_effect),  EACH(a_session_begins_and_ends),   cmocka_unit_test(columns_fit_their_widest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
