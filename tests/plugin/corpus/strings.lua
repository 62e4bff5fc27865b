local s = text.plain(section.blocks)
for a, b in s:gmatch("(%w+)()") do s = s:gsub("%f[%w]" .. a, string.upper, 1) end
return ("%-10.5s|%05d|%g"):format(s, 42, 1.5)