-- Brevier — code in colours for words of known languages; rules and queries with line numbers.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local text = require "brevier.text"

local function words(list)
  local set = {}
  for word in list:gmatch("%S+") do set[word] = true end
  return set
end

local languages = {
  yara = { "//", words [[rule meta strings condition and or not any all of them at in for true
    false import include private global filesize entrypoint ascii wide nocase fullword]] },
  yaml = { "#", words [[true false null and or not selection condition]] },
  kql = { "//", words [[where project extend summarize by join on kind let union take top order asc
    desc distinct count and or not in has contains startswith between ago bin render]] },
  snort = { "#", words [[alert log pass drop reject tcp udp icmp ip any msg content flow sid rev
    classtype reference nocase depth offset pcre metadata]] },
  sh = { "#", words [[if then else elif fi for in do done while case esac function return
    export]] },
  python = { "#", words [[def class return if elif else for while in import from as with try except
    not and or is None True False lambda yield raise]] },
}
-- Rules are talked about line by line; commands and programs are copied.
local is_rule = words "yara kql kusto snort suricata sigma"
languages.sigma, languages.kusto = languages.yaml, languages.kql
languages.suricata, languages.bash = languages.snort, languages.sh

-- What begins at a place of a line: its class, if it has one, and where it ends.
local function token(line, at, comment, keywords)
  local word = line:match("^[%a_][%w_]*", at)
  if word then return keywords[word] and "keyword", at + #word - 1 end
  local number = line:match("^0x%x+", at) or line:match("^%d[%d.]*", at)
  if number then return "number", at + #number - 1 end
  if line:sub(at, at + #comment - 1) == comment then return "comment", #line end
  local string = line:match('^"[^"]*"', at) or line:match("^'[^']*'", at)
  if string then return "string", at + #string - 1 end
  return nil, at
end

-- One line as spans: comments, strings, numbers and words of the language. What stands between two
-- of them stays in one piece.
local function colored(line, language)
  local parts, shown = {}, 1
  local at = line:find("[%w_\"'#/]")
  while at do
    local class, last = token(line, at, language[1], language[2])
    if class then
      if shown < at then parts[#parts + 1] = line:sub(shown, at - 1) end
      parts[#parts + 1] = e.span { class = class, line:sub(at, last) }
      shown = last + 1
    end
    at = line:find("[%w_\"'#/]", last + 1)
  end
  parts[#parts + 1] = line:sub(shown)
  return parts
end

local function colored_block(pre, code)
  local name = (code.class or ""):match("language%-([%w]+)") or ""
  local language = languages[name]
  if not language then return pre end
  local lines = text.lines(text.plain(code))
  local width = #tostring(#lines)
  local block = e.code { class = code.class, ["data-info"] = code["data-info"] }
  for index, line in ipairs(lines) do
    if is_rule[name] then
      local number = text.padded(tostring(index), width) .. "  "
      block[#block + 1] = e.span { class = "line-number", number }
    end
    block[#block + 1] = { colored(line, language), index < #lines and "\n" }
  end
  return e.pre { class = is_rule[name] and "numbered" or nil, block }
end

local elements = {}
for _, name in ipairs {
  "yara", "yaml", "sigma", "kql", "kusto", "snort", "suricata", "sh", "bash", "python",
} do
  elements[#elements + 1] = "code.language-" .. name
end

return {
  api = 1,
  name = "code",
  version = "1.0.0",
  summary = "Code in colours, detection rules and queries with line numbers too",
  elements = elements,
  transform = function(block)
    return block.tag == "pre" and colored_block(block, block[1]) or nil
  end,
}
