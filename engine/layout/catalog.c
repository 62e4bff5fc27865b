// Brevier — the catalogue of installed faces, from fontconfig's caches.
// A full FcInit reads some fifty rule files, which costs more than all else that one document
// needs. Only the caches are of use here, so the configuration is a few lines held in memory, and
// what the administrator and the user have added: folders of theirs, fonts that they reject.
// SPDX-License-Identifier: MIT
#include "layout/catalog.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

enum { FAMILIES_MAX = 16 };

static const char configuration[] =
    "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
    "<dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>"
    "<dir prefix=\"xdg\">fonts</dir><dir>~/.fonts</dir>"
    "<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix=\"xdg\">fontconfig</cachedir>"
    "<include ignore_missing=\"yes\">/etc/fonts/local.conf</include>"
    "<include ignore_missing=\"yes\" prefix=\"xdg\">fontconfig/fonts.conf</include>"
    "</fontconfig>";

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

static struct brv_candidate candidate_of(struct brv_arena *arena, const FcPattern *pattern)
{
    int weight = number_of(pattern, FC_WEIGHT);
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
        .weight = weight < 0 ? 400 : FcWeightToOpenType(weight),
        .stretch = stretch < 0 ? 100 : stretch,
        .is_italic = number_of(pattern, FC_SLANT) > 0,
        .is_fixed_pitch = spacing >= FC_DUAL,
        .charset = charset,
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

struct brv_catalog brv_catalog_read(struct brv_arena *arena)
{
    struct brv_catalog catalog = { 0 };
    FcConfig *config = FcConfigCreate();
    if (!config) {
        return catalog;
    }
    brv_arena_on_free(arena, destroy_config, config); // candidates point into its fonts
    if (!FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)configuration, FcFalse) ||
        !FcConfigBuildFonts(config)) {
        return catalog;
    }
    const FcFontSet *set = FcConfigGetFonts(config, FcSetSystem);
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

bool brv_candidate_has(const struct brv_candidate *candidate, uint32_t codepoint)
{
    if (candidate->unicodes) {
        return hb_set_has(candidate->unicodes, codepoint);
    }
    return candidate->charset && FcCharSetHasChar(candidate->charset, codepoint);
}
