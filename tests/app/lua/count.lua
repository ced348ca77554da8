-- SPDX-License-Identifier: MIT
-- Counts lines and words of a file, writes a result file, ends with status 7; a bit of everything that Lua asks of a C library.
local text, result = arg[1], arg[2]
local lines, counts = 0, {}
for line in io.lines(text) do
  lines = lines + 1
  for word in line:gmatch("%w+") do counts[word] = (counts[word] or 0) + 1 end
end
local words = {}
for word in pairs(counts) do words[#words + 1] = word end
table.sort(words, function(a, b) return counts[a] > counts[b] or counts[a] == counts[b] and a < b end)

local out = assert(io.open(result, "w"))
out:setvbuf("full", 100)
for i = 1, math.min(20, #words) do out:write(string.format("%-20s %6d %.3f\n", words[i], counts[words[i]], counts[words[i]] / lines)) end
out:seek("set", 0)
out:close()
print(lines, #words)
for line in io.lines(result) do print(line) end
print(string.format("%.14g %5.2f %x %q", math.pi, 2 / 3, 255, "a\nb\0c"), 7 // 2, 2 ^ 0.5, 1e308 * 10)
print(pcall(io.open, "/nowhere/file"))
print(select(2, io.open("/nowhere/file")))
print(os.getenv("APP_LUA"), os.time() > 1e9, os.clock() >= 0, os.date("!%Y-%m-%d", 86400 * 365))
print(coroutine.wrap(function(...) return select("#", ...), coroutine.yield(1) end)(1, 2, 3))
print(os.rename(result, result .. ".old"), os.remove(result .. ".old"), os.remove(result))
print(pcall(string.rep, "x", 1 << 40))
io.stderr:write("to stderr\n")
os.exit(7, true)
