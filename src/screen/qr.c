/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/qr.h"

#include <qrencode.h>
#include <string.h>

struct qr {
    QRcode *code;
    int quiet;  /* modules around */
    bool whole; /* a module is two cells beside each other, not half of one */
};

static const struct {
    int quiet;
    QRecLevel level;
    bool whole;
} tries[] = {{4, QR_ECLEVEL_M, true},
             {4, QR_ECLEVEL_M, false},
             {4, QR_ECLEVEL_L, false},
             {2, QR_ECLEVEL_M, false},
             {2, QR_ECLEVEL_L, false}};

static int side(const struct qr *qr)
{
    return qr->code->width + 2 * qr->quiet;
}

int qr_rows(const struct qr *qr)
{
    return qr->whole ? side(qr) : (side(qr) + 1) / 2;
}

int qr_cols(const struct qr *qr)
{
    return qr->whole ? 2 * side(qr) : side(qr);
}

struct qr *qr_new(const char *payload, int rows, int cols)
{
    for (gsize i = 0; i < G_N_ELEMENTS(tries); i++) {
        struct qr qr = {QRcode_encodeString(payload, 0, tries[i].level, QR_MODE_8, 1), tries[i].quiet, tries[i].whole};
        if (!qr.code)
            return NULL; /* empty, or more than any code holds */
        if (qr_rows(&qr) <= rows && qr_cols(&qr) <= cols)
            return g_memdup2(&qr, sizeof qr);
        QRcode_free(qr.code);
    }
    return NULL;
}

void qr_free(struct qr *qr)
{
    if (!qr)
        return;
    QRcode_free(qr->code);
    g_free(qr);
}

static bool is_dark(const struct qr *qr, int row, int column)
{
    int y = row - qr->quiet, x = column - qr->quiet, width = qr->code->width;
    return y >= 0 && x >= 0 && y < width && x < width && (qr->code->data[y * width + x] & 1);
}

/*
 * A cell's ground is the colour of its upper module and "▄" in the other colour is the lower one. Never "▀": many fonts leave a line free
 * above it, and phones see a code in strips.
 */
static const char *cell(const struct qr *qr, int row, int column, enum role *ret_role)
{
    bool upper = is_dark(qr, qr->whole ? row : row * 2, qr->whole ? column / 2 : column);
    bool lower = qr->whole ? upper : is_dark(qr, row * 2 + 1, column);
    *ret_role = upper ? ROLE_QR_DARK : ROLE_QR;
    return upper == lower ? " " : "▄";
}

void qr_paint(const struct qr *qr, struct canvas *canvas, int y, int x)
{
    GString *run = g_string_new(NULL);
    for (int row = 0; row < qr_rows(qr); row++) {
        int start = 0;
        enum role role = ROLE_QR, next = ROLE_QR;
        for (int column = 0; column <= qr_cols(qr); column++) {
            const char *text = column < qr_cols(qr) ? cell(qr, row, column, &next) : NULL;
            if (!text || next != role) {
                paint_clipped(canvas, y + row, x + start, column - start, role, run->str);
                g_string_truncate(run, 0);
                start = column;
                role = next;
            }
            if (text)
                g_string_append(run, text);
        }
    }
    g_string_free(run, TRUE);
}
