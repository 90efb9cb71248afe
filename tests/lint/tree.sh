#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the tree holds: the top level of the design, licence lines, unique file names, no paths of one machine, nothing unfinished.
set -u
found=0
fault() { echo "$1"; found=1; }
if git rev-parse --git-dir >/dev/null 2>&1; then files=$(git -c core.quotepath=off ls-files); else files=$(find . -path ./build -prune -o -type f -print | sed 's:^\./::'); fi
known=' Makefile README.md LICENSE kiosk.conf src forms printers tests .ci .clang-format .clang-tidy .editorconfig .gitattributes .gitignore '
for entry in $(echo "$files" | cut -d/ -f1 | sort -u); do
    case "$known" in *" $entry "*) ;; *) fault "Not of the top level: $entry" ;; esac
done
source=$(echo "$files" | grep -E '\.(c|h|sh)$')
for file in $source; do
    [ -e "$file" ] || continue
    head -n 2 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || fault "$file: no SPDX line"
done
twice=$(echo "$files" | grep -E '^src/.*\.[ch]$' | sed 's:.*/::' | sort | uniq -d)
[ -z "$twice" ] || fault "File names that exist twice in src/: $twice"
for header in $(echo "$files" | grep -E '\.h$'); do
    [ -e "$header" ] || continue
    grep -q '^#pragma once' "$header" || fault "$header: no #pragma once"
done
text=$(echo "$files" | grep -vE '\.(jpg|png|tsv|pdf)$|^LICENSE$|^tests/lint/tree.sh$')
wrong=$(echo "$text" | xargs grep -nIE '(/home/[a-z]|/root/|/work/|/Users/|/tmp/[a-z_.-]+/)' 2>/dev/null)
[ -z "$wrong" ] || fault "A path of one machine:
$wrong"
wrong=$(echo "$text" | xargs grep -nIE '\b(TODO|FIXME|XXX|HACK)\b' 2>/dev/null)
[ -z "$wrong" ] || fault "Unfinished, by its own words:
$wrong"
exit $found
