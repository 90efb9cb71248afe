#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What has no place here: functions that overflow, hide state or call a shell; sleeps in tests; typedefs of structs; globals.
set -u
found=0
calls='strcpy|strcat|sprintf|vsprintf|strtok|gets|system|popen|alloca|localtime|gmtime|ctime|asctime|rand|srand|tmpnam|mktemp'
calls="$calls|g_spawn_command_line_sync|g_spawn_command_line_async"
sleeps='sleep|usleep|nanosleep|g_usleep|napms'

# Comments and strings do not count: what stands in them is cut away before looking.
code() { sed -E 's/"([^"\\]|\\.)*"/""/g; s://.*::; s:/\*.*\*/::; s:^ *\*.*::; s:/\*.*::' "$1"; }
for file in src/*.[ch] src/*/*.[ch] tests/*.[ch] tests/*/*.[ch]; do
    [ -e "$file" ] || continue
    case $file in tests/*) list="$calls|$sleeps" ;; *) list=$calls ;; esac
    wrong=$(code "$file" | grep -nE "(^|[^a-zA-Z0-9_.>])($list) *\(")
    [ -z "$wrong" ] || { echo "$file: banned call"; echo "$wrong"; found=1; }
done

# A shell by another way.
wrong=$(grep -nE 'exec[lv][a-z]*\(.*"(/bin/)?(ba|da)?sh"|"/bin/(ba|da)?sh"' src/*.c src/*/*.c)
[ -z "$wrong" ] || { echo "A shell:"; echo "$wrong"; found=1; }

# No typedef for structs and enums of ours. Function types are fine, and the one word that g_autoptr() needs.
wrong=$(grep -nE '^ *typedef +(struct|enum|union)' src/*.[ch] src/*/*.[ch] tests/*.[ch] | grep -vE '\(\*|_auto;')
[ -z "$wrong" ] || { echo "typedef of a struct, enum or union:"; echo "$wrong"; found=1; }

# No global that is not a constant table. (GLib wants its GSourceFuncs writable.)
wrong=$(grep -nE '^ *static +[^(]*(;|=)' src/*.c src/*/*.c | grep -vE '\bconst\b|GSourceFuncs')
[ -z "$wrong" ] || { echo "A global or static that is not constant:"; echo "$wrong"; found=1; }
exit $found
