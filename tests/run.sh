#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs cmocka test programs, as many at once as there are processors, each with a timeout.
#
#   run.sh LOGS TEST... [-- AFTER...]     LOGS/NAME.log keeps what each said; failing ones are shown at the end.
#   REGISTER=1 run.sh …     then prints which rule has which test (tests/register.sh); a rule without one counts as failed
#
# AFTER are run when all others have ended: they look at what those noted in $TEST_ANSWERS and $TEST_STATEMENTS.
# Last line: "N passed, N failed". Exit code 0 only if nothing failed and something passed. A program that crashed, hung, leaked or
# ran fewer tests than it announced counts the missing ones as failed.
set -u

# One test: its log, and "passed failed skipped" in NAME.count.
if [ "$1" = --one ]; then
    logs=$2 test=$3
    name=$(basename "$test")
    log=$logs/$name.log
    case $test in */e2e/*) limit=420 ;; *) limit=120 ;; esac
    start=$(date +%s)
    timeout -k 10 "$limit" "$test" >"$log" 2>&1 </dev/null
    code=$?
    took=$(($(date +%s) - start))
    [ $code -ne 124 ] || echo "Ended after $limit seconds: it did not finish." >>"$log"
    count() { grep -ac "^.*\[ *$1 *\] " "$log"; }
    planned=$(awk '/\[==========\] Running [0-9]+ test/ {n += $3} END {print n + 0}' "$log")
    passed=$(count OK)
    skipped=$(awk '/\[  SKIPPED \] [0-9]+ test/ {n += $4} END {print n + 0}' "$log")
    failed=$((planned - passed - skipped))
    [ $failed -gt 0 ] || { [ $code -eq 0 ] && [ "$planned" -gt 0 ]; } || failed=1
    echo "$passed $failed $skipped" >"$logs/$name.count"
    [ $failed -eq 0 ] && word=ok || word=FAILED
    printf '%-6s %-24s %3d tests %3d s%s\n' "$word" "$name" "$passed" "$took" \
        "$([ "$skipped" -eq 0 ] || echo ", $skipped skipped")"
    exit 0
fi

logs=$1
shift
mkdir -p "$logs"
rm -f "$logs"/*.log "$logs"/*.count
TEST_ANSWERS=$(cd "$logs" && pwd)/answers
TEST_STATEMENTS=$(cd "$logs" && pwd)/statements
export TEST_ANSWERS TEST_STATEMENTS
rm -rf "$TEST_ANSWERS" "$TEST_STATEMENTS"
mkdir -p "$TEST_ANSWERS" "$TEST_STATEMENTS"
run_some() { xargs -r -P "$(nproc)" -I '{}' sh "$0" --one "$logs" '{}'; }
printf '%s\n' "$@" | sed '/^--$/,$d' | run_some
printf '%s\n' "$@" | sed '1,/^--$/d' | run_some
[ -z "${REGISTER:-}" ] || sh tests/register.sh "$logs"

# Failed tests are told last, where people look.
for count in "$logs"/*.count; do
    read -r _ failed _ <"$count"
    [ "$failed" -gt 0 ] || continue
    log=${count%.count}.log
    echo "---------------- $log"
    # A test that failed leaks what it held: that report hides the reason.
    if grep -aq '\[  FAILED  \]\|\[  ERROR   \]' "$log"; then sed '/ERROR: LeakSanitizer: detected/,$d' "$log"; else cat "$log"; fi |
        tail -n 150
done
cat "$logs"/*.count | awk '{p += $1; f += $2; s += $3} END {
    if (s > 0) printf "%d skipped\n", s
    printf "%d passed, %d failed\n", p, f
    exit f > 0 || p == 0
}'
