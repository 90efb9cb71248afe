/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/registry.h"

/* Puts a list from the database in the place of the empty one. */
static void set_list(GPtrArray **list, GPtrArray *rows)
{
    g_ptr_array_unref(*list);
    *list = rows;
}

struct plan *registry_plan(struct platform *platform, const char *major, const char *version)
{
    struct plan *plan = database_row(platform->db, &plan_record,
                                     "SELECT major_code, plan_version, major_name, level, school, min_credits,"
                                     " min_courses, elective_min_credits, requires_prior_degree"
                                     " FROM plans WHERE major_code = ?1 AND plan_version = ?2",
                                     WITH(v_text(major), v_text(version)));
    if (!plan)
        return NULL;
    set_list(&plan->courses,
             database_rows(platform->db, &plan_course_record,
                           "SELECT course_code, course_name, credits, type, \"group\", group_min_courses,"
                           " group_min_credits, counts_credit, substitutable, old_codes"
                           " FROM plan_courses WHERE major_code = ?1 AND plan_version = ?2 ORDER BY position",
                           WITH(v_text(major), v_text(version))));
    return plan;
}

struct candidate *registry_candidate(struct platform *platform, const char *exam_no)
{
    struct candidate *candidate =
        database_row(platform->db, &candidate_record,
                     "SELECT exam_no, id_no, name, sex, mobile, address, county_code FROM candidates"
                     " WHERE exam_no = ?1",
                     WITH(v_text(exam_no)));
    if (!candidate)
        return NULL;
    set_list(&candidate->majors,
             database_rows(platform->db, &candidate_major_record,
                           "SELECT p.major_code AS code, p.plan_version AS version, p.major_name AS name, p.school,"
                           " p.level, p.requires_prior_degree FROM candidate_majors m JOIN plans p"
                           " USING (major_code, plan_version) WHERE m.exam_no = ?1 ORDER BY m.position",
                           WITH(v_text(exam_no))));
    return candidate;
}

#define BATCH_COLUMNS                                                                                                  \
    "SELECT batch, apply_from, apply_to, pay_from, pay_to, handin_from, handin_to, fee_fen FROM batches"

struct batch *registry_batch_now(struct platform *platform, int64_t now)
{
    struct batch *batch =
        database_row(platform->db, &batch_record,
                     BATCH_COLUMNS " WHERE apply_from <= ?1 ORDER BY apply_from DESC LIMIT 1", WITH(v_integer(now)));
    return batch ? batch
                 : database_row(platform->db, &batch_record, BATCH_COLUMNS " ORDER BY apply_from LIMIT 1", WITHOUT);
}

struct batch *registry_batch(struct platform *platform, const char *name)
{
    return database_row(platform->db, &batch_record, BATCH_COLUMNS " WHERE batch = ?1", WITH(v_text(name)));
}

GPtrArray *registry_results(struct platform *platform, const char *exam_no)
{
    return database_rows(platform->db, &result_record,
                         "SELECT course_code, course_name, credits, score, passed_on, used, exempt FROM results"
                         " WHERE exam_no = ?1 ORDER BY course_code",
                         WITH(v_text(exam_no)));
}

char *registry_plan_version(struct platform *platform, const char *exam_no, const char *major)
{
    char *version = database_text(platform->db,
                                  "SELECT plan_version FROM candidate_majors WHERE exam_no = ?1 AND major_code = ?2"
                                  " ORDER BY position LIMIT 1",
                                  WITH(v_text(exam_no), v_text(major)));
    return version ? version
                   : database_text(platform->db,
                                   "SELECT plan_version FROM plans WHERE major_code = ?1 ORDER BY plan_version LIMIT 1",
                                   WITH(v_text(major)));
}
