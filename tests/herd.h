/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many HTTP clients at once, each with a connection that it keeps, each sending its next request as soon as it has its answer: what a
 * server does in a second. One thread, epoll; as little work for each answer as possible, for server and clients share a machine.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "samples.h"

struct herd_options {
    const char *url; /* "http://127.0.0.1:PORT" */
    guint clients;
    double seconds; /* then nobody begins another request */
    int status;     /* that is wanted */
    /* Writes the next whole request, head and body. False = there are none left. */
    bool (*next)(GString *request, gpointer data);
    gpointer data;
};

struct herd_result {
    guint answers, wrong; /* wrong: another status, or a connection that broke */
    double seconds;
    struct samples latency; /* ms, of each answer; samples_clear() */
    char *wrong_answer;     /* the first one; g_free() */
};

void herd_run(const struct herd_options *options, struct herd_result *result);
