/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crowd.h"

#include <stdio.h>
#include <string.h>

#define PLAN_COURSES 17
#define BIRTH_DAYS   12000 /* from 1970 on */

static FILE *open_table(const char *folder, const char *name, const char *header)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    FILE *file = fopen(path, "we");
    if (!file)
        g_error("%s cannot be written", path);
    (void)fprintf(file, "%s\n", header);
    return file;
}

static void close_table(FILE *file)
{
    if (ferror(file) || fclose(file) != 0)
        g_error("a table cannot be written");
}

void crowd_exam_no(guint n, char exam_no[13])
{
    (void)g_snprintf(exam_no, 13, "0101%08u", n);
}

/* A number that passes every check: birth date and sequence from n, the check character of GB 11643. */
static void id_no(guint n, char number[19])
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    g_autoptr(GDate) birth = g_date_new_dmy(1, G_DATE_JANUARY, 1970);
    g_date_add_days(birth, n % BIRTH_DAYS);
    (void)g_snprintf(number, 19, CROWD_COUNTY "%04u%02u%02u%03u", (unsigned)g_date_get_year(birth),
                     (unsigned)g_date_get_month(birth), (unsigned)g_date_get_day(birth), n / BIRTH_DAYS % 1000);
    for (size_t i = 0; i < G_N_ELEMENTS(weights); i++)
        sum += weights[i] * (number[i] - '0');
    number[17] = "10X98765432"[sum % 11];
    number[18] = '\0';
}

static void write_plan(const char *folder)
{
    FILE *plans = open_table(folder, "plans.tsv",
                             "major_code\tplan_version\tmajor_name\tlevel\tschool\tmin_credits\tmin_courses\t"
                             "elective_min_credits\trequires_prior_degree");
    (void)fprintf(plans, CROWD_MAJOR "\tnew\t行政管理\t专科\t山西大学\t70\t15\t0\t0\n");
    close_table(plans);
    FILE *courses = open_table(folder, "plan_courses.tsv",
                               "major_code\tplan_version\tcourse_code\tcourse_name\tcredits\ttype\tgroup\t"
                               "group_min_courses\tgroup_min_credits\tcounts_credit\tsubstitutable\told_codes");
    for (int i = 0; i < PLAN_COURSES; i++)
        (void)fprintf(courses, CROWD_MAJOR "\tnew\t%05d\t课程之%d\t5\t必考\t\t\t\t1\t\t\n", 100 + i, i);
    close_table(courses);
}

static void write_batch(const char *folder)
{
#define WINDOW "\t2026-12-01T08:00:00+08:00\t2026-12-09T18:00:00+08:00"
    FILE *batches = open_table(folder, "batches.tsv",
                               "batch\tapply_from\tapply_to\tpay_from\tpay_to\thandin_from\thandin_to\tfee_fen");
    (void)fprintf(batches, "2026-2" WINDOW WINDOW WINDOW "\t4000\n");
    close_table(batches);
#undef WINDOW
}

static void write_people(const char *folder, guint candidates)
{
    FILE *people = open_table(folder, "candidates.tsv",
                              "exam_no\tid_no\tname\tsex\tmobile\taddress\tcounty_code\tpassword\tphoto_file\tmajors");
    FILE *results =
        open_table(folder, "results.tsv", "exam_no\tcourse_code\tcourse_name\tcredits\tscore\tpassed_on\tused\texempt");
    for (guint n = 0; n < candidates; n++) {
        char exam_no[13], id[19];
        crowd_exam_no(n, exam_no);
        id_no(n, id);
        (void)fprintf(people,
                      "%s\t%s\t考生%u\t\t138%08u\t山西省太原市小店区平阳路%u号\t" CROWD_COUNTY "\t\t\t" CROWD_MAJOR
                      "/new\n",
                      exam_no, id, n, n, n % 500);
        for (int i = 0; i < CROWD_RESULTS; i++)
            (void)fprintf(results, "%s\t%05d\t课程之%d\t5\t%d\t20%02d-%s\t0\t0\n", exam_no, 100 + i, i,
                          60 + (int)(n + (guint)i) % 41, 15 + i / 2, i % 2 ? "10-28" : "04-15");
    }
    close_table(people);
    close_table(results);
}

void crowd_write(const char *folder, guint candidates)
{
    write_plan(folder);
    write_batch(folder);
    write_people(folder, candidates);
}
