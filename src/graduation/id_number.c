/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/id_number.h"

#include "base/clock.h"

#include <string.h>

const char *const sex_words[] = {[SEX_UNKNOWN] = "", [SEX_MALE] = "男", [SEX_FEMALE] = "女", NULL};
