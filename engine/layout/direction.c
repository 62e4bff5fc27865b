// Brevier — which way a block runs.
// SPDX-License-Identifier: MIT
#include "layout/block.h"

#include "base/utf8.h"

// 1 left to right, -1 right to left, 0 nothing strong at the beginning of the text.
static int first_strong(brv_str text)
{
    for (size_t at = 0; at < text.len && at < 1000;) {
        uint32_t c = brv_utf8_next(text, &at);
        if ((c >= 0x5D0 && c <= 0x5EA) || (c >= 0x620 && c <= 0x64A) ||
            (c >= 0x66E && c <= 0x6EF) || (c >= 0x700 && c <= 0x8FF) ||
            (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC)) {
            return -1;
        }
        if (((c | 32) >= 'a' && (c | 32) <= 'z') ||
            (c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF))) {
            return 1;
        }
    }
    return 0;
}

bool brv_styled_is_rtl(const struct brv_styled *styled, bool inherited)
{
    if (styled->kind != BRV_STYLED_ELEMENT || !styled->node) {
        return inherited;
    }
    brv_str lang = brv_node_attr(styled->node, BRV_ATTR_LANG);
    static const char *const languages[] = { "ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv" };
    for (size_t i = 0; i < BRV_COUNT(languages) && lang.len >= 2; i++) {
        if (brv_str_is_nocase(brv_str_slice(lang, 0, 2), languages[i]) &&
            (lang.len == 2 || lang.ptr[2] == '-')) {
            return true;
        }
    }
    if (lang.len > 0) {
        return false;
    }
    switch (styled->node->kind) {
    case BRV_KIND_UL:
    case BRV_KIND_OL:
    case BRV_KIND_DL:
    case BRV_KIND_TABLE:
    case BRV_KIND_BLOCKQUOTE:
    case BRV_KIND_ASIDE:
        break;
    default:
        return inherited;
    }
    int looked = 0;
    for (const struct brv_styled *at = styled; at && looked < 100;
         at = brv_styled_walk_next(styled, at)) {
        int direction = at->kind == BRV_STYLED_TEXT && at->node ? first_strong(at->text) : 0;
        if (direction != 0) {
            return direction < 0;
        }
        looked++;
    }
    return inherited;
}
