/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/courses.h"

#include <string.h>

/* Rows of plans that mean the course ?1: by their own code, or by one of the old ones. */
#define MEANT "(course_code = ?1 OR instr(' ' || coalesce(old_codes, '') || ' ', ' ' || ?1 || ' ') > 0)"

/* Plans may differ: what one of them allows is allowed. A course's own name comes before that of its successor. */
struct api_course *courses_find(struct platform *platform, const char *code)
{
    return database_row(platform->db, &api_course_record,
                        "SELECT ?1 AS code, course_name AS name, credits,"
                        " max(substitutable IN ('english-zk', 'maths')) OVER () AS exemptible,"
                        " max(type = '实践') OVER () AS practice FROM plan_courses WHERE " MEANT
                        " ORDER BY course_code <> ?1, major_code, plan_version LIMIT 1",
                        WITH(v_text(code)));
}

GPtrArray *courses_family(struct platform *platform, const char *code)
{
    GPtrArray *family = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) rows = database_texts(
        platform->db, "SELECT course_code || ' ' || coalesce(old_codes, '') FROM plan_courses WHERE " MEANT,
        WITH(v_text(code)));
    g_ptr_array_add(family, g_strdup(code));
    for (guint i = 0; i < rows->len; i++) {
        g_auto(GStrv) codes = g_strsplit(rows->pdata[i], " ", -1);
        for (size_t n = 0; codes[n]; n++)
            if (*codes[n] && !g_ptr_array_find_with_equal_func(family, codes[n], g_str_equal, NULL))
                g_ptr_array_add(family, g_strdup(codes[n]));
    }
    return family;
}

void courses_get(struct request *request)
{
    request->answer = course_code_valid(request->argument) ? courses_find(request->platform, request->argument) : NULL;
    if (!request->answer)
        request_refuse(request, 404, "platform.course_unknown", "code");
}
