/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder in place of a printer. Blocks: copies one file. */
#pragma once

#include <stdbool.h>

/* NAME.pdf (mode 0600) stands in the folder, whole, or false. Done twice it is the same file. The folder is made when missing. */
bool folder_print(const char *folder, const char *name, const char *pdf);
