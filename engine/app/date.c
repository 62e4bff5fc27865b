// Brevier — the date that outputs carry.
// SPDX-License-Identifier: MIT
#include "app/date.h"

#include <stdlib.h>

// Reads exactly `count` digits at *at.
static bool digits(brv_str text, size_t *at, size_t count, int *value)
{
    if (*at + count > text.len)
        return false;
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        char c = text.ptr[*at + i];
        if (!brv_is_digit(c))
            return false;
        *value = *value * 10 + (c - '0');
    }
    *at += count;
    return true;
}

static bool sign(brv_str text, size_t *at, char wanted)
{
    if (*at >= text.len || text.ptr[*at] != wanted)
        return false;
    ++*at;
    return true;
}

static int days_of_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : days[month - 1];
}

// Days from 1970-01-01. Years are counted from March, so that the leap day is the last of a year.
static long long days_since_epoch(int year, int month, int day)
{
    long long y = month <= 2 ? year - 1 : year;
    long long from_march = (month + 9) % 12;
    long long day_of_year = (153 * from_march + 2) / 5 + day - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

static bool offset_parse(brv_str text, size_t *at, int *minutes)
{
    *minutes = 0;
    if (*at == text.len || sign(text, at, 'Z'))
        return true;
    bool is_behind = sign(text, at, '-');
    int hour = 0;
    int minute = 0;
    if ((!is_behind && !sign(text, at, '+')) || !digits(text, at, 2, &hour) ||
        !sign(text, at, ':') || !digits(text, at, 2, &minute) || hour > 23 || minute > 59)
        return false;
    *minutes = (hour * 60 + minute) * (is_behind ? -1 : 1);
    return true;
}

bool brv_date_parse(brv_str text, long long *seconds)
{
    size_t at = 0;
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int offset = 0;
    if (!digits(text, &at, 4, &year) || !sign(text, &at, '-') || !digits(text, &at, 2, &month) ||
        !sign(text, &at, '-') || !digits(text, &at, 2, &day))
        return false;
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > days_of_month(year, month))
        return false;
    if (at < text.len) {
        if ((!sign(text, &at, 'T') && !sign(text, &at, ' ')) || !digits(text, &at, 2, &hour) ||
            !sign(text, &at, ':') || !digits(text, &at, 2, &minute))
            return false;
        if (sign(text, &at, ':') && !digits(text, &at, 2, &second))
            return false;
        if (hour > 23 || minute > 59 || second > 59 || !offset_parse(text, &at, &offset))
            return false;
    }
    long long minutes = (days_since_epoch(year, month, day) * 24 + hour) * 60 + minute - offset;
    *seconds = minutes * 60 + second;
    return at == text.len && *seconds >= 0;
}

long long brv_date_choose(brv_str given, brv_str document)
{
    long long seconds = -1;
    if (brv_date_parse(given, &seconds) || brv_date_parse(document, &seconds))
        return seconds;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    size_t value = 0;
    enum { YEAR_9999 = 2932896 }; // in days
    if (epoch && brv_str_to_size(brv_str_from_cstr(epoch), &value) && value / 86400 <= YEAR_9999)
        return (long long)value;
    return -1;
}
