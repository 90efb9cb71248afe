/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of reviews and one review as text for people at an office: whole names and numbers, for comparing with papers. Blocks: never. */
#pragma once

#include "graduation/code_table.h"
#include "graduation/messages.h"
#include "wire/api.h"

struct review_words {
    const struct messages *messages;
    const struct code_tables *tables;
};

/* All newly allocated. */
char *review_text_list(const struct review_words *words, const struct api_reviews *list);
char *review_text_whole(const struct review_words *words, const struct api_review *review);
/* What a decision is about: the number, the person, the rows. */
char *review_text_head(const struct review_words *words, const struct api_review *review);
