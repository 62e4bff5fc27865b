// Brevier — feeds: the file .brevierignore of a folder, read as git reads a .gitignore.
// SPDX-License-Identifier: MIT
#include "load/feed_source.h"

// Without blanks at its end, but those that a backslash stands before.
static brv_str trailing_cut(brv_str line)
{
    size_t end = 0; // of what is kept
    for (size_t at = 0; at < line.len; at++) {
        bool is_escape = line.ptr[at] == '\\';
        if (is_escape && at + 1 == line.len)
            return line;
        at += is_escape;
        if (is_escape || line.ptr[at] != ' ')
            end = at + 1;
    }
    return brv_str_slice(line, 0, end);
}

struct brv_ignore brv_ignore_parse(struct brv_arena *arena, brv_str text)
{
    struct brv_ignore ignore = { 0 };
    size_t capacity = 0;
    text = brv_str_from(text, brv_str_starts_with(text, BRV_S("\xef\xbb\xbf")) ? 3 : 0);
    while (text.len > 0) {
        size_t end = brv_str_find_byte(text, 0, '\n');
        brv_str line = brv_str_slice(text, 0, end);
        text = brv_str_from(text, end + 1);
        if (brv_str_starts_with(line, BRV_S("#")))
            continue;
        line.len -= brv_str_ends_with(line, BRV_S("\r"));
        line = trailing_cut(brv_str_slice(line, 0, brv_str_find_byte(line, 0, '\0')));
        bool takes_back = brv_str_starts_with(line, BRV_S("!"));
        struct brv_ignore_rule rule = {
            .glob = brv_glob_parse(brv_str_from(line, takes_back)),
            .takes_back = takes_back,
        };
        if (rule.glob.text.len > 0)
            BRV_PUSH(arena, ignore.rules, ignore.count, capacity) = rule;
    }
    return ignore;
}

enum brv_ignored brv_ignore_says(const struct brv_ignore *ignore, brv_str path, bool is_folder)
{
    for (size_t i = ignore->count; i > 0; i--) {
        const struct brv_ignore_rule *rule = &ignore->rules[i - 1];
        if (brv_glob_matches_exactly(&rule->glob, path, is_folder))
            return rule->takes_back ? BRV_IGNORED_NOT : BRV_IGNORED;
    }
    return BRV_IGNORED_UNSAID;
}
