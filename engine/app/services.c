// Brevier — what the app room lends to plugins.
// SPDX-License-Identifier: MIT
#include "app/services.h"

#include "load/load.h"

// ---- Markdown

static struct brv_node *read_markdown(void *user, struct brv_arena *arena, brv_str text,
                                      struct brv_sink *sink)
{
    const struct brv_job *job = user;
    const struct brv_source *source = brv_source_new(arena, BRV_S("<plugin>"), text);
    return brv_markdown_parse(arena, source, text, &job->tools->limits, sink);
}

// ---- look

static uint32_t packed(struct brv_color color)
{
    return (uint32_t)color.red << 24 | (uint32_t)color.green << 16 | (uint32_t)color.blue << 8 |
           color.alpha;
}

static const struct brv_styled *find_styled(const struct brv_styled *styled,
                                            const struct brv_node *node)
{
    if (styled->node == node)
        return styled;
    for (const struct brv_styled *child = styled->first; child; child = child->next) {
        const struct brv_styled *found = find_styled(child, node);
        if (found)
            return found;
    }
    return NULL;
}

// An article like the job's with a section like the one at hand; what stands in that.
static struct brv_node *make_surroundings(const struct brv_job *job,
                                          const struct brv_section *section)
{
    struct brv_arena *arena = job->arena;
    struct brv_node *article = brv_node_new(arena, BRV_KIND_ARTICLE, brv_span_none());
    for (const struct brv_attr *attr = job->article->attrs; attr; attr = attr->next)
        (void)brv_node_set_attr(arena, article, attr->name, attr->value);
    if (!section)
        return article;
    struct brv_node *parent = brv_node_new(arena, BRV_KIND_SECTION, section->span);
    brv_node_set(arena, parent, BRV_ATTR_CLASS, section->slug);
    brv_node_set(arena, parent, BRV_ATTR_ID, section->id);
    brv_node_append(article, parent);
    return parent;
}

// Styles the element alone, inside an article like the job's and a section like the one at hand. It
// has two elements around it, whatever it holds itself: find_styled() goes no deeper than that.
static struct brv_plugin_look find_look(void *user, const struct brv_section *section,
                                        struct brv_node *element)
{
    const struct brv_job *job = user;
    struct brv_arena *arena = job->arena;
    while (element->first)
        brv_node_remove(element->first);
    struct brv_node *parent = make_surroundings(job, section);
    const struct brv_node *article = section ? parent->parent : parent;
    brv_node_append(parent, element);
    struct brv_sink ignored = brv_sink_init(arena); // the document's own styling tells it
    const struct brv_styled *root =
        brv_style_tree(arena, job->tools->sheets, job->output->media, article, &ignored);
    const struct brv_styled *styled = root ? find_styled(root, element) : NULL;
    if (!styled)
        return (
            struct brv_plugin_look){ .color = 0x000000FF, .font_size_pt = 10, .font_weight = 400 };
    const struct brv_style *style = styled->style;
    const struct brv_styled *behind = styled; // the nearest that is not transparent
    while (behind->parent && behind->style->background_color.alpha == 0)
        behind = behind->parent;
    return (struct brv_plugin_look){
        .color = packed(style->color),
        .background = packed(behind->style->background_color),
        .font_size_pt = style->font_size,
        .font_weight = style->font_weight,
        .is_italic = style->font_style == BRV_FONT_ITALIC,
    };
}

// ---- grants

static void has_read(void *user, brv_str plugin, brv_str path, const brv_str *content)
{
    struct brv_job *job = user;
    for (const struct brv_job_read *read = job->reads; read; read = read->next)
        if (brv_str_equal(read->plugin, plugin) && brv_str_equal(read->path, path))
            return;
    struct brv_job_read *read = BRV_NEW(job->arena, struct brv_job_read);
    *read = (struct brv_job_read){ .next = job->reads,
                                   .plugin = plugin,
                                   .path = brv_arena_str(job->arena, path),
                                   .is_missing = !content };
    if (content)
        read->content = brv_arena_str(job->arena, *content);
    job->reads = read;
}

static bool find_variable(void *user, const struct brv_section *section, brv_str name,
                          brv_str *value)
{
    const struct brv_job *job = user;
    return brv_stylesheets_custom(job->arena,
                                  job->tools->sheets,
                                  job->output->media,
                                  make_surroundings(job, section),
                                  name,
                                  value);
}

const struct brv_plugin_services *brv_job_services(struct brv_job *job)
{
    struct brv_plugin_services *services = BRV_NEW(job->arena, struct brv_plugin_services);
    *services = (struct brv_plugin_services){
        .user = job,
        .markdown = read_markdown,
        .look = find_look,
        .variable = find_variable,
        .has_read = has_read,
    };
    return services;
}

// ---- settings

// "timeline.columns" of the metadata, when there is a plugin of that name; other keys are the
// document's own affair.
static bool parse_key(const struct brv_host *host, const struct brv_meta *meta,
                      struct brv_plugin_setting *setting)
{
    size_t dot = brv_str_find_byte(meta->key, 0, '.');
    if (dot == meta->key.len || meta->is_list || meta->value_count != 1)
        return false;
    *setting = (struct brv_plugin_setting){
        .plugin = brv_str_slice(meta->key, 0, dot),
        .option = brv_str_slice(meta->key, dot + 1, meta->key.len),
        .value = meta->values[0],
        .span = meta->value_span,
    };
    return brv_host_find(host, setting->plugin) != NULL;
}

const struct brv_plugin_setting *brv_job_settings(const struct brv_job *job, size_t *count)
{
    const struct brv_tools *tools = job->tools;
    size_t most = tools->setting_count;
    for (const struct brv_meta *meta = job->document->meta; meta; meta = meta->next)
        most++;
    struct brv_plugin_setting *settings =
        BRV_NEW_ARRAY(job->arena, struct brv_plugin_setting, most);
    *count = 0;
    for (const struct brv_meta *meta = job->document->meta; meta; meta = meta->next)
        if (parse_key(tools->host, meta, &settings[*count]))
            ++*count;
    for (size_t i = 0; i < tools->setting_count; i++)
        settings[(*count)++] = tools->settings[i];
    return settings;
}
