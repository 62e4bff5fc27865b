// Brevier — what of the stylesheets and the plugins bears on an item.
// SPDX-License-Identifier: MIT
#include "app/batch/bearing.h"

#include "app/batch/digest.h"
#include "app/batch/lines.h"
#include "base/file.h"

enum { MEMO_LIMIT = 4096 }; // of each kind: what is beyond is worked out again

// Of a digest, half tells a thousand pieces apart as well.
enum { PIECE_BYTES = BRV_DIGEST_BYTES / 2 };

struct piece {
    bool is_known;
    char digest[PIECE_BYTES];
};

struct brv_bearings {
    struct brv_batch *batch;
    struct piece *pieces;   // of the stylesheets, by number
    struct brv_map looks;   // by elements: struct known, the look of today
    struct brv_map choices; // by kind and sections: the choice of today
    struct brv_map lines;   // by kind and section: what is said of it in a choice
};

struct known { // a look, or a choice
    brv_str id;
    brv_str told; // digest of the rules, or which plugins
    bool is_put;  // the ledger has it
};

struct brv_bearings *brv_bearings_new(struct brv_batch *batch)
{
    struct brv_bearings *bearings = BRV_NEW(batch->arena, struct brv_bearings);
    *bearings = (struct brv_bearings){
        .batch = batch,
        .pieces = BRV_NEW_ARRAY(
            batch->arena, struct piece, brv_stylesheets_piece_count(batch->tools->sheets)),
        .looks = { .arena = batch->arena },
        .choices = { .arena = batch->arena },
        .lines = { .arena = batch->arena },
    };
    return bearings;
}

static brv_str id_of(struct brv_arena *arena, brv_str asked, brv_str told)
{
    struct brv_digest digest;
    brv_digest_start(&digest);
    brv_digest_add(&digest, asked);
    brv_digest_add(&digest, told);
    return brv_digest_end(&digest, arena);
}

// ---- what is told today

struct saying {
    struct brv_digest digest;
    struct brv_batch *batch;
};

static void text_add(void *user, brv_str text, const struct brv_url *file)
{
    struct saying *saying = user;
    brv_digest_add(&saying->digest, text);
    if (!file)
        return;
    struct brv_arena *arena = brv_arena_new();
    brv_str path = brv_path_join(arena, brv_path_directory(file->sheet), file->path);
    brv_digest_add(&saying->digest, brv_stamps_digest(saying->batch->stamps, path));
    brv_arena_free(arena);
}

// The digest of what a piece says, made when it is first told of.
static const char *piece_digest(struct brv_bearings *bearings, const struct brv_style_piece *piece)
{
    struct piece *known = &bearings->pieces[piece->number];
    if (!known->is_known) {
        struct saying saying = { .batch = bearings->batch };
        brv_digest_start(&saying.digest);
        brv_stylesheets_say(bearings->batch->tools->sheets, piece, text_add, &saying);
        struct brv_raw_digest whole = brv_digest_end_raw(&saying.digest);
        memcpy(known->digest, whole.bytes, sizeof known->digest);
        known->is_known = true;
    }
    return known->digest;
}

struct rules {
    struct brv_bearings *bearings;
    struct brv_buf list; // of pieces: how each bears, and the digest of what it says
};

static void piece_add(void *user, const struct brv_style_piece *piece)
{
    struct rules *rules = user;
    brv_buf_add(&rules->list, (const char *)&piece->way, sizeof piece->way);
    brv_buf_add(&rules->list, piece_digest(rules->bearings, piece), PIECE_BYTES);
}

static brv_str rules_of(struct brv_bearings *bearings, struct brv_arena *arena, brv_str elements)
{
    struct rules rules = { .bearings = bearings };
    brv_stylesheets_bearing(bearings->batch->tools->sheets, elements, piece_add, &rules);
    brv_str digest = brv_digest_of(arena, brv_buf_str(&rules.list));
    brv_buf_deinit(&rules.list);
    return digest;
}

static brv_str key_of(struct brv_arena *arena, brv_str kind, brv_str sections)
{
    struct brv_buf *key = brv_buf_new_in(arena);
    brv_buf_add_str(key, kind);
    brv_buf_add_byte(key, '\n');
    brv_buf_add_str(key, sections);
    return brv_buf_str(key);
}

// Where something lives that is worked out now: in the memory of the run, to be found again, or
// when that has much of its kind already, in that of the item.
static struct brv_arena *memo_arena(const struct brv_map *memo, struct brv_arena *of_item)
{
    return memo->count < MEMO_LIMIT ? memo->arena : of_item;
}

static void memo_keep(struct brv_map *memo, const struct brv_arena *arena, brv_str key, void *value)
{
    if (arena == memo->arena)
        *brv_map_at(memo, brv_arena_str(memo->arena, key)) = value;
}

// What manifests choose for a section, as a line.
static brv_str choice_line(struct brv_bearings *bearings, struct brv_arena *arena, brv_str kind,
                           brv_str slug)
{
    brv_str key = key_of(arena, kind, slug);
    brv_str *line = brv_map_find(&bearings->lines, key);
    if (line)
        return *line;
    arena = memo_arena(&bearings->lines, arena);
    struct brv_buf *out = brv_buf_new_in(arena);
    brv_host_print_choice(bearings->batch->tools->host, kind, slug, out);
    line = BRV_NEW(arena, brv_str);
    *line = brv_buf_str(out);
    memo_keep(&bearings->lines, arena, key, line);
    return *line;
}

static brv_str plugins_of(struct brv_bearings *bearings, struct brv_arena *arena, brv_str kind,
                          brv_str sections)
{
    struct brv_buf *out = brv_buf_new_in(arena);
    brv_str slug;
    while (brv_lines_next(&sections, &slug))
        brv_buf_add_str(out, choice_line(bearings, arena, kind, slug));
    brv_host_print_whole(bearings->batch->tools->host, kind, out);
    return brv_buf_str(out);
}

static struct known *known_new(struct brv_arena *arena, brv_str asked, brv_str told)
{
    struct known *known = BRV_NEW(arena, struct known);
    *known = (struct known){ .id = id_of(arena, asked, told), .told = told };
    return known;
}

static struct known *look_of(struct brv_bearings *bearings, struct brv_arena *arena,
                             brv_str elements)
{
    struct known *known = brv_map_find(&bearings->looks, elements);
    if (known)
        return known;
    arena = memo_arena(&bearings->looks, arena);
    known = known_new(arena, elements, rules_of(bearings, arena, elements));
    memo_keep(&bearings->looks, arena, elements, known);
    return known;
}

static struct known *choice_of(struct brv_bearings *bearings, struct brv_arena *arena, brv_str kind,
                               brv_str sections)
{
    brv_str key = key_of(arena, kind, sections);
    struct known *known = brv_map_find(&bearings->choices, key);
    if (known)
        return known;
    arena = memo_arena(&bearings->choices, arena);
    known = known_new(arena, sections, plugins_of(bearings, arena, kind, sections));
    memo_keep(&bearings->choices, arena, key, known);
    return known;
}

// ---- what the ledger told before

static bool look_holds(struct brv_bearings *bearings, struct brv_arena *arena, brv_str id)
{
    struct brv_look_row row;
    return brv_ledger_find_look(bearings->batch->ledger, arena, id, &row) &&
           brv_str_equal(row.rules, look_of(bearings, arena, row.elements)->told);
}

static bool choice_holds(struct brv_bearings *bearings, struct brv_arena *arena,
                         const struct brv_item_row *item)
{
    struct brv_choice_row row;
    return brv_ledger_find_choice(bearings->batch->ledger, arena, item->choice, &row) &&
           brv_str_equal(row.plugins, choice_of(bearings, arena, item->kind, row.sections)->told);
}

// Whether what was said of an item speaks of nothing but the analysis and what it names.
static bool is_of_analysis(struct brv_bearings *bearings, struct brv_arena *arena,
                           const struct brv_item_row *item)
{
    size_t count = 0;
    const struct brv_diag_row *rows =
        brv_ledger_diagnostics(bearings->batch->ledger, arena, item->name, &count);
    for (size_t i = 0; i < count; i++) {
        bool is_of_it = rows[i].file.len == 0 || brv_str_equal(rows[i].file, item->origin);
        if (!is_of_it || !(brv_str_is(rows[i].code, "input") || brv_str_is(rows[i].code, "output")))
            return false;
    }
    return true;
}

// ---- exported

brv_str brv_sections_of(struct brv_arena *arena, const struct brv_document *document)
{
    brv_str *slugs = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (const struct brv_section *s = document->first; s; s = brv_section_next(s))
        BRV_PUSH(arena, slugs, count, capacity) = s->slug;
    return brv_lines_join(arena, slugs, count);
}

enum brv_status brv_look_record(struct brv_bearings *bearings, struct brv_arena *arena,
                                brv_str elements, brv_str *id, struct brv_sink *sink)
{
    struct known *known = look_of(bearings, arena, elements);
    const struct brv_look_row row = { known->id, elements, known->told };
    *id = known->id;
    if (!known->is_put && brv_ledger_put_look(bearings->batch->ledger, &row, sink))
        return BRV_FAILED;
    known->is_put = true;
    return BRV_OK;
}

enum brv_status brv_choice_record(struct brv_bearings *bearings, struct brv_arena *arena,
                                  brv_str kind, brv_str sections, brv_str *id,
                                  struct brv_sink *sink)
{
    struct known *known = choice_of(bearings, arena, kind, sections);
    const struct brv_choice_row row = { known->id, sections, known->told };
    *id = known->id;
    if (!known->is_put && brv_ledger_put_choice(bearings->batch->ledger, &row, sink))
        return BRV_FAILED;
    known->is_put = true;
    return BRV_OK;
}

brv_str brv_item_recast(struct brv_bearings *bearings, struct brv_arena *arena,
                        const struct brv_closure *before, const struct brv_item_row *row,
                        bool *is_fine)
{
    const struct brv_batch *batch = bearings->batch;
    *is_fine = row->outcome <= BRV_ITEM_DEGRADED && row->choice.len > 0 &&
               is_of_analysis(bearings, arena, row);
    unsigned parts = BRV_CLOSURE_ENGINE | BRV_CLOSURE_OPTIONS;
    if (!*is_fine)
        parts |= BRV_CLOSURE_SHEETS | BRV_CLOSURE_SELECTION |
                 (batch->uses_fonts ? BRV_CLOSURE_FONTS : 0);
    else if (!brv_str_equal(before->selection, batch->closure.selection) &&
             !choice_holds(bearings, arena, row))
        parts |= BRV_CLOSURE_SELECTION;
    return brv_closure_difference(arena, before, &batch->closure, parts);
}

brv_str brv_output_recast(struct brv_bearings *bearings, struct brv_arena *arena,
                          const struct brv_closure *before, const struct brv_output_row *row)
{
    const struct brv_batch *batch = bearings->batch;
    const struct brv_output *output = brv_output_find(row->format);
    unsigned parts = output && output->media == BRV_MEDIA_TEXT ? 0 : BRV_CLOSURE_FONTS;
    if (!brv_str_equal(before->sheets, batch->closure.sheets) &&
        !look_holds(bearings, arena, row->look))
        parts |= BRV_CLOSURE_SHEETS;
    return brv_closure_difference(arena, before, &batch->closure, parts);
}
