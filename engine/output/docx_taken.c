// Brevier — which names and ids of styles are taken.
//
// Word tells neither by their case, and ids by letters and digits alone. Both are kept in one map,
// of which the keys of ids begin with a sign.
// SPDX-License-Identifier: MIT
#include "output/docx_naming.h"
#include "output/docx_template.h"

static brv_str name_key(struct docx *docx, brv_str name)
{
    return brv_arena_lower(docx->arena, name);
}

// "#heading1" of "Heading 1".
static brv_str id_key(struct docx *docx, brv_str id)
{
    char *out = brv_arena_alloc(docx->arena, id.len + 1);
    size_t len = 0;
    out[len++] = '#';
    for (size_t i = 0; i < id.len; i++) {
        if (brv_is_alnum(id.ptr[i])) {
            out[len++] = brv_to_lower(id.ptr[i]);
        }
    }
    return (brv_str){ out, len };
}

static bool take(struct docx *docx, brv_str key, struct docx_style *style)
{
    void **slot = brv_map_at(&docx->style_names, key);
    if (*slot) {
        return false;
    }
    *slot = style;
    return true;
}

bool brv_docx_take_name(struct docx *docx, brv_str name, struct docx_style *style)
{
    return take(docx, name_key(docx, name), style);
}

bool brv_docx_take_id(struct docx *docx, brv_str id, struct docx_style *style)
{
    return take(docx, id_key(docx, id), style);
}

struct docx_style *brv_docx_holder_of_name(struct docx *docx, brv_str name)
{
    return brv_map_find(&docx->style_names, name_key(docx, name));
}

// 1, 2, … for each key: a thousand equal names are not tried in turn.
static size_t next_try(struct docx *docx, brv_str key)
{
    void **slot = brv_map_at(&docx->style_tries, key);
    uintptr_t count = (uintptr_t)*slot + 1;
    *slot = (void *)count;
    return count;
}

// Whether a template has a style of the name, of whatever type.
static bool is_of_template(const struct docx *docx, brv_str name)
{
    static const enum docx_style_type types[] = { DOCX_PARAGRAPH_STYLE,
                                                  DOCX_CHARACTER_STYLE,
                                                  DOCX_TABLE_STYLE };
    bool is_known = false;
    for (size_t i = 0; docx->template && i < BRV_COUNT(types) && !is_known; i++) {
        is_known = brv_docx_template_style(docx->template, types[i], name).len > 0;
    }
    return is_known;
}

brv_str brv_docx_take_free_name(struct docx *docx, brv_str wanted, struct docx_style *style)
{
    brv_str name = wanted;
    while (is_of_template(docx, name) || !brv_docx_take_name(docx, name, style)) {
        name = brv_arena_printf(docx->arena,
                                "%" BRV_STR_F " Variant %zu",
                                BRV_STR_ARG(wanted),
                                next_try(docx, name_key(docx, wanted)));
    }
    return name;
}

// "Heading1" from "heading 1": what Word itself would write.
static brv_str id_from_name(struct docx *docx, brv_str name)
{
    char *out = brv_arena_alloc(docx->arena, name.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (brv_is_alnum(c)) {
            bool is_start = i == 0 || name.ptr[i - 1] == ' ';
            out[len++] = is_start && c >= 'a' ? (char)(c - 'a' + 'A') : c;
        }
    }
    bool is_toc = len == 4 && memcmp(out, "Toc", 3) == 0; // Word writes these in capitals
    if (is_toc) {
        memcpy(out, "TOC", 3);
    }
    return len > 0 ? (brv_str){ out, len } : BRV_S("Style");
}

brv_str brv_docx_take_free_id(struct docx *docx, brv_str name, struct docx_style *style)
{
    brv_str wanted = id_from_name(docx, name);
    brv_str id = wanted;
    while (!brv_docx_take_id(docx, id, style)) {
        id = brv_arena_printf(docx->arena,
                              "%" BRV_STR_F "V%zu",
                              BRV_STR_ARG(wanted),
                              next_try(docx, id_key(docx, wanted)));
    }
    return id;
}
