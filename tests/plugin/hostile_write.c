// Brevier — attacks as files.
// SPDX-License-Identifier: MIT
#include "hostile.h"
#include "rig.h"

#include <stdio.h>
#include <stdlib.h>

const struct attack_chapter *const attack_chapters[] = {
    &attacks_on_lua,       &attacks_on_brevier,      &attacks_on_prices,     &attacks_in_drawings,
    &attacks_in_match,     &attacks_in_modules,      &attacks_on_elements,   &attacks_on_transforms,
    &attacks_on_covers,    &attacks_on_loading,      &attacks_on_appendices, &attacks_on_manifests,
    &attacks_on_the_clock, &attacks_on_the_compiler, &attacks_of_many_files,
};
const size_t attack_chapter_count = BRV_COUNT(attack_chapters);

int attack_is_on_the_clock(const struct attack_chapter *chapter)
{
    return chapter == &attacks_on_the_clock || chapter == &attacks_on_the_compiler;
}

static const char before_render[] =
    "local e = require \"brevier.element\"\n"
    "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"A probe\",\n"
    "  kinds = { \"incident\" }, sections = { \"probe\" }, render = function(section, context)\n";
static const char after_render[] = "\nend }\n";

// A plugin of several files whose module "one" is the attack.
static const char main_of_modules[] =
    "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"A probe\",\n"
    "  kinds = { \"incident\" }, sections = { \"probe\" },\n"
    "  render = function() return require \"one\" end }\n";

static void expand(struct brv_buf *out, const char *body)
{
    for (const char *open; (open = strstr(body, "{{")); body = strstr(open, "}}") + 2) {
        brv_buf_add(out, body, (size_t)(open - body));
        char *text = NULL;
        unsigned long times = strtoul(open + 2, &text, 10);
        assert_int_equal(*text, ':');
        size_t len = (size_t)(strstr(open, "}}") - text) - 1;
        for (unsigned long i = 0; i < times; i++)
            brv_buf_add(out, text + 1, len);
    }
    brv_buf_add(out, body, strlen(body));
}

void attack_write(const char *folder, const struct attack_chapter *chapter, const char *body)
{
    struct brv_buf source = { 0 };
    brv_buf_printf(&source, "%s", chapter->before ? chapter->before : before_render);
    expand(&source, body);
    brv_buf_printf(&source, "%s", chapter->after ? chapter->after : after_render);
    brv_buf_add_byte(&source, '\0');
    char inner[100];
    snprintf(inner, sizeof inner, "%s/probe", folder);
    rig_clear(folder);
    rig_clear(inner);
    if (chapter->file) {
        rig_write(inner, "init.lua", main_of_modules);
        rig_write(inner, "two.lua", "return require \"one\"\n");
        rig_write(inner, chapter->file, source.ptr);
        for (int i = 0; i < chapter->copies; i++) {
            char name[20];
            snprintf(name, sizeof name, "copy%d.lua", i);
            rig_write(inner, name, source.ptr);
        }
    } else {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", BRV_SCRATCH_DIR, inner);
        assert_int_equal(remove(path), 0);
        rig_write(folder, "probe.lua", source.ptr);
    }
    brv_buf_deinit(&source);
}
