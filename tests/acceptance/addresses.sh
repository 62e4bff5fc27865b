#!/bin/sh
# Nothing of where memory lies reaches an output: what a plugin makes of the order of keys, of the
# names of tables and functions and of chance is the same wherever the kernel puts the program.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

mkdir -p "$SCRATCH_DIR/house"
cat >"$SCRATCH_DIR/house/tell.lua" <<'LUA'
local e = require "brevier.element"
return {
  api = 1, name = "tell", version = "1.0.0", summary = "tells what it sees",
  sections = { "key-details" },
  render = function(section, context)
    local t, seen = {}, {}
    for i = 1, 200 do t["k" .. i * 7919 % 1009] = i end
    for k, v in pairs(t) do seen[#seen + 1] = k .. "=" .. v end
    local k = next(t)
    seen[#seen + 1] = k .. " " .. tostring(t) .. " " .. tostring(pairs) .. " " .. tostring(section)
    for _ = 1, 5 do seen[#seen + 1] = math.random() .. " " .. math.random(1000000) end
    local _, message = pcall(error, t)
    seen[#seen + 1] = tostring(message)
    return e.p(table.concat(seen, " "))
  end,
}
LUA
input=samples/industry-news.txt
for format in txt docx pdf; do
    expect_status 0 "$BREVIER" render "$input" --plugin-path "$SCRATCH_DIR/house" -o "$SCRATCH_DIR/0.$format"
    for run in 1 2 3 4; do
        fixed=
        if [ "$run" = 1 ] && setarch -R true 2>/dev/null; then fixed="setarch -R"; fi
        # shellcheck disable=SC2086
        expect_status 0 $fixed "$BREVIER" render "$input" --plugin-path "$SCRATCH_DIR/house" -o "$SCRATCH_DIR/$run.$format"
        cmp "$SCRATCH_DIR/0.$format" "$SCRATCH_DIR/$run.$format" || fail "run $run of $format differs"
    done
done
