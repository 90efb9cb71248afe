/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Somebody who fills in the whole 《毕业生登记表》 with their own hands (hands.h), its texts in pinyin from tests/pinyin_phrases.tsv, and what of it
 * the platform has in the end.
 */
#pragma once

#include "graduation/registration_form.h"
#include "hands.h"
#include "rig.h"

struct registrant {
    struct hands hands;
    GPtrArray *phrases; /* struct phrase: tests/pinyin_phrases.tsv */
    GString *essay;     /* as it is wanted */
    gint64 characters;  /* hanzi typed so far */
};

/* 420 characters of evaluation at least. */
void registrant_init(struct registrant *registrant, const struct hands *hands);
void registrant_clear(struct registrant *registrant);

/* From the page of the person to the sheet that can be printed. */
void registrant_fill(struct registrant *registrant);
/* The form as the platform of the rig has saved it is the one that was meant. */
void registrant_check(const struct registrant *registrant, const struct rig *rig);
