// Brevier — hyphenation patterns.
//
// A pattern is a string of letters with digits between them: "1n2at" says that before "nat" a word
// may part (odd) and that after its "n" it must not (even). All patterns that occur in a word are
// laid over it; at each place the greatest digit counts (F. M. Liang, 1983). The full stop stands
// for either end of the word.
//
//        . h y p h e n .        what "hyph" and others say of "hyphen":
//           0 0 3 0 0           hy-phen
//
// The files are those that libhyphen reads, and they are read here as it does: a character set,
// some settings, patterns; after NEXTLEVEL come those for the parts of compounds. libhyphen builds
// an automaton first, which takes 10 ms for English and two seconds for German, longer than the
// document. Here one pass over the file hashes each pattern to where it stands; the text itself is
// the table's key, so English takes a quarter of a millisecond.
// SPDX-License-Identifier: MIT
#include "layout/patterns.h"

#include "base/macros.h"
#include "base/utf8.h"

#include <iconv.h>
#include <string.h>

enum {
    LEVELS = 2,
    WORD_BYTES = (BRV_WORD_LETTERS + 2) * 4, // with both ends
    PATTERN_BYTES = 64,                      // of letters; no longer one is looked for
    PLACE_BITS = 24,                         // a file is no longer
};

// Patterns of one level: an open hash table, 0 for none.
struct level {
    uint32_t *slots;
    unsigned shift; // 32 less the bits of the table's size
    size_t longest; // pattern, in bytes of letters
};

struct brv_patterns {
    brv_str file;
    struct level levels[LEVELS];
    size_t level_count;
    // Letters before the first and after the last place, in the word and in parts of compounds.
    size_t least_before, least_after, part_before, part_after;
    bool is_utf8;
    uint32_t upper_half[128]; // of other character sets: code points of bytes 80 … FF, 0 none
};

// ---- the table

static uint32_t mix(uint32_t hash, char byte)
{
    return (hash ^ (uint8_t)byte) * 0x9E3779B1u;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

// A "/", a space, the end of the line.
static bool ends_pattern(char byte)
{
    return byte == '/' || (uint8_t)byte <= ' ';
}

// The length in letters of the pattern at *at, and its hash; moves to its end. The file ends with a
// line feed.
static size_t measure_pattern(const char **at, uint32_t *hash)
{
    size_t digits = 0;
    uint32_t sum = 0;
    const char *end = *at;
    for (;;) {
        uint8_t byte = (uint8_t)*end++;
        if (byte > '9') {
            sum = mix(sum, (char)byte);
        } else if (byte >= '0') {
            digits++;
        } else if (ends_pattern((char)byte)) {
            break;
        } else {
            sum = mix(sum, (char)byte);
        }
    }
    size_t letters = (size_t)(end - *at) - 1 - digits;
    *hash = sum;
    *at = end - 1;
    return letters;
}

// A slot holds the place of a pattern and, in its upper byte, a part of the hash that does not
// choose the slot: most patterns that are not there are known by it.
static uint32_t slot_of(size_t at, uint32_t hash)
{
    return (uint32_t)at | (hash & 0xFF) << PLACE_BITS;
}

static uint32_t place_of(uint32_t slot)
{
    return slot & (((uint32_t)1 << PLACE_BITS) - 1);
}

static bool is_pattern(brv_str file, size_t at, const char *letters, size_t len)
{
    size_t k = 0;
    for (; !ends_pattern(file.ptr[at]); at++) {
        if (!is_digit(file.ptr[at])) {
            if (k == len || file.ptr[at] != letters[k]) {
                return false;
            }
            k++;
        }
    }
    return k == len;
}

// ---- reading a file

// "LEFTHYPHENMIN 3": the number, when the line has that name.
static bool read_setting(brv_str line, const char *name, size_t *value)
{
    brv_str key = brv_str_from_cstr(name);
    return brv_str_starts_with(line, key) && line.len > key.len && line.ptr[key.len] == ' ' &&
           brv_str_to_size(brv_str_trim(brv_str_slice(line, key.len, line.len)), value);
}

static brv_str line_at(brv_str file, size_t at)
{
    return brv_str_slice(file, at, brv_str_find_byte(file, at, '\n'));
}

static void read_settings(struct brv_patterns *p, brv_str line)
{
    const struct {
        const char *name;
        size_t *value;
    } settings[] = {
        { "LEFTHYPHENMIN", &p->least_before },
        { "RIGHTHYPHENMIN", &p->least_after },
        { "COMPOUNDLEFTHYPHENMIN", &p->part_before },
        { "COMPOUNDRIGHTHYPHENMIN", &p->part_after },
    };
    for (size_t i = 0; i < BRV_COUNT(settings); i++) {
        size_t value;
        if (read_setting(line, settings[i].name, &value) && value <= BRV_WORD_LETTERS) {
            *settings[i].value = value;
        }
    }
}

// What stands in capitals is a setting; patterns have none.
static bool is_word(brv_str line)
{
    return line.len > 1 && line.ptr[0] >= 'A' && line.ptr[0] <= 'Z' && line.ptr[1] >= 'A' &&
           line.ptr[1] <= 'Z';
}

static size_t count_lines(brv_str file, size_t at)
{
    size_t count = 0;
    for (; at < file.len; at = brv_str_find_byte(file, at, '\n') + 1) {
        count++;
    }
    return count;
}

// Reads one level from `at`; returns where the next begins.
static size_t read_level(struct brv_arena *arena, struct brv_patterns *p, struct level *level,
                         size_t at)
{
    unsigned bits = 4;
    size_t lines = count_lines(p->file, at);        // no level has more patterns
    while ((size_t)1 << bits < lines + lines / 2) { // a page of memory costs more than a collision
        bits++;
    }
    level->slots = BRV_NEW_ARRAY(arena, uint32_t, (size_t)1 << bits);
    level->shift = 32 - bits;
    uint32_t mask = (1u << bits) - 1;
    while (at < p->file.len) {
        char first = p->file.ptr[at];
        if (first >= 'A' && first <= 'Z') {
            brv_str line = line_at(p->file, at);
            if (brv_str_starts_with(line, BRV_S("NEXTLEVEL"))) {
                return at + line.len + 1;
            }
            if (is_word(line)) {
                read_settings(p, line);
                at += line.len + 1;
                continue;
            }
        }
        uint32_t hash;
        const char *end = p->file.ptr + at;
        size_t letters = measure_pattern(&end, &hash);
        if (first != '%' && first != '#' && letters > 0 && letters <= PATTERN_BYTES) {
            uint32_t slot = hash >> level->shift;
            while (level->slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            level->slots[slot] = slot_of(at, hash);
            level->longest = letters > level->longest ? letters : level->longest;
        }
        while (*end != '\n') {
            end++;
        }
        at = (size_t)(end - p->file.ptr) + 1;
    }
    return at;
}

static bool read_character_set(struct brv_patterns *p, brv_str name)
{
    if (brv_str_is_nocase(name, "UTF-8")) {
        p->is_utf8 = true;
        return true;
    }
    // "ISO8859-1", "KOI8-R", "microsoft-cp1251": iconv knows the first two by these names.
    char bytes[32];
    brv_str cp = BRV_S("microsoft-");
    name = brv_str_starts_with(name, cp) ? brv_str_slice(name, cp.len, name.len) : name;
    if (name.len == 0 || name.len >= sizeof bytes) { // no name means that of the locale to iconv
        return false;
    }
    memcpy(bytes, name.ptr, name.len);
    bytes[name.len] = '\0';
    iconv_t converter = iconv_open("UTF-32LE", bytes);
    if (converter == (iconv_t)-1) {
        return false;
    }
    for (size_t i = 0; i < BRV_COUNT(p->upper_half); i++) {
        char byte = (char)(0x80 + i);
        char *in = &byte;
        size_t in_left = 1;
        uint8_t point[4] = { 0 };
        char *out = (char *)point;
        size_t out_left = sizeof point;
        if (iconv(converter, &in, &in_left, &out, &out_left) == 0 && out_left == 0) {
            p->upper_half[i] = (uint32_t)point[0] | (uint32_t)point[1] << 8 |
                               (uint32_t)point[2] << 16 | (uint32_t)point[3] << 24;
        }
    }
    iconv_close(converter);
    return true;
}

const struct brv_patterns *brv_patterns_read(struct brv_arena *arena, brv_str file)
{
    struct brv_patterns *p = BRV_NEW(arena, struct brv_patterns);
    *p = (struct brv_patterns){ .file = file, .least_before = 2, .least_after = 2 };
    brv_str first = line_at(file, 0);
    if (file.len == 0 || file.len >= (size_t)1 << PLACE_BITS || file.ptr[file.len - 1] != '\n' ||
        !read_character_set(p, brv_str_trim(first))) {
        return NULL;
    }
    size_t at = first.len + 1;
    while (at < file.len && p->level_count < LEVELS) {
        at = read_level(arena, p, &p->levels[p->level_count++], at);
    }
    return p;
}

// ---- a word

// A word as the file writes it, between full stops.
struct word {
    char bytes[WORD_BYTES];
    size_t len;
    size_t starts[BRV_WORD_LETTERS + 2]; // where each letter begins, then where the word ends
    size_t count;
};

static bool spell(const struct brv_patterns *p, const uint32_t *letters, size_t n, struct word *out)
{
    out->bytes[0] = '.';
    out->len = 1;
    out->count = n;
    for (size_t i = 0; i < n; i++) {
        out->starts[i] = out->len;
        if (p->is_utf8) {
            out->len += brv_utf8_encode(letters[i], out->bytes + out->len);
            continue;
        }
        size_t byte = letters[i];
        for (size_t k = 0; byte > 0x7F && k < BRV_COUNT(p->upper_half); k++) {
            byte = p->upper_half[k] == letters[i] ? 0x80 + k : byte;
            if (byte == 0x80 + k) {
                break;
            }
        }
        if (byte > 0xFF) {
            return false; // a letter that the language does not have
        }
        out->bytes[out->len++] = (char)byte;
    }
    out->starts[n] = out->len;
    out->bytes[out->len++] = '.';
    return true;
}

// Lays the pattern at a place of the file over the values from `values` on. One that would change
// the spelling (it has a "/") only forbids.
static void lay(brv_str file, size_t at, uint8_t *values)
{
    size_t end = at;
    while (!ends_pattern(file.ptr[end])) {
        end++;
    }
    bool changes = file.ptr[end] == '/';
    for (; !ends_pattern(file.ptr[at]); at++) {
        if (!is_digit(file.ptr[at])) {
            values++;
            continue;
        }
        uint8_t value = (uint8_t)(file.ptr[at] - '0');
        value = (uint8_t)(value + (changes && value % 2 == 1));
        *values = value > *values ? value : *values;
    }
}

static void lay_all(const struct brv_patterns *p, const struct level *level, const char *bytes,
                    size_t len, uint8_t *values)
{
    uint32_t mask = UINT32_MAX >> level->shift;
    for (size_t from = 0; from < len; from++) {
        uint32_t hash = 0;
        for (size_t to = from; to < len && to - from < level->longest; to++) {
            hash = mix(hash, bytes[to]);
            for (uint32_t slot = hash >> level->shift; level->slots[slot] != 0;
                 slot = (slot + 1) & mask) {
                uint32_t at = place_of(level->slots[slot]);
                if (level->slots[slot] == slot_of(at, hash) &&
                    is_pattern(p->file, at, bytes + from, to + 1 - from)) {
                    lay(p->file, at, values + from);
                    break;
                }
            }
        }
    }
}

// Lays a level over the letters from … to of a word, as if they were one.
static void part_letters(const struct brv_patterns *p, const struct level *level,
                         const struct word *word, size_t from, size_t to, size_t least_before,
                         size_t least_after, bool *parts)
{
    char bytes[WORD_BYTES];
    uint8_t values[WORD_BYTES + 1] = { 0 };
    size_t start = word->starts[from];
    size_t len = word->starts[to] - start;
    bytes[0] = '.';
    memcpy(bytes + 1, word->bytes + start, len);
    bytes[len + 1] = '.';
    lay_all(p, level, bytes, len + 2, values);
    for (size_t k = from + 1; k < to; k++) {
        bool has_room = k - from >= least_before && to - k >= least_after;
        parts[k] |= has_room && values[word->starts[k] - start + 1] % 2 == 1;
    }
}

bool brv_patterns_apply(const struct brv_patterns *p, const uint32_t *letters, size_t n,
                        bool parts[BRV_WORD_LETTERS + 1])
{
    struct word word;
    memset(parts, 0, (BRV_WORD_LETTERS + 1) * sizeof *parts);
    if (n < 2 || n > BRV_WORD_LETTERS || p->level_count == 0 || !spell(p, letters, n, &word)) {
        return false;
    }
    part_letters(p, &p->levels[0], &word, 0, n, p->least_before, p->least_after, parts);
    if (p->level_count > 1) {
        bool inner[BRV_WORD_LETTERS + 1] = { false };
        for (size_t from = 0, to; from < n; from = to) {
            for (to = from + 1; to < n && !parts[to]; to++) {
            }
            part_letters(p,
                         &p->levels[1],
                         &word,
                         from,
                         to,
                         from > 0 && p->part_before > 0 ? p->part_before : p->least_before,
                         to < n && p->part_after > 0 ? p->part_after : p->least_after,
                         inner);
        }
        for (size_t k = 1; k < n; k++) {
            parts[k] |= inner[k];
        }
    }
    bool any = false;
    for (size_t k = 1; k < n; k++) {
        any |= parts[k];
    }
    return any;
}
