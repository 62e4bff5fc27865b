// Brevier — what plugins add to a whole document: covers, appendices, transforms.
// SPDX-License-Identifier: MIT
#include "plugin/elements.h"
#include "plugin/entry.h"
#include "plugin/result.h"
#include "plugin/run.h"
#include "plugin/view.h"

// [result] Reads it when there is one. Reading is bounded by the budget of nodes and by gas: the
// clock is not asked.
static void read_result(lua_State *L, struct brv_call *call, size_t own_nodes)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    const struct brv_node *subject = call->task->subject;
    call->is_left_to_default = lua_isnil(L, 1);
    if (call->is_left_to_default)
        return;
    struct brv_host_work work = brv_host_work_begin(box);
    brv_elements_read(L,
                      1,
                      call->result,
                      &(struct brv_elements_reading){
                          .what = call->returned,
                          .span = call->task->place,
                          .budget = own_nodes + box->limits.plugin_nodes,
                          .around = subject ? subject->parent : NULL,
                      });
    brv_host_work_end(box, work);
}

// [call] A body for the gate.
static int call_pages(lua_State *L, enum brv_entry entry, const char *returned)
{
    struct brv_call *call = lua_touserdata(L, 1);
    call->returned = returned;
    lua_settop(L, 0);
    brv_entry_push(L, entry);
    brv_view_push(L, &brv_view_context, call); // [function context]
    lua_call(L, 1, 1);                         // [result]
    read_result(L, call, 0);
    return 0;
}

static int call_cover(lua_State *L)
{
    return call_pages(L, BRV_ENTRY_COVER, "cover returned");
}

static int call_appendix(lua_State *L)
{
    return call_pages(L, BRV_ENTRY_APPENDIX, "appendix returned");
}

// [call] A body for the gate.
static int call_transform(lua_State *L)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    struct brv_call *call = lua_touserdata(L, 1);
    call->returned = "transform returned";
    lua_settop(L, 0);
    brv_entry_push(L, BRV_ENTRY_TRANSFORM);
    struct brv_host_work work = brv_host_work_begin(box);
    brv_element_push(L, call->task->subject);
    brv_host_work_end(box, work);
    brv_view_push(L, &brv_view_context, call); // [transform subject context]
    lua_call(L, 2, 1);                         // [result]
    read_result(L, call, brv_run_node_count(call->task->subject));
    return 0;
}

static bool is_for_kind(const struct brv_plugin_info *info, brv_str kind)
{
    for (size_t i = 0; i < info->kind_count; i++)
        if (brv_str_equal(info->kinds[i], kind))
            return true;
    return info->kind_count == 0;
}

// The pages that a plugin adds, in a div that stylesheets can find.
static struct brv_node *make_pages(struct brv_run *run, size_t index, lua_CFunction body,
                                   const char *what, brv_str doing, enum brv_status *status,
                                   struct brv_sink *sink)
{
    struct brv_run_task task = { .doing = doing };
    struct brv_call call;
    if (brv_run_call(run, index, body, &task, &call, sink) ||
        brv_run_check(run, index, &call, sink)) {
        *status = BRV_FAILED;
        return NULL;
    }
    if (call.is_left_to_default || !call.result->first)
        return NULL;
    struct brv_node *pages = brv_node_new(run->arena, BRV_KIND_DIV, task.place);
    brv_node_set(run->arena, pages, BRV_ATTR_CLASS, brv_str_from_cstr(what));
    brv_result_move(call.result, pages);
    return pages;
}

static enum brv_status add_pages(struct brv_run *run, struct brv_node *article, bool *is_changed,
                                 struct brv_sink *sink)
{
    enum brv_status status = BRV_OK;
    struct brv_node *front = article->first; // covers stand before it, in the order of the plugins
    for (size_t i = 0; i < run->host->plugin_count; i++) {
        const struct brv_plugin_info *info = &run->host->plugins[i].manifest->info;
        if (!is_for_kind(info, run->document->kind))
            continue;
        struct brv_node *cover =
            info->has_cover
                ? make_pages(run, i, call_cover, "cover", BRV_S("making a cover"), &status, sink)
                : NULL;
        if (cover && front)
            brv_node_insert_before(front, cover);
        else if (cover)
            brv_node_append(article, cover);
        struct brv_node *appendix =
            info->has_appendix
                ? make_pages(
                      run, i, call_appendix, "appendix", BRV_S("making an appendix"), &status, sink)
                : NULL;
        if (appendix)
            brv_node_append(article, appendix);
        *is_changed |= cover || appendix;
    }
    return status;
}

// What a transform works on.
struct wanted {
    bool is_any_kind;
    enum brv_kind kind;
    brv_str class; // empty: with any or none
};

// Of "element", ".class" or "element.class".
static struct wanted *read_wanted(struct brv_arena *arena, const struct brv_plugin_info *info)
{
    struct wanted *wanted = BRV_NEW_ARRAY(arena, struct wanted, info->element_count);
    for (size_t i = 0; i < info->element_count; i++) {
        brv_str name = info->elements[i];
        size_t dot = brv_str_find_byte(name, 0, '.');
        wanted[i].is_any_kind = !brv_kind_from_name(brv_str_slice(name, 0, dot), &wanted[i].kind);
        wanted[i].class = brv_str_slice(name, dot < name.len ? dot + 1 : dot, name.len);
    }
    return wanted;
}

// Of most kinds of elements a transform wants none.
static void mark_kinds(bool is_of_kind[BRV_KIND_COUNT], const struct wanted *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (int kind = 0; kind < BRV_KIND_COUNT; kind++)
            is_of_kind[kind] |=
                kind != BRV_KIND_TEXT && (wanted[i].is_any_kind || (int)wanted[i].kind == kind);
}

static bool is_wanted(const struct brv_node *node, const struct wanted *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if ((wanted[i].is_any_kind || wanted[i].kind == node->kind) &&
            (wanted[i].class.len == 0 || brv_node_has_class(node, wanted[i].class)))
            return true;
    return false;
}

// A code block is a pre around one code: who wants the code gets the block.
static struct brv_node *block_of(struct brv_node *node)
{
    struct brv_node *parent = node->parent;
    bool is_block = node->kind == BRV_KIND_CODE && parent && parent->kind == BRV_KIND_PRE &&
                    !node->next && !node->previous;
    return is_block ? parent : node;
}

// What a transform makes of one element stands in its place; nil leaves it as it was.
static enum brv_status transform_element(struct brv_run *run, size_t index, struct brv_node *node,
                                         bool *is_changed, struct brv_sink *sink)
{
    struct brv_run_task task = {
        .subject = node,
        .doing = BRV_S("transforming an element"),
        .place = node->span,
    };
    struct brv_call call;
    if (brv_run_call(run, index, call_transform, &task, &call, sink) ||
        brv_run_check(run, index, &call, sink))
        return BRV_FAILED;
    if (call.is_left_to_default)
        return BRV_OK;
    *is_changed = true;
    while (call.result->first) {
        struct brv_node *made = call.result->first;
        brv_node_remove(made);
        brv_node_insert_before(node, made);
    }
    brv_node_remove(node);
    return BRV_OK;
}

// The outermost elements that a transform wants, each by itself: a long document is not passed
// through Lua for the sake of a few of its elements.
static enum brv_status transform_elements(struct brv_run *run, size_t index,
                                          struct brv_node *article, bool *is_changed,
                                          struct brv_sink *sink)
{
    const struct brv_plugin_info *info = &run->host->plugins[index].manifest->info;
    const struct wanted *wanted = read_wanted(run->arena, info);
    enum brv_status status = BRV_OK;
    bool is_of_kind[BRV_KIND_COUNT] = { false };
    mark_kinds(is_of_kind, wanted, info->element_count);
    struct brv_node *node = brv_node_walk_next(article, article);
    while (node) {
        if (!is_of_kind[node->kind] || !is_wanted(node, wanted, info->element_count)) {
            node = brv_node_walk_next(article, node);
            continue;
        }
        struct brv_node *block = block_of(node);
        node = brv_node_walk_over(article, block);
        bool was_exhausted = brv_run_is_exhausted(run, index);
        if (transform_element(run, index, block, is_changed, sink))
            status = BRV_FAILED;
        if (was_exhausted)
            break;
    }
    return status;
}

// A transform returns the article, changed or made anew; nil leaves it as it was.
static enum brv_status transform(struct brv_run *run, size_t index, struct brv_node *article,
                                 bool *is_changed, struct brv_sink *sink)
{
    struct brv_run_task task = {
        .subject = article,
        .doing = BRV_S("transforming the document"),
    };
    struct brv_call call;
    if (brv_run_call(run, index, call_transform, &task, &call, sink) ||
        brv_run_check(run, index, &call, sink))
        return BRV_FAILED;
    if (call.is_left_to_default)
        return BRV_OK;
    struct brv_node *made = call.result->first;
    if (!made || made->next || made->kind != BRV_KIND_ARTICLE) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_PLUGIN,
                   brv_manifest_key_span(run->host->plugins[index].program, BRV_S("transform")),
                   "plugin \"%" BRV_STR_F
                   "\": transform did not return the article, expected it or nil",
                   BRV_STR_ARG(call.manifest->info.name));
        return BRV_FAILED;
    }
    *is_changed = true;
    while (article->first)
        brv_node_remove(article->first);
    article->attrs = NULL;
    for (const struct brv_attr *attr = made->attrs; attr; attr = attr->next)
        (void)brv_node_set_attr(run->arena, article, attr->name, attr->value);
    brv_result_move(made, article);
    return BRV_OK;
}

enum brv_status brv_run_document(struct brv_run *run, struct brv_node *article,
                                 struct brv_sink *sink)
{
    bool is_changed = false;
    enum brv_status status = add_pages(run, article, &is_changed, sink);
    for (size_t i = 0; i < run->host->plugin_count; i++) {
        const struct brv_plugin_info *info = &run->host->plugins[i].manifest->info;
        if (!info->has_transform || !is_for_kind(info, run->document->kind))
            continue;
        if (info->element_count > 0 ? transform_elements(run, i, article, &is_changed, sink)
                                    : transform(run, i, article, &is_changed, sink))
            status = BRV_FAILED;
    }
    if (is_changed) { // those of the sections are settled
        run->ids = (struct brv_map){ .arena = run->arena };
        brv_result_keep_ids_unique(&run->ids, article, sink);
    }
    return status;
}
