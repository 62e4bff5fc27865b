// Brevier — frames that stand one below the other.
//
// Word draws one frame around neighbours of equal borders, fill and indents: two paragraphs of a
// callout, but two callouts as well. It looks at nothing else, so the second of two frames that are
// to stay two has a style of its own, "Callout Text Next", whose indent and colour differ by a
// hair; the third has the first one's style again.
// SPDX-License-Identifier: MIT
#include "output/docx_tree.h"

static bool is_framed(const struct docx_paragraph_format *format)
{
    bool has_border = format->shade != DOCX_NO_COLOR;
    for (int side = DOCX_TOP; side <= DOCX_RIGHT; side++) {
        has_border |= format->borders[side].style != BRV_BORDER_NONE;
    }
    // What has a line between itself and its like is not joined.
    return has_border && format->borders[DOCX_BETWEEN].style == BRV_BORDER_NONE;
}

// The element that the frame around a paragraph belongs to.
static const struct brv_styled *frame_of(const struct docx_paragraph *paragraph)
{
    const struct brv_styled *source = paragraph->source;
    return source && brv_docx_has_frame(source->style) ? source : paragraph->place;
}

static bool looks_like_one(const struct docx_paragraph_format *a,
                           const struct docx_paragraph_format *b)
{
    return a->left == b->left && a->right == b->right && a->shade == b->shade &&
           memcmp(a->borders, b->borders, sizeof a->borders) == 0;
}

void brv_docx_part_neighbours(struct docx_flow *flow)
{
    const struct docx_paragraph *before = NULL;
    bool is_next = false;
    for (struct docx_block *block = flow->first; block; block = block->next) {
        struct docx_paragraph *paragraph = block->paragraph;
        if (!paragraph || !is_framed(paragraph->format)) {
            before = NULL;
            continue;
        }
        bool is_same_frame = before && frame_of(before) == frame_of(paragraph);
        if (!is_same_frame) {
            is_next = before && !is_next && looks_like_one(before->format, paragraph->format);
        }
        paragraph->is_next = is_next;
        before = paragraph;
    }
}
