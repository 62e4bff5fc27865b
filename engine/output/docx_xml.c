// Brevier — small helpers for writing XML text into a buffer.
// SPDX-License-Identifier: MIT
#include "output/docx_xml.h"

#include "base/utf8.h"

// Printable ASCII but for what XML has a use for: a bit for each byte.
static bool is_plain(unsigned char byte)
{
#define BIT(byte) (UINT64_C(1) << ((byte)&63))
    static const uint64_t plain[4] = {
        ~(BIT(' ') - 1) & ~(BIT('"') | BIT('&') | BIT('<') | BIT('>')),
        ~BIT(0x7F),
    };
#undef BIT
    return plain[byte >> 6] >> (byte & 63) & 1;
}

// Most text is plain, so as many bytes at a time as a register holds, or half of it. They are
// signed: what is not ASCII is below all others.
typedef signed char sixteen __attribute__((vector_size(16)));
typedef signed char eight __attribute__((vector_size(8)));

// All bits of each plain byte.
#define PLAIN(bytes)                                                                               \
    ((bytes) > 0x1F) & ((bytes) != 0x7F) & ((bytes) != '&') & ((bytes) != '<') &                   \
        ((bytes) != '>') & ((bytes) != '"')

static size_t skip_plain(brv_str text, size_t at)
{
    for (; at + sizeof(sixteen) <= text.len; at += sizeof(sixteen)) {
        sixteen bytes;
        uint64_t halves[2];
        memcpy(&bytes, text.ptr + at, sizeof bytes);
        const sixteen plain = PLAIN(bytes);
        memcpy(halves, &plain, sizeof halves);
        if ((halves[0] & halves[1]) != UINT64_MAX) {
            break;
        }
    }
    if (at + sizeof(eight) <= text.len) {
        eight bytes;
        uint64_t all;
        memcpy(&bytes, text.ptr + at, sizeof bytes);
        const eight plain = PLAIN(bytes);
        memcpy(&all, &plain, sizeof all);
        at += all == UINT64_MAX ? sizeof bytes : 0;
    }
    while (at < text.len && is_plain((unsigned char)text.ptr[at])) {
        at++;
    }
    return at;
}

bool brv_xml_loses_space(brv_str text)
{
    if (text.len == 0 || text.ptr[0] == ' ' || text.ptr[text.len - 1] == ' ') {
        return text.len > 0;
    }
    size_t at = 0;
    for (; at + 1 + sizeof(sixteen) <= text.len; at += sizeof(sixteen)) {
        sixteen bytes;
        sixteen next;
        uint64_t halves[2]; // some bit of a space before another
        memcpy(&bytes, text.ptr + at, sizeof bytes);
        memcpy(&next, text.ptr + at + 1, sizeof next);
        const sixteen both = (bytes == ' ') & (next == ' ');
        memcpy(halves, &both, sizeof halves);
        if (halves[0] | halves[1]) {
            return true;
        }
    }
    while (at + 1 < text.len && !(text.ptr[at] == ' ' && text.ptr[at + 1] == ' ')) {
        at++;
    }
    return at + 1 < text.len;
}

static bool is_xml_char(uint32_t codepoint)
{
    if (codepoint < 0x20) {
        return codepoint == '\t' || codepoint == '\n';
    }
    return !(codepoint >= 0x7F && codepoint < 0xA0) && !brv_is_noncharacter(codepoint);
}

void brv_xml_text(struct brv_buf *out, brv_str text)
{
    size_t at = 0;
    while (at < text.len) {
        size_t from = at;
        at = skip_plain(text, at);
        brv_buf_add(out, text.ptr + from, at - from);
        if (at == text.len) {
            break;
        }
        uint32_t codepoint = brv_utf8_next(text, &at);
        switch (codepoint) {
        case '&':
            brv_buf_add_cstr(out, "&amp;");
            break;
        case '<':
            brv_buf_add_cstr(out, "&lt;");
            break;
        case '>':
            brv_buf_add_cstr(out, "&gt;");
            break;
        case '"':
            brv_buf_add_cstr(out, "&quot;");
            break;
        default:
            brv_buf_add_codepoint(out, is_xml_char(codepoint) ? codepoint : BRV_REPLACEMENT);
        }
    }
}

static void open_attr(struct brv_buf *out, const char *name)
{
    brv_buf_add_byte(out, ' ');
    brv_buf_add_cstr(out, name);
    brv_buf_add_cstr(out, "=\"");
}

void brv_xml_attr(struct brv_buf *out, const char *name, brv_str value)
{
    open_attr(out, name);
    brv_xml_text(out, value);
    brv_buf_add_byte(out, '"');
}

void brv_xml_attr_int(struct brv_buf *out, const char *name, long long value)
{
    open_attr(out, name);
    brv_buf_add_int(out, value);
    brv_buf_add_byte(out, '"');
}

void brv_xml_attr_rgb(struct brv_buf *out, const char *name, uint32_t rgb)
{
    static const char digits[] = "0123456789ABCDEF";
    open_attr(out, name);
    for (int shift = 20; shift >= 0; shift -= 4) {
        brv_buf_add_byte(out, digits[(rgb >> shift) & 15]);
    }
    brv_buf_add_byte(out, '"');
}

void brv_xml_val(struct brv_buf *out, const char *name, const char *value)
{
    brv_xml_val_str(out, name, brv_str_from_cstr(value));
}

void brv_xml_val_str(struct brv_buf *out, const char *name, brv_str value)
{
    brv_buf_add_byte(out, '<');
    brv_buf_add_cstr(out, name);
    brv_xml_attr(out, "w:val", value);
    brv_buf_add_cstr(out, "/>");
}

void brv_xml_val_int(struct brv_buf *out, const char *name, long long value)
{
    brv_buf_add_byte(out, '<');
    brv_buf_add_cstr(out, name);
    brv_xml_attr_int(out, "w:val", value);
    brv_buf_add_cstr(out, "/>");
}

void brv_xml_switch(struct brv_buf *out, const char *name, bool on)
{
    brv_buf_add_byte(out, '<');
    brv_buf_add_cstr(out, name);
    brv_buf_add_cstr(out, on ? "/>" : " w:val=\"0\"/>");
}
