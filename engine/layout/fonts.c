// Brevier — choosing fonts.
// A request becomes a set: the best face of each of its families, in order. A character takes the
// first face of the set that has it; else any installed face, by a rank that prefers (1) for Han,
// the language's own forms, (2) families made to go together with the set's genre, (3) the same
// style, (4) the catalogue's order. Charsets come from the catalogue, so no file is opened to look.
// SPDX-License-Identifier: MIT
#include "layout/font_face.h"
#include "layout/fontset.h"
#include "layout/patterns.h"
#include "layout/shape.h"

#include "base/buf.h"
#include "base/hash.h"

#include <stdlib.h>

enum genre { GENRE_SERIF, GENRE_SANS, GENRE_MONO };

struct brv_font_set {
    struct brv_candidate **faces;
    size_t count;
    enum genre genre;
    int weight;
    int stretch;
    bool is_italic;
    const char *han; // suffix of the CJK family that the language wants
    uint64_t serial;
};

struct fallback {
    uint64_t key; // 0: free slot
    struct brv_candidate *candidate;
};

struct brv_fonts {
    struct brv_arena *arena;
    struct brv_catalog catalog;
    struct brv_shaper *shaper;
    struct brv_pattern_table *patterns;
    struct brv_map sets;     // request bytes → set
    struct brv_map declared; // what sheets declare → brv_declared_fonts
    uint32_t face_count;
    bool told_empty;
    size_t broken_count;
    size_t broken_told;
    struct fallback *fallbacks;
    size_t fallback_count;
    size_t fallback_capacity;
};

static const char *const serif_families[] = { "Noto Serif",   "Source Serif 4", "Liberation Serif",
                                              "DejaVu Serif", "FreeSerif",      "Tinos" };
static const char *const sans_families[] = { "Noto Sans",       "Source Sans 3", "Open Sans",
                                             "Liberation Sans", "DejaVu Sans",   "FreeSans" };
static const char *const mono_families[] = {
    "Noto Sans Mono", "Source Code Pro", "Liberation Mono", "DejaVu Sans Mono", "FreeMono"
};

struct generic {
    const char *name;
    enum genre genre;
};
static const struct generic generics[] = {
    { "serif", GENRE_SERIF },       { "sans-serif", GENRE_SANS }, { "monospace", GENRE_MONO },
    { "system-ui", GENRE_SANS },    { "ui-serif", GENRE_SERIF },  { "ui-sans-serif", GENRE_SANS },
    { "ui-monospace", GENRE_MONO }, { "cursive", GENRE_SANS },    { "fantasy", GENRE_SANS },
};

// ---- opening

static struct brv_face *open_face(struct brv_fonts *fonts, struct brv_candidate *candidate)
{
    if (candidate->face || candidate->is_broken) {
        return candidate->face;
    }
    struct brv_face *face = BRV_NEW(fonts->arena, struct brv_face);
    if (!brv_face_open(fonts->arena, candidate->file, candidate->index, face)) {
        candidate->is_broken = true;
        fonts->broken_count++;
        return NULL;
    }
    if (candidate->families[0].len > 0) {
        face->family = candidate->families[0];
    }
    face->weight = candidate->weight;
    face->is_fixed_pitch = candidate->is_fixed_pitch;
    face->id = fonts->face_count++;
    candidate->face = face;
    return face;
}

static void tell_broken(struct brv_fonts *fonts, struct brv_sink *sink)
{
    if (fonts->broken_told == fonts->broken_count || !sink) {
        return;
    }
    for (size_t i = 0; i < fonts->catalog.count; i++) {
        const struct brv_candidate *candidate = &fonts->catalog.items[i];
        if (candidate->is_broken) {
            brv_report(sink,
                       BRV_WARNING,
                       BRV_CODE_OUTPUT,
                       brv_span_none(),
                       "font file \"%" BRV_STR_F "\" is damaged or has no outlines; it is not used",
                       BRV_STR_ARG(candidate->file));
        }
    }
    fonts->broken_told = fonts->broken_count;
}

// ---- style matching

// CSS Fonts 4, 5.2: how far a weight is from the wanted one, with its preferred direction first.
static int weight_distance(int wanted, int weight)
{
    int above = weight - wanted;
    if (above == 0) {
        return 0;
    }
    if (wanted >= 400 && wanted <= 500) {
        if (weight > wanted && weight <= 500) {
            return above;
        }
        return above < 0 ? 1000 - above : 2000 + above;
    }
    bool prefer_heavier = wanted > 500;
    return (above > 0) == prefer_heavier ? abs(above) : 1000 + abs(above);
}

static int style_distance(const struct brv_font_set *set, const struct brv_candidate *candidate)
{
    int distance = abs(candidate->stretch - set->stretch) * 10000;
    distance += candidate->is_italic != set->is_italic ? 5000 : 0;
    return distance + weight_distance(set->weight, candidate->weight);
}

static bool is_family(const struct brv_candidate *candidate, brv_str name)
{
    for (size_t i = 0; i < candidate->family_count; i++) {
        if (brv_str_equal_nocase(candidate->families[i], name)) {
            return true;
        }
    }
    return false;
}

static struct brv_candidate *find_best(const struct brv_font_set *set, struct brv_candidate *items,
                                       size_t count, brv_str name)
{
    struct brv_candidate *best = NULL;
    int best_distance = 0;
    for (size_t i = 0; i < count; i++) {
        if (items[i].is_broken || !is_family(&items[i], name)) {
            continue;
        }
        int distance = style_distance(set, &items[i]);
        if (!best || distance < best_distance) {
            best = &items[i];
            best_distance = distance;
        }
    }
    return best;
}

// Adds the best face of a family; false when it is not installed.
static bool add_family(struct brv_fonts *fonts, struct brv_font_set *set,
                       const struct brv_declared_fonts *declared, brv_str name)
{
    struct brv_candidate *best =
        declared ? find_best(set, declared->items, declared->count, name) : NULL;
    if (!best) {
        best = find_best(set, fonts->catalog.items, fonts->catalog.count, name);
    }
    if (best && open_face(fonts, best)) {
        set->faces[set->count++] = best;
        return true;
    }
    return false;
}

static void add_generic(struct brv_fonts *fonts, struct brv_font_set *set, enum genre genre)
{
    const char *const *names = genre == GENRE_SERIF  ? serif_families
                               : genre == GENRE_SANS ? sans_families
                                                     : mono_families;
    size_t count = genre == GENRE_SERIF  ? BRV_COUNT(serif_families)
                   : genre == GENRE_SANS ? BRV_COUNT(sans_families)
                                         : BRV_COUNT(mono_families);
    for (size_t i = 0; i < count; i++) {
        if (add_family(fonts, set, NULL, brv_str_from_cstr(names[i]))) {
            return;
        }
    }
}

static const struct generic *find_generic(brv_str name)
{
    for (size_t i = 0; i < BRV_COUNT(generics); i++) {
        if (brv_str_is_nocase(name, generics[i].name)) {
            return &generics[i];
        }
    }
    return NULL;
}

static bool lang_is(brv_str lang, const char *tag)
{
    brv_str prefix = brv_str_from_cstr(tag);
    return lang.len >= prefix.len &&
           brv_str_equal_nocase(brv_str_slice(lang, 0, prefix.len), prefix) &&
           (lang.len == prefix.len || lang.ptr[prefix.len] == '-');
}

static const char *han_form(brv_str lang)
{
    if (lang_is(lang, "ja")) {
        return " JP";
    }
    if (lang_is(lang, "ko")) {
        return " KR";
    }
    if (lang_is(lang, "zh-HK") || lang_is(lang, "zh-MO") || lang_is(lang, "zh-Hant-HK")) {
        return " HK";
    }
    return lang_is(lang, "zh-TW") || lang_is(lang, "zh-Hant") ? " TC" : " SC";
}

static bool contains(brv_str text, const char *part)
{
    return brv_str_find(text, 0, brv_str_from_cstr(part)) < text.len;
}

// What a family is when no generic name says it.
static enum genre genre_of(const struct brv_candidate *candidate)
{
    if (candidate->is_fixed_pitch) {
        return GENRE_MONO;
    }
    return contains(candidate->families[0], "Sans") ? GENRE_SANS : GENRE_SERIF;
}

// ---- fallback

static bool is_han_codepoint(uint32_t c)
{
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// Smaller is better: how well a family suits as a stand-in for the set.
static int family_rank(const struct brv_font_set *set, const struct brv_candidate *candidate,
                       uint32_t codepoint)
{
    brv_str family = candidate->families[0];
    bool is_noto = brv_str_starts_with(family, BRV_S("Noto "));
    bool is_cjk = contains(family, "CJK");
    int rank = is_noto ? 0 : brv_str_starts_with(family, BRV_S("DejaVu")) ? 40 : 60;
    bool is_serif = contains(family, "Serif") || contains(family, "Naskh");
    rank += candidate->is_fixed_pitch == (set->genre == GENRE_MONO) || is_cjk ? 0 : 16;
    rank += is_serif == (set->genre == GENRE_SERIF) ? 0 : 8;
    static const char *const odd[] = { "Display", "UI",       "Kufi",    "Rashi",
                                       "Looped",  "Nastaliq", "Unjoined" };
    for (size_t i = 0; i < BRV_COUNT(odd); i++) {
        rank += contains(family, odd[i]) ? 20 : 0;
    }
    if (is_cjk) {
        bool is_mono = contains(family, "Mono");
        rank += brv_str_ends_with(family, brv_str_from_cstr(set->han)) ? 0 : 2;
        rank += is_mono == (set->genre == GENRE_MONO) ? 0 : 4;
        rank += is_han_codepoint(codepoint) ? 0 : 100; // its Latin and symbols are full width
    }
    return rank + (brv_str_is(family, "Symbola") ? 10 : 0);
}

static struct brv_candidate *search_fallback(struct brv_fonts *fonts,
                                             const struct brv_font_set *set, uint32_t codepoint)
{
    for (;;) {
        struct brv_candidate *best = NULL;
        int best_rank = 0;
        int best_distance = 0;
        for (size_t i = 0; i < fonts->catalog.count; i++) {
            struct brv_candidate *candidate = &fonts->catalog.items[i];
            if (candidate->is_broken || !brv_candidate_has(candidate, codepoint)) {
                continue;
            }
            int rank = family_rank(set, candidate, codepoint);
            int distance = style_distance(set, candidate);
            if (!best || rank < best_rank || (rank == best_rank && distance < best_distance)) {
                best = candidate;
                best_rank = rank;
                best_distance = distance;
            }
        }
        if (!best || open_face(fonts, best)) {
            return best;
        }
    }
}

static struct fallback *fallback_slot(struct fallback *slots, size_t capacity, uint64_t key)
{
    size_t at = (size_t)brv_hash(&key, sizeof key, 0) & (capacity - 1);
    while (slots[at].key != 0 && slots[at].key != key) {
        at = (at + 1) & (capacity - 1);
    }
    return &slots[at];
}

static struct brv_candidate *find_fallback(struct brv_fonts *fonts, const struct brv_font_set *set,
                                           uint32_t codepoint)
{
    if ((fonts->fallback_count + 1) * 2 > fonts->fallback_capacity) {
        size_t capacity = fonts->fallback_capacity ? fonts->fallback_capacity * 2 : 256;
        struct fallback *slots = BRV_NEW_ARRAY(fonts->arena, struct fallback, capacity);
        for (size_t i = 0; i < fonts->fallback_capacity; i++) {
            if (fonts->fallbacks[i].key != 0) {
                *fallback_slot(slots, capacity, fonts->fallbacks[i].key) = fonts->fallbacks[i];
            }
        }
        fonts->fallbacks = slots;
        fonts->fallback_capacity = capacity;
    }
    uint64_t key = set->serial << 32 | codepoint;
    struct fallback *slot = fallback_slot(fonts->fallbacks, fonts->fallback_capacity, key);
    if (slot->key == 0) {
        *slot = (struct fallback){ key, search_fallback(fonts, set, codepoint) };
        fonts->fallback_count++;
    }
    return slot->candidate;
}

// ---- requests

static struct brv_font_set *make_set(struct brv_fonts *fonts,
                                     const struct brv_font_request *request)
{
    struct brv_font_set *set = BRV_NEW(fonts->arena, struct brv_font_set);
    *set = (struct brv_font_set){
        .faces = BRV_NEW_ARRAY(fonts->arena, struct brv_candidate *, request->families.count + 2),
        .weight = request->weight,
        .stretch = (int)(request->stretch_percent > 0 ? request->stretch_percent : 100.0f),
        .is_italic = request->style == BRV_FONT_ITALIC,
        .han = han_form(request->lang),
        .serial = fonts->sets.count + 1,
    };
    bool has_generic = false;
    for (uint32_t i = 0; i < request->families.count; i++) {
        const struct generic *generic = find_generic(request->families.items[i]);
        if (generic) {
            set->genre = generic->genre;
            has_generic = true;
            add_generic(fonts, set, generic->genre);
        } else {
            add_family(fonts, set, request->declared, request->families.items[i]);
        }
    }
    if (set->count == 0) {
        add_generic(fonts, set, set->genre);
    }
    if (!has_generic && set->count > 0) {
        set->genre = genre_of(set->faces[0]);
    }
    for (size_t i = 0; i < fonts->catalog.count && set->count == 0; i++) {
        if (open_face(fonts, &fonts->catalog.items[i])) {
            set->faces[set->count++] = &fonts->catalog.items[i];
        }
    }
    return set;
}

const struct brv_font_set *brv_fonts_resolve(struct brv_fonts *fonts,
                                             const struct brv_font_request *request,
                                             struct brv_sink *sink)
{
    struct brv_buf key = { 0 };
    brv_buf_printf(
        &key, "%d %d %d ", request->weight, (int)request->style, (int)request->stretch_percent);
    brv_buf_add_cstr(&key, han_form(request->lang));
    if (request->declared) {
        brv_buf_printf(&key, " %u", request->declared->serial);
    }
    for (uint32_t i = 0; i < request->families.count; i++) {
        brv_buf_add_byte(&key, '\n');
        brv_buf_add_str(&key, request->families.items[i]);
    }
    const struct brv_font_set *set = brv_map_find(&fonts->sets, brv_buf_str(&key));
    if (!set) {
        struct brv_font_set *made = make_set(fonts, request);
        *brv_map_at(&fonts->sets, brv_arena_str(fonts->arena, brv_buf_str(&key))) = made;
        set = made;
    }
    brv_buf_deinit(&key);
    tell_broken(fonts, sink);
    if (set->count == 0 && sink && !fonts->told_empty) {
        fonts->told_empty = true;
        struct brv_diag *diag = brv_report(
            sink, BRV_ERROR, BRV_CODE_OUTPUT, brv_span_none(), "no usable font is installed");
        brv_diag_hint(sink, diag, "on Debian: apt-get install fonts-noto-core");
    }
    return set;
}

const struct brv_face *brv_font_set_primary(const struct brv_font_set *set)
{
    return set->count > 0 ? set->faces[0]->face : NULL;
}

const struct brv_face *brv_font_set_face(struct brv_fonts *fonts, const struct brv_font_set *set,
                                         uint32_t codepoint)
{
    for (size_t i = 0; i < set->count; i++) {
        if (brv_candidate_has(set->faces[i], codepoint)) {
            return set->faces[i]->face;
        }
    }
    const struct brv_candidate *candidate = find_fallback(fonts, set, codepoint);
    return candidate ? candidate->face : NULL;
}

struct brv_shaper *brv_fonts_shaper(struct brv_fonts *fonts)
{
    return fonts->shaper;
}

const struct brv_patterns *brv_fonts_patterns(struct brv_fonts *fonts, brv_str lang)
{
    return brv_patterns_find(fonts->patterns, lang);
}

// ---- for declared fonts

struct brv_face *brv_fonts_open_local(struct brv_fonts *fonts, brv_str name)
{
    for (size_t i = 0; i < fonts->catalog.count; i++) {
        struct brv_candidate *candidate = &fonts->catalog.items[i];
        brv_str family = candidate->families[0];
        if (name.len < family.len ||
            !brv_str_equal_nocase(brv_str_slice(name, 0, family.len), family)) {
            continue;
        }
        brv_str style = brv_str_trim(brv_str_slice(name, family.len, name.len));
        if (brv_str_equal_nocase(style, candidate->style) ||
            (style.len == 0 && brv_str_is_nocase(candidate->style, "Regular"))) {
            return open_face(fonts, candidate);
        }
    }
    return NULL;
}

uint32_t brv_fonts_next_id(struct brv_fonts *fonts)
{
    return fonts->face_count++;
}

struct brv_arena *brv_fonts_arena(struct brv_fonts *fonts)
{
    return fonts->arena;
}

const struct brv_declared_fonts *brv_fonts_find_declared(const struct brv_fonts *fonts, brv_str key)
{
    return brv_map_find(&fonts->declared, key);
}

void brv_fonts_keep_declared(struct brv_fonts *fonts, brv_str key,
                             struct brv_declared_fonts *declared)
{
    *brv_map_at(&fonts->declared, brv_arena_str(fonts->arena, key)) = declared;
}

// ---- the contract

struct brv_fonts *brv_fonts_new(struct brv_arena *arena)
{
    struct brv_fonts *fonts = BRV_NEW(arena, struct brv_fonts);
    fonts->arena = arena;
    fonts->sets.arena = arena;
    fonts->declared.arena = arena;
    fonts->catalog = brv_catalog_read(arena);
    fonts->shaper = brv_shaper_new(arena);
    fonts->patterns = brv_pattern_table_new(arena);
    return fonts;
}

const struct brv_face *brv_fonts_primary(struct brv_fonts *fonts,
                                         const struct brv_font_request *request,
                                         struct brv_sink *sink)
{
    return brv_font_set_primary(brv_fonts_resolve(fonts, request, sink));
}

const struct brv_face *brv_fonts_for_codepoint(struct brv_fonts *fonts,
                                               const struct brv_font_request *request,
                                               uint32_t codepoint)
{
    return brv_font_set_face(fonts, brv_fonts_resolve(fonts, request, NULL), codepoint);
}

void brv_fonts_list(struct brv_fonts *fonts, struct brv_buf *out)
{
    for (size_t i = 0; i < fonts->catalog.count; i++) {
        const struct brv_candidate *item = &fonts->catalog.items[i];
        brv_buf_add_str(out, item->families[0]);
        brv_buf_add_cstr(out, ", ");
        brv_buf_add_str(out, item->style);
        brv_buf_add_cstr(out, ", ");
        brv_buf_add_str(out, item->file);
        brv_buf_printf(out, ":%u\n", item->index);
    }
}
