// Brevier — the content of paragraphs as XML: runs, fields, bookmarks, links.
//
// Fields have fixed instructions; the only names in them are made by ourselves (a bookmark, a
// style), and the results that stand in them are those of our own layout, or none.
// SPDX-License-Identifier: MIT
#include "output/docx_naming.h"
#include "output/docx_picture.h"
#include "output/docx_styles.h"
#include "output/docx_write.h"
#include "output/docx_xml.h"

// ---- runs

static void write_lang(struct docx_writer *writer, const struct docx_inline *item)
{
    if (item->lang.len == 0 || brv_str_equal_nocase(item->lang, writer->docx->lang)) {
        return;
    }
    brv_str lang = brv_docx_lang(item->lang);
    brv_buf_add_cstr(writer->out, "<w:lang");
    brv_xml_attr(writer->out,
                 item->is_rtl || brv_docx_lang_is_complex(lang) ? "w:bidi"
                 : brv_docx_lang_is_east_asian(lang)            ? "w:eastAsia"
                                                                : "w:val",
                 lang);
    brv_buf_add_cstr(writer->out, "/>");
}

// What text of a paragraph that speaks for itself has beyond the paragraph's style and its own.
static void write_direct(struct docx_writer *writer, const struct docx_inline *item)
{
    const struct docx_style *style = writer->direct;
    struct docx_run_delta delta =
        brv_docx_run_delta(&style->base->paragraph.run, &style->paragraph.run);
    uint32_t members = delta.members & ~(item->style ? item->style->run.members : 0);
    brv_docx_write_run_members(
        writer->docx, writer->out, &delta.format, members, DOCX_RUN_OF_HEADING);
}

static void open_run(struct docx_writer *writer, const struct docx_inline *item)
{
    struct brv_buf *out = writer->out;
    brv_buf_add_cstr(out, "<w:r>");
    size_t start = out->len;
    brv_buf_add_cstr(out, "<w:rPr>");
    size_t open = out->len;
    if (item->style) {
        brv_xml_val_str(out, "w:rStyle", item->style->id);
    }
    if (writer->direct) {
        write_direct(writer, item);
    }
    if (item->is_rtl) {
        brv_buf_add_cstr(out, "<w:rtl/>");
    }
    write_lang(writer, item);
    if (out->len == open) {
        out->len = start;
    } else {
        brv_buf_add_cstr(out, "</w:rPr>");
    }
}

static void close_run(struct docx_writer *writer)
{
    brv_buf_add_cstr(writer->out, "</w:r>");
}

static void write_t(struct docx_writer *writer, brv_str text)
{
    if (text.len == 0) {
        return;
    }
    brv_buf_add_cstr(writer->out,
                     brv_xml_loses_space(text) ? "<w:t xml:space=\"preserve\">" : "<w:t>");
    brv_xml_text(writer->out, text);
    brv_buf_add_cstr(writer->out, "</w:t>");
}

// Text with its soft hyphens as elements: Word prints the character as a hyphen.
static void write_text(struct docx_writer *writer, brv_str text)
{
    brv_str soft_hyphen = BRV_S("\xC2\xAD");
    if (brv_str_find_byte(text, 0, soft_hyphen.ptr[0]) == text.len) { // as nearly all
        write_t(writer, text);
        return;
    }
    for (size_t from = 0; from <= text.len;) {
        size_t at = brv_str_find(text, from, soft_hyphen);
        write_t(writer, brv_str_slice(text, from, at));
        if (at == text.len) {
            return;
        }
        brv_buf_add_cstr(writer->out, "<w:softHyphen/>");
        from = at + soft_hyphen.len;
    }
}

// ---- fields

static const char *page_switch(enum brv_list_style style)
{
    switch (style) {
    case BRV_LIST_LOWER_ALPHA:
        return " \\* alphabetic";
    case BRV_LIST_UPPER_ALPHA:
        return " \\* ALPHABETIC";
    case BRV_LIST_LOWER_ROMAN:
        return " \\* roman";
    case BRV_LIST_UPPER_ROMAN:
        return " \\* ROMAN";
    case BRV_LIST_NONE:
    case BRV_LIST_DISC:
    case BRV_LIST_CIRCLE:
    case BRV_LIST_SQUARE:
    case BRV_LIST_DECIMAL:
    case BRV_LIST_DECIMAL_LEADING_ZERO:
    case BRV_LIST_STRING:
        break;
    }
    return "";
}

static void write_mark(struct docx_writer *writer, const struct docx_inline *item, const char *type)
{
    open_run(writer, item);
    brv_buf_add_cstr(writer->out, "<w:fldChar w:fldCharType=\"");
    brv_buf_add_cstr(writer->out, type);
    brv_buf_add_cstr(writer->out, "\"/>");
    close_run(writer);
}

static void write_instruction(struct docx_writer *writer, const struct docx_inline *item,
                              const char *instruction, brv_str argument, const char *switches)
{
    struct brv_buf *out = writer->out;
    write_mark(writer, item, "begin");
    open_run(writer, item);
    brv_buf_add_cstr(out, "<w:instrText xml:space=\"preserve\"> ");
    brv_buf_add_cstr(out, instruction);
    brv_xml_text(out, argument);
    brv_buf_add_cstr(out, switches);
    brv_buf_add_cstr(out, " </w:instrText>");
    close_run(writer);
}

// begin, instruction, separator, result, end: five runs of one style. Without a result, which only
// a layout could know, the field says nothing until Word has counted its pages.
static void write_field(struct docx_writer *writer, const struct docx_inline *item,
                        const char *instruction, brv_str argument, const char *switches,
                        brv_str result)
{
    write_instruction(writer, item, instruction, argument, switches);
    if (result.len > 0) {
        write_mark(writer, item, "separate");
        open_run(writer, item);
        write_text(writer, result);
        close_run(writer);
    }
    write_mark(writer, item, "end");
}

// A number of pages as the field's switch would show it.
static brv_str in_style(const struct docx_writer *writer, const struct docx_inline *item,
                        size_t number)
{
    struct brv_list_marker marker;
    memset(&marker, 0, sizeof marker);
    marker.style = item->number;
    return *page_switch(item->number) ? brv_counter_text(writer->docx->arena, &marker, (int)number)
                                      : brv_arena_printf(writer->docx->arena, "%zu", number);
}

// The number of the first page that shows what is written; nothing where nobody knows it.
static brv_str shown_page(const struct docx_writer *writer, const struct docx_inline *item)
{
    return writer->page_number >= 0 ? in_style(writer, item, (size_t)writer->page_number)
                                    : (brv_str){ 0 };
}

static void write_run(struct docx_writer *writer, const struct docx_inline *item, brv_str text)
{
    if (text.len > 0) {
        open_run(writer, item);
        write_text(writer, text);
        close_run(writer);
    }
}

// A string of the sheet as a field that finds its style's text, with the sheet's words around it;
// or as it stands.
static void write_string(struct docx_writer *writer, const struct docx_inline *item)
{
    const struct docx_string *string = item->string;
    const struct docx_style *style = string->style;
    if (!style && string->home) {
        style = string->home->style;
    }
    // Word knows "Title" by that name in English only, and shows an error where it does not.
    if (!style || string->is_mixed || style->role == DOCX_ROLE_TITLE) {
        write_run(writer, item, item->text);
        return;
    }
    // Built-in headings by number, which is right in every language of Word.
    bool is_heading = brv_docx_is_heading_role(style->role) &&
                      brv_str_is(style->name, brv_docx_role_name(style->role));
    brv_str argument =
        is_heading
            ? brv_arena_printf(
                  writer->docx->arena, "%d", (int)(style->role - DOCX_ROLE_HEADING_1) + 1)
            : brv_arena_printf(writer->docx->arena, "\"%" BRV_STR_F "\"", BRV_STR_ARG(style->name));
    brv_str value =
        brv_str_slice(item->text, string->before.len, item->text.len - string->after.len);
    write_run(writer, item, string->before);
    // Word looks for the first on the page, else before it; with \l for the last.
    const char *from = item->place == BRV_STRING_LAST ? " \\l" : "";
    write_field(writer, item, "STYLEREF ", argument, from, value);
    write_run(writer, item, string->after);
}

static const struct docx_bookmark *find_target(const struct docx *docx, brv_str href)
{
    if (href.len < 2 || href.ptr[0] != '#') {
        return NULL;
    }
    return brv_map_find(&docx->bookmarks, brv_str_slice(href, 1, href.len));
}

// ---- inline items

static void write_bookmark(struct docx_writer *writer, const struct docx_bookmark *bookmark,
                           bool start)
{
    brv_buf_add_cstr(writer->out, start ? "<w:bookmarkStart" : "<w:bookmarkEnd");
    brv_xml_attr_int(writer->out, "w:id", bookmark->number);
    if (start) {
        brv_xml_attr(writer->out, "w:name", bookmark->name);
    }
    brv_buf_add_cstr(writer->out, "/>");
}

// The page of a bookmark. A page that has a label of its own keeps it.
static void write_page_of(struct docx_writer *writer, const struct docx_inline *item, brv_str name)
{
    size_t number = 0;
    brv_str label =
        brv_str_to_size(item->field, &number) ? in_style(writer, item, number) : item->field;
    brv_str switches = brv_arena_printf(writer->docx->arena, " \\h%s", page_switch(item->number));
    write_field(writer, item, "PAGEREF ", name, switches.ptr, label);
}

// Whether a bookmark holds this text and nothing else, so that Word makes the same of a REF to it.
static bool holds_text(const struct docx_bookmark *bookmark, brv_str text)
{
    const struct docx_inline *item = bookmark->home->first;
    while (item && item->bookmark != bookmark) {
        item = item->next;
    }
    struct brv_buf held = { 0 };
    bool is_text = item != NULL;
    for (; item; item = item->next) {
        is_text &= item->kind == DOCX_TEXT || item->kind == DOCX_BOOKMARK;
        brv_buf_add_str(&held, item->kind == DOCX_TEXT ? item->text : (brv_str){ 0 });
    }
    is_text &= brv_str_equal(brv_str_trim(brv_buf_str(&held)), brv_str_trim(text));
    brv_buf_deinit(&held);
    return is_text;
}

static void write_text_of(struct docx_writer *writer, const struct docx_inline *item)
{
    const struct docx_bookmark *target = find_target(writer->docx, item->field);
    if (target && holds_text(target, item->text)) {
        write_field(writer, item, "REF ", target->name, " \\h", item->text);
        return;
    }
    write_run(writer, item, item->text);
}

static void write_item(struct docx_writer *writer, const struct docx_inline *item)
{
    struct brv_buf *out = writer->out;
    const brv_str none = { 0 };
    const struct brv_pages *pages = writer->docx->job->pages;
    switch (item->kind) {
    case DOCX_BOOKMARK:
        write_bookmark(writer, item->bookmark, true);
        return;
    case DOCX_PAGE:
        write_field(
            writer, item, "PAGE", none, page_switch(item->number), shown_page(writer, item));
        return;
    case DOCX_PAGE_COUNT:
        write_field(writer,
                    item,
                    "NUMPAGES",
                    none,
                    page_switch(item->number),
                    pages ? in_style(writer, item, pages->page_count) : none);
        return;
    case DOCX_PAGE_OF: {
        const struct docx_bookmark *target = find_target(writer->docx, item->text);
        if (target) {
            write_page_of(writer, item, target->name);
        }
        return;
    }
    case DOCX_TEXT_OF:
        write_text_of(writer, item);
        return;
    case DOCX_STYLE_OF:
        write_string(writer, item);
        return;
    case DOCX_SEQUENCE:
        write_field(writer, item, "SEQ ", item->field, " \\* ARABIC", item->text);
        return;
    case DOCX_FIELD:
        write_instruction(writer, item, "", item->field, "");
        write_mark(writer, item, "separate");
        return;
    case DOCX_FIELD_END:
        write_mark(writer, item, "end");
        return;
    case DOCX_TEXT:
        write_run(writer, item, item->text);
        return;
    case DOCX_PICTURE:
        open_run(writer, item);
        brv_docx_write_picture(writer->docx, writer->part, out, item->picture);
        close_run(writer);
        return;
    case DOCX_TAB:
        open_run(writer, item);
        brv_buf_add_cstr(out, "<w:tab/>");
        close_run(writer);
        return;
    case DOCX_LINE_BREAK:
        open_run(writer, item);
        brv_buf_add_cstr(out, "<w:br/>");
        close_run(writer);
        return;
    case DOCX_NOTE:
        open_run(writer, item);
        brv_buf_printf(out,
                       "<w:footnoteReference%s w:id=\"%d\"/>",
                       item->text.len > 0 ? " w:customMarkFollows=\"1\"" : "",
                       item->note->id);
        write_text(writer, item->text);
        close_run(writer);
        return;
    case DOCX_NOTE_OF:
        write_field(writer, item, "NOTEREF ", item->bookmark->name, " \\h", item->text);
        return;
    case DOCX_NOTE_END:
        write_bookmark(writer, item->bookmark, false);
        return;
    case DOCX_NOTE_MARK:
        open_run(writer, item);
        brv_buf_add_cstr(out, "<w:footnoteRef/>");
        close_run(writer);
        return;
    }
}

// The number of an address among the part's links.
static size_t link_number(struct docx_writer *writer, brv_str address)
{
    struct docx_part *part = writer->part;
    void **slot = brv_map_at(&part->numbers, address);
    if (!*slot) {
        BRV_PUSH(writer->docx->arena, part->addresses, part->count, part->capacity) = address;
        *slot = (void *)(uintptr_t)part->count;
    }
    return (size_t)(uintptr_t)*slot;
}

// True when a hyperlink was opened.
static bool open_link(struct docx_writer *writer, const struct docx_link *link)
{
    if (!link) {
        return false;
    }
    if (link->target.ptr[0] == '#') {
        const struct docx_bookmark *target = find_target(writer->docx, link->target);
        if (!target) {
            return false;
        }
        brv_buf_add_cstr(writer->out, "<w:hyperlink");
        brv_xml_attr(writer->out, "w:anchor", target->name);
    } else {
        brv_buf_printf(
            writer->out, "<w:hyperlink r:id=\"rIdLink%zu\"", link_number(writer, link->target));
    }
    if (link->title.len > 0) {
        brv_xml_attr(writer->out, "w:tooltip", link->title);
    }
    brv_buf_add_cstr(writer->out, " w:history=\"1\">");
    return true;
}

void brv_docx_write_items(struct docx_writer *writer, const struct docx_paragraph *paragraph)
{
    const struct docx_link *link = NULL;
    bool is_open = false;
    writer->direct = paragraph->style->is_direct ? paragraph->style : NULL;
    for (const struct docx_inline *item = paragraph->first; item; item = item->next) {
        bool is_mark = item->kind == DOCX_BOOKMARK || item->kind == DOCX_NOTE_END;
        if (!is_mark && item->link != link) {
            if (is_open) {
                brv_buf_add_cstr(writer->out, "</w:hyperlink>");
            }
            link = item->link;
            is_open = open_link(writer, link);
        }
        write_item(writer, item);
    }
    if (is_open) {
        brv_buf_add_cstr(writer->out, "</w:hyperlink>");
    }
    for (const struct docx_inline *item = paragraph->first; item; item = item->next) {
        if (item->kind == DOCX_BOOKMARK && !item->bookmark->note) {
            write_bookmark(writer, item->bookmark, false);
        }
    }
}
