-- SPDX-License-Identifier: MIT
-- Files, time, the environment, and programs of Linux's.
local name = os.tmpname()
local file = assert(io.open(name, "w+"))
assert(file:write("first\n", 2, " ", 3.5, "\n", "0x1F -7 nan\n") == file)
assert(file:seek("set", 0) == 0 and file:read("l") == "first")
assert(file:read("n") == 2 and file:read("n") == 3.5 and file:read("n") == 31 and file:read("n") == -7)
assert(file:read("n") == nil and file:read("l") == "nan")
assert(file:seek("set", 0) == 0 and file:read("L") == "first\n" and #file:read("a") > 0 and file:read("a") == "" and file:read("l") == nil)
assert(file:seek("end") == file:seek("cur") and file:setvbuf("full", 4096) and file:flush() and file:close() and io.type(file) == "closed file")
local count = 0
for line, more in io.lines(name, "l", 1) do count = count + 1 end
assert(count == 3)
local _, message, number = io.open("/nowhere/file")
assert(message == "/nowhere/file: No such file or directory" and number == 2)
file = assert(io.open(name, "wb"))
for i = 0, 99999 do file:write(string.char(i % 256)) end
assert(file:close())
file = assert(io.open(name, "rb"))
local all = file:read("a")
assert(#all == 100000 and all:byte(300) == 299 % 256 and not file:write("x") and file:close())
assert(os.rename(name, name .. ".new") and not os.rename(name, name .. ".new") and os.remove(name .. ".new") and not io.open(name .. ".new"))
local hidden <close> = assert(io.tmpfile())
assert(hidden:write("x") and hidden:seek("set") == 0 and hidden:read(1) == "x" and hidden:read(1) == nil)

assert(os.time {year = 2000, month = 1, day = 1, hour = 12} - os.time {year = 1999, month = 12, day = 31, hour = 12} == 86400)
assert(os.date("!%Y-%m-%d %H:%M:%S", 951782400) == "2000-02-29 00:00:00" and os.date("!*t", 0).wday == 5)
assert(os.date("!%A %B %j %p", 0) == "Thursday January 001 AM" and not pcall(os.date, "%Ez", 0) and os.difftime(5, 2) == 3.0)
local before = os.clock()
for i = 1, 1000000 do count = count + i end
assert(os.clock() > before and os.time() > 1700000000)
assert(os.getenv("PATH") and not os.getenv("NO_SUCH_VARIABLE") and os.setlocale() == "C" and os.setlocale("C", "numeric") == "C")

local pipe = assert(io.popen("echo out; exit 3"))
assert(pipe:read("a") == "out\n")
local ended, how, status = pipe:close()
assert(not ended and how == "exit" and status == 3)
pipe = assert(io.popen("cat >" .. name, "w"))
assert(pipe:write("through a pipe") and pipe:close() and io.open(name):read("a") == "through a pipe" and os.remove(name))
assert(os.execute() == true and os.execute("true") == true and select(3, os.execute("exit 4")) == 4)
assert(select(2, os.execute("kill -9 $$")) == "signal")
assert(not pcall(require, "no.such.module") and package.config:sub(1, 1) == "/")
print("fine")
