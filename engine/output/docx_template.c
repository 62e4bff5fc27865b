// Brevier — reading the Word file of a customer.
//
// Parts are found as Word finds them, by relationships. What comes out of a part is cleaned at
// once: no link leaves the document, no field does more than count or name, no picture is anything
// but a PNG or JPEG in the archive itself, and what may hold other files or programs is gone.
// SPDX-License-Identifier: MIT
#include "output/docx_template.h"

// Images of a template have ids beyond any that a document's own get.
enum { IMAGE_ID_FIRST = 1000001, PAGE_TWIPS_MAX = 31680, PAGE_TWIPS_LEAST = 1440 };

struct reading {
    struct brv_arena *arena;
    const struct brv_zip *zip;
    struct brv_zip_reader *archive;
    struct brv_map images; // path → struct brv_image
    uint32_t image_count;
    const char *why;
    struct brv_buf *left_out; // what is not taken over, one word after the other
};

// ---- parts

static struct docx_dom *read_part(struct reading *reading, brv_str path)
{
    brv_str xml = reading->zip->read(reading->archive, path, &reading->why);
    const char *why = NULL;
    struct docx_dom *dom = xml.len > 0 ? brv_docx_dom_parse(reading->arena, xml, &why) : NULL;
    reading->why = reading->why ? reading->why : why;
    return dom;
}

// "word/_rels/document.xml.rels" for "word/document.xml".
static struct docx_dom *read_relations(struct reading *reading, brv_str part)
{
    size_t slash = part.len;
    while (slash > 0 && part.ptr[slash - 1] != '/') {
        slash--;
    }
    return read_part(reading,
                     brv_arena_printf(reading->arena,
                                      "%.*s_rels/%" BRV_STR_F ".rels",
                                      (int)slash,
                                      part.ptr,
                                      BRV_STR_ARG(brv_str_slice(part, slash, part.len))));
}

// The part that a relationship of `part` leads to, by its id or by the end of its type; empty for
// one that leads elsewhere.
static brv_str target_of(struct reading *reading, const struct docx_dom *relations, brv_str part,
                         brv_str id, const char *type)
{
    for (const struct docx_dom *row = relations ? relations->first : NULL; row; row = row->next) {
        brv_str row_type = brv_docx_dom_value(row, "Type");
        bool is_meant = id.len > 0 ? brv_str_equal(brv_docx_dom_value(row, "Id"), id)
                                   : brv_str_ends_with(row_type, brv_str_from_cstr(type));
        if (!is_meant || brv_docx_dom_value(row, "TargetMode").len > 0) {
            continue;
        }
        brv_str target = brv_docx_dom_value(row, "Target");
        if (brv_str_starts_with(target, BRV_S("/"))) {
            return brv_str_slice(target, 1, target.len);
        }
        size_t slash = part.len;
        while (slash > 0 && part.ptr[slash - 1] != '/') {
            slash--;
        }
        return brv_arena_printf(
            reading->arena, "%.*s%" BRV_STR_F, (int)slash, part.ptr, BRV_STR_ARG(target));
    }
    return (brv_str){ 0 };
}

// ---- cleaning

static const struct brv_image *read_image(struct reading *reading, brv_str path)
{
    void **slot = brv_map_at(&reading->images, path);
    if (*slot) {
        return *slot;
    }
    brv_str bytes = reading->zip->read(reading->archive, path, &reading->why);
    bool is_png = brv_str_starts_with(bytes, BRV_S("\x89PNG\r\n\x1A\n"));
    if (!is_png && !brv_str_starts_with(bytes, BRV_S("\xFF\xD8\xFF"))) {
        return NULL;
    }
    struct brv_image *image = BRV_NEW(reading->arena, struct brv_image);
    image->id = IMAGE_ID_FIRST + reading->image_count++;
    image->bytes = bytes;
    image->format = is_png ? BRV_IMAGE_PNG : BRV_IMAGE_JPEG;
    *slot = image;
    return image;
}

static bool is_one_of(brv_str name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (brv_str_is(name, list[i])) {
            return true;
        }
    }
    return false;
}

// A header or footer that may stand in our document.
static void clean_page_part(struct reading *reading, struct docx_dom *root,
                            const struct docx_dom *relations, brv_str part, struct docx_part *links)
{
    static const char *const unwanted[] = { "w:altChunk",       "w:subDoc",     "w:object",
                                            "w:control",        "w:pict",       "w:movie",
                                            "w:attachedSchema", "w:sdtPr",      "w:bookmarkStart",
                                            "w:bookmarkEnd",    "a:hlinkClick", "a:hlinkHover",
                                            "a:extLst" };
    static const char *const told[] = { "w:altChunk", "w:subDoc", "w:object",   "w:control",
                                        "w:pict",     "w:movie",  "w:hyperlink" };
    static const char *const wrappers[] = { "w:hyperlink", "w:smartTag", "w:customXml", "w:ins" };
    brv_docx_clean_fields(reading->arena, root, reading->left_out);
    for (struct docx_dom *dom = root; dom;) {
        struct docx_dom *next = brv_docx_dom_next(root, dom);
        bool is_unwanted = is_one_of(dom->name, unwanted, BRV_COUNT(unwanted));
        if (is_one_of(dom->name, told, BRV_COUNT(told))) {
            brv_docx_note_left_out(reading->left_out, brv_str_slice(dom->name, 2, dom->name.len));
        }
        if (brv_docx_dom_is(dom, "w:drawing")) { // one image, or nothing
            struct docx_dom *blip = dom;
            while (blip && !brv_docx_dom_is(blip, "a:blip")) {
                blip = brv_docx_dom_next(dom, blip);
            }
            brv_str target =
                target_of(reading, relations, part, brv_docx_dom_value(blip, "r:embed"), "");
            const struct brv_image *image = target.len > 0 ? read_image(reading, target) : NULL;
            is_unwanted = !image;
            if (!image) {
                brv_docx_note_left_out(reading->left_out, BRV_S("picture"));
            }
            if (image && blip) {
                blip->attributes = NULL;
                blip->first = blip->last = NULL;
                brv_str id = brv_arena_printf(reading->arena, "rIdImage%u", (unsigned)image->id);
                brv_docx_dom_set(reading->arena, blip, "r:embed", id);
                BRV_PUSH(reading->arena, links->images, links->image_count, links->image_capacity) =
                    image;
            }
        }
        if (is_unwanted && dom != root) {
            struct docx_dom *last = dom; // go on behind it
            while (last != root && !last->next) {
                last = last->parent;
            }
            next = last == root ? NULL : last->next;
            brv_docx_dom_remove(dom);
        } else if (is_one_of(dom->name, wrappers, BRV_COUNT(wrappers))) {
            brv_docx_dom_unwrap(dom);
        }
        dom = next;
    }
}

// ---- the document's last section

static int32_t length_of(const struct docx_dom *dom, const char *name, int32_t least)
{
    size_t value = 0;
    if (!brv_str_to_size(brv_docx_dom_value(dom, name), &value) || value > PAGE_TWIPS_MAX) {
        return least;
    }
    return (int32_t)value < least ? least : (int32_t)value;
}

static void read_page(struct docx_template *template, const struct docx_dom *section)
{
    static const char *const sides[] = { "w:top", "w:left", "w:bottom", "w:right" };
    const struct docx_dom *size = brv_docx_dom_child(section, "w:pgSz");
    const struct docx_dom *margins = brv_docx_dom_child(section, "w:pgMar");
    if (!size || !margins) {
        return;
    }
    template->has_page = true;
    template->width = length_of(size, "w:w", PAGE_TWIPS_LEAST);
    template->height = length_of(size, "w:h", PAGE_TWIPS_LEAST);
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        template->margins[i] = length_of(margins, sides[i], 0);
    }
    template->header = length_of(margins, "w:header", 0);
    template->footer = length_of(margins, "w:footer", 0);
}

// What a section names of its headers and footers; the others are those of the section before.
static void find_references(const struct docx_dom *section,
                            const struct docx_dom *references[DOCX_PAGE_KINDS][2])
{
    static const char *const kinds[] = { "default", "first", "even" };
    static const char *const elements[] = { "w:headerReference", "w:footerReference" };
    for (const struct docx_dom *row = section ? section->first : NULL; row; row = row->next) {
        for (int which = 0; which < 2; which++) {
            for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
                if (brv_docx_dom_is(row, elements[which]) &&
                    brv_str_is(brv_docx_dom_value(row, "w:type"), kinds[kind])) {
                    references[kind][which] = row;
                }
            }
        }
    }
}

// The headers and footers of the last section.
static void read_page_parts(struct reading *reading, struct docx_template *template,
                            const struct docx_dom *body, const struct docx_dom *relations,
                            brv_str document)
{
    const struct docx_dom *references[DOCX_PAGE_KINDS][2] = { 0 };
    for (const struct docx_dom *row = body->first; row; row = row->next) {
        const struct docx_dom *properties = brv_docx_dom_child(row, "w:pPr");
        bool is_section = brv_docx_dom_is(row, "w:sectPr");
        find_references(is_section ? row : brv_docx_dom_child(properties, "w:sectPr"), references);
    }
    for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
        for (int which = 0; which < 2; which++) {
            brv_str id = brv_docx_dom_value(references[kind][which], "r:id");
            brv_str part = target_of(reading, relations, document, id, "");
            struct docx_dom *root = id.len > 0 ? read_part(reading, part) : NULL;
            struct docx_part *links = &template->links[kind][which];
            *links = brv_docx_part(reading->arena);
            if (root) {
                clean_page_part(reading, root, read_relations(reading, part), part, links);
                template->headers[kind][which] = root;
                template->has_headers = true;
            }
        }
    }
}

// ---- styles

static void index_styles(struct brv_arena *arena, struct docx_template *template)
{
    for (struct docx_dom *style = template->styles->first; style; style = style->next) {
        brv_str id = brv_docx_dom_value(style, "w:styleId");
        brv_str type = brv_docx_dom_value(style, "w:type");
        if (!brv_docx_dom_is(style, "w:style") || id.len == 0) {
            continue;
        }
        brv_str name = brv_docx_dom_value(brv_docx_dom_child(style, "w:name"), "w:val");
        brv_str key = brv_arena_printf(arena,
                                       "%" BRV_STR_F " %" BRV_STR_F,
                                       BRV_STR_ARG(type),
                                       BRV_STR_ARG(brv_arena_lower(arena, name)));
        *brv_map_at(&template->names, key) = style;
        *brv_map_at(&template->ids, brv_arena_lower(arena, id)) = style;
        brv_str is_default = brv_docx_dom_value(style, "w:default");
        if (brv_str_is(is_default, "1") || brv_str_is(is_default, "true")) {
            brv_str *slot = brv_str_is(type, "paragraph")   ? &template->normal_id
                            : brv_str_is(type, "table")     ? &template->table_id
                            : brv_str_is(type, "character") ? &template->font_id
                            : brv_str_is(type, "numbering") ? &template->list_id
                                                            : NULL;
            if (slot) {
                *slot = id;
            }
        }
    }
}

brv_str brv_docx_template_style(const struct docx_template *template, enum docx_style_type type,
                                brv_str name)
{
    static const char *const types[] = { "paragraph", "character", "table" };
    struct brv_arena *arena = template->names.arena;
    brv_str key = brv_arena_printf(
        arena, "%s %" BRV_STR_F, types[type], BRV_STR_ARG(brv_arena_lower(arena, name)));
    return brv_docx_dom_value(brv_map_find(&template->names, key), "w:styleId");
}

const struct docx_dom *brv_docx_template_find(const struct docx_template *template, brv_str id)
{
    return brv_map_find(&template->ids, brv_arena_lower(template->ids.arena, id));
}

bool brv_docx_template_is_numbered(const struct docx_template *template, brv_str id)
{
    const struct docx_dom *style = brv_docx_template_find(template, id);
    return brv_docx_dom_child(brv_docx_dom_child(style, "w:pPr"), "w:numPr") != NULL;
}

bool brv_docx_template_is_joined(const struct docx_template *template, brv_str id)
{
    for (int depth = 0; id.len > 0 && depth < DOCX_DEPTH_LIMIT; depth++) {
        const struct docx_dom *style = brv_docx_template_find(template, id);
        const struct docx_dom *properties = brv_docx_dom_child(style, "w:pPr");
        if (brv_docx_dom_child(properties, "w:contextualSpacing")) {
            return brv_docx_dom_is_on(properties, "w:contextualSpacing", false);
        }
        id = brv_docx_dom_value(brv_docx_dom_child(style, "w:basedOn"), "w:val");
    }
    return false;
}

// A stop takes the place of one at the same position; "clear" leaves none there.
static size_t set_stop(struct docx_stop *stops, size_t count, struct docx_stop stop)
{
    size_t at = 0;
    while (at < count && stops[at].position != stop.position) {
        at++;
    }
    if (brv_str_is(stop.kind, "clear")) {
        if (at < count) {
            stops[at] = stops[--count];
        }
    } else if (at < DOCX_STOPS_MAX) {
        stops[at] = stop;
        count += at == count;
    }
    return count;
}

static size_t find_stops(const struct docx_template *template, brv_str id, int depth,
                         struct docx_stop *stops)
{
    const struct docx_dom *style = brv_docx_template_find(template, id);
    brv_str base = brv_docx_dom_value(brv_docx_dom_child(style, "w:basedOn"), "w:val");
    bool has_base = base.len > 0 && depth < DOCX_DEPTH_LIMIT;
    size_t count = has_base ? find_stops(template, base, depth + 1, stops) : 0;
    const struct docx_dom *tabs = brv_docx_dom_child(brv_docx_dom_child(style, "w:pPr"), "w:tabs");
    for (const struct docx_dom *tab = tabs ? tabs->first : NULL; tab; tab = tab->next) {
        struct docx_stop stop = { .kind = brv_docx_dom_value(tab, "w:val") };
        size_t position = 0;
        if (brv_str_to_size(brv_docx_dom_value(tab, "w:pos"), &position) &&
            position <= PAGE_TWIPS_MAX) {
            stop.position = (int32_t)position;
            count = set_stop(stops, count, stop);
        }
    }
    return count;
}

size_t brv_docx_template_stops(const struct docx_template *template, brv_str id,
                               struct docx_stop stops[DOCX_STOPS_MAX])
{
    return find_stops(template, id, 0, stops);
}

// ---- the file

// A theme whose fills are pictures would need them; the sheet's stands in its place.
static bool has_pictures(const struct docx_dom *root)
{
    for (const struct docx_dom *dom = root; dom; dom = brv_docx_dom_next(root, dom)) {
        if (brv_docx_dom_is(dom, "a:blip")) {
            return true;
        }
    }
    return false;
}

static struct docx_template *read_template(struct reading *reading)
{
    struct brv_arena *arena = reading->arena;
    brv_str none = { 0 };
    struct docx_dom *relations = read_part(reading, BRV_S("_rels/.rels"));
    brv_str document = target_of(reading, relations, none, none, "/officeDocument");
    struct docx_dom *root = read_part(reading, document);
    struct docx_dom *body = brv_docx_dom_child(root, "w:body");
    struct docx_dom *section = brv_docx_dom_child(body, "w:sectPr");
    relations = read_relations(reading, document);
    struct docx_template *template = BRV_NEW(arena, struct docx_template);
    template->names.arena = arena;
    template->ids.arena = arena;
    template->styles = read_part(reading, target_of(reading, relations, document, none, "/styles"));
    if (!template->styles || !brv_docx_dom_is(template->styles, "w:styles")) {
        reading->why = reading->why ? reading->why : "it has no styles";
        return NULL;
    }
    brv_docx_clean_styles(arena, template->styles, reading->left_out);
    index_styles(arena, template);
    template->theme = read_part(reading, target_of(reading, relations, document, none, "/theme"));
    if (!brv_docx_dom_is(template->theme, "a:theme") || has_pictures(template->theme)) {
        template->theme = NULL;
    }
    template->numbering =
        read_part(reading, target_of(reading, relations, document, none, "/numbering"));
    struct docx_dom *settings =
        read_part(reading, target_of(reading, relations, document, none, "/settings"));
    if (section) {
        read_page(template, section);
        read_page_parts(reading, template, body, relations, document);
        template->has_first = brv_docx_dom_is_on(section, "w:titlePg", false);
    }
    template->has_even = brv_docx_dom_is_on(settings, "w:evenAndOddHeaders", false);
    template->is_mirrored = brv_docx_dom_is_on(settings, "w:mirrorMargins", false);
    return reading->why ? NULL : template;
}

struct docx_template *brv_docx_template_read(struct brv_arena *arena, const struct brv_zip *zip,
                                             brv_str bytes, brv_str name, struct brv_sink *sink)
{
    struct reading reading = {
        .arena = arena, .zip = zip, .images = { .arena = arena }, .left_out = brv_buf_new_in(arena)
    };
    reading.archive = zip->open(arena, bytes, &reading.why);
    struct docx_template *template = reading.archive ? read_template(&reading) : NULL;
    if (!template) {
        brv_report(sink,
                   BRV_WARNING,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "the Word template \"%" BRV_STR_F "\" is not used: %s",
                   BRV_STR_ARG(name),
                   reading.why ? reading.why : "it is no Word document");
    } else if (reading.left_out->len > 0) {
        brv_report(sink,
                   BRV_WARNING,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "not all of the Word template \"%" BRV_STR_F "\" is taken over; left out: "
                   "%" BRV_STR_F,
                   BRV_STR_ARG(name),
                   BRV_STR_ARG(brv_buf_str(reading.left_out)));
    }
    return template;
}
