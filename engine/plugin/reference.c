// Brevier — the plugin reference, printed from the binding tables.
// SPDX-License-Identifier: MIT
#include "base/buf.h"
#include "model/node.h"
#include "plugin/host.h"
#include "plugin/library.h"
#include "plugin/view.h"

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

static void print_library(const struct brv_lua_library *library, struct brv_buf *out)
{
    brv_buf_printf(out, "### %s\n\n%s\n\n", library->name, library->summary);
    for (size_t i = 0; i < library->count; i++) {
        const struct brv_lua_function *function = &library->functions[i];
        brv_buf_printf(out, "- `%s%s` %s\n", function->name, function->signature, function->help);
    }
    if (library->count > 0)
        brv_buf_add_cstr(out, "\n");
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
    }
    brv_buf_add_cstr(out, "### Left out of Lua\n\n");
    for (size_t i = 0; i < brv_lua_omission_count; i++)
        brv_buf_printf(out, "- %s: %s.\n", brv_lua_omissions[i].names, brv_lua_omissions[i].reason);
}
