local t = { tag = "div", class = "x", ["data-y"] = 1, { "a", { e.em "b", nil, false } } }
t[3] = t
return xpcall(error, function(m) return m end, t) or t