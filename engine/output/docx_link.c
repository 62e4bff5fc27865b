// Brevier — link targets as Word takes them.
//
// The link policy (brv_url_is_allowed) says which addresses may be links, their host and port
// included. A package relationship also has to be a URI by its grammar, or Word refuses the whole
// document: characters that a URI has no place for are percent-encoded.
// SPDX-License-Identifier: MIT
#include "model/link.h"
#include "output/docx_tree.h"

enum { TITLE_BYTES_MAX = 250 }; // Word shows 260 characters and refuses longer ones

// Path, query and fragment with what has no place there encoded.
static void add_encoded(struct brv_buf *out, brv_str text)
{
    bool has_fragment = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_escape = c == '%' && i + 2 < text.len && brv_is_hex_digit(text.ptr[i + 1]) &&
                         brv_is_hex_digit(text.ptr[i + 2]);
        bool is_first_hash = c == '#' && !has_fragment;
        has_fragment |= is_first_hash;
        if (brv_is_alnum(c) || brv_is_one_of(c, "-._~:/?@!$&'()*+,;=") ||
            (unsigned char)c >= 0x80 || is_escape || is_first_hash) {
            brv_buf_add_byte(out, c);
        } else {
            brv_buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
        }
    }
}

static brv_str target_of(struct docx *docx, brv_str href)
{
    href = brv_str_trim(href);
    if (!brv_url_is_allowed(href)) {
        return (brv_str){ 0 };
    }
    if (href.ptr[0] == '#') {
        return href;
    }
    size_t colon = brv_str_find_byte(href, 0, ':');
    brv_str scheme = brv_str_slice(href, 0, colon);
    brv_str rest = brv_str_slice(href, colon < href.len ? colon + 1 : colon, href.len);
    size_t end = brv_url_authority_end(rest); // the policy has seen to what comes before
    struct brv_buf out = { 0 };
    brv_buf_add_str(&out, scheme);
    brv_buf_add_byte(&out, ':');
    brv_buf_add_str(&out, brv_str_slice(rest, 0, end));
    add_encoded(&out, brv_str_from(rest, end));
    brv_str target = brv_arena_str(docx->arena, brv_buf_str(&out));
    brv_buf_deinit(&out);
    return target;
}

static brv_str cut(brv_str text)
{
    size_t len = text.len < TITLE_BYTES_MAX ? text.len : TITLE_BYTES_MAX;
    while (len < text.len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80) {
        len--;
    }
    return brv_str_slice(text, 0, len);
}

const struct docx_link *brv_docx_link(struct docx *docx, const struct brv_node *node)
{
    brv_str target = target_of(docx, brv_node_attr(node, BRV_ATTR_HREF));
    if (target.len == 0) {
        return NULL;
    }
    struct docx_link *link = BRV_NEW(docx->arena, struct docx_link);
    link->target = target;
    link->title = cut(brv_node_attr(node, BRV_ATTR_TITLE));
    return link;
}
