// Brevier — pictures in Word: how large they are, and the frame around what they show.
// SPDX-License-Identifier: MIT
#include "output/docx_picture.h"

#include "base/utf8.h"
#include "output/docx_build.h"
#include "output/docx_widths.h"
#include "output/docx_xml.h"

#include <float.h>
#include <math.h>

#define LEAST_PT 0.1f   // nothing shrinks to nothing
#define CELL_EDGES 0.2f // of a page: the header of a table and the edges of a row

// ---- what an element shows

bool brv_docx_is_picture(const struct brv_styled *element)
{
    enum brv_kind kind = brv_docx_kind(element);
    return kind == BRV_KIND_IMG || kind == BRV_KIND_DRAWING;
}

static float length_or(struct brv_length length, float reference_pt, float otherwise)
{
    return length.keyword == BRV_LENGTH_SET ? brv_length_resolve(length, reference_pt) : otherwise;
}

// Makes both sides smaller by one factor so that neither is over its limit.
static void shrink(struct docx_picture *picture, float most_width, float most_height)
{
    float across = fmaxf(most_width, LEAST_PT) / picture->width_pt;
    float down = fmaxf(most_height, LEAST_PT) / picture->height_pt;
    float scale = fminf(1, fminf(across, down));
    picture->width_pt *= scale;
    picture->height_pt *= scale;
}

// What stands beside it on its page: the depth of its line, the caption of the figure around, in a
// cell the header of the table.
static float height_beside(struct docx *docx, const struct brv_styled *element,
                           const struct docx_place *place)
{
    const int32_t width = place->width;
    float height = element->style->font_size / 2;
    height += place->in_table ? (float)docx->text_height / 20 * CELL_EDGES : 0;
    const struct brv_styled *figure = element->parent;
    while (figure && brv_docx_kind(figure) != BRV_KIND_FIGURE) {
        figure = figure->parent;
    }
    for (const struct brv_styled *child = figure ? figure->first : NULL; child;
         child = child->next) {
        if (brv_docx_kind(child) == BRV_KIND_FIGCAPTION) {
            float line = brv_docx_measure(docx, child).line;
            float lines = (float)(int)(line / (float)(width > 1 ? width : 1)) + 2; // ragged ends
            height += lines * brv_style_line_height_pt(child->style) +
                      brv_docx_margin_pt(child->style, DOCX_TOP, width) +
                      brv_docx_margin_pt(child->style, DOCX_BOTTOM, width) +
                      brv_docx_padding_pt(child->style, DOCX_TOP, width) +
                      brv_docx_padding_pt(child->style, DOCX_BOTTOM, width);
        }
    }
    return fminf(height, (float)docx->text_height / 40);
}

// The size that CSS gives it, in a column of this width; see layout/replaced.h. `beside` is left
// free on the page.
static void fit(const struct docx *docx, struct docx_picture *picture, float room, float beside)
{
    const struct brv_style *style = picture->source->style;
    float page = (float)docx->text_height / 20 - beside;
    float width = length_or(style->width, room, 0);
    float height = length_or(style->height, page + beside, 0);
    float most_width = length_or(style->max_width, room, room);
    float most_height = length_or(style->max_height, page + beside, page);
    if (width > 0 && height > 0 && picture->image) {
        picture->width_pt = fminf(width, most_width); // the style sets the proportions
        picture->height_pt = fminf(height, most_height);
    } else {
        float across = width > 0 ? width / picture->width_pt : FLT_MAX;
        float down = height > 0 ? height / picture->height_pt : FLT_MAX;
        float scale = width > 0 || height > 0 ? fminf(across, down) : 1;
        picture->width_pt *= scale;
        picture->height_pt *= scale;
        shrink(picture, most_width, most_height);
    }
    shrink(picture, room, page);
    picture->width_pt = fmaxf(picture->width_pt, LEAST_PT);
    picture->height_pt = fmaxf(picture->height_pt, LEAST_PT);
}

// False where the picture could not be had.
static bool find_picture(const struct docx *docx, const struct brv_styled *element, int32_t width,
                         float beside, struct docx_picture *picture)
{
    const struct brv_node *node = element->node;
    bool is_drawing = node->kind == BRV_KIND_DRAWING;
    if (is_drawing ? !node->drawing : !node->image) {
        return false;
    }
    picture->source = element;
    picture->image = is_drawing ? NULL : node->image;
    picture->drawing = is_drawing ? node->drawing : NULL;
    picture->width_pt = is_drawing ? node->drawing->width_pt : brv_image_width_pt(node->image);
    picture->height_pt = is_drawing ? node->drawing->height_pt : brv_image_height_pt(node->image);
    picture->width_pt = fmaxf(picture->width_pt, LEAST_PT);
    picture->height_pt = fmaxf(picture->height_pt, LEAST_PT);
    fit(docx, picture, (float)width / 20, beside);
    return true;
}

float brv_docx_picture_width_pt(const struct docx *docx, const struct brv_styled *element)
{
    struct docx_picture picture;
    return find_picture(docx, element, docx->text_width, 0, &picture) ? picture.width_pt : 0;
}

struct docx_picture *brv_docx_picture(struct docx *docx, const struct brv_styled *element,
                                      const struct docx_place *place)
{
    struct docx_picture picture;
    float beside = height_beside(docx, element, place);
    if (!find_picture(docx, element, place->width, beside, &picture)) {
        return NULL;
    }
    picture.id = ++docx->picture_count;
    struct docx_picture *kept = BRV_NEW(docx->arena, struct docx_picture);
    *kept = picture;
    return kept;
}

// ---- the image

// The package numbers its images from 1, whatever ids document, sheet and template gave them.
static unsigned image_number(const struct docx *docx, const struct brv_image *image)
{
    void **slot =
        brv_map_at(docx->image_numbers, brv_arena_printf(docx->arena, "%u", (unsigned)image->id));
    if (!*slot) {
        *slot = (void *)(uintptr_t)docx->image_numbers->count;
    }
    return (unsigned)(uintptr_t)*slot;
}

brv_str brv_docx_image_path(const struct docx *docx, const struct brv_image *image)
{
    return brv_arena_printf(docx->arena,
                            "media/image%u.%s",
                            image_number(docx, image),
                            image->format == BRV_IMAGE_PNG ? "png" : "jpeg");
}

static void name_image(const struct docx *docx, struct docx_part *part,
                       const struct brv_image *image)
{
    void **slot = brv_map_at(&part->image_ids, brv_docx_image_path(docx, image));
    if (!*slot) {
        *slot = part;
        BRV_PUSH(docx->arena, part->images, part->image_count, part->image_capacity) = image;
    }
}

// How EXIF's eight orientations turn and mirror what is stored: mirrored first, then turned.
struct turning {
    const char *attributes;
    bool is_sideways;
};

static struct turning turning_of(unsigned orientation)
{
    static const struct turning rows[] = {
        { "", false },
        { " flipH=\"1\"", false },
        { " rot=\"10800000\"", false },
        { " flipV=\"1\"", false },
        { " rot=\"5400000\" flipV=\"1\"", true },
        { " rot=\"5400000\"", true },
        { " rot=\"5400000\" flipH=\"1\"", true },
        { " rot=\"16200000\"", true },
    };
    return rows[orientation >= 1 && orientation <= BRV_COUNT(rows) ? orientation - 1 : 0];
}

static long long emu(float pt)
{
    return llroundf(pt * DOCX_EMU_PER_PT);
}

static void write_image(const struct docx *docx, struct brv_buf *out,
                        const struct docx_picture *picture)
{
    const struct brv_image *image = picture->image;
    struct turning turning = turning_of(image->orientation);
    float width = turning.is_sideways ? picture->height_pt : picture->width_pt;
    float height = turning.is_sideways ? picture->width_pt : picture->height_pt;
    brv_buf_printf(out,
                   "<a:graphicData "
                   "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>"
                   "<pic:nvPicPr><pic:cNvPr id=\"%d\" name=\"image%u\"/><pic:cNvPicPr/>"
                   "</pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rIdImage%u\"/>"
                   "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm%s>"
                   "<a:off x=\"0\" y=\"0\"/><a:ext cx=\"%lld\" cy=\"%lld\"/></a:xfrm>"
                   "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
                   "</a:graphicData>",
                   picture->id,
                   image_number(docx, image),
                   (unsigned)image->id,
                   turning.attributes,
                   emu(width),
                   emu(height));
}

// ---- in the line

// A picture on its side has its stored size; what it reaches beyond that is said beside.
static void write_extent(struct brv_buf *out, const struct docx_picture *picture)
{
    bool is_sideways = picture->image && turning_of(picture->image->orientation).is_sideways;
    long long width = emu(is_sideways ? picture->height_pt : picture->width_pt);
    long long height = emu(is_sideways ? picture->width_pt : picture->height_pt);
    long long beyond = is_sideways ? (height - width) / 2 : 0;
    long long across = beyond > 0 ? beyond : 0;
    long long down = beyond < 0 ? -beyond : 0;
    brv_buf_printf(out,
                   "<wp:extent cx=\"%lld\" cy=\"%lld\"/>"
                   "<wp:effectExtent l=\"%lld\" t=\"%lld\" r=\"%lld\" b=\"%lld\"/>",
                   width,
                   height,
                   across,
                   down,
                   across,
                   down);
}

// The words of a drawing in characters: nobody wants its bars and frames read out.
static brv_str words_of(struct brv_arena *arena, brv_str text)
{
    char *words = brv_arena_alloc(arena, text.len);
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t codepoint = brv_utf8_next(text, &at);
        bool is_line = codepoint >= 0x2500 && codepoint <= 0x259F;
        bool is_space = is_line || codepoint == ' ';
        if (is_space || codepoint == '\n') {
            len -= len > 0 && words[len - 1] == ' ';
            bool is_start = len == 0 || words[len - 1] == '\n';
            if (!is_start) {
                words[len++] = is_space ? ' ' : '\n';
            }
        } else {
            memcpy(words + len, text.ptr + from, at - from);
            len += at - from;
        }
    }
    return brv_str_trim((brv_str){ words, len });
}

// Whether a description has every word of a text that is not long.
static bool says_all(brv_str alt, brv_str text)
{
    enum { LONG_TEXT = 2000 };
    bool is_said = text.len <= LONG_TEXT;
    for (size_t end = 0, from = 0; from < text.len && is_said; from = end + 1) {
        for (end = from; end < text.len && !brv_is_space(text.ptr[end]);) {
            end++;
        }
        is_said = brv_str_find(alt, 0, brv_str_slice(text, from, end)) < alt.len || end == from;
    }
    return is_said;
}

// What it shows in words; of a drawing also what it says as text, as the data of a chart, unless
// that is in those words.
static brv_str description(const struct docx *docx, const struct docx_picture *picture)
{
    brv_str alt = brv_node_attr(picture->source->node, BRV_ATTR_ALT);
    brv_str text = picture->drawing ? words_of(docx->arena, picture->drawing->text) : BRV_S("");
    if (text.len == 0 || says_all(alt, text)) {
        return alt;
    }
    return brv_arena_printf(docx->arena,
                            "%" BRV_STR_F "%s%" BRV_STR_F,
                            BRV_STR_ARG(alt),
                            alt.len > 0 ? "\n" : "",
                            BRV_STR_ARG(text));
}

void brv_docx_write_picture(const struct docx *docx, struct docx_part *part, struct brv_buf *out,
                            const struct docx_picture *picture)
{
    brv_buf_add_cstr(out, "<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">");
    write_extent(out, picture);
    brv_buf_printf(out, "<wp:docPr id=\"%d\" name=\"Picture %d\"", picture->id, picture->id);
    brv_str title = brv_node_attr(picture->source->node, BRV_ATTR_TITLE);
    brv_xml_attr(out, "descr", description(docx, picture));
    if (title.len > 0) {
        brv_xml_attr(out, "title", title);
    }
    brv_buf_add_cstr(out, "/><wp:cNvGraphicFramePr/><a:graphic>");
    if (picture->image) {
        name_image(docx, part, picture->image);
        write_image(docx, out, picture);
    } else {
        brv_docx_write_drawing(docx, out, picture);
    }
    brv_buf_add_cstr(out, "</a:graphic></wp:inline></w:drawing>");
}
