/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the syllables of a row of letters begin: for what is pointed at in it. The engine has its own mind about that; it is asked about
 * the parts that come of this.
 *
 * Pure. Letters are a–z and ', at most PINYIN_LETTERS_MAX; v = ü.
 */
#pragma once

/* The first syllable, in bytes: the longest one behind which whole syllables follow, else the longest; 0 = none stands there. */
int syllable_length(const char *letters);
/* Start of the syllable that byte `cursor` is in or begins; a letter that belongs to none counts as one (ty: t'y). */
int syllable_start(const char *letters, int cursor);
