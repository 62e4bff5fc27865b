// Brevier — XML of others as a tree.
// SPDX-License-Identifier: MIT
#include "output/docx_dom.h"

#include "output/docx_xml.h"

#include <dlfcn.h>
#include <expat.h>
#include <limits.h>

enum { DEPTH_MAX = 100, NODES_MAX = 400000 };
#define SEPARATOR '\x1F' // between a namespace and a name

// ---- namespaces

static const struct {
    const char *uri;
    const char *prefix; // empty: names without one
} namespaces[] = {
    { "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w:" },
    { "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r:" },
    { "http://schemas.openxmlformats.org/drawingml/2006/main", "a:" },
    { "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp:" },
    { "http://schemas.openxmlformats.org/drawingml/2006/picture", "pic:" },
    { "http://schemas.openxmlformats.org/package/2006/relationships", "" },
    { "http://www.w3.org/XML/1998/namespace", "xml:" },
};

// The name under our prefix; empty for one of a foreign namespace.
static brv_str canonical(struct brv_arena *arena, const char *name, bool is_attribute)
{
    const char *local = strchr(name, SEPARATOR);
    if (!local) {
        return is_attribute ? brv_arena_str(arena, brv_str_from_cstr(name)) : (brv_str){ 0 };
    }
    brv_str uri = { name, (size_t)(local - name) };
    for (size_t i = 0; i < BRV_COUNT(namespaces); i++) {
        if (brv_str_is(uri, namespaces[i].uri)) {
            return brv_arena_printf(arena, "%s%s", namespaces[i].prefix, local + 1);
        }
    }
    return (brv_str){ 0 };
}

// ---- parsing

struct parse {
    struct brv_arena *arena;
    XML_Parser parser;
    enum XML_Status (*stop)(XML_Parser, XML_Bool);
    struct docx_dom *root, *open;
    int depth;
    int foreign; // the depth of the element that is left out; 0: none
    size_t nodes;
    const char *why;
};

static void refuse(struct parse *parse, const char *why)
{
    parse->why = parse->why ? parse->why : why;
    parse->stop(parse->parser, XML_FALSE);
}

static struct docx_dom *append(struct parse *parse)
{
    if (++parse->nodes > NODES_MAX) {
        refuse(parse, "it holds too much");
        return NULL;
    }
    struct docx_dom *dom = BRV_NEW(parse->arena, struct docx_dom);
    struct docx_dom *parent = parse->open;
    dom->parent = parent;
    if (parent && parent->last) {
        parent->last->next = dom;
    } else if (parent) {
        parent->first = dom;
    }
    if (parent) {
        parent->last = dom;
    }
    return dom;
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    struct parse *parse = user;
    if (parse->why) {
        return; // expat may tell of an element or two more
    }
    if (++parse->depth > DEPTH_MAX) {
        refuse(parse, "it is nested too deep");
        return;
    }
    brv_str own = parse->foreign > 0 ? (brv_str){ 0 } : canonical(parse->arena, name, false);
    if (own.len == 0) {
        parse->foreign = parse->foreign > 0 ? parse->foreign : parse->depth;
        return;
    }
    struct docx_dom *dom = append(parse);
    if (!dom) {
        return;
    }
    dom->name = own;
    struct docx_dom_attribute **end = &dom->attributes;
    for (; attributes[0]; attributes += 2) {
        brv_str key = canonical(parse->arena, attributes[0], true);
        if (key.len > 0 && !brv_str_starts_with(key, BRV_S("w:rsid"))) {
            *end = BRV_NEW(parse->arena, struct docx_dom_attribute);
            (*end)->name = key;
            (*end)->value = brv_arena_str(parse->arena, brv_str_from_cstr(attributes[1]));
            end = &(*end)->next;
        }
    }
    parse->root = parse->root ? parse->root : dom;
    parse->open = dom;
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    struct parse *parse = user;
    (void)name;
    if (parse->why) {
        return;
    }
    if (parse->foreign == 0) {
        parse->open = parse->open->parent;
    } else if (parse->foreign == parse->depth) {
        parse->foreign = 0;
    }
    parse->depth--;
}

static void XMLCALL on_text(void *user, const XML_Char *text, int len)
{
    struct parse *parse = user;
    brv_str piece = { text, (size_t)len };
    bool is_wanted = parse->open &&
                     (brv_str_is(parse->open->name, "w:t") ||
                      brv_str_is(parse->open->name, "w:instrText") || brv_str_trim(piece).len > 0);
    if (parse->foreign > 0 || !is_wanted) {
        return;
    }
    struct docx_dom *dom = append(parse);
    if (dom) {
        dom->text = brv_arena_str(parse->arena, piece);
    }
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int has_subset)
{
    (void)name, (void)system, (void)public, (void)has_subset;
    refuse(user, "it has a document type");
}

// What we call of expat. It is small, but few documents need it.
struct expat {
    XML_Parser (*new)(const XML_Char *, XML_Char);
    void (*free)(XML_Parser);
    void (*set_user)(XML_Parser, void *);
    void (*set_elements)(XML_Parser, XML_StartElementHandler, XML_EndElementHandler);
    void (*set_text)(XML_Parser, XML_CharacterDataHandler);
    void (*set_doctype)(XML_Parser, XML_StartDoctypeDeclHandler);
    enum XML_Status (*parse)(XML_Parser, const char *, int, int);
    enum XML_Status (*stop)(XML_Parser, XML_Bool);
};

static bool expat_open(struct expat *expat)
{
    static const char *const names[] = {
        "XML_ParserCreateNS",
        "XML_ParserFree",
        "XML_SetUserData",
        "XML_SetElementHandler",
        "XML_SetCharacterDataHandler",
        "XML_SetStartDoctypeDeclHandler",
        "XML_Parse",
        "XML_StopParser",
    };
    void *handle = dlopen("libexpat.so.1", RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    void *symbols[BRV_COUNT(names)];
    for (size_t i = 0; i < BRV_COUNT(names); i++) {
        symbols[i] = handle ? dlsym(handle, names[i]) : NULL;
        if (!symbols[i]) {
            return false;
        }
    }
    static_assert(sizeof *expat == sizeof symbols, "one symbol for each function");
    memcpy(expat, symbols, sizeof symbols); // how POSIX has data pointers become functions
    return true;
}

struct docx_dom *brv_docx_dom_parse(struct brv_arena *arena, brv_str xml, const char **why)
{
    struct expat expat;
    if (!expat_open(&expat)) {
        *why = "libexpat.so.1 cannot be opened";
        return NULL;
    }
    struct parse parse = { .arena = arena, .stop = expat.stop };
    parse.parser = expat.new("UTF-8", SEPARATOR);
    if (!parse.parser || xml.len > INT_MAX) {
        *why = "it is too large";
        return NULL;
    }
    expat.set_user(parse.parser, &parse);
    expat.set_elements(parse.parser, on_start, on_end);
    expat.set_text(parse.parser, on_text);
    expat.set_doctype(parse.parser, on_doctype);
    bool is_good = expat.parse(parse.parser, xml.ptr, (int)xml.len, 1) == XML_STATUS_OK;
    expat.free(parse.parser);
    if (!is_good || !parse.root) {
        *why = parse.why ? parse.why : "it is no XML of a Word document";
        return NULL;
    }
    return parse.root;
}

// ---- reading

bool brv_docx_dom_is(const struct docx_dom *dom, const char *name)
{
    return dom && brv_str_is(dom->name, name);
}

struct docx_dom *brv_docx_dom_child(const struct docx_dom *parent, const char *name)
{
    struct docx_dom *child = parent ? parent->first : NULL;
    while (child && !brv_str_is(child->name, name)) {
        child = child->next;
    }
    return child;
}

struct docx_dom *brv_docx_dom_next(const struct docx_dom *root, const struct docx_dom *dom)
{
    if (dom->first) {
        return dom->first;
    }
    while (dom != root && !dom->next) {
        dom = dom->parent;
    }
    return dom == root ? NULL : dom->next;
}

brv_str brv_docx_dom_value(const struct docx_dom *dom, const char *name)
{
    for (const struct docx_dom_attribute *attribute = dom ? dom->attributes : NULL; attribute;
         attribute = attribute->next) {
        if (brv_str_is(attribute->name, name)) {
            return attribute->value;
        }
    }
    return (brv_str){ 0 };
}

bool brv_docx_dom_is_on(const struct docx_dom *parent, const char *name, bool otherwise)
{
    const struct docx_dom *own = brv_docx_dom_child(parent, name);
    brv_str value = brv_docx_dom_value(own, "w:val");
    bool is_off = brv_str_is(value, "0") || brv_str_is(value, "false") || brv_str_is(value, "off");
    return own ? !is_off : otherwise;
}

// ---- changing

void brv_docx_dom_set(struct brv_arena *arena, struct docx_dom *dom, const char *name,
                      brv_str value)
{
    struct docx_dom_attribute **at = &dom->attributes;
    while (*at && !brv_str_is((*at)->name, name)) {
        at = &(*at)->next;
    }
    if (!*at) {
        *at = BRV_NEW(arena, struct docx_dom_attribute);
        (*at)->name = brv_str_from_cstr(name);
    }
    (*at)->value = value;
}

// Puts the children [first, last] in the place of an element; none: takes it away.
static void replace(struct docx_dom *dom, struct docx_dom *first, struct docx_dom *last)
{
    struct docx_dom *parent = dom->parent;
    struct docx_dom **at = &parent->first;
    struct docx_dom *before = NULL;
    while (*at != dom) {
        before = *at;
        at = &(*at)->next;
    }
    for (struct docx_dom *child = first; child; child = child->next) {
        child->parent = parent;
    }
    if (first) {
        *at = first;
        last->next = dom->next;
    } else {
        *at = dom->next;
    }
    if (parent->last == dom) {
        parent->last = first ? last : before;
    }
}

void brv_docx_dom_remove(struct docx_dom *dom)
{
    replace(dom, NULL, NULL);
}

void brv_docx_dom_unwrap(struct docx_dom *dom)
{
    replace(dom, dom->first, dom->last);
}

// ---- writing

// Nothing is deeper than the parser let it be.
static void write_dom(struct brv_buf *out, const struct docx_dom *dom, int depth)
{
    if (dom->name.len == 0) {
        brv_xml_text(out, dom->text);
        return;
    }
    brv_buf_add_byte(out, '<');
    brv_buf_add_str(out, dom->name);
    for (const struct docx_dom_attribute *attribute = dom->attributes; attribute;
         attribute = attribute->next) {
        brv_buf_add_byte(out, ' ');
        brv_buf_add_str(out, attribute->name);
        brv_buf_add_cstr(out, "=\"");
        brv_xml_text(out, attribute->value);
        brv_buf_add_byte(out, '"');
    }
    if (!dom->first || depth > DEPTH_MAX) {
        brv_buf_add_cstr(out, "/>");
        return;
    }
    brv_buf_add_byte(out, '>');
    for (const struct docx_dom *child = dom->first; child; child = child->next) {
        write_dom(out, child, depth + 1);
    }
    brv_buf_add_cstr(out, "</");
    brv_buf_add_str(out, dom->name);
    brv_buf_add_byte(out, '>');
}

void brv_docx_dom_write(struct brv_buf *out, const struct docx_dom *dom)
{
    write_dom(out, dom, 0);
}

void brv_docx_dom_write_children(struct brv_buf *out, const struct docx_dom *dom)
{
    for (const struct docx_dom *child = dom->first; child; child = child->next) {
        write_dom(out, child, 0);
    }
}
