// Brevier — reading the JSON form: the document, its metadata and its sections.
// SPDX-License-Identifier: MIT
#include "load/archive.h"
#include "load/clean.h"
#include "load/json.h"
#include "load/json_value.h"
#include "load/meta.h"

enum {
    JSON_LEVELS_PER_ELEMENT = 2, // the object and its content
    JSON_LEVELS_AROUND = 16,
    SECTION_DEPTH_MAX = 6,
};

static const char *const document_members[] = {
    "schema", "meta", "kind_title", "summary_label", "sections"
};
static const char *const section_members[] = { "role", "level", "heading", "blocks", "sections" };
static const char *const roles[] = { "title", "excerpt", "preamble" };

static brv_str read_string(struct brv_json_reader *reader, struct brv_json_value value,
                           const char *expected)
{
    if (!json_is_string(value.json)) {
        brv_json_fail(reader, value, expected);
        return (brv_str){ 0 };
    }
    return brv_bidi_close(reader->markdown->arena,
                          brv_json_string(reader, value),
                          brv_json_span(reader, value),
                          reader->markdown->sink);
}

static struct brv_metadata_place place_of(const struct brv_json_reader *reader,
                                          struct brv_json_value value)
{
    return (struct brv_metadata_place){ .key = brv_json_key_span(reader, value),
                                        .value = brv_json_span(reader, value) };
}

static void read_meta_list(struct brv_json_reader *reader, struct brv_metadata *metadata,
                           brv_str key, struct brv_json_value list)
{
    struct brv_json_walk walk = brv_json_walk(reader, list);
    brv_str *values = BRV_NEW_ARRAY(metadata->arena, brv_str, json_array_size(list.json));
    size_t count = 0;
    while (brv_json_walk_next(reader, &walk)) {
        if (json_is_string(walk.value.json)) {
            values[count++] = brv_json_string(reader, walk.value);
        } else {
            brv_json_fail(reader, walk.value, "a list of metadata holds strings only");
        }
    }
    if (brv_metadata_add(metadata, key, values, count, true, place_of(reader, list))) {
        reader->failed = true;
    }
}

static void read_meta(struct brv_json_reader *reader, struct brv_metadata *metadata,
                      struct brv_json_value object)
{
    if (!json_is_object(object.json)) {
        brv_json_fail(reader, object, "\"meta\" must be an object");
        return;
    }
    struct brv_json_walk walk = brv_json_walk(reader, object);
    while (brv_json_walk_next(reader, &walk)) {
        brv_str key = brv_arena_str(metadata->arena, walk.key);
        if (json_is_array(walk.value.json)) {
            read_meta_list(reader, metadata, key, walk.value);
        } else if (json_is_string(walk.value.json)) {
            brv_str value = brv_json_string(reader, walk.value);
            if (brv_metadata_add(metadata, key, &value, 1, false, place_of(reader, walk.value))) {
                reader->failed = true;
            }
        } else {
            brv_json_fail(reader, walk.value, "metadata must be a string or a list of strings");
        }
    }
}

static bool has_role(const struct brv_document *document, brv_str role)
{
    for (const struct brv_section *at = document->first; at; at = at->next) {
        if (brv_str_equal(at->slug, role)) {
            return true;
        }
    }
    return false;
}

static void read_role(struct brv_json_reader *reader, struct brv_document *document,
                      struct brv_section *section, struct brv_json_value value)
{
    for (size_t i = 0; i < BRV_COUNT(roles); i++) {
        brv_str role = brv_str_from_cstr(roles[i]);
        if (!json_is_string(value.json) || strcmp(json_string_value(value.json), roles[i]) != 0) {
            continue;
        }
        if (section->parent || has_role(document, role)) {
            brv_json_fail(reader, value, "only one top section can have this role");
        }
        section->slug = role;
        return;
    }
    brv_json_fail(reader, value, "\"role\" must be \"title\", \"excerpt\" or \"preamble\"");
}

static void read_level(struct brv_json_reader *reader, struct brv_section *section,
                       struct brv_json_value value)
{
    json_int_t level = json_integer_value(value.json);
    if (level < 1 || level > 6) {
        brv_json_fail(reader, value, "\"level\" must be a whole number from 1 to 6");
        return;
    }
    section->level = (int)level;
}

// Checks a tree that is complete, so that every later stage may rely on it.
static void settle(struct brv_json_reader *reader, struct brv_node *root)
{
    struct brv_markdown *markdown = reader->markdown;
    brv_tree_settle(markdown->arena, root, markdown->sink);
    if (brv_tree_check(
            root, brv_load_depth(markdown->limits) + 1, BRV_CODE_INPUT, markdown->sink)) {
        reader->failed = true;
    }
}

static void read_sections(struct brv_json_reader *reader, struct brv_document *document,
                          struct brv_section *parent, struct brv_json_value array, int depth);

static void read_section(struct brv_json_reader *reader, struct brv_document *document,
                         struct brv_section *parent, struct brv_json_value object, int depth)
{
    struct brv_arena *arena = reader->markdown->arena;
    struct brv_span span = brv_json_span(reader, object);
    struct brv_section *section = brv_section_append(document, parent, arena, span);
    struct brv_json_value subsections = { 0 };
    struct brv_json_walk walk = brv_json_walk(reader, object);
    while (brv_json_walk_next(reader, &walk)) {
        if (brv_str_is(walk.key, "role")) {
            read_role(reader, document, section, walk.value);
        } else if (brv_str_is(walk.key, "level")) {
            read_level(reader, section, walk.value);
        } else if (brv_str_is(walk.key, "heading")) {
            section->heading = brv_node_new(arena, BRV_KIND_H2, brv_json_span(reader, walk.value));
            brv_json_read_content(reader, walk.value, section->heading, 1);
        } else if (brv_str_is(walk.key, "blocks")) {
            brv_json_read_content(reader, walk.value, section->blocks, 1);
        } else if (brv_str_is(walk.key, "sections")) {
            subsections = walk.value; // their level follows from this one's
        } else {
            brv_json_fail_unknown(
                reader, &walk, "a section", section_members, BRV_COUNT(section_members));
        }
    }
    if (section->level == 0) {
        bool is_title = brv_str_is(section->slug, "title");
        section->level = parent ? parent->level + 1 : is_title ? 1 : 2;
    }
    if (section->level != 1 && brv_str_is(section->slug, "title")) {
        brv_json_fail(reader, object, "the title's \"level\" must be 1");
    }
    if (section->heading) {
        section->heading->kind = brv_kind_from_heading_level(section->level);
        settle(reader, section->heading);
    } else if (!brv_str_is(section->slug, "preamble")) {
        brv_json_fail(reader, object, "a section needs a \"heading\"");
    }
    settle(reader, section->blocks);
    if (subsections.json && section->slug.len > 0) {
        brv_json_fail(reader, subsections, "a section with a role holds no others");
    } else if (subsections.json) {
        read_sections(reader, document, section, subsections, depth + 1);
    }
}

static void read_sections(struct brv_json_reader *reader, struct brv_document *document,
                          struct brv_section *parent, struct brv_json_value array, int depth)
{
    if (!json_is_array(array.json)) {
        brv_json_fail(reader, array, "\"sections\" must be an array");
        return;
    }
    if (depth > SECTION_DEPTH_MAX) {
        brv_json_fail(reader, array, "sections are nested deeper than 6");
        return;
    }
    struct brv_json_walk walk = brv_json_walk(reader, array);
    while (brv_json_walk_next(reader, &walk)) {
        if (json_is_object(walk.value.json)) {
            read_section(reader, document, parent, walk.value, depth);
        } else {
            brv_json_fail(reader, walk.value, "a section must be an object");
        }
    }
}

static void check_schema(struct brv_json_reader *reader, struct brv_json_value root)
{
    json_t *schema = json_object_get(root.json, "schema");
    if (!schema || !json_is_string(schema) ||
        strcmp(json_string_value(schema), BRV_JSON_SCHEMA) != 0) {
        brv_json_fail(reader, root, "\"schema\" must be \"" BRV_JSON_SCHEMA "\"");
    }
}

static void read_document(struct brv_json_reader *reader, struct brv_document *document,
                          struct brv_metadata *metadata, struct brv_json_value root)
{
    check_schema(reader, root);
    struct brv_json_walk walk = brv_json_walk(reader, root);
    while (!reader->failed && brv_json_walk_next(reader, &walk)) {
        if (brv_str_is(walk.key, "meta")) {
            read_meta(reader, metadata, walk.value);
        } else if (brv_str_is(walk.key, "kind_title")) {
            document->kind_title = read_string(reader, walk.value, "\"kind_title\" is a string");
        } else if (brv_str_is(walk.key, "summary_label")) {
            document->summary_label =
                read_string(reader, walk.value, "\"summary_label\" is a string");
        } else if (brv_str_is(walk.key, "sections")) {
            read_sections(reader, document, NULL, walk.value, 1);
        } else if (!brv_str_is(walk.key, "schema")) {
            brv_json_fail_unknown(
                reader, &walk, "a document", document_members, BRV_COUNT(document_members));
        }
    }
}

static json_t *parse(struct brv_markdown *markdown)
{
    const struct brv_source *source = markdown->source;
    json_error_t error;
    json_t *json = json_loadb(
        source->text.ptr, source->text.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!json) {
        size_t at = error.position > 0 ? (size_t)error.position - 1 : 0;
        at = at < source->text.len ? at : source->text.len;
        brv_report(markdown->sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   brv_span_of(source, brv_str_slice(source->text, at, at)),
                   "malformed JSON: %s",
                   error.text);
    }
    return json;
}

enum brv_status brv_json_read(struct brv_document *document, struct brv_markdown *markdown)
{
    struct brv_json_reader reader = { .markdown = markdown };
    size_t max_depth =
        (size_t)markdown->limits->nesting * JSON_LEVELS_PER_ELEMENT + JSON_LEVELS_AROUND;
    if (brv_json_places_scan(
            &reader.places, markdown->arena, markdown->source, max_depth, markdown->sink)) {
        return BRV_FAILED;
    }
    json_t *json = parse(markdown);
    if (!json) {
        return BRV_FAILED;
    }
    struct brv_metadata metadata;
    brv_metadata_init(&metadata, markdown->arena, markdown->sink);
    struct brv_json_value root = { .json = json };
    if (json_is_object(json)) {
        read_document(&reader, document, &metadata, root);
    } else {
        brv_json_fail(&reader, root, "a document must be a JSON object");
    }
    json_decref(json);
    brv_metadata_apply(&metadata, document);
    return reader.failed ? BRV_FAILED : BRV_OK;
}
