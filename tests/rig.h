/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything a whole walk needs, in a directory of its own: a real platformd on a free port with the demo people, a folder that stands
 * for the stick, a printer profile, and terminals with real kiosks.
 *
 *     struct rig *rig = rig_start(&(struct rig_options){0});
 *     struct term *term = rig_kiosk(rig, 24, 80, NULL);
 *     …
 *     rig_free(rig);
 *
 * Programs come from the build the test belongs to (sanitized in `make check`, release in `make bench`). rig_free() ends
 * everything by process id, and fails the test when the platform did not end cleanly, a sanitizer reported, or something was
 * left running. The directory goes away unless KEEP_RIG is set. Tests run from the top of the source tree.
 *
 * Owns: the directory, the platform, the terminals.
 */
#pragma once

#include "term.h"

struct rig_options {
    const char *clock;   /* the platform's time, RFC 3339; NULL = in the demo batch's windows */
    const char *profile; /* path of a printer profile (rig_cups_profile()); NULL = a folder of PDFs: rig_prints() */
    bool no_platform;    /* rig_platform_start() comes later */
};

struct rig;
struct rig *rig_start(const struct rig_options *options);
void rig_free(struct rig *rig);

const char *rig_dir(const struct rig *rig);
const char *rig_url(const struct rig *rig); /* "http://127.0.0.1:PORT" */
pid_t rig_platform_pid(const struct rig *rig);
/* The platform away and back on the same port with the same data. kill: with SIGKILL. */
void rig_platform_stop(struct rig *rig, bool kill);
void rig_platform_start(struct rig *rig);

/* Keeps a copy of the platform's data, and brings the platform back with it (stopping it each time). */
void rig_data_save(struct rig *rig);
void rig_data_restore(struct rig *rig);

/* A kiosk with its own storage on the rig's platform. `settings`: "section.key=value", NULL-terminated, or NULL. */
struct term *rig_kiosk(struct rig *rig, int rows, int cols, const char *const settings[]);
/* The same with the environment and the configuration file chosen by the test; NULL = the usual ones. */
struct term *rig_kiosk_with(struct rig *rig, int rows, int cols, const char *const settings[], const char *const env[],
                            const char *config);
/* Ends one before the rig does. */
void rig_kiosk_stop(struct rig *rig, struct term *term);
/* Lines of the kiosks' log so far, newly allocated. */
char *rig_log(const struct rig *rig);
/* Puts a picture into the folder that stands for the stick. */
void rig_stick_add(struct rig *rig, const char *name, const void *bytes, gsize n);
/* The sample portrait, 480×640 JPEG. */
void rig_stick_add_portrait(struct rig *rig, const char *name);
/* Paths of the PDFs the folder printer has got, oldest first (char *); the caller owns the array. */
GPtrArray *rig_prints(const struct rig *rig);

/* Where programs are: of the product ("kiosk", "platformd") and of the tests ("bench/bare_form"). Newly allocated. */
char *rig_program(const char *name);
char *rig_test_program(const char *name);
/* A file of the source tree, newly allocated. */
char *rig_source(const char *path);
