// Brevier — which way a block runs.
// SPDX-License-Identifier: MIT
#include "style/styled.h"

#include "base/direction.h"
#include "base/utf8.h"

// Whether the first letter of what a block contains runs from right to left.
static bool begins_rtl(const struct brv_styled *styled, bool inherited)
{
    struct brv_base base = { 0 };
    int looked = 0;
    for (const struct brv_styled *at = styled; at && looked < 100;
         at = brv_styled_walk_next(styled, at), looked++) {
        brv_str text = at->kind == BRV_STYLED_TEXT && at->node ? at->text : (brv_str){ 0 };
        for (size_t i = 0; i < text.len && i < 1000;)
            if (brv_base_see(&base, brv_utf8_next(text, &i)))
                return brv_base_is_rtl(&base);
    }
    return inherited;
}

bool brv_styled_is_rtl(const struct brv_styled *styled, bool inherited)
{
    if (styled->kind != BRV_STYLED_ELEMENT || !styled->node) {
        return inherited;
    }
    brv_str lang = brv_node_attr(styled->node, BRV_ATTR_LANG);
    if (lang.len > 0) {
        return brv_lang_is_rtl(lang);
    }
    switch (styled->node->kind) {
    case BRV_KIND_PRE:
        return false;
    case BRV_KIND_UL:
    case BRV_KIND_OL:
    case BRV_KIND_DL:
    case BRV_KIND_TABLE:
    case BRV_KIND_BLOCKQUOTE:
    case BRV_KIND_ASIDE:
    case BRV_KIND_FOOTNOTE:
        return brv_lang_is_rtl(brv_node_lang(styled->node)) || begins_rtl(styled, inherited);
    default:
        return inherited;
    }
}
