// Brevier — the index of a folder of plugins.
// SPDX-License-Identifier: MIT
#include "plugin/index.h"

#include "base/file.h"
#include "base/hash.h"
#include "plugin/code.h"
#include "plugin/host_internal.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

enum {
    TEXT_BYTES = 4 << 20,   // the longest text
    CODE_BYTES = 4 << 20,   // the longest code of one text
    DIGITS = 8,             // of the text's length
    END_BYTES = 4 + 16 + 1, // "end ", the hash, the end of the line
};

// ---- the fields

enum field_form {
    FIELD_TEXT,  // "key text", not when it is empty
    FIELD_WORDS, // a line for each
    FIELD_FLAG,  // "key" when it is set
};

// All of brv_plugin_info but the path.
static const struct field {
    const char *key;
    enum field_form form;
    size_t at;
    size_t count_at; // of words
} fields[] = {
#define TEXT(key, field)                                                                           \
    {                                                                                              \
        key, FIELD_TEXT, offsetof(struct brv_plugin_info, field), 0                                \
    }
#define WORDS(key, field, count)                                                                   \
    {                                                                                              \
        key, FIELD_WORDS, offsetof(struct brv_plugin_info, field),                                 \
            offsetof(struct brv_plugin_info, count)                                                \
    }
#define FLAG(key, field)                                                                           \
    {                                                                                              \
        key, FIELD_FLAG, offsetof(struct brv_plugin_info, field), 0                                \
    }
    TEXT("name", name),
    TEXT("version", version),
    TEXT("summary", summary),
    WORDS("section", sections, section_count),
    WORDS("kind", kinds, kind_count),
    WORDS("element", elements, element_count),
    FLAG("match", has_match),
    FLAG("render", has_render),
    FLAG("transform", has_transform),
    FLAG("cover", has_cover),
    FLAG("appendix", has_appendix),
#undef TEXT
#undef WORDS
#undef FLAG
};

static const struct field *field_find(brv_str key)
{
    for (size_t i = 0; i < BRV_COUNT(fields); i++)
        if (brv_str_is(key, fields[i].key))
            return &fields[i];
    return NULL;
}

// A text or a list of words, as a list.
static const brv_str *field_words(const struct brv_plugin_info *info, const struct field *field,
                                  size_t *count)
{
    const char *at = (const char *)info + field->at;
    *count = 0;
    if (field->form == FIELD_FLAG)
        return NULL;
    if (field->form == FIELD_TEXT) {
        *count = ((const brv_str *)at)->len > 0;
        return (const brv_str *)at;
    }
    *count = *(const size_t *)((const char *)info + field->count_at);
    return *(const brv_str *const *)at;
}

static bool field_flag(const struct brv_plugin_info *info, const struct field *field)
{
    return field->form == FIELD_FLAG && *(const bool *)((const char *)info + field->at);
}

bool brv_plugin_info_equal(const struct brv_plugin_info *a, const struct brv_plugin_info *b)
{
    for (size_t i = 0; i < BRV_COUNT(fields); i++) {
        size_t a_count;
        size_t b_count;
        const brv_str *a_words = field_words(a, &fields[i], &a_count);
        const brv_str *b_words = field_words(b, &fields[i], &b_count);
        if (field_flag(a, &fields[i]) != field_flag(b, &fields[i]) || a_count != b_count)
            return false;
        for (size_t w = 0; w < a_count; w++)
            if (!brv_str_equal(a_words[w], b_words[w]))
                return false;
    }
    return true;
}

// ---- reading

// Tells of the code of a text.
struct code_line {
    size_t key;
    brv_str place; // "OFFSET LENGTH HASH" of its bytes, behind the last line
};

struct brv_plugin_index {
    brv_str text; // without the first line and the last
    size_t at;
    brv_str code; // behind the text, as it lies in the file: copied, then believed
    bool has_codes;
    struct code_line *codes;
    size_t code_count;
};

// The first line, up to the number of bytes of the text.
static brv_str first_line(struct brv_arena *arena)
{
    // "$LuaVersion: Lua 5.4.4  Copyright …": of the library that runs, not of its header.
    brv_str lua = brv_str_from_cstr(lua_ident);
    lua = brv_str_from(lua, brv_str_find(lua, 0, BRV_S("Lua 5")));
    lua = brv_str_slice(lua, 0, brv_str_find(lua, 0, BRV_S("  ")));
    return brv_arena_printf(
        arena, "brevier plugin index 3 of " BRV_VERSION " (%" BRV_STR_F "): ", BRV_STR_ARG(lua));
}

// The length of the text with its first line and its last; 0 when there is none.
static size_t text_length(brv_str file, brv_str first)
{
    size_t length = 0;
    if (!brv_str_starts_with(file, first) || file.len < first.len + DIGITS + END_BYTES ||
        !brv_str_to_size(brv_str_slice(file, first.len, first.len + DIGITS), &length) ||
        length < first.len + END_BYTES || length > TEXT_BYTES || length > file.len)
        return 0;
    return length;
}

struct brv_plugin_index *brv_plugin_index_read(struct brv_arena *arena, brv_str path)
{
    brv_str file;
    if (!brv_file_map(arena, path, &file))
        return NULL;
    size_t length = text_length(file, first_line(arena));
    if (length == 0)
        return NULL;
    brv_str text = brv_arena_str(arena, brv_str_slice(file, 0, length));
    brv_str before_end = brv_str_slice(text, 0, length - END_BYTES);
    brv_str end = brv_arena_printf(arena, "end %016" PRIx64 "\n", brv_hash_long(before_end, 0));
    if (!brv_str_ends_with(text, end))
        return NULL;
    struct brv_plugin_index *index = BRV_NEW(arena, struct brv_plugin_index);
    *index = (struct brv_plugin_index){
        .text = brv_str_from(before_end, brv_str_find_byte(before_end, 0, '\n') + 1),
        .code = brv_str_from(file, length),
    };
    return index;
}

// The next line, parted at its first space. False at the end.
static bool next_line(const struct brv_plugin_index *index, size_t *at, brv_str *key,
                      brv_str *value)
{
    if (*at >= index->text.len)
        return false;
    size_t end = brv_str_find_byte(index->text, *at, '\n');
    brv_str line = brv_str_slice(index->text, *at, end);
    size_t space = brv_str_find_byte(line, 0, ' ');
    *key = brv_str_slice(line, 0, space);
    *value = brv_str_from(line, space + 1);
    *at = end + 1;
    return true;
}

static void set_field(struct brv_arena *arena, struct brv_plugin_info *info,
                      const struct field *field, size_t *capacity, brv_str value)
{
    char *at = (char *)info + field->at;
    if (field->form == FIELD_TEXT) {
        *(brv_str *)at = value;
    } else if (field->form == FIELD_FLAG) {
        *(bool *)at = true;
    } else {
        const brv_str **words = (const brv_str **)at;
        brv_str *list = (brv_str *)*words;
        size_t *count = (size_t *)((char *)info + field->count_at);
        BRV_PUSH(arena, list, *count, *capacity) = value;
        *words = list;
    }
}

// Cuts a number and the space behind it off the front.
static bool take_number(brv_str *rest, size_t *number)
{
    size_t space = brv_str_find_byte(*rest, 0, ' ');
    brv_str digits = brv_str_slice(*rest, 0, space);
    *rest = brv_str_from(*rest, space + 1);
    return brv_str_to_size(digits, number);
}

// Takes "SIZE SECONDS NANOSECONDS KEY NAME" apart; false when it is not that.
static bool read_file_line(brv_str told, struct brv_plugin_file *file)
{
    size_t seconds = 0;
    size_t nanoseconds = 0;
    size_t size = 0;
    size_t key = 0;
    bool is_right = take_number(&told, &size) && take_number(&told, &seconds) &&
                    take_number(&told, &nanoseconds) && take_number(&told, &key);
    *file = (struct brv_plugin_file){
        .path = told, // the name, until the file is found
        .key = key,
        .stamp = { (long long)size, (long long)seconds, (long)nanoseconds },
    };
    return is_right;
}

// Archives keep whole seconds: a file that has no more than these is compared by these.
static bool is_same_file(brv_str path, struct brv_plugin_file *told)
{
    struct brv_file_stamp now;
    if (!brv_str_equal(told->path, brv_path_file_name(path)) || !brv_file_stamp(path, &now) ||
        told->stamp.size_bytes != now.size_bytes || told->stamp.seconds != now.seconds ||
        (now.nanoseconds != 0 && told->stamp.nanoseconds != now.nanoseconds))
        return false;
    told->path = path;
    return true;
}

// Whether the plugin consists of the files told, and each is as it was.
static bool is_unchanged(struct brv_arena *arena, brv_str path, struct brv_plugin_told *told)
{
    if (told->file_count == 1 && is_same_file(path, &told->files[0]))
        return true;
    size_t file_count = 0;
    const brv_str *files = brv_program_files(arena, path, &file_count);
    if (file_count != told->file_count)
        return false;
    for (size_t i = 0; i < file_count; i++)
        if (!is_same_file(files[i], &told->files[i]))
            return false;
    return true;
}

// The lines of one plugin; a line that is not understood says that nothing of it may be believed.
static const struct brv_plugin_told *read_plugin(struct brv_plugin_index *index,
                                                 struct brv_arena *arena, brv_str path)
{
    struct brv_plugin_told *told = BRV_NEW(arena, struct brv_plugin_told);
    told->manifest.info.path = path;
    size_t file_capacity = 0;
    size_t capacities[BRV_COUNT(fields)] = { 0 };
    brv_str key;
    brv_str value;
    for (size_t at = index->at; next_line(index, &at, &key, &value); index->at = at) {
        const struct field *field = field_find(key);
        struct brv_plugin_file file;
        if (brv_str_is(key, "plugin") || brv_str_is(key, "code"))
            break;
        if (field)
            set_field(arena, &told->manifest.info, field, &capacities[field - fields], value);
        else if (brv_str_is(key, "file") && read_file_line(value, &file))
            BRV_PUSH(arena, told->files, told->file_count, file_capacity) = file;
        else
            return NULL;
    }
    return told->manifest.info.name.len > 0 && is_unchanged(arena, path, told) ? told : NULL;
}

const struct brv_plugin_told *brv_plugin_index_take(struct brv_plugin_index *index,
                                                    struct brv_arena *arena, brv_str folder,
                                                    brv_str name)
{
    brv_str key;
    brv_str value;
    for (size_t at = index->at; next_line(index, &at, &key, &value); index->at = at) {
        if (!brv_str_is(key, "plugin"))
            continue;
        int order = brv_str_compare(value, name);
        if (order > 0)
            return NULL;
        if (order == 0) {
            index->at = at;
            return read_plugin(index, arena, brv_path_join(arena, folder, name));
        }
    }
    return NULL;
}

// All lines "code" of the text, when the first is asked for: many starts need none.
static void read_code_lines(struct brv_plugin_index *index, struct brv_arena *arena)
{
    size_t capacity = 0;
    brv_str key;
    brv_str value;
    size_t at = brv_str_find(index->text, 0, BRV_S("\ncode "));
    for (at += at < index->text.len; next_line(index, &at, &key, &value);) {
        struct code_line *line = &BRV_PUSH(arena, index->codes, index->code_count, capacity);
        if (brv_str_is(key, "code") && take_number(&value, &line->key))
            line->place = value;
    }
    index->has_codes = true;
}

bool brv_plugin_index_code(struct brv_plugin_index *index, struct brv_arena *arena, uint64_t key,
                           brv_str *code)
{
    if (!index->has_codes)
        read_code_lines(index, arena);
    size_t i = 0;
    while (i < index->code_count && index->codes[i].key != (size_t)key)
        i++;
    if (i == index->code_count)
        return false;
    brv_str place = index->codes[i].place;
    size_t offset;
    size_t length;
    size_t hash;
    if (!take_number(&place, &offset) || !take_number(&place, &length) ||
        !take_number(&place, &hash) || length == 0 || length > CODE_BYTES ||
        offset > index->code.len || length > index->code.len - offset)
        return false;
    brv_str found = brv_arena_str(arena, brv_str_slice(index->code, offset, offset + length));
    if ((size_t)brv_hash_long(found, 0) != hash)
        return false;
    *code = found;
    return true;
}

// ---- writing

static bool is_one_line(brv_str text)
{
    return brv_str_find_byte(text, 0, '\n') == text.len;
}

struct writing {
    const struct brv_host *host;
    struct brv_buf *text;
    struct brv_buf lines; // that tell of the code
    struct brv_buf code;
};

static void add_code(struct writing *writing, uint64_t key, brv_str code)
{
    brv_buf_printf(&writing->lines,
                   "code %zu %zu %zu %zu\n",
                   (size_t)key,
                   writing->code.len,
                   code.len,
                   (size_t)brv_hash_long(code, 0));
    brv_buf_add_str(&writing->code, code);
}

static void add_program_code(struct writing *writing, struct brv_program *program)
{
    struct brv_fault ignored;
    program->codes = writing->host->codes;
    if (brv_program_compile(program, &writing->host->limits, &ignored))
        return;
    for (size_t i = 0; i < program->module_count; i++)
        add_code(writing, brv_module_key(&program->modules[i]), program->modules[i].code);
}

static void add_script_code(struct writing *writing)
{
    struct brv_arena *arena = writing->host->arena;
    for (size_t i = 0; i < brv_lua_script_count; i++) {
        const struct brv_lua_script *script = &brv_lua_scripts[i];
        brv_str code = brv_codes_of_script(writing->host->codes, script);
        if (code.len > 0)
            add_code(writing,
                     brv_code_key(brv_code_script_name(arena, script),
                                  (brv_str){ script->text, script->length }),
                     code);
    }
}

// BRV_FAILED when the plugin does not go into lines, a file is gone, or there is something to
// report of one, which is told at each start.
static enum brv_status print_plugin(struct writing *writing, const struct brv_plugin_info *info)
{
    struct brv_arena *arena = writing->host->arena;
    struct brv_buf *out = writing->text;
    struct brv_sink sink = brv_sink_init(arena);
    brv_str name = brv_path_file_name(info->path);
    struct brv_program *program = brv_program_load(arena, info->path, &sink);
    bool is_quiet = program && sink.kept == 0;
    enum brv_status status = is_quiet && is_one_line(name) ? BRV_OK : BRV_FAILED;
    brv_buf_printf(out, "plugin %" BRV_STR_F "\n", BRV_STR_ARG(name));
    for (size_t i = 0; program && i < program->module_count; i++) {
        const struct brv_module *module = &program->modules[i];
        brv_str file = brv_module_source(module)->name;
        struct brv_file_stamp stamp = { 0 };
        if (!brv_file_stamp(file, &stamp))
            status = BRV_FAILED;
        brv_buf_printf(out,
                       "file %lld %lld %ld %zu %" BRV_STR_F "\n",
                       stamp.size_bytes,
                       stamp.seconds,
                       stamp.nanoseconds,
                       (size_t)brv_module_key(module),
                       BRV_STR_ARG(brv_path_file_name(file)));
    }
    for (size_t i = 0; i < BRV_COUNT(fields); i++) {
        size_t count;
        const brv_str *words = field_words(info, &fields[i], &count);
        for (size_t w = 0; w < count; w++) {
            brv_buf_printf(out, "%s %" BRV_STR_F "\n", fields[i].key, BRV_STR_ARG(words[w]));
            if (!is_one_line(words[w]))
                status = BRV_FAILED;
        }
        if (field_flag(info, &fields[i]))
            brv_buf_printf(out, "%s\n", fields[i].key);
    }
    if (status == BRV_OK)
        add_program_code(writing, program);
    return status;
}

void brv_host_print_index(const struct brv_host *host, struct brv_buf *out)
{
    struct writing writing = { .host = host, .text = out };
    brv_str first = first_line(host->arena);
    brv_buf_clear(out);
    brv_buf_add_str(out, first);
    brv_buf_printf(out, "%0*d bytes\n", DIGITS, 0); // see below
    for (size_t i = 0; i < host->plugin_count; i++) {
        size_t start = out->len;
        if (print_plugin(&writing, brv_host_plugin(host, i)))
            out->len = start;
    }
    add_script_code(&writing);
    brv_buf_add_str(out, brv_buf_str(&writing.lines));
    char digits[DIGITS + 1];
    (void)snprintf(digits, sizeof digits, "%0*zu", DIGITS, out->len + END_BYTES);
    memcpy(out->ptr + first.len, digits, DIGITS);
    brv_buf_printf(out, "end %016" PRIx64 "\n", brv_hash_long(brv_buf_str(out), 0));
    brv_buf_add_str(out, brv_buf_str(&writing.code));
    brv_buf_deinit(&writing.lines);
    brv_buf_deinit(&writing.code);
}
