/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/snapshot.h"

#include <string.h>

#include "base/text.h"
#include "platformd/orders.h"
#include "platformd/registry.h"
#include "platformd/standing.h"
#include "wire/json.h"

static struct candidate_masked *masked_candidate(struct platform *platform, const char *exam_no)
{
    struct candidate_masked *masked = record_new(&candidate_masked_record);
    struct candidate *candidate = registry_candidate(platform, exam_no);
    if (candidate) {
        masked->name = text_mask_name(candidate->name);
        masked->id_no = text_mask_id(candidate->id_no);
        masked->exam_no = g_strdup(candidate->exam_no);
        masked->mobile = candidate->mobile ? text_mask_mobile(candidate->mobile) : NULL;
    }
    record_free(&candidate_record, candidate);
    return masked;
}

/* Why this row: its own reason, or the whole's where rows were not told apart. */
static const char *note_of(const struct standing *standing, const struct standing_item *item)
{
    bool rejected_with_all = standing->state == STATE_JOINT_REJECTED ||
                             (standing->state == STATE_COUNTY_REJECTED && item->state == STATE_DRAFT);
    return item->note || !rejected_with_all ? item->note : standing->reason;
}

static struct application_item *item_new(struct platform *platform, const struct standing *standing,
                                         const struct standing_item *from, const char *county)
{
    struct application_item *item = record_new(&application_item_record);
    item->major = g_strdup(from->major);
    item->version = g_strdup(from->version);
    item->name = g_strdup(from->name);
    item->school = g_strdup(from->school);
    item->level = from->level;
    item->state = (int)standing_item_state(standing, from);
    const char *key = application_progress_key((enum application_state)item->state, standing->round);
    item->progress = message_fill(platform->messages, key, "county", county, NULL);
    item->note = g_strdup(note_of(standing, from));
    g_ptr_array_unref(item->english_substitution);
    item->english_substitution = standing_substitution(platform, standing->id, from->major);
    return item;
}

static void add_items(struct platform *platform, struct application *snapshot, const struct standing *standing)
{
    g_autofree char *county = standing_county_name(platform, standing);
    for (guint i = 0; i < standing->items->len; i++)
        g_ptr_array_add(snapshot->items, item_new(platform, standing, standing->items->pdata[i], county));
}

static void add_checklist(struct platform *platform, struct application *snapshot, const struct standing *standing)
{
    const char *keys[8] = {NULL};
    g_autofree char *county = standing_county_name(platform, standing);
    application_checklist_keys(&standing->facts, keys);
    for (size_t i = 0; i < G_N_ELEMENTS(keys) && keys[i]; i++) {
        struct checklist_item *item = record_new(&checklist_item_record);
        item->key = g_strdup(keys[i]);
        item->text = message_fill(platform->messages, keys[i], "county", county, NULL);
        g_ptr_array_add(snapshot->checklist, item);
    }
}

/* Lists of their own records take the place of the empty ones. */
static void add_lists(struct platform *platform, struct application *snapshot, int64_t id)
{
    g_ptr_array_unref(snapshot->english_substitution);
    snapshot->english_substitution = standing_substitution(platform, id, NULL);
    g_ptr_array_unref(snapshot->added_courses);
    snapshot->added_courses = database_rows(platform->db, &added_course_record,
                                            "SELECT reason, code, name, passed_on, score FROM added_courses"
                                            " WHERE application = ?1 ORDER BY position",
                                            WITH(v_integer(id)));
    g_ptr_array_unref(snapshot->prints);
    snapshot->prints = database_rows(platform->db, &print_record_record,
                                     "SELECT form_version, copies, outcome, at FROM (SELECT * FROM prints"
                                     " WHERE application = ?1 ORDER BY id DESC LIMIT 50) ORDER BY id",
                                     WITH(v_integer(id)));
}

static struct registration_form *saved_form(struct platform *platform, int64_t id)
{
    g_autofree char *body = database_text(
        platform->db, "SELECT body FROM registration_forms WHERE application = ?1 ORDER BY version DESC LIMIT 1",
        WITH(v_integer(id)));
    return body ? wire_read(&registration_form_record, body, strlen(body), WIRE_LENIENT, NULL, NULL) : NULL;
}

/* An order that is open or paid says itself what it comes to, whatever the fee has become since. */
static int64_t fee_of(const struct standing *standing, const struct order *order)
{
    bool open = order && (order->state == ORDER_CREATED || order->state == ORDER_PAYING);
    if (order && (open || standing->facts.order_paid))
        return order->amount_fen;
    return standing->batch ? standing->facts.items * standing->batch->fee_fen : 0;
}

static void add_application(struct platform *platform, struct application *snapshot, struct standing *standing)
{
    snapshot->round = standing->round;
    snapshot->county = g_strdup(standing->county);
    snapshot->archive = g_strdup(standing->archive);
    snapshot->reason = g_strdup(standing->reason);
    snapshot->prior_degree = g_steal_pointer(&standing->prior_degree);
    snapshot->photo = g_steal_pointer(&standing->photo);
    snapshot->order = orders_latest(platform, standing->id);
    snapshot->fee_fen = fee_of(standing, snapshot->order);
    snapshot->registration_form = saved_form(platform, standing->id);
    add_items(platform, snapshot, standing);
    add_lists(platform, snapshot, standing->id);
    add_checklist(platform, snapshot, standing);
}

static struct application *snapshot_of(struct platform *platform, struct standing *standing)
{
    struct application *snapshot = record_new(&application_record);
    snapshot->version = platform_version(platform, standing->exam_no);
    snapshot->batch = g_strdup(standing->batch_name);
    snapshot->state = standing->state;
    snapshot->candidate = masked_candidate(platform, standing->exam_no);
    if (standing->id != 0)
        add_application(platform, snapshot, standing);
    g_ptr_array_unref(snapshot->allowed);
    snapshot->allowed = application_allowed((enum application_state)standing->state, &standing->facts);
    snapshot->window = g_steal_pointer(&standing->batch);
    return snapshot;
}

struct application *snapshot_new(struct platform *platform, const char *exam_no)
{
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, exam_no);
    return snapshot_of(platform, standing);
}

struct application *snapshot_of_application(struct platform *platform, int64_t id)
{
    g_autoptr(standing_auto) standing = standing_of_application(platform, id);
    g_autoptr(standing_auto) current = standing_of_candidate(platform, standing->exam_no);
    struct application *snapshot = snapshot_of(platform, standing);
    if (current->id != id)
        g_ptr_array_set_size(snapshot->allowed, 0);
    return snapshot;
}
