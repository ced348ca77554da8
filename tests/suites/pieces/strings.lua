-- SPDX-License-Identifier: MIT
-- Formats, patterns, packing, UTF-8, and chunks that are loaded.
assert(string.format("%5d|%-5d|%05d|%+d|%x|%X|%o", 42, 42, 42, 42, 255, 255, 8) == "   42|42   |00042|+42|ff|FF|10")
assert(string.format("%.3f %e %g %10.2f", math.pi, 12345.678, 1e20, 2.5) == "3.142 1.234568e+04 1e+20       2.50")
assert(string.format("%a", 1.0) == "0x1p+0" and string.format("%q", 1 / 3) == "0x1.5555555555555p-2")
assert(string.format("%q", "a\n\0b\"") == '"a\\\n\\0b\\""' and string.format("%-6sx%.2s", "ab", "xyz") == "ab    xxy")
assert(tostring(1e15) == "1e+15" and tostring(-0.0) == "-0.0" and tostring(2 ^ 53) == "9.007199254741e+15")
assert(tostring(1 / 0) == "inf" and tostring(0 / 0):find("nan") and tostring(1e100) == "1e+100" and tostring(3) == "3")
assert(tonumber("0x10") == 16 and tonumber("0x1p4") == 16.0 and tonumber("0xA.8") == 10.5 and tonumber("1e1") == 10)
assert(tonumber("zz", 36) == 1295 and not tonumber("1e") and not tonumber("0x") and tonumber("  12  ") == 12)
assert(tonumber("1e309") == math.huge and tonumber("4.9e-324") == 4.9e-324 and tonumber("9007199254740993.0") == 2 ^ 53)
for _ = 1, 2000 do
  local number = (math.random() - 0.5) * 2.0 ^ math.random(-1000, 1000)
  assert(tonumber(string.format("%.17g", number)) == number and tonumber(string.format("%a", number)) == number)
end

assert(("hello world"):gsub("o", "0") == "hell0 w0rld" and ("key = value"):match("(%w+)%s*=%s*(%w+)") == "key")
assert(("f(a(b)c)d"):match("%b()") == "(a(b)c)" and ("THE (quick) fox"):find("%((%a+)%)") == 5)
assert(("abc"):gsub("%w", "%0%0") == "aabbcc" and ("x"):rep(3, ",") == "x,x,x" and ("abc"):byte(-1) == 99)
assert(("%d"):gsub("%%d", {["%d"] = "n"}) == "n" and ("THE fox"):gsub("%f[%a]%a+", string.lower) == "the fox")
assert(("aXb"):lower() == "axb" and ("abc"):reverse() == "cba" and ("a,b,,c"):gsub(",", ";") == "a;b;;c")
assert(not pcall(string.rep, "x", 1 << 62) and not pcall(string.find, "a", "[a") and #("x"):rep(10000000) == 10000000)

assert(string.unpack("<i4", string.pack("<i4", -2)) == -2 and string.pack(">I2", 258) == "\1\2" and string.packsize("!i4i8") == 16)
assert(select(2, string.unpack("s1z", string.pack("s1z", "ab", "cd"))) == "cd" and string.unpack("d", string.pack("d", 0.1)) == 0.1)
assert(utf8.char(228, 8364, 0x10FFFF) == "\u{E4}\u{20AC}\u{10FFFF}" and utf8.len("h\u{E4}") == 2 and not utf8.len("\xff"))
local points = {}
for _, point in utf8.codes("a\u{20AC}") do points[#points + 1] = point end
assert(points[2] == 8364 and utf8.offset("\u{E4}b", 2) == 3)

assert(load("return ...")(9) == 9 and not load("x =") and select(2, load("x = = 1", "=chunk")):find("^chunk:1:"))
local step = 0
assert(load(function() step = step + 1 return ({"return ", "4", "2"})[step] end)() == 42)
assert(load(string.dump(function(a) return a * 2 end), "d", "b")(4) == 8)
assert(not load(string.dump(function() end), "d", "t"))
print("fine")
