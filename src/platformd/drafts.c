/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/drafts.h"

#include <string.h>

#include "wire/json.h"

void drafts_get(struct request *request)
{
    g_autofree char *body = database_text(request->platform->db, "SELECT body FROM drafts WHERE exam_no = ?1",
                                          WITH(v_text(request->exam_no)));
    if (body)
        request->answer = wire_read(&api_draft_record, body, strlen(body), WIRE_LENIENT, NULL, NULL);
    if (!request->answer)
        request->answer = record_new(&api_draft_record);
}

/* Encoded anew: what is kept is what was understood. */
void drafts_put(struct request *request)
{
    g_autofree char *body = wire_write(&api_draft_record, request->body);
    if (strlen(body) > API_DRAFT_MAX) {
        request_refuse(request, 413, "platform.too_large", NULL);
        return;
    }
    (void)database_run(request->platform->db,
                       "INSERT INTO drafts (exam_no, body) VALUES (?1, ?2)"
                       " ON CONFLICT (exam_no) DO UPDATE SET body = excluded.body",
                       WITH(v_text(request->exam_no), v_text(body)));
}

void drafts_delete(struct request *request)
{
    (void)database_run(request->platform->db, "DELETE FROM drafts WHERE exam_no = ?1", WITH(v_text(request->exam_no)));
}
