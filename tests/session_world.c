/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session_world.h"

#include "graduation/id_number.h"

#include <string.h>

/* ---------------------------------------------------------------- records */

static struct candidate *make_candidate(enum plan_level level)
{
    struct candidate *candidate = record_new(&candidate_record);
    candidate->exam_no = g_strdup("010124100001");
    candidate->id_no = g_strdup(SRIG_ID);
    candidate->name = g_strdup(SRIG_NAME);
    candidate->sex = SEX_MALE;
    candidate->mobile = g_strdup(SRIG_MOBILE);
    candidate->address = g_strdup(SRIG_ADDRESS);
    struct candidate_major *major = record_new(&candidate_major_record);
    major->code = g_strdup(level == LEVEL_BACHELOR ? "120402" : "690206");
    major->version = g_strdup("new");
    major->name = g_strdup("行政管理");
    major->school = g_strdup("山西大学");
    major->level = level;
    major->requires_prior_degree = level == LEVEL_BACHELOR;
    g_ptr_array_add(candidate->majors, major);
    return candidate;
}

static void add_course(struct eligibility *judged, const char *code, const char *name, int64_t credits, int state)
{
    struct eligibility_course *course = record_new(&eligibility_course_record);
    course->code = g_strdup(code);
    course->name = g_strdup(name);
    course->credits = credits;
    course->state = state;
    course->score = state == COURSE_PASSED ? 75 : -1;
    g_ptr_array_add(judged->courses, course);
}

static struct eligibility *make_eligibility(const struct candidate_major *major)
{
    struct eligibility *judged = record_new(&eligibility_record);
    judged->major_code = g_strdup(major->code);
    judged->plan_version = g_strdup(major->version);
    judged->totals = record_new(&eligibility_totals_record);
    judged->totals->courses = judged->totals->required_courses = 13;
    judged->totals->credits = judged->totals->required_credits = 70;
    judged->verdict = VERDICT_MET;
    add_course(judged, "00144", "企业管理概论", 5, COURSE_PASSED);
    add_course(judged, "00321", "中国文化概论", 5, COURSE_PASSED);
    add_course(judged, "03708", "中国近现代史纲要", 2, COURSE_PASSED);
    add_course(judged, "00034", "社会学概论", 6, COURSE_USED);
    if (major->level != LEVEL_BACHELOR)
        return judged;
    judged->verdict = VERDICT_NOT_MET;
    add_course(judged, "13000", "英语（专升本）", 7, COURSE_TO_SUBSTITUTE);
    struct eligibility_reason *reason = record_new(&eligibility_reason_record);
    reason->rule = g_strdup("R5");
    reason->text = g_strdup("13000 英语（专升本）：尚无合格成绩。");
    g_ptr_array_add(judged->reasons, reason);
    return judged;
}

static void add_row(struct plan *plan, const struct eligibility_course *course)
{
    struct plan_course *row = record_new(&plan_course_record);
    row->course_code = g_strdup(course->code);
    row->course_name = g_strdup(course->name);
    row->credits = course->credits;
    row->counts_credit = true;
    bool compulsory = strcmp(course->code, "03708") == 0 || strcmp(course->code, "13000") == 0;
    row->type = compulsory ? COURSE_REQUIRED : COURSE_ELECTIVE;
    row->substitutable = strcmp(course->code, "13000") == 0 ? SUBSTITUTABLE_ENGLISH_BK : SUBSTITUTABLE_NO;
    g_ptr_array_add(plan->courses, row);
}

static struct plan *make_plan(const struct candidate_major *major, const struct eligibility *judged)
{
    struct plan *plan = record_new(&plan_record);
    plan->major_code = g_strdup(major->code);
    plan->plan_version = g_strdup(major->version);
    plan->major_name = g_strdup(major->name);
    plan->school = g_strdup(major->school);
    plan->level = major->level;
    plan->min_credits = 9;
    plan->min_courses = 2;
    for (guint i = 0; i < judged->courses->len; i++) {
        const struct eligibility_course *course = g_ptr_array_index(judged->courses, i);
        if (course->state != COURSE_USED)
            add_row(plan, course);
    }
    return plan;
}

static struct batch *make_window(void)
{
    struct batch *batch = record_new(&batch_record);
    batch->batch = g_strdup("2026-2");
    batch->apply_from = batch->pay_from = batch->handin_from = SRIG_TIME - 86400;
    batch->apply_to = batch->pay_to = batch->handin_to = SRIG_TIME + 86400;
    batch->fee_fen = 4000;
    return batch;
}

struct world *world_new(struct srig *rig, enum plan_level level)
{
    struct world *world = g_new0(struct world, 1);
    world->rig = rig;
    world->candidate = make_candidate(level);
    world->eligibility = make_eligibility(g_ptr_array_index(world->candidate->majors, 0));
    world->plan = make_plan(g_ptr_array_index(world->candidate->majors, 0), world->eligibility);
    world->policy = policy_default;
    world->answered = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    world_set_state(world, STATE_NONE);
    return world;
}

void world_free(struct world *world)
{
    record_free(&candidate_record, world->candidate);
    record_free(&application_record, world->application);
    record_free(&eligibility_record, world->eligibility);
    record_free(&plan_record, world->plan);
    for (guint i = 0; world->more && i < world->more->len; i++)
        record_free(i % 2 ? &plan_record : &eligibility_record, g_ptr_array_index(world->more, i));
    g_clear_pointer(&world->more, g_ptr_array_unref);
    record_free(&api_draft_record, world->draft);
    g_hash_table_unref(world->answered);
    g_free(world);
}

/* ---------------------------------------------------------------- the truth */

static bool is_bachelor(const struct world *world)
{
    return ((struct candidate_major *)g_ptr_array_index(world->candidate->majors, 0))->level == LEVEL_BACHELOR;
}

static void add_item(struct world *world, const struct candidate_major *major)
{
    struct application_item *item = record_new(&application_item_record);
    item->major = g_strdup(major->code);
    item->version = g_strdup(major->version);
    item->name = g_strdup(major->name);
    item->school = g_strdup(major->school);
    item->level = major->level;
    g_ptr_array_add(world->application->items, item);
}

static void choose(struct world *world, const char *county)
{
    if (world->application->items->len == 0)
        add_item(world, g_ptr_array_index(world->candidate->majors, 0));
    g_free(world->application->county);
    world->application->county = g_strdup(county);
    world->application->fee_fen = 4000;
}

static void create_order(struct world *world, int state)
{
    struct order *order = record_new(&order_record);
    order->order_no = g_strdup("BY202612031000000001000001");
    order->amount_fen = 4000;
    order->state = state;
    order->qr = g_strdup("HTTP://127.0.0.1:8080/P/PAY/ABC");
    order->created_at = world->rig->time;
    order->expires_at = world->rig->time + 600;
    order->paid_at = state == ORDER_PAID ? world->rig->time : 0;
    record_free(&order_record, world->application->order);
    world->application->order = order;
}

static struct registration_form *make_form(int64_t version)
{
    struct registration_form *form = record_new(&registration_form_record);
    form->version = version;
    form->ethnicity = g_strdup("01");
    form->occupation = g_strdup("职员");
    form->political_status = g_strdup("13");
    form->mobile = g_strdup(SRIG_MOBILE);
    form->education = g_strdup("31");
    form->health = g_strdup("10");
    form->work_since = g_strdup("2012-07-01");
    form->native_place = g_strdup("山西省太原市");
    form->employer = g_strdup("无");
    form->address = g_strdup(SRIG_ADDRESS);
    form->self_evaluation = g_strdup("");
    struct resume_row *row = record_new(&resume_row_record);
    row->from = g_strdup("2009-09-01");
    row->to = g_strdup("2012-06-30");
    row->where = g_strdup("太原市第五中学");
    g_ptr_array_add(form->resume, row);
    return form;
}

/* Asked whether there is something to add, they said no. */
static void draft_of_the_way(struct world *world)
{
    static const char *const entries[][2] = {{"form", "0"}, {"seen.added_ask", "1"}};
    record_free(&api_draft_record, world->draft);
    world->draft = record_new(&api_draft_record);
    for (size_t i = 0; i < G_N_ELEMENTS(entries); i++) {
        struct api_draft_entry *entry = record_new(&api_draft_entry_record);
        entry->key = g_strdup(entries[i][0]);
        entry->value = g_strdup(entries[i][1]);
        g_ptr_array_add(world->draft->entries, entry);
    }
}

void world_set_state(struct world *world, enum application_state state)
{
    bool paid = state >= STATE_PAID && state != STATE_LAPSED;
    bool approved = state == STATE_SYSTEM_APPROVED || state == STATE_COUNTY_APPROVED;
    int64_t version = world->application ? world->application->version : 0;
    record_free(&application_record, world->application);
    world->application = record_new(&application_record);
    struct application *application = world->application;
    application->version = version + 1;
    application->state = state;
    application->window = make_window();
    application->round = state == STATE_NONE ? 0 : 1;
    application->prior_degree = record_new(&prior_degree_record);
    application->prior_degree->state = is_bachelor(world) ? PRIOR_NONE : PRIOR_NOT_REQUIRED;
    application->photo = record_new(&photo_record);
    if (state <= STATE_DRAFT)
        return;
    choose(world, "140105");
    if (!paid || state == STATE_PAID) /* it goes with the form */
        draft_of_the_way(world);
    if (is_bachelor(world)) {
        application->prior_degree->state = PRIOR_VERIFIED;
        g_ptr_array_add(application->english_substitution, g_strdup("00144"));
        g_ptr_array_add(application->english_substitution, g_strdup("00321"));
    }
    if (approved || paid)
        application->photo->state = PHOTO_ACCEPTED;
    if (paid)
        create_order(world, ORDER_PAID);
    if (paid && state != STATE_PAID)
        application->registration_form = make_form(1);
}

static void set_allowed(struct world *world)
{
    struct application *a = world->application;
    struct application_facts facts = {
        .round = a->round,
        .items = a->items->len,
        .bachelor = is_bachelor(world),
        .county_chosen = a->county != NULL,
        .prior_degree = a->prior_degree->state,
        .photo = a->photo->state,
        .substitution_complete = true,
        .added_courses = a->added_courses->len,
        .archive = a->archive != NULL,
        .prior_degree_failures = world->degree_failures,
        .photo_failures = world->photo_failures,
        .policy = &world->policy,
        .order_live = a->order && (a->order->state == ORDER_CREATED || a->order->state == ORDER_PAYING),
        .order_paid = a->order && a->order->state == ORDER_PAID,
        .apply_open = !world->apply_closed,
        .pay_open = !world->pay_closed,
        .handin_open = true,
    };
    a->prior_degree->tries_left = MAX(0, world->policy.prior_degree_tries - world->degree_failures);
    a->photo->tries_left = MAX(0, world->policy.photo_tries - world->photo_failures);
    g_ptr_array_unref(a->allowed);
    a->allowed = application_allowed((enum application_state)a->state, &facts);
}

/* ---------------------------------------------------------------- the calls' effects, once for each key */

static void put_majors(struct world *world, const struct effect *effect)
{
    const struct api_majors *body = effect->record;
    assert_true(body->majors->len > 0);
    GPtrArray *items = g_steal_pointer(&world->application->items);
    world->application->items = g_ptr_array_new();
    for (guint i = 0; i < world->candidate->majors->len; i++) {
        const struct candidate_major *major = g_ptr_array_index(world->candidate->majors, i);
        for (guint k = 0; k < body->majors->len; k++) {
            const struct api_major *wanted = g_ptr_array_index(body->majors, k);
            if (strcmp(wanted->code, major->code) == 0 && strcmp(wanted->version, major->version) == 0)
                add_item(world, major);
        }
    }
    record_list_free(&application_item_record, items);
    choose(world, body->county);
}

static void copy_codes(GPtrArray *to, const GPtrArray *codes)
{
    for (guint i = 0; i < codes->len; i++)
        g_ptr_array_add(to, g_strdup(g_ptr_array_index(codes, i)));
}

/* With one major it stands at the whole only, as an older platform has it. */
static void put_substitution(struct world *world, const struct effect *effect)
{
    const struct api_substitution *body = effect->record;
    struct application *application = world->application;
    g_ptr_array_set_size(application->english_substitution, 0);
    for (guint i = 0; i < application->items->len; i++) {
        struct application_item *item = g_ptr_array_index(application->items, i);
        if (application->items->len > 1 && strcmp(item->major, body->major) == 0) {
            g_ptr_array_set_size(item->english_substitution, 0);
            copy_codes(item->english_substitution, body->courses);
        }
        copy_codes(application->english_substitution, item->english_substitution);
    }
    if (application->items->len == 1)
        copy_codes(application->english_substitution, body->courses);
}

static void clear_added(struct world *world)
{
    record_list_free(&added_course_record, world->application->added_courses);
    world->application->added_courses = g_ptr_array_new();
}

static void put_added(struct world *world, const struct effect *effect)
{
    const struct api_added_courses *body = effect->record;
    clear_added(world);
    for (guint i = 0; i < body->courses->len; i++)
        g_ptr_array_add(world->application->added_courses,
                        record_copy(&added_course_record, g_ptr_array_index(body->courses, i)));
    if (body->courses->len == 0)
        g_clear_pointer(&world->application->archive, g_free);
}

static void put_archive(struct world *world)
{
    g_free(world->application->archive);
    world->application->archive = g_strdup("archive.zip");
}

static void reapply(struct world *world)
{
    world->application->state = STATE_DRAFT;
    world->application->round = 2;
    world->reapplied++;
}

static void put_form(struct world *world, const struct effect *effect)
{
    int64_t version = world->application->registration_form ? world->application->registration_form->version : 0;
    record_free(&registration_form_record, world->application->registration_form);
    world->application->registration_form = record_copy(&registration_form_record, effect->record);
    world->application->registration_form->version = version + 1;
    world->application->state = STATE_FORM_SAVED;
}

static void add_print(struct world *world, const struct effect *effect)
{
    const struct api_print *body = effect->record;
    struct print_record *print = record_new(&print_record_record);
    print->form_version = body->form_version;
    print->copies = body->copies;
    print->outcome = body->outcome;
    g_ptr_array_add(world->application->prints, print);
}

static void put_draft(struct world *world, const struct effect *effect)
{
    record_free(&api_draft_record, world->draft);
    world->draft = effect->record ? record_copy(&api_draft_record, effect->record) : NULL;
}

static void change(struct world *world, const struct effect *effect)
{
    struct application *application = world->application;
    switch (effect->call) {
    case API_START:
        application->state = STATE_DRAFT;
        application->round = 1;
        break;
    case API_MAJORS:
        put_majors(world, effect);
        break;
    case API_SUBSTITUTION:
        put_substitution(world, effect);
        break;
    case API_PRIOR_DEGREE:
        application->prior_degree->state = PRIOR_QR_SHOWN;
        break;
    case API_PRIOR_DEGREE_MANUAL:
        application->prior_degree->state = PRIOR_MANUAL_PENDING;
        break;
    case API_PHOTO_MANUAL:
        application->photo->state = PHOTO_MANUAL_REQUESTED;
        break;
    case API_ADDED_COURSES:
        put_added(world, effect);
        break;
    case API_PUT_ARCHIVE:
        put_archive(world);
        break;
    case API_CLEAR_ARCHIVE:
        clear_added(world);
        g_clear_pointer(&application->archive, g_free);
        break;
    case API_REAPPLY:
        reapply(world);
        break;
    case API_SUBMIT:
        application->state = STATE_SYSTEM_CHECKING;
        world->submitted++;
        break;
    case API_PUT_PHOTO:
        application->photo->state = PHOTO_CHECKING;
        break;
    case API_CREATE_ORDER:
        create_order(world, ORDER_CREATED);
        world->orders++;
        break;
    case API_PUT_FORM:
        put_form(world, effect);
        break;
    case API_PRINTS:
        add_print(world, effect);
        break;
    case API_PUT_DRAFT:
    case API_DELETE_DRAFT:
        put_draft(world, effect);
        break;
    default:
        break;
    }
}

/* What the transition table must allow for a call to take effect. */
static const struct {
    enum api_call call;
    enum application_event event;
} guarded[] = {
    {API_START, EVENT_START},
    {API_MAJORS, EVENT_SET_MAJORS},
    {API_SUBSTITUTION, EVENT_SET_SUBSTITUTION},
    {API_ADDED_COURSES, EVENT_SET_ADDED_COURSES},
    {API_PUT_ARCHIVE, EVENT_SET_ARCHIVE},
    {API_CLEAR_ARCHIVE, EVENT_CLEAR_ARCHIVE},
    {API_PRIOR_DEGREE, EVENT_PRIOR_DEGREE},
    {API_PRIOR_DEGREE_MANUAL, EVENT_PRIOR_DEGREE_MANUAL},
    {API_SUBMIT, EVENT_SUBMIT},
    {API_REAPPLY, EVENT_REAPPLY},
    {API_PUT_PHOTO, EVENT_PUT_PHOTO},
    {API_PHOTO_MANUAL, EVENT_PHOTO_MANUAL},
    {API_CREATE_ORDER, EVENT_CREATE_ORDER},
    {API_PUT_FORM, EVENT_SAVE_FORM},
    {API_PRINTS, EVENT_RECORD_PRINT},
};

static bool is_allowed(struct world *world, enum api_call call)
{
    set_allowed(world);
    for (size_t i = 0; i < G_N_ELEMENTS(guarded); i++)
        if (guarded[i].call == call)
            return application_allows(world->application, guarded[i].event);
    return true;
}

/* NULL when it took effect now or before; else the code of the refusal. */
static const char *take(struct world *world, const struct effect *effect)
{
    unsigned flags = api_entries[effect->call].flags;
    if (!(flags & API_WRITE) || g_hash_table_contains(world->answered, effect->idempotency_key))
        return NULL;
    if (flags & API_VERSIONED && effect->version != world->application->version)
        return API_CODE_STALE;
    if (!is_allowed(world, effect->call))
        return "not_now";
    change(world, effect);
    g_hash_table_add(world->answered, g_strdup(effect->idempotency_key));
    if (flags & API_VERSIONED)
        world->application->version++;
    return NULL;
}

/* ---------------------------------------------------------------- answers */

/* 英语（专）and mathematics may be exempt, a practice part may come from a card; nothing else is known. */
static const struct api_course *course_of(const char *code)
{
    static const struct api_course courses[] = {
        {.code = (char *)"13124", .name = (char *)"英语（专）", .credits = 7, .exemptible = true},
        {.code = (char *)"00023", .name = (char *)"高等数学（工本）", .credits = 10, .exemptible = true},
        {.code = (char *)"02327", .name = (char *)"操作系统（实践）", .credits = 1, .practice = true},
        {.code = (char *)"00312", .name = (char *)"政治学概论", .credits = 6},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(courses); i++)
        if (strcmp(courses[i].code, code) == 0)
            return &courses[i];
    return NULL;
}

/* Of a further major, or of the first. */
static const void *judged_or_plan(const struct world *world, const struct effect *effect)
{
    bool plan = effect->call == API_PLAN;
    const char *code = plan ? effect->argument : effect->query[0][1];
    for (guint i = 0; world->more && i + 1 < world->more->len; i += 2)
        if (strcmp(((struct eligibility *)world->more->pdata[i])->major_code, code) == 0)
            return world->more->pdata[i + plan];
    return plan ? (void *)world->plan : (void *)world->eligibility;
}

static const struct api_receipt *receipt_of(const struct world *world)
{
    static const struct api_receipt receipt = {.title = (char *)"山西省非税收入统一票据（电子）",
                                               .code = (char *)"14010126",
                                               .number = (char *)"0000000042",
                                               .check = (char *)"7f3a9c",
                                               .payer = (char *)"王小明",
                                               .item = (char *)"高等教育自学考试毕业审核费",
                                               .issuer = (char *)"山西省招生考试管理中心",
                                               .amount_fen = 4000,
                                               .issued_at = SRIG_TIME + 1200,
                                               .qr = (char *)"HTTP://127.0.0.1:8080/P/RECEIPT/ABC"};
    const struct order *order = world->application->order;
    bool due = order && order->paid_at > 0 && world->rig->time >= order->paid_at + 1200;
    return due ? &receipt : NULL;
}

static const void *answer_of(struct world *world, const struct effect *effect)
{
    enum api_call call = effect->call;
    static const struct api_token token = {.token = (char *)"TOKEN"};
    static struct api_qr qr = {.qr = (char *)"HTTP://127.0.0.1:8080/P/DEGREE/ABC"};
    qr.expires_at = world->rig->time + 300;
    switch (call) {
    case API_LOGIN:
        return &token;
    case API_ME:
        return world->candidate;
    case API_PLAN:
    case API_ELIGIBILITY:
        return judged_or_plan(world, effect);
    case API_COURSE:
        return course_of(effect->argument);
    case API_RECEIPT:
        return receipt_of(world);
    case API_PRIOR_DEGREE:
        return &qr;
    case API_CREATE_ORDER:
    case API_ORDER:
        return world->application->order;
    case API_GET_DRAFT:
        return world->draft;
    default:
        return api_entries[call].answer == &application_record ? world->application : NULL;
    }
}

void world_serve_one(struct world *world, enum api_call call)
{
    const struct effect *effect = srig_open(world->rig, call);
    assert_non_null(effect);
    if (world->away) {
        srig_answer(world->rig, call, CALL_UNREACHABLE, NULL);
        return;
    }
    const char *refused = take(world, effect);
    if (refused) {
        srig_refuse(world->rig, call, refused, "内容已经更新，请再试一次。");
        return;
    }
    world->registered += call == API_REGISTER;
    set_allowed(world);
    const void *answer = answer_of(world, effect);
    if (call == API_GET_DRAFT && !answer)
        srig_refuse(world->rig, call, "platform_not_found", "没有草稿。");
    else if (call == API_COURSE && !answer)
        srig_refuse(world->rig, call, API_CODE_COURSE_UNKNOWN, "没有这个课程代码。");
    else if (call == API_RECEIPT && !answer)
        srig_refuse(world->rig, call, "order.receipt_later", "请稍后再来。");
    else
        srig_ok(world->rig, call, answer);
}

static bool is_poll(const struct effect *effect)
{
    return effect->call == API_APPLICATION && effect->wait_ms > 0;
}

static const struct effect *next_open(const struct world *world)
{
    for (guint i = 0; i < world->rig->open->len; i++) {
        const struct effect *effect = g_ptr_array_index(world->rig->open, i);
        if (effect->kind == EFFECT_SEND && !is_poll(effect))
            return effect;
    }
    return NULL;
}

void world_serve(struct world *world)
{
    const struct effect *effect;
    for (int i = 0; i < 50 && (effect = next_open(world)); i++)
        world_serve_one(world, effect->call);
    assert_null(next_open(world));
}

void world_push(struct world *world)
{
    struct order *order = world->application->order;
    if (order && order->state == ORDER_PAID && order->paid_at == 0)
        order->paid_at = world->rig->time;
    world->application->version++;
    set_allowed(world);
    const struct effect *poll = srig_open(world->rig, API_APPLICATION);
    if (poll && is_poll(poll))
        srig_ok(world->rig, API_APPLICATION, world->application);
}

void world_login(struct world *world)
{
    struct srig *rig = world->rig;
    srig_start(rig);
    srig_action(rig, "go consent");
    srig_edit(rig, "consent_general", "1");
    srig_edit(rig, "consent_sensitive", "1");
    srig_action(rig, "accept");
    assert_screen(rig, "login");
    srig_edit(rig, "account", SRIG_ID);
    srig_edit(rig, "password", SRIG_PASSWORD);
    srig_action(rig, "login");
    world_serve(world);
}

void world_add_law(struct world *world)
{
    struct candidate_major *major =
        record_copy(&candidate_major_record, g_ptr_array_index(world->candidate->majors, 0));
    g_free(major->code);
    major->code = g_strdup("030101K");
    g_free(major->name);
    major->name = g_strdup("法学");
    g_ptr_array_add(world->candidate->majors, major);
    world->more = g_ptr_array_new();
    g_ptr_array_add(world->more, make_eligibility(major));
    g_ptr_array_add(world->more, make_plan(major, world->more->pdata[0]));
}

void world_add_course(struct world *world, const char *code)
{
    struct added_course *course = record_new(&added_course_record);
    course->reason = ADDED_OLD_PLAN;
    course->code = g_strdup(code);
    course->name = g_strdup("政治经济学");
    course->passed_on = g_strdup("1999-10-24");
    course->score = 66;
    g_ptr_array_add(world->application->added_courses, course);
}

/* ---------------------------------------------------------------- filling the form */

void world_fill_person(struct srig *rig)
{
    static const char *const fields[][2] = {
        {"ethnicity", "01"},
        {"occupation", "职员"},
        {"political_status", "13"},
        {"mobile", SRIG_MOBILE},
        {"education", "31"},
        {"health", "10"},
        {"work_since", "20120701"},
        {"overseas_relations", "false"},
        {"native_place", "山西省太原市"},
        {"employer", "无"},
        {"address", SRIG_ADDRESS},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        srig_edit(rig, fields[i][0], fields[i][1]);
}

void world_fill_resume(struct srig *rig)
{
    srig_edit(rig, "resume.1.from", "20090901");
    srig_edit(rig, "resume.1.to", "20120630");
    srig_edit(rig, "resume.1.where", "太原市第五中学");
}

char *world_text(int n)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < n; i++)
        g_string_append(text, i % 20 == 19 ? "。" : "学");
    return g_string_free(text, FALSE);
}
