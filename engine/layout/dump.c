// Brevier — the stable dump of pages: what golden tests compare.
// SPDX-License-Identifier: MIT
#include "layout/pages.h"

#include "base/buf.h"

static void add_number(struct brv_buf *out, float value)
{
    brv_buf_add_byte(out, ' ');
    brv_buf_add_number(out, (double)value, 1);
}

static void add_fine(struct brv_buf *out, float value)
{
    brv_buf_add_byte(out, ' ');
    brv_buf_add_number(out, (double)value, 3);
}

static void add_color(struct brv_buf *out, struct brv_color color)
{
    brv_buf_printf(out, " #%02x%02x%02x", color.red, color.green, color.blue);
    if (color.alpha != 255) {
        brv_buf_printf(out, "/%u", color.alpha);
    }
}

static float run_width(const struct brv_glyph_run *run)
{
    float width = 0;
    for (size_t i = 0; i < run->glyph_count; i++) {
        width += run->glyphs[i].x_advance_pt;
    }
    return width;
}

static void add_owner(struct brv_buf *out, const struct brv_item *item)
{
    static const char *const artifacts[] = {
        "layout", "header", "footer", "background", "leader",
    };
    if (item->tag) {
        brv_buf_printf(out, " %s.%u", item->tag->type, item->tag->id);
    } else {
        brv_buf_printf(out, " (%s)", artifacts[item->artifact]);
    }
}

static void dump_item(struct brv_buf *out, const struct brv_item *item)
{
    static const char *const styles[] = { "none", "solid", "dashed", "dotted", "double" };
    switch (item->kind) {
    case BRV_ITEM_GLYPHS: {
        const struct brv_glyph_run *run = &item->glyphs;
        brv_buf_add_cstr(out, "  text");
        add_number(out, run->x_pt);
        add_number(out, run->baseline_pt);
        add_number(out, run_width(run));
        brv_buf_add_byte(out, ' ');
        brv_buf_add_str(out, run->face->postscript_name);
        add_number(out, run->size_pt);
        add_color(out, run->color);
        brv_buf_add_cstr(out, run->is_rtl ? " rtl" : "");
        brv_buf_add_cstr(out, run->slant > 0 ? " slanted" : "");
        brv_buf_add_cstr(out, run->embolden_pt > 0 ? " emboldened" : "");
        if (run->is_turned) {
            brv_buf_add_cstr(out, " turned");
            for (int i = 0; i < 4; i++) {
                add_fine(out, run->turn[i]);
            }
        }
        add_owner(out, item);
        brv_buf_add_byte(out, ' ');
        brv_buf_add_json_string(out, run->text);
        break;
    }
    case BRV_ITEM_BOX:
        brv_buf_add_cstr(out, "  box");
        add_number(out, item->box.x_pt);
        add_number(out, item->box.y_pt);
        add_number(out, item->box.width_pt);
        add_number(out, item->box.height_pt);
        if (item->box.radius_pt > 0) {
            brv_buf_add_cstr(out, " radius");
            add_number(out, item->box.radius_pt);
        }
        add_color(out, item->box.fill);
        add_owner(out, item);
        break;
    case BRV_ITEM_LINE:
        brv_buf_add_cstr(out, "  line");
        add_number(out, item->line.x1_pt);
        add_number(out, item->line.y1_pt);
        add_number(out, item->line.x2_pt);
        add_number(out, item->line.y2_pt);
        brv_buf_add_cstr(out, " width");
        add_number(out, item->line.width_pt);
        brv_buf_printf(out, " %s", styles[item->line.style]);
        add_color(out, item->line.color);
        add_owner(out, item);
        break;
    case BRV_ITEM_IMAGE:
        brv_buf_add_cstr(out, "  image");
        add_number(out, item->image.x_pt);
        add_number(out, item->image.y_pt);
        add_number(out, item->image.width_pt);
        add_number(out, item->image.height_pt);
        add_owner(out, item);
        brv_buf_add_byte(out, ' ');
        brv_buf_add_json_string(out, item->image.image->source);
        break;
    case BRV_ITEM_PATH:
        brv_buf_add_cstr(out, "  path");
        add_number(out, item->path.x_pt);
        add_number(out, item->path.y_pt);
        brv_buf_add_cstr(out, " scale");
        add_fine(out, item->path.scale);
        brv_buf_printf(out, " segments %zu", item->path.shape->path.path.count);
        add_owner(out, item);
        break;
    }
    brv_buf_add_byte(out, '\n');
}

static void dump_page(struct brv_buf *out, const struct brv_page *page)
{
    brv_buf_printf(out, "page %" BRV_STR_F, BRV_STR_ARG(page->label));
    add_number(out, page->width_pt);
    add_number(out, page->height_pt);
    brv_buf_add_byte(out, '\n');
    for (const struct brv_item *item = page->first; item; item = item->next) {
        dump_item(out, item);
    }
    for (const struct brv_link_area *area = page->links; area; area = area->next) {
        brv_buf_add_cstr(out, "  link");
        add_number(out, area->x_pt);
        add_number(out, area->y_pt);
        add_number(out, area->width_pt);
        add_number(out, area->height_pt);
        brv_buf_add_byte(out, ' ');
        brv_buf_add_json_string(out, area->url);
        if (area->tag) {
            brv_buf_printf(out, " %s.%u", area->tag->type, area->tag->id);
        }
        brv_buf_add_byte(out, '\n');
    }
}

static void dump_text_field(struct brv_buf *out, const char *name, brv_str value)
{
    if (value.len > 0) {
        brv_buf_printf(out, " %s=", name);
        brv_buf_add_json_string(out, value);
    }
}

static void dump_tag(struct brv_buf *out, const struct brv_tag *tag, size_t depth)
{
    brv_buf_add_repeated(out, ' ', 2 + 2 * depth);
    brv_buf_printf(out, "%s.%u", tag->type, tag->id);
    dump_text_field(out, "lang", tag->lang);
    dump_text_field(out, "alt", tag->alt);
    dump_text_field(out, "title", tag->title);
    if (tag->list_numbering) {
        brv_buf_printf(out, " numbering=%s", tag->list_numbering);
    }
    if (strcmp(tag->type, "TH") == 0) {
        brv_buf_add_cstr(out, tag->is_header_column ? " scope=column" : " scope=row");
    }
    if (tag->row_span > 1) {
        brv_buf_printf(out, " rowspan=%u", tag->row_span);
    }
    if (tag->col_span > 1) {
        brv_buf_printf(out, " colspan=%u", tag->col_span);
    }
    brv_buf_add_byte(out, '\n');
}

static void dump_tags(struct brv_buf *out, const struct brv_tag *root)
{
    size_t depth = 0;
    const struct brv_tag *tag = root;
    while (tag) {
        dump_tag(out, tag, depth);
        if (tag->first) {
            tag = tag->first;
            depth++;
            continue;
        }
        while (tag != root && !tag->next) {
            tag = tag->parent;
            depth--;
        }
        tag = tag == root ? NULL : tag->next;
    }
}

void brv_pages_dump(const struct brv_pages *pages, struct brv_buf *out)
{
    for (size_t i = 0; i < pages->page_count; i++) {
        dump_page(out, &pages->pages[i]);
    }
    brv_buf_add_cstr(out, "tags\n");
    dump_tags(out, pages->root);
    if (pages->outline_count > 0) {
        brv_buf_add_cstr(out, "outline\n");
    }
    for (size_t i = 0; i < pages->outline_count; i++) {
        const struct brv_outline_entry *entry = &pages->outline[i];
        brv_buf_printf(out, "  %d ", entry->level);
        brv_buf_add_json_string(out, entry->title);
        brv_buf_printf(out, " page %zu", entry->page + 1);
        add_number(out, entry->y_pt);
        brv_buf_add_byte(out, '\n');
    }
    if (pages->destination_count > 0) {
        brv_buf_add_cstr(out, "destinations\n");
    }
    for (size_t i = 0; i < pages->destination_count; i++) {
        const struct brv_destination *destination = &pages->destinations[i];
        brv_buf_printf(
            out, "  %" BRV_STR_F " page %zu", BRV_STR_ARG(destination->id), destination->page + 1);
        add_number(out, destination->y_pt);
        brv_buf_add_byte(out, '\n');
    }
}
