#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every C file compiles without a warning.
printf '%s\n' src/*.c src/*/*.c tests/*.c tests/*/*.c |
    xargs -P "$(nproc)" -n 8 sh -c "$LINT_CC -fsyntax-only \"\$@\" || exit 255" lint
