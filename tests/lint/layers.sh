#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Arrows point only down: which folder of src/ may include which, and where each big library is let in (design: the parts).
set -u
found=0
fault() { echo "$1"; found=1; }

# folder: the folders it may include besides itself
layers='base:
graduation: base
wire: graduation base
session: wire graduation base
helper: session wire graduation base
intake: helper session graduation base
printing: intake helper session graduation base
storage: base
client: wire base
ctl: client wire graduation base
input: helper base
screen: session input base
platformd: wire graduation intake base'

for folder in src/*/; do
    name=$(basename "$folder")
    line=$(echo "$layers" | grep "^$name:") || { fault "$folder: not in the list of tests/lint/layers.sh"; continue; }
    allowed=$(echo "$name ${line#*:}" | sed 's/  */|/g; s/|$//')
    wrong=$(grep -nE '^ *# *include "[a-z_]+/' "$folder"*.[ch] | grep -vE "include \"($allowed)/")
    [ -z "$wrong" ] || fault "$name may include only: $allowed
$wrong"
done

# Inside means inside: a header that only its folder may see.
wrong=$(grep -n '"session/state\.h"' src/*.[ch] src/*/*.[ch] | grep -v '^src/session/')
[ -z "$wrong" ] || fault "session/state.h is the inside of src/session:
$wrong"

# The engine of input/ speaks helper/'s frames to a child of helper/'s; its jobs (and with them the session) are not its business.
wrong=$(grep -nE '^ *# *include "helper/' src/input/*.[ch] | grep -vE '"helper/(packet|child)\.h"')
[ -z "$wrong" ] || fault "input may include of helper only packet.h and child.h:
$wrong"

# header (extended regular expression)  files that may include it
libraries='curses.h src/screen/
qrencode.h src/screen/ src/printing/
curl/.* src/client/ src/platformd/
cups/.* src/printing/
pango/.* src/printing/
cairo.* src/printing/
hb.* src/printing/
fontconfig/.* src/printing/
sqlite3.h src/storage/ src/platformd/
microhttpd.h src/platformd/
jansson.h src/wire/
libconfig.h src/base/settings
sodium.h src/base/secret src/platformd/
jpeglib.h src/intake/
png.h src/intake/
archive.* src/intake/
linux/seccomp.h src/intake/
seccomp.h src/intake/
pinyin.h src/input/'
while read -r header places; do
    wrong=$(grep -nE "^ *# *include <$header>" src/*.[ch] src/*/*.[ch])
    for place in $places; do wrong=$(echo "$wrong" | grep -v "^$place"); done
    [ -z "$wrong" ] || fault "<$header> belongs to $places:
$wrong"
done <<END
$libraries
END
exit $found
