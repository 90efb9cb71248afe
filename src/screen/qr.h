/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Codes for phones, black on white whatever the theme, with their quiet zone. In half blocks, two modules a cell, or, where there is
 * room, two cells a module: larger, and no font can spoil them.
 *
 * Upper-case payloads of [0-9A-Z $%*+-./:] become smaller codes by themselves. The only file that includes qrencode.h.
 *
 * Owns: the modules. Blocks: never (0.1 ms).
 */
#pragma once

#include "screen/paint.h"

struct qr;

/* The best code for that room: large before small, full quiet zone before a narrow one, more error correction before less. NULL = none fits. */
struct qr *qr_new(const char *payload, int rows, int cols);
void qr_free(struct qr *qr);
/* Cells it takes. */
int qr_rows(const struct qr *qr);
int qr_cols(const struct qr *qr);
void qr_paint(const struct qr *qr, struct canvas *canvas, int y, int x);
