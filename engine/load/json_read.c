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
    JSON_VALUES_MAX = 2000000,
    SECTION_DEPTH_MAX = 6,
};

static const char *const document_members[] = {
    "schema", "meta", "kind_title", "summary_label", "sections"
};
static const char *const section_members[] = { "role", "level", "heading", "blocks", "sections" };
static const char *const roles[] = { "title", "excerpt", "preamble" };

static brv_str read_string(struct brv_json_reader *reader, const struct brv_json *value,
                           const char *expected)
{
    if (value->type != BRV_JSON_STRING) {
        brv_json_fail(reader, value, expected);
        return (brv_str){ 0 };
    }
    return brv_bidi_close(reader->markdown->arena,
                          brv_json_string(reader, value),
                          brv_json_span(reader, value),
                          reader->markdown->sink);
}

static struct brv_metadata_place place_of(const struct brv_json_reader *reader,
                                          const struct brv_json *value)
{
    return (struct brv_metadata_place){ .key = brv_json_key_span(reader, value),
                                        .value = brv_json_span(reader, value) };
}

static void read_meta_list(struct brv_json_reader *reader, struct brv_metadata *metadata,
                           brv_str key, const struct brv_json *list)
{
    brv_str *values = BRV_NEW_ARRAY(metadata->arena, brv_str, list->count);
    size_t count = 0;
    for (const struct brv_json *value = list->first; value; value = value->next) {
        if (value->type == BRV_JSON_STRING) {
            values[count++] = brv_json_string(reader, value);
        } else {
            brv_json_fail(reader, value, "a list of metadata holds strings only");
        }
    }
    if (brv_metadata_add(metadata, key, values, count, true, place_of(reader, list))) {
        reader->failed = true;
    }
}

static void read_meta(struct brv_json_reader *reader, struct brv_metadata *metadata,
                      const struct brv_json *object)
{
    if (object->type != BRV_JSON_OBJECT) {
        brv_json_fail(reader, object, "\"meta\" must be an object");
        return;
    }
    for (const struct brv_json *member = object->first; member; member = member->next) {
        brv_str key = brv_arena_str(metadata->arena, member->key);
        if (member->type == BRV_JSON_ARRAY) {
            read_meta_list(reader, metadata, key, member);
        } else if (member->type == BRV_JSON_STRING) {
            brv_str value = brv_json_string(reader, member);
            if (brv_metadata_add(metadata, key, &value, 1, false, place_of(reader, member))) {
                reader->failed = true;
            }
        } else {
            brv_json_fail(reader, member, "metadata must be a string or a list of strings");
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
                      struct brv_section *section, const struct brv_json *value)
{
    for (size_t i = 0; i < BRV_COUNT(roles); i++) {
        brv_str role = brv_str_from_cstr(roles[i]);
        if (value->type != BRV_JSON_STRING || !brv_str_equal(value->text, role)) {
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
                       const struct brv_json *value)
{
    bool is_digit = value->type == BRV_JSON_NUMBER && value->written.len == 1;
    int level = is_digit ? value->written.ptr[0] - '0' : 0;
    if (level < 1 || level > 6) {
        brv_json_fail(reader, value, "\"level\" must be a whole number from 1 to 6");
        return;
    }
    section->level = level;
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
                          struct brv_section *parent, const struct brv_json *array, int depth);

static void read_section(struct brv_json_reader *reader, struct brv_document *document,
                         struct brv_section *parent, const struct brv_json *object, int depth)
{
    struct brv_arena *arena = reader->markdown->arena;
    struct brv_span span = brv_json_span(reader, object);
    struct brv_section *section = brv_section_append(document, parent, arena, span);
    const struct brv_json *subsections = NULL;
    for (const struct brv_json *member = object->first; member; member = member->next) {
        if (brv_str_is(member->key, "role")) {
            read_role(reader, document, section, member);
        } else if (brv_str_is(member->key, "level")) {
            read_level(reader, section, member);
        } else if (brv_str_is(member->key, "heading")) {
            section->heading = brv_node_new(arena, BRV_KIND_H2, brv_json_span(reader, member));
            brv_json_read_content(reader, member, section->heading, 1);
        } else if (brv_str_is(member->key, "blocks")) {
            brv_json_read_content(reader, member, section->blocks, 1);
        } else if (brv_str_is(member->key, "sections")) {
            subsections = member; // their level follows from this one's
        } else {
            brv_json_fail_unknown(
                reader, member, "a section", section_members, BRV_COUNT(section_members));
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
    if (subsections && section->slug.len > 0) {
        brv_json_fail(reader, subsections, "a section with a role holds no others");
    } else if (subsections) {
        read_sections(reader, document, section, subsections, depth + 1);
    }
}

static void read_sections(struct brv_json_reader *reader, struct brv_document *document,
                          struct brv_section *parent, const struct brv_json *array, int depth)
{
    if (array->type != BRV_JSON_ARRAY) {
        brv_json_fail(reader, array, "\"sections\" must be an array");
        return;
    }
    if (depth > SECTION_DEPTH_MAX) {
        brv_json_fail(reader, array, "sections are nested deeper than 6");
        return;
    }
    for (const struct brv_json *item = array->first; item; item = item->next) {
        if (item->type == BRV_JSON_OBJECT) {
            read_section(reader, document, parent, item, depth);
        } else {
            brv_json_fail(reader, item, "a section must be an object");
        }
    }
}

static void check_schema(struct brv_json_reader *reader, const struct brv_json *root)
{
    const struct brv_json *schema = root->first;
    while (schema && !brv_str_is(schema->key, "schema")) {
        schema = schema->next;
    }
    if (!schema || schema->type != BRV_JSON_STRING || !brv_str_is(schema->text, BRV_JSON_SCHEMA)) {
        brv_json_fail(reader, root, "\"schema\" must be \"" BRV_JSON_SCHEMA "\"");
    }
}

static void read_document(struct brv_json_reader *reader, struct brv_document *document,
                          struct brv_metadata *metadata, const struct brv_json *root)
{
    check_schema(reader, root);
    for (const struct brv_json *member = root->first; member && !reader->failed;
         member = member->next) {
        if (brv_str_is(member->key, "meta")) {
            read_meta(reader, metadata, member);
        } else if (brv_str_is(member->key, "kind_title")) {
            document->kind_title = read_string(reader, member, "\"kind_title\" is a string");
        } else if (brv_str_is(member->key, "summary_label")) {
            document->summary_label = read_string(reader, member, "\"summary_label\" is a string");
        } else if (brv_str_is(member->key, "sections")) {
            read_sections(reader, document, NULL, member, 1);
        } else if (!brv_str_is(member->key, "schema")) {
            brv_json_fail_unknown(
                reader, member, "a document", document_members, BRV_COUNT(document_members));
        }
    }
}

static void report_fault(const struct brv_markdown *markdown, struct brv_json_limits limits,
                         const struct brv_json_fault *fault)
{
    const struct brv_source *source = markdown->source;
    struct brv_sink *sink = markdown->sink;
    struct brv_span at = brv_span_of(source, brv_str_slice(source->text, fault->at, fault->at));
    switch (fault->kind) {
    case BRV_JSON_MALFORMED:
        brv_report(sink, BRV_ERROR, BRV_CODE_INPUT, at, "malformed JSON: %s", fault->message);
        break;
    case BRV_JSON_TOO_DEEP:
        brv_report(
            sink, BRV_ERROR, BRV_CODE_LIMIT, at, "JSON is nested deeper than %zu", limits.depth);
        break;
    case BRV_JSON_TOO_MANY:
        brv_report(
            sink, BRV_ERROR, BRV_CODE_LIMIT, at, "JSON holds more than %zu values", limits.values);
        break;
    }
}

enum brv_status brv_json_read(struct brv_document *document, struct brv_markdown *markdown)
{
    struct brv_json_limits limits = {
        .depth = (size_t)markdown->limits->nesting * JSON_LEVELS_PER_ELEMENT + JSON_LEVELS_AROUND,
        .values = JSON_VALUES_MAX,
    };
    struct brv_json_fault fault;
    const struct brv_json *root =
        brv_json_parse(markdown->arena, markdown->source->text, limits, &fault);
    if (!root) {
        report_fault(markdown, limits, &fault);
        return BRV_FAILED;
    }
    struct brv_json_reader reader = { .markdown = markdown };
    struct brv_metadata metadata;
    brv_metadata_init(&metadata, markdown->arena, markdown->sink);
    if (root->type == BRV_JSON_OBJECT) {
        read_document(&reader, document, &metadata, root);
    } else {
        brv_json_fail(&reader, root, "a document must be a JSON object");
    }
    brv_metadata_apply(&metadata, document);
    return reader.failed ? BRV_FAILED : BRV_OK;
}
