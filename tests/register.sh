#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The register of the rules (tests/rules.tsv): where each is cited in src/ and forms/, and which of its tests passed.
#
#   register.sh LOGS     after the tests ran; LOGS/*.log is what they said
#
# A test is of a rule when its name begins with the rule's number: r26_one_reapplication; r45_r46_what_to_bring is of both. Prints one
# line a rule. What lacks a citation or a passed test goes to LOGS/rules.log, and as failed to LOGS/rules.count.
set -u
logs=$1
export LC_ALL=C

# "cite R26 src/x.c": "R5–R7" cites R6 as well.
citations() {
    grep -roaEw 'R[0-9]{1,2}(–R[0-9]{1,2})?' src forms | sort -ru | awk -F: '{
        n = split($2, ends, "–")
        last = substr(ends[n], 2) + 0
        for (r = substr(ends[1], 2) + 0; r <= last; r++) print "cite R" r, $1
    }'
}

# "test R26 test_x:r26_one_reapplication", only what ran and passed.
tests() {
    for log in "$logs"/*.log; do
        name=$(basename "$log" .log)
        sed -n 's/.*\[ *OK *\] \(r[0-9][0-9]_.*\)$/\1/p' "$log" | while read -r test; do
            rest=$test
            while number=$(expr "$rest" : 'r\([0-9][0-9]\)_'); do
                echo "test R${number#0} $name:$test"
                rest=${rest#r??_}
            done
        done
    done
}

{ citations; tests; tail -n +2 tests/rules.tsv | sed 's/^/rule\t/'; } | awk -v logs="$logs" '
    function more(n) { return n > 1 ? " +" n - 1 : "" }
    $1 == "cite" && !seen[$2 " " $3]++ { if (!cites[$2]++) where[$2] = $3 }
    $1 == "test" { if (!proofs[$2]++) proof[$2] = $3 }
    $1 == "rule" {
        split($0, cell, "\t")
        r = cell[2]
        printf "%-4s %-42s %s\n", r, where[r] more(cites[r]), proof[r] more(proofs[r])
        if (!cites[r]) { print r " is cited nowhere in src/ or forms/: " cell[4] >logs "/rules.log"; failed++ }
        if (!proofs[r]) { print r " has no passed test: " cell[4] >logs "/rules.log"; failed++ }
    }
    END { print 0, failed + 0, 0 >logs "/rules.count" }'
