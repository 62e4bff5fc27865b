// Brevier — type stubs for lua-language-server, printed from the binding tables.
// SPDX-License-Identifier: MIT
//
// Signatures say how parameters are called and which may be left out; their names say their types,
// because one name means one thing everywhere. A name that is not in the table below is a fault
// that a test finds. Modules in Lua bring their annotations with them.
#include "base/buf.h"
#include "model/node.h"
#include "plugin/host.h"
#include "plugin/library.h"
#include "plugin/view.h"

#include <string.h>

struct type_row {
    const char *name;
    const char *type;
};

static const struct type_row parameter_types[] = {
    { "text", "string" },
    { "path", "string" },
    { "separator", "string" },
    { "element", "any" },
    { "size", "number" },
    { "x", "number" },
    { "y", "number" },
    { "x1", "number" },
    { "y1", "number" },
    { "x2", "number" },
    { "y2", "number" },
    { "radius", "number" },
    { "rx", "number" },
    { "ry", "number" },
    { "outer", "number" },
    { "inner", "number" },
    { "from", "number" },
    { "to", "number" },
    { "width", "number" },
    { "height", "number" },
    { "style", "brevier.Style" },
    { "commands", "(string|number)[]" },
    { "points", "number[]" },
    { "group", "brevier.Group" },
    { "f", "fun(g: brevier.Canvas)" },
    { "options", "table?" },
    { "what", "string" },
    { "names", "string" },
};

static const struct type_row result_types[] = {
    { "plain", "string" }, { "slug", "string" },  { "split", "string[]" },
    { "trim", "string" },  { "width", "number" }, { "markdown", "any[]" },
};

// By the words of struct brv_view_field.
static const struct type_row field_types[] = {
    { "string", "string" },
    { "integer", "integer" },
    { "table", "table" },
    { "function", "function" },
    { "function or nil", "function?" },
    { "document", "brevier.Document" },
    { "list of strings", "string[]" },
    { "list of elements", "brevier.Element[]" },
    { "list of facts", "brevier.Fact[]|table<string, brevier.Fact>" },
    { "list of sections", "brevier.Section[]" },
    { "element or false", "brevier.Element|false" },
    { "section or false", "brevier.Section|false" },
};

static const char *find_type(const struct type_row *rows, size_t count, brv_str name)
{
    for (size_t i = 0; i < count; i++)
        if (brv_str_is(name, rows[i].name))
            return rows[i].type;
    return NULL;
}

// Fields whose view says no more than "function" or "table".
static const char *precise_field(const char *view, const char *field)
{
    static const struct {
        const char *view, *field, *type;
    } rows[] = {
        { "context", "render", "fun(section: brevier.Section): brevier.Element" },
        { "context", "render_default", "fun(section: brevier.Section): brevier.Element" },
        { "context",
          "style",
          "(fun(element: brevier.Element): brevier.Look)|(fun(name: string): string?)" },
        { "context", "clock", "(fun(): table<string, integer>)?" },
        { "context", "read", "(fun(path: string): string)?" },
        { "context", "log", "brevier.Log" },
        { "context", "options", "table<string, any>" },
        { "section", "source", "{ file: string, line: integer }" },
        { "document", "meta", "table<string, string|string[]>" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++)
        if (strcmp(rows[i].view, view) == 0 && strcmp(rows[i].field, field) == 0)
            return rows[i].type;
    return NULL;
}

static void print_view(const struct brv_view_type *type, struct brv_buf *out)
{
    brv_buf_printf(out,
                   "---%s\n---@class brevier.%c%s\n",
                   type->summary,
                   type->name[0] - 'a' + 'A',
                   type->name + 1);
    for (size_t i = 0; i < type->count; i++) {
        const struct brv_view_field *field = &type->fields[i];
        const char *precise = precise_field(type->name, field->name);
        const char *general =
            find_type(field_types, BRV_COUNT(field_types), brv_str_from_cstr(field->type));
        brv_buf_printf(out,
                       "---@field %s %s # %s\n",
                       field->name,
                       precise   ? precise
                       : general ? general
                                 : "unknown",
                       field->help);
    }
    brv_buf_add_byte(out, '\n');
}

// The next parameter of a signature "(a, b [, c])"; `{ … }` is a table by another name.
static bool next_parameter(brv_str *rest, brv_str *name, bool *may_lack)
{
    while (rest->len > 0 && strchr("(, ", rest->ptr[0]))
        *rest = brv_str_slice(*rest, 1, rest->len);
    if (rest->len == 0 || rest->ptr[0] == ')' || rest->ptr[0] == ']')
        return false;
    if (rest->ptr[0] == '[') {
        *may_lack = true;
        *rest = brv_str_slice(*rest, 1, rest->len);
        return next_parameter(rest, name, may_lack);
    }
    if (rest->ptr[0] == '{') {
        size_t close = brv_str_find_byte(*rest, 0, '}');
        bool is_list = brv_str_find(*rest, 0, BRV_S("x1")) < close;
        *name = is_list ? BRV_S("points") : BRV_S("group");
        *rest = brv_str_slice(*rest, close + 1, rest->len);
        return true;
    }
    size_t end = 0;
    while (end < rest->len && !strchr(",)] ", rest->ptr[end]))
        end++;
    *name = brv_str_slice(*rest, 0, end);
    *rest = brv_str_slice(*rest, end, rest->len);
    return true;
}

static void print_function(const char *owner, char separator,
                           const struct brv_lua_function *function, struct brv_buf *out)
{
    brv_buf_printf(out, "---%s\n", function->help);
    struct brv_buf names = { 0 };
    brv_str rest = brv_str_from_cstr(function->signature);
    brv_str name;
    for (bool may_lack = false; next_parameter(&rest, &name, &may_lack);) {
        const char *type = find_type(parameter_types, BRV_COUNT(parameter_types), name);
        brv_buf_printf(out,
                       "---@param %" BRV_STR_F "%s %s\n",
                       BRV_STR_ARG(name),
                       may_lack ? "?" : "",
                       type ? type : "unknown");
        brv_buf_printf(&names, "%s%" BRV_STR_F, names.len ? ", " : "", BRV_STR_ARG(name));
    }
    const char *result =
        find_type(result_types, BRV_COUNT(result_types), brv_str_from_cstr(function->name));
    if (result && separator == '.')
        brv_buf_printf(out, "---@return %s\n", result);
    brv_buf_printf(out, "function %s%c%s(", owner, separator, function->name);
    brv_buf_add_str(out, brv_buf_str(&names));
    brv_buf_add_cstr(out, ") end\n\n");
    brv_buf_deinit(&names);
}

static void print_elements(struct brv_buf *out)
{
    brv_buf_add_cstr(out, "---@class brevier.Element\n---@field tag string\n");
    size_t count = 0;
    const char *const *attrs = brv_attr_names(&count);
    for (size_t i = 0; i < count; i++)
        brv_buf_printf(out, "---@field %s? string|number\n", attrs[i]);
    brv_buf_add_cstr(out,
                     "---@field [integer] any\n---@field [string] any\n\n"
                     "---@class brevier.elements\n");
    const char *const *kinds = brv_kind_names();
    for (int i = 0; i < BRV_KIND_COUNT - 1; i++)
        brv_buf_printf(out,
                       "---@field %s fun(%s): brevier.Element\n",
                       kinds[i],
                       strcmp(kinds[i], "drawing") == 0 ? "drawing: brevier.Drawing" : "...: any");
    brv_buf_add_cstr(out, "\n");
}

// The functions of a script with their annotations, as they stand in its text.
static void print_docs(const struct brv_lua_script *script, struct brv_buf *out)
{
    struct brv_lua_doc doc;
    for (size_t at = 0; brv_lua_doc_next(script, &at, &doc);) {
        if (doc.name.len == 0)
            continue;
        brv_buf_add_str(out, doc.comment);
        brv_buf_printf(out,
                       "function %" BRV_STR_F "%c%" BRV_STR_F "(%" BRV_STR_F ") end\n\n",
                       BRV_STR_ARG(doc.owner),
                       doc.is_method ? ':' : '.',
                       BRV_STR_ARG(doc.name),
                       BRV_STR_ARG(doc.parameters));
    }
}

// What is a table of options in scripts, or known to C alone.
static const char classes[] =
    "---@class brevier.Fact\n"
    "---@field key string\n---@field slug string\n---@field value string\n"
    "---@field label any[]\n---@field content any[]\n---@field rest any[]\n"
    "---@field item brevier.Element\n\n"
    "---@class brevier.Log\n"
    "---@field warn fun(text: string, about?: any)\n"
    "---@field note fun(text: string, about?: any)\n"
    "---@field info fun(text: string, about?: any)\n\n"
    "---@class brevier.Look\n"
    "---@field color string\n---@field background string\n---@field size number\n"
    "---@field weight integer\n---@field italic boolean\n\n"
    "---@class brevier.Drawing\n"
    "---@field width number\n---@field height number\n---@field alt string\n"
    "---@field text? string\n---@field class? string\n---@field id? string\n"
    "---@field draw fun(g: brevier.Canvas)\n\n"
    "---@class brevier.Style\n"
    "---@field fill? string|table\n---@field stroke? string\n---@field width? number\n"
    "---@field dash? number[]\n---@field dash_offset? number\n---@field cap? string\n"
    "---@field join? string\n---@field miter_limit? number\n---@field rule? string\n"
    "---@field opacity? number\n---@field size? number\n---@field weight? integer\n"
    "---@field italic? boolean\n---@field anchor? string\n---@field rotate? number\n\n"
    "---@class brevier.Group\n"
    "---@field translate? number[]\n---@field rotate? number|number[]\n"
    "---@field scale? number|number[]\n---@field clip? (string|number)[]\n\n"
    "---@class brevier.Date\n"
    "---@field year integer\n---@field month integer\n---@field day integer\n"
    "---@field hour? integer\n---@field minute? integer\n\n"
    "---@class brevier.Data\n"
    "---@field columns string[]\n---@field rows any[][]\n---@field caption? string\n\n"
    "---@class brevier.Citations\nlocal Citations = {}\n\n"
    "---@class brevier.ChartOptions\n"
    "---@field title? string\n---@field alt? string\n---@field unit? string\n"
    "---@field decimals? integer\n---@field width? number\n---@field height? number\n"
    "---@field context? brevier.Context\n---@field labels? string[]\n---@field values? number[]\n"
    "---@field series? table[]\n---@field data? brevier.Data\n---@field stacked? boolean\n"
    "---@field horizontal? boolean\n---@field zero? boolean\n\n"
    "---@class brevier.GaugeOptions: brevier.ChartOptions\n"
    "---@field value number\n---@field min? number\n---@field max? number\n"
    "---@field zones? table[]\n\n"
    "---@class brevier.TimelineOptions: brevier.ChartOptions\n"
    "---@field events string[][]\n---@field sorted? boolean\n\n"
    "---@class brevier.MatrixOptions: brevier.ChartOptions\n"
    "---@field items table[]\n---@field steps? integer\n---@field x? string\n---@field y? "
    "string\n\n"
    "---@class brevier.FlowOptions: brevier.ChartOptions\n"
    "---@field edges? string[][]\n---@field steps? string[]\n---@field nodes? string[][]\n\n";

// One module, as a function that returns it, so that all fit into one file.
static void print_module(const char *name, const struct brv_lua_library *library,
                         const struct brv_lua_script *script, struct brv_buf *out)
{
    brv_buf_printf(out, "---@class %s\nlocal M = {}\n\n", name);
    for (size_t i = 0; library && i < library->count; i++)
        print_function("M", '.', &library->functions[i], out);
    if (script)
        print_docs(script, out);
    brv_buf_printf(out, "package.preload[\"%s\"] = function() return M end\n\n", name);
}

void brv_plugin_stubs(struct brv_buf *out)
{
    brv_buf_add_cstr(out, "---@meta\n-- Types of Brevier's modules for lua-language-server.\n\n");
    print_view(&brv_view_section, out);
    print_view(&brv_view_document, out);
    print_view(&brv_view_context, out);
    brv_buf_add_cstr(out, classes);
    print_elements(out);
    brv_buf_add_cstr(out, "---@class brevier.Canvas\nlocal Canvas = {}\n\n");
    for (size_t i = 0; i < brv_lua_canvas.count; i++)
        print_function("Canvas", ':', &brv_lua_canvas.functions[i], out);
    for (size_t i = 0; i < brv_lua_library_count; i++) {
        const struct brv_lua_library *library = brv_lua_libraries[i];
        if (library->where != BRV_LUA_REQUIRED)
            continue;
        brv_buf_add_cstr(out, "do\n");
        if (library == &brv_lua_element)
            brv_buf_add_cstr(out,
                             "---@type brevier.elements\nlocal M\n"
                             "package.preload[\"brevier.element\"] = function() return M end\n\n");
        else
            print_module(library->name, library, brv_lua_script_find(library->name), out);
        brv_buf_add_cstr(out, "end\n");
    }
    for (size_t i = 0; i < brv_lua_script_count; i++) {
        const struct brv_lua_script *script = &brv_lua_scripts[i];
        if (strchr(script->name + strlen("brevier."), '.') ||
            strcmp(script->name, brv_lua_text.name) == 0)
            continue;
        brv_buf_add_cstr(out, "do\n");
        print_module(script->name, NULL, script, out);
        brv_buf_add_cstr(out, "end\n");
    }
}
