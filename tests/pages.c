/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages.h"

#define LONG_NAME "阿卜杜热合曼·买买提江·阿不力米提·吐尔逊"

static void add_frame(struct page *page)
{
    page_set_chapter(page, 7);
    page->title = g_strdup("毕业登记信息填写");
    page->office = g_strdup("太原市小店区招生考试中心");
    page->help = g_strdup("带星号的必须填写。用上下键或回车键换到下一项。\n填好后按 F10 键到下一步。");
    page->message = g_strdup("请检查标出的项目。");
    page->message_tone = TONE_WARN;
    page_add_action(page, "next", "下一步", "F10")->primary = true;
    page_add_action(page, "back", "上一步", "Esc");
    page_add_action(page, "leave", "离开", "F12");
}

static void add_codes(struct page_field *field, int n)
{
    static const char *const names[] = {"汉族", "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族"};
    field->options = page_choices_new();
    for (int i = 0; i < n; i++) {
        g_autofree char *key = g_strdup_printf("%02d", i + 1);
        page_add_choice(field->options, key, names[i % (int)G_N_ELEMENTS(names)], NULL);
    }
}

static void add_places(struct page_field *field)
{
    static const char *const places[][2] = {{"110000", "北京市"}, {"110101", "东城区"}, {"140000", "山西省"},
                                            {"140100", "太原市"}, {"140105", "小店区"}, {"140106", "迎泽区"},
                                            {"140200", "大同市"}, {"710000", "台湾省"}};
    field->options = page_choices_new();
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
        page_add_choice(field->options, places[i][0], places[i][1], NULL);
}

static void fill_fields(struct page *page)
{
    struct page_field *field = page_add_field(page, "text", FIELD_TEXT, "籍贯", "");
    field->max_chars = 30;
    field->width_cols = 30;
    field->hint = g_strdup("如：山西省太原市");
    field->required = true;
    field = page_add_field(page, "number", FIELD_NUMBER, "手机号", "1380351");
    field->max_chars = 11;
    field->error = g_strdup("请输入11位手机号");
    page_add_field(page, "password", FIELD_PASSWORD, "密码", NULL);
    field = page_add_field(page, "date", FIELD_DATE, "参加工作时间", "201207");
    field->hint = g_strdup("8位数字，如20120701");
    add_codes(page_add_field(page, "code", FIELD_CODE, "民族", "03"), 56);
    add_codes(page_add_field(page, "few", FIELD_CODE, "是否华侨、港澳、台属", ""), 4);
    page_add_field(page, "tick", FIELD_CHECK, "没有参加过工作", "");
    field =
        page_add_field(page, "address", FIELD_REGION, "详细住址", "山西省太原市小店区平阳路街道亲贤社区长治路百号院");
    add_places(field);
    field->max_chars = 60;
    for (int i = 0; i < 4; i++) {
        g_autofree char *key = g_strdup_printf("more%d", i);
        field = page_add_field(page, key, FIELD_TEXT, "工作单位", "");
        field->max_chars = 40;
        field->required = true;
    }
    page_add_text(page, "毕业信息登记为自考毕业生采集档案相关资料的重要环节，请考生如实填写个人基本信息。", TONE_QUIET);
}

static void fill_rows(struct page *page)
{
    static const struct {
        const char *key, *label;
        enum field_type type;
        int max, width;
    } columns[] = {{"from", "自何年何月", FIELD_DATE, 0, 14},
                   {"to", "至何年何月", FIELD_DATE, 0, 14},
                   {"where", "在何地何单位学习或工作", FIELD_TEXT, 40, 36}};
    for (int row = 0; row < 7; row++)
        for (gsize k = 0; k < G_N_ELEMENTS(columns); k++) {
            g_autofree char *key = g_strdup_printf("resume.%d.%s", row, columns[k].key);
            struct page_field *field = page_add_field(page, key, columns[k].type, columns[k].label, "");
            field->row = row;
            field->max_chars = columns[k].max;
            field->width_cols = columns[k].width;
        }
    page_add_text(page, "学习或工作经历至少填写一栏，日期输入8位数字。时间从早到晚，前后衔接。", TONE_NORMAL);
}

static void fill_choices(struct page *page, int n)
{
    page_add_text(page, "请选择要办理的事项。", TONE_NORMAL);
    for (int i = 0; i < n; i++) {
        g_autofree char *key = g_strdup_printf("item%d", i);
        g_autofree char *label = g_strdup_printf("习近平新时代中国特色社会主义思想概论（%d）", i + 1);
        struct page_choice *choice = page_add_choice(page->choices, key, i % 3 ? label : "英语（二）", "14 学分");
        if (i == 2)
            choice->why_not = g_strdup("这门课程不能顶替英语。");
    }
}

static void fill_report(struct page *page)
{
    page_add_fact(page, "姓名", LONG_NAME, TONE_STRONG);
    page_add_fact(page, "准考证号", "010124100007", TONE_NORMAL);
    page_add_fact(page, "专业", "行政管理（本科）", TONE_NORMAL);
    page_add_fact(page, "结论", "还差2门课程", TONE_BAD);
    struct page_table *table = page_add_table(page, "课程");
    page_table_column(table, "代码", 6);
    page_table_column(table, "名称", 0);
    page_table_column(table, "学分", 4);
    page_table_column(table, "成绩", 6);
    for (int i = 0; i < 25; i++)
        page_table_row(table, i % 5 ? TONE_NORMAL : TONE_WARN, "00312", "习近平新时代中国特色社会主义思想概论", "3",
                       i % 5 ? "78" : "未通过", NULL);
    page_add_text(page, "以上内容仅供参考，以审核结果为准。", TONE_QUIET);
}

static void fill_qr(struct page *page)
{
    page->qr = g_new0(struct page_qr, 1);
    page->qr->payload = g_strdup("HTTP://127.0.0.1:8080/P/K7QW3ZR5M2X4B6N7V8C9L0A1SD");
    page->qr->fallback = g_strdup("请到工作人员处办理。");
    page_add_fact(page, "金额", "35.00 元", TONE_STRONG);
    page_add_text(page, "请用手机扫描左边的二维码，按手机上的提示支付。", TONE_NORMAL);
    page_add_text(page, "支付后本页会自动变化，不需要按键。", TONE_QUIET);
}

static void fill_editor(struct page *page)
{
    struct page_field *field = page_add_field(page, "text", FIELD_LONG, "自我鉴定", "");
    field->max_chars = 1000;
    field->min_count = 400;
    page_add_text(page, "（政治思想、工作、学习等方面的总结，不得少于400字。）也可以空着，打印后手写完成。",
                  TONE_NORMAL);
}

static void fill_task(struct page *page)
{
    page_add_task(page, "制作《毕业生登记表》", TASK_DONE);
    page_add_task(page, "送到打印机", TASK_NOW);
    page_add_task(page, "打印", TASK_TODO);
    page_add_text(page, "请留在终端前，双面打印一式 2 份。", TONE_NORMAL);
}

struct page *pages_sample(enum page_kind kind)
{
    struct page *page = page_new(page_kind_words[kind], kind);
    add_frame(page);
    if (kind == PAGE_FIELDS)
        fill_fields(page);
    else if (kind == PAGE_ROWS)
        fill_rows(page);
    else if (kind == PAGE_MENU || kind == PAGE_CHOOSE)
        fill_choices(page, kind == PAGE_MENU ? 6 : 23);
    else if (kind == PAGE_REPORT)
        fill_report(page);
    else if (kind == PAGE_QR)
        fill_qr(page);
    else if (kind == PAGE_EDITOR)
        fill_editor(page);
    else if (kind == PAGE_TASK)
        fill_task(page);
    else
        page_add_text(page, "您好！在这里可以办理山西省高等教育自学考试毕业网上申请。", TONE_STRONG);
    page->choose_many = kind == PAGE_CHOOSE;
    page->sum = kind == PAGE_CHOOSE ? g_strdup("已选 2 门 / 10 学分") : NULL;
    return page;
}
