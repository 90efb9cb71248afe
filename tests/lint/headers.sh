#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every header compiles alone, so that including it is enough.
printf '%s\n' src/*.h src/*/*.h tests/*.h |
    xargs -P "$(nproc)" -I '{}' sh -c "echo '#include \"{}\"' | $LINT_CC -I. -w -fsyntax-only -x c - || echo 'Not self-contained: {}'" 2>&1 |
    grep . && exit 1
exit 0
