#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Formatted as .clang-format says; `make format` does it. Scripts parse.
set -u
clang-format --dry-run -Werror --ferror-limit=2 src/*.[ch] src/*/*.[ch] tests/*.[ch] tests/*/*.[ch] || exit 1
for script in .ci/run tests/*.sh tests/*/*.sh; do
    sh -n "$script" || exit 1
done
wrong=$(grep -nE '[[:blank:]]+$' src/*.[ch] src/*/*.[ch] tests/*.[ch] tests/*/*.[ch] tests/*.sh tests/*/*.sh forms/*.conf forms/*/*.conf Makefile)
[ -z "$wrong" ] || { echo "Blanks at the end of a line:"; echo "$wrong"; exit 1; }
