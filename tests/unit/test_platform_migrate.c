/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder that version 1 of the platform left behind is served on: nothing is lost, and what is new has its place. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <sqlite3.h>

#include "platformd/database.h"
#include "platformd/schema.h"

/* The schema of version 1, as it was released. */
static const char version_1[] =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE plans (major_code TEXT NOT NULL, plan_version TEXT NOT NULL, major_name TEXT NOT NULL, level"
    " TEXT NOT NULL, school TEXT NOT NULL, min_credits INTEGER NOT NULL, min_courses INTEGER NOT NULL,"
    " elective_min_credits INTEGER NOT NULL, requires_prior_degree INTEGER NOT NULL, PRIMARY KEY (major_code,"
    " plan_version)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE plan_courses (major_code TEXT NOT NULL, plan_version TEXT NOT NULL, course_code TEXT NOT NULL,"
    " course_name TEXT NOT NULL, credits INTEGER NOT NULL, type TEXT NOT NULL, \"group\" TEXT, group_min_courses"
    " INTEGER NOT NULL, group_min_credits INTEGER NOT NULL, counts_credit INTEGER NOT NULL, substitutable TEXT"
    " NOT NULL, old_codes TEXT, position INTEGER NOT NULL, PRIMARY KEY (major_code, plan_version, course_code),"
    " FOREIGN KEY (major_code, plan_version) REFERENCES plans) STRICT, WITHOUT ROWID;"
    "CREATE TABLE candidates (exam_no TEXT PRIMARY KEY, id_no TEXT NOT NULL UNIQUE, name TEXT NOT NULL, sex TEXT"
    " NOT NULL, mobile TEXT, address TEXT, county_code TEXT, password TEXT, photo_file TEXT) STRICT, WITHOUT"
    " ROWID;"
    "CREATE TABLE candidate_majors (exam_no TEXT NOT NULL REFERENCES candidates, position INTEGER NOT NULL,"
    " major_code TEXT NOT NULL, plan_version TEXT NOT NULL, PRIMARY KEY (exam_no, position), FOREIGN KEY"
    " (major_code, plan_version) REFERENCES plans) STRICT, WITHOUT ROWID;"
    "CREATE TABLE results (exam_no TEXT NOT NULL REFERENCES candidates, course_code TEXT NOT NULL, course_name"
    " TEXT NOT NULL, credits INTEGER NOT NULL, score INTEGER NOT NULL, passed_on TEXT, used INTEGER NOT NULL,"
    " exempt INTEGER NOT NULL, PRIMARY KEY (exam_no, course_code)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE prior_degrees (id_no TEXT NOT NULL, certificate_no TEXT NOT NULL, name TEXT NOT NULL, school"
    " TEXT NOT NULL, major TEXT, level TEXT NOT NULL, graduated_on TEXT NOT NULL, status TEXT NOT NULL, PRIMARY"
    " KEY (id_no, certificate_no)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE batches (batch TEXT PRIMARY KEY, apply_from INTEGER NOT NULL, apply_to INTEGER NOT NULL,"
    " pay_from INTEGER NOT NULL, pay_to INTEGER NOT NULL, handin_from INTEGER NOT NULL, handin_to INTEGER NOT"
    " NULL, fee_fen INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE staff (staff_no TEXT PRIMARY KEY, name TEXT NOT NULL, county_code TEXT, role TEXT NOT NULL,"
    " password TEXT) STRICT, WITHOUT ROWID;"
    "CREATE TABLE versions (exam_no TEXT PRIMARY KEY REFERENCES candidates, version INTEGER NOT NULL) STRICT,"
    " WITHOUT ROWID;"
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE logins (token_hash TEXT PRIMARY KEY, exam_no TEXT NOT NULL REFERENCES candidates, used_at"
    " INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE INDEX logins_used_at ON logins (used_at);"
    "CREATE TABLE login_failures (account TEXT PRIMARY KEY, failures INTEGER NOT NULL, failed_at INTEGER NOT"
    " NULL, locked_until INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE idempotency (exam_no TEXT NOT NULL REFERENCES candidates, key TEXT NOT NULL, request TEXT NOT"
    " NULL, status INTEGER NOT NULL, body TEXT, at INTEGER NOT NULL, PRIMARY KEY (exam_no, key)) STRICT, WITHOUT"
    " ROWID;"
    "CREATE INDEX idempotency_at ON idempotency (at);"
    "CREATE TABLE drafts (exam_no TEXT PRIMARY KEY REFERENCES candidates, body TEXT NOT NULL) STRICT;"
    "CREATE TABLE applications (id INTEGER PRIMARY KEY, exam_no TEXT NOT NULL REFERENCES candidates, batch TEXT"
    " NOT NULL REFERENCES batches, round INTEGER NOT NULL, state TEXT NOT NULL, county TEXT, reason TEXT, archive"
    " TEXT, review_due_ms INTEGER, UNIQUE (exam_no, batch, round)) STRICT;"
    "CREATE INDEX applications_due ON applications (review_due_ms) WHERE review_due_ms IS NOT NULL;"
    "CREATE INDEX applications_batch ON applications (batch, state);"
    "CREATE TABLE application_items (application INTEGER NOT NULL REFERENCES applications, position INTEGER NOT"
    " NULL, major_code TEXT NOT NULL, plan_version TEXT NOT NULL, PRIMARY KEY (application, position), FOREIGN"
    " KEY (major_code, plan_version) REFERENCES plans) STRICT, WITHOUT ROWID;"
    "CREATE TABLE substitutions (application INTEGER NOT NULL REFERENCES applications, major_code TEXT NOT NULL,"
    " position INTEGER NOT NULL, course_code TEXT NOT NULL, PRIMARY KEY (application, course_code)) STRICT,"
    " WITHOUT ROWID;"
    "CREATE TABLE added_courses (application INTEGER NOT NULL REFERENCES applications, position INTEGER NOT NULL,"
    " reason TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, passed_on TEXT NOT NULL, score INTEGER NOT"
    " NULL, PRIMARY KEY (application, code)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE degree_authorisations (application INTEGER PRIMARY KEY REFERENCES applications, state TEXT NOT"
    " NULL, token_hash TEXT UNIQUE, expires_at INTEGER NOT NULL, name TEXT, school TEXT, level TEXT,"
    " certificate_no TEXT, reason TEXT) STRICT;"
    "CREATE INDEX degree_due ON degree_authorisations (expires_at) WHERE state = 'qr_shown';"
    "CREATE TABLE photos (application INTEGER PRIMARY KEY REFERENCES applications, state TEXT NOT NULL, reason"
    " TEXT, format TEXT, width INTEGER NOT NULL, height INTEGER NOT NULL, bytes INTEGER NOT NULL, data BLOB,"
    " rejections INTEGER NOT NULL DEFAULT 0, due_ms INTEGER) STRICT;"
    "CREATE INDEX photos_due ON photos (due_ms) WHERE due_ms IS NOT NULL;"
    "CREATE TABLE orders (order_no TEXT PRIMARY KEY, application INTEGER NOT NULL REFERENCES applications,"
    " amount_fen INTEGER NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL,"
    " expires_at INTEGER NOT NULL, paid_at INTEGER) STRICT;"
    "CREATE UNIQUE INDEX orders_one_live ON orders (application) WHERE state IN ('created', 'paying');"
    "CREATE UNIQUE INDEX orders_one_paid ON orders (application) WHERE state IN ('paid', 'receipt_issued');"
    "CREATE INDEX orders_due ON orders (expires_at) WHERE state IN ('created', 'paying');"
    "CREATE INDEX orders_application ON orders (application, created_at);"
    "CREATE TABLE registration_forms (application INTEGER NOT NULL REFERENCES applications, version INTEGER NOT"
    " NULL, body TEXT NOT NULL, saved_at INTEGER NOT NULL, PRIMARY KEY (application, version)) STRICT, WITHOUT"
    " ROWID;"
    "CREATE TABLE prints (id INTEGER PRIMARY KEY, application INTEGER NOT NULL REFERENCES applications,"
    " form_version INTEGER NOT NULL, copies INTEGER NOT NULL, outcome TEXT NOT NULL, at INTEGER NOT NULL) STRICT;"
    "CREATE INDEX prints_application ON prints (application);"
    "PRAGMA user_version = 1;"
    "COMMIT;";

/* People in the middle of it: one is rejected and has added courses, one owes an order, one has paid long ago. */
static const char *const people[] = {
    "INSERT INTO plans VALUES ('690206', 'new', '行政管理', '专科', '山西大学', 6, 1, 0, 0)",
    "INSERT INTO plan_courses VALUES ('690206', 'new', '00277', '行政管理学', 6, '必考', NULL, 0, 0, 1, '', NULL, 1)",
    "INSERT INTO candidates VALUES ('010124100001', '140000200005180029', '王丽娟', '女', NULL, NULL, '140105', NULL,"
    " NULL), ('010124100002', '140000199503120015', '张晓明', '男', NULL, NULL, '140105', NULL, NULL),"
    " ('010124100003', '140000199311070025', '陈雅琴', '女', NULL, NULL, '140106', NULL, NULL)",
    "INSERT INTO candidate_majors VALUES ('010124100001', 0, '690206', 'new')",
    "INSERT INTO batches VALUES ('2026-2', 1795996800, 1797600000, 1795996800, 1797600000, 1795996800, 1797600000, "
    "4000)",
    "INSERT INTO versions VALUES ('010124100001', 7)",
    "INSERT INTO applications (id, exam_no, batch, round, state, county, reason, archive) VALUES"
    " (1, '010124100001', '2026-2', 1, 'county_rejected', '140105', '不清晰', 'x.zip'),"
    " (2, '010124100002', '2026-2', 1, 'system_approved', '140105', NULL, NULL),"
    " (3, '010124100003', '2026-2', 1, 'paid', '140106', NULL, NULL)",
    "INSERT INTO application_items VALUES (1, 0, '690206', 'new'), (2, 0, '690206', 'new'), (3, 0, '690206', 'new')",
    "INSERT INTO added_courses VALUES (1, 0, 'old_plan', '99001', '旧课程', '2001-10-20', 70)",
    "INSERT INTO degree_authorisations VALUES (1, 'verified', NULL, 0, '王丽娟', '山西大学', '专科', '1234', NULL)",
    "INSERT INTO photos VALUES (2, 'accepted', NULL, 'jpeg', 480, 640, 3, x'ffd8ff', 1, NULL)",
    "INSERT INTO orders VALUES ('BY1', 2, 4000, 'simulated', 'paying', 1796175000, 1796175600, NULL),"
    " ('BY2', 3, 4000, 'simulated', 'paid', 1796000000, 1796000600, 1796000100)",
    "INSERT INTO idempotency VALUES ('010124100001', 'k', 'r', 200, '{}', 1796175000)",
};

static void execute(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s in %s", message, sql);
}

/* What version 1 left in this folder. */
static char *leave_version_1(const char *folder)
{
    char *path = g_build_filename(folder, "platform.db", NULL);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    execute(db, version_1);
    for (size_t i = 0; i < G_N_ELEMENTS(people); i++)
        execute(db, people[i]);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return path;
}

/* Every table, column and index by name. */
static GPtrArray *shape_of(struct database *db)
{
    return database_texts(db,
                          "SELECT m.type || ' ' || m.name || ' ' || coalesce(c.name, '') FROM sqlite_schema m"
                          " LEFT JOIN pragma_table_info(m.name) c ON m.type = 'table'"
                          " WHERE m.name NOT LIKE 'sqlite_%' ORDER BY 1",
                          WITHOUT);
}

static void the_new_shape_is_the_same(void **state)
{
    (void)state;
    char *folder = desk_folder_new();
    g_autofree char *path = leave_version_1(folder);
    struct database *moved = database_open(path, NULL), *fresh = database_open(":memory:", NULL);
    assert_non_null(moved);
    g_autoptr(GPtrArray) left = shape_of(moved), right = shape_of(fresh);
    assert_true(left->len > 100);
    for (guint i = 0; i < MIN(left->len, right->len); i++)
        assert_string_equal(left->pdata[i], right->pdata[i]);
    assert_int_equal(left->len, right->len);
    assert_int_equal(database_integer(moved, "PRAGMA user_version", WITHOUT, -1), PLATFORM_SCHEMA_VERSION);
    assert_int_equal(database_integer(moved, "SELECT count(*) FROM pragma_foreign_key_check", WITHOUT, -1), 0);
    database_close(moved);
    database_close(fresh);
    desk_folder_free(folder);
}

static void nothing_is_lost(void **state)
{
    static const struct {
        const char *sql, *value;
    } facts[] = {
        {"SELECT state || round || reason || archive FROM applications WHERE id = 1", "county_rejected1不清晰x.zip"},
        {"SELECT state || note FROM application_items WHERE application = 1", "county_rejected不清晰"},
        {"SELECT state FROM application_items WHERE application = 2", "system_approved"},
        {"SELECT state FROM application_items WHERE application = 3", "system_approved"}, /* before it was paid */
        {"SELECT code || score FROM added_courses", "9900170"},
        {"SELECT state || failures FROM degree_authorisations", "verified0"},
        {"SELECT state || rejections || hex(data) FROM photos", "accepted1FFD8FF"},
        {"SELECT state || amount_fen FROM orders WHERE order_no = 'BY1'", "paying4000"},
        {"SELECT actor || key || request || status || body FROM idempotency", "010124100001kr200{}"},
        {"SELECT until FROM idempotency", "1796779800"},
        {"SELECT group_concat(state || n) FROM application_counts", "county_rejected1,paid1,system_approved1"},
        {"SELECT version FROM versions", "7"},
    };
    (void)state;
    char *folder = desk_folder_new();
    g_autofree char *path = leave_version_1(folder);
    for (int again = 0; again < 2; again++) {
        struct database *db = database_open(path, NULL);
        assert_non_null(db);
        for (size_t i = 0; i < G_N_ELEMENTS(facts); i++) {
            g_autofree char *value = database_text(db, facts[i].sql, WITHOUT);
            if (g_strcmp0(value, facts[i].value) != 0)
                fail_msg("%s: %s", facts[i].sql, value ? value : "nothing");
        }
        database_close(db);
    }
    desk_folder_free(folder);
}

/* A folder of a version to come is left alone. */
static void newer_ones_are_refused(void **state)
{
    (void)state;
    char *folder = desk_folder_new();
    g_autofree char *path = leave_version_1(folder);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    execute(db, "PRAGMA user_version = 99");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    g_autofree char *said = desk_refused(folder, NULL);
    assert_non_null(strstr(said, "schema 99"));
    desk_folder_free(folder);
}

static void fill(const char *folder)
{
    g_free(leave_version_1(folder));
}

static void enrol(struct desk *desk, const char *name, const char *id_no, const char *exam_no)
{
    g_autofree char *body = g_strdup_printf("{\"name\":\"%s\",\"id_no\":\"%s\",\"exam_no\":\"%s\","
                                            "\"mobile\":\"13900001021\",\"password\":\"" DESK_PASSWORD "\"}",
                                            name, id_no, exam_no);
    struct reply *reply = desk_call(desk, "POST", "/v1/registrations", NULL, body, strlen(body));
    assert_int_equal(reply->status, 204);
    reply_free(reply);
}

/* The platform itself, over what was left: the open order has run out, who had paid has a receipt, one chance is left. */
static void served_on(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.clock = "2026-12-02T10:00:00+08:00", .fill = fill});
    enrol(desk, "王丽娟", "140000200005180029", "010124100001");
    enrol(desk, "张晓明", "140000199503120015", "010124100002");
    enrol(desk, "陈雅琴", "140000199311070025", "010124100003");
    struct guest *rejected = guest_new(desk, "010124100001"), *owing = guest_new(desk, "010124100002"),
                 *paid = guest_new(desk, "010124100003");
    assert_true(rejected->now->version > 7);
    assert_int_equal(rejected->now->state, STATE_COUNTY_REJECTED);
    guest_must(rejected, "POST", "/v1/application/reapply", NULL, 200);
    assert_int_equal(rejected->now->added_courses->len, 1);
    assert_int_equal(owing->now->order->state, ORDER_EXPIRED);
    guest_free(rejected);
    g_autofree char *order = guest_order(owing);
    assert_non_null(order);
    assert_int_equal(paid->now->order->state, ORDER_RECEIPT_ISSUED);
    guest_must(paid, "GET", "/v1/application/receipt", NULL, 200);
    guest_free(owing);
    guest_free(paid);
    desk_close(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_new_shape_is_the_same),
        cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(newer_ones_are_refused),
        cmocka_unit_test(served_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
