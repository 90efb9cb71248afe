/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/photos.h"

#include "base/log.h"
#include "graduation/side_machine.h"
#include "platformd/server.h"
#include "platformd/snapshot.h"
#include "platformd/standing.h"

static const char *next_word(int event, int state)
{
    int next = side_machine_next(&photo_machine, event, state);
    g_assert(next >= 0); /* the guards have asked the machine before */
    return photo_state_words[next];
}

static void store(struct platform *platform, const struct standing *standing, const struct photo_facts *facts,
                  GBytes *data)
{
    (void)database_run(platform->db,
                       "INSERT INTO photos (application, state, format, width, height, bytes, data, due_ms)"
                       " VALUES (?1, ?8, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (application) DO UPDATE SET"
                       " state = ?8, reason = NULL, format = ?2, width = ?3, height = ?4, bytes = ?5,"
                       " data = ?6, due_ms = ?7",
                       WITH(v_integer(standing->id), v_text(photo_format_words[facts->format]), v_integer(facts->width),
                            v_integer(facts->height), v_integer(facts->bytes), v_bytes(data),
                            v_integer(platform_now_ms(platform) + platform->options.moment_ms),
                            v_text(next_word(PHOTO_UPLOADED, standing->facts.photo))));
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
    struct photo_facts *facts = measure(request, body);
    if (!facts)
        return;
    store(platform, standing, facts, body);
    record_free(&photo_facts_record, facts);
    request->answer = snapshot_new(platform, request->exam_no);
}

/* Instead of the terminal's way (R20, R23): also before the first picture; the county looks at the person. */
void photos_to_county(struct request *request)
{
    struct platform *platform = request->platform;
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (request_refused(request, standing_move(platform, standing, EVENT_PHOTO_MANUAL, ACTOR_CANDIDATE)))
        return;
    (void)database_run(platform->db,
                       "INSERT INTO photos (application, state, width, height, bytes) VALUES (?1, ?2, 0, 0, 0)"
                       " ON CONFLICT (application) DO UPDATE SET state = ?2, due_ms = NULL",
                       WITH(v_integer(standing->id), v_text(next_word(PHOTO_TO_COUNTY, standing->facts.photo))));
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
                       "UPDATE photos SET state = ?2, reason = NULL, due_ms = NULL"
                       " WHERE application = ?1 AND state = 'checking'",
                       WITH(v_integer(application), v_text(next_word(PHOTO_PASSED, PHOTO_CHECKING))));
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
