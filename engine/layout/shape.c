// Brevier — shaping words, with a cache for the process.
//
// What one document shapes the next mostly shapes as well. Words are kept in two generations: the
// young one takes what is new, with copies of what is found in the old one. Between documents a
// young one that is full becomes the old one, and what nobody asked for meanwhile is forgotten. A
// generation lies in a block of its own from the beginning, so that no words lie scattered among
// what comes and goes; and a process that sets one document after the other fills the blocks after
// a few of them, so that it has as much memory after the thousandth as after the last.
// SPDX-License-Identifier: MIT
#include "layout/shape_word.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "style/styled.h"

#include <hb-ot.h>

enum {
    GENERATION_BYTES = 3 << 19,  // some 5,000 words
    DOCUMENT_BYTES = 1 << 18,    // room that is left for the words of one more document
    GENERATION_LIMIT = 16 << 20, // where one document of many words has to do without
};

struct generation {
    struct brv_arena *arena;
    struct brv_arena_mark empty;
    brv_word_slot *slots;
    size_t capacity;
    size_t count;
};

struct brv_shaper {
    struct brv_arena *arena;
    hb_buffer_t *buffer;
    struct generation young;
    struct generation old;
    struct brv_shape_ahead *ahead; // NULL: nobody has shaped anything ahead
    unsigned documents;            // so far, until there are a few
};

static struct generation generation_new(void)
{
    struct brv_arena *arena = brv_arena_new_roomy(GENERATION_BYTES);
    return (struct generation){ .arena = arena, .empty = brv_arena_mark(arena) };
}

static void generation_empty(struct generation *generation)
{
    brv_arena_rewind(generation->arena, generation->empty);
    *generation = (struct generation){ .arena = generation->arena, .empty = generation->empty };
}

static void drop_shaper(void *ptr)
{
    struct brv_shaper *shaper = ptr;
    brv_shape_ahead_free(shaper->ahead);
    hb_buffer_destroy(shaper->buffer);
    brv_arena_free(shaper->young.arena);
    brv_arena_free(shaper->old.arena);
}

struct brv_shaper *brv_shaper_new(struct brv_arena *arena)
{
    struct brv_shaper *shaper = BRV_NEW(arena, struct brv_shaper);
    shaper->arena = arena;
    shaper->buffer = hb_buffer_create();
    shaper->young = generation_new();
    shaper->old = generation_new();
    brv_arena_on_free(arena, drop_shaper, shaper);
    return shaper;
}

void brv_shaper_trim(struct brv_shaper *shaper)
{
    enum { FEW = 32 };
    if (shaper->documents < FEW && ++shaper->documents == FEW) {
        brv_arena_touch(shaper->young.arena);
        brv_arena_touch(shaper->old.arena);
    }
    if (brv_arena_used_bytes(shaper->young.arena) < GENERATION_BYTES - DOCUMENT_BYTES)
        return;
    struct generation full = shaper->young;
    shaper->young = shaper->old;
    shaper->old = full;
    generation_empty(&shaper->young);
}

size_t brv_shaper_bytes(const struct brv_shaper *shaper)
{
    return brv_arena_used_bytes(shaper->young.arena) + brv_arena_used_bytes(shaper->old.arena);
}

// ---- shaping

static uint32_t upper_of(uint32_t codepoint)
{
    if (codepoint < 0x80) {
        return codepoint >= 'a' && codepoint <= 'z' ? codepoint - 32 : codepoint;
    }
    struct brv_arena *scratch = brv_arena_new();
    char bytes[4];
    brv_str one = { bytes, brv_utf8_encode(codepoint, bytes) };
    brv_str upper = brv_text_transformed(scratch, one, BRV_TRANSFORM_UPPERCASE, (brv_str){ 0 });
    size_t at = 0;
    uint32_t result = upper.len > 0 ? brv_utf8_next(upper, &at) : codepoint;
    result = at == upper.len ? result : codepoint; // one that becomes two stays small
    brv_arena_free(scratch);
    return result;
}

enum { GRAPHEME_JOINER = 0x34F };

static void fill_buffer(hb_buffer_t *buffer, const struct brv_shape_request *request,
                        bool with_keycaps)
{
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_direction(buffer, request->is_rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, request->script);
    if (request->lang.len > 0) {
        hb_buffer_set_language(buffer,
                               hb_language_from_string(request->lang.ptr, (int)request->lang.len));
    } else {
        hb_buffer_set_language(buffer, hb_language_from_string("en", 2));
    }
    if (request->is_missing) {
        hb_codepoint_t glyph;
        bool has_mark = hb_font_get_nominal_glyph(request->face->font, BRV_REPLACEMENT, &glyph);
        hb_buffer_add(buffer, has_mark ? BRV_REPLACEMENT : 0x25A1, 0);
        return;
    }
    for (size_t at = 0; at < request->text.len;) {
        uint32_t start = (uint32_t)at;
        uint32_t codepoint = brv_utf8_next(request->text, &at);
        if (codepoint == '\t' || codepoint == '\n') {
            codepoint = ' ';
        }
        if (codepoint == BRV_KEYCAP && !with_keycaps) {
            codepoint = GRAPHEME_JOINER; // has a place in the text, and no glyph
        }
        hb_buffer_add(buffer, request->is_upper ? upper_of(codepoint) : codepoint, start);
    }
}

// Whether the glyph is around the one before it (marks without ink aside) and over no others.
static bool encloses(const struct brv_face *face, const hb_glyph_info_t *infos,
                     const hb_glyph_position_t *positions, unsigned frame)
{
    hb_glyph_extents_t outer;
    if (!hb_font_get_glyph_extents(face->font, infos[frame].codepoint, &outer)) {
        return false;
    }
    const int32_t overlap = (int32_t)face->units_per_em / 20;
    const int32_t left = positions[frame].x_offset + outer.x_bearing;
    const int32_t right = left + outer.width;
    const int32_t end = positions[frame].x_advance;
    int32_t pen = 0;
    for (unsigned i = frame; i-- > 0;) {
        pen -= positions[i].x_advance;
        hb_glyph_extents_t ink;
        if (hb_font_get_glyph_extents(face->font, infos[i].codepoint, &ink) && ink.width != 0) {
            int32_t from = pen + positions[i].x_offset + ink.x_bearing;
            return left <= from && from + ink.width <= right && left >= pen - overlap &&
                   right <= end + overlap;
        }
    }
    return false;
}

// Whether the frame of a key is a glyph that does not stand around its character.
static bool has_loose_keycap(hb_buffer_t *buffer, const struct brv_shape_request *request)
{
    if (brv_str_find(request->text, 0, BRV_S("\xE2\x83\xA3")) >= request->text.len) {
        return false;
    }
    hb_codepoint_t frame = 0;
    (void)hb_font_get_nominal_glyph(request->face->font, BRV_KEYCAP, &frame);
    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
    for (unsigned i = 0; i < count; i++) {
        if (infos[i].codepoint == frame && !encloses(request->face, infos, positions, i)) {
            return true;
        }
    }
    return false;
}

bool brv_face_frames_key(const struct brv_face *face, uint32_t base)
{
    char bytes[8];
    size_t len = brv_utf8_encode(base, bytes);
    len += brv_utf8_encode(BRV_KEYCAP, bytes + len);
    struct brv_shape_request request = { .face = face,
                                         .text = { bytes, len },
                                         .script = HB_SCRIPT_LATIN };
    hb_buffer_t *buffer = hb_buffer_create();
    fill_buffer(buffer, &request, true);
    hb_shape(face->font, buffer, NULL, 0);
    bool is_framed = !has_loose_keycap(buffer, &request);
    hb_buffer_destroy(buffer);
    return is_framed;
}

static bool is_selector(brv_str text, size_t at)
{
    uint32_t codepoint = brv_utf8_next(text, &at);
    return codepoint >= 0xFE00 && codepoint <= 0xFE0F;
}

// What HarfBuzz leaves of a variation selector, which has done its work: the glyph of a space,
// without advance. Readers of a PDF take it to be as wide as a space is, and join words beside it.
static bool is_spent(hb_buffer_t *buffer, const struct brv_shape_request *request, unsigned i)
{
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, NULL);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
    hb_codepoint_t space;
    if (i == 0 || positions[i].x_advance != 0 ||
        !hb_font_get_nominal_glyph(request->face->font, ' ', &space) ||
        infos[i].codepoint != space) {
        return false;
    }
    return infos[i].cluster == infos[i - 1].cluster || is_selector(request->text, infos[i].cluster);
}

struct brv_shaped brv_shape_now(hb_buffer_t *buffer, struct brv_arena *arena,
                                const struct brv_shape_request *request)
{
    fill_buffer(buffer, request, true);
    const struct brv_shape_features features = brv_shape_features_of(request);
    hb_shape(request->face->font, buffer, features.items, features.count);
    if (has_loose_keycap(buffer, request)) { // then the character is drawn plainly
        fill_buffer(buffer, request, false);
        hb_shape(request->face->font, buffer, features.items, features.count);
    }

    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
    struct brv_shaped_glyph *glyphs = BRV_NEW_ARRAY(arena, struct brv_shaped_glyph, count);
    struct brv_shaped shaped = { .glyphs = glyphs };
    for (unsigned i = 0; i < count; i++) {
        if (is_spent(buffer, request, i)) {
            continue;
        }
        glyphs[shaped.count++] = (struct brv_shaped_glyph){
            .glyph = infos[i].codepoint,
            .cluster = infos[i].cluster,
            .x_advance = positions[i].x_advance,
            .x_offset = positions[i].x_offset,
            .y_offset = positions[i].y_offset,
        };
        shaped.advance += positions[i].x_advance;
        shaped.has_notdef |= infos[i].codepoint == 0 && !request->is_missing;
    }
    return shaped;
}

// ---- the cache

bool brv_word_is_kept(const struct brv_shape_request *request)
{
    return request->text.len <= BRV_WORD_BYTES && request->lang.len < 36 &&
           request->features.count == 0;
}

brv_str brv_word_key(char *bytes, const struct brv_shape_request *request, uint64_t *hash)
{
    struct {
        hb_script_t script;
        uint32_t flags;
    } head = { request->script,
               (uint32_t)request->is_rtl | (uint32_t)request->is_missing << 1 |
                   (uint32_t)request->is_upper << 2 | (uint32_t)request->no_ligatures << 3 |
                   (uint32_t)request->caps << 4 | (uint32_t)request->numeric << 8 };
    size_t len = sizeof head;
    memcpy(bytes, &head, sizeof head);
    if (request->lang.len > 0) {
        memcpy(bytes + len, request->lang.ptr, request->lang.len);
        len += request->lang.len;
    }
    bytes[len++] = '\0';
    memcpy(bytes + len, request->text.ptr, request->text.len);
    brv_str key = { bytes, len + request->text.len };
    *hash = brv_hash(key.ptr, key.len, request->face->id + 1);
    return key;
}

brv_word_slot *brv_word_find(brv_word_slot *slots, size_t capacity, uint64_t hash,
                             const struct brv_face *face, brv_str key)
{
    size_t at = (size_t)hash & (capacity - 1);
    for (const struct brv_word *word; (word = brv_word_at(&slots[at]));) {
        if (word->hash == hash && word->face == face && brv_str_equal(word->key, key)) {
            break;
        }
        at = (at + 1) & (capacity - 1);
    }
    return &slots[at];
}

struct brv_word *brv_word_new(struct brv_arena *arena, uint64_t hash, const struct brv_face *face,
                              brv_str key)
{
    struct brv_word *word = BRV_NEW(arena, struct brv_word);
    *word = (struct brv_word){ hash, face, brv_arena_str(arena, key), { 0 } };
    return word;
}

static brv_word_slot *find_slot(const struct generation *generation, uint64_t hash,
                                const struct brv_face *face, brv_str key)
{
    return brv_word_find(generation->slots, generation->capacity, hash, face, key);
}

static void generation_grow(struct generation *generation)
{
    brv_word_slot *former = generation->slots;
    size_t count = generation->capacity;
    generation->capacity = count > 0 ? count * 2 : 1024;
    generation->slots = BRV_NEW_ARRAY(generation->arena, brv_word_slot, generation->capacity);
    for (size_t i = 0; i < count; i++) {
        struct brv_word *word = brv_word_at(&former[i]);
        if (word) {
            brv_word_put(find_slot(generation, word->hash, word->face, word->key), word);
        }
    }
}

// What the old generation knows, copied to the young one; else what was shaped ahead.
static bool recall(const struct brv_shaper *shaper, uint64_t hash, const struct brv_face *face,
                   brv_str key, struct brv_shaped *shaped)
{
    const struct brv_word *word =
        shaper->old.count > 0 ? brv_word_at(find_slot(&shaper->old, hash, face, key)) : NULL;
    if (!word) {
        return shaper->ahead && brv_shape_ahead_find(shaper->ahead, hash, face, key, shaped);
    }
    *shaped = word->shaped;
    struct brv_shaped_glyph *glyphs =
        BRV_NEW_ARRAY(shaper->young.arena, struct brv_shaped_glyph, shaped->count);
    if (shaped->count > 0)
        memcpy(glyphs, shaped->glyphs, shaped->count * sizeof *glyphs);
    shaped->glyphs = glyphs;
    return true;
}

struct brv_shape_ahead *brv_shaper_begin_ahead(struct brv_shaper *shaper, struct brv_worker *worker,
                                               const struct brv_shape_request *texts, size_t count)
{
    if (shaper->young.count > 0 || shaper->ahead) {
        return NULL;
    }
    shaper->ahead = brv_shape_ahead_begin(shaper->arena, worker, texts, count);
    return shaper->ahead;
}

const struct brv_shaped *brv_shape(struct brv_shaper *shaper, struct brv_arena *arena,
                                   const struct brv_shape_request *request)
{
    struct generation *young = &shaper->young;
    if (!brv_word_is_kept(request) || brv_arena_used_bytes(young->arena) >= GENERATION_LIMIT) {
        struct brv_shaped *shaped = BRV_NEW(arena, struct brv_shaped);
        *shaped = brv_shape_now(shaper->buffer, arena, request);
        return shaped;
    }
    if ((young->count + 1) * 2 > young->capacity) {
        generation_grow(young);
    }
    char bytes[BRV_WORD_KEY_BYTES];
    uint64_t hash;
    brv_str key = brv_word_key(bytes, request, &hash);
    brv_word_slot *slot = find_slot(young, hash, request->face, key);
    struct brv_word *word = brv_word_at(slot);
    if (!word) {
        word = brv_word_new(young->arena, hash, request->face, key);
        if (!recall(shaper, hash, request->face, key, &word->shaped))
            word->shaped = brv_shape_now(shaper->buffer, young->arena, request);
        brv_word_put(slot, word);
        young->count++;
    }
    return &word->shaped;
}
