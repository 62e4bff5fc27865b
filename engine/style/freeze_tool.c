// Brevier — the program of the build that freezes sheets: freeze OUT.c SHEET.css…
// SPDX-License-Identifier: MIT
#include "style/frozen.h"

#include "base/file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHEET_BYTES = 1 << 20, WORDS_A_LINE = 4 };

static void print_words(struct brv_buf *out, const char *name, size_t number, const uint64_t *words,
                        size_t count)
{
    brv_buf_printf(out, "static const uint64_t %s_%zu[] = {", name, number);
    for (size_t i = 0; i < count; i++)
        brv_buf_printf(out, "%s0x%" PRIx64 ",", i % WORDS_A_LINE == 0 ? "\n    " : " ", words[i]);
    brv_buf_add_cstr(out, "\n};\n");
}

// One more; what cannot be frozen is read at each start, as all was before.
static bool add_sheet(struct brv_buf *out, struct brv_buf *rows, struct brv_arena *arena,
                      const char *name, brv_str text)
{
    struct brv_frozen_sheet frozen;
    brv_str fault;
    if (!brv_sheets_freeze(arena, text, &frozen, &fault)) {
        (void)fprintf(stderr, "%s: not frozen: %" BRV_STR_F "\n", name, BRV_STR_ARG(fault));
        return false;
    }
    const size_t number = rows->len; // any that no other has
    print_words(out, "words", number, frozen.words, frozen.word_count);
    print_words(out, "pointers", number, frozen.pointers, frozen.word_count / 64 + 1);
    brv_buf_printf(rows,
                   "    { words_%zu, pointers_%zu, %zu, %zu, %zu },\n",
                   number,
                   number,
                   frozen.word_count,
                   frozen.text_at,
                   frozen.text_length);
    return true;
}

int main(int argc, char **argv)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    struct brv_buf out = { 0 };
    struct brv_buf rows = { 0 };
    size_t count = 0;
    brv_buf_add_cstr(&out,
                     "// Brevier — frozen sheets, made by the build (style/frozen.h).\n"
                     "// SPDX-License-Identifier: MIT\n#include \"style/frozen.h\"\n\n");
    count += add_sheet(&out, &rows, arena, "the built-in sheet", (brv_str){ 0 });
    for (int i = 2; i < argc; i++) {
        brv_str text;
        if (brv_file_read(
                arena, brv_str_from_cstr(argv[i]), SHEET_BYTES, BRV_CODE_STYLE, &text, &sink) ==
                BRV_OK &&
            text.len > 0)
            count += add_sheet(&out, &rows, arena, argv[i], text);
    }
    if (count > 0)
        brv_buf_printf(&out,
                       "static const struct brv_frozen_sheet sheets[] = {\n%" BRV_STR_F "};\n",
                       BRV_STR_ARG(brv_buf_str(&rows)));
    brv_buf_printf(&out,
                   "const struct brv_frozen_sheets brv_frozen_shipped = { %s, %zu };\n",
                   count > 0 ? "sheets" : "NULL",
                   count);
    enum brv_status status = BRV_FAILED;
    if (argc > 1)
        status = brv_file_write(brv_str_from_cstr(argv[1]), brv_buf_str(&out), &sink);
    for (const struct brv_diag *diag = sink.first; diag; diag = diag->next)
        (void)fprintf(stderr, "%" BRV_STR_F "\n", BRV_STR_ARG(diag->message));
    brv_buf_deinit(&out);
    brv_buf_deinit(&rows);
    brv_arena_free(arena);
    return status == BRV_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
