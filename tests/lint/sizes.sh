#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Files at most 600 lines (tests 800); functions: none over 80 lines, 98 of 100 at most 60, the median at most 16. No line over 140 columns.
# A function's body stands between a "{" and a "}" at the start of a line.
set -u
awk '
    FNR == 1 { open = 0 }
    { lines[FILENAME] = FNR }
    /^[a-zA-Z].*\(/ && !/;/ { head = $0 }
    /^{/ { open = FNR }
    /^}/ && open {
        n = FNR - open + 1
        length_of[count++] = n
        if (n > 80) { printf "%s:%d: %d lines: %s\n", FILENAME, open, n, head; bad = 1 }
        if (n > 60) long_list = long_list sprintf("%s:%d: %d lines: %s\n", FILENAME, open, n, head)
        if (n > 60) over++
        open = 0
    }
    END {
        for (file in lines) if (lines[file] > (file ~ /^tests/ ? 800 : 600)) { printf "%s: %d lines\n", file, lines[file]; bad = 1 }
        for (i = 0; i < count; i++) of[length_of[i]]++
        for (n = 1; seen * 2 < count; n++) seen += of[n]
        if (over * 50 > count) { printf "%d of %d functions are over 60 lines:\n%s", over, count, long_list; bad = 1 }
        if (n - 1 > 16) { printf "The median function has %d lines\n", n - 1; bad = 1 }
        exit bad
    }' src/*.[ch] src/*/*.[ch] tests/*.[ch] tests/*/*.[ch]
