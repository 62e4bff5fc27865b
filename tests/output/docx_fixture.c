// Brevier — Word documents for tests: rendered from Markdown or a built tree, and read back.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

#include "base/file.h"
#include "base/utf8.h"
#include "load/load.h"

#include <zip.h>

// ---- rendering

static struct brv_stylesheets *read_sheet(struct fixture *fixture, const char *css)
{
    brv_str path = BRV_S(BRV_SCRATCH_DIR "/sheet.css");
    assert_int_equal(brv_file_write(path, brv_str_from_cstr(css), &fixture->sink), BRV_OK);
    struct brv_stylesheets_options options = { .sheets = &path, .sheet_count = 1 };
    struct brv_stylesheets *sheets = brv_stylesheets_new(fixture->arena, &options, &fixture->sink);
    assert_non_null(sheets);
    return sheets;
}

static void read_entries(struct fixture *fixture, struct docx_file *file)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(file->bytes.ptr, file->bytes.len, 0, &error);
    assert_non_null(source);
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    assert_non_null(archive);
    file->count = (size_t)zip_get_num_entries(archive, 0);
    file->names = BRV_NEW_ARRAY(fixture->arena, brv_str, file->count);
    file->contents = BRV_NEW_ARRAY(fixture->arena, brv_str, file->count);
    for (size_t i = 0; i < file->count; i++) {
        zip_stat_t stat;
        assert_int_equal(zip_stat_index(archive, i, 0, &stat), 0);
        char *content = brv_arena_alloc(fixture->arena, stat.size);
        zip_file_t *entry = zip_fopen_index(archive, i, 0);
        assert_non_null(entry);
        assert_int_equal(zip_fread(entry, content, stat.size), stat.size);
        zip_fclose(entry);
        file->names[i] = brv_arena_str(fixture->arena, brv_str_from_cstr(stat.name));
        file->contents[i] = (brv_str){ content, stat.size };
    }
    zip_discard(archive);
}

static const struct brv_zip *zip_at_hand(void *user, struct brv_sink *sink)
{
    (void)user;
    (void)sink;
    return &brv_zip;
}

const struct brv_zip_source docx_zip = { .open = zip_at_hand };

static struct docx_file render(struct fixture *fixture, const struct brv_node *root,
                               const struct brv_document *document, const char *css,
                               brv_str template)
{
    struct brv_stylesheets *sheets = read_sheet(fixture, css);
    struct brv_output_job job = {
        .document = document,
        .sheets = sheets,
        .root = brv_style_tree(fixture->arena, sheets, BRV_MEDIA_DOCX, root, &fixture->sink),
        .word_template = template,
        .word_template_name = BRV_S("house.docx"),
        .options = { .date = 86400LL * 365 },
        .arena = fixture->arena,
        .zip = docx_zip,
    };
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    assert_int_equal(brv_docx_render(&job, out, &fixture->sink), BRV_OK);
    struct docx_file file = { .bytes = brv_buf_str(out) };
    read_entries(fixture, &file);
    return file;
}

struct docx_file docx_from_tree(struct fixture *fixture, const struct brv_node *root,
                                const struct brv_document *document, const char *css)
{
    return render(fixture, root, document, css, (brv_str){ 0 });
}

struct docx_file docx_from_template(struct fixture *fixture, const struct brv_node *root,
                                    brv_str template, const char *css)
{
    return render(fixture, root, NULL, css, template);
}

static struct brv_node *section_element(struct fixture *fixture, const struct brv_section *section)
{
    struct brv_node *element = brv_node_new(fixture->arena, BRV_KIND_SECTION, section->span);
    brv_node_set(fixture->arena, element, BRV_ATTR_CLASS, section->slug);
    if (section->heading) {
        brv_node_append(element, brv_node_copy(fixture->arena, section->heading));
    }
    for (const struct brv_node *block = section->blocks->first; block; block = block->next) {
        brv_node_append(element, brv_node_copy(fixture->arena, block));
    }
    for (const struct brv_section *inner = section->first; inner; inner = inner->next) {
        brv_node_append(element, section_element(fixture, inner));
    }
    return element;
}

struct docx_file docx_from_markdown(struct fixture *fixture, brv_str markdown, const char *css)
{
    struct brv_load_options options = { .form = BRV_FORM_TEXT };
    struct brv_document *document =
        brv_document_load(fixture->arena, BRV_S("test.md"), markdown, &options, &fixture->sink);
    assert_non_null(document);
    struct brv_node *root = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    brv_node_set(fixture->arena, root, BRV_ATTR_LANG, document->lang);
    for (const struct brv_section *section = document->first; section; section = section->next) {
        brv_node_append(root, section_element(fixture, section));
    }
    return docx_from_tree(fixture, root, document, css);
}

struct brv_node *docx_element(struct fixture *fixture, struct brv_node *parent, enum brv_kind kind,
                              const char *class_name, const char *text)
{
    struct brv_node *node = brv_node_new(fixture->arena, kind, brv_span_none());
    if (class_name) {
        brv_node_set(fixture->arena, node, BRV_ATTR_CLASS, brv_str_from_cstr(class_name));
    }
    if (text) {
        brv_node_append(
            node, brv_node_new_text(fixture->arena, brv_str_from_cstr(text), brv_span_none()));
    }
    if (parent) {
        brv_node_append(parent, node);
    }
    return node;
}

struct brv_node *docx_article(struct fixture *fixture)
{
    return docx_element(fixture, NULL, BRV_KIND_ARTICLE, NULL, NULL);
}

// ---- reading back

brv_str docx_part(const struct docx_file *file, const char *name)
{
    for (size_t i = 0; i < file->count; i++) {
        if (brv_str_is(file->names[i], name)) {
            return file->contents[i];
        }
    }
    return (brv_str){ 0 };
}

brv_str docx_canonical(struct fixture *fixture, const struct docx_file *file)
{
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (size_t i = 0; i < file->count; i++) {
        brv_buf_printf(out, "==== %" BRV_STR_F "\n", BRV_STR_ARG(file->names[i]));
        brv_str xml = file->contents[i];
        for (size_t k = 0; k < xml.len; k++) {
            bool is_new_tag = xml.ptr[k] == '<' && k > 0 && xml.ptr[k - 1] == '>';
            if (is_new_tag) {
                brv_buf_add_byte(out, '\n');
            }
            brv_buf_add_byte(out, xml.ptr[k]);
        }
    }
    return brv_buf_str(out);
}

brv_str docx_style(const struct docx_file *file, const char *id)
{
    brv_str styles = docx_part(file, "word/styles.xml");
    char key[80];
    (void)snprintf(key, sizeof key, "w:styleId=\"%s\"", id);
    size_t from = brv_str_find(styles, 0, brv_str_from_cstr(key));
    if (from == styles.len) {
        fail_msg("there is no style %s", id);
    }
    return brv_str_slice(styles, from, brv_str_find(styles, from, BRV_S("</w:style>")));
}

brv_str docx_style_condition(brv_str style, const char *type)
{
    char key[60];
    (void)snprintf(key, sizeof key, "<w:tblStylePr w:type=\"%s\">", type);
    size_t from = brv_str_find(style, 0, brv_str_from_cstr(key));
    return brv_str_slice(style, from, brv_str_find(style, from, BRV_S("</w:tblStylePr>")));
}

size_t docx_count(brv_str text, const char *needle)
{
    size_t count = 0;
    brv_str part = brv_str_from_cstr(needle);
    for (size_t at = brv_str_find(text, 0, part); at < text.len;
         at = brv_str_find(text, at + part.len, part)) {
        count++;
    }
    return count;
}

void docx_assert_has(brv_str text, const char *needle)
{
    if (docx_count(text, needle) == 0) {
        print_message("no %s in\n%" BRV_STR_F "\n", needle, BRV_STR_ARG(text));
        fail();
    }
}

static void add_text(struct brv_buf *out, brv_str xml)
{
    static const struct {
        const char *entity;
        char byte;
    } rows[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' } };
    for (size_t at = 0; at < xml.len; at++) {
        bool is_entity = false;
        for (size_t i = 0; i < BRV_COUNT(rows) && !is_entity; i++) {
            brv_str entity = brv_str_from_cstr(rows[i].entity);
            if (brv_str_starts_with(brv_str_slice(xml, at, xml.len), entity)) {
                brv_buf_add_byte(out, rows[i].byte);
                at += entity.len - 1;
                is_entity = true;
            }
        }
        if (!is_entity) {
            brv_buf_add_byte(out, xml.ptr[at]);
        }
    }
}

// The value of an attribute in a tag, empty when absent.
static brv_str attribute(brv_str tag, const char *name)
{
    brv_str key = brv_str_from_cstr(name);
    size_t at = brv_str_find(tag, 0, key);
    if (at == tag.len) {
        return (brv_str){ 0 };
    }
    at += key.len + 2;
    return brv_str_slice(tag, at, brv_str_find_byte(tag, at, '"'));
}

brv_str docx_outline(struct fixture *fixture, brv_str part)
{
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (size_t at = brv_str_find_byte(part, 0, '<'); at < part.len;) {
        size_t end = brv_str_find_byte(part, at, '>') + 1;
        brv_str tag = brv_str_slice(part, at, end);
        size_t next = brv_str_find_byte(part, end, '<');
        if (brv_str_starts_with(tag, BRV_S("<w:pStyle"))) {
            brv_buf_printf(out, "%" BRV_STR_F ": ", BRV_STR_ARG(attribute(tag, "w:val")));
        } else if (brv_str_is(tag, "<w:t>") || brv_str_starts_with(tag, BRV_S("<w:t "))) {
            add_text(out, brv_str_slice(part, end, next));
        } else if (brv_str_is(tag, "<w:tab/>")) {
            brv_buf_add_cstr(out, "→");
        } else if (brv_str_is(tag, "<w:br/>")) {
            brv_buf_add_cstr(out, "↵");
        } else if (brv_str_starts_with(tag, BRV_S("<w:footnoteReference"))) {
            brv_buf_printf(out, "[%" BRV_STR_F "]", BRV_STR_ARG(attribute(tag, "w:id")));
        } else if (brv_str_is(tag, "</w:p>")) {
            brv_buf_add_byte(out, '\n');
        }
        at = next;
    }
    return brv_buf_str(out);
}

static bool has_only_xml_chars(brv_str xml)
{
    if (!brv_utf8_is_valid(xml)) {
        return false;
    }
    for (size_t at = 0; at < xml.len;) {
        uint32_t c = brv_utf8_next(xml, &at);
        if ((c < 0x20 && c != '\t' && c != '\n') || brv_is_noncharacter(c)) {
            return false;
        }
    }
    return true;
}

static bool has_only_entities(brv_str text)
{
    for (size_t at = brv_str_find_byte(text, 0, '&'); at < text.len;
         at = brv_str_find_byte(text, at + 1, '&')) {
        brv_str rest = brv_str_slice(text, at, text.len);
        if (!brv_str_starts_with(rest, BRV_S("&amp;")) &&
            !brv_str_starts_with(rest, BRV_S("&lt;")) &&
            !brv_str_starts_with(rest, BRV_S("&gt;")) &&
            !brv_str_starts_with(rest, BRV_S("&quot;"))) {
            return false;
        }
    }
    return true;
}

bool docx_is_well_formed(brv_str xml)
{
    enum { DEPTH_MAX = 4000 };
    static brv_str open[DEPTH_MAX];
    size_t depth = 0;
    if (!has_only_xml_chars(xml) || !has_only_entities(xml) ||
        !brv_str_starts_with(xml, BRV_S("<?xml "))) {
        return false;
    }
    for (size_t at = brv_str_find_byte(xml, 2, '<'); at < xml.len;) {
        size_t end = brv_str_find_byte(xml, at, '>');
        if (end == xml.len) {
            return false;
        }
        size_t name_end = at + 1;
        while (name_end < end && xml.ptr[name_end] != ' ' && xml.ptr[name_end] != '/') {
            name_end++;
        }
        if (xml.ptr[at + 1] == '/') {
            brv_str name = brv_str_slice(xml, at + 2, end);
            if (depth == 0 || !brv_str_equal(open[--depth], name)) {
                return false;
            }
        } else if (xml.ptr[end - 1] != '/') {
            if (depth == DEPTH_MAX) {
                return false;
            }
            open[depth++] = brv_str_slice(xml, at + 1, name_end);
        }
        at = brv_str_find_byte(xml, end, '<');
    }
    return depth == 0;
}
