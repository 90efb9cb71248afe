/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/import_rows.h"

#include <string.h>

#include "base/text.h"
#include "graduation/batch.h"
#include "graduation/id_number.h"
#include "graduation/plan.h"
#include "platformd/passwords.h"
#include "wire/api.h"

#define KEY RECORD_REQUIRED | RECORD_KEY

/* ---------------------------------------------------------------- plans */

struct plan_row {
    char *major_code, *plan_version, *major_name;
    int level;
    char *school;
    int64_t min_credits, min_courses, elective_min_credits;
    bool requires_prior_degree;
};
static const struct record_field plan_fields[] = {
    {"major_code", RECORD_STRING, offsetof(struct plan_row, major_code), KEY, .min = 1, .max = 12},
    {"plan_version", RECORD_STRING, offsetof(struct plan_row, plan_version), KEY, .min = 1, .max = 20},
    {"major_name", RECORD_STRING, offsetof(struct plan_row, major_name), RECORD_REQUIRED, .min = 1, .max = 50},
    {"level", RECORD_WORD, offsetof(struct plan_row, level), RECORD_REQUIRED, .words = plan_level_words},
    {"school", RECORD_STRING, offsetof(struct plan_row, school), RECORD_REQUIRED, .min = 1, .max = 50},
    {"min_credits", RECORD_INTEGER, offsetof(struct plan_row, min_credits), RECORD_REQUIRED, .max = 1000},
    {"min_courses", RECORD_INTEGER, offsetof(struct plan_row, min_courses), RECORD_REQUIRED, .max = 100},
    {"elective_min_credits", RECORD_INTEGER, offsetof(struct plan_row, elective_min_credits), 0, .max = 1000},
    {"requires_prior_degree", RECORD_BOOLEAN, offsetof(struct plan_row, requires_prior_degree)},
};
static const struct record_type plan_row_record = RECORD_TYPE(plan_row, plan_fields);

struct plan_course_row {
    char *major_code, *plan_version, *course_code, *course_name;
    int64_t credits;
    int type;
    char *group;
    int64_t group_min_courses, group_min_credits;
    bool counts_credit;
    int substitutable;
    char *old_codes;
};
static const struct record_field plan_course_fields[] = {
    {"major_code", RECORD_STRING, offsetof(struct plan_course_row, major_code), KEY, .min = 1, .max = 12},
    {"plan_version", RECORD_STRING, offsetof(struct plan_course_row, plan_version), KEY, .min = 1, .max = 20},
    {"course_code", RECORD_STRING, offsetof(struct plan_course_row, course_code), KEY, .min = 5, .max = 5},
    {"course_name", RECORD_STRING, offsetof(struct plan_course_row, course_name), RECORD_REQUIRED, .min = 1, .max = 50},
    {"credits", RECORD_INTEGER, offsetof(struct plan_course_row, credits), RECORD_REQUIRED, .max = 100},
    {"type", RECORD_WORD, offsetof(struct plan_course_row, type), RECORD_REQUIRED, .words = course_type_words},
    {"group", RECORD_STRING, offsetof(struct plan_course_row, group), .max = 20},
    {"group_min_courses", RECORD_INTEGER, offsetof(struct plan_course_row, group_min_courses), .max = 100},
    {"group_min_credits", RECORD_INTEGER, offsetof(struct plan_course_row, group_min_credits), .max = 1000},
    {"counts_credit", RECORD_BOOLEAN, offsetof(struct plan_course_row, counts_credit), .initial = "true"},
    {"substitutable", RECORD_WORD, offsetof(struct plan_course_row, substitutable), .words = substitutable_words},
    {"old_codes", RECORD_STRING, offsetof(struct plan_course_row, old_codes), .max = 100},
};
static const struct record_type plan_course_row_record = RECORD_TYPE(plan_course_row, plan_course_fields);

static const char *check_plan_course(struct platform *platform, void *row)
{
    (void)platform;
    const struct plan_course_row *course = row;
    return course_code_valid(course->course_code) ? NULL : "course_code: not five digits";
}

/* ---------------------------------------------------------------- candidates */

struct candidate_row {
    char *exam_no, *id_no, *name;
    int sex;
    char *mobile, *address, *county_code, *password, *photo_file;
    GPtrArray *majors; /* "120402/new" */
};
/* The list of majors comes last: it has its own table and its own statement. */
static const struct record_field candidate_fields[] = {
    {"exam_no", RECORD_STRING, offsetof(struct candidate_row, exam_no), KEY, .max = 12},
    {"id_no", RECORD_STRING, offsetof(struct candidate_row, id_no), RECORD_REQUIRED | RECORD_SECRET, .max = 18},
    {"name", RECORD_STRING, offsetof(struct candidate_row, name), RECORD_REQUIRED | RECORD_SECRET, .min = 1, .max = 50},
    {"sex", RECORD_WORD, offsetof(struct candidate_row, sex), .words = sex_words},
    {"mobile", RECORD_STRING, offsetof(struct candidate_row, mobile), RECORD_SECRET, .max = 20},
    {"address", RECORD_STRING, offsetof(struct candidate_row, address), RECORD_SECRET, .max = 60},
    {"county_code", RECORD_STRING, offsetof(struct candidate_row, county_code), .max = 12},
    {"password", RECORD_STRING, offsetof(struct candidate_row, password), RECORD_SECRET, .max = 128},
    {"photo_file", RECORD_STRING, offsetof(struct candidate_row, photo_file), .max = 100},
    {"majors", RECORD_STRINGS, offsetof(struct candidate_row, majors), .max = 20},
};
static const struct record_type candidate_row_record = RECORD_TYPE(candidate_row, candidate_fields);

/* Capital X and no spaces, whatever the file has. */
static void normalise(char **number)
{
    char *clean = text_half_width(*number);
    g_free(*number);
    *number = clean;
}

static void hash_password(const struct platform *platform, const char *person, char **password)
{
    if (!*password || !**password)
        return;
    char *hash = passwords_imported(platform->key, person, *password);
    explicit_bzero(*password, strlen(*password));
    g_free(*password);
    *password = hash;
}

static const char *check_candidate(struct platform *platform, void *row)
{
    struct candidate_row *candidate = row;
    normalise(&candidate->id_no);
    if (!exam_no_valid(candidate->exam_no))
        return "exam_no: not twelve digits";
    if (id_number_check(candidate->id_no, clock_day(platform_now(platform))) != ID_OK)
        return "id_no: not an identity number (length, date or check character)";
    if (candidate->county_code && !code_find(&platform->tables, CODE_DIVISION, candidate->county_code))
        return "county_code: unknown";
    if (candidate->photo_file && strchr(candidate->photo_file, '/'))
        return "photo_file: a name without folders is needed";
    if (candidate->sex == SEX_UNKNOWN)
        candidate->sex = id_number_sex(candidate->id_no);
    hash_password(platform, candidate->exam_no, &candidate->password);
    return NULL;
}

static bool store_majors(struct platform *platform, const void *row)
{
    const struct candidate_row *candidate = row;
    bool stored =
        database_run(platform->db, "DELETE FROM candidate_majors WHERE exam_no = ?1", WITH(v_text(candidate->exam_no)));
    for (guint i = 0; stored && i < candidate->majors->len; i++) {
        g_auto(GStrv) parts = g_strsplit(candidate->majors->pdata[i], "/", 2);
        stored = parts[0] && parts[1] &&
                 database_run(platform->db,
                              "INSERT INTO candidate_majors (exam_no, position, major_code, plan_version)"
                              " VALUES (?1, ?2, ?3, ?4)",
                              WITH(v_text(candidate->exam_no), v_integer(i), v_text(parts[0]), v_text(parts[1])));
    }
    return stored;
}

/* ---------------------------------------------------------------- results */

struct result_row {
    char *exam_no, *course_code, *course_name;
    int64_t credits, score;
    char *passed_on;
    bool used, exempt;
};
static const struct record_field result_fields[] = {
    {"exam_no", RECORD_STRING, offsetof(struct result_row, exam_no), KEY, .max = 12},
    {"course_code", RECORD_STRING, offsetof(struct result_row, course_code), KEY, .min = 5, .max = 5},
    {"course_name", RECORD_STRING, offsetof(struct result_row, course_name), RECORD_REQUIRED, .min = 1, .max = 50},
    {"credits", RECORD_INTEGER, offsetof(struct result_row, credits), RECORD_REQUIRED, .max = 100},
    {"score", RECORD_INTEGER, offsetof(struct result_row, score), .max = 100},
    {"passed_on", RECORD_STRING, offsetof(struct result_row, passed_on), .max = 10},
    {"used", RECORD_BOOLEAN, offsetof(struct result_row, used)},
    {"exempt", RECORD_BOOLEAN, offsetof(struct result_row, exempt)},
};
static const struct record_type result_row_record = RECORD_TYPE(result_row, result_fields);

static const char *check_result(struct platform *platform, void *row)
{
    (void)platform;
    const struct result_row *result = row;
    if (!course_code_valid(result->course_code))
        return "course_code: not five digits";
    return result->passed_on && clock_day_parse(result->passed_on) == 0 ? "passed_on: not a date" : NULL;
}

/* ---------------------------------------------------------------- prior degrees */

struct prior_degree_row {
    char *id_no, *certificate_no, *name, *school, *major, *level, *graduated_on, *status;
};
static const struct record_field prior_degree_fields[] = {
    {"id_no", RECORD_STRING, offsetof(struct prior_degree_row, id_no), KEY | RECORD_SECRET, .max = 18},
    {"certificate_no", RECORD_STRING, offsetof(struct prior_degree_row, certificate_no), KEY, .min = 1, .max = 30},
    {"name", RECORD_STRING, offsetof(struct prior_degree_row, name), RECORD_REQUIRED | RECORD_SECRET, .max = 50},
    {"school", RECORD_STRING, offsetof(struct prior_degree_row, school), RECORD_REQUIRED, .max = 50},
    {"major", RECORD_STRING, offsetof(struct prior_degree_row, major), .max = 50},
    {"level", RECORD_STRING, offsetof(struct prior_degree_row, level), RECORD_REQUIRED, .max = 20},
    {"graduated_on", RECORD_STRING, offsetof(struct prior_degree_row, graduated_on), RECORD_REQUIRED, .max = 10},
    {"status", RECORD_STRING, offsetof(struct prior_degree_row, status), RECORD_REQUIRED, .max = 10},
};
static const struct record_type prior_degree_row_record = RECORD_TYPE(prior_degree_row, prior_degree_fields);

static const char *check_prior_degree(struct platform *platform, void *row)
{
    struct prior_degree_row *degree = row;
    (void)platform;
    normalise(&degree->id_no);
    if (strcmp(degree->status, "毕业") != 0 && strcmp(degree->status, "结业") != 0)
        return "status: neither 毕业 nor 结业";
    return clock_day_parse(degree->graduated_on) == 0 ? "graduated_on: not a date" : NULL;
}

/* ---------------------------------------------------------------- batches and staff */

static const char *check_batch(struct platform *platform, void *row)
{
    (void)platform;
    const struct batch *batch = row;
    bool ordered =
        batch->apply_from < batch->apply_to && batch->pay_from < batch->pay_to && batch->handin_from < batch->handin_to;
    return ordered ? NULL : "a window ends before it begins";
}

struct staff_row {
    char *staff_no, *name, *county_code;
    int role;
    char *password;
};
static const struct record_field staff_fields[] = {
    {"staff_no", RECORD_STRING, offsetof(struct staff_row, staff_no), KEY, .min = 1, .max = 20},
    {"name", RECORD_STRING, offsetof(struct staff_row, name), RECORD_REQUIRED, .min = 1, .max = 50},
    {"county_code", RECORD_STRING, offsetof(struct staff_row, county_code), .max = 12},
    {"role", RECORD_WORD, offsetof(struct staff_row, role), RECORD_REQUIRED, .words = staff_role_words},
    {"password", RECORD_STRING, offsetof(struct staff_row, password), RECORD_SECRET, .max = 128},
};
static const struct record_type staff_row_record = RECORD_TYPE(staff_row, staff_fields);

static const char *check_staff(struct platform *platform, void *row)
{
    struct staff_row *staff = row;
    if (staff->role == STAFF_COUNTY && !code_find(&platform->tables, CODE_DIVISION, staff->county_code))
        return "county_code: unknown";
    hash_password(platform, staff->staff_no, &staff->password);
    return NULL;
}

/* ---------------------------------------------------------------- the tables */

/* clang-format off */
const struct import_kind import_kinds[IMPORT_KINDS] = {
    {"plans.tsv", &plan_row_record,
     "INSERT INTO plans VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO UPDATE SET"
     " major_name = ?3, level = ?4, school = ?5, min_credits = ?6, min_courses = ?7, elective_min_credits = ?8,"
     " requires_prior_degree = ?9",
     NULL, NULL, "the row was refused"},
    {"plan_courses.tsv", &plan_course_row_record,
     "INSERT INTO plan_courses VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
     " ON CONFLICT DO UPDATE SET course_name = ?4, credits = ?5, type = ?6, \"group\" = ?7, group_min_courses = ?8,"
     " group_min_credits = ?9, counts_credit = ?10, substitutable = ?11, old_codes = ?12, position = ?13",
     check_plan_course, NULL, "there is no plan of this major_code and plan_version", .positioned = true},
    {"candidates.tsv", &candidate_row_record,
     "INSERT INTO candidates VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (exam_no) DO UPDATE SET"
     " id_no = ?2, name = ?3, sex = ?4, mobile = coalesce(?5, mobile), address = ?6, county_code = ?7,"
     " password = coalesce(?8, password), photo_file = ?9",
     check_candidate, store_majors, "id_no: another candidate has it"},
    {"results.tsv", &result_row_record,
     "INSERT INTO results VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET"
     " course_name = ?3, credits = ?4, score = ?5, passed_on = ?6, used = ?7, exempt = ?8",
     check_result, NULL, "exam_no: there is no such candidate"},
    {"prior_degrees.tsv", &prior_degree_row_record,
     "INSERT INTO prior_degrees (id_no, certificate_no, name, school, major, level, graduated_on, status)"
     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET"
     " name = ?3, school = ?4, major = ?5, level = ?6, graduated_on = ?7, status = ?8",
     check_prior_degree, NULL, "the row was refused"},
    {"batches.tsv", &batch_record,
     "INSERT INTO batches VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET"
     " apply_from = ?2, apply_to = ?3, pay_from = ?4, pay_to = ?5, handin_from = ?6, handin_to = ?7, fee_fen = ?8"
     "",
     check_batch, NULL, "the row was refused"},
    {"staff.tsv", &staff_row_record,
     "INSERT INTO staff VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET"
     " name = ?2, county_code = ?3, role = ?4, password = coalesce(?5, password)",
     check_staff, NULL, "the row was refused"},
};
/* clang-format on */
