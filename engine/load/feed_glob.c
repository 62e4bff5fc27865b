// Brevier — globs over relative paths, in the manner of .gitignore.
// A star is gone back to when what follows it does not fit, one byte further on, and "**" one
// folder further on. Only the last of each is: whatever an earlier one takes, the text before the
// later one is matched as early as it can be. So the work is bounded by the product of the lengths.
// SPDX-License-Identifier: MIT
#include "load/feed_source.h"

#include "base/file.h"

#include <ctype.h>

// ---- one byte

static bool is_in_class(brv_str name, unsigned char byte, bool *is_known)
{
    static const struct {
        const char *name;
        int (*has)(int);
    } classes[] = {
        { "alnum", isalnum }, { "alpha", isalpha }, { "blank", isblank }, { "cntrl", iscntrl },
        { "digit", isdigit }, { "graph", isgraph }, { "lower", islower }, { "print", isprint },
        { "punct", ispunct }, { "space", isspace }, { "upper", isupper }, { "xdigit", isxdigit },
    };
    for (size_t i = 0; i < BRV_COUNT(classes); i++)
        if (brv_str_is(name, classes[i].name))
            return byte < 0x80 && classes[i].has(byte) != 0;
    *is_known = false;
    return false;
}

// Cuts a byte, which a backslash may stand before; false at the end.
static bool byte_cut(brv_str *rest, unsigned char *byte)
{
    if (rest->len > 0 && rest->ptr[0] == '\\')
        *rest = brv_str_from(*rest, 1);
    if (rest->len == 0)
        return false;
    *byte = (unsigned char)rest->ptr[0];
    *rest = brv_str_from(*rest, 1);
    return true;
}

// Cuts a set, behind its "["; false when it has no end or names a class that there is not, and then
// nothing matches. What a "]" stands first in is part of it.
static bool set_cut(brv_str *rest, unsigned char byte, bool *has)
{
    bool is_negated = rest->len > 0 && (rest->ptr[0] == '!' || rest->ptr[0] == '^');
    *rest = brv_str_from(*rest, is_negated);
    bool is_known = true;
    bool is_in = false;
    int from = -1; // that a range may begin with
    for (bool is_first = true; is_first || !brv_str_starts_with(*rest, BRV_S("]"));
         is_first = false) {
        bool is_range = from > 0 && rest->len > 2 && rest->ptr[0] == '-' && rest->ptr[1] != ']';
        unsigned char end;
        size_t close = brv_str_find_byte(*rest, 2, ']');
        bool is_class = !is_range && brv_str_starts_with(*rest, BRV_S("[:")) && close < rest->len &&
                        close > 2 && rest->ptr[close - 1] == ':';
        if (is_class) {
            is_in |= is_in_class(brv_str_slice(*rest, 2, close - 1), byte, &is_known);
            *rest = brv_str_from(*rest, close + 1);
            from = -1;
            continue;
        }
        *rest = brv_str_from(*rest, is_range);
        if (!byte_cut(rest, &end))
            return false;
        is_in |= is_range ? byte >= from && byte <= end : byte == end;
        from = is_range ? -1 : end;
    }
    *rest = brv_str_from(*rest, 1);
    *has = is_in != is_negated;
    return is_known;
}

// Cuts what stands for one byte; whether it stands for this one. Only a "/" stands for a "/".
static bool piece_takes(brv_str *glob, unsigned char byte)
{
    unsigned char own;
    bool has = false;
    switch (glob->ptr[0]) {
    case '?':
        *glob = brv_str_from(*glob, 1);
        return byte != '/';
    case '[':
        *glob = brv_str_from(*glob, 1);
        return set_cut(glob, byte, &has) && has && byte != '/';
    default:
        return byte_cut(glob, &own) && own == byte;
    }
}

// ---- all of a path

// Where to go on when what follows a star does not fit.
struct resume {
    bool is_set;
    brv_str glob, text;
};

static bool star_goes_on(struct resume *star)
{
    if (!star->is_set || star->text.len == 0 || star->text.ptr[0] == '/')
        return false;
    star->text = brv_str_from(star->text, 1);
    return true;
}

static bool stars_go_on(struct resume *stars)
{
    size_t slash = brv_str_find_byte(stars->text, 0, '/');
    if (!stars->is_set || slash == stars->text.len)
        return false;
    stars->text = brv_str_from(stars->text, slash + 1);
    return true;
}

static size_t plain_length(brv_str glob)
{
    const brv_str special = BRV_S("*?[\\");
    size_t len = 0;
    while (len < glob.len && brv_str_find_byte(special, 0, glob.ptr[len]) == special.len)
        len++;
    return len;
}

static bool text_matches(brv_str glob, brv_str text)
{
    struct resume star = { 0 };  // within a folder
    struct resume stars = { 0 }; // over folders
    const char *start = glob.ptr;
    // git takes "**" for folders where it is all of a component, and where what has no star before
    // it ends: "a/b**/c" matches "a/b1/2/c" as well.
    const char *plain_end = start + plain_length(glob);
    for (;;) {
        bool fits = glob.len == 0 && text.len == 0;
        if (fits)
            return true;
        if (glob.len > 0 && glob.ptr[0] == '*') {
            size_t count = 1;
            while (count < glob.len && glob.ptr[count] == '*')
                count++;
            brv_str rest = brv_str_from(glob, count);
            bool begins = glob.ptr == plain_end || glob.ptr == start || glob.ptr[-1] == '/';
            bool is_escaped = brv_str_starts_with(rest, BRV_S("\\/"));
            bool ends = rest.len == 0 || rest.ptr[0] == '/' || is_escaped;
            if (count > 1 && begins && ends) {
                if (rest.len == 0)
                    return true;
                glob = brv_str_from(rest, is_escaped ? 2 : 1);
                stars = (struct resume){ true, glob, text };
                star.is_set = false;
                fits = !is_escaped; // "**/" may be no folder
            } else {
                glob = rest;
                star = (struct resume){ true, glob, text };
                fits = true;
            }
        } else if (glob.len > 0 && text.len > 0) {
            fits = piece_takes(&glob, (unsigned char)text.ptr[0]);
            if (fits && text.ptr[0] == '/')
                star.is_set = false; // folders are matched one by one
            text = brv_str_from(text, 1);
        }
        if (fits)
            continue;
        if (star_goes_on(&star)) {
            glob = star.glob;
            text = star.text;
        } else if (stars_go_on(&stars)) {
            star.is_set = false;
            glob = stars.glob;
            text = stars.text;
        } else {
            return false;
        }
    }
}

// ---- exported

struct brv_glob brv_glob_parse(brv_str text)
{
    bool folders_only = brv_str_ends_with(text, BRV_S("/"));
    text = brv_str_slice(text, 0, text.len - folders_only);
    bool is_path = brv_str_find_byte(text, 0, '/') < text.len;
    text = brv_str_from(text, brv_str_starts_with(text, BRV_S("/")));
    return (struct brv_glob){ .text = text, .folders_only = folders_only, .is_path = is_path };
}

bool brv_glob_matches_exactly(const struct brv_glob *glob, brv_str path, bool is_folder)
{
    if ((glob->folders_only && !is_folder) || glob->text.len == 0)
        return false;
    return text_matches(glob->text, glob->is_path ? path : brv_path_file_name(path));
}

bool brv_glob_matches(brv_str glob, brv_str path, bool is_folder)
{
    struct brv_glob parsed = brv_glob_parse(glob);
    for (size_t at = 0; at < path.len;) {
        size_t end = brv_str_find_byte(path, at, '/');
        if (brv_glob_matches_exactly(
                &parsed, brv_str_slice(path, 0, end), end < path.len || is_folder))
            return true;
        at = end + 1;
    }
    return false;
}

bool brv_globs_match(const brv_str *globs, size_t count, brv_str path)
{
    for (size_t i = 0; i < count; i++)
        if (brv_glob_matches(globs[i], path, false))
            return true;
    return false;
}
