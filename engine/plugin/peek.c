// Brevier — a manifest read from a plugin's text, without running it.
// SPDX-License-Identifier: MIT
#include "plugin/peek.h"

#include <string.h>

struct peek {
    struct brv_arena *arena;
    brv_str text;
    size_t at;
};

static void skip_space(struct peek *peek)
{
    for (; peek->at < peek->text.len; peek->at++) {
        bool is_comment =
            brv_str_starts_with(brv_str_slice(peek->text, peek->at, peek->text.len), BRV_S("--"));
        if (is_comment)
            peek->at = brv_str_find_byte(peek->text, peek->at, '\n');
        else if (!brv_is_space(peek->text.ptr[peek->at]))
            return;
    }
}

static bool take(struct peek *peek, const char *sign)
{
    skip_space(peek);
    brv_str rest = brv_str_slice(peek->text, peek->at, peek->text.len);
    if (!brv_str_starts_with(rest, brv_str_from_cstr(sign)))
        return false;
    peek->at += strlen(sign);
    return true;
}

static brv_str take_name(struct peek *peek)
{
    skip_space(peek);
    size_t from = peek->at;
    while (peek->at < peek->text.len && peek->text.ptr[peek->at] >= 'a' &&
           peek->text.ptr[peek->at] <= 'z')
        peek->at++;
    return brv_str_slice(peek->text, from, peek->at);
}

// "…" without escapes.
static bool take_string(struct peek *peek, brv_str *value)
{
    if (!take(peek, "\""))
        return false;
    size_t end = brv_str_find_byte(peek->text, peek->at, '"');
    *value = brv_str_slice(peek->text, peek->at, end);
    peek->at = end + 1;
    return end < peek->text.len && brv_str_find_byte(*value, 0, '\\') == value->len &&
           brv_str_find_byte(*value, 0, '\n') == value->len;
}

static bool take_list(struct peek *peek, const brv_str **list, size_t *count)
{
    brv_str *items = NULL;
    size_t capacity = 0;
    *count = 0;
    if (!take(peek, "{"))
        return false;
    while (!take(peek, "}")) {
        brv_str item;
        if (!take_string(peek, &item))
            return false;
        BRV_PUSH(peek->arena, items, *count, capacity) = item;
        if (!take(peek, ",") && !take(peek, "}"))
            return false;
        else if (peek->text.ptr[peek->at - 1] == '}')
            break;
    }
    *list = items;
    return *count > 0;
}

// "render = render," or "render = function(…)", which ends the reading: it stands last.
static bool take_function(struct peek *peek, brv_str key, struct brv_plugin_info *info,
                          bool *is_end)
{
    *is_end = take(peek, "function");
    if (!*is_end && take_name(peek).len == 0)
        return false;
    info->has_render = info->has_render || brv_str_is(key, "render");
    info->has_transform = info->has_transform || brv_str_is(key, "transform");
    return true;
}

// One "key = value" of the table; false for what only a run can tell.
static bool take_entry(struct peek *peek, struct brv_plugin_info *info, bool *is_end)
{
    brv_str key = take_name(peek);
    if (!take(peek, "="))
        return false;
    if (brv_str_is(key, "api"))
        return take(peek, "1");
    if (brv_str_is(key, "name"))
        return take_string(peek, &info->name);
    if (brv_str_is(key, "version"))
        return take_string(peek, &info->version);
    if (brv_str_is(key, "summary"))
        return take_string(peek, &info->summary);
    if (brv_str_is(key, "sections"))
        return take_list(peek, &info->sections, &info->section_count);
    if (brv_str_is(key, "elements"))
        return take_list(peek, &info->elements, &info->element_count);
    if (brv_str_is(key, "render") || brv_str_is(key, "transform"))
        return take_function(peek, key, info, is_end);
    return false;
}

// Where the text behind the last "return {" at the beginning of a line starts; 0 when there is
// none.
static size_t find_table(const struct brv_source *source)
{
    size_t found = 0;
    for (size_t i = 0; i < source->line_count; i++) {
        size_t start = source->line_starts[i];
        brv_str line = brv_str_slice(source->text, start, source->text.len);
        if (brv_str_starts_with(line, BRV_S("return {\n")))
            found = start + strlen("return {");
    }
    return found;
}

struct brv_manifest *brv_manifest_peek(struct brv_arena *arena, const struct brv_program *program)
{
    const struct brv_source *source = program->modules[0].source;
    struct peek peek = { .arena = arena, .text = source->text, .at = find_table(source) };
    struct brv_manifest *manifest = BRV_NEW(arena, struct brv_manifest);
    manifest->info.path = program->path;
    bool is_end = peek.at == 0;
    if (is_end)
        return NULL;
    while (!is_end && !take(&peek, "}"))
        if (!take_entry(&peek, &manifest->info, &is_end) || (!is_end && !take(&peek, ",")))
            return NULL;
    const struct brv_plugin_info *info = &manifest->info;
    bool is_whole = info->name.len > 0 && info->version.len > 0 && info->summary.len > 0;
    bool is_for_sections = info->has_render && info->section_count > 0 && !info->has_transform;
    bool is_for_elements = info->has_transform && info->element_count > 0 && !info->has_render;
    return is_whole && (is_for_sections || is_for_elements) ? manifest : NULL;
}
