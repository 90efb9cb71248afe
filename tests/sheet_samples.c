/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet_samples.h"

#include <string.h>

/* cairo 1.16 loses 96 bytes a page, fontconfig its first pattern: whoever draws a sample does not want to hear of it. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcairo.so\nleak:libfontconfig.so\n";
}

struct pair {
    const char *name, *text;
};

static const struct pair ordinary[] = {
    {"name", "张晓明"},
    {"sex", "男"},
    {"id_no", "14000019950312001X"},
    {"exam_no", "010124100002"},
    {"major", "行政管理（本科）"},
    {"school", "山西大学"},
    {"county", "太原市小店区"},
    {"form_version", "1"},
    {"ethnicity", "汉族"},
    {"occupation", "职员"},
    {"political_status", "群众"},
    {"mobile", "13800001234"},
    {"education", "大学专科毕业"},
    {"health", "健康或良好"},
    {"work_since", "2016年07月01日"},
    {"overseas_relations", "否"},
    {"native_place", "山西省太原市"},
    {"employer", "太原市小店区人力资源服务中心"},
    {"address", "山西省太原市小店区长风街 100 号 3 号楼 2 单元 501 室"},
    {"resume.1.from", "2007年09月01日"},
    {"resume.1.to", "2010年07月01日"},
    {"resume.1.where", "山西省太原市第五中学学习"},
    {"resume.2.from", "2010年09月01日"},
    {"resume.2.to", "2013年07月01日"},
    {"resume.2.where", "山西省太原市第三十六中学高中部学习"},
    {"resume.3.from", "2013年09月01日"},
    {"resume.3.to", "2016年06月30日"},
    {"resume.3.where", "山西省财政税务专科学校学习"},
    {"resume.4.from", "2016年07月01日"},
    {"resume.4.to", "2026年03月01日"},
    {"resume.4.where", "太原市小店区人力资源服务中心工作"},
    {"family", "家庭主要成员姓名:张建国、工作单位:太原重型机械集团、职务:工人\n"
               "家庭主要成员姓名:李秀英、工作单位:太原市迎泽区第二小学、职务:教师"},
    {"awards", "奖励:无、处分:无"},
    {"total.courses", "13"},
    {"total.credits", "70"},
};

static const struct {
    const char *code, *name;
    int credits, score;
    const char *passed_on, *remark;
} courses[SHEET_COURSES] = {
    {"03708", "中国近现代史纲要", 2, 81, "2021-04-18", ""},
    {"03709", "马克思主义基本原理概论", 4, 70, "2021-04-18", ""},
    {"13000", "英语（专升本）", 7, -1, "", "课程顶替"},
    {"00034", "社会学概论", 6, 66, "2021-10-24", ""},
    {"00261", "行政法学", 5, 72, "2021-10-24", ""},
    {"00315", "当代中国政治制度", 6, 75, "2022-04-17", ""},
    {"00316", "西方政治制度", 6, 68, "2022-04-17", ""},
    {"00318", "公共政策", 4, 80, "2022-10-30", ""},
    {"00319", "行政组织理论", 4, 77, "2022-10-30", ""},
    {"00320", "领导科学", 4, 83, "2023-04-16", ""},
    {"01848", "公务员制度", 4, 90, "2023-04-16", ""},
    {"00277", "行政管理学", 6, 64, "2023-10-29", ""},
    {"00144", "企业管理概论", 5, 71, "2023-10-29", "顶替13000"},
    {"10304", "行政管理学毕业论文", 6, 85, "2024-05-20", "实践"},
    {"15040", "习近平新时代中国特色社会主义思想概论", 3, 88, "2025-04-13", ""},
    {"12656", "毛泽东思想和中国特色社会主义理论体系概论", 4, 79, "2025-04-13", ""},
    {"04183", "概率论与数理统计（经管类）", 5, 63, "2025-04-13", "免考"},
    {"00051", "管理系统中计算机应用", 3, 74, "2025-10-26", ""},
    {"00052", "管理系统中计算机应用（实践）", 1, 86, "2025-10-26", "实践"},
    {"04747", "Java语言程序设计（一）", 3, 100, "2025-10-26", ""},
    {"04737", "C++程序设计", 3, 92, "2025-10-26", ""},
    {"00322", "中国行政史", 5, 61, "2025-10-26", "旧计划"},
    {"00341", "公文写作与处理", 6, 78, "2025-10-26", "顶替13000"},
    {"00312", "政治学概论", 6, 67, "2025-10-26", ""},
};

static const struct pair long_texts[] = {
    {"name", "欧阳端木司徒慕容皇甫上官诸葛"},
    {"major", "计算机科学与技术（软件工程与数据库技术方向）（本科）"},
    {"school", "山西财经大学与太原理工大学联合主考学院（远程继续教育）"},
    {"political_status", "无党派民主人士"},
    {"occupation", "专业技术人员"},
    {"native_place", "内蒙古自治区锡林郭勒盟东乌珠穆沁旗"},
    {"employer", "山西省吕梁市交城县人力资源和社会保障局劳动保障监察综合行政执法大队（事业编制）"},
    {"address", "山西省吕梁市交城县天宁镇新农村建设安置小区（原西汾阳村委会旧址）第十七号楼第四单元二十三层二三〇二号房"
                "间（邮寄请注明代收）"},
    {"resume.5.from", "2016年07月01日"},
    {"resume.5.to", "2018年07月01日"},
    {"resume.5.where", "山西省吕梁市交城县人力资源和社会保障局劳动保障监察综合行政执法大队工作（借调至吕梁市）"},
    {"resume.6.from", "2018年07月01日"},
    {"resume.6.to", "2022年07月01日"},
    {"resume.6.where", "山西省吕梁市交城县人力资源和社会保障局劳动保障监察综合行政执法大队工作（借调至吕梁市）"},
    {"resume.7.from", "2022年07月01日"},
    {"resume.7.to", "2026年03月01日"},
    {"resume.7.where", "新疆维吾尔自治区巴音郭楞蒙古自治州和静县巴音布鲁克镇中心卫生院（援疆医疗队）担任主治医师"},
    {"family", "家庭主要成员姓名:王惠、工作单位:交城县天宁镇中心卫生院、职务:主治医师\n"
               "家庭主要成员姓名:李婴玲、工作单位:交城县第二职业高级中学校、职务:教师\n"
               "家庭主要成员姓名:王堃、工作单位:中国人民解放军某部、职务:战士\n"
               "家庭主要成员姓名:王喆、工作单位:山西大学（在读研究生）、职务:学生\n"
               "家庭主要成员姓名:赵某某、工作单位:已退休、职务:无\n"
               "家庭主要成员姓名:钱某某、工作单位:无、职务:无"},
    {"awards", "奖励:"
               "二〇二二年获吕梁市劳动保障监察系统先进个人称号；二〇二三年获交城县五一劳动奖章；二〇二四年获山西省高等"
               "教育自学考试"
               "优秀考生；二〇二五年考试期间协助考点工作受到书面表扬、处分:无"},
    {"total.courses", "24"},
    {"total.credits", "108"},
    {"work_since", "2016年07月01日"},
};

static const struct pair rare[] = {{"name", "王𬎆"},
                                   {"resume.1.where", "山西省晋城市第一中学学习（曾用名王𠅤、王㛃、王喆堃）"}};
static const struct pair minority[] = {
    {"name", "阿卜杜热合曼·买买提江"},
    {"ethnicity", "维吾尔族"},
    {"native_place", "新疆维吾尔自治区喀什地区"},
    {"family", "家庭主要成员姓名:买买提江·吾买尔、工作单位:喀什市色满乡中心小学、职务:教师"},
};
static const struct pair by_hand[] = {{"self_evaluation", ""}, {"resume.2.from", ""}, {"resume.2.to", ""},
                                      {"resume.2.where", ""},  {"resume.3.from", ""}, {"resume.3.to", ""},
                                      {"resume.3.where", ""},  {"resume.4.from", ""}, {"resume.4.to", ""},
                                      {"resume.4.where", ""},  {"work_since", "无"},  {"employer", "无"},
                                      {"family", ""}};

char *sheet_sample_essay(int n)
{
    static const char *const sentences[] = {
        "本人热爱祖国，拥护中国共产党的领导，遵守国家法律法规，思想品德端正，团结同事，乐于助人。",
        "在参加高等教育自学考试的几年里，我坚持利用业余时间学习，克服了工作与学习的矛盾，按时完成了各门课程的考试。",
        "2021年4月至2025年10月，我先后通过了《行政管理学》《公共政策》等课程的考试，平均成绩76.5分，并完成了毕业论文。",
        "通过系统学习专业课程，我掌握了本专业的基本理论、基本知识和基本技能，初步具备了分析问题、解决问题的能力。",
        "工作中我严格要求自己，服从安排，勤勉尽责，保质保量完成各项任务，多次受到领导和群众的好评。",
        "生活上勤俭节约，孝敬父母，积极参加社区组织的“志愿服务”活动，努力做一个对社会有用的人。",
        "当然，我也认识到自身的不足——例如社会经验还不够丰富，英语口语较弱，今后将继续虚心学习，不断完善自己。",
    };
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; g_utf8_strlen(text->str, -1) < n; i++)
        g_string_append(text, sentences[i % G_N_ELEMENTS(sentences)]);
    return g_utf8_substring(text->str, 0, n);
}

void sheet_sample_set(struct sheet_data *data, const char *name, const char *text)
{
    for (guint i = 0; i < data->values->len; i++) {
        struct sheet_value *value = data->values->pdata[i];
        if (!g_str_equal(value->name, name))
            continue;
        g_free(value->text);
        value->text = g_strdup(text);
        return;
    }
    struct sheet_value *value = record_new(&sheet_value_record);
    value->name = g_strdup(name);
    value->text = g_strdup(text);
    g_ptr_array_add(data->values, value);
}

static void set_all(struct sheet_data *data, const struct pair *pairs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sheet_sample_set(data, pairs[i].name, pairs[i].text);
}

static void set_cell(struct sheet_data *data, int row, const char *column, const char *text)
{
    g_autofree char *name = g_strdup_printf("course.%d.%s", row, column);
    sheet_sample_set(data, name, text);
}

static void set_number(struct sheet_data *data, int row, const char *column, int number)
{
    g_autofree char *text = number >= 0 ? g_strdup_printf("%d", number) : g_strdup("");
    set_cell(data, row, column, text);
}

static void set_courses(struct sheet_data *data, int n)
{
    for (int i = 0; i < n; i++) {
        set_number(data, i + 1, "no", i + 1);
        set_cell(data, i + 1, "code", courses[i].code);
        set_cell(data, i + 1, "name", courses[i].name);
        set_number(data, i + 1, "credits", courses[i].credits);
        set_number(data, i + 1, "score", courses[i].score);
        set_cell(data, i + 1, "passed_on", courses[i].passed_on);
        set_cell(data, i + 1, "remark", courses[i].remark);
    }
}

static void set_essay(struct sheet_data *data, int n)
{
    g_autofree char *essay = sheet_sample_essay(n);
    sheet_sample_set(data, "self_evaluation", essay);
}

#define SET_ALL(data, pairs) set_all(data, pairs, G_N_ELEMENTS(pairs))

struct sheet_data *sheet_sample(enum sheet_sample sample)
{
    struct sheet_data *data = record_new(&sheet_data_record);
    data->form_version = 1;
    data->created_at = 1796086800; /* 2026-12-01T08:20:00+08:00 */
    SET_ALL(data, ordinary);
    set_courses(data, sample == SAMPLE_LONG ? SHEET_COURSES : 14);
    set_essay(data, sample == SAMPLE_LONG ? 880 : 480);
    if (sample == SAMPLE_LONG)
        SET_ALL(data, long_texts);
    else if (sample == SAMPLE_RARE)
        SET_ALL(data, rare);
    else if (sample == SAMPLE_MINORITY)
        SET_ALL(data, minority);
    else if (sample == SAMPLE_BY_HAND)
        SET_ALL(data, by_hand);
    return data;
}
