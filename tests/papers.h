/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came out of the printer: read with poppler, as a county office's eyes would. Failing shows the text. */
#pragma once

/* The job's attributes: two copies, A3, both sides, flipped on the short edge. */
void papers_check_attributes(const char *attributes);
/* Two pages of A3; the text holds the exam number, the form's title, and every one of `texts` (NULL-terminated list). */
void papers_check_sheet(const char *pdf, const char *const texts[]);
/* The text of a PDF with all white space taken out. Newly allocated. */
char *papers_text(const char *pdf);
