/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Persons who press anything at any time, at a platform that answers anything at any time. What holds always is asserted by
 * session_rig.c after every event; here the page is looked at too.
 *
 *   SIMULATION_EVENTS  how many (default 100000)       SIMULATION_SEED  which ones (default 1); a failure names it
 */
#include "session/state.h"
#include "session_walk.h"

#include <stdlib.h>
#include <string.h>

struct player {
    struct world *world;
    struct srig *rig;
    GRand *rand;
    GHashTable *seen; /* names of screens */
    int persons;
    int wild; /* of ten things this person and the world do, so many are at random */
};

static int dice(struct player *player, int n)
{
    return g_rand_int_range(player->rand, 0, n);
}

/* ---------------------------------------------------------------- what a person does */

static const char *any_text(struct player *player, const struct page_field *field, char **ret_owned)
{
    static const char *const hostile[] = {
        "",
        " ",
        "0",
        "20120701",
        "19000101",
        "99999999",
        "{name}",
        "{",
        "%s%n",
        "王\x1b[2J",
        "\xff\xfe",
        "无",
        "X",
        "\xe2\x80\xae反",
        "1",
        "山西省太原市",
        "2012070",
        "true",
        "false",
        "01",
        "31",
        "resume.1.from",
        SRIG_MOBILE,
        "\n\n\n",
        "１３８１２３４５６７８",
        SRIG_ID,
        "0015",
        "😀",
        "𬭎",
    };
    *ret_owned = NULL;
    if (field->options && field->options->len > 0 && dice(player, 4))
        return ((struct page_choice *)g_ptr_array_index(field->options, (guint)dice(player, field->options->len)))->key;
    if (dice(player, 8) == 0)
        return *ret_owned = world_text(dice(player, 1200));
    return hostile[dice(player, G_N_ELEMENTS(hostile))];
}

static void type(struct player *player, const struct page *page)
{
    static const char *const strange[] = {"", "resume.99.from", "seen.family", "substitute:00034", "major:x", "city"};
    g_autofree char *owned = NULL;
    if (page->fields->len == 0 || dice(player, 20) == 0) {
        srig_edit(player->rig, strange[dice(player, G_N_ELEMENTS(strange))], "X");
        return;
    }
    const struct page_field *field = g_ptr_array_index(page->fields, (guint)dice(player, (int)page->fields->len));
    srig_edit(player->rig, field->key, any_text(player, field, &owned));
}

static void press(struct player *player, const struct page *page)
{
    static const char *const strange[] = {"", "submit", "go home", "print", "save_form", "go pay", "logout x", "order"};
    if (page->actions->len == 0 || dice(player, 20) == 0) {
        srig_action(player->rig, strange[dice(player, G_N_ELEMENTS(strange))]);
        return;
    }
    const struct page_action *action = g_ptr_array_index(page->actions, (guint)dice(player, (int)page->actions->len));
    bool goes = strcmp(action->name, "logout") == 0 || strcmp(action->name, "end") == 0;
    if (!goes || dice(player, 6) == 0)
        srig_action(player->rig, action->name);
}

static void pick(struct player *player, const struct page *page)
{
    static const char *const strange[] = {"", "logout", "140105", "00034", "../../etc/passwd", "print"};
    if (page->choices->len == 0 || dice(player, 20) == 0) {
        srig_choose(player->rig, strange[dice(player, G_N_ELEMENTS(strange))]);
        return;
    }
    const struct page_choice *choice = g_ptr_array_index(page->choices, (guint)dice(player, (int)page->choices->len));
    if (strcmp(choice->key, "logout") != 0 || dice(player, 6) == 0)
        srig_choose(player->rig, choice->key);
}

static void fill(struct player *player)
{
    static const char *const codes[] = {"13124", "00312", "00006", "02327"};
    const char *const right[][3] = {
        {"consent", "consent_general", "1"},
        {"consent", "consent_sensitive", "1"},
        {"login", "account", SRIG_ID},
        {"login", "password", SRIG_PASSWORD},
        {"submit", "id_tail", "0015"},
        {"photo_send", "photo_recent", "1"},
        {"evaluation", "self_evaluation", ""},
        {"reapply", "id_tail", "0015"},
        {"added_new", "added_reason", "old_plan"},
        {"added_new", "added_code", codes[dice(player, 4)]},
        {"added_new", "added_name", "政治经济学"},
        {"added_new", "added_passed_on", "19991024"},
        {"added_new", "added_score", "66"},
        {"register", "register_name", SRIG_NAME},
        {"register", "register_id_no", SRIG_ID},
        {"register", "register_exam_no", "010124100001"},
        {"register", "register_mobile", SRIG_MOBILE},
        {"register", "password", SRIG_PASSWORD},
        {"register", "password_again", SRIG_PASSWORD},
    };
    const char *screen = session_screen(player->rig->session);
    for (size_t i = 0; i < G_N_ELEMENTS(right); i++)
        if (strcmp(right[i][0], screen) == 0)
            srig_edit(player->rig, right[i][1], right[i][2]);
    if (strcmp(screen, "person") == 0)
        world_fill_person(player->rig);
    if (strcmp(screen, "resume") == 0)
        world_fill_resume(player->rig);
}

/* Now and then somebody does it right, or nobody would ever come to the printer. */
static void do_right(struct player *player)
{
    fill(player);
    struct page *page = session_page(player->rig->session);
    const struct page_action *primary = NULL;
    for (guint i = 0; i < page->actions->len; i++) {
        const struct page_action *action = g_ptr_array_index(page->actions, i);
        primary = action->primary ? action : primary;
    }
    guint n = page->choices->len;
    if (n > 0 && (!primary || page->choose_many))
        srig_choose(player->rig, ((struct page_choice *)g_ptr_array_index(
                                      page->choices, dice(player, 3) ? 0 : (guint)dice(player, (int)n)))
                                     ->key);
    if (dice(player, 5) == 0)
        press(player, page);
    else if (primary && strcmp(primary->name, "logout") != 0)
        srig_action(player->rig, primary->name);
    page_free(page);
}

/* ---------------------------------------------------------------- what the world does */

static void answer_helper(struct player *player, enum helper_job job)
{
    static const struct photo_facts bad = {.format = PHOTO_PNG, .bytes = 10, .width = 1, .height = 1};
    static const struct archive_facts no_archive = {.format = ARCHIVE_UNKNOWN, .bytes = 10};
    struct print_answer printed = {.result = dice(player, 4), .reason = dice(player, 2) ? NULL : (char *)"print.lost"};
    struct sheet_answer *sheet = record_new(&sheet_answer_record);
    if (dice(player, 4) == 0)
        g_ptr_array_add(dice(player, 2) ? sheet->overflow : sheet->missing, g_strdup("box"));
    if (dice(player, 6) == 0)
        srig_helper(player->rig, job, NULL);
    else if (job == JOB_FILES)
        walk_list_photo(player->world);
    else if (job == JOB_ARCHIVE)
        srig_helper(player->rig, job, dice(player, 4) ? &walk_good_archive : &no_archive);
    else if (job == JOB_PHOTO)
        srig_helper(player->rig, job, dice(player, 4) ? &walk_good_photo : &bad);
    else
        srig_helper(player->rig, job, job == JOB_SHEET ? (void *)sheet : (void *)&printed);
    record_free(&sheet_answer_record, sheet);
}

static void report_print(struct player *player)
{
    const struct effect *job = srig_job(player->rig, JOB_PRINT);
    struct print_progress_report report = {.state = dice(player, PRINTING_BUSY + 1), .job_uuid = (char *)"urn:uuid:1"};
    struct session_event event = {.kind = SESSION_PROGRESS, .ticket = job ? job->ticket : 7, .record = &report};
    srig_apply(player->rig, &event);
}

static void answer_call(struct player *player, enum api_call call)
{
    switch (dice(player, 10) < player->wild ? dice(player, 10) : 20) {
    case 0:
        srig_answer(player->rig, call, CALL_UNREACHABLE, NULL);
        break;
    case 1:
        srig_answer(player->rig, call, CALL_BROKEN, NULL);
        break;
    case 2:
        srig_answer(player->rig, call, CALL_UNCHANGED, NULL);
        break;
    case 3:
        srig_refuse(player->rig, call, "other", dice(player, 2) ? NULL : "不行。{name}");
        break;
    case 4:
        srig_refuse(player->rig, call, dice(player, 3) ? API_CODE_STALE : API_CODE_EXPIRED, "请重新登录。");
        break;
    case 5:
        srig_ok(player->rig, call, NULL); /* an answer that lost its body */
        break;
    default:
        world_serve_one(player->world, call);
    }
}

static void answer_one(struct player *player)
{
    if (player->rig->open->len == 0)
        return;
    const struct effect *open = g_ptr_array_index(player->rig->open, (guint)dice(player, (int)player->rig->open->len));
    if (open->kind == EFFECT_HELPER)
        answer_helper(player, open->job);
    else
        answer_call(player, open->call);
}

/* The truth moves on: a review, a phone, another terminal. */
static void change_truth(struct player *player)
{
    struct application *application = player->world->application;
    if (application->state == STATE_SYSTEM_CHECKING)
        application->state = dice(player, 3) ? STATE_SYSTEM_APPROVED : STATE_COUNTY_PENDING;
    else if (application->state == STATE_COUNTY_PENDING)
        application->state = dice(player, 2) ? STATE_COUNTY_APPROVED : STATE_COUNTY_REJECTED;
    else if (application->order && application->order->state == ORDER_CREATED)
        application->order->state = dice(player, 3) ? ORDER_PAID : ORDER_EXPIRED;
    else if (dice(player, 10) == 0)
        world_set_state(player->world, (enum application_state)dice(player, STATES));
    if (application == player->world->application) {
        if (application->order && application->order->state == ORDER_PAID && application->state < STATE_PAID)
            application->state = STATE_PAID;
        if (application->photo->state == PHOTO_CHECKING)
            application->photo->state = dice(player, 3) ? PHOTO_ACCEPTED : PHOTO_REJECTED;
        else if (application->photo->state == PHOTO_MANUAL_REQUESTED)
            application->photo->state = dice(player, 2) ? PHOTO_MANUAL_ACCEPTED : PHOTO_MANUAL_REJECTED;
        player->world->photo_failures += application->photo->state == PHOTO_REJECTED;
        if (application->state == STATE_DRAFT && dice(player, 2))
            application->prior_degree->state =
                dice(player, 2) ? PRIOR_VERIFIED : PRIOR_NONE + dice(player, PRIOR_MANUAL_REFUSED);
        player->world->degree_failures += dice(player, 8) == 0;
        if (application->state == STATE_DRAFT && application->items->len > 0 && dice(player, 4) == 0)
            world_add_course(player->world, "00006"); /* at another terminal */
    }
    world_push(player->world);
}

static void pass_time(struct player *player)
{
    static const int64_t waits[] = {1000, 1000, 1000, 3000, 20000, 95000, 700000};
    srig_wait(player->rig, waits[dice(player, G_N_ELEMENTS(waits))]);
    if (dice(player, 6) == 0)
        srig_tell(player->rig, SESSION_EXPIRED);
}

static void go_on(struct player *player)
{
    int what = dice(player, 10);
    if (what < 5)
        answer_one(player);
    else if (what < 8)
        do_right(player);
    else if (what < 9)
        change_truth(player);
    else
        srig_wait(player->rig, 1000);
}

static void happen(struct player *player)
{
    if (dice(player, 10) >= player->wild) {
        go_on(player);
        return;
    }
    struct page *page = session_page(player->rig->session);
    int what = dice(player, 100);
    if (what < 20)
        press(player, page);
    else if (what < 35)
        pick(player, page);
    else if (what < 47)
        type(player, page);
    else if (what < 55)
        do_right(player);
    else if (what < 85)
        answer_one(player);
    else if (what < 91)
        change_truth(player);
    else if (what < 96)
        pass_time(player);
    else if (what < 97)
        srig_outbox(player->rig);
    else if (what < 98)
        report_print(player);
    else
        srig_tell(player->rig, dice(player, 25) ? SESSION_ACTIVITY : SESSION_STOPPED);
    page_free(page);
}

/* ---------------------------------------------------------------- what must hold */

static void check_shown(const struct srig *rig)
{
    struct page *page = session_page(rig->session);
    bool way_on = page->actions->len > 0 || page->choices->len > 0 || page->busy || page->task->len > 0;
    int primary = 0;
    for (guint i = 0; i < page->actions->len; i++) {
        const struct page_action *action = g_ptr_array_index(page->actions, i);
        primary += action->primary;
        for (guint k = 0; k < i; k++) { /* a key does one thing */
            const struct page_action *other = g_ptr_array_index(page->actions, k);
            if (action->key && g_strcmp0(action->key, other->key) == 0)
                fail_msg("page \"%s\": key %s does two things", page->name, action->key);
        }
    }
    if (!way_on || primary > 1 || (page->focus && !srig_field(page, page->focus)))
        fail_msg("page \"%s\": no way on, %d primary actions, or focus nowhere", page->name, primary);
    page_free(page);
}

static void check_session(const struct srig *rig)
{
    const struct session *session = rig->session;
    if (!session->me && !session->application) {
        assert_int_equal(g_hash_table_size(session->eligibility), 0);
        assert_false(session->loaded);
        assert_int_equal(session->watch, 0);
    }
    if (session->ending)
        assert_null(session->application);
    assert_true(srig_open_count(rig, API_SUBMIT) <= 1);
    assert_true(srig_open_count(rig, API_CREATE_ORDER) <= 1);
    assert_true(srig_open_count(rig, API_REAPPLY) <= 1);
}

/* The next person, or the same one again, in a process of their own. */
static void next_person(struct player *player)
{
    srig_restart(player->rig);
    player->persons++;
    player->wild = dice(player, 11);
    player->world->policy.photo_before_submit = dice(player, 4) == 0;   /* d2 */
    player->world->policy.form_final_when_saved = dice(player, 4) == 0; /* d3 */
    if (dice(player, 3) == 0) {
        world_set_state(player->world, dice(player, 2) ? STATE_NONE : (enum application_state)dice(player, STATES));
        player->world->photo_failures = player->world->degree_failures = 0;
        g_hash_table_remove_all(player->rig->kept);
        g_hash_table_remove_all(player->rig->submits);
    }
    srig_start(player->rig);
}

static int setting(const char *name, int otherwise)
{
    const char *text = g_getenv(name);
    return text ? atoi(text) : otherwise;
}

static void play(struct player *player, int events)
{
    srig_start(player->rig);
    for (int i = 0; i < events; i++) {
        happen(player);
        g_hash_table_add(player->seen, g_strdup(session_screen(player->rig->session)));
        check_shown(player->rig);
        check_session(player->rig);
        if (player->rig->ended || dice(player, 250) == 0) /* or the power goes */
            next_person(player);
    }
}

/* The same major by its old plan, about which the platform says nothing. */
static void add_old_plan(struct candidate *candidate)
{
    struct candidate_major *old = record_copy(&candidate_major_record, g_ptr_array_index(candidate->majors, 0));
    g_free(old->version);
    old->version = g_strdup("old");
    g_ptr_array_add(candidate->majors, old);
}

static void simulate(enum plan_level level, guint32 seed, int events)
{
    static const char *const deep[] = {"photo_send", "pay",      "evaluation", "printing", "print_check",
                                       "goodbye",    "register", "added_ask",  "added",    "added_new",
                                       "archive",    "reapply",  "receipt",    "plan",     "photo_manual"};
    void *state = NULL;
    (void)(level == LEVEL_BACHELOR ? walk_bachelor(&state) : walk_junior(&state));
    struct player player = {.world = state,
                            .rig = ((struct world *)state)->rig,
                            .rand = g_rand_new_with_seed(seed),
                            .seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    if (level == LEVEL_BACHELOR)
        add_old_plan(player.world->candidate);
    print_message("seed %u, %d events\n", seed, events);
    play(&player, events);
    print_message("%d persons, %u of %u screens, %d submitted, %d again, %d orders, %d registered\n", player.persons,
                  g_hash_table_size(player.seen), player.rig->forms->screens->len, player.world->submitted,
                  player.world->reapplied, player.world->orders, player.world->registered);
    for (size_t i = 0; events >= 20000 && i < G_N_ELEMENTS(deep); i++)
        if (!g_hash_table_contains(player.seen, deep[i]))
            fail_msg("nobody came to \"%s\": these persons try nothing", deep[i]);
    g_hash_table_unref(player.seen);
    g_rand_free(player.rand);
    walk_end(&state);
}

static void juniors(void **state)
{
    (void)state;
    simulate(LEVEL_JUNIOR, (guint32)setting("SIMULATION_SEED", 1), setting("SIMULATION_EVENTS", 100000) / 2);
}

static void bachelors(void **state)
{
    (void)state;
    simulate(LEVEL_BACHELOR, (guint32)setting("SIMULATION_SEED", 1), setting("SIMULATION_EVENTS", 100000) / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(juniors), cmocka_unit_test(bachelors)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
