/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/photos.h"

#include "base/log.h"
#include "platformd/server.h"
#include "platformd/snapshot.h"
#include "platformd/standing.h"

static void store(struct platform *platform, int64_t application, const struct photo_facts *facts, GBytes *data)
{
    (void)database_run(platform->db,
                       "INSERT INTO photos (application, state, format, width, height, bytes, data, due_ms)"
                       " VALUES (?1, 'checking', ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (application) DO UPDATE SET"
                       " state = 'checking', reason = NULL, format = ?2, width = ?3, height = ?4, bytes = ?5,"
                       " data = ?6, due_ms = ?7",
                       WITH(v_integer(application), v_text(photo_format_words[facts->format]), v_integer(facts->width),
                            v_integer(facts->height), v_integer(facts->bytes), v_bytes(data),
                            v_integer(platform_now_ms(platform) + platform->options.moment_ms)));
}

static int64_t rejections(struct platform *platform, int64_t application)
{
    return database_integer(platform->db, "SELECT rejections FROM photos WHERE application = ?1",
                            WITH(v_integer(application)), 0);
}

/* What its bytes say; judged by the rules that the terminal also uses. NULL = refused. */
static struct photo_facts *measure(struct request *request, GBytes *body)
{
    gsize n = 0;
    const unsigned char *data = g_bytes_get_data(body, &n);
    struct photo_facts *facts = request->platform->options.photo_measure(data, n, false);
    facts->complete = true; /* only the head is looked at here; the terminal has decoded the rest */
    const char *fault = n == 0 ? "photo.empty" : photo_check(facts);
    if (!fault)
        return facts;
    request_refuse(request, 422, fault, NULL);
    record_free(&photo_facts_record, facts);
    return NULL;
}

void photos_put(struct request *request)
{
    struct platform *platform = request->platform;
    GBytes *body = exchange_body(request->exchange);
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (request_refused(request, standing_move(platform, standing, EVENT_PUT_PHOTO, ACTOR_CANDIDATE)))
        return;
    if (rejections(platform, standing->id) >= PHOTO_REJECTIONS) {
        (void)request_refused(request, "platform.photo_manual_only");
        return;
    }
    struct photo_facts *facts = measure(request, body);
    if (!facts)
        return;
    store(platform, standing->id, facts, body);
    record_free(&photo_facts_record, facts);
    request->answer = snapshot_new(platform, request->exam_no);
}

void photos_get(struct request *request)
{
    struct platform *platform = request->platform;
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    g_autofree char *format =
        database_text(platform->db, "SELECT format FROM photos WHERE application = ?1", WITH(v_integer(standing->id)));
    request->raw =
        database_bytes(platform->db, "SELECT data FROM photos WHERE application = ?1", WITH(v_integer(standing->id)));
    if (!request->raw)
        request_refuse(request, 404, "platform.no_photo", NULL);
    request->raw_type = g_strcmp0(format, photo_format_words[PHOTO_PNG]) == 0 ? "image/png" : "image/jpeg";
}

static void decide(struct platform *platform, int64_t application)
{
    g_autoptr(standing_auto) standing = standing_of_application(platform, application);
    (void)database_run(platform->db,
                       "UPDATE photos SET state = 'accepted', reason = NULL, due_ms = NULL"
                       " WHERE application = ?1 AND state = 'checking'",
                       WITH(v_integer(application)));
    platform_touch(platform, standing->exam_no);
}

void photos_decide(struct platform *platform)
{
    g_autoptr(GPtrArray) due =
        database_texts(platform->db, "SELECT application FROM photos WHERE due_ms <= ?1 ORDER BY due_ms",
                       WITH(v_integer(platform_now_ms(platform))));
    for (guint i = 0; i < due->len && platform_begin(platform); i++) {
        decide(platform, g_ascii_strtoll(due->pdata[i], NULL, 10));
        (void)platform_commit(platform);
    }
}
