// Brevier — the small change of PDF syntax: references, strings, dates.
// SPDX-License-Identifier: MIT
#include "output/pdf_write.h"

#include "base/utf8.h"
#include "style/style.h"

enum {
    PDF_STRING_BYTES_MAX = 32767,
    PDF_SECONDS_A_DAY = 86400,
};

struct pdf_date {
    long long year;
    int month, day, hour, minute, second;
};

static bool pdf_is_plain(brv_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if ((c < 0x20 && c != '\t' && c != '\n') || c >= 0x7F)
            return false;
    }
    return true;
}

// The Gregorian date of a day number, by counting from March of year 0, when leap days come last.
static struct pdf_date pdf_date_from_seconds(long long seconds)
{
    long long days = seconds / PDF_SECONDS_A_DAY;
    int rest = (int)(seconds % PDF_SECONDS_A_DAY);
    if (rest < 0) {
        rest += PDF_SECONDS_A_DAY;
        days--;
    }
    days += 719468; // from 0000-03-01 to 1970-01-01
    long long era = (days >= 0 ? days : days - 146096) / 146097;
    int day_of_era = (int)(days - era * 146097);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153; // 0 is March
    struct pdf_date date = { 0 };
    date.day = day_of_year - (153 * month + 2) / 5 + 1;
    date.month = month < 10 ? month + 3 : month - 9;
    date.year = era * 400 + year_of_era + (date.month <= 2);
    date.hour = rest / 3600;
    date.minute = rest / 60 % 60;
    date.second = rest % 60;
    // Both forms have four digits for the year.
    if (date.year > 9999)
        date = (struct pdf_date){ 9999, 12, 31, 23, 59, 59 };
    return date;
}

void brv_pdf_add_ref(struct brv_buf *out, uint32_t id)
{
    brv_buf_add_byte(out, ' ');
    brv_buf_add_int(out, id);
    brv_buf_add(out, " 0 R", 4);
}

void brv_pdf_add_bytes(struct brv_buf *out, brv_str bytes)
{
    brv_buf_reserve(out, bytes.len + 2);
    brv_buf_add_byte(out, '(');
    for (size_t i = 0; i < bytes.len; i++) {
        char c = bytes.ptr[i];
        if (c == '(' || c == ')' || c == '\\') {
            brv_buf_add_byte(out, '\\');
            brv_buf_add_byte(out, c);
        } else if (c == '\r') { // a bare one would be read as a line feed
            brv_buf_add(out, "\\r", 2);
        } else {
            brv_buf_add_byte(out, c);
        }
    }
    brv_buf_add_byte(out, ')');
}

void brv_pdf_add_hex16(struct brv_buf *out, unsigned value)
{
    static const char digits[] = "0123456789ABCDEF";
    char hex[4];
    for (int i = 0; i < 4; i++)
        hex[i] = digits[value >> (12 - 4 * i) & 15];
    brv_buf_add(out, hex, sizeof hex);
}

void brv_pdf_add_utf16(struct brv_buf *out, brv_str utf8)
{
    for (size_t at = 0; at < utf8.len;) {
        uint32_t code = brv_utf8_next(utf8, &at);
        if (code >= 0x10000) {
            brv_pdf_add_hex16(out, 0xD800 + ((code - 0x10000) >> 10));
            brv_pdf_add_hex16(out, 0xDC00 + (code & 0x3FF));
        } else {
            brv_pdf_add_hex16(out, code);
        }
    }
}

void brv_pdf_add_text(struct brv_buf *out, brv_str utf8)
{
    // A UTF-8 byte never takes more than two in UTF-16, counted with the mark.
    enum { LIMIT = PDF_STRING_BYTES_MAX / 2 - 2 };
    if (utf8.len > LIMIT) {
        size_t end = LIMIT;
        while (end > 0 && ((unsigned char)utf8.ptr[end] & 0xC0) == 0x80)
            end--;
        utf8.len = end;
    }
    if (pdf_is_plain(utf8)) {
        brv_pdf_add_bytes(out, utf8);
        return;
    }
    brv_buf_add_cstr(out, "<FEFF");
    brv_pdf_add_utf16(out, utf8);
    brv_buf_add_byte(out, '>');
}

void brv_pdf_add_color(struct brv_buf *out, struct brv_color color)
{
    const uint8_t parts[3] = { color.red, color.green, color.blue };
    for (int i = 0; i < 3; i++) {
        brv_buf_add_byte(out, ' ');
        brv_buf_add_number(out, parts[i] / 255.0, 4);
    }
}

void brv_pdf_add_pt(struct brv_buf *out, double value)
{
    brv_buf_add_byte(out, ' ');
    brv_buf_add_number(out, value, 2);
}

void brv_pdf_add_date_iso(struct brv_buf *out, long long seconds)
{
    struct pdf_date date = pdf_date_from_seconds(seconds);
    brv_buf_printf(out,
                   "%04lld-%02d-%02dT%02d:%02d:%02d+00:00",
                   date.year,
                   date.month,
                   date.day,
                   date.hour,
                   date.minute,
                   date.second);
}

void brv_pdf_add_date(struct brv_buf *out, long long seconds)
{
    struct pdf_date date = pdf_date_from_seconds(seconds);
    brv_buf_printf(out,
                   "D:%04lld%02d%02d%02d%02d%02d+00'00'",
                   date.year,
                   date.month,
                   date.day,
                   date.hour,
                   date.minute,
                   date.second);
}
