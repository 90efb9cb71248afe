#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# cppcheck without the libraries' headers: quick, and it knows GLib by its own configuration. Leaks are left to LeakSanitizer, which
# sees who takes a pointer; NULL ends variadic calls as everywhere in GLib; nothing here runs threads of its own.
cppcheck -j "$(nproc)" --quiet --error-exitcode=1 --std=c11 --inline-suppr --enable=warning,performance,portability \
    --library=posix,gtk --suppress=missingInclude --suppress=missingIncludeSystem --suppress=unknownMacro \
    --suppress=internalAstError --suppress=memleak \
    --suppress=varFuncNullUB --suppress=readdirCalled --suppress=getgrgidCalled -Isrc -Itests src tests
