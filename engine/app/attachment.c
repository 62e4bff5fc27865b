// Brevier — files that travel in a PDF: how they are called and what they are to it.
// SPDX-License-Identifier: MIT
#include "app/attachment.h"

#include "base/file.h"
#include "base/utf8.h"
#include "output/output.h"

brv_str brv_attachment_name(struct brv_arena *arena, brv_str path)
{
    brv_str name = brv_path_file_name(path);
    struct brv_buf *clean = brv_buf_new_in(arena);
    for (size_t at = 0; at < name.len;) {
        uint32_t c = brv_utf8_next(name, &at);
        bool is_reserved = c < 0x80 && strchr("\\/:*?\"<>|", (int)c);
        bool is_hidden = c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
                         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
                         c == 0xFEFF || c == 0xFFFD;
        brv_buf_add_codepoint(clean, is_reserved || is_hidden ? '_' : c);
    }
    return brv_buf_str(clean);
}

brv_str brv_attachment_relationship(brv_str word)
{
    if (word.len == 0)
        return BRV_S("Unspecified");
    for (size_t i = 0; i < brv_attachment_relationship_count; i++) {
        brv_str known = brv_str_from_cstr(brv_attachment_relationships[i]);
        if (brv_str_equal_nocase(word, known))
            return known;
    }
    return (brv_str){ 0 };
}
