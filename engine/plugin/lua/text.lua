-- Brevier — brevier.text: helpers for text. What is here in Lua stands beside the functions in C.
-- SPDX-License-Identifier: MIT

--- Small helpers for text.
local M = ...

-- Where the n-th character ends; the length when there are fewer.
local function byte_after(text, count)
  local after = utf8.offset(text, count + 1)
  return after and after - 1 or #text
end

--- The number of characters.
---@param text string
---@return integer
function M.length(text)
  return utf8.len(text) or #text
end

--- At most `count` characters, cut at the end of a word, with `…` where something was left out.
---@param text string
---@param count integer
---@return string
function M.truncate(text, count)
  text = M.trim(text)
  if M.length(text) <= count then return text end
  if count < 2 then return count == 1 and "…" or "" end
  local cut = text:sub(1, byte_after(text, count - 1))
  local next_byte = text:sub(#cut + 1, #cut + 1)
  if next_byte:find("%w") then
    local word_end = cut:find("[%s%p]+%w*$")
    if word_end and word_end > #cut // 2 then cut = cut:sub(1, word_end - 1) end
  end
  return (cut:gsub("[%s,;:.-]+$", "")) .. "…"
end

local abbreviations = {
  ["e.g."] = true, ["i.e."] = true, ["etc."] = true, ["vs."] = true, ["cf."] = true, ["no."] = true,
  ["mr."] = true, ["mrs."] = true, ["ms."] = true, ["dr."] = true, ["prof."] = true,
  ["inc."] = true, ["ltd."] = true, ["corp."] = true, ["fig."] = true, ["approx."] = true,
}

local closers = { ['"'] = true, ["'"] = true, [")"] = true, ["]"] = true, ["”"] = true,
  ["’"] = true, ["»"] = true }

-- Where the marks end that close a sentence whose full stop is at `at`.
local function after_closers(text, at)
  while true do
    local mark = text:match("^[%z\1-\127\194-\244][\128-\191]*", at + 1)
    if not mark or not closers[mark] then return at end
    at = at + #mark
  end
end

--- The sentences of a text. A full stop after an initial or a common abbreviation ends none.
---@param text string
---@return string[]
function M.sentences(text)
  local result = {}
  text = M.trim(text):gsub("%s+", " ")
  local start, at = 1, 1
  while true do
    local from, to = text:find("[.!?]+", at)
    if not from then break end
    to = after_closers(text, to)
    at = to + 1
    local word = text:sub(start, from):match("(%S+)$") or ""
    local is_initial = word:find("^%(?%a%.$") and text:sub(from, from) == "."
    local is_end = text:find("^ ", at) and not text:find("^ %l", at)
    if is_end and not is_initial and not abbreviations[word:lower()] then
      result[#result + 1] = M.trim(text:sub(start, to))
      start = to + 2
    end
  end
  if start <= #text then result[#result + 1] = text:sub(start) end
  return result
end

--- The lines of a text, without their line feeds.
---@param text string
---@return string[]
function M.lines(text)
  local result = {}
  for line in (text:gsub("\n$", "") .. "\n"):gmatch("(.-)\n") do
    result[#result + 1] = line
  end
  return result
end

--- The first letter in upper case, if it is an ASCII letter.
---@param text string
---@return string
function M.capitalized(text)
  return text:sub(1, 1):upper() .. text:sub(2)
end

--- The text with spaces up to `width` characters; `align` is "left", "right" or "center".
---@param text string
---@param width integer
---@param align? string
---@return string
function M.padded(text, width, align)
  local missing = width - M.length(text)
  if missing <= 0 then return text end
  if align == "right" then return (" "):rep(missing) .. text end
  if align == "center" then
    return (" "):rep(missing // 2) .. text .. (" "):rep(missing - missing // 2)
  end
  return text .. (" "):rep(missing)
end

--- Addresses that nobody can click by mistake: `hxxps://bad[.]example`, `a[@]bad[.]example`.
---@param text string
---@return string
function M.defanged(text)
  text = M.refanged(text)
  text = text:gsub("([Hh])[Tt][Tt][Pp]([Ss]?)://", "%1xxp%2://")
  text = text:gsub("([Ff])[Tt][Pp]://", "%1xp://")
  text = text:gsub("([%w_%-%]])%.%f[%w]", "%1[.]")
  return (text:gsub("([%w_%-])@([%w_%-])", "%1[@]%2"))
end

--- The opposite of `defanged`: the address as it is.
---@param text string
---@return string
function M.refanged(text)
  text = text:gsub("([Hh])[Xx][Xx]([Pp][Ss]?%[?:)", "%1tt%2")
  text = text:gsub("%[://%]", "://"):gsub("%[%.%]", "."):gsub("%(%.%)", "."):gsub("%[dot%]", ".")
  return (text:gsub("%[@%]", "@"):gsub("%[at%]", "@"):gsub("%[:%]", ":"))
end

return M
