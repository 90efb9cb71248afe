/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/demo.h"

#include <string.h>

#include "base/tsv.h"
#include "graduation/application.h"
#include "platformd/import.h"
#include "platformd/orders.h"
#include "platformd/photos.h"
#include "platformd/registry.h"

#define DEMO       "src/platformd/demo/"
#define DAY_S      (24 * 3600)
#define SHANGHAI_S (8 * 3600)
#define BEFORE     7  /* days that the windows have been open */
#define AFTER      21 /* days that they stay open */

/* ---------------------------------------------------------------- the batch */

/* Midnight in Shanghai of the day of `time`. */
static int64_t midnight(int64_t time)
{
    return (time + SHANGHAI_S) / DAY_S * DAY_S - SHANGHAI_S;
}

/* "2026-2": the year's half. One day in either half stays in the batch of its applications until they are over. */
static char *batches_tsv(struct platform *platform)
{
    int64_t now = platform_now(platform), today = midnight(now);
    g_autofree char *from = clock_format(today - BEFORE * DAY_S + 8 * 3600);
    g_autofree char *to = clock_format(today + AFTER * DAY_S + 18 * 3600);
    int day = clock_day(now);
    return g_strdup_printf("batch\tapply_from\tapply_to\tpay_from\tpay_to\thandin_from\thandin_to\tfee_fen\n"
                           "%d-%d\t%s\t%s\t%s\t%s\t%s\t%s\t4000\n",
                           day / 10000, day / 100 % 100 <= 6 ? 1 : 2, from, to, from, to, from, to);
}

/* ---------------------------------------------------------------- those in the middle of it */

struct demo_application {
    char *exam_no, *major_code, *plan_version, *county;
    int state;
    char *reason, *archive;
    int photo; /* enum photo_state */
    char *photo_reason;
    bool paid;
};
static const struct record_field application_fields[] = {
    {"exam_no", RECORD_STRING, offsetof(struct demo_application, exam_no), RECORD_REQUIRED},
    {"major_code", RECORD_STRING, offsetof(struct demo_application, major_code), RECORD_REQUIRED},
    {"plan_version", RECORD_STRING, offsetof(struct demo_application, plan_version), RECORD_REQUIRED},
    {"county", RECORD_STRING, offsetof(struct demo_application, county), RECORD_REQUIRED},
    {"state", RECORD_WORD, offsetof(struct demo_application, state), RECORD_REQUIRED, .words = application_state_words},
    {"reason", RECORD_STRING, offsetof(struct demo_application, reason)},
    {"archive", RECORD_STRING, offsetof(struct demo_application, archive)},
    {"photo", RECORD_WORD, offsetof(struct demo_application, photo), RECORD_REQUIRED, .words = photo_state_words},
    {"photo_reason", RECORD_STRING, offsetof(struct demo_application, photo_reason)},
    {"paid", RECORD_BOOLEAN, offsetof(struct demo_application, paid)},
};
static const struct record_type application_type = RECORD_TYPE(demo_application, application_fields);

struct demo_added_course {
    char *exam_no, *reason, *code, *name, *passed_on;
    int64_t score;
};
static const struct record_field added_fields[] = {
    {"exam_no", RECORD_STRING, offsetof(struct demo_added_course, exam_no), RECORD_REQUIRED},
    {"reason", RECORD_STRING, offsetof(struct demo_added_course, reason), RECORD_REQUIRED},
    {"code", RECORD_STRING, offsetof(struct demo_added_course, code), RECORD_REQUIRED},
    {"name", RECORD_STRING, offsetof(struct demo_added_course, name), RECORD_REQUIRED},
    {"passed_on", RECORD_STRING, offsetof(struct demo_added_course, passed_on), RECORD_REQUIRED},
    {"score", RECORD_INTEGER, offsetof(struct demo_added_course, score), RECORD_REQUIRED, .max = 100},
};
static const struct record_type added_type = RECORD_TYPE(demo_added_course, added_fields);

static void put_photo(struct platform *platform, int64_t id, const struct demo_application *row)
{
    g_autoptr(GBytes) picture = platform_resource(DEMO "stick/portrait.jpg");
    gsize n = 0;
    const unsigned char *data = g_bytes_get_data(picture, &n);
    struct photo_facts *facts = platform->options.photo_measure(data, n, false);
    if (row->photo != PHOTO_NONE)
        (void)database_run(platform->db,
                           "INSERT INTO photos (application, state, reason, format, width, height, bytes, data,"
                           " rejections) VALUES (?1, ?2, ?3, 'jpeg', ?4, ?5, ?6, ?7, ?8)",
                           WITH(v_integer(id), v_text(photo_state_words[row->photo]), v_text(row->photo_reason),
                                v_integer(facts->width), v_integer(facts->height), v_integer((int64_t)n),
                                v_bytes(picture),
                                v_integer(row->photo == PHOTO_REJECTED ? platform->policy->photo_tries : 0)));
    record_free(&photo_facts_record, facts);
}

static void put_order(struct platform *platform, int64_t id, const struct batch *batch)
{
    int64_t paid_at = platform_now(platform) - 3600;
    g_autofree char *order_no = orders_number(paid_at - 60);
    (void)database_run(platform->db,
                       "INSERT INTO orders (order_no, application, amount_fen, channel, state, created_at, expires_at,"
                       " paid_at) VALUES (?1, ?2, ?3, 'simulated', 'paid', ?4, ?5, ?6)",
                       WITH(v_text(order_no), v_integer(id), v_integer(batch->fee_fen), v_integer(paid_at - 60),
                            v_integer(paid_at - 60 + orders_life_s(platform)), v_integer(paid_at)));
}

static void put_added_courses(struct platform *platform, int64_t id, const char *exam_no, const GPtrArray *added)
{
    for (guint i = 0; i < added->len; i++) {
        const struct demo_added_course *course = added->pdata[i];
        if (strcmp(course->exam_no, exam_no) == 0)
            (void)database_run(platform->db,
                               "INSERT INTO added_courses (application, position, reason, code, name, passed_on, score)"
                               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                               WITH(v_integer(id), v_integer(i), v_text(course->reason), v_text(course->code),
                                    v_text(course->name), v_text(course->passed_on), v_integer(course->score)));
    }
}

static void put_application(struct platform *platform, const struct demo_application *row, const struct batch *batch,
                            const GPtrArray *added)
{
    (void)database_run(platform->db,
                       "INSERT INTO applications (exam_no, batch, round, state, county, reason, archive)"
                       " VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6)",
                       WITH(v_text(row->exam_no), v_text(batch->batch), v_text(application_state_words[row->state]),
                            v_text(row->county), v_text(row->reason), v_text(row->archive)));
    int64_t id = database_last_id(platform->db);
    int reviewed = row->paid ? STATE_SYSTEM_APPROVED : row->state; /* what a row is paid for is approved */
    (void)database_run(platform->db,
                       "INSERT INTO application_items (application, position, major_code, plan_version, state, note)"
                       " VALUES (?1, 0, ?2, ?3, ?4, ?5)",
                       WITH(v_integer(id), v_text(row->major_code), v_text(row->plan_version),
                            v_text(application_state_words[reviewed]), v_text(row->reason)));
    put_photo(platform, id, row);
    put_added_courses(platform, id, row->exam_no, added);
    if (row->paid)
        put_order(platform, id, batch);
    platform_touch(platform, row->exam_no);
}

static GPtrArray *read_table(const struct record_type *type, const char *path, GPtrArray *faults)
{
    g_autoptr(GBytes) file = platform_resource(path);
    gsize n = 0;
    const char *tsv = g_bytes_get_data(file, &n);
    return tsv_parse_all(type, tsv, n, path, faults);
}

/* Only for people who have no application yet in this batch. */
static bool put_applications(struct platform *platform, GPtrArray *faults)
{
    GPtrArray *rows = read_table(&application_type, DEMO "applications.tsv", faults);
    GPtrArray *added = read_table(&added_type, DEMO "added_courses.tsv", faults);
    struct batch *batch = registry_batch_now(platform, platform_now(platform));
    bool begun = rows && added && platform_begin(platform);
    for (guint i = 0; begun && i < rows->len; i++) {
        const struct demo_application *row = rows->pdata[i];
        if (database_integer(platform->db, "SELECT count(*) FROM applications WHERE exam_no = ?1 AND batch = ?2",
                             WITH(v_text(row->exam_no), v_text(batch->batch)), 0) == 0)
            put_application(platform, row, batch, added);
    }
    record_free(&batch_record, batch);
    record_list_free(&application_type, rows);
    record_list_free(&added_type, added);
    return begun && platform_commit(platform);
}

/* ---------------------------------------------------------------- all of it */

bool demo_load(struct platform *platform, GPtrArray *faults)
{
    struct import *import = import_begin(platform, "demo", faults);
    for (size_t i = 0; import_tables[i]; i++) {
        g_autofree char *path = g_strconcat(DEMO, import_tables[i], NULL);
        if (strcmp(import_tables[i], "batches.tsv") == 0) {
            g_autofree char *batches = batches_tsv(platform);
            import_table(import, import_tables[i], path, batches, strlen(batches));
            continue;
        }
        g_autoptr(GBytes) file = platform_resource(path);
        gsize n = 0;
        const char *text = g_bytes_get_data(file, &n);
        import_table(import, import_tables[i], path, text, n);
    }
    return import_end(import) && put_applications(platform, faults);
}
