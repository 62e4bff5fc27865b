-- Brevier — what the tests in Lua say of values and calls.
-- SPDX-License-Identifier: MIT
local check = {}

function check.same(a, b)
  assert(a == b, tostring(a) .. " ~= " .. tostring(b))
end

-- The call raises an error that holds `part`.
function check.fails(part, f, ...)
  local ok, message = pcall(f, ...)
  assert(not ok, "expected an error with: " .. part)
  message = tostring(message)
  assert(message:find(part, 1, true), "expected " .. part .. ", got " .. message)
end

return check
