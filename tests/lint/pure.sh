#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The rules and the session ask no clock, open no file, know no socket, log nothing and have no randomness of their own: records come in,
# records go out. (Forms are read by base/settings and base/tsv when the program starts.)
set -u
found=0
calls='time|clock_now|clock_monotonic_ms|clock_init|gettimeofday|clock_gettime|g_get_(real|monotonic)_time|g_date_time_new_now[a-z_]*'
calls="$calls|fopen|open|read|write|socket|connect|getenv|g_getenv|g_file_[a-z_]+|g_fopen|g_open|g_unlink|unlink|stat"
calls="$calls|secret_random|secret_token|g_random_[a-z_]+|random|getrandom|log_write|printf|fprintf|g_print[a-z]*|g_message|g_warning"
wrong=$(grep -nE "(^|[^a-zA-Z0-9_.>])($calls) *\(" src/graduation/*.c src/session/*.c | grep -vE '^[^:]*:[0-9]+: *(/?\*|//)')
[ -z "$wrong" ] || { echo "Not pure:"; echo "$wrong"; found=1; }
# Chinese for people is data: forms/. (Comments may name a term; the marks of a date are its form; settings have defaults.)
wrong=$(grep -nP '"[^"]*[\x{4e00}-\x{9fff}][^"]*"' src/session/*.c src/screen/*.c src/shell.c src/kiosk.c src/embedded.c |
    grep -vE '^[^:]*:[0-9]+: *(/?\*|//)' | grep -vE '"[^"]*年[^"]*月[^"]*日"')
[ -z "$wrong" ] || { echo "Words for people in C; they belong to forms/:"; echo "$wrong"; found=1; }
exit $found
