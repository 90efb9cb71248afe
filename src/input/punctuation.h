/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chinese punctuation for the keys of an ordinary keyboard, as desktops have it. Only for fields that take hanzi, in Chinese mode.
 *
 *     , . ? ! : ; ( ) < > [ ] \ _ ^ $ ` " '   →   ， 。 ？ ！ ： ； （ ） 《 》 【 】 、 —— …… ￥ · “” ‘’
 *
 * Pure. Quotes open and close by what stands in the text, so moving the cursor or deleting one needs no state to be right.
 */
#pragma once

/*
 * What the key writes; NULL = itself. `before`: the text before the cursor, "" at the start. A quote closes when one is open there; after
 * a digit . , : stay themselves (3.5, 1,200, 8:30).
 */
const char *punctuation_mark(char key, const char *before);
