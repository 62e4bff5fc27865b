// Brevier — choosing fonts: from a request to a set.
// A request becomes a set: the best face of each of its families, in order. A character takes the
// first face of the set that has it, else a fallback. Charsets come from the catalogue, so no file
// is opened to look.
// SPDX-License-Identifier: MIT
#include "layout/fonts.h"
#include "layout/shape.h"

#include "base/buf.h"

#include <stdlib.h>

static const char *const serif_families[] = { "Noto Serif",   "Source Serif 4", "Liberation Serif",
                                              "DejaVu Serif", "FreeSerif",      "Tinos" };
static const char *const sans_families[] = { "Noto Sans",       "Source Sans 3", "Open Sans",
                                             "Liberation Sans", "DejaVu Sans",   "FreeSans" };
static const char *const mono_families[] = {
    "Noto Sans Mono", "Source Code Pro", "Liberation Mono", "DejaVu Sans Mono", "FreeMono"
};

struct generic {
    const char *name;
    enum brv_genre genre;
};
static const struct generic generics[] = {
    { "serif", BRV_GENRE_SERIF },       { "sans-serif", BRV_GENRE_SANS },
    { "monospace", BRV_GENRE_MONO },    { "system-ui", BRV_GENRE_SANS },
    { "ui-serif", BRV_GENRE_SERIF },    { "ui-sans-serif", BRV_GENRE_SANS },
    { "ui-monospace", BRV_GENRE_MONO }, { "cursive", BRV_GENRE_SANS },
    { "fantasy", BRV_GENRE_SANS },
};

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

int brv_font_set_distance(const struct brv_font_set *set, const struct brv_candidate *candidate)
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
        int distance = brv_font_set_distance(set, &items[i]);
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
    if (best && brv_candidate_open(fonts, best)) {
        set->faces[set->count++] = best;
        return true;
    }
    return false;
}

static void add_generic(struct brv_fonts *fonts, struct brv_font_set *set, enum brv_genre genre)
{
    const char *const *names = genre == BRV_GENRE_SERIF  ? serif_families
                               : genre == BRV_GENRE_SANS ? sans_families
                                                         : mono_families;
    size_t count = genre == BRV_GENRE_SERIF  ? BRV_COUNT(serif_families)
                   : genre == BRV_GENRE_SANS ? BRV_COUNT(sans_families)
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

// What a family is when no generic name says it.
static enum brv_genre genre_of(const struct brv_candidate *candidate)
{
    if (candidate->is_fixed_pitch) {
        return BRV_GENRE_MONO;
    }
    brv_str family = candidate->families[0];
    return brv_str_find(family, 0, BRV_S("Sans")) < family.len ? BRV_GENRE_SANS : BRV_GENRE_SERIF;
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
        if (brv_candidate_open(fonts, &fonts->catalog.items[i])) {
            set->faces[set->count++] = &fonts->catalog.items[i];
        }
    }
    for (uint32_t c = ' '; c < 0x7F && set->count > 0; c++) {
        uint64_t has = brv_candidate_has(set->faces[0], c);
        set->ascii[c / 64] |= has << c % 64;
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
    brv_fonts_tell_broken(fonts, sink);
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
    if (codepoint < 128 && (set->ascii[codepoint / 64] >> codepoint % 64 & 1)) {
        return set->faces[0]->face;
    }
    for (size_t i = 0; i < set->count; i++) {
        if (brv_candidate_has(set->faces[i], codepoint)) {
            return set->faces[i]->face;
        }
    }
    const struct brv_candidate *candidate = brv_fonts_find_fallback(fonts, set, codepoint);
    return candidate ? candidate->face : NULL;
}

const struct brv_face *brv_font_set_key_face(struct brv_fonts *fonts,
                                             const struct brv_font_set *set, uint32_t base)
{
    for (size_t i = 0; i < set->count; i++) {
        if (brv_candidate_has(set->faces[i], BRV_KEYCAP) &&
            brv_face_frames_key(set->faces[i]->face, base)) {
            return set->faces[i]->face;
        }
    }
    const struct brv_candidate *candidate = brv_fonts_find_key(fonts, set, base);
    return candidate ? candidate->face : NULL;
}
