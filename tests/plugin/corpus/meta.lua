local t = setmetatable({}, { __index = function(t, k) return k .. k end, __call = error })
table.sort({ 3, 1, 2 }, function(a, b) return t[a] < t[b] end)
for k, v in pairs({ 1, 2, x = 3, [2.5] = 4 }) do context.log.warn(tostring(k)) end
return context.render(section.subsections[1] or section)