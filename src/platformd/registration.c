/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/registration.h"

#include "graduation/candidate.h"
#include "graduation/id_number.h"
#include "platformd/registry.h"
#include "platformd/snapshot.h"
#include "platformd/standing.h"
#include "wire/json.h"

static int64_t latest_version(struct platform *platform, int64_t application)
{
    return database_integer(platform->db, "SELECT max(version) FROM registration_forms WHERE application = ?1",
                            WITH(v_integer(application)), 0);
}

/* The rules of the form once more: a terminal's checks are a courtesy. The first fault is answered. */
static bool check_form(struct request *request, const struct registration_form *form, const struct standing *standing)
{
    struct platform *platform = request->platform;
    struct candidate *candidate = registry_candidate(platform, request->exam_no);
    if (!candidate)
        return false; /* unreadable: the transaction is spoiled */
    struct form_context context = {
        .tables = &platform->tables,
        .today = clock_day(platform_now(platform)),
        .birth = id_number_birth(candidate->id_no),
        .bachelor = standing->facts.bachelor,
        .work_required = !platform->policy->never_worked,
    };
    g_autoptr(GPtrArray) faults = registration_form_check(form, &context);
    if (faults->len > 0) {
        const struct form_fault *fault = faults->pdata[0];
        request_refuse(request, 422, g_intern_string(fault->key), fault->field);
    }
    record_free(&candidate_record, candidate);
    return faults->len == 0;
}

void registration_put(struct request *request)
{
    struct platform *platform = request->platform;
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (request_refused(request, standing_move(platform, standing, EVENT_SAVE_FORM, ACTOR_CANDIDATE)) ||
        !check_form(request, request->body, standing))
        return;
    struct registration_form *form = record_copy(&registration_form_record, request->body);
    form->version = latest_version(platform, standing->id) + 1;
    g_autofree char *body = wire_write(&registration_form_record, form);
    (void)database_run(
        platform->db, "INSERT INTO registration_forms (application, version, body, saved_at) VALUES (?1, ?2, ?3, ?4)",
        WITH(v_integer(standing->id), v_integer(form->version), v_text(body), v_integer(platform_now(platform))));
    record_free(&registration_form_record, form);
    request->answer = snapshot_new(platform, request->exam_no);
}

void registration_record_print(struct request *request)
{
    struct platform *platform = request->platform;
    const struct api_print *print = request->body;
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (request_refused(request, standing_move(platform, standing, EVENT_RECORD_PRINT, ACTOR_CANDIDATE)))
        return;
    if (print->form_version < 1 || print->form_version > latest_version(platform, standing->id)) {
        request_refuse(request, 422, "platform.form_version_unknown", "form_version");
        return;
    }
    (void)database_run(platform->db,
                       "INSERT INTO prints (application, form_version, copies, outcome, at)"
                       " VALUES (?1, ?2, ?3, ?4, ?5)",
                       WITH(v_integer(standing->id), v_integer(print->form_version), v_integer(print->copies),
                            v_text(print_outcome_words[print->outcome]), v_integer(platform_now(platform))));
    request->answer = snapshot_new(platform, request->exam_no);
}
