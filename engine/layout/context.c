// Brevier — what all parts of one layout share.
// SPDX-License-Identifier: MIT
#include "layout/context.h"

const struct brv_text_font *brv_layout_font(struct brv_layout *layout,
                                            const struct brv_style *style, brv_str lang)
{
    char bytes[64];
    size_t len = sizeof style->serial;
    memcpy(bytes, &style->serial, len);
    size_t lang_len = lang.len < sizeof bytes - len ? lang.len : sizeof bytes - len;
    if (lang_len > 0) {
        memcpy(bytes + len, lang.ptr, lang_len);
    }
    brv_str key = { bytes, len + lang_len };
    const struct brv_text_font *found = brv_map_find(&layout->fonts_by_style, key);
    if (found) {
        return found;
    }
    struct brv_font_request request = {
        .families = style->font_family,
        .weight = style->font_weight,
        .style = style->font_style,
        .stretch_percent = style->font_stretch,
        .lang = lang,
        .declared = layout->declared,
    };
    struct brv_text_font *font = BRV_NEW(layout->lasting, struct brv_text_font);
    font->set = brv_fonts_resolve(layout->fonts, &request, layout->sink);
    font->primary = brv_font_set_primary(font->set);
    if (font->primary) {
        float scale = style->font_size / (float)font->primary->units_per_em;
        font->ascent_pt = (float)font->primary->ascent * scale;
        font->descent_pt = (float)-font->primary->descent * scale;
        font->synthesizes_caps = style->font_variant_caps != BRV_CAPS_NORMAL &&
                                 !brv_face_has_feature(font->primary, HB_TAG('s', 'm', 'c', 'p'));
    }
    *brv_map_at(&layout->fonts_by_style, brv_arena_str(layout->lasting, key)) = font;
    return font;
}

bool brv_layout_tell_once(struct brv_layout *layout, brv_str key)
{
    if (brv_map_find(&layout->told, key)) {
        return false;
    }
    *brv_map_at(&layout->told, brv_arena_str(layout->lasting, key)) = layout;
    return true;
}

void brv_layout_use_face(struct brv_layout *layout, const struct brv_face *face)
{
    for (size_t i = layout->face_count; i-- > 0;) {
        if (layout->faces[i] == face) {
            return;
        }
    }
    layout->faces = brv_arena_grow(layout->lasting,
                                   layout->faces,
                                   &layout->face_capacity,
                                   layout->face_count + 1,
                                   sizeof(const struct brv_face *));
    layout->faces[layout->face_count++] = face;
}
