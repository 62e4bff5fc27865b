// Brevier — known metadata keys and what they set.
// SPDX-License-Identifier: MIT
#include "load/meta.h"

#include "base/buf.h"
#include "load/clean.h"

static const char *const known_keys[] = { "title", "id",  "kind", "date",    "lang",    "tlp",
                                          "toc",   "lof", "lot",  "authors", "sources", "tags" };
enum { LIST_KEY_FIRST = 9 }; // from here on a list is welcome

static const char *const tlp_names[] = { "RED", "AMBER", "AMBER+STRICT", "GREEN", "CLEAR" };

static bool takes_list(brv_str key)
{
    for (size_t i = 0; i < LIST_KEY_FIRST; i++) {
        if (brv_str_is(key, known_keys[i])) {
            return false;
        }
    }
    return true;
}

static bool is_known(brv_str key)
{
    for (size_t i = 0; i < BRV_COUNT(known_keys); i++) {
        if (brv_str_is(key, known_keys[i])) {
            return true;
        }
    }
    return false;
}

static void note_near_miss(struct brv_metadata *metadata, brv_str key, struct brv_span span)
{
    if (is_known(key) || !brv_nearest(key, known_keys, BRV_COUNT(known_keys))) {
        return;
    }
    struct brv_diag *diag = brv_report(metadata->sink,
                                       BRV_NOTE,
                                       BRV_CODE_INPUT,
                                       span,
                                       "key \"%" BRV_STR_F "\" has no meaning of its own",
                                       BRV_STR_ARG(key));
    brv_diag_hint_nearest(metadata->sink, diag, key, known_keys, BRV_COUNT(known_keys));
}

// The one value of a key, empty when the key is absent.
static brv_str value_of(const struct brv_document *document, const char *key)
{
    const struct brv_meta *meta = brv_document_meta(document, brv_str_from_cstr(key));
    return meta && meta->value_count > 0 ? brv_str_trim(meta->values[0]) : (brv_str){ 0 };
}

// "TLP:Amber+Strict" and "amber+strict" are AMBER+STRICT.
static brv_str parse_tlp(const struct brv_metadata *metadata, brv_str value, struct brv_span span)
{
    if (value.len >= 4 && brv_str_is_nocase(brv_str_slice(value, 0, 4), "TLP:")) {
        value = brv_str_trim(brv_str_slice(value, 4, value.len));
    }
    char *upper = brv_arena_cstr(metadata->arena, value);
    for (size_t i = 0; i < value.len; i++) {
        upper[i] = upper[i] >= 'a' && upper[i] <= 'z' ? (char)(upper[i] - 'a' + 'A') : upper[i];
    }
    for (size_t i = 0; i < BRV_COUNT(tlp_names); i++) {
        if (strcmp(upper, tlp_names[i]) == 0) {
            return (brv_str){ upper, value.len };
        }
    }
    struct brv_diag *diag = brv_report(metadata->sink,
                                       BRV_WARNING,
                                       BRV_CODE_INPUT,
                                       span,
                                       "\"%" BRV_STR_F "\" is no TLP label",
                                       BRV_STR_ARG(value));
    brv_diag_hint_nearest(metadata->sink, diag, value, tlp_names, BRV_COUNT(tlp_names));
    return (brv_str){ upper, value.len };
}

void brv_metadata_init(struct brv_metadata *metadata, struct brv_arena *arena,
                       struct brv_sink *sink)
{
    *metadata = (struct brv_metadata){ .arena = arena, .sink = sink, .by_key = { .arena = arena } };
    metadata->end = &metadata->first;
}

enum brv_status brv_metadata_add(struct brv_metadata *metadata, brv_str key, const brv_str *values,
                                 size_t count, bool is_list, struct brv_metadata_place place)
{
    struct brv_span span = place.key;
    struct brv_meta **slot = (struct brv_meta **)brv_map_at(&metadata->by_key, key);
    if (*slot) {
        struct brv_diag *diag = brv_report(metadata->sink,
                                           BRV_ERROR,
                                           BRV_CODE_INPUT,
                                           span,
                                           "key \"%" BRV_STR_F "\" is given twice",
                                           BRV_STR_ARG(key));
        brv_diag_note(metadata->sink, diag, (*slot)->span, "the first one is here");
        return BRV_FAILED;
    }
    if (is_list && !takes_list(key)) {
        brv_report(metadata->sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   span,
                   "\"%" BRV_STR_F "\" must be one value, not a list",
                   BRV_STR_ARG(key));
        return BRV_FAILED;
    }
    note_near_miss(metadata, key, span);
    struct brv_meta *meta = BRV_NEW(metadata->arena, struct brv_meta);
    brv_str *clean = BRV_NEW_ARRAY(metadata->arena, brv_str, count);
    for (size_t i = 0; i < count; i++) {
        clean[i] = brv_bidi_close(metadata->arena,
                                  brv_clean_text(metadata->arena, values[i], span, metadata->sink),
                                  span,
                                  metadata->sink);
    }
    *meta = (struct brv_meta){ .key = key,
                               .values = clean,
                               .value_count = count,
                               .is_list = is_list,
                               .span = span,
                               .value_span = place.value };
    *slot = *metadata->end = meta;
    metadata->end = &meta->next;
    return BRV_OK;
}

void brv_metadata_apply(const struct brv_metadata *metadata, struct brv_document *document)
{
    document->meta = metadata->first;
    document->title = value_of(document, "title");
    document->id = value_of(document, "id");
    document->date = value_of(document, "date");
    document->lang = BRV_S("en");
    const struct brv_meta *lang = brv_document_meta(document, BRV_S("lang"));
    if (lang && brv_lang_is_tag(value_of(document, "lang"))) {
        document->lang = value_of(document, "lang");
    } else if (lang) {
        brv_report(metadata->sink,
                   BRV_WARNING,
                   BRV_CODE_INPUT,
                   lang->span,
                   "\"%" BRV_STR_F "\" is no language tag like \"en-GB\"; taken as \"en\"",
                   BRV_STR_ARG(value_of(document, "lang")));
    }
    const struct brv_meta *tlp = brv_document_meta(document, BRV_S("tlp"));
    if (tlp && value_of(document, "tlp").len > 0) {
        document->tlp = parse_tlp(metadata, value_of(document, "tlp"), tlp->span);
    }
}
