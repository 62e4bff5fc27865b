#!/bin/sh
# A plugin that fails in any way costs only its own section.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

plugin() { # NAME BODY: a renderer for the section "key-details"
    mkdir -p "$SCRATCH_DIR/$1"
    cat >"$SCRATCH_DIR/$1/broken.lua" <<LUA
local e = require "brevier.element"
return {
  api = 1, name = "broken", version = "1.0.0", summary = "fails: $1",
  sections = { "key-details" }, kinds = { "industry-news" },
  render = function(section, context)
    $2
  end,
}
LUA
}

plugin raises 'error("no such column")'
plugin indexes-nil 'return section.nothing.here'
plugin loops 'while true do end'
plugin loops-in-pcall 'while true do pcall(function() while true do end end) end'
plugin loops-in-a-pattern 'return e.p(("a"):rep(5000):find(".-.-.-.-b"))'
plugin loops-in-a-handler 'xpcall(function() while true do end end, function() while true do end end)'
plugin recurses 'local function f() return 1 + f() end; return f()'
plugin allocates 'local t = {} while true do t[#t + 1] = ("x"):rep(1000) .. #t end'
plugin allocates-in-pcall 'local t = {} while true do pcall(function() t[#t + 1] = ("x"):rep(100000) .. #t end) end'
plugin doubles-a-string 'local s = "x" while true do s = s .. s end'
plugin returns-a-number 'return 42'
plugin returns-rubbish 'return e.p{ "fine", function() end }'
plugin returns-wrong-nesting 'return { tag = "tr", { tag = "h2", "x" } }'
plugin returns-a-cycle 'local t = { tag = "div" } t[1] = t return t'
plugin returns-too-much 'local t = { tag = "div" } for i = 1, 200000 do t[i] = e.p("x") end return t'

input=samples/industry-news.txt
expect_status 0 "$BREVIER" render "$input" -o "$SCRATCH_DIR/good.txt"
for folder in "$SCRATCH_DIR"/*/; do
    folder=${folder%/} name=$(basename "$folder")
    for format in pdf docx txt; do
        out=$folder/out.$format
        expect_status 3 "$BREVIER" render "$input" --plugin-path "$folder" -o "$out"
        [ -s "$out" ] || fail "$name: no output"
        grep -q 'broken\.lua:[0-9]*' "$SCRATCH_DIR/stderr" || { cat "$SCRATCH_DIR/stderr"; fail "$name: the script's line is not named"; }
        grep -q 'industry-news\.txt:[0-9]*' "$SCRATCH_DIR/stderr" || { cat "$SCRATCH_DIR/stderr"; fail "$name: the section's line is not named"; }
        expect_status 1 "$BREVIER" render "$input" --plugin-path "$folder" --strict -o "$folder/strict.$format"
        [ ! -e "$folder/strict.$format" ] || fail "$name: --strict left a file"
    done
    [ -z "$(find "$folder" -name '*.tmp*')" ] || fail "$name: a temporary file is left"
    "$python" tests/acceptance/only_section.py "$SCRATCH_DIR/good.txt" "$folder/out.txt" "Key Details" "The Story" \
        || fail "$name: more than its section changed"
done

# The document after it is what it is without the plugin, in the same process: of render, and of a
# worker of batch.
next=samples/threat-actor.md
for folder in "$SCRATCH_DIR"/*/; do
    folder=${folder%/} name=$(basename "$folder")
    for format in pdf docx text; do
        together=$folder/together.$format
        expect_status 3 "$BREVIER" render "$input" "$next" -t "$format" --plugin-path "$folder" -o "$together/"
        alone=$SCRATCH_DIR/alone.$format
        [ -d "$alone" ] || expect_status 0 "$BREVIER" render "$input" "$next" -t "$format" -o "$alone/"
        cmp "$together"/threat-actor.* "$alone"/threat-actor.* || fail "$name: the next document differs ($format)"
        cmp -s "$together"/industry-news.* "$alone"/industry-news.* && fail "$name: nothing is degraded ($format)"
    done
    printf '%s\n' "$input" "$next" | expect_status 3 "$BREVIER" batch - -o "$folder/batch" -t pdf,docx,text -j 1 --plugin-path "$folder" >"$SCRATCH_DIR/stdout"
    for file in "$folder"/batch/samples/threat-actor.*; do
        [ -e "$file" ] || fail "$name: batch made no next document"
        suffix=${file##*.} format=$suffix
        [ "$suffix" = txt ] && format=text
        cmp "$file" "$SCRATCH_DIR/alone.$format/threat-actor.$suffix" || fail "$name: the next document of a batch differs"
    done
done
