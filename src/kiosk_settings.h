/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kiosk.conf: every key with its type, bounds, default and meaning. One table; the parser, --set, --check and the comments of the shipped
 * kiosk.conf come from it.
 */
#pragma once

#include "base/record.h"

struct kiosk_platform {
    char *url, *pins, *ca_file, *data, *config;
    bool demo;
};
struct kiosk_terminal {
    char *office;
    int theme; /* of theme_words */
    bool touch, may_quit;
};
struct kiosk_input {
    bool pinyin, fuzzy;
    char *data;
};
struct kiosk_session {
    int64_t idle_s, warn_s;
};
struct kiosk_photo {
    char *folder, *label;
};
struct kiosk_printing {
    char *profile;
    int64_t copies;
};
struct kiosk_paths {
    char *forms, *printers, *storage, *runtime, *log;
};

struct kiosk_settings {
    struct kiosk_platform *platform;
    struct kiosk_terminal *terminal;
    struct kiosk_input *input;
    struct kiosk_session *session;
    struct kiosk_photo *photo;
    struct kiosk_printing *printing;
    struct kiosk_paths *paths;
};
extern const struct record_type kiosk_settings_record;

/*
 * Reads `path` (NULL: the defaults alone), applies `overrides` ("section.key=value", NULL-terminated), fills in paths left empty. NULL after
 * faults.
 */
struct kiosk_settings *kiosk_settings_read(const char *path, const char *const *overrides, GPtrArray *faults);
/* Directory of the running program, newly allocated. */
char *kiosk_program_dir(void);
/* Another program of ours: beside this one, else in libexec. Newly allocated. */
char *kiosk_program_path(const char *name);
/* The words of the domain for the pinyin engine: beside the programs, else in share. Newly allocated. */
char *kiosk_lexicon_path(void);
