-- SPDX-License-Identifier: MIT
-- Numbers, tables, closures, coroutines, errors and the garbage collector.
assert(7 // 2 == 3 and -7 // 2 == -4 and -7 % 3 == 2 and 7 % -3 == -2 and 2 ^ 10 == 1024.0)
assert(math.maxinteger + 1 == math.mininteger and 1 // 0.0 == math.huge and 0 / 0 ~= 0 / 0)
assert(3 | 4 == 7 and ~0 == -1 and 1 << 63 == math.mininteger and "10" + 5 == 15 and 10 .. "" == "10")
assert(math.type(1) == "integer" and math.type(1.0) == "float" and math.tointeger(3.0) == 3 and not math.tointeger(3.5))
assert(math.ult(1, -1) and math.fmod(-7, 3) == -1 and math.floor(-0.5) == -1)

local function sum(n) return n == 0 and 0 or n + sum(n - 1) end
local function tail(n) if n > 0 then return tail(n - 1) end return "done" end
assert(sum(10000) == 50005000 and tail(1000000) == "done")
local done, why = pcall(function() local function deep() return 1 + deep() end return deep() end)
assert(not done and tostring(why):find("stack overflow"))

local values = {}
for i = 1, 5000 do values[i] = (i * 7919) % 5003 end
table.sort(values, function(a, b) return a > b end)
for i = 2, #values do assert(values[i - 1] >= values[i]) end
assert(table.concat({1, 2, 3}, "-") == "1-2-3" and select("#", table.unpack({}, 1, 200)) == 200)
assert(table.unpack(table.move({1, 2, 3}, 1, 3, 2)) == 1 and not pcall(table.sort, {1, "x", 2}))

local Account = {}
Account.__index = Account
Account.__add = function(a, b) return setmetatable({held = a.held + b.held}, Account) end
Account.__eq = function(a, b) return a.held == b.held end
Account.__close = function(a) a.closed = true end
local first, second = setmetatable({held = 3}, Account), setmetatable({held = 4}, Account)
assert((first + second).held == 7 and first ~= second and first == setmetatable({held = 3}, Account))
do local guard <close> = first end
assert(first.closed)

local function numbers(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end
local total = 0
for i in numbers(20000) do total = total + i end
assert(total == 200010000)
local thread = coroutine.create(function() error({code = 7}) end)
local fine, thrown = coroutine.resume(thread)
assert(not fine and thrown.code == 7 and coroutine.status(thread) == "dead")
assert(select(2, xpcall(error, function(what) return "handled " .. what end, "x")) == "handled x")

local finalised, weak = 0, setmetatable({}, {__mode = "v"})
for i = 1, 1000 do weak[i] = setmetatable({}, {__gc = function() finalised = finalised + 1 end}) end
for _, mode in ipairs {"generational", "incremental"} do
  collectgarbage(mode)
  for i = 1, 100000 do local garbage = {i} end
  collectgarbage()
end
assert(finalised == 1000 and next(weak) == nil and collectgarbage("count") > 0)
print("fine")
