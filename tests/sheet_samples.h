/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data of typical and hard people for the printed sheet. */
#pragma once

#include "graduation/sheet_data.h"

enum sheet_sample {
    SAMPLE_ORDINARY,
    SAMPLE_LONG,     /* 880 characters, 60-character addresses, 24 courses */
    SAMPLE_RARE,     /* 王𬎆 */
    SAMPLE_MINORITY, /* 阿卜杜热合曼·买买提江, ID ending in X */
    SAMPLE_BY_HAND,  /* no self-evaluation, no photo, one line of résumé */
    SHEET_SAMPLES
};

/* Caller frees with record_free(&sheet_data_record, …). No photo is set. */
struct sheet_data *sheet_sample(enum sheet_sample sample);
/* Sets or adds one text. */
void sheet_sample_set(struct sheet_data *data, const char *name, const char *text);
/* `n` characters of a self-evaluation. Newly allocated. */
char *sheet_sample_essay(int n);
