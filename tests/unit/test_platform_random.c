/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Candidates at two terminals each, staff of two counties and the province, phones, and a clock that jumps: everybody does anything at
 * any time to one real platform. After every step the database itself is asked whether the rules still hold.
 *
 *   RANDOM_LIVES  of the whole batch, from its first day to long after it (default 5)
 *   RANDOM_STEPS  in each (default 250)
 *   RANDOM_SEED   which ones (default: of the day); a failure names it
 */
#include "desk.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wire/api.h"
#include "wire/json.h"

#define PEOPLE 5
#define CLERKS 4

static const char *const exam_nos[PEOPLE] = {"010124100001", "010124100002", "010124100003", "010124100006",
                                             "010124100009"};
static const char *const plans[PEOPLE] = {"690206", "120402", "120203K", "690206", "050101"};
static const char *const counties[] = {"140105", "140106"};
static const char *const staff_nos[CLERKS] = {"140105001", "140106001", "140000001", "140302001"};

/* What has been seen of an application, by its number. */
struct seen {
    int64_t round;
    int state;
    char *frozen; /* what was approved; NULL = nothing yet */
};

struct play {
    struct desk *desk;
    GRand *rand;
    sqlite3 *db;
    struct guest *terminals[PEOPLE][2];
    char *tokens[CLERKS];
    char *phones[PEOPLE]; /* the last address a code led to */
    GHashTable *seen;     /* id → struct seen */
    int64_t audit;
    guint keys, step, done;
    const char *doing;
};

static int dice(struct play *play, int n)
{
    return g_rand_int_range(play->rand, 0, n);
}

/* ---------------------------------------------------------------- asking the database */

static int64_t number(struct play *play, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(play->db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t found = sqlite3_column_int64(statement, 0);
    (void)sqlite3_finalize(statement);
    return found;
}

static void open_database(struct play *play)
{
    g_autofree char *path = g_build_filename(desk_folder(play->desk), "platform.db", NULL);
    assert_int_equal(sqlite3_open_v2(path, &play->db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    (void)sqlite3_busy_timeout(play->db, 5000);
}

/* Each must be 0, whatever happened. */
static const struct {
    const char *rule, *sql;
} never[] = {
    {"one order is paid at most", "SELECT count(*) FROM (SELECT 1 FROM orders WHERE state IN ('paid', 'receipt_issued')"
                                  " GROUP BY application HAVING count(*) > 1)"},
    {"one order may be paid at most", "SELECT count(*) FROM (SELECT 1 FROM orders WHERE state IN ('created', 'paying')"
                                      " GROUP BY application HAVING count(*) > 1)"},
    {"nothing is to be paid once something was",
     "SELECT count(*) FROM orders a JOIN orders b USING (application)"
     " WHERE a.state IN ('created', 'paying') AND b.state IN ('paid', 'receipt_issued')"},
    {"the amount is the fee of each row",
     "SELECT count(*) FROM orders o JOIN applications a ON a.id = o.application JOIN batches b USING (batch)"
     " WHERE o.amount_fen <> b.fee_fen * (SELECT count(*) FROM application_items i WHERE i.application = a.id)"},
    {"paid is paid",
     "SELECT count(*) FROM applications a WHERE a.state IN ('paid', 'form_saved', 'handed_in', 'joint_review',"
     " 'joint_rejected', 'graduated', 'certificate_ready', 'certificate_collected') AND NOT EXISTS (SELECT 1 FROM"
     " orders o WHERE o.application = a.id AND o.state IN ('paid', 'receipt_issued'))"},
    {"R26: a second round at most, and only after a rejection",
     "SELECT count(*) FROM applications a WHERE a.round > 2 OR (a.round = 2 AND NOT EXISTS (SELECT 1 FROM applications "
     "b"
     " WHERE b.exam_no = a.exam_no AND b.batch = a.batch AND b.round = 1 AND b.state = 'county_rejected'))"},
    {"R25: approved means every row is",
     "SELECT count(*) FROM applications a JOIN application_items i ON i.application = a.id"
     " WHERE a.state IN ('system_approved', 'county_approved', 'paid', 'form_saved', 'handed_in')"
     " AND i.state NOT IN ('system_approved', 'county_approved')"},
    {"R19: nobody pays without a photo that was accepted",
     "SELECT count(*) FROM orders o LEFT JOIN photos p USING (application)"
     " WHERE p.state IS NULL OR p.state NOT IN ('accepted', 'manual_accepted')"},
    {"R12: what was added and submitted has its evidence",
     "SELECT count(*) FROM applications a JOIN added_courses c ON c.application = a.id"
     " WHERE a.state NOT IN ('draft', 'lapsed') AND a.archive IS NULL"},
    {"R5: what is given for English was passed and not used",
     "SELECT count(*) FROM substitutions s JOIN applications a ON a.id = s.application LEFT JOIN results r"
     " ON r.exam_no = a.exam_no AND r.course_code = s.course_code"
     " WHERE r.course_code IS NULL OR r.used = 1 OR (r.score < 60 AND r.exempt = 0)"},
    {"the system approves no 本科 whose prior degree is open",
     "SELECT count(*) FROM applications a JOIN application_items i ON i.application = a.id JOIN plans p"
     " USING (major_code, plan_version) LEFT JOIN degree_authorisations d ON d.application = a.id"
     " WHERE a.state = 'system_approved' AND p.requires_prior_degree = 1"
     " AND coalesce(d.state, '') NOT IN ('verified', 'manual_verified')"},
    {"forms count from 1 without a hole",
     "SELECT count(*) FROM (SELECT max(version) AS last, count(*) AS n FROM registration_forms GROUP BY application)"
     " WHERE last <> n"},
    {"no form before the money",
     "SELECT count(*) FROM registration_forms f JOIN applications a ON a.id = f.application WHERE a.state IN"
     " ('draft', 'submitted', 'system_checking', 'system_approved', 'county_pending', 'county_approved')"},
    {"every review has its line in the audit",
     "SELECT count(*) FROM applications a WHERE a.state IN ('county_approved', 'county_rejected') AND a.exam_no <>"
     " '010124100006' AND NOT EXISTS (SELECT 1 FROM audit u WHERE u.application = a.id AND u.event IN"
     " ('county_approve', 'county_reject'))"},
};

static void check_never(struct play *play)
{
    for (size_t i = 0; i < G_N_ELEMENTS(never); i++) {
        int64_t broken = number(play, never[i].sql);
        if (broken != 0)
            print_error("step %u, %s: broken: %s\n", play->step, play->doing, never[i].rule);
        assert_int_equal(broken, 0);
    }
    int64_t audit = number(play, "SELECT count(*) FROM audit");
    assert_true(audit >= play->audit);
    play->audit = audit;
}

/* ---------------------------------------------------------------- applications over time */

/* 1u << state: where the table leads from here in one event. */
static guint32 next_states(int state)
{
    guint32 next = 0;
    for (size_t i = 0; i < application_transition_count; i++)
        if (application_transitions[i].from & (1u << state) && application_transitions[i].next >= 0)
            next |= 1u << application_transitions[i].next;
    return next;
}

/* Between two looks more than one event may have happened: a submit, its check, its approval. */
static bool leads_to(int from, int to)
{
    guint32 reached = 1u << from, before = 0;
    while (reached != before) {
        before = reached;
        for (int state = 0; state < STATES; state++)
            if (before & (1u << state))
                reached |= next_states(state);
    }
    return reached & (1u << to);
}

static int state_of_word(const char *word)
{
    for (int i = 0; application_state_words[i]; i++)
        if (strcmp(application_state_words[i], word) == 0)
            return i;
    fail_msg("no state %s", word);
    return STATE_NONE;
}

static bool is_final(int state)
{
    return state >= STATE_PAID || state == STATE_SYSTEM_APPROVED || state == STATE_COUNTY_APPROVED;
}

static void look_at(struct play *play, int64_t id, int state, int64_t round, const char *content)
{
    struct seen *seen = g_hash_table_lookup(play->seen, GINT_TO_POINTER((int)id));
    if (!seen) {
        seen = g_new0(struct seen, 1);
        seen->round = round;
        seen->state = state;
        g_hash_table_insert(play->seen, GINT_TO_POINTER((int)id), seen);
    }
    if (!leads_to(seen->state, state))
        print_error("step %u, %s: %s to %s\n", play->step, play->doing, application_state_words[seen->state],
                    application_state_words[state]);
    assert_true(leads_to(seen->state, state));
    assert_int_equal(round, seen->round);
    seen->state = state;
    if (seen->frozen && strcmp(seen->frozen, content) != 0)
        print_error("step %u, %s: R27: it was %s, it is %s\n", play->step, play->doing, seen->frozen, content);
    assert_true(!seen->frozen || strcmp(seen->frozen, content) == 0);
    if (is_final(state) && state != STATE_LAPSED && !seen->frozen)
        seen->frozen = g_strdup(content);
}

/* R27: county, majors, what is given and what is added, in one line. */
static void check_applications(struct play *play)
{
    static const char sql[] =
        "SELECT id, state, round, county || '|' || coalesce((SELECT group_concat(major_code || plan_version) FROM"
        " application_items WHERE application = a.id), '') || '|' || coalesce((SELECT group_concat(major_code ||"
        " course_code) FROM substitutions WHERE application = a.id), '') || '|' || coalesce((SELECT group_concat(code "
        "||"
        " score) FROM added_courses WHERE application = a.id), '') || '|' || coalesce(archive, '') FROM applications a";
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(play->db, sql, -1, &statement, NULL), SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *content = (const char *)sqlite3_column_text(statement, 3);
        look_at(play, sqlite3_column_int64(statement, 0),
                state_of_word((const char *)sqlite3_column_text(statement, 1)), sqlite3_column_int64(statement, 2),
                content ? content : "");
    }
    (void)sqlite3_finalize(statement);
}

/* ---------------------------------------------------------------- candidates */

static bool allows(const struct guest *guest, int event)
{
    return event < 0 || application_allows(guest->now, (enum application_event)event);
}

/* What is done was allowed; the second terminal of a person may be behind, then it is refused (412) and looks again. */
static void call(struct play *play, struct guest *guest, int event, const char *method, const char *path,
                 const void *body, gsize length)
{
    g_autofree char *key = g_strdup_printf("random-%u", play->keys++);
    bool allowed = allows(guest, event);
    int64_t version = guest->now->version;
    struct reply *reply = guest_send(guest, method, path, key, version, body, length);
    if (reply->status == 200 && !allowed)
        print_error("step %u: %s %s was done though not allowed\n", play->step, method, path);
    assert_true(reply->status == 200 || (reply->status >= 400 && reply->status < 500));
    assert_true(reply->status != 200 || allowed);
    if (reply->status == 200) {
        play->done++;
        struct reply *again = guest_send(guest, method, path, key, version, body, length);
        assert_int_equal(again->status, 200);
        assert_string_equal(again->body, reply->body);
        reply_free(again);
    }
    reply_free(reply);
    guest_look(guest);
}

static void say(struct play *play, struct guest *guest, int event, const char *method, const char *path,
                const char *body)
{
    call(play, guest, event, method, path, body, body ? strlen(body) : 0);
}

static void do_start(struct play *play, struct guest *guest, int who)
{
    (void)who;
    say(play, guest, EVENT_START, "POST", "/v1/application", NULL);
}

static void do_majors(struct play *play, struct guest *guest, int who)
{
    const char *major = dice(play, 8) ? plans[who] : plans[dice(play, PEOPLE)];
    g_autofree char *body = g_strdup_printf("{\"majors\":[{\"code\":\"%s\",\"version\":\"new\"}],\"county\":\"%s\"}",
                                            major, counties[dice(play, G_N_ELEMENTS(counties))]);
    say(play, guest, EVENT_SET_MAJORS, "PUT", "/v1/application/majors", body);
}

static void do_substitution(struct play *play, struct guest *guest, int who)
{
    static const char *const lists[] = {"",
                                        "\"00144\"",
                                        "\"00144\",\"00321\"",
                                        "\"00277\",\"00312\"",
                                        "\"03708\",\"00315\"",
                                        "\"13000\",\"00144\"",
                                        "\"00144\",\"00144\"",
                                        "\"99999\",\"00144\""};
    g_autofree char *body =
        g_strdup_printf("{\"major\":\"%s\",\"courses\":[%s]}", plans[who], lists[dice(play, G_N_ELEMENTS(lists))]);
    say(play, guest, EVENT_SET_SUBSTITUTION, "PUT", "/v1/application/english-substitution", body);
}

static void do_added(struct play *play, struct guest *guest, int who)
{
    static const char *const rows[] = {
        "{\"reason\":\"exemption\",\"code\":\"04183\",\"name\":\"概率论与数理统计（经管类）\",\"passed_on\":\"2015-06-"
        "30\",\"score\":80}",
        "{\"reason\":\"old_plan\",\"code\":\"00292\",\"name\":\"市政学\",\"passed_on\":\"2010-10-24\",\"score\":66}",
        "{\"reason\":\"practice_card\",\"code\":\"00019\",\"name\":\"计算机应用基础（实践）\",\"passed_on\":\"2010-10-"
        "24\",\"score\":70}",
        "{\"reason\":\"old_plan\",\"code\":\"03708\",\"name\":\"中国近现代史纲要\",\"passed_on\":\"2010-10-24\","
        "\"score\":59}",
    };
    (void)who;
    int n = dice(play, 3);
    GString *body = g_string_new("{\"courses\":[");
    for (int i = 0; i < n; i++)
        g_string_append_printf(body, "%s%s", i ? "," : "", rows[dice(play, G_N_ELEMENTS(rows))]);
    g_string_append(body, "]}");
    say(play, guest, EVENT_SET_ADDED_COURSES, "PUT", "/v1/application/added-courses", body->str);
    g_string_free(body, TRUE);
}

static void do_archive(struct play *play, struct guest *guest, int who)
{
    static const char zip[] = "PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0a.png";
    static const char junk[] = "no archive at all";
    (void)who;
    if (dice(play, 4) == 0)
        say(play, guest, EVENT_CLEAR_ARCHIVE, "DELETE", "/v1/application/archive", NULL);
    else if (dice(play, 4) == 0)
        say(play, guest, EVENT_SET_ARCHIVE, "PUT", "/v1/application/archive", junk);
    else
        call(play, guest, EVENT_SET_ARCHIVE, "PUT", "/v1/application/archive", zip, sizeof zip - 1);
}

static void keep_address(struct play *play, int who, char *address)
{
    g_free(play->phones[who]);
    play->phones[who] = address;
}

/* A code, and mostly a phone that follows it. */
static void do_degree(struct play *play, struct guest *guest, int who)
{
    if (!application_allows(guest->now, EVENT_PRIOR_DEGREE) || dice(play, 6) == 0) {
        say(play, guest, EVENT_PRIOR_DEGREE_MANUAL, "POST", "/v1/application/prior-degree/manual", NULL);
        return;
    }
    guest_look(guest);
    if (!application_allows(guest->now, EVENT_PRIOR_DEGREE))
        return;
    keep_address(play, who, guest_start_degree(guest));
    play->done++;
    reply_free(desk_phone(play->phones[who], dice(play, 4) ? "action=authorise" : "action=refuse"));
    guest_look(guest);
}

static void do_submit(struct play *play, struct guest *guest, int who)
{
    (void)who;
    say(play, guest, EVENT_SUBMIT, "POST", "/v1/application/submit", NULL);
}

static void do_reapply(struct play *play, struct guest *guest, int who)
{
    (void)who;
    say(play, guest, EVENT_REAPPLY, "POST", "/v1/application/reapply", NULL);
}

static void do_photo(struct play *play, struct guest *guest, int who)
{
    (void)who;
    if (dice(play, 5) == 0)
        say(play, guest, EVENT_PHOTO_MANUAL, "POST", "/v1/application/photo/manual", NULL);
    else if (guest_look(guest), application_allows(guest->now, EVENT_PUT_PHOTO))
        guest_put_portrait(guest, 200);
}

static void do_order(struct play *play, struct guest *guest, int who)
{
    guest_look(guest);
    if (!application_allows(guest->now, EVENT_CREATE_ORDER)) {
        say(play, guest, -1, "POST", "/v1/application/order", "{\"channel\":\"simulated\"}");
        return;
    }
    keep_address(play, who, guest_order(guest));
    play->done++;
}

static void do_pay(struct play *play, struct guest *guest, int who)
{
    if (!play->phones[who])
        return;
    reply_free(desk_phone(play->phones[who], dice(play, 4) ? "action=pay" : "action=cancel"));
    if (dice(play, 3) == 0)
        reply_free(desk_phone(play->phones[who], "action=pay"));
    guest_look(guest);
}

static void do_form(struct play *play, struct guest *guest, int who)
{
    (void)who;
    say(play, guest, EVENT_SAVE_FORM, "PUT", "/v1/application/registration-form", guest_form());
}

static void do_print(struct play *play, struct guest *guest, int who)
{
    (void)who;
    g_autofree char *body =
        g_strdup_printf("{\"form_version\":%d,\"copies\":2,\"outcome\":\"in_hand\"}", 1 + dice(play, 2));
    say(play, guest, EVENT_RECORD_PRINT, "POST", "/v1/application/registration-form/prints", body);
}

/* ---------------------------------------------------------------- staff */

static char *clerk_token(struct play *play, int clerk)
{
    g_autofree char *body =
        g_strdup_printf("{\"staff_no\":\"%s\",\"password\":\"" DESK_PASSWORD "\"}", staff_nos[clerk]);
    struct reply *reply = desk_call(play->desk, "POST", "/v1/staff/sessions", NULL, body, strlen(body));
    assert_int_equal(reply->status, 200);
    struct api_token *token = wire_read(&api_token_record, reply->body, reply->length, WIRE_STRICT, NULL, NULL);
    char *copy = g_strdup(token->token);
    record_free(&api_token_record, token);
    reply_free(reply);
    return copy;
}

static struct reply *clerk_send(struct play *play, int clerk, const char *method, const char *path, int64_t version,
                                const char *body)
{
    g_autofree char *bearer = g_strconcat("Authorization: Bearer ", play->tokens[clerk], NULL);
    g_autofree char *key = g_strdup_printf("Idempotency-Key: clerk-%u", play->keys++);
    g_autofree char *match = g_strdup_printf("If-Match: %" G_GINT64_FORMAT, version);
    const char *headers[] = {bearer, key, match, NULL};
    return desk_call(play->desk, method, path, headers, body, body ? strlen(body) : 0);
}

/* "/v1/staff/" kind / number / rest */
static const struct {
    const char *kind, *rest;
    int event;
    bool decides;
} clerk_calls[] = {
    {"reviews", "/decision", EVENT_COUNTY_APPROVE, true},
    {"reviews", "/decision", EVENT_COUNTY_REJECT, true},
    {"photos", "/decision", EVENT_PHOTO_DECIDE, true},
    {"prior-degrees", "/decision", EVENT_PRIOR_DEGREE_DECIDE, true},
    {"handins", "", EVENT_HAND_IN, false},
    {"joint-reviews", "", EVENT_JOINT_START, false},
    {"joint-reviews", "/decision", EVENT_JOINT_PASS, true},
    {"certificates", "/ready", EVENT_CERTIFICATE_READY, false},
    {"certificates", "/collected", EVENT_CERTIFICATE_COLLECT, false},
};

static bool may(const struct api_review *review, int event)
{
    for (guint i = 0; i < review->may->len; i++)
        if (strcmp(review->may->pdata[i], application_event_words[event]) == 0)
            return true;
    return false;
}

/* One call about one application by somebody of the staff, mostly one that is possible. */
static void decide(struct play *play, int clerk, int id, const struct api_review *review)
{
    static const char *const decisions[] = {"{\"decision\":\"approve\"}", "{\"decision\":\"approve\"}",
                                            "{\"decision\":\"reject\",\"reason\":\"材料不清楚，请重新扫描。\"}",
                                            "{\"decision\":\"reject\"}"};
    size_t n = G_N_ELEMENTS(clerk_calls), at = (size_t)dice(play, (int)n);
    for (size_t i = 0; i < n && dice(play, 10) && !may(review, clerk_calls[at].event); i++)
        at = (at + 1) % n;
    g_autofree char *path = g_strdup_printf("/v1/staff/%s/%d%s", clerk_calls[at].kind, id, clerk_calls[at].rest);
    const char *body = clerk_calls[at].decides ? decisions[dice(play, G_N_ELEMENTS(decisions))] : NULL;
    int64_t version = review->application->version - (dice(play, 12) == 0);
    struct reply *reply = clerk_send(play, clerk, "POST", path, version, body);
    assert_true(reply->status == 200 || (reply->status >= 400 && reply->status < 500));
    play->done += reply->status == 200;
    reply_free(reply);
}

static void do_clerk(struct play *play, struct guest *guest, int who)
{
    (void)guest;
    (void)who;
    /* Mostly one that waits for somebody of the staff, now and then any number. */
    int waiting =
        (int)number(play, "SELECT coalesce((SELECT a.id FROM applications a LEFT JOIN photos p ON"
                          " p.application = a.id WHERE a.state IN ('county_pending', 'form_saved', 'handed_in',"
                          " 'joint_review', 'graduated', 'certificate_ready') OR p.state = 'manual_requested'"
                          " ORDER BY random() LIMIT 1), 1)");
    static const int often[] = {0, 0, 0, 1, 1, 2, 2, 2, 3};
    int id = dice(play, 5) ? waiting : 1 + dice(play, 12), clerk = often[dice(play, G_N_ELEMENTS(often))];
    g_autofree char *path = g_strdup_printf("/v1/staff/reviews/%d", id);
    struct reply *reply = clerk_send(play, clerk, "GET", path, 0, NULL);
    assert_true(reply->status == 200 || reply->status == 404);
    struct api_review *review = reply->status == 200
                                    ? wire_read(&api_review_record, reply->body, reply->length, WIRE_STRICT, NULL, NULL)
                                    : NULL;
    reply_free(reply);
    if (!review)
        return;
    decide(play, clerk, id, review);
    record_free(&api_review_record, review);
}

/* ---------------------------------------------------------------- the world */

/* The power fails, or the platform is started anew; sessions go on. */
static void restart(struct play *play)
{
    (void)sqlite3_close(play->db);
    desk_reopen(play->desk, dice(play, 2), NULL);
    open_database(play);
    for (int i = 0; i < PEOPLE; i++)
        g_clear_pointer(&play->phones[i], g_free); /* another port: the codes of before lead nowhere */
}

static const struct {
    const char *name;
    int weight;
    int event; /* that it needs; -1 = none */
    void (*fn)(struct play *play, struct guest *guest, int who);
} doings[] = {
    {"start", 4, EVENT_START, do_start},
    {"majors", 4, EVENT_SET_MAJORS, do_majors},
    {"substitution", 3, EVENT_SET_SUBSTITUTION, do_substitution},
    {"added", 3, EVENT_SET_ADDED_COURSES, do_added},
    {"archive", 4, EVENT_SET_ARCHIVE, do_archive},
    {"degree", 6, EVENT_PRIOR_DEGREE, do_degree},
    {"papers", 3, EVENT_PRIOR_DEGREE_MANUAL, do_degree},
    {"submit", 8, EVENT_SUBMIT, do_submit},
    {"reapply", 5, EVENT_REAPPLY, do_reapply},
    {"photo", 6, EVENT_PUT_PHOTO, do_photo},
    {"order", 8, EVENT_CREATE_ORDER, do_order},
    {"pay", 4, -1, do_pay},
    {"form", 4, EVENT_SAVE_FORM, do_form},
    {"print", 3, EVENT_RECORD_PRINT, do_print},
    {"clerk", 16, -1, do_clerk},
};

static size_t any_doing(struct play *play)
{
    int total = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(doings); i++)
        total += doings[i].weight;
    int at = dice(play, total);
    size_t i = 0;
    for (; at >= doings[i].weight; i++)
        at -= doings[i].weight;
    return i;
}

/* Mostly what may be done now, often what may not. */
static void step(struct play *play)
{
    int who = dice(play, PEOPLE);
    struct guest *guest = play->terminals[who][dice(play, 2)];
    size_t i = any_doing(play);
    if (dice(play, 4)) /* else what they saw may be old */
        guest_look(guest);
    for (int tries = 0; tries < 20 && dice(play, 5) && !allows(guest, doings[i].event); tries++)
        i = any_doing(play);
    play->doing = doings[i].name;
    doings[i].fn(play, guest, who);
    check_never(play);
    check_applications(play);
}

static guint setting(const char *name, guint otherwise)
{
    const char *given = g_getenv(name);
    return given ? (guint)g_ascii_strtoull(given, NULL, 10) : otherwise;
}

static void free_seen(gpointer data)
{
    struct seen *seen = data;
    g_free(seen->frozen);
    g_free(seen);
}

static struct play *open_play(guint seed)
{
    struct play *play = g_new0(struct play, 1);
    play->rand = g_rand_new_with_seed(seed);
    play->seen = g_hash_table_new_full(NULL, NULL, NULL, free_seen);
    play->desk = desk_open(&(struct desk_options){0});
    open_database(play);
    for (int i = 0; i < PEOPLE; i++)
        for (int terminal = 0; terminal < 2; terminal++)
            play->terminals[i][terminal] = guest_new(play->desk, exam_nos[i]);
    for (int i = 0; i < CLERKS; i++)
        play->tokens[i] = clerk_token(play, i);
    return play;
}

static void close_play(struct play *play)
{
    (void)sqlite3_close(play->db);
    for (int i = 0; i < PEOPLE; i++) {
        guest_free(play->terminals[i][0]);
        guest_free(play->terminals[i][1]);
        g_free(play->phones[i]);
    }
    for (int i = 0; i < CLERKS; i++)
        g_free(play->tokens[i]);
    desk_close(play->desk);
    g_hash_table_unref(play->seen);
    g_rand_free(play->rand);
    g_free(play);
}

/* Long after the batch: what was not finished in time has lapsed, what was is as it was. */
static void everything_is_over(struct play *play)
{
    play->doing = "the end of the batch";
    (void)sqlite3_close(play->db);
    desk_without_demo(play->desk);
    desk_reopen(play->desk, false, "2027-03-01T00:00:00+08:00");
    open_database(play);
    check_never(play);
    check_applications(play);
    assert_int_equal(number(play, "SELECT count(*) FROM applications a WHERE state IN ('draft', 'submitted',"
                                  " 'system_checking', 'system_approved', 'county_pending', 'county_approved', 'paid',"
                                  " 'form_saved')"),
                     0);
}

static void one_life(guint seed, guint steps)
{
    struct play *play = open_play(seed);
    for (play->step = 1; play->step <= steps; play->step++) {
        step(play);
        if (play->step % (steps / 2) == 0)
            restart(play);
    }
    print_message("RANDOM_SEED=%u RANDOM_LIVES=1: %u things done, %u applications\n", seed, play->done,
                  g_hash_table_size(play->seen));
    assert_true(play->done > steps / 20); /* it did not only knock at closed doors */
    everything_is_over(play);
    close_play(play);
}

static void anybody_does_anything(void **state)
{
    guint lives = setting("RANDOM_LIVES", 5), steps = setting("RANDOM_STEPS", 250);
    guint seed = setting("RANDOM_SEED", (guint)(g_get_real_time() / G_TIME_SPAN_DAY) * 1000);
    (void)state;
    for (guint i = 0; i < lives; i++) {
        print_message("RANDOM_SEED=%u\n", seed + i);
        one_life(seed + i, steps);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(anybody_does_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
