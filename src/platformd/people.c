/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/people.h"

#include "base/text.h"
#include "graduation/id_number.h"
#include "platformd/logins.h"
#include "platformd/throttle.h"

static const struct login_kind candidates = {
    .call = API_LOGIN,
    .token_purpose = "session",
    .account_purpose = THROTTLE_PERSON,
    .refused = "platform.login_failed",
    .password = "SELECT password FROM candidates WHERE exam_no = ?1",
    .upgrade = "UPDATE candidates SET password = ?2 WHERE exam_no = ?1",
    .begin = "INSERT INTO logins (token_hash, exam_no, used_at) VALUES (?1, ?2, ?3)",
    .person = "SELECT exam_no FROM logins WHERE token_hash = ?1",
    .used_at = "SELECT used_at FROM logins WHERE token_hash = ?1",
    .use = "UPDATE logins SET used_at = ?2 WHERE token_hash = ?1 AND used_at < ?2",
    .end = "DELETE FROM logins WHERE token_hash = ?1",
    .forget = "DELETE FROM logins WHERE used_at < ?1",
};

/* The candidate of an ID or exam number, NULL when there is none. */
static char *find_account(struct platform *platform, const char *account)
{
    const char *sql = account_kind(account, clock_day(platform_now(platform))) == ACCOUNT_EXAM_NO
                          ? "SELECT exam_no FROM candidates WHERE exam_no = ?1"
                          : "SELECT exam_no FROM candidates WHERE id_no = ?1";
    return database_text(platform->db, sql, WITH(v_text(account)));
}

/* Whichever number is typed, failures are counted on the person. */
void people_login(struct request *request)
{
    const struct api_login *given = request->body;
    g_autofree char *account = text_half_width(given->account);
    g_autofree char *exam_no = find_account(request->platform, account);
    logins_check(request, &candidates, exam_no, exam_no ? exam_no : account, given->password);
}

void people_logout(struct request *request)
{
    logins_end(request, &candidates);
}

char *people_of_token(struct platform *platform, const char *token)
{
    return logins_person(platform, &candidates, token);
}

void people_forget(struct platform *platform)
{
    logins_forget(platform, &candidates);
}
