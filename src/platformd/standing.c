/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/standing.h"

#include <string.h>

#include "base/text.h"
#include "platformd/judging.h"
#include "platformd/receipts.h"
#include "platformd/registry.h"

static const struct record_field item_fields[] = {
    {"major", RECORD_STRING, offsetof(struct standing_item, major)},
    {"version", RECORD_STRING, offsetof(struct standing_item, version)},
    {"name", RECORD_STRING, offsetof(struct standing_item, name)},
    {"school", RECORD_STRING, offsetof(struct standing_item, school)},
    {"level", RECORD_WORD, offsetof(struct standing_item, level), .words = plan_level_words},
    {"requires_prior_degree", RECORD_BOOLEAN, offsetof(struct standing_item, requires_prior_degree)},
    {"state", RECORD_WORD, offsetof(struct standing_item, state), .words = application_state_words},
    {"note", RECORD_STRING, offsetof(struct standing_item, note)},
    {"needs_county", RECORD_BOOLEAN, offsetof(struct standing_item, needs_county)},
};
static const struct record_type item_record = RECORD_TYPE(standing_item, item_fields);

/* Columns of `applications`; the rest of the struct is filled by hand. */
static const struct record_field standing_fields[] = {
    {"exam_no", RECORD_STRING, offsetof(struct standing, exam_no)},
    {"id", RECORD_INTEGER, offsetof(struct standing, id)},
    {"round", RECORD_INTEGER, offsetof(struct standing, round)},
    {"state", RECORD_WORD, offsetof(struct standing, state), .words = application_state_words},
    {"county", RECORD_STRING, offsetof(struct standing, county)},
    {"reason", RECORD_STRING, offsetof(struct standing, reason)},
    {"archive", RECORD_STRING, offsetof(struct standing, archive)},
    {"batch", RECORD_STRING, offsetof(struct standing, batch_name)},
};
static const struct record_type standing_record = RECORD_TYPE(standing, standing_fields);

void standing_free(struct standing *standing)
{
    if (!standing)
        return;
    record_free(&batch_record, standing->batch);
    record_list_free(&item_record, standing->items);
    record_free(&photo_record, standing->photo);
    record_free(&prior_degree_record, standing->prior_degree);
    record_free(&standing_record, standing);
}

/* ---------------------------------------------------------------- the parts */

GPtrArray *standing_substitution(struct platform *platform, int64_t application, const char *major)
{
    return database_texts(platform->db,
                          "SELECT course_code FROM substitutions WHERE application = ?1"
                          " AND (?2 IS NULL OR major_code = ?2) ORDER BY major_code, position",
                          WITH(v_integer(application), v_text(major)));
}

static void read_items(struct platform *platform, struct standing *standing)
{
    standing->items = database_rows(platform->db, &item_record,
                                    "SELECT p.major_code AS major, p.plan_version AS version, p.major_name AS name,"
                                    " p.school, p.level, p.requires_prior_degree, i.state, i.note"
                                    " FROM application_items i"
                                    " JOIN plans p USING (major_code, plan_version)"
                                    " WHERE i.application = ?1 ORDER BY i.position",
                                    WITH(v_integer(standing->id)));
    standing->facts.items = standing->items->len;
    for (guint i = 0; i < standing->items->len; i++) {
        const struct standing_item *item = standing->items->pdata[i];
        standing->facts.bachelor = standing->facts.bachelor || item->requires_prior_degree;
        standing->facts.items_pending += standing_item_open(standing, item);
    }
}

static void read_photo(struct platform *platform, struct standing *standing)
{
    standing->photo = database_row(platform->db, &photo_record,
                                   "SELECT state, reason, width, height, bytes, max(0, ?2 - rejections) AS tries_left"
                                   " FROM photos WHERE application = ?1",
                                   WITH(v_integer(standing->id), v_integer(platform->policy->photo_tries)));
    if (!standing->photo) {
        standing->photo = record_new(&photo_record);
        standing->photo->tries_left = platform->policy->photo_tries;
    }
    standing->facts.photo = standing->photo->state;
    standing->facts.photo_failures = platform->policy->photo_tries - standing->photo->tries_left;
}

/* The register's columns are whole; what leaves here is masked. */
static void read_prior_degree(struct platform *platform, struct standing *standing)
{
    struct prior_degree *degree =
        database_row(platform->db, &prior_degree_record,
                     "SELECT state, name AS name_masked, school, level, major,"
                     " substr(certificate_no, -4) AS certificate_tail, reason,"
                     " CASE state WHEN 'qr_shown' THEN expires_at ELSE 0 END AS expires_at,"
                     " max(0, ?2 - failures) AS tries_left FROM degree_authorisations WHERE application = ?1",
                     WITH(v_integer(standing->id), v_integer(platform->policy->prior_degree_tries)));
    if (!degree) {
        degree = record_new(&prior_degree_record);
        degree->state = PRIOR_NONE;
        degree->tries_left = platform->policy->prior_degree_tries;
    }
    standing->facts.prior_degree_failures = platform->policy->prior_degree_tries - degree->tries_left;
    if (!standing->facts.bachelor)
        degree->state = PRIOR_NOT_REQUIRED;
    if (degree->name_masked) {
        char *masked = text_mask_name(degree->name_masked);
        g_free(degree->name_masked);
        degree->name_masked = masked;
    }
    standing->prior_degree = degree;
    standing->facts.prior_degree = degree->state;
}

static int64_t count(struct platform *platform, const char *sql, int64_t id)
{
    return database_integer(platform->db, sql, WITH(v_integer(id)), 0);
}

static void read_facts(struct platform *platform, struct standing *standing)
{
    struct application_facts *facts = &standing->facts;
    facts->policy = platform->policy;
    facts->round = standing->round;
    facts->county_chosen = standing->county != NULL;
    facts->substitution_complete = true;
    facts->archive = standing->archive != NULL;
    facts->added_courses = count(platform, "SELECT count(*) FROM added_courses WHERE application = ?1", standing->id);
    facts->order_live =
        count(platform, "SELECT count(*) FROM orders WHERE application = ?1 AND state IN ('created', 'paying')",
              standing->id) > 0;
    facts->order_paid = count(platform,
                              "SELECT count(*) FROM orders WHERE application = ?1"
                              " AND state IN ('paid', 'receipt_issued')",
                              standing->id) > 0;
    facts->receipt_due = receipts_due(platform, standing->id);
    facts->needs_county = facts->added_courses > 0 || facts->prior_degree == PRIOR_MANUAL_PENDING;
    if (standing->batch)
        application_facts_windows(facts, standing->batch, platform_now(platform));
    if (standing->state == STATE_DRAFT || standing->state == STATE_SUBMITTED ||
        standing->state == STATE_SYSTEM_CHECKING)
        judging_facts(platform, standing);
}

/* ---------------------------------------------------------------- finding it */

static struct standing *complete(struct platform *platform, struct standing *standing)
{
    if (!standing->batch && standing->batch_name)
        standing->batch = registry_batch(platform, standing->batch_name);
    read_items(platform, standing);
    read_photo(platform, standing);
    read_prior_degree(platform, standing);
    read_facts(platform, standing);
    return standing;
}

/* Earlier batches count while something of them is still to come: papers, a review, a certificate. */
static bool alive(const struct standing *standing)
{
    bool rejected_for_good = standing->state == STATE_COUNTY_REJECTED && standing->round > 1;
    return !rejected_for_good && standing->state != STATE_JOINT_REJECTED &&
           standing->state != STATE_CERTIFICATE_COLLECTED && standing->state != STATE_LAPSED;
}

struct standing *standing_of_candidate(struct platform *platform, const char *exam_no)
{
    struct batch *now = registry_batch_now(platform, platform_now(platform));
    struct standing *last =
        database_row(platform->db, &standing_record,
                     "SELECT exam_no, id, a.batch, round, state, county, reason, archive FROM applications a"
                     " JOIN batches b USING (batch) WHERE exam_no = ?1 ORDER BY b.apply_from DESC, round DESC LIMIT 1",
                     WITH(v_text(exam_no)));
    if (last && now && strcmp(last->batch_name, now->batch) != 0 && !alive(last))
        g_clear_pointer(&last, standing_free);
    if (last) {
        record_free(&batch_record, now);
        return complete(platform, last);
    }
    struct standing *none = record_new(&standing_record);
    none->exam_no = g_strdup(exam_no);
    none->batch = now;
    none->batch_name = g_strdup(now ? now->batch : NULL);
    return complete(platform, none);
}

struct standing *standing_of_application(struct platform *platform, int64_t id)
{
    struct standing *standing =
        database_row(platform->db, &standing_record,
                     "SELECT exam_no, id, batch, round, state, county, reason, archive FROM applications WHERE id = ?1",
                     WITH(v_integer(id)));
    if (!standing) {
        standing = record_new(&standing_record);
        standing->exam_no = g_strdup("");
    }
    return complete(platform, standing);
}

/* ---------------------------------------------------------------- moving on */

const char *standing_may(const struct standing *standing, enum application_event event, enum actor actor)
{
    return application_may(event, (enum application_state)standing->state, actor, &standing->facts, NULL);
}

/* What a candidate changes in a draft is nobody's decision; that they go to the county with something is. */
static bool audited(const struct standing *standing, enum application_event event, enum actor actor,
                    enum application_state next)
{
    return actor != ACTOR_CANDIDATE || (int)next != standing->state || event == EVENT_PHOTO_MANUAL ||
           event == EVENT_PRIOR_DEGREE_MANUAL;
}

static void write_audit(struct platform *platform, const struct standing *standing, enum application_event event,
                        enum actor actor)
{
    struct audit_line line = standing->audit;
    if (!line.detail)
        line.detail = application_state_words[standing->state];
    audit_append(platform, standing->id, event, actor, &line);
}

const char *standing_move(struct platform *platform, struct standing *standing, enum application_event event,
                          enum actor actor)
{
    enum application_state next;
    const char *refused =
        application_may(event, (enum application_state)standing->state, actor, &standing->facts, &next);
    if (refused)
        return refused;
    bool told = audited(standing, event, actor, next);
    standing->state = (int)next;
    if (told)
        write_audit(platform, standing, event, actor);
    (void)database_run(platform->db, "UPDATE applications SET state = ?2 WHERE id = ?1",
                       WITH(v_integer(standing->id), v_text(application_state_words[next])));
    platform_touch(platform, standing->exam_no);
    return NULL;
}

/* ---------------------------------------------------------------- rows (R25) */

static bool decided(int state)
{
    return state == STATE_SYSTEM_APPROVED || state == STATE_COUNTY_APPROVED || state == STATE_COUNTY_REJECTED;
}

enum application_state standing_item_state(const struct standing *standing, const struct standing_item *item)
{
    bool of_its_own = standing->state == STATE_COUNTY_PENDING || standing->state == STATE_COUNTY_APPROVED ||
                      standing->state == STATE_COUNTY_REJECTED;
    return (enum application_state)(of_its_own && decided(item->state) ? item->state : standing->state);
}

bool standing_item_open(const struct standing *standing, const struct standing_item *item)
{
    return standing->state == STATE_COUNTY_PENDING && !decided(item->state);
}

void standing_set_item(struct platform *platform, struct standing *standing, struct standing_item *item,
                       enum application_state state, const char *note)
{
    item->state = (int)state;
    g_free(item->note);
    item->note = g_strdup(note);
    (void)database_run(
        platform->db, "UPDATE application_items SET state = ?3, note = ?4 WHERE application = ?1 AND major_code = ?2",
        WITH(v_integer(standing->id), v_text(item->major), v_text(application_state_words[state]), v_text(note)));
}

char *standing_county_name(const struct platform *platform, const struct standing *standing)
{
    return code_county_name(&platform->tables, standing->county);
}
