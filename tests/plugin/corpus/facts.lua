local t = {}
for _, f in ipairs(section.facts) do t[#t + 1] = e.tr { e.th(f.label), e.td(f.content, f.rest) } end
return e.table(t)