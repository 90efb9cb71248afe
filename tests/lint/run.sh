#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make lint: every check of this folder, told one by one; exit code 0 only if all hold.
# LINT_CC is the compiler with all flags.
set -u
export LC_ALL=C.UTF-8
here=$(dirname "$0")
bad=0
for check in layers banned pure sizes format tree headers warnings cppcheck; do
    start=$(date +%s)
    if said=$(sh "$here/$check.sh" 2>&1); then
        printf 'ok      %-10s %3d s\n' $check $(($(date +%s) - start))
    else
        printf 'FAILED  %-10s\n%s\n' $check "$said"
        bad=1
    fi
done
exit $bad
