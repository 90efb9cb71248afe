/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/audit.h"

#include "wire/api.h"

const char *const audit_actor_words[] = {
    [ACTOR_CANDIDATE] = "candidate",
    [ACTOR_SYSTEM] = "system",
    [ACTOR_COUNTY] = "county",
    [ACTOR_PROVINCE] = "province",
    NULL,
};

void audit_append(struct platform *platform, int64_t application, enum application_event event, enum actor actor,
                  const struct audit_line *line)
{
    const char *who = line->actor ? line->actor : audit_actor_words[actor];
    (void)database_run(platform->db,
                       "INSERT INTO audit (at, application, actor, event, major, detail, reason)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                       WITH(v_integer(platform_now(platform)), v_integer(application), v_text(who),
                            v_text(application_event_words[event]), v_text(line->major), v_text(line->detail),
                            v_text(line->reason)));
}

GPtrArray *audit_read(struct platform *platform, int64_t application)
{
    return database_rows(platform->db, &api_audit_record,
                         "SELECT at, actor, event, major, detail, reason FROM (SELECT * FROM audit"
                         " WHERE application = ?1 ORDER BY id DESC LIMIT ?2) ORDER BY id",
                         WITH(v_integer(application), v_integer(AUDIT_SHOWN)));
}
