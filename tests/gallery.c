/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gallery.h"

#include <string.h>

#include "session_walk.h"

#define LONG_MAJOR   "行政管理（公共事务与社会治理方向）"
#define LONG_SCHOOL  "山西财经大学"
#define LONG_ADDRESS "山西省太原市小店区平阳路街道亲贤社区长治路111号山西世贸中心小区12号楼3单元2504室"
#define LONG_WORK    "山西省太原市小店区平阳路街道亲贤社区居民委员会综合服务中心"
#define REASON                                                                                                                                                          \
    "《毕业生登记表》中的工作单位与单位公章不一致；添加的旧计划课程00312政治学概论没有上传合格证扫描件。请改正以后" \
    "重新申请。"

struct gallery {
    struct srig *rig;
    struct world *world;
};

/*
 * How to come to a page, steps separated by "; ". After each the platform answers all that was asked, except after "ask".
 *   do ACTION · choose KEY · type FIELD=TEXT · ask ACTION · and the words of `steps` below
 */
#define CONSENT "start; consent"
#define APPLY   "login; choose start; tick; do majors"
#define COUNTY  APPLY "; choose 140100"
#define SERVED  COUNTY "; choose 140105"
#define GIVEN   SERVED "; choose 00144; choose 00321; do substitution; do substitution"
#define ADDED   GIVEN "; choose add; course 00312; do add_course"
#define ADDING  ADDED "; do go added_new; course 00313; do add_course"
#define DEGREE  GIVEN "; choose none"
#define PERSON  "login; do go person; person; do next"
#define RESUME  PERSON "; resume; do next"
#define PRINT   "login; do print; sheet"

static const struct {
    const char *title; /* up to a "-": the screen */
    enum plan_level level;
    enum application_state state; /* at the login */
    const char *way;
} rooms[] = {
    {"start", LEVEL_JUNIOR, STATE_NONE, "start"},
    {"consent", LEVEL_JUNIOR, STATE_NONE, "start; do go consent"},
    {"consent-errors", LEVEL_JUNIOR, STATE_NONE, "start; do go consent; do accept"},
    {"login", LEVEL_JUNIOR, STATE_NONE, CONSENT},
    {"login-refused", LEVEL_JUNIOR, STATE_NONE, CONSENT "; account; ask login; refuse"},
    {"login-busy", LEVEL_JUNIOR, STATE_NONE, CONSENT "; account; ask login"},
    {"register", LEVEL_JUNIOR, STATE_NONE, CONSENT "; do go register"},
    {"register-errors", LEVEL_JUNIOR, STATE_NONE,
     CONSENT "; do go register; type register_id_no=14010519900307001; do register"},
    {"home", LEVEL_BACHELOR, STATE_NONE, "login"},
    {"home-paid", LEVEL_BACHELOR, STATE_FORM_SAVED, "login; do go home"},
    {"leave", LEVEL_BACHELOR, STATE_NONE, "login; do go leave"},
    {"goodbye", LEVEL_BACHELOR, STATE_NONE, "login; do go leave; choose logout"},
    {"out_of_service", LEVEL_BACHELOR, STATE_NONE, "login; stopped"},
    {"judge", LEVEL_BACHELOR, STATE_NONE, "law; login; choose judge"},
    {"prejudge", LEVEL_BACHELOR, STATE_NONE, "login; choose prejudge"},
    {"plan", LEVEL_BACHELOR, STATE_NONE, "login; choose prejudge; do go plan"},
    {"majors", LEVEL_BACHELOR, STATE_NONE, "law; login; choose start"},
    {"city", LEVEL_BACHELOR, STATE_NONE, APPLY},
    {"county", LEVEL_BACHELOR, STATE_NONE, COUNTY},
    {"substitution", LEVEL_BACHELOR, STATE_NONE, SERVED "; choose 00144"},
    {"substitution_none", LEVEL_BACHELOR, STATE_NONE, SERVED "; do substitution"},
    {"added_ask", LEVEL_BACHELOR, STATE_NONE, GIVEN},
    {"added_new", LEVEL_BACHELOR, STATE_NONE, GIVEN "; choose add"},
    {"added_new-errors", LEVEL_BACHELOR, STATE_NONE,
     GIVEN "; choose add; course 00312; type added_passed_on=19990230; type added_score=59; do add_course"},
    {"added", LEVEL_BACHELOR, STATE_NONE, ADDING},
    {"added-archive", LEVEL_BACHELOR, STATE_NONE, ADDING "; do go archive; files; choose portrait.jpg; archive"},
    {"added_delete", LEVEL_BACHELOR, STATE_NONE, ADDING "; do go added_delete"},
    {"added_clear", LEVEL_BACHELOR, STATE_NONE, ADDING "; do go added_delete; do go added_clear"},
    {"archive", LEVEL_BACHELOR, STATE_NONE, ADDING "; do go archive; files"},
    {"archive-reading", LEVEL_BACHELOR, STATE_NONE, ADDING "; do go archive"},
    {"prior_degree", LEVEL_BACHELOR, STATE_NONE, DEGREE},
    {"prior_degree-failed", LEVEL_BACHELOR, STATE_NONE, DEGREE "; mismatch"},
    {"prior_degree-verified", LEVEL_BACHELOR, STATE_NONE, DEGREE "; verified"},
    {"degree_manual", LEVEL_BACHELOR, STATE_NONE, DEGREE "; mismatch; do go degree_manual"},
    {"degree_again", LEVEL_BACHELOR, STATE_NONE, DEGREE "; verified; do go degree_again"},
    {"confirm", LEVEL_BACHELOR, STATE_NONE, DEGREE "; verified; do next"},
    {"submit", LEVEL_BACHELOR, STATE_NONE, DEGREE "; verified; do next; do next"},
    {"submit-errors", LEVEL_BACHELOR, STATE_NONE, DEGREE "; verified; do next; do next; type id_tail=0016; do submit"},
    {"photo_rules", LEVEL_BACHELOR, STATE_SYSTEM_CHECKING, "login"},
    {"photo_rules-rejected", LEVEL_BACHELOR, STATE_SYSTEM_CHECKING, "bad photo; login"},
    {"photo", LEVEL_BACHELOR, STATE_SYSTEM_CHECKING, "login; do next; files"},
    {"photo-none", LEVEL_BACHELOR, STATE_SYSTEM_CHECKING, "login; do next; no files"},
    {"photo_send", LEVEL_BACHELOR, STATE_SYSTEM_CHECKING, "login; do next; files; choose portrait.jpg; photo"},
    {"photo_manual", LEVEL_BACHELOR, STATE_SYSTEM_CHECKING, "bad photo; login; do go photo_manual"},
    {"progress", LEVEL_BACHELOR, STATE_SYSTEM_APPROVED, "login"},
    {"progress-rejected", LEVEL_BACHELOR, STATE_COUNTY_REJECTED, "login"},
    {"progress-offline", LEVEL_BACHELOR, STATE_SYSTEM_APPROVED, "login; offline"},
    {"reapply", LEVEL_BACHELOR, STATE_COUNTY_REJECTED, "login; do go reapply"},
    {"order", LEVEL_BACHELOR, STATE_SYSTEM_APPROVED, "login; do go order"},
    {"pay", LEVEL_BACHELOR, STATE_SYSTEM_APPROVED, "login; do go order; choose simulated"},
    {"paid", LEVEL_BACHELOR, STATE_PAID, "login; do go home; choose paid"},
    {"receipt", LEVEL_BACHELOR, STATE_FORM_SAVED, "login; do go home; choose receipt"},
    {"receipt-here", LEVEL_BACHELOR, STATE_FORM_SAVED, "later; login; do go home; choose receipt"},
    {"person", LEVEL_BACHELOR, STATE_PAID, "login; do go person"},
    {"person-filled", LEVEL_BACHELOR, STATE_PAID, "login; do go person; person"},
    {"person-errors", LEVEL_BACHELOR, STATE_PAID, "login; do go person; do next"},
    {"resume", LEVEL_BACHELOR, STATE_PAID, PERSON},
    {"resume-filled", LEVEL_BACHELOR, STATE_PAID, PERSON "; resume"},
    {"resume-errors", LEVEL_BACHELOR, STATE_PAID, PERSON "; type resume.2.from=20150901; do next"},
    {"family", LEVEL_BACHELOR, STATE_PAID, RESUME},
    {"family-filled", LEVEL_BACHELOR, STATE_PAID, RESUME "; family"},
    {"awards", LEVEL_BACHELOR, STATE_PAID, RESUME "; family; do next"},
    {"evaluation", LEVEL_BACHELOR, STATE_PAID, RESUME "; family; do next; do next"},
    {"evaluation-filled", LEVEL_BACHELOR, STATE_PAID, RESUME "; family; do next; do next; text"},
    {"evaluation-errors", LEVEL_BACHELOR, STATE_PAID,
     RESUME "; family; do next; do next; type self_evaluation=本人热爱祖国，学习努力。; do save_form"},
    {"print", LEVEL_BACHELOR, STATE_FORM_SAVED, "login"},
    {"printing", LEVEL_BACHELOR, STATE_FORM_SAVED, PRINT},
    {"printing-failed", LEVEL_BACHELOR, STATE_FORM_SAVED, PRINT "; jam"},
    {"print_check", LEVEL_BACHELOR, STATE_FORM_SAVED, PRINT "; printed"},
    {"checklist", LEVEL_BACHELOR, STATE_FORM_SAVED, "login; do go checklist"},
    {"result", LEVEL_BACHELOR, STATE_HANDED_IN, "login"},
    {"result-rejected", LEVEL_BACHELOR, STATE_JOINT_REJECTED, "login"},
};

guint gallery_size(void)
{
    return G_N_ELEMENTS(rooms);
}

const char *gallery_title(guint i)
{
    return rooms[i].title;
}

static bool is_of(const char *title, const char *screen)
{
    gsize n = strcspn(title, "-");
    return n == strlen(screen) && strncmp(title, screen, n) == 0;
}

bool gallery_has(const char *screen)
{
    for (guint i = 0; i < gallery_size(); i++)
        if (is_of(rooms[i].title, screen))
            return true;
    return false;
}

/* ---------------------------------------------------------------- the person */

static void set(char **text, const char *to)
{
    g_free(*text);
    *text = g_strdup(to);
}

static void add_course(struct world *world, const char *code, const char *name, int64_t credits, int state, int type)
{
    struct eligibility_course *course = record_new(&eligibility_course_record);
    course->code = g_strdup(code);
    course->name = g_strdup(name);
    course->credits = credits;
    course->state = state;
    course->type = type;
    course->score = state == COURSE_PASSED ? 60 + (int64_t)world->eligibility->courses->len : -1;
    g_ptr_array_add(world->eligibility->courses, course);
    struct plan_course *row = record_new(&plan_course_record);
    row->course_code = g_strdup(code);
    row->course_name = g_strdup(name);
    row->credits = credits;
    row->type = type;
    row->counts_credit = credits > 0;
    g_ptr_array_add(world->plan->courses, row);
}

static void add_courses(struct world *world)
{
    static const struct {
        const char *code, *name;
        int credits, type, state;
    } courses[] = {
        {"15040", "习近平新时代中国特色社会主义思想概论", 3, COURSE_REQUIRED, COURSE_PASSED},
        {"12656", "毛泽东思想和中国特色社会主义理论体系概论", 2, COURSE_REQUIRED, COURSE_PASSED},
        {"00318", "公共政策", 4, COURSE_REQUIRED, COURSE_PASSED},
        {"00067", "财务管理学", 6, COURSE_ELECTIVE, COURSE_PASSED},
        {"00054", "管理学原理", 6, COURSE_ELECTIVE, COURSE_EXEMPT},
        {"00051", "管理系统中计算机应用", 3, COURSE_REQUIRED, COURSE_PASSED},
        {"00052", "管理系统中计算机应用（实践）", 1, COURSE_PRACTICE, COURSE_NOT_PASSED},
        {"04183", "概率论与数理统计（经管类）", 5, COURSE_ELECTIVE, COURSE_PASSED},
        {"00024", "普通逻辑", 4, COURSE_ELECTIVE, COURSE_PASSED},
        {"01848", "公务员制度", 4, COURSE_REQUIRED, COURSE_NOT_PASSED},
        {"00034", "社会学概论", 6, COURSE_ELECTIVE, COURSE_PASSED},
        {"06999", "毕业论文", 0, COURSE_PRACTICE, COURSE_PASSED},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(courses); i++)
        add_course(world, courses[i].code, courses[i].name, courses[i].credits, courses[i].state, courses[i].type);
}

static void dress(struct world *world, const char *name)
{
    struct candidate *candidate = world->candidate;
    struct candidate_major *major = g_ptr_array_index(candidate->majors, 0);
    set(&candidate->name, name);
    set(&candidate->address, LONG_ADDRESS);
    set(&major->name, LONG_MAJOR);
    set(&major->school, LONG_SCHOOL);
    set(&world->plan->major_name, LONG_MAJOR);
    set(&world->plan->school, LONG_SCHOOL);
    if (major->level == LEVEL_BACHELOR)
        add_courses(world);
}

static void set_state(struct world *world, enum application_state state)
{
    world_set_state(world, state);
    struct application *application = world->application;
    if (state == STATE_COUNTY_REJECTED || state == STATE_JOINT_REJECTED)
        set(&application->reason, REASON);
    if (state > STATE_DRAFT && !(state == STATE_SYSTEM_CHECKING))
        application->photo->state = PHOTO_ACCEPTED;
}

/* ---------------------------------------------------------------- steps */

static void type_all(struct world *world, const char *const (*fields)[2], gsize n)
{
    for (gsize i = 0; i < n; i++)
        srig_edit(world->rig, fields[i][0], fields[i][1]);
}

static void do_start(struct world *world)
{
    srig_start(world->rig);
}

static void do_consent(struct world *world)
{
    static const char *const fields[][2] = {{"consent_general", "1"}, {"consent_sensitive", "1"}};
    srig_action(world->rig, "go consent");
    type_all(world, fields, G_N_ELEMENTS(fields));
    srig_action(world->rig, "accept");
}

static void do_account(struct world *world)
{
    srig_edit(world->rig, "account", SRIG_ID);
    srig_edit(world->rig, "password", SRIG_PASSWORD);
}

static void do_refuse(struct world *world)
{
    srig_refuse(world->rig, API_LOGIN, "account.wrong", "证件号码或密码不正确，请重新输入。还可以试 3 次。");
}

static void do_stopped(struct world *world)
{
    srig_tell(world->rig, SESSION_STOPPED);
}

/* Both majors, where there are two. */
static void do_tick(struct world *world)
{
    struct page *page = session_page(world->rig->session);
    for (guint i = 0; i < page->choices->len; i++) {
        const struct page_choice *choice = g_ptr_array_index(page->choices, i);
        if (!choice->chosen)
            srig_choose(world->rig, choice->key);
    }
    page_free(page);
}

static void do_mismatch(struct world *world)
{
    struct prior_degree *degree = world->application->prior_degree;
    degree->state = PRIOR_MISMATCH;
    world->degree_failures = 1;
    set(&degree->reason, "姓名与学历信息不一致：学历证书上的姓名为“阿卜杜热合曼·买买提”。");
    world_push(world);
}

static void do_verified(struct world *world)
{
    struct prior_degree *degree = world->application->prior_degree;
    degree->state = PRIOR_VERIFIED;
    set(&degree->name_masked, "阿*************");
    set(&degree->school, "山西财贸职业技术学院");
    set(&degree->level, "专科");
    set(&degree->major, "现代物流管理");
    set(&degree->certificate_tail, "0371");
    world_push(world);
}

static void do_bad_photo(struct world *world)
{
    world->application->photo->state = PHOTO_REJECTED;
    set(&world->application->photo->reason, "背景不是浅蓝色、白色或浅灰色，请换一张照片。");
    world->photo_failures = 1;
}

static void do_offline(struct world *world)
{
    world->away = true;
    srig_answer(world->rig, API_APPLICATION, CALL_UNREACHABLE, NULL);
}

static void tell_files(struct world *world, const char *const *names)
{
    struct files_answer *files = record_new(&files_answer_record);
    for (; *names; names++) {
        struct file_entry *file = record_new(&file_entry_record);
        file->name = g_strdup(*names);
        file->bytes = 40000 + 1000 * (int64_t)strlen(*names);
        file->modified_at = SRIG_TIME - 86400;
        g_ptr_array_add(files->files, file);
    }
    srig_helper(world->rig, JOB_FILES, files);
    record_free(&files_answer_record, files);
}

static void do_files(struct world *world)
{
    static const char *const names[] = {"portrait.jpg", "阿卜杜热合曼·买买提江_毕业证件照（蓝底）_20261128.jpg",
                                        "IMG_20261130_093012.jpeg", "一寸照片.png", NULL};
    tell_files(world, names);
}

static void do_no_files(struct world *world)
{
    static const char *const none[] = {NULL};
    tell_files(world, none);
}

static void do_photo(struct world *world)
{
    srig_helper(world->rig, JOB_PHOTO, &walk_good_photo);
}

static void do_archive(struct world *world)
{
    srig_helper(world->rig, JOB_ARCHIVE, &walk_good_archive);
}

static void do_person(struct world *world)
{
    static const char *const fields[][2] = {{"employer", LONG_WORK}, {"address", LONG_ADDRESS}};
    world_fill_person(world->rig);
    type_all(world, fields, G_N_ELEMENTS(fields));
}

static void do_resume(struct world *world)
{
    static const char *const fields[][2] = {{"resume.1.from", "20090901"},        {"resume.1.to", "20120630"},
                                            {"resume.1.where", "太原市第五中学"}, {"resume.2.from", "20120701"},
                                            {"resume.2.to", "20261130"},          {"resume.2.where", LONG_WORK}};
    type_all(world, fields, G_N_ELEMENTS(fields));
}

static void do_family(struct world *world)
{
    static const char *const fields[][2] = {{"family.1.name", "买买提江·阿不力米提·吐尔逊"},
                                            {"family.1.employer", LONG_WORK},
                                            {"family.1.position", "社区工作者"},
                                            {"family.2.name", "古丽娜尔"},
                                            {"family.2.employer", "无"},
                                            {"family.2.position", "无"}};
    type_all(world, fields, G_N_ELEMENTS(fields));
}

static void do_text(struct world *world)
{
    static const char sentence[] =
        "本人拥护中国共产党的领导，热爱祖国，遵纪守法。参加自学考试以来，我利用业余时间学习，"
        "按时完成各门课程，掌握了行政管理的基本理论和方法，并在工作中加以运用。\n";
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 7; i++)
        g_string_append(text, sentence);
    srig_edit(world->rig, "self_evaluation", text->str);
}

static void do_sheet(struct world *world)
{
    struct sheet_answer *sheet = record_new(&sheet_answer_record);
    srig_helper(world->rig, JOB_SHEET, sheet);
    record_free(&sheet_answer_record, sheet);
}

static void tell_print(struct world *world, enum print_result result, const char *reason)
{
    struct print_answer answer = {.result = (int)result, .reason = (char *)reason};
    srig_helper(world->rig, JOB_PRINT, &answer);
}

static void do_jam(struct world *world)
{
    tell_print(world, PRINT_RESULT_UNKNOWN, NULL);
}

static void do_printed(struct world *world)
{
    tell_print(world, PRINT_RESULT_SENT, NULL);
}

/* Long enough after the payment. */
static void do_later(struct world *world)
{
    world->application->order->paid_at -= 1300;
}

static const struct {
    const char *word;
    void (*fn)(struct world *world);
} steps[] = {
    {"start", do_start},       {"consent", do_consent},   {"account", do_account},     {"refuse", do_refuse},
    {"login", world_login},    {"law", world_add_law},    {"stopped", do_stopped},     {"tick", do_tick},
    {"mismatch", do_mismatch}, {"verified", do_verified}, {"bad photo", do_bad_photo}, {"offline", do_offline},
    {"files", do_files},       {"no files", do_no_files}, {"photo", do_photo},         {"archive", do_archive},
    {"person", do_person},     {"resume", do_resume},     {"family", do_family},       {"text", do_text},
    {"sheet", do_sheet},       {"jam", do_jam},           {"printed", do_printed},     {"later", do_later},
};

static void type_course(struct world *world, const char *code)
{
    const char *const fields[][2] = {{"added_reason", "old_plan"},
                                     {"added_code", code},
                                     {"added_passed_on", "19991024"},
                                     {"added_score", "66"},
                                     {"added_name", "马克思主义政治经济学原理（财经类）"}};
    type_all(world, fields, 2);
    world_serve(world);
    type_all(world, fields + 2, 3);
}

/* One of the words, or a verb with what it is done to. False when it is none. */
static bool take_step(struct world *world, const char *step)
{
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        if (strcmp(steps[i].word, step) != 0)
            continue;
        steps[i].fn(world);
        return true;
    }
    g_auto(GStrv) words = g_strsplit(step, " ", 2);
    if (strcmp(words[0], "do") == 0 || strcmp(words[0], "ask") == 0) {
        srig_action(world->rig, words[1]);
    } else if (strcmp(words[0], "choose") == 0) {
        srig_choose(world->rig, words[1]);
    } else if (strcmp(words[0], "course") == 0) {
        type_course(world, words[1]);
    } else if (strcmp(words[0], "type") == 0) {
        g_auto(GStrv) pair = g_strsplit(words[1], "=", 2);
        srig_edit(world->rig, pair[0], pair[1]);
    } else {
        return false;
    }
    return true;
}

static void walk(struct world *world, const char *way)
{
    g_auto(GStrv) each = g_strsplit(way, "; ", -1);
    for (int i = 0; each[i]; i++) {
        if (!take_step(world, each[i]))
            fail_msg("no step \"%s\"", each[i]);
        if (!g_str_has_prefix(each[i], "ask ") && !world->away && !world->rig->ended)
            world_serve(world);
    }
}

/* ---------------------------------------------------------------- rooms */

struct gallery *gallery_open(guint i, const char *name)
{
    struct gallery *room = g_new0(struct gallery, 1);
    room->rig = srig_new();
    room->world = world_new(room->rig, rooms[i].level);
    dress(room->world, name);
    set_state(room->world, rooms[i].state);
    walk(room->world, rooms[i].way);
    if (!is_of(rooms[i].title, session_screen(room->rig->session)))
        fail_msg("\"%s\" leads to %s, not to %s", rooms[i].way, session_screen(room->rig->session), rooms[i].title);
    return room;
}

void gallery_close(struct gallery *room)
{
    srig_free(room->rig);
    world_free(room->world);
    g_free(room);
}

struct page *gallery_page(const struct gallery *room)
{
    return session_page(room->rig->session);
}

const struct srig *gallery_rig(const struct gallery *room)
{
    return room->rig;
}
