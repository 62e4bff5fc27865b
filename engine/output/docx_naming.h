// Brevier — which style each format becomes, and what it is called.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_NAMING_H
#define BRV_OUTPUT_DOCX_NAMING_H

#include "output/docx_tree.h"

enum { DOCX_NAME_LIMIT = 60 }; // bytes of a style's name that fit Word's panes

// docx_intern.c — the style of each format.
struct docx_style *brv_docx_character_style(struct docx *docx, const struct docx_run_delta *delta,
                                            enum docx_role role, brv_str wanted, brv_str fallback,
                                            const struct docx_paragraph *home);
void brv_docx_style_flow(struct docx *docx, struct docx_flow *flow);
// What the sheet calls a paragraph, and whether that is a name of Word's. What it calls any text at
// all is not what it calls items, quotes and notes: their names are those of what is around.
void brv_docx_settle_wanted(struct docx *docx, struct docx_paragraph *paragraph);
// The style of this look and these names, NULL when there is none.
struct docx_style *brv_docx_find_style(const struct docx *docx, const struct docx_style *sample);
// Whether styles of a role differ by the level of a list.
bool brv_docx_is_levelled(enum docx_role role);
// docx_plain.c — the element around or of a source that makes its look no longer that of its role;
// TEXT: none does.
enum brv_kind brv_docx_odd_kind(enum docx_role role, const struct brv_styled *source);
bool brv_docx_is_odd(enum docx_role role, const struct brv_styled *source);
// Whether a style is that of a frame or of what a class names.
bool brv_docx_is_special(const struct docx_style *style);
// Whether an element is or stands in an item of a list, not one that a sheet makes an item.
bool brv_docx_is_in_list(const struct brv_styled *source);
// Whether a style whose only name is its role's may have that: not one that the sheet names.
bool brv_docx_may_take_role(const struct docx_style *style);
// Whether `a` has more right to it than `b`: the plainer one, then the commoner.
bool brv_docx_is_better(const struct docx_style *a, const struct docx_style *b);
// docx_naming.c — their names.
void brv_docx_name_styles(struct docx *docx);
// docx_taken.c — names and ids as Word tells them, without their case. What takes one returns false
// where another style has it.
bool brv_docx_take_name(struct docx *docx, brv_str name, struct docx_style *style);
bool brv_docx_take_id(struct docx *docx, brv_str id, struct docx_style *style);
// The style that has a name, or NULL.
struct docx_style *brv_docx_holder_of_name(struct docx *docx, brv_str name);
// Takes a name, "… Variant 2" where that is another's or the template has it.
brv_str brv_docx_take_free_name(struct docx *docx, brv_str wanted, struct docx_style *style);
// Takes the id that Word would make of a name, "…V2" where that is another's.
brv_str brv_docx_take_free_id(struct docx *docx, brv_str name, struct docx_style *style);
// docx_difference.c — a name that says what tells a style from the `other` that has this one; the
// same where nothing does that has a word.
brv_str brv_docx_tell_apart(struct docx *docx, const struct docx_style *style,
                            const struct docx_style *other, brv_str name);
// Whether a cell's text is what `base` is but for where its lines stand, and it has no class to say
// why.
bool brv_docx_is_column(const struct docx_style *style, const struct docx_style *base);
// docx_share.c — styles that look alike become one; before they are named.
void brv_docx_share_styles(struct docx *docx);
// A running head finds its text by the name of one style: what stands there in another look, as a
// "Heading 2 Next" would, has that style, and its paragraphs say themselves what sets them apart.
// False for a style of a name of its own.
bool brv_docx_share_name(struct docx *docx, struct docx_style *style, struct docx_style *base);
// What has the name of its role where a template's style of that name has other tab stops: the same
// without any, which `style` then differs from in these.
struct docx_style *brv_docx_without_stops(struct docx *docx, struct docx_style *style);
// Gives styles of text in two roles one of the two as a base; when all are named.
void brv_docx_base_characters(struct docx *docx);
// The style of a paragraph typed after one of this style, by the role that follows its own; NULL:
// the same. `heads` are the styles that have the names of their roles.
const struct docx_style *brv_docx_next_style(const struct docx *docx,
                                             const struct docx_style *style, enum docx_role role,
                                             const struct docx_style *const *heads);
// What a style of text states itself, of what its base does not state alike.
uint32_t brv_docx_own_members(const struct docx_style *style);
enum docx_style_type brv_docx_role_type(enum docx_role role);
// docx_names.c — a name that Word's dialogs take: no commas, at most 60 bytes.
brv_str brv_docx_name_clean(struct docx *docx, brv_str name);
// "section.key-details > table" → "Key Details Table".
brv_str brv_docx_name_from_selector(struct docx *docx, brv_str selector);
// The class of a table that only rules for its cells name: "Zebra" of "table.zebra td".
brv_str brv_docx_name_from_cells(struct docx *docx, const struct docx_table *table);
// "key-details" → "Key Details".
brv_str brv_docx_name_from_class(struct docx *docx, brv_str name);
// Whether the rule of an element is for a class of its own.
bool brv_docx_is_meant(const struct brv_styled *element);
// The name of an element's class: of the classes that its rule names, else of its first.
brv_str brv_docx_class_name(struct docx *docx, const struct brv_styled *element);
// "callout" → "Callout": a name that begins with capitals, as those of our own do.
brv_str brv_docx_capitalised(struct docx *docx, const char *name);
// "Callout Text", without saying one word twice.
brv_str brv_docx_joined_name(struct docx *docx, brv_str first, brv_str second);
// What a style is called by where its paragraph stands; may be empty.
brv_str brv_docx_context_name(struct docx *docx, const struct docx_paragraph *paragraph);
// "Quote List Bullet": what a style is called whose look an element around gives it; `base` is what
// it is without that.
brv_str brv_docx_odd_name(struct docx *docx, enum brv_kind around, brv_str base);
const char *brv_docx_role_name(enum docx_role role);

// docx_list_style.c — numbering that styles carry, so that paragraphs need not name it.
// Whether a paragraph's style says all of its numbering.
bool brv_docx_is_numbered_by_style(const struct docx_paragraph *paragraph);
// Whether a marker is the box of a task, and whether a style has one.
bool brv_docx_is_box(brv_str mark);
bool brv_docx_is_task(const struct docx_style *style);
// The word for its number, bullet or box.
const char *brv_docx_mark_word(const struct docx_style *style);
// Chooses for each level of a numbering the style that carries it: `style` when it is its role's
// own or better than the one so far.
void brv_docx_offer_numbering(struct docx_style *style, bool is_primary,
                              bool (*is_better)(const struct docx_style *,
                                                const struct docx_style *));
// Whether its paragraphs have numbers, by itself or by what it is based on.
bool brv_docx_is_numbered(const struct docx_style *style);
// The style that `style` inherits its numbering from, for which it gives up its own; NULL when it
// carries it itself.
struct docx_style *brv_docx_numbering_base(struct docx_style *style);
// Leaves the bullets of a style that is a template's to the template.
void brv_docx_adopt_numbering(const struct docx *docx, struct docx_style *style);
// Whether a list of a name that another has begins to count anew, and what its style is called.
bool brv_docx_begins_anew(const struct docx_style *style, const struct docx_style *first);
brv_str brv_docx_restart_name(struct docx *docx, struct docx_style *first);
// What a style is called that differs from `base` in little but its numbering; empty when in more.
brv_str brv_docx_list_style_name(struct docx *docx, const struct docx_style *style,
                                 struct docx_style *base);

#endif
