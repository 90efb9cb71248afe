/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What staff see: the list of applications, one of them whole with the judgement of each row, its photo and its archive.
 *
 * A page of the list costs the same among a thousand applications as among a million: it walks an index from where the last
 * page ended, looks at REVIEWS_SCAN of them at most and says where to go on, even when few fitted.
 *
 * Blocks: local disk reads.
 */
#pragma once

#include "platformd/routes.h"

#define REVIEWS_PAGE 100
#define REVIEWS_SCAN 1000

void reviews_list(struct request *request);
void reviews_get(struct request *request);
void reviews_archive(struct request *request);
void reviews_photo(struct request *request);

/* The review that the request is about, as it is now; freed with record_free(&api_review_record, …). */
struct api_review *reviews_new(const struct request *request);
