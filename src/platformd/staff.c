/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/staff.h"

#include "platformd/logins.h"

static const struct login_kind workers = {
    .call = API_STAFF_LOGIN,
    .token_purpose = "staff session",
    .account_purpose = "staff account",
    .refused = "staff.login_failed",
    .password = "SELECT password FROM staff WHERE staff_no = ?1",
    .upgrade = "UPDATE staff SET password = ?2 WHERE staff_no = ?1",
    .begin = "INSERT INTO staff_logins (token_hash, staff_no, used_at) VALUES (?1, ?2, ?3)",
    .person = "SELECT staff_no FROM staff_logins WHERE token_hash = ?1",
    .used_at = "SELECT used_at FROM staff_logins WHERE token_hash = ?1",
    .use = "UPDATE staff_logins SET used_at = ?2 WHERE token_hash = ?1 AND used_at < ?2",
    .end = "DELETE FROM staff_logins WHERE token_hash = ?1",
    .forget = "DELETE FROM staff_logins WHERE used_at < ?1",
};

/* Read at each call: who has moved to another office works there from now on. */
static struct api_staff *find(struct platform *platform, const char *staff_no)
{
    return database_row(platform->db, &api_staff_record,
                        "SELECT staff_no, name, county_code AS county, role FROM staff WHERE staff_no = ?1",
                        WITH(v_text(staff_no)));
}

void staff_login(struct request *request)
{
    const struct api_staff_login *given = request->body;
    struct api_staff *staff = find(request->platform, given->staff_no);
    logins_check(request, &workers, staff ? staff->staff_no : NULL, given->staff_no, given->password);
    record_free(&api_staff_record, staff);
}

void staff_logout(struct request *request)
{
    logins_end(request, &workers);
}

void staff_me(struct request *request)
{
    request->answer = record_copy(&api_staff_record, request->staff);
}

struct api_staff *staff_of_token(struct platform *platform, const char *token)
{
    g_autofree char *staff_no = logins_person(platform, &workers, token);
    return staff_no ? find(platform, staff_no) : NULL;
}

void staff_forget(struct platform *platform)
{
    logins_forget(platform, &workers);
}

enum actor staff_actor(const struct api_staff *staff)
{
    return staff->role == STAFF_PROVINCE ? ACTOR_PROVINCE : ACTOR_COUNTY;
}

char *staff_sees(struct platform *platform, const struct api_staff *staff, int64_t application)
{
    const char *county = staff->role == STAFF_PROVINCE ? NULL : staff->county;
    if (staff->role != STAFF_PROVINCE && !county)
        return NULL;
    return database_text(platform->db, "SELECT exam_no FROM applications WHERE id = ?1 AND (?2 IS NULL OR county = ?2)",
                         WITH(v_integer(application), v_text(county)));
}
