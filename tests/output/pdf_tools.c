// Brevier — what other programs say about a PDF.
// SPDX-License-Identifier: MIT
#include "pdf_tools.h"

#include "base/file.h"
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

const struct brv_face *pdf_begin(struct pdf_fixture *fixture, size_t page_count)
{
    pdf_init(fixture, page_count);
    const struct brv_face *face = pdf_face(fixture, "NotoSans-Regular.ttf", 0);
    if (!face) {
        pdf_deinit(fixture);
        skip();
    }
    return face;
}

const char *pdf_save(struct pdf_fixture *fixture, const char *name)
{
    enum brv_status status = pdf_render(fixture);
    for (const struct brv_diag *diag = fixture->sink.first; diag; diag = diag->next)
        print_message("%.*s\n", BRV_STR_ARG(diag->message));
    assert_int_equal(status, BRV_OK);
    brv_str path = brv_arena_printf(fixture->arena, "%s/%s", BRV_SCRATCH_DIR, name);
    assert_int_equal(brv_file_write(path, brv_buf_str(&fixture->out), &fixture->sink), BRV_OK);
    return brv_arena_cstr(fixture->arena, path);
}

brv_str pdf_run_tool(struct pdf_fixture *fixture, const char *command, const char *path,
                     int *status)
{
    struct brv_buf line = { 0 };
    brv_str rest = brv_str_from_cstr(command);
    brv_str program;
    if (!brv_str_next_word(&rest, &program))
        fail();
    brv_buf_printf(&line, "command -v %" BRV_STR_F " >/dev/null 2>&1", BRV_STR_ARG(program));
    brv_buf_add_byte(&line, 0);
    bool is_there = system(line.ptr) == 0;
    brv_buf_clear(&line);
    brv_str text = brv_str_from_cstr(command);
    size_t at = brv_str_find(text, 0, BRV_S("%s"));
    brv_buf_add_str(&line, brv_str_slice(text, 0, at));
    if (at < text.len) {
        brv_buf_add_cstr(&line, path);
        brv_buf_add_str(&line, brv_str_slice(text, at + 2, text.len));
    }
    brv_buf_add_byte(&line, 0);
    FILE *pipe = is_there ? popen(line.ptr, "r") : NULL;
    brv_buf_deinit(&line);
    if (!pipe) {
        pdf_deinit(fixture);
        skip();
    }
    struct brv_buf *said = brv_buf_new_in(fixture->arena);
    char part[4096];
    for (size_t len; (len = fread(part, 1, sizeof part, pipe)) > 0;)
        brv_buf_add(said, part, len);
    int end = pclose(pipe);
    *status = WIFEXITED(end) ? WEXITSTATUS(end) : -1;
    return brv_buf_str(said);
}

size_t text_count(brv_str text, brv_str needle)
{
    size_t count = 0;
    for (size_t at = 0; (at = brv_str_find(text, at, needle)) < text.len; at += needle.len)
        count++;
    return count;
}
