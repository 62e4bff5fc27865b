-- Brevier — questions and answers: bullets "Question? Answer" or "Q: …" and "A: …", or ### parts.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local text = require "brevier.text"

-- A fact "Q: …" is a question, "A: …" its answer; other items are told by their question mark.
local function pair_of(item, fact)
  if fact and (fact.slug == "q" or fact.slug == "question") then return fact.content, nil end
  if fact and (fact.slug == "a" or fact.slug == "answer") then
    return nil, { fact.content, fact.rest }
  end
  local plain = text.trim(text.plain(item))
  local question, answer = plain:match("^(.-%?)%s+(.+)$")
  if question and #item == 1 and type(item[1]) == "string" then return question, answer end
  return nil, nil
end

local function answers(list, fact_of)
  local entries = e.dl { class = "questions" }
  for _, item in ipairs(list) do
    local question, answer = pair_of(item, fact_of[item])
    if not question and not answer then return list end
    if question then entries[#entries + 1] = e.dt { question } end
    if answer then entries[#entries + 1] = e.dd { answer } end
  end
  return entries
end

return {
  api = 1,
  name = "questions",
  version = "1.0.0",
  summary = "Questions with their answers",
  sections = { "questions-and-answers", "questions", "q-a", "faq" },
  render = function(section, context)
    local fact_of, blocks, parts = {}, section.blocks, {}
    for _, fact in ipairs(section.facts) do fact_of[fact.item] = fact end
    for index, block in ipairs(blocks) do
      if block.tag == "ul" then blocks[index] = answers(block, fact_of) end
    end
    for index, part in ipairs(section.subsections) do
      parts[index] = context.render(part)
      parts[index].class = "question " .. part.class
    end
    return e.section { class = "questions", section.heading, blocks, parts }
  end,
}
