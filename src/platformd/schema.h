/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of the platform. Words of enums (states, levels, types) are stored as the words of the interface, times as
 * seconds since 1970 UTC, moments of the agenda as milliseconds. Constant text; blocks: never.
 */
#pragma once

#define PLATFORM_SCHEMA_VERSION 2
extern const char platform_schema[];
/* [n]: what makes a database of version n one of version n + 1, whole or not at all; NULL = there is no way. */
extern const char *const platform_migrations[PLATFORM_SCHEMA_VERSION];
