// Brevier — tests of the index of plugins: it saves their loading, and nothing else depends on it.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include "base/hash.h"
#include "plugin/code.h"
#include "plugin/host_internal.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

#define MANIFEST(name)                                                                             \
    "local e = require \"brevier.element\"\nreturn {\n  api = 1, name = \"" name                   \
    "\", version = \"1.0.0\", summary = \"" name " it "                                            \
    "is\",\n"
#define RENDER "  render = function(section) return e.p { \"by \" .. section.title } end,\n}\n"

static const struct {
    const char *name;
    const char *text;
} files[] = {
    { "appendix.lua",
      MANIFEST("appendix") "  kinds = { \"note\" },\n"
                           "  appendix = function() return e.p { \"The end.\" } end,\n}\n" },
    { "broken.lua", MANIFEST("broken") "  render = function( end,\n}\n" },
    { "clock.lua",
      MANIFEST("clock") "  sections = { \"clock\" }, capabilities = { \"clock\" },\n" RENDER },
    { "first.lua", MANIFEST("twin") "  sections = { \"twin\" },\n" RENDER },
    { "kinds.lua", MANIFEST("kinds") "  kinds = { \"memo\", \"note\" },\n" RENDER },
    { "match.lua",
      MANIFEST(
          "match") "  match = function(section) return section.title == \"Asked\" end,\n" RENDER },
    { "options.lua",
      MANIFEST("options") "  sections = { \"options\" },\n"
                          "  options = { size = { type = \"integer\", default = 3,"
                          " help = \"How large\" } },\n" RENDER },
    { "second.lua", MANIFEST("twin") "  sections = { \"twin\" },\n" RENDER },
    { "sections.lua", MANIFEST("sections") "  sections = { \"one\", \"two\" },\n" RENDER },
    { "transform.lua",
      MANIFEST("transform") "  elements = { \"table\", \".chart\" },\n"
                            "  transform = function(article) return article end,\n}\n" },
    { "warned.lua", "-- \x01\n" MANIFEST("warned") "  sections = { \"warned\" },\n" RENDER },
    { "inner/init.lua",
      "local m = require \"m\"\n" MANIFEST("inner") "  sections = m.sections,\n" RENDER },
    { "inner/m.lua", "return { sections = { \"inner\" } }\n" },
};

static const char document[] =
    "# Note: T\n\n## One\n\nA.\n\n## Inner\n\nB.\n\n## Asked\n\nC.\n\n"
    "## Twin\n\nD.\n\n## Options\n\nE.\n\n## Warned\n\nF.\n\n## Other\n\nG.\n";

// The folder as above.
static void write_folder(void)
{
    rig_clear("plugins/inner");
    rig_clear("plugins");
    mkdir(BRV_SCRATCH_DIR "/plugins/inner", 0777);
    for (size_t i = 0; i < BRV_COUNT(files); i++)
        rig_write("plugins", files[i].name, files[i].text);
}

// A rig whose host has the folder, with this index; empty: none.
static void start(struct rig *rig, brv_str index)
{
    rig_start(rig);
    brv_str folder = rig_folder(rig, "plugins");
    struct brv_host_options options = {
        .path = &folder,
        .path_count = 1,
        .limits = &rig->limits,
    };
    if (index.len > 0) {
        options.index = BRV_S(BRV_SCRATCH_DIR "/index/plugins.index");
        rig_clear("index");
        assert_int_equal(brv_file_write(options.index, index, &rig->sink), BRV_OK);
    }
    rig->host = brv_host_new(rig->arena, &options, &rig->sink);
}

static const brv_str no_index;

// The index of the folder as it is, in the rig's arena.
static brv_str make_index(struct rig *rig)
{
    start(rig, no_index);
    struct brv_buf *out = brv_buf_new_in(rig->arena);
    brv_host_print_index(rig->host, out);
    return brv_buf_str(out);
}

// An index is a text, with a line for its hash at the end, and then what was compiled.
enum { END_BYTES = sizeof "end 0123456789abcdef" };

static size_t text_length(brv_str index)
{
    return brv_str_find(index, 0, BRV_S("\nend ")) + 1 + END_BYTES;
}

static bool index_has(brv_str index, const char *part)
{
    return brv_str_find(index, 0, brv_str_from_cstr(part)) < index.len;
}

// How many plugins have not been read.
static size_t unread_count(const struct rig *rig)
{
    size_t count = 0;
    for (size_t i = 0; i < rig->host->plugin_count; i++)
        count += rig->host->plugins[i].program == NULL;
    return count;
}

static void add_words(struct brv_buf *out, const char *label, const brv_str *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        brv_buf_printf(out, " %s=%" BRV_STR_F, label, BRV_STR_ARG(words[i]));
}

// What another document costs; of the first, it depends on which plugins were run before it.
static void add_costs(struct rig *rig, struct brv_buf *out)
{
    struct brv_sink ignored = brv_sink_init(rig->arena);
    struct brv_run *run = brv_run_new(rig->arena, rig->host, rig->document, &rig->options);
    struct brv_node *article = brv_node_new(rig->arena, BRV_KIND_ARTICLE, brv_span_none());
    for (const struct brv_section *s = rig->document->first; s; s = s->next)
        (void)(brv_run_section(run, s, (brv_str){ 0 }, article, &ignored) == BRV_OK);
    for (size_t i = 0; i < brv_host_plugin_count(rig->host); i++) {
        struct brv_plugin_use use = brv_run_use(run, i);
        brv_buf_printf(
            out, "%zu calls, %zu steps, %zu bytes\n", use.calls, (size_t)use.gas, use.memory_bytes);
    }
}

// All that can be seen of the host: manifests, messages, what is rendered; then options and files.
static const char *seen(struct rig *rig)
{
    struct brv_buf *out = brv_buf_new_in(rig->arena);
    size_t count = brv_host_plugin_count(rig->host);
    for (size_t i = 0; i < count; i++) {
        const struct brv_plugin_info *info = brv_host_plugin(rig->host, i);
        brv_buf_printf(out,
                       "%" BRV_STR_F " %" BRV_STR_F " %" BRV_STR_F " %" BRV_STR_F " %d%d%d%d%d",
                       BRV_STR_ARG(info->name),
                       BRV_STR_ARG(info->version),
                       BRV_STR_ARG(info->summary),
                       BRV_STR_ARG(info->path),
                       info->has_match,
                       info->has_render,
                       info->has_transform,
                       info->has_cover,
                       info->has_appendix);
        add_words(out, "section", info->sections, info->section_count);
        add_words(out, "kind", info->kinds, info->kind_count);
        add_words(out, "element", info->elements, info->element_count);
        brv_buf_add_byte(out, '\n');
    }
    rig_document(rig, document);
    rig_render(rig);
    brv_buf_add_cstr(out, rig_dump(rig, rig->article));
    brv_buf_add_cstr(out, rig_diagnostics(rig));
    add_costs(rig, out);
    for (size_t i = 0; i < count; i++) {
        struct brv_plugin_option option;
        if (brv_host_asks_for(rig->host, i, BRV_S("clock")))
            brv_buf_printf(out, "%zu asks for the clock\n", i);
        for (size_t o = 0; brv_host_option(rig->host, i, o, &option); o++)
            brv_buf_printf(out,
                           "option %" BRV_STR_F " %s %" BRV_STR_F "\n",
                           BRV_STR_ARG(option.name),
                           option.type,
                           BRV_STR_ARG(option.help));
        for (size_t f = 0; f < brv_host_file_count(rig->host, i); f++)
            brv_buf_add_str(out, brv_host_file(rig->host, i, f)->text);
    }
    return brv_arena_cstr(rig->arena, brv_buf_str(out));
}

// With this index all is as without one, and so many plugins need not be read.
static void assert_same(brv_str index, size_t unread)
{
    struct rig with;
    struct rig without;
    start(&with, index);
    start(&without, no_index);
    assert_int_equal(unread_count(&with), unread);
    assert_string_equal(seen(&with), seen(&without));
    rig_end(&with);
    rig_end(&without);
}

static void test_index__saves_the_reading(void **state)
{
    (void)state;
    struct rig rig;
    write_folder();
    brv_str index = make_index(&rig);
    assert_false(index_has(index, "plugin warned.lua"));
    assert_false(index_has(index, "plugin second.lua"));
    assert_true(index_has(index, "\nname inner\n"));
    // What is indexed was not read, but the first of the twins, where the second is told of.
    assert_same(index, 8);
    rig_end(&rig);
}

static void test_index__follows_the_folder(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        const char *text; // NULL: removed
        size_t unread;
    } changes[] = {
        { "sections.lua",
          MANIFEST("sections") "  sections = { \"one\", \"other-one\" },\n" RENDER,
          7 },
        { "sections.lua", NULL, 7 },
        { "sections.lua", "return 1\n", 7 },
        { "another.lua", MANIFEST("another") "  sections = { \"other\" },\n" RENDER, 8 },
        { "a.lua", MANIFEST("sections") "  sections = { \"one\" },\n" RENDER, 7 },
        { "z.lua", MANIFEST("sections") "  sections = { \"one\" },\n" RENDER, 7 },
        { "inner/m.lua", "return { sections = { \"other\" } }\n", 7 },
        { "inner/n.lua", "return {}\n", 7 },
        { "inner/m.lua", NULL, 7 },
        { "inner/init.lua", NULL, 7 },
    };
    for (size_t i = 0; i < BRV_COUNT(changes); i++) {
        struct rig rig;
        write_folder();
        brv_str index = make_index(&rig);
        if (changes[i].text)
            rig_write("plugins", changes[i].file, changes[i].text);
        else
            assert_int_equal(
                remove(brv_arena_cstr(rig.arena,
                                      brv_path_join(rig.arena,
                                                    rig_folder(&rig, "plugins"),
                                                    brv_str_from_cstr(changes[i].file)))),
                0);
        assert_same(index, changes[i].unread);
        rig_end(&rig);
    }
}

// A file put there by an archive has whole seconds, and may be of another year altogether.
static void test_index__knows_copies(void **state)
{
    (void)state;
    static const struct {
        long long more_seconds;
        long nanoseconds;
        size_t unread;
    } times[] = {
        { 0, 0, 8 },
        { 0, 1, 7 },
        { 1, 0, 7 },
        { -100000000, 0, 7 },
    };
    for (size_t i = 0; i < BRV_COUNT(times); i++) {
        struct rig rig;
        write_folder();
        brv_str index = make_index(&rig);
        const char *path = BRV_SCRATCH_DIR "/plugins/sections.lua";
        struct stat info;
        assert_int_equal(stat(path, &info), 0);
        struct timespec changed = { info.st_mtim.tv_sec + times[i].more_seconds,
                                    times[i].nanoseconds };
        assert_int_equal(utimensat(AT_FDCWD, path, (struct timespec[]){ changed, changed }, 0), 0);
        assert_same(index, times[i].unread);
        rig_end(&rig);
    }
}

// A byte that is another, a part that is missing: the text is none, and code is made anew.
static void test_index__damaged(void **state)
{
    (void)state;
    struct rig rig;
    write_folder();
    brv_str index = make_index(&rig);
    size_t length = text_length(index);
    const size_t some = (index.len - length) / 50;
    struct rig plain;
    start(&plain, no_index);
    const char *expected = seen(&plain);
    char *bytes = brv_arena_cstr(rig.arena, index);
    for (size_t i = 0; i < index.len; i += i < length ? 7 : some) {
        struct rig with;
        bytes[i] = (char)(index.ptr[i] ^ 1);
        start(&with, (brv_str){ bytes, index.len });
        bytes[i] = index.ptr[i];
        assert_int_equal(unread_count(&with), i < length ? 0 : 8);
        assert_string_equal(seen(&with), expected);
        rig_end(&with);
    }
    for (size_t cut = 0; cut < index.len; cut += cut < length ? 31 : some)
        assert_same((brv_str){ index.ptr, cut }, cut < length ? 0 : 8);
    assert_same(BRV_S("brevier plugin index 1 of 0.0.0\nend 0000000000000000\n"), 0);
    rig_end(&plain);
    rig_end(&rig);
}

// The index with `from` replaced by `to`, and a length and a hash that are right.
static brv_str forge(struct rig *rig, brv_str index, const char *from, const char *to)
{
    brv_str text = brv_str_slice(index, 0, text_length(index) - END_BYTES);
    size_t at = brv_str_find(text, 0, brv_str_from_cstr(from));
    assert_true(at < text.len);
    struct brv_buf *out = brv_buf_new_in(rig->arena);
    brv_buf_add_str(out, brv_str_slice(text, 0, at));
    brv_buf_add_cstr(out, to);
    brv_buf_add_str(out, brv_str_from(text, at + strlen(from)));
    char digits[9];
    (void)snprintf(digits, sizeof digits, "%08zu", out->len + END_BYTES);
    memcpy(out->ptr + brv_str_find(text, 0, BRV_S("): ")) + 3, digits, 8);
    brv_buf_printf(out, "end %016" PRIx64 "\n", brv_hash_long(brv_buf_str(out), 0));
    brv_buf_add_str(out, brv_str_from(index, text_length(index)));
    return brv_buf_str(out);
}

// What cannot be read in it is not believed.
static void test_index__forged(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        const char *to;
        size_t unread;
    } forgeries[] = {
        { "name sections\n", "name sections\nfoo bar\n", 7 },
        { "name sections\n", "", 7 },
        { "name sections\n", "\n", 7 },
        { "plugin sections.lua\n", "plugin zzz.lua\n", 6 },
        { "plugin sections.lua\n", "plugin a.lua\n", 7 },
        { "plugin sections.lua\n", "plugin\n", 7 },
        { "sections.lua\nname", "inner/../sections.lua\nname", 7 },
        { "\nfile ", "\nfile 1 1 1 m.lua\nfile ", 7 },
        { "\nfile ", "\nfiles ", 7 },
        { "\nfile ", "\nfile -", 7 },
    };
    struct rig rig;
    write_folder();
    brv_str index = make_index(&rig);
    assert_same(forge(&rig, index, "brevier", "brevier"), 8);
    for (size_t i = 0; i < BRV_COUNT(forgeries); i++)
        assert_same(forge(&rig, index, forgeries[i].from, forgeries[i].to), forgeries[i].unread);
    rig_end(&rig);
}

// What the index has was not compiled again: with the code of another plugin in its place, that one
// runs, and is found not to be what was told.
static void test_index__saves_the_compiling(void **state)
{
    (void)state;
    struct rig rig;
    struct rig swapped;
    write_folder();
    brv_str index = make_index(&rig);
    const char *const names[] = { "sections", "options" };
    const char *keys[BRV_COUNT(names)];
    for (size_t i = 0; i < BRV_COUNT(names); i++) {
        size_t plugin = brv_host_index(rig.host, brv_str_from_cstr(names[i]));
        const struct brv_module *module = &rig.host->plugins[plugin].program->modules[0];
        uint64_t key = brv_module_key(module);
        keys[i] = brv_arena_printf(rig.arena, "code %" PRIu64 " %c", key, 0).ptr;
    }
    index = forge(&rig, index, keys[1], "code 1 ");
    index = forge(&rig, index, keys[0], keys[1]);
    index = forge(&rig, index, "code 1 ", keys[0]);
    start(&swapped, index);
    rig_document(&swapped, document);
    rig_render(&swapped);
    assert_int_equal(swapped.failures, 2); // sections One and Options
    assert_non_null(strstr(rig_diagnostics(&swapped),
                           "plugin \"sections\" is not what the index of plugins says of it"));
    rig_end(&swapped);
    rig_end(&rig);
}

// An index that lies of a file it knows well: the plugin is not run, and it is said why.
static void test_index__lies(void **state)
{
    (void)state;
    struct rig rig;
    struct rig liar;
    write_folder();
    brv_str index = make_index(&rig);
    start(&liar, forge(&rig, index, "section one\n", "section other\n"));
    rig_document(&liar, document);
    rig_render(&liar);
    assert_int_equal(liar.failures, 1);
    assert_non_null(strstr(rig_diagnostics(&liar),
                           "plugin \"sections\" is not what the index of plugins says of it"));
    assert_non_null(strstr(rig_plain(&liar), "G."));
    rig_end(&liar);
    rig_end(&rig);
}

// A plugin whose file goes while the program runs: its text is gone, its code is not while the
// index has it; else it costs its sections, like one that fails.
static void test_index__removed_behind_it(void **state)
{
    (void)state;
    for (int has_code = 0; has_code < 2; has_code++) {
        struct rig rig;
        struct rig late;
        write_folder();
        brv_str index = make_index(&rig);
        start(&late, has_code ? index : brv_str_slice(index, 0, text_length(index)));
        assert_int_equal(remove(BRV_SCRATCH_DIR "/plugins/sections.lua"), 0);
        size_t place = brv_host_index(late.host, BRV_S("sections"));
        assert_int_equal(brv_host_file_count(late.host, place), 0);
        rig_document(&late, document);
        rig_render(&late);
        assert_int_equal(late.failures, has_code ? 0 : 1);
        assert_true(has_code || strstr(rig_diagnostics(&late), "sections.lua"));
        assert_non_null(strstr(rig_plain(&late), has_code ? "by One" : "A."));
        rig_end(&late);
        rig_end(&rig);
    }
}

// Texts are read when a message shows a line of them, and the line is the right one.
static void test_index__reads_for_messages(void **state)
{
    (void)state;
    struct rig rig;
    struct rig with;
    write_folder();
    rig_write("plugins",
              "sections.lua",
              MANIFEST("sections") "  sections = { \"one\" },\n"
                                   "  render = function() error \"no luck\" end,\n}\n");
    start(&with, make_index(&rig));
    rig_document(&with, document);
    rig_render(&with);
    assert_non_null(strstr(rig_diagnostics(&with), "sections.lua:5:"));
    assert_non_null(strstr(rig_diagnostics(&with), "render = function() error \"no luck\" end"));
    rig_end(&with);
    rig_end(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_index__saves_the_reading),
        cmocka_unit_test(test_index__follows_the_folder),
        cmocka_unit_test(test_index__knows_copies),
        cmocka_unit_test(test_index__damaged),
        cmocka_unit_test(test_index__forged),
        cmocka_unit_test(test_index__saves_the_compiling),
        cmocka_unit_test(test_index__lies),
        cmocka_unit_test(test_index__removed_behind_it),
        cmocka_unit_test(test_index__reads_for_messages),
    };
    return cmocka_run_group_tests_name("plugin_index", tests, NULL, NULL);
}
