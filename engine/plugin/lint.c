// Brevier — what a plugin's text tells before it runs: names that do not exist.
// SPDX-License-Identifier: MIT
//
// No parser of Lua: the tokens, and a stack of what is open, are enough to tell a variable from a
// field. A name counts as known when it is declared anywhere in the file; what is reported is
// surely wrong, or surely not there when its line runs.
#include "base/hash.h"
#include "plugin/host_internal.h"
#include "plugin/library.h"
#include "plugin/view.h"

#include <string.h>

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_STRING, TOKEN_SIGN, TOKEN_OTHER };

struct token {
    enum token_kind kind;
    brv_str text; // of a string: what stands between the quotes
};

enum { OPEN_MAX = 200, TOKENS_MAX = 200000 };

struct lint {
    struct brv_arena *arena;
    const struct brv_manifest *manifest;
    const struct brv_source *source;
    struct brv_sink *sink;
    struct token *tokens;
    size_t count;
    size_t capacity;
    struct brv_map declared; // name -> the library it was required as, or itself
    struct brv_map reported;
};

// ---- tokens

static bool is_name_byte(char c)
{
    return brv_is_digit(c) || c == '_' || (brv_to_lower(c) >= 'a' && brv_to_lower(c) <= 'z');
}

// The end of a long bracket "[==[ … ]==]" that begins at `at`; `at` itself when there is none.
static size_t long_bracket_end(brv_str text, size_t at)
{
    size_t level = 0;
    while (at + 1 + level < text.len && text.ptr[at + 1 + level] == '=')
        level++;
    if (text.ptr[at] != '[' || at + 1 + level >= text.len || text.ptr[at + 1 + level] != '[')
        return at;
    for (size_t i = at; i < text.len; i++) {
        if (text.ptr[i] != ']' || i + level + 1 >= text.len)
            continue;
        size_t n = 0;
        while (n < level && text.ptr[i + 1 + n] == '=')
            n++;
        if (n == level && text.ptr[i + 1 + level] == ']')
            return i + level + 2;
    }
    return text.len;
}

static size_t quoted_end(brv_str text, size_t at)
{
    char quote = text.ptr[at++];
    while (at < text.len && text.ptr[at] != quote && text.ptr[at] != '\n')
        at += text.ptr[at] == '\\' ? 2 : 1;
    return at < text.len ? at : text.len;
}

static void add_token(struct lint *lint, enum token_kind kind, size_t from, size_t to)
{
    if (lint->count < TOKENS_MAX)
        BRV_PUSH(lint->arena, lint->tokens, lint->count, lint->capacity) =
            (struct token){ kind, brv_str_slice(lint->source->text, from, to) };
}

static void read_tokens(struct lint *lint)
{
    brv_str text = lint->source->text;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        char c = text.ptr[at];
        if (brv_is_space(c)) {
            at++;
        } else if (c == '-' && at + 1 < text.len && text.ptr[at + 1] == '-') {
            size_t end = at + 2 < text.len ? long_bracket_end(text, at + 2) : at + 2;
            at = end > at + 2 ? end : brv_str_find_byte(text, at, '\n');
        } else if (c == '"' || c == '\'') {
            at = quoted_end(text, at);
            add_token(lint, TOKEN_STRING, from + 1, at);
            at++;
        } else if (c == '[' && long_bracket_end(text, at) > at) {
            at = long_bracket_end(text, at);
            add_token(lint, TOKEN_STRING, from, at);
        } else if (brv_is_digit(c)) {
            while (at < text.len && (is_name_byte(text.ptr[at]) || text.ptr[at] == '.'))
                at++;
            add_token(lint, TOKEN_OTHER, from, at);
        } else if (is_name_byte(c)) {
            while (at < text.len && is_name_byte(text.ptr[at]))
                at++;
            add_token(lint, TOKEN_NAME, from, at);
        } else {
            brv_str rest = brv_str_slice(text, at, text.len);
            at += brv_str_starts_with(rest, BRV_S("==")) || brv_str_starts_with(rest, BRV_S(".."))
                      ? 2
                      : 1;
            add_token(lint, TOKEN_SIGN, from, at);
        }
    }
}

static struct token token_at(const struct lint *lint, size_t index)
{
    return index < lint->count ? lint->tokens[index] : (struct token){ TOKEN_END, BRV_S("") };
}

static bool is_at(const struct lint *lint, size_t index, const char *text)
{
    struct token token = token_at(lint, index);
    return token.kind != TOKEN_STRING && brv_str_is(token.text, text);
}

static bool is_keyword(brv_str text)
{
    static const char *const keywords[] = {
        "and",      "break",  "do",   "else", "elseif", "end",   "false", "for",
        "function", "goto",   "if",   "in",   "local",  "nil",   "not",   "or",
        "repeat",   "return", "then", "true", "until",  "while",
    };
    for (size_t i = 0; i < BRV_COUNT(keywords); i++)
        if (brv_str_is(text, keywords[i]))
            return true;
    return false;
}

// ---- declarations

static void declare(struct lint *lint, brv_str name, const void *as)
{
    void **slot = brv_map_at(&lint->declared, name);
    if (!*slot)
        *slot = (void *)(uintptr_t)as;
}

// The names up to a sign that ends their list: "a, b <const> =", "(a, b, ...)", "k, v in".
static void declare_names(struct lint *lint, size_t at)
{
    while (token_at(lint, at).kind == TOKEN_NAME && !is_keyword(token_at(lint, at).text)) {
        declare(lint, token_at(lint, at).text, lint);
        if (is_at(lint, at + 1, "<"))
            at += 3;
        if (!is_at(lint, at + 1, ","))
            return;
        at += 2;
    }
}

static const struct brv_lua_library *find_library(brv_str name)
{
    for (size_t i = 0; i < brv_lua_library_count; i++)
        if (brv_lua_libraries[i]->where == BRV_LUA_REQUIRED &&
            brv_str_is(name, brv_lua_libraries[i]->name))
            return brv_lua_libraries[i];
    return NULL;
}

static const struct brv_lua_script *find_script(brv_str name)
{
    for (size_t i = 0; i < brv_lua_script_count; i++)
        if (brv_str_is(name, brv_lua_scripts[i].name))
            return &brv_lua_scripts[i];
    return NULL;
}

static bool is_shipped(brv_str name)
{
    return find_library(name) || find_script(name);
}

// "local e = require "brevier.element"", with parentheses or without.
static void declare_module(struct lint *lint, size_t at)
{
    if (!is_at(lint, at, "local") || !is_at(lint, at + 2, "=") || !is_at(lint, at + 3, "require"))
        return;
    struct token module = token_at(lint, at + 4 + is_at(lint, at + 4, "("));
    if (module.kind != TOKEN_STRING || !is_shipped(module.text))
        return;
    brv_str *name = BRV_NEW(lint->arena, brv_str);
    *name = module.text;
    declare(lint, token_at(lint, at + 1).text, name);
}

static void read_declarations(struct lint *lint)
{
    for (size_t i = 0; i < lint->count; i++) {
        declare_module(lint, i);
        if (is_at(lint, i, "local") && is_at(lint, i + 1, "function"))
            declare(lint, token_at(lint, i + 2).text, lint);
        else if (is_at(lint, i, "local") || is_at(lint, i, "for"))
            declare_names(lint, i + 1);
        else if (is_at(lint, i, "function")) {
            while (i + 1 < lint->count && !is_at(lint, i, "("))
                i++;
            declare_names(lint, i + 1);
            declare(lint, BRV_S("self"), lint);
        }
    }
}

// ---- names that do not exist

static size_t global_names(const char **names, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < brv_lua_base.count && count < most; i++)
        names[count++] = brv_lua_base.functions[i].name;
    for (size_t i = 0; i < brv_lua_library_count && count < most; i++)
        if (brv_lua_libraries[i]->where == BRV_LUA_GLOBAL_TABLE)
            names[count++] = brv_lua_libraries[i]->name;
    return count;
}

static bool is_among(brv_str name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (brv_str_is(name, names[i]))
            return true;
    return false;
}

static void report(struct lint *lint, brv_str name, const char *what, const char *const *names,
                   size_t count)
{
    struct brv_diag *diag = brv_report(lint->sink,
                                       BRV_WARNING,
                                       BRV_CODE_PLUGIN,
                                       brv_span_of(lint->source, name),
                                       "%s \"%" BRV_STR_F "\"",
                                       what,
                                       BRV_STR_ARG(name));
    brv_diag_hint_nearest(lint->sink, diag, name, names, count);
}

static void check_global(struct lint *lint, brv_str name)
{
    const char *names[100];
    size_t count = global_names(names, BRV_COUNT(names));
    void **seen = brv_map_at(&lint->reported, name);
    if (is_among(name, names, count) || *seen)
        return;
    *seen = lint;
    report(lint, name, "there is no global", names, count);
}

// The names of a module: functions of C, documented functions of Lua, constants.
static size_t module_names(struct brv_arena *arena, brv_str module, const char **names, size_t most)
{
    size_t count = 0;
    const struct brv_lua_library *library = find_library(module);
    for (size_t i = 0; library && i < library->count && count < most; i++)
        names[count++] = library->functions[i].name;
    if (library == &brv_lua_element)
        for (int i = 0; i < BRV_KIND_COUNT - 1 && count < most; i++)
            names[count++] = brv_kind_names()[i];
    if (library == &brv_lua_brevier) {
        names[count++] = "version";
        names[count++] = "api";
    }
    const struct brv_lua_script *script = find_script(module);
    struct brv_lua_doc doc;
    for (size_t at = 0; script && count < most && brv_lua_doc_next(script, &at, &doc);)
        if (brv_str_is(doc.owner, "M"))
            names[count++] = brv_arena_cstr(arena, doc.name);
    return count;
}

static size_t view_names(const struct brv_view_type *type, const char **names, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < type->count && count < most; i++)
        names[count++] = type->fields[i].name;
    return count;
}

static size_t option_names(const struct lint *lint, const char **names, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < lint->manifest->option_count && count < most; i++)
        names[count++] = brv_arena_cstr(lint->arena, lint->manifest->options[i].name);
    return count;
}

// `context.log.wran`, and `context.options.colums`, which would be nil without a word. `at` is
// where the field of the context stands.
static void check_context(struct lint *lint, size_t at)
{
    static const char *const log_names[] = { "info", "note", "warn" };
    const char *options[100];
    struct token last = token_at(lint, at + 2);
    if (!is_at(lint, at + 1, ".") || last.kind != TOKEN_NAME)
        return;
    size_t count = option_names(lint, options, BRV_COUNT(options));
    if (is_at(lint, at, "log") && !is_among(last.text, log_names, BRV_COUNT(log_names)))
        report(lint, last.text, "a log has no field", log_names, BRV_COUNT(log_names));
    else if (is_at(lint, at, "options") && !is_among(last.text, options, count))
        report(lint, last.text, "the plugin has no option", options, count);
}

// A field of a module, or of what everybody calls section and context: `e.sectoin`.
static void check_field(struct lint *lint, size_t at, const void *declared)
{
    const char *names[200];
    size_t count = 0;
    const char *what = NULL;
    brv_str owner = lint->tokens[at].text;
    struct token field = token_at(lint, at + 2);
    if (!is_at(lint, at + 1, ".") || field.kind != TOKEN_NAME)
        return;
    if (declared && declared != lint) {
        count = module_names(lint->arena, *(const brv_str *)declared, names, BRV_COUNT(names));
        what = "the module has no field";
    } else if (brv_str_is(owner, "section")) {
        count = view_names(&brv_view_section, names, BRV_COUNT(names));
        what = "a section has no field";
    } else if (brv_str_is(owner, "context")) {
        count = view_names(&brv_view_context, names, BRV_COUNT(names));
        what = "a context has no field";
        check_context(lint, at + 2);
    }
    if (what && !is_among(field.text, names, count))
        report(lint, field.text, what, names, count);
}

// What is open: braces, where "name =" is a field, and everything else.
struct open {
    char kinds[OPEN_MAX];
    size_t count;
};

static void push_open(struct open *open, char kind)
{
    if (open->count < OPEN_MAX)
        open->kinds[open->count] = kind;
    open->count++;
}

static void follow(struct lint *lint, struct open *open, size_t at)
{
    struct token token = lint->tokens[at];
    if (token.kind == TOKEN_SIGN) {
        char c = token.text.ptr[0];
        if (c == '{' || c == '(' || c == '[')
            push_open(open, c);
        else if ((c == '}' || c == ')' || c == ']') && open->count > 0)
            open->count--;
    } else if (is_at(lint, at, "function") || is_at(lint, at, "if") || is_at(lint, at, "do") ||
               is_at(lint, at, "repeat")) {
        push_open(open, 'b');
    } else if ((is_at(lint, at, "end") || is_at(lint, at, "until")) && open->count > 0) {
        open->count--;
    }
}

static void check_names(struct lint *lint)
{
    struct open open = { .count = 0 };
    for (size_t i = 0; i < lint->count; i++) {
        struct token token = lint->tokens[i];
        bool is_field = i > 0 && (is_at(lint, i - 1, ".") || is_at(lint, i - 1, ":"));
        if (token.kind == TOKEN_NAME && !is_keyword(token.text) && !is_field) {
            bool is_in_table =
                open.count > 0 && open.count <= OPEN_MAX && open.kinds[open.count - 1] == '{';
            bool is_key = is_in_table && is_at(lint, i + 1, "=");
            bool is_label = i > 0 && is_at(lint, i - 1, "goto");
            bool is_attribute = i > 0 && is_at(lint, i - 1, "<") && is_at(lint, i + 1, ">");
            void **declared =
                is_key || is_label || is_attribute ? NULL : brv_map_at(&lint->declared, token.text);
            if (declared && *declared)
                check_field(lint, i, *declared);
            else if (declared)
                check_global(lint, token.text);
        }
        follow(lint, &open, i);
    }
}

void brv_host_lint(const struct brv_host *host, size_t plugin, struct brv_sink *sink)
{
    struct brv_arena *arena = brv_arena_new();
    for (size_t i = 0; i < brv_host_file_count(host, plugin); i++) {
        struct lint lint = {
            .arena = arena,
            .manifest = host->plugins[plugin].manifest,
            .source = brv_host_file(host, plugin, i),
            .sink = sink,
            .declared = { .arena = arena },
            .reported = { .arena = arena },
        };
        read_tokens(&lint);
        read_declarations(&lint);
        check_names(&lint);
    }
    brv_arena_free(arena);
}
