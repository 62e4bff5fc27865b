// Brevier — titles and kinds.
// SPDX-License-Identifier: MIT
#include "load/title.h"

#include "base/buf.h"

enum { KIND_BYTES_MAX = 64 };

// What analyses are called at the head of their titles.
static const char *const kind_titles[] = {
    "Advisory",
    "Alert",
    "Analysis",
    "Assessment",
    "Briefing",
    "Campaign",
    "Case Study",
    "Data Breach",
    "Data Leak",
    "Exploit",
    "Guidance",
    "Incident",
    "Incident Report",
    "Indicators",
    "Industry News",
    "Law Enforcement",
    "Legislation",
    "Malware",
    "Market News",
    "Mitigation",
    "News",
    "Opinion",
    "Phishing",
    "Policy",
    "Product",
    "Ransomware",
    "Regulation",
    "Report",
    "Research",
    "Research Paper",
    "Security Advisory",
    "Security News",
    "Supply Chain",
    "Technique",
    "Technology",
    "Threat",
    "Threat Actor",
    "Threat Intelligence",
    "Threat Report",
    "Tool",
    "Trend",
    "Tutorial",
    "Vulnerability",
    "Vulnerability Report",
    "Zero Day",
    "Zero-Day",
};

// Whether a title of the list, letters with single spaces or hyphens between them, has this slug.
static bool has_slug(const char *title, brv_str slug)
{
    size_t i = 0;
    while (i < slug.len && title[i] != '\0' &&
           (title[i] == ' ' ? '-' : brv_to_lower(title[i])) == slug.ptr[i]) {
        i++;
    }
    return i == slug.len && title[i] == '\0';
}

static const char *find_title(brv_str slug)
{
    for (size_t i = 0; i < BRV_COUNT(kind_titles); i++) {
        if (has_slug(kind_titles[i], slug)) {
            return kind_titles[i];
        }
    }
    return NULL;
}

static brv_str metadata_kind(const struct brv_document *document)
{
    const struct brv_meta *meta = brv_document_meta(document, BRV_S("kind"));
    return meta && meta->value_count > 0 ? brv_str_trim(meta->values[0]) : (brv_str){ 0 };
}

static bool is_kind(const struct brv_document *document, struct brv_arena *arena, brv_str text)
{
    if (text.len == 0 || text.len > KIND_BYTES_MAX) {
        return false;
    }
    brv_str slug = brv_slug(arena, text);
    brv_str named = metadata_kind(document);
    return find_title(slug) || (named.len > 0 && brv_str_equal(slug, brv_slug(arena, named)));
}

// The name of a kind that only its slug or the author's word is known for: words as written, or
// "zero-day" as "Zero Day".
static brv_str title_of_kind(struct brv_arena *arena, brv_str kind)
{
    const char *known = find_title(brv_slug(arena, kind));
    if (known) {
        return brv_str_from_cstr(known);
    }
    if (!brv_str_equal(kind, brv_slug(arena, kind))) {
        return kind;
    }
    char *title = brv_arena_cstr(arena, kind);
    for (size_t i = 0; i < kind.len; i++) {
        if (title[i] == '-') {
            title[i] = ' ';
        } else if ((i == 0 || title[i - 1] == ' ') && title[i] >= 'a' && title[i] <= 'z') {
            title[i] = (char)(title[i] - 'a' + 'A');
        }
    }
    return (brv_str){ title, kind.len };
}

// Where the first colon that parts words ends, and starts: "Kind: Title", "Kind：Title".
static bool find_colon(brv_str text, size_t *start, size_t *end)
{
    size_t narrow = brv_str_find_byte(text, 0, ':');
    size_t wide = brv_str_find(text, 0, BRV_S("：")); // full width
    *start = narrow < wide ? narrow : wide;
    *end = narrow < wide ? narrow + 1 : wide + strlen("：");
    bool is_colon = *start < text.len;
    return is_colon && (wide < narrow || *end == text.len || brv_is_space(text.ptr[*end]));
}

// Cuts text[0, from) and the white space after it off a text node.
static void cut_start(struct brv_node *node, size_t from)
{
    while (from < node->text.len && brv_is_space(node->text.ptr[from])) {
        from++;
    }
    if (node->span.length == node->text.len) {
        node->span.offset += (uint32_t)from;
        node->span.length -= (uint32_t)from;
    }
    node->text = brv_str_slice(node->text, from, node->text.len);
    if (node->text.len == 0) {
        brv_node_remove(node);
    }
}

struct brv_section *brv_document_title_section(const struct brv_document *document)
{
    for (struct brv_section *at = document->first; at; at = at->next) {
        if (brv_str_is(at->slug, "title")) {
            return at;
        }
    }
    return NULL;
}

void brv_title_take_kind(struct brv_document *document, struct brv_arena *arena)
{
    struct brv_section *section = brv_document_title_section(document);
    struct brv_node *heading = section ? section->heading : NULL;
    struct brv_node *first = heading ? heading->first : NULL;
    if (!first) {
        return;
    }
    // "# **Kind:** Title" is as usual as "# Kind: Title".
    bool is_marked = first->kind == BRV_KIND_STRONG || first->kind == BRV_KIND_EM;
    struct brv_node *holder = is_marked ? first->first : first;
    size_t start;
    size_t end;
    if (!holder || holder->kind != BRV_KIND_TEXT || !find_colon(holder->text, &start, &end)) {
        return;
    }
    brv_str kind = brv_str_trim(brv_str_slice(holder->text, 0, start));
    bool is_all = brv_str_trim(brv_str_slice(holder->text, end, holder->text.len)).len == 0;
    if (!is_kind(document, arena, kind) || (is_marked && (!is_all || holder->next)) ||
        (is_all && !first->next)) {
        return; // no kind, or a title that would be left empty
    }
    document->kind_title = kind;
    if (!is_marked) {
        cut_start(first, end);
        return;
    }
    struct brv_node *rest = first->next;
    brv_node_remove(first);
    if (rest->kind == BRV_KIND_TEXT) {
        cut_start(rest, 0);
    }
}

// Takes the kind off the metadata's title when it is the analysis's own, or the only one named.
static void take_kind_of_metadata(struct brv_document *document, struct brv_arena *arena)
{
    size_t start;
    size_t end;
    if (!find_colon(document->title, &start, &end)) {
        return;
    }
    brv_str kind = brv_str_trim(brv_str_slice(document->title, 0, start));
    brv_str rest = brv_str_trim(brv_str_slice(document->title, end, document->title.len));
    if (rest.len == 0 || !is_kind(document, arena, kind)) {
        return;
    }
    if (document->kind_title.len == 0) {
        document->kind_title = kind;
    }
    if (brv_str_equal(brv_slug(arena, kind), brv_slug(arena, document->kind_title))) {
        document->title = rest;
    }
}

// The title section of a text that has its title in the metadata only. It stands first, where the
// metadata stands.
static void add_title_section(struct brv_document *document, struct brv_arena *arena)
{
    struct brv_span span = brv_document_meta(document, BRV_S("title"))->value_span;
    struct brv_section *section = BRV_NEW(arena, struct brv_section);
    section->slug = BRV_S("title");
    section->level = 1;
    section->span = span;
    section->blocks = brv_node_new(arena, BRV_KIND_DIV, span);
    section->heading = brv_node_new(arena, BRV_KIND_H1, span);
    brv_node_append(section->heading, brv_node_new_text(arena, document->title, span));
    section->next = document->first;
    document->first = section;
    if (!document->last) {
        document->last = section;
    }
}

void brv_document_finish(struct brv_document *document, struct brv_arena *arena)
{
    take_kind_of_metadata(document, arena);
    if (document->title.len > 0 && !brv_document_title_section(document)) {
        add_title_section(document, arena);
    }
    brv_str named = metadata_kind(document);
    if (document->kind_title.len == 0 && named.len > 0) {
        document->kind_title = title_of_kind(arena, named);
    }
    brv_str kind = named.len > 0 ? named : document->kind_title;
    document->kind = kind.len > 0 ? brv_slug(arena, kind) : BRV_S("analysis");
    brv_document_index(document, arena);
    struct brv_section *title = brv_document_title_section(document);
    if (document->title.len == 0 && title) {
        document->title = title->title;
    }
}
