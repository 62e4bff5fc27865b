// Brevier — reading the index of installed faces.
// SPDX-License-Identifier: MIT
//
// Every number that leads somewhere is looked at before it is followed, so that a damaged file is
// an index that is not believed.
#include "layout/catalog_index.h"

#include "base/file.h"

#include <stdlib.h>

struct view {
    const struct brv_index_head *head;
    const struct brv_index_folder *folders;
    const struct brv_index_face *faces;
    const struct brv_index_text *families;
    const struct brv_index_page *pages;
    const struct brv_index_leaf *leaves;
    const char *strings;
};

// The characters of one face.
struct characters {
    const struct brv_index_page *pages;
    size_t count;
    const struct brv_index_leaf *leaves;
    size_t leaf_count; // of all faces
};

// ---- the file

static const void *part_of(brv_str file, struct brv_index_part part, size_t row_bytes)
{
    bool is_within =
        part.at % 8 == 0 && part.at <= file.len && part.count <= (file.len - part.at) / row_bytes;
    return is_within ? file.ptr + part.at : NULL;
}

static bool view_open(brv_str file, struct view *view)
{
    const struct brv_index_head *head = (const void *)file.ptr; // mapped: aligned
    static const char magic[sizeof head->magic] = BRV_INDEX_MAGIC;
    if (file.len < sizeof *head || memcmp(head->magic, magic, sizeof magic) != 0 ||
        head->bytes != file.len) {
        return false;
    }
    *view = (struct view){
        .head = head,
        .folders = part_of(file, head->folders, sizeof *view->folders),
        .faces = part_of(file, head->faces, sizeof *view->faces),
        .families = part_of(file, head->families, sizeof *view->families),
        .pages = part_of(file, head->pages, sizeof *view->pages),
        .leaves = part_of(file, head->leaves, sizeof *view->leaves),
        .strings = part_of(file, head->strings, 1),
    };
    return view->folders && view->faces && view->families && view->pages && view->leaves &&
           view->strings;
}

static bool is_within(uint32_t first, uint32_t count, struct brv_index_part part)
{
    return first <= part.count && count <= part.count - first;
}

static bool text_is_sound(const struct view *view, struct brv_index_text text)
{
    return text.len < UINT32_MAX && is_within(text.at, text.len + 1, view->head->strings) &&
           view->strings[text.at + text.len] == '\0';
}

static brv_str text_of(const struct view *view, struct brv_index_text text)
{
    return (brv_str){ view->strings + text.at, text.len };
}

static bool face_is_sound(const struct view *view, const struct brv_index_face *face)
{
    return text_is_sound(view, face->style) && text_is_sound(view, face->file) &&
           face->family_count > 0 &&
           is_within(face->first_family, face->family_count, view->head->families) &&
           is_within(face->first_page, face->page_count, view->head->pages);
}

static bool view_is_sound(const struct view *view)
{
    for (uint32_t i = 0; i < view->head->folders.count; i++) {
        if (!text_is_sound(view, view->folders[i].path)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < view->head->families.count; i++) {
        if (!text_is_sound(view, view->families[i])) {
            return false;
        }
    }
    for (uint32_t i = 0; i < view->head->faces.count; i++) {
        if (!face_is_sound(view, &view->faces[i])) {
            return false;
        }
    }
    return true;
}

// ---- what it speaks of

// A folder or file that is not there, in the folder that a variable names, else at home.
static bool is_absent(struct brv_arena *arena, const char *variable, const char *at_home,
                      const char *name)
{
    const char *home = getenv("HOME");
    const char *folder = variable ? getenv(variable) : NULL;
    brv_str path = { 0 };
    if (folder && folder[0]) {
        path = brv_str_from_cstr(folder);
    } else if (home) {
        path = brv_path_join(arena, brv_str_from_cstr(home), brv_str_from_cstr(at_home));
    }
    return path.len == 0 || !brv_file_exists(brv_path_join(arena, path, brv_str_from_cstr(name)));
}

// The index knows what the system brings. Fonts and rules that an administrator or a user has added
// (catalog.c has the same places) are left to fontconfig.
static bool nobody_has_added(struct brv_arena *arena)
{
    return !getenv("FONTCONFIG_SYSROOT") && !brv_file_exists(BRV_S("/etc/fonts/local.conf")) &&
           is_absent(arena, "XDG_CONFIG_HOME", ".config", "fontconfig/fonts.conf") &&
           is_absent(arena, "XDG_DATA_HOME", ".local/share", "fonts") &&
           is_absent(arena, NULL, "", ".fonts");
}

static bool folders_are_as_they_were(const struct view *view)
{
    for (uint32_t i = 0; i < view->head->folders.count; i++) {
        const struct brv_index_folder *then = &view->folders[i];
        struct brv_file_stamp now;
        bool is_there = brv_directory_stamp(text_of(view, then->path), &now);
        if (is_there != (then->seconds >= 0) ||
            (is_there && (now.seconds != then->seconds || now.nanoseconds != then->nanoseconds))) {
            return false;
        }
    }
    return true;
}

// ---- the catalogue

static bool has_character(const void *of, uint32_t codepoint)
{
    const struct characters *characters = of;
    uint32_t number = codepoint >> 8;
    size_t from = 0;
    size_t to = characters->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        const struct brv_index_page *page = &characters->pages[middle];
        if (page->number == number) {
            return page->leaf < characters->leaf_count &&
                   characters->leaves[page->leaf].bits[codepoint >> 6 & 3] >> (codepoint & 63) & 1;
        }
        if (page->number < number) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return false;
}

bool brv_catalog_read_index(struct brv_arena *arena, brv_str path, struct brv_catalog *catalog)
{
    brv_str file;
    struct view view;
    if (path.len == 0 || !nobody_has_added(arena) || !brv_file_map(arena, path, &file) ||
        !view_open(file, &view) || !view_is_sound(&view) || !folders_are_as_they_were(&view)) {
        return false;
    }
    brv_str *families = BRV_NEW_ARRAY(arena, brv_str, view.head->families.count);
    for (uint32_t i = 0; i < view.head->families.count; i++) {
        families[i] = text_of(&view, view.families[i]);
    }
    size_t count = catalog->count = view.head->faces.count;
    catalog->items = BRV_NEW_ARRAY(arena, struct brv_candidate, count);
    struct characters *characters = BRV_NEW_ARRAY(arena, struct characters, count);
    for (size_t i = 0; i < count; i++) {
        const struct brv_index_face *face = &view.faces[i];
        characters[i] = (struct characters){
            .pages = view.pages + face->first_page,
            .count = face->page_count,
            .leaves = view.leaves,
            .leaf_count = view.head->leaves.count,
        };
        catalog->items[i] = (struct brv_candidate){
            .families = families + face->first_family,
            .family_count = face->family_count,
            .style = text_of(&view, face->style),
            .file = text_of(&view, face->file),
            .index = face->index,
            .weight = face->weight,
            .stretch = face->stretch,
            .is_italic = face->flags & BRV_INDEX_ITALIC,
            .is_fixed_pitch = face->flags & BRV_INDEX_FIXED_PITCH,
            .characters = &characters[i],
            .has = has_character,
        };
    }
    return true;
}
