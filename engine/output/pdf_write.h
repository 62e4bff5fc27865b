// Brevier — the small change of PDF syntax: references, strings, dates.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_WRITE_H
#define BRV_OUTPUT_PDF_WRITE_H

#include "base/buf.h"

#include <stdint.h>

struct brv_color;

// " 12 0 R", with the space before it so that it may follow anything.
void brv_pdf_add_ref(struct brv_buf *out, uint32_t id);

// A string of any bytes, "(…)" with what needs it escaped.
void brv_pdf_add_bytes(struct brv_buf *out, brv_str bytes);

// A text string: ASCII as it is, anything else as UTF-16BE with its mark. Cut, at a character, to
// what a PDF/A reader must accept (32,767 bytes).
void brv_pdf_add_text(struct brv_buf *out, brv_str utf8);

// Four hexadecimal digits, in capitals.
void brv_pdf_add_hex16(struct brv_buf *out, unsigned value);

// "FEFF"-less UTF-16BE in hexadecimal digits, without brackets.
void brv_pdf_add_utf16(struct brv_buf *out, brv_str utf8);

// " 0.2 0.4 1" in 0 … 1.
void brv_pdf_add_color(struct brv_buf *out, struct brv_color color);

// " 12.5" with two decimals at most: a hundredth of a point is finer than any device.
void brv_pdf_add_pt(struct brv_buf *out, double value);

// Seconds since 1970 UTC as "2031-04-05T06:07:08+00:00" and as "D:20310405060708+00'00'".
void brv_pdf_add_date_iso(struct brv_buf *out, long long seconds);
void brv_pdf_add_date(struct brv_buf *out, long long seconds);

#endif
