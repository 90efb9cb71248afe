/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "registrant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "keeper.h"
#include "typist.h"
#include "wire/json.h"

#define SLOW_MS    60000
#define ESSAY      420 /* characters that count */
#define MOBILE     "13800000000"
#define WORK_SINCE "20180701"

/* What goes into a field: the n-th phrase of a kind. */
static const struct wish {
    const char *kind;
    int n;
} employer = {"employer", 0}, address = {"address", 0}, school = {"school", 0}, parent = {"family", 0},
  parents_work = {"employer", 48}, parents_position = {"position", 0}, award = {"awards", 14};

static const struct phrase native_place = {.phrase = "山西省太原市小店区",
                                           .pinyin = "shan xi sheng tai yuan shi xiao dian qu"};

static const struct phrase *phrase_of(const struct registrant *registrant, const struct wish *wish)
{
    int n = wish->n;
    for (guint i = 0; i < registrant->phrases->len; i++) {
        const struct phrase *phrase = g_ptr_array_index(registrant->phrases, i);
        if (strcmp(phrase->kind, wish->kind) == 0 && n-- == 0)
            return phrase;
    }
    fail_msg("no phrase %d of %s", wish->n, wish->kind);
    return NULL;
}

void registrant_init(struct registrant *registrant, const struct hands *hands)
{
    *registrant = (struct registrant){.hands = *hands, .phrases = phrases_read(), .essay = g_string_new(NULL)};
}

void registrant_clear(struct registrant *registrant)
{
    record_list_free(&phrase_record, registrant->phrases);
    g_string_free(registrant->essay, TRUE);
}

/* ---------------------------------------------------------------- filling in */

static void write_phrase(struct registrant *registrant, const struct phrase *phrase)
{
    hands_write(&registrant->hands, phrase->phrase, phrase->pinyin);
    registrant->characters += g_utf8_strlen(phrase->phrase, -1);
}

static void write_wish(struct registrant *registrant, const struct wish *wish)
{
    write_phrase(registrant, phrase_of(registrant, wish));
}

/* Fingers take it from the lists that the field opens, level by level. */
static void fill_native_place(struct registrant *registrant)
{
    struct hands *hands = &registrant->hands;
    hands_field(hands, "籍贯");
    if (!hands->touch) {
        write_phrase(registrant, &native_place);
        return;
    }
    hands_item(hands, "4  山西省");
    hands_item(hands, "1  太原市");
    hands_item(hands, "1  小店区");
}

static void fill_person(struct registrant *registrant)
{
    struct hands *hands = &registrant->hands;
    term_wait_text(hands->term, "毕业登记信息填写", SLOW_MS);
    hands_choose(hands, "民族", "汉族");
    hands_choose(hands, "职业", "职员");
    hands_choose(hands, "政治面貌", "群众");
    hands_field(hands, "手机号");
    hands_type(hands, MOBILE);
    hands_choose(hands, "已取得学历", "普通高中");
    hands_choose(hands, "健康状况", "健康");
    hands_field(hands, "参加工作时间");
    hands_date(hands, WORK_SINCE);
    hands_choose(hands, "是否华侨、港澳、台属", "否");
    fill_native_place(registrant);
    hands_field(hands, "工作单位");
    write_wish(registrant, &employer);
    hands_place(hands, "详细住址");
    write_wish(registrant, &address);
    hands_button(hands, "下一步", VTERM_KEY_FUNCTION(10));
}

static void fill_span(struct registrant *registrant, int row, const char *const span[2], const struct wish *where)
{
    struct hands *hands = &registrant->hands;
    hands_row(hands, row);
    hands_date(hands, span[0]);
    hands_next(hands);
    hands_date(hands, span[1]);
    hands_next(hands);
    write_wish(registrant, where);
    hands_next(hands);
}

static void fill_tables(struct registrant *registrant)
{
    struct hands *hands = &registrant->hands;
    term_wait_text(hands->term, "毕业申请个人简历填写", SLOW_MS);
    fill_span(registrant, 1, (const char *const[]){"20140901", "20180630"}, &school);
    fill_span(registrant, 2, (const char *const[]){"20180701", "20231231"}, &employer);
    hands_button(hands, "下一步", VTERM_KEY_FUNCTION(10));
    term_wait_text(hands->term, "家庭主要成员", SLOW_MS);
    hands_row(hands, 1);
    write_wish(registrant, &parent);
    hands_next(hands);
    write_wish(registrant, &parents_work);
    hands_next(hands);
    write_wish(registrant, &parents_position);
    hands_button(hands, "下一步", VTERM_KEY_FUNCTION(10));
}

static void fill_awards(struct registrant *registrant)
{
    struct hands *hands = &registrant->hands;
    term_wait_text(hands->term, "何种奖励或处分", SLOW_MS);
    hands_field(hands, "奖励");
    hands_take_back(hands); /* 无 */
    write_wish(registrant, &award);
    hands_button(hands, "下一步", VTERM_KEY_FUNCTION(10));
}

static void fill_evaluation(struct registrant *registrant)
{
    struct hands *hands = &registrant->hands;
    term_wait_text(hands->term, "不得少于400字", SLOW_MS);
    hands_box(hands);
    for (int i = 0; text_count(registrant->essay->str) < ESSAY; i++) {
        const struct phrase *phrase = phrase_of(registrant, &(struct wish){"evaluation", i});
        write_phrase(registrant, phrase);
        hands_write(hands, "。", "");
        g_string_append_printf(registrant->essay, "%s。", phrase->phrase);
    }
    g_autofree char *count = g_strdup_printf("已输入 %d 字", text_count(registrant->essay->str));
    term_wait_text(hands->term, count, SLOW_MS);
    hands_button(hands, "保存并导出PDF", VTERM_KEY_FUNCTION(10));
    term_wait_text(hands->term, "打印《毕业生登记表》", SLOW_MS);
}

void registrant_fill(struct registrant *registrant)
{
    fill_person(registrant);
    fill_tables(registrant);
    fill_awards(registrant);
    fill_evaluation(registrant);
}

/* ---------------------------------------------------------------- what the platform has */

static void check_rows(const struct registrant *registrant, const struct registration_form *form)
{
    assert_int_equal(form->resume->len, 2);
    const struct resume_row *studied = g_ptr_array_index(form->resume, 0), *worked = g_ptr_array_index(form->resume, 1);
    assert_string_equal(studied->from, "2014-09-01");
    assert_string_equal(studied->to, "2018-06-30");
    assert_string_equal(studied->where, phrase_of(registrant, &school)->phrase);
    assert_string_equal(worked->from, "2018-07-01");
    assert_string_equal(worked->to, "2023-12-31");
    assert_string_equal(worked->where, phrase_of(registrant, &employer)->phrase);
    assert_int_equal(form->family->len, 1);
    const struct family_row *one = g_ptr_array_index(form->family, 0);
    assert_string_equal(one->name, phrase_of(registrant, &parent)->phrase);
    assert_string_equal(one->employer, phrase_of(registrant, &parents_work)->phrase);
    assert_string_equal(one->position, phrase_of(registrant, &parents_position)->phrase);
}

static void check_form(const struct registrant *registrant, const struct registration_form *form)
{
    assert_string_equal(form->ethnicity, "01");
    assert_string_equal(form->political_status, "13");
    assert_string_equal(form->mobile, MOBILE);
    assert_string_equal(form->health, "10");
    assert_string_equal(form->work_since, "2018-07-01");
    assert_false(form->overseas_relations);
    assert_string_equal(form->native_place, native_place.phrase);
    assert_string_equal(form->employer, phrase_of(registrant, &employer)->phrase);
    assert_string_equal(form->address, phrase_of(registrant, &address)->phrase);
    check_rows(registrant, form);
    assert_string_equal(form->awards, phrase_of(registrant, &award)->phrase);
    assert_string_equal(form->penalties, "无");
    assert_string_equal(form->self_evaluation, registrant->essay->str);
}

void registrant_check(const struct registrant *registrant, const struct rig *rig)
{
    g_autofree char *path = g_strdup_printf("%s/platform/platform.db", rig_dir(rig));
    g_autofree char *body = keeper_ask_file(path, "SELECT body FROM registration_forms ORDER BY version DESC");
    assert_non_null(body);
    struct registration_form *form = wire_read(&registration_form_record, body, strlen(body), WIRE_LENIENT, NULL, NULL);
    assert_non_null(form);
    check_form(registrant, form);
    record_free(&registration_form_record, form);
}
