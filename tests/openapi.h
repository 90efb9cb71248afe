/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * src/platformd/openapi.yaml as the tests hold the server to it: read by a YAML library, not by the records that the server writes
 * from. What it documents is looked up here, and JSON is compared with its schemas, which are closed: a member that a schema does
 * not name is a fault.
 *
 * Owns: the document, read once per test process and kept. What is returned is borrowed unless said otherwise.
 */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

/* The whole file. A file that is not sound YAML ends the test. */
const json_t *openapi_document(void);
/* What {"$ref": "#/…"} leads to; anything else is itself. */
const json_t *openapi_resolve(const json_t *node);

/* The call's description, or NULL. *ret_path: its path as written there ("/v1/plans/{major}"), NULL = none fits. */
const json_t *openapi_operation(const char *method, const char *path, const char **ret_path);
/* Of a call, by status; NULL = this status is not documented. */
const json_t *openapi_response(const json_t *operation, int status);
/* The schema of a response or request body for this media type ("text/html; charset=…"); NULL = none. */
const json_t *openapi_schema(const json_t *response_or_body, const char *type);

/* NULL = `value` is what the schema says; else what is wrong and where, newly allocated. `null_is_absent`: as in requests. */
char *openapi_fault(const json_t *schema, const json_t *value, bool null_is_absent);

typedef void (*openapi_answer_fn)(const char *method, const char *path, int status, gpointer data);
/* Every documented answer. */
void openapi_answers(openapi_answer_fn answer, gpointer data);
