/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/pinyin_record.h"

#include <string.h>

#define PATH_CHARS 1000
#define TEXT_CHARS PINYIN_LETTERS_MAX /* a letter makes at most one hanzi */

static const char *const result_words[] = {[PINYIN_SETUP_READY] = "ready", [PINYIN_SETUP_NO_DATA] = "no_data", NULL};

static const struct record_field setup_fields[] = {
    {"data", RECORD_STRING, offsetof(struct pinyin_setup, data), .flags = RECORD_REQUIRED, .max = PATH_CHARS},
    {"lexicon", RECORD_STRING, offsetof(struct pinyin_setup, lexicon), .max = PATH_CHARS},
};
const struct record_type pinyin_setup_record = RECORD_TYPE(pinyin_setup, setup_fields);

static const struct record_field report_fields[] = {
    {"result", RECORD_WORD, offsetof(struct pinyin_report, result), .flags = RECORD_REQUIRED, .words = result_words},
    {"words", RECORD_INTEGER, offsetof(struct pinyin_report, words)},
};
const struct record_type pinyin_report_record = RECORD_TYPE(pinyin_report, report_fields);

static const struct record_field question_fields[] = {
    {"number", RECORD_INTEGER, offsetof(struct pinyin_question, number), .flags = RECORD_REQUIRED},
    {"letters", RECORD_STRING, offsetof(struct pinyin_question, letters), .flags = RECORD_REQUIRED | RECORD_SECRET,
     .min = 1, .max = PINYIN_LETTERS_MAX},
    {"before", RECORD_STRING, offsetof(struct pinyin_question, before), .flags = RECORD_SECRET,
     .max = PINYIN_BEFORE_MAX},
    {"start", RECORD_INTEGER, offsetof(struct pinyin_question, start), .max = PINYIN_LETTERS_MAX},
    {"from", RECORD_INTEGER, offsetof(struct pinyin_question, from), .max = 100000},
    {"count", RECORD_INTEGER, offsetof(struct pinyin_question, count), .flags = RECORD_REQUIRED, .min = 1,
     .max = PINYIN_PAGE_MAX},
    {"fuzzy", RECORD_BOOLEAN, offsetof(struct pinyin_question, fuzzy)},
    {"plain", RECORD_BOOLEAN, offsetof(struct pinyin_question, plain)},
};
const struct record_type pinyin_question_record = RECORD_TYPE(pinyin_question, question_fields);

static const struct record_field candidate_fields[] = {
    {"text", RECORD_STRING, offsetof(struct pinyin_candidate, text), .flags = RECORD_REQUIRED | RECORD_SECRET, .min = 1,
     .max = TEXT_CHARS},
    {"letters", RECORD_INTEGER, offsetof(struct pinyin_candidate, letters), .flags = RECORD_REQUIRED, .min = 1,
     .max = PINYIN_LETTERS_MAX},
};
const struct record_type pinyin_candidate_record = RECORD_TYPE(pinyin_candidate, candidate_fields);

static const struct record_field answer_fields[] = {
    {"number", RECORD_INTEGER, offsetof(struct pinyin_answer, number), .flags = RECORD_REQUIRED},
    {"from", RECORD_INTEGER, offsetof(struct pinyin_answer, from)},
    {"more", RECORD_BOOLEAN, offsetof(struct pinyin_answer, more)},
    {"head", RECORD_STRING, offsetof(struct pinyin_answer, head), .flags = RECORD_SECRET, .min = 1, .max = TEXT_CHARS},
    {"candidates", RECORD_MANY, offsetof(struct pinyin_answer, candidates), .max = PINYIN_PAGE_MAX,
     .type = &pinyin_candidate_record},
};
const struct record_type pinyin_answer_record = RECORD_TYPE(pinyin_answer, answer_fields);

static const struct record_field word_fields[] = {
    {"word", RECORD_STRING, offsetof(struct pinyin_word, word), .flags = RECORD_REQUIRED, .min = 1, .max = 15},
    {"reading", RECORD_STRING, offsetof(struct pinyin_word, reading), .flags = RECORD_REQUIRED, .min = 1},
    {"weight", RECORD_INTEGER, offsetof(struct pinyin_word, weight), .flags = RECORD_REQUIRED, .min = 1,
     .max = 1000000},
};
const struct record_type pinyin_word_record = RECORD_TYPE(pinyin_word, word_fields);

bool pinyin_letters_fit(const char *letters)
{
    size_t n = strlen(letters);
    return n > 0 && n <= PINYIN_LETTERS_MAX && letters[0] != '\'' && strstr(letters, "''") == NULL &&
           strspn(letters, "abcdefghijklmnopqrstuvwxyz'") == n;
}
