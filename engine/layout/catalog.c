// Brevier — the catalogue of installed faces, from fontconfig's caches.
// A full FcInit reads some fifty rule files, which costs more than all else that one document
// needs. Only the caches are of use here, so the configuration is a few lines held in memory, and
// what the administrator and the user have added: folders of theirs, fonts that they reject.
// SPDX-License-Identifier: MIT
#include "layout/catalog_index.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

enum { FAMILIES_MAX = 16 };

// What a system brings, and what is added to it (catalog_index.c looks whether anything is).
#define BEGIN "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
#define OF_SYSTEM                                                                                  \
    "<dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>"                                 \
    "<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix=\"xdg\">fontconfig</cachedir>"
#define ADDED                                                                                      \
    "<dir prefix=\"xdg\">fonts</dir><dir>~/.fonts</dir>"                                           \
    "<include ignore_missing=\"yes\">/etc/fonts/local.conf</include>"                              \
    "<include ignore_missing=\"yes\" prefix=\"xdg\">fontconfig/fonts.conf</include>"
#define END "</fontconfig>"
static const char configuration[] = BEGIN OF_SYSTEM ADDED END;
static const char system_configuration[] = BEGIN OF_SYSTEM END;

static brv_str string_of(const FcPattern *pattern, const char *object, int n)
{
    FcChar8 *text = NULL;
    return FcPatternGetString(pattern, object, n, &text) == FcResultMatch
               ? brv_str_from_cstr((const char *)text)
               : (brv_str){ 0 };
}

static bool flag_of(const FcPattern *pattern, const char *object)
{
    FcBool value = FcFalse;
    return FcPatternGetBool(pattern, object, 0, &value) == FcResultMatch && value == FcTrue;
}

// Variable fonts have ranges where others have numbers: -1 then.
static int number_of(const FcPattern *pattern, const char *object)
{
    int value = -1;
    return FcPatternGetInteger(pattern, object, 0, &value) == FcResultMatch ? value : -1;
}

static bool is_usable(const FcPattern *pattern)
{
    brv_str format = string_of(pattern, FC_FONTFORMAT, 0);
    int index = number_of(pattern, FC_INDEX);
    // The high half of the index names an instance of a variable font; its default one comes as a
    // pattern of its own, marked variable.
    bool is_instance = index >> 16 != 0 && !flag_of(pattern, FC_VARIABLE);
    return (brv_str_is(format, "TrueType") || brv_str_is(format, "CFF")) &&
           flag_of(pattern, FC_OUTLINE) && !flag_of(pattern, FC_COLOR) && !is_instance &&
           string_of(pattern, FC_FILE, 0).len > 0 && string_of(pattern, FC_FAMILY, 0).len > 0;
}

static bool has_character(const void *charset, uint32_t codepoint)
{
    return FcCharSetHasChar(charset, codepoint);
}

// What the font says, as far as its style's name agrees: there are bold faces that say 400, which
// a regular one of the family says as well.
static int weight_of(const FcPattern *pattern)
{
    enum { REGULAR = 400, SEMIBOLD = 600, BOLD = 700 };
    int weight = number_of(pattern, FC_WEIGHT);
    weight = weight < 0 ? REGULAR : FcWeightToOpenType(weight);
    brv_str style = string_of(pattern, FC_STYLE, 0);
    if (weight > REGULAR || brv_str_find(style, 0, BRV_S("Bold")) == style.len) {
        return weight;
    }
    bool is_half = brv_str_find(style, 0, BRV_S("Semi")) < style.len ||
                   brv_str_find(style, 0, BRV_S("Demi")) < style.len;
    return is_half ? SEMIBOLD : BOLD;
}

static struct brv_candidate candidate_of(struct brv_arena *arena, const FcPattern *pattern)
{
    int stretch = number_of(pattern, FC_WIDTH);
    int spacing = number_of(pattern, FC_SPACING);
    brv_str names[FAMILIES_MAX];
    size_t count = 0;
    while (count < FAMILIES_MAX &&
           (names[count] = string_of(pattern, FC_FAMILY, (int)count)).len > 0) {
        count++;
    }
    brv_str *families = BRV_NEW_ARRAY(arena, brv_str, count);
    memcpy(families, names, count * sizeof *families);
    FcCharSet *charset = NULL;
    FcPatternGetCharSet(pattern, FC_CHARSET, 0, &charset);
    return (struct brv_candidate){
        .families = families,
        .family_count = count,
        .style = string_of(pattern, FC_STYLE, 0),
        .file = string_of(pattern, FC_FILE, 0),
        .index = (unsigned)number_of(pattern, FC_INDEX) & 0xFFFF,
        .weight = weight_of(pattern),
        .stretch = stretch < 0 ? 100 : stretch,
        .is_italic = number_of(pattern, FC_SLANT) > 0,
        .is_fixed_pitch = spacing >= FC_DUAL,
        .characters = charset,
        .has = charset ? has_character : NULL,
    };
}

static int compare_candidates(const void *left, const void *right)
{
    const struct brv_candidate *a = left;
    const struct brv_candidate *b = right;
    int order = brv_str_compare(a->families[0], b->families[0]);
    if (order == 0) {
        order = a->weight - b->weight;
    }
    if (order == 0) {
        order = (int)a->is_italic - (int)b->is_italic;
    }
    if (order == 0) {
        order = a->stretch - b->stretch;
    }
    if (order == 0) {
        order = brv_str_compare(a->file, b->file);
    }
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

static void destroy_config(void *config)
{
    FcConfigDestroy(config);
}

// NULL when fontconfig fails.
static FcConfig *config_open(struct brv_arena *arena, const char *text)
{
    FcConfig *config = FcConfigCreate();
    if (!config) {
        return NULL;
    }
    brv_arena_on_free(arena, destroy_config, config); // candidates point into its fonts
    return FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)text, FcFalse) &&
                   FcConfigBuildFonts(config)
               ? config
               : NULL;
}

static struct brv_catalog catalog_of(struct brv_arena *arena, FcConfig *config)
{
    struct brv_catalog catalog = { 0 };
    const FcFontSet *set = config ? FcConfigGetFonts(config, FcSetSystem) : NULL;
    if (!set || set->nfont <= 0) {
        return catalog;
    }
    catalog.items = BRV_NEW_ARRAY(arena, struct brv_candidate, (size_t)set->nfont);
    for (int i = 0; i < set->nfont; i++) {
        if (is_usable(set->fonts[i])) {
            catalog.items[catalog.count++] = candidate_of(arena, set->fonts[i]);
        }
    }
    if (catalog.count > 0) {
        qsort(catalog.items, catalog.count, sizeof *catalog.items, compare_candidates);
    }
    return catalog;
}

struct brv_catalog brv_catalog_read(struct brv_arena *arena, brv_str index)
{
    struct brv_catalog catalog = { 0 };
    if (brv_catalog_read_index(arena, index, &catalog)) {
        return catalog;
    }
    return catalog_of(arena, config_open(arena, configuration));
}

struct brv_catalog brv_catalog_of_system(struct brv_arena *arena, struct brv_strings *folders)
{
    FcConfig *config = config_open(arena, system_configuration);
    FcStrList *list = config ? FcConfigGetFontDirs(config) : NULL;
    brv_str *items = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (const FcChar8 *folder; list && (folder = FcStrListNext(list));) {
        brv_str path = brv_str_from_cstr((const char *)folder);
        BRV_PUSH(arena, items, count, capacity) = brv_arena_str(arena, path);
    }
    if (list) {
        FcStrListDone(list);
    }
    *folders = (struct brv_strings){ items, (uint32_t)count, BRV_STRINGS_SET };
    return catalog_of(arena, config);
}

bool brv_candidate_page(const struct brv_candidate *candidate, uint32_t *next, uint16_t *number,
                        struct brv_index_leaf *leaf)
{
    FcChar32 map[FC_CHARSET_MAP_SIZE];
    FcChar32 first = FcCharSetNextPage(candidate->characters, map, next);
    *number = (uint16_t)(first >> 8);
    for (size_t i = 0; i < BRV_INDEX_LEAF_WORDS; i++) {
        leaf->bits[i] = map[2 * i] | (uint64_t)map[2 * i + 1] << 32;
    }
    return first != FC_CHARSET_DONE;
}
