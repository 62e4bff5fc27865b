// Brevier — the features of OpenType that a text is shaped with.
// SPDX-License-Identifier: MIT
#include "layout/shape_word.h"

#include <hb-ot.h>

static void add_feature(struct brv_shape_features *list, hb_tag_t tag, uint32_t value)
{
    if (list->count < BRV_SHAPE_FEATURES) {
        list->items[list->count++] =
            (hb_feature_t){ tag, value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END };
    }
}

struct brv_shape_features brv_shape_features_of(const struct brv_shape_request *request)
{
    struct brv_shape_features list = { .count = 0 };
    if (request->no_ligatures) {
        add_feature(&list, HB_TAG('l', 'i', 'g', 'a'), 0);
        add_feature(&list, HB_TAG('c', 'l', 'i', 'g'), 0);
    }
    if (request->caps != BRV_CAPS_NORMAL) {
        add_feature(&list, HB_TAG('s', 'm', 'c', 'p'), 1);
    }
    if (request->caps == BRV_CAPS_ALL_SMALL) {
        add_feature(&list, HB_TAG('c', '2', 's', 'c'), 1);
    }
    static const struct {
        unsigned bit;
        hb_tag_t tag;
    } numerics[] = {
        { BRV_NUMERIC_LINING, HB_TAG('l', 'n', 'u', 'm') },
        { BRV_NUMERIC_OLDSTYLE, HB_TAG('o', 'n', 'u', 'm') },
        { BRV_NUMERIC_TABULAR, HB_TAG('t', 'n', 'u', 'm') },
        { BRV_NUMERIC_PROPORTIONAL, HB_TAG('p', 'n', 'u', 'm') },
    };
    for (size_t i = 0; i < BRV_COUNT(numerics); i++) {
        if (request->numeric & numerics[i].bit) {
            add_feature(&list, numerics[i].tag, 1);
        }
    }
    for (uint32_t i = 0; i < request->features.count; i++) {
        const struct brv_feature *feature = &request->features.items[i];
        add_feature(&list,
                    HB_TAG(feature->tag[0], feature->tag[1], feature->tag[2], feature->tag[3]),
                    feature->value);
    }
    return list;
}

bool brv_face_has_feature(const struct brv_face *face, hb_tag_t feature)
{
    hb_tag_t tags[64];
    unsigned start = 0;
    for (;;) {
        unsigned count = BRV_COUNT(tags);
        hb_ot_layout_table_get_feature_tags(face->face, HB_OT_TAG_GSUB, start, &count, tags);
        for (unsigned i = 0; i < count; i++) {
            if (tags[i] == feature) {
                return true;
            }
        }
        if (count < BRV_COUNT(tags)) {
            return false;
        }
        start += count;
    }
}
