/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/effect.h"

#include <string.h>

const char *const session_file_words[] = {"none", "upload", "photo", "sheet.pdf", "archive", NULL};

void outbox_item_free(struct outbox_item *item)
{
    if (!item)
        return;
    record_free(api_entries[item->call].request, item->body);
    g_free(item->idempotency_key);
    g_free(item);
}

static const struct record_type *record_of(const struct effect *effect)
{
    return effect->kind == EFFECT_HELPER ? helper_jobs[effect->job].request : api_entries[effect->call].request;
}

void effect_free(struct effect *effect)
{
    if (!effect)
        return;
    if (effect->record)
        record_free(record_of(effect), effect->record);
    if (effect->text)
        explicit_bzero(effect->text, strlen(effect->text)); /* may be a token or an ID number */
    g_free(effect->text);
    g_free(effect->detail);
    g_free(effect->argument);
    for (size_t i = 0; i < G_N_ELEMENTS(effect->query); i++) {
        g_free(effect->query[i][0]);
        g_free(effect->query[i][1]);
    }
    g_free(effect->idempotency_key);
    g_free(effect->name);
    g_free(effect->print.job_name);
    g_free(effect->print.sha256);
    g_free(effect->print.job_uuid);
    g_free(effect->print.outcome);
    g_free(effect);
}

struct effect *effect_copy(const struct effect *effect)
{
    struct effect *copy = g_memdup2(effect, sizeof *effect);
    copy->record = effect->record ? record_copy(record_of(effect), effect->record) : NULL;
    copy->text = g_strdup(effect->text);
    copy->detail = g_strdup(effect->detail);
    copy->argument = g_strdup(effect->argument);
    for (size_t i = 0; i < G_N_ELEMENTS(copy->query); i++) {
        copy->query[i][0] = g_strdup(effect->query[i][0]);
        copy->query[i][1] = g_strdup(effect->query[i][1]);
    }
    copy->idempotency_key = g_strdup(effect->idempotency_key);
    copy->name = g_strdup(effect->name);
    copy->print.job_name = g_strdup(effect->print.job_name);
    copy->print.sha256 = g_strdup(effect->print.sha256);
    copy->print.job_uuid = g_strdup(effect->print.job_uuid);
    copy->print.outcome = g_strdup(effect->print.outcome);
    return copy;
}
