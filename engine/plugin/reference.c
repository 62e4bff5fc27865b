// Brevier — the plugin reference, printed from the binding tables.
// SPDX-License-Identifier: MIT
#include "base/buf.h"
#include "model/node.h"
#include "plugin/host.h"
#include "plugin/library.h"
#include "plugin/view.h"

#include <string.h>

static void print_view(const struct brv_view_type *type, struct brv_buf *out)
{
    brv_buf_printf(out,
                   "### %s\n\n%s Read-only; an unknown field is an error.\n\n",
                   type->name,
                   type->summary);
    for (size_t i = 0; i < type->count; i++) {
        const struct brv_view_field *field = &type->fields[i];
        brv_buf_printf(out, "- `%s` (%s). %s\n", field->name, field->type, field->help);
    }
    brv_buf_add_cstr(out, "\n");
}

// The sentences of a comment, without its annotations, on one line.
static void print_sentences(brv_str comment, struct brv_buf *out)
{
    brv_str line;
    for (bool is_first = true; brv_lua_doc_line(&comment, &line);) {
        if (brv_str_starts_with(line, BRV_S("@")))
            continue;
        brv_buf_add_cstr(out, is_first ? "" : " ");
        brv_buf_add_str(out, line);
        is_first = false;
    }
}

// Whether "---@param name? …" says that a parameter may be left out.
static bool is_optional(brv_str comment, brv_str name)
{
    brv_str line;
    while (brv_lua_doc_line(&comment, &line)) {
        if (!brv_str_starts_with(line, BRV_S("@param ")))
            continue;
        line = brv_str_slice(line, strlen("@param "), line.len);
        if (brv_str_starts_with(line, name) && line.len > name.len && line.ptr[name.len] == '?')
            return true;
    }
    return false;
}

static void print_parameters(const struct brv_lua_doc *doc, struct brv_buf *out)
{
    size_t open = 0;
    for (size_t at = 0; at < doc->parameters.len;) {
        size_t end = brv_str_find_byte(doc->parameters, at, ',');
        brv_str name = brv_str_trim(brv_str_slice(doc->parameters, at, end));
        bool may_lack = is_optional(doc->comment, name);
        brv_buf_add_cstr(out, may_lack ? (at > 0 ? " [, " : "[") : (at > 0 ? ", " : ""));
        if (brv_str_is(name, "..."))
            brv_buf_add_cstr(out, "…");
        else
            brv_buf_add_str(out, name);
        open += may_lack;
        at = end < doc->parameters.len ? end + 1 : end;
    }
    brv_buf_add_repeated(out, ']', open);
}

static void print_docs(const struct brv_lua_script *script, bool with_summary, struct brv_buf *out)
{
    struct brv_lua_doc doc;
    for (size_t at = 0; brv_lua_doc_next(script, &at, &doc);) {
        if (doc.name.len == 0 && with_summary) {
            print_sentences(doc.comment, out);
            brv_buf_add_cstr(out, "\n\n");
        } else if (doc.name.len > 0) {
            brv_buf_printf(
                out, "- `%s%" BRV_STR_F "(", doc.is_method ? ":" : "", BRV_STR_ARG(doc.name));
            print_parameters(&doc, out);
            brv_buf_add_cstr(out, ")` ");
            print_sentences(doc.comment, out);
            brv_buf_add_cstr(out, "\n");
        }
    }
}

static void print_library(const struct brv_lua_library *library, struct brv_buf *out)
{
    brv_buf_printf(out, "### %s\n\n%s\n\n", library->name, library->summary);
    for (size_t i = 0; i < library->count; i++) {
        const struct brv_lua_function *function = &library->functions[i];
        brv_buf_printf(out, "- `%s%s` %s\n", function->name, function->signature, function->help);
    }
    const struct brv_lua_script *script = brv_lua_script_find(library->name);
    if (script)
        print_docs(script, false, out);
    if (library->count > 0 || script)
        brv_buf_add_cstr(out, "\n");
}

static bool is_library(const char *name)
{
    for (size_t i = 0; i < brv_lua_library_count; i++)
        if (strcmp(brv_lua_libraries[i]->name, name) == 0)
            return true;
    return false;
}

// The modules that are Lua only. A part of a module ("brevier.chart.bar") has no documentation of
// its own.
static void print_scripts(struct brv_buf *out)
{
    for (size_t i = 0; i < brv_lua_script_count; i++) {
        const struct brv_lua_script *script = &brv_lua_scripts[i];
        if (is_library(script->name) || strchr(script->name + strlen("brevier."), '.'))
            continue;
        brv_buf_printf(out, "### %s\n\n", script->name);
        print_docs(script, true, out);
        brv_buf_add_cstr(out, "\n");
    }
}

static void print_elements(struct brv_buf *out)
{
    brv_buf_add_cstr(out, "Elements:");
    const char *const *kinds = brv_kind_names();
    for (int i = 0; i < BRV_KIND_COUNT - 1; i++)
        brv_buf_printf(out, " `%s`", kinds[i]);
    brv_buf_add_cstr(out, ".\nAttributes:");
    size_t count = 0;
    const char *const *attrs = brv_attr_names(&count);
    for (size_t i = 0; i < count; i++)
        brv_buf_printf(out, " `%s`", attrs[i]);
    brv_buf_add_cstr(out, " and `[\"data-…\"]`.\n\n");
}

void brv_plugin_reference(struct brv_buf *out)
{
    print_view(&brv_view_section, out);
    print_view(&brv_view_document, out);
    print_view(&brv_view_context, out);
    for (size_t i = 0; i < brv_lua_library_count; i++) {
        print_library(brv_lua_libraries[i], out);
        if (brv_lua_libraries[i] == &brv_lua_element)
            print_elements(out);
        if (brv_lua_libraries[i] == &brv_lua_text)
            print_scripts(out);
    }
    brv_buf_add_cstr(out, "### Left out of Lua\n\n");
    for (size_t i = 0; i < brv_lua_omission_count; i++)
        brv_buf_printf(out, "- %s: %s.\n", brv_lua_omissions[i].names, brv_lua_omissions[i].reason);
}
