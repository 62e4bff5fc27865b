// Brevier — what of a template's XML may not stand in our document.
// SPDX-License-Identifier: MIT
#include "output/docx_template.h"

enum { LEFT_OUT_BYTES = 200, WORD_BYTES = 24, BASE_DEPTH = 20 };

// ---- telling

void brv_docx_note_left_out(struct brv_buf *left_out, brv_str what)
{
    what = brv_str_slice(what, 0, what.len < WORD_BYTES ? what.len : WORD_BYTES);
    for (size_t i = 0; i < what.len; i++) { // a name, whatever the file says
        if (!brv_is_alnum(what.ptr[i])) {
            what = brv_str_slice(what, 0, i);
        }
    }
    bool is_known = brv_str_find(brv_buf_str(left_out), 0, what) < left_out->len;
    if (what.len > 0 && !is_known && left_out->len < LEFT_OUT_BYTES) {
        brv_buf_add_cstr(left_out, left_out->len > 0 ? ", " : "");
        brv_buf_add_str(left_out, what);
    }
}

// ---- fields

static brv_str field_name(brv_str instruction)
{
    instruction = brv_str_trim(instruction);
    return brv_str_slice(instruction, 0, brv_str_find_byte(instruction, 0, ' '));
}

// Fields that only say something about the document they stand in.
static bool is_harmless_field(brv_str name)
{
    static const char *const names[] = {
        "PAGE",     "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "TITLE",
        "SUBJECT",  "AUTHOR",   "DATE",    "TIME",         "KEYWORDS", "DOCPROPERTY",
        "SAVEDATE", "PAGEREF",  "REF",     "SEQ",          "NUMWORDS", "CREATEDATE",
    };
    for (size_t i = 0; i < BRV_COUNT(names); i++) {
        if (brv_str_is_nocase(name, names[i])) {
            return true;
        }
    }
    return false;
}

// A field of several runs: its instruction, which may be spread over them, and its marks. A field
// may stand in the instruction or the result of another.
struct field {
    struct field *outer;
    struct brv_buf *instruction;
    struct docx_dom **marks;
    size_t count, capacity;
};

// Takes the marks of a field away; what it showed last stays as text.
static void close_field(const struct field *field, struct brv_buf *left_out)
{
    brv_str name = field_name(brv_buf_str(field->instruction));
    if (!is_harmless_field(name)) {
        brv_docx_note_left_out(left_out, name);
        for (size_t i = 0; i < field->count; i++) {
            brv_docx_dom_remove(field->marks[i]);
        }
    }
}

void brv_docx_clean_fields(struct brv_arena *arena, struct docx_dom *root, struct brv_buf *left_out)
{
    struct field *open = NULL;
    for (struct docx_dom *dom = root; dom;) {
        struct docx_dom *next = brv_docx_dom_next(root, dom);
        bool is_mark = brv_docx_dom_is(dom, "w:fldChar");
        brv_str type = is_mark ? brv_docx_dom_value(dom, "w:fldCharType") : (brv_str){ 0 };
        if (brv_str_is(type, "begin")) {
            struct field *field = BRV_NEW(arena, struct field);
            field->outer = open;
            field->instruction = brv_buf_new_in(arena);
            open = field;
        }
        bool is_simple = brv_docx_dom_is(dom, "w:fldSimple");
        brv_str simple = is_simple ? field_name(brv_docx_dom_value(dom, "w:instr")) : BRV_S("");
        if (is_simple && !is_harmless_field(simple)) {
            brv_docx_note_left_out(left_out, simple);
            brv_docx_dom_unwrap(dom);
        } else if (is_mark || brv_docx_dom_is(dom, "w:instrText")) {
            if (!open) { // of no field
                brv_docx_dom_remove(dom);
            } else {
                BRV_PUSH(arena, open->marks, open->count, open->capacity) = dom;
                brv_buf_add_str(open->instruction,
                                !is_mark && dom->first ? dom->first->text : (brv_str){ 0 });
            }
        }
        if (open && brv_str_is(type, "end")) {
            close_field(open, left_out);
            open = open->outer;
        }
        dom = next;
    }
    for (; open; open = open->outer) { // never ended
        brv_buf_clear(open->instruction);
        close_field(open, left_out);
    }
}

// ---- styles

static bool is_color(brv_str value)
{
    bool is_hex = value.len == 6;
    for (size_t i = 0; i < value.len; i++) {
        is_hex &= brv_is_hex_digit(value.ptr[i]);
    }
    return is_hex || brv_str_is(value, "auto");
}

static bool is_one_of(const struct docx_dom *dom, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (brv_docx_dom_is(dom, names[i])) {
            return true;
        }
    }
    return false;
}

// Whether a child of w:rPr is one that Word knows, with a value that it can have.
static bool is_run_property(const struct docx_dom *dom)
{
    static const char *const names[] = {
        "w:rStyle",
        "w:rFonts",
        "w:b",
        "w:bCs",
        "w:i",
        "w:iCs",
        "w:caps",
        "w:smallCaps",
        "w:strike",
        "w:dstrike",
        "w:outline",
        "w:shadow",
        "w:emboss",
        "w:imprint",
        "w:noProof",
        "w:snapToGrid",
        "w:vanish",
        "w:webHidden",
        "w:color",
        "w:spacing",
        "w:w",
        "w:kern",
        "w:position",
        "w:sz",
        "w:szCs",
        "w:highlight",
        "w:u",
        "w:effect",
        "w:bdr",
        "w:shd",
        "w:fitText",
        "w:vertAlign",
        "w:rtl",
        "w:cs",
        "w:em",
        "w:lang",
        "w:eastAsianLayout",
        "w:specVanish",
        "w:oMath",
    };
    size_t size = 0;
    brv_str value = brv_docx_dom_value(dom, "w:val");
    if (brv_docx_dom_is(dom, "w:color")) {
        return is_color(value);
    }
    if (brv_docx_dom_is(dom, "w:sz") || brv_docx_dom_is(dom, "w:szCs")) {
        return brv_str_to_size(value, &size);
    }
    return is_one_of(dom, names, BRV_COUNT(names));
}

static void clean_runs(struct docx_dom *root, struct brv_buf *left_out)
{
    for (struct docx_dom *dom = root; dom; dom = brv_docx_dom_next(root, dom)) {
        struct docx_dom *child = brv_docx_dom_is(dom, "w:rPr") ? dom->first : NULL;
        while (child) {
            struct docx_dom *next = child->next;
            if (!is_run_property(child)) {
                brv_str name = child->name;
                brv_docx_note_left_out(left_out,
                                       brv_str_slice(name, name.len > 2 ? 2 : 0, name.len));
                brv_docx_dom_remove(child);
            }
            child = next;
        }
    }
}

// A style based on itself, by others, is based on none.
static void cut_circle(const struct brv_map *ids, struct docx_dom *style, struct brv_buf *left_out)
{
    const struct docx_dom *around = style;
    for (int depth = 0; around && depth <= BASE_DEPTH; depth++) {
        const struct docx_dom *base = brv_docx_dom_child(around, "w:basedOn");
        around = base ? brv_map_find(ids, brv_docx_dom_value(base, "w:val")) : NULL;
        if (around == style || depth == BASE_DEPTH) {
            brv_docx_note_left_out(left_out, BRV_S("basedOn"));
            brv_docx_dom_remove(brv_docx_dom_child(style, "w:basedOn"));
            return;
        }
    }
}

void brv_docx_clean_styles(struct brv_arena *arena, struct docx_dom *styles,
                           struct brv_buf *left_out)
{
    struct brv_map ids = { .arena = arena };
    for (struct docx_dom *style = styles->first; style;) {
        struct docx_dom *next = style->next;
        brv_str id = brv_docx_dom_value(style, "w:styleId");
        void **slot = brv_docx_dom_is(style, "w:style") && id.len > 0 ? brv_map_at(&ids, id) : NULL;
        if (slot && *slot) { // the first of a name is it
            brv_docx_note_left_out(left_out, id);
            brv_docx_dom_remove(style);
        } else if (slot) {
            *slot = style;
        }
        style = next;
    }
    for (struct docx_dom *style = styles->first; style; style = style->next) {
        cut_circle(&ids, style, left_out);
    }
    clean_runs(styles, left_out);
}
