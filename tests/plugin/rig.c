// Brevier — what plugin tests share.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

// What the app lends to plugins, as far as the rooms below it have it.
static struct brv_node *read_markdown(void *user, struct brv_arena *arena, brv_str text,
                                      struct brv_sink *sink)
{
    (void)user;
    return brv_markdown_parse(
        arena, brv_source_new(arena, BRV_S("<plugin>"), text), text, NULL, sink);
}

// The element of class "loud" is red.
static struct brv_plugin_look find_look(void *user, const struct brv_section *section,
                                        struct brv_node *element)
{
    (void)user;
    (void)section;
    return (struct brv_plugin_look){
        .color = brv_node_has_class(element, BRV_S("loud")) ? 0xFF0000FF : 0x112233FF,
        .font_size_pt = 10,
        .font_weight = 400,
    };
}

// "--accent" is set.
static bool find_variable(void *user, const struct brv_section *section, brv_str name,
                          brv_str *value)
{
    (void)user;
    (void)section;
    *value = BRV_S("#0b5d5a");
    return brv_str_is(name, "--accent");
}

static const struct brv_plugin_services services = {
    .markdown = read_markdown,
    .look = find_look,
    .variable = find_variable,
};

void rig_start(struct rig *rig)
{
    *rig = (struct rig){ .arena = brv_arena_new(), .limits = brv_limits_default() };
    rig->sink = brv_sink_init(rig->arena);
    rig->options = (struct brv_render_options){
        .output = BRV_S("pdf"),
        .text_width = 80,
        .services = &services,
    };
}

void rig_end(struct rig *rig)
{
    brv_arena_free(rig->arena);
}

static void folder_path(char path[512], const char *folder, const char *file_name)
{
    int len =
        snprintf(path, 512, "%s/%s%s%s", BRV_SCRATCH_DIR, folder, *file_name ? "/" : "", file_name);
    assert_in_range(len, 1, 511);
}

void rig_clear(const char *folder)
{
    char path[512];
    folder_path(path, folder, "");
    mkdir(path, 0777);
    struct brv_arena *arena = brv_arena_new();
    size_t count = 0;
    brv_str *names = brv_directory_list(arena, brv_str_from_cstr(path), &count);
    for (size_t i = 0; i < count; i++) {
        char *name = brv_arena_cstr(arena, names[i]);
        char file[512];
        folder_path(file, folder, name);
        remove(file);
    }
    brv_arena_free(arena);
}

void rig_write(const char *folder, const char *file_name, const char *content)
{
    char path[512];
    folder_path(path, folder, file_name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, strlen(content), file), strlen(content));
    assert_int_equal(fclose(file), 0);
}

brv_str rig_folder(struct rig *rig, const char *folder)
{
    return brv_arena_printf(rig->arena, "%s/%s", BRV_SCRATCH_DIR, folder);
}

void rig_host(struct rig *rig, brv_str folder)
{
    struct brv_host_options options = {
        .path = &folder,
        .path_count = folder.len > 0,
        .limits = &rig->limits,
        .grants = rig->grants,
        .grant_count = rig->grant_count,
    };
    rig->host = brv_host_new(rig->arena, &options, &rig->sink);
}

void rig_plugin(struct rig *rig, const char *name, const char *source)
{
    char file_name[64];
    snprintf(file_name, sizeof file_name, "%s.lua", name);
    rig_clear(name);
    rig_write(name, file_name, source);
    rig_host(rig, rig_folder(rig, name));
}

void rig_document(struct rig *rig, const char *markdown)
{
    brv_str text = brv_arena_str(rig->arena, brv_str_from_cstr(markdown));
    rig->document = brv_document_load(rig->arena, BRV_S("analysis.md"), text, NULL, &rig->sink);
    assert_non_null(rig->document);
}

void rig_render(struct rig *rig)
{
    struct brv_run *run = brv_run_new(rig->arena, rig->host, rig->document, &rig->options);
    rig->article = brv_node_new(rig->arena, BRV_KIND_ARTICLE, brv_span_none());
    for (const struct brv_section *section = rig->document->first; section;
         section = section->next) {
        size_t before = rig->sink.counts[BRV_ERROR];
        enum brv_status status = brv_run_section(run, section, BRV_S(""), rig->article, &rig->sink);
        // A failure is told, and what is told is a failure.
        assert_int_equal(status != BRV_OK, rig->sink.counts[BRV_ERROR] > before);
        rig->failures += status != BRV_OK;
    }
    rig->failures += brv_run_document(run, rig->article, &rig->sink) != BRV_OK;
    assert_int_equal(
        brv_tree_check(rig->article, rig->limits.nesting + 10, BRV_CODE_INTERNAL, &rig->sink),
        BRV_OK);
}

const char *rig_dump(struct rig *rig, const struct brv_node *node)
{
    struct brv_buf *buf = brv_buf_new_in(rig->arena);
    brv_tree_dump(node, false, buf);
    brv_buf_add_byte(buf, '\0');
    return buf->ptr;
}

const char *rig_diagnostics(struct rig *rig)
{
    struct brv_buf *buf = brv_buf_new_in(rig->arena);
    for (const struct brv_diag *diag = rig->sink.first; diag; diag = diag->next)
        brv_diag_print(diag, buf);
    brv_buf_add_byte(buf, '\0');
    return buf->ptr;
}

const char *rig_plain(struct rig *rig)
{
    return brv_arena_cstr(rig->arena, brv_node_plain_text(rig->arena, rig->article));
}

void rig_probe(struct rig *rig, const char *render_body)
{
    struct brv_buf *source = brv_buf_new_in(rig->arena);
    brv_buf_printf(
        source,
        "local e = require \"brevier.element\"\n"
        "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"A probe\",\n"
        "  sections = { \"probe\" }, render = function(section, context)\n"
        "%s\nend }\n",
        render_body);
    brv_buf_add_byte(source, '\0');
    rig_plugin(rig, "probe", source->ptr);
    rig_document(rig,
                 "# A title\n\n## Before\n\nOne.\n\n## Probe\n\nTwo *words*.\n\n"
                 "- Date: today\n- no fact\n\n## After\n\nThree.\n");
    rig_render(rig);
}
