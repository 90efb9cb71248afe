/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "phone.h"

#include <curl/curl.h>
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define PAGE_MAX    (1024 * 1024)
#define DEADLINE_MS 20000L

static size_t collect(char *bytes, size_t size, size_t n, void *user)
{
    GString *page = user;
    if (page->len + size * n > PAGE_MAX)
        return 0;
    g_string_append_len(page, bytes, (gssize)(size * n));
    return size * n;
}

long phone_request(const char *address, const char *form, char **ret_body)
{
    GString *page = g_string_new(NULL);
    long status = 0;
    CURL *curl = curl_easy_init();
    curl_easy_setopt(curl, CURLOPT_URL, address);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "Mozilla/5.0 (Linux; Android 14) Mobile");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, DEADLINE_MS);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 3L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, page);
    if (form != NULL)
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form);
    if (curl_easy_perform(curl) == CURLE_OK)
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(curl);
    if (ret_body != NULL)
        *ret_body = g_string_free(page, FALSE);
    else
        g_string_free(page, TRUE);
    return status;
}

static char *fetch(const char *address, const char *form)
{
    char *page = NULL;
    long status = phone_request(address, form, &page);
    if (status != 200) {
        fprintf(stderr, "%s %s answered %ld:\n%s\n", form == NULL ? "GET" : "POST", address, status, page);
        fail();
    }
    return page;
}

char *phone_open(const char *address)
{
    return fetch(address, NULL);
}

/* Where the form that has this button goes; NULL when no form has it. Our pages have one attribute order, written by us. */
static char *form_target(const char *page, const char *action, const char *address)
{
    g_autofree char *button = g_strdup_printf("name=\"action\" value=\"%s\"", action);
    const char *at = strstr(page, button);
    const char *form = at == NULL ? NULL : g_strrstr_len(page, at - page, "<form ");
    if (form == NULL || g_strstr_len(form, at - form, "</form>") != NULL)
        return NULL;
    const char *end = strchr(form, '>');
    const char *target = g_strstr_len(form, end - form, "action=\"");
    if (target == NULL)
        return g_strdup(address);
    target += strlen("action=\"");
    g_autofree char *path = g_strndup(target, strcspn(target, "\""));
    return g_uri_resolve_relative(address, path, G_URI_FLAGS_NONE, NULL);
}

char *phone_press(const char *address, const char *action)
{
    char *page = phone_open(address);
    char *target = form_target(page, action, address);
    if (target == NULL) {
        fprintf(stderr, "%s has no form with the button %s:\n%s\n", address, action, page);
        fail();
    }
    g_free(page);
    g_autofree char *form = g_strdup_printf("action=%s", action);
    page = fetch(target, form);
    g_free(target);
    return page;
}

char *phone_text(const char *html)
{
    static const char *const entities[][2] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
    g_autoptr(GRegex) hidden =
        g_regex_new("<(style|head|script)\\b.*?</\\1>", G_REGEX_DOTALL | G_REGEX_CASELESS, 0, NULL);
    g_autoptr(GRegex) tags = g_regex_new("<[^>]*>|\\s+", 0, 0, NULL);
    g_autofree char *body = g_regex_replace_literal(hidden, html, -1, 0, " ", 0, NULL);
    g_autofree char *spaced = g_regex_replace_literal(tags, body, -1, 0, " ", 0, NULL);
    GString *text = g_string_new(spaced);
    for (size_t i = 0; i < G_N_ELEMENTS(entities); i++)
        g_string_replace(text, entities[i][0], entities[i][1], 0);
    while (g_string_replace(text, "  ", " ", 0) > 0)
        ;
    return g_strstrip(g_string_free(text, FALSE));
}
