-- Calls every kind of function that Lua reaches through a pointer: library
-- functions, the allocator, readers and writers, hooks, metamethods, to-be-closed
-- variables, finalisers. Prints what it computes, so that runs can be compared.

local function section(name, ...) print(name, ...) end

-- Closures and upvalues.
local function counter(step)
  local count = 0
  return function() count = count + step; return count end
end
local by2, by3 = counter(2), counter(3)
section("closures", by2(), by2(), by3(), by2(), by3())

-- Strings: patterns, formats, packing, dump and load.
section("string", ("kernel control flow"):gsub("%w+", string.upper))
section("format", string.format("%5.2f|%-8s|%x|%q|%i", math.pi, "lua", 255, "a\nb", 3))
section("pack", string.unpack("<i4z", string.pack("<i4z", 70000, "zero")))
local dumped = string.dump(function(a, b) return a * b end)
section("load", load(dumped, "dumped", "b")(6, 7))
local pieces = { "return ", "1 ", "+ ", "41" }
section("reader", load(function() return table.remove(pieces, 1) end)())
section("syntax", select(2, load("x = = 1")))

-- Tables: sort with a comparison, concatenation, move, pack, metamethods.
local words = {}
for word in ("the quick brown fox jumps over the lazy dog"):gmatch("%a+") do
  words[#words + 1] = word
end
table.sort(words, function(a, b) return a > b end)
section("sort", table.concat(words, ","))
section("move", table.concat(table.move({ 1, 2, 3 }, 1, 3, 2), ","))
section("select", select("#", table.unpack({ n = 3, 1, nil, 3 }, 1, 3)))
local vector = {}
vector.__index = function(_, key) return key .. "?" end
vector.__add = function(a, b) return setmetatable({ x = a.x + b.x }, vector) end
vector.__eq = function(a, b) return a.x == b.x end
vector.__lt = function(a, b) return a.x < b.x end
vector.__call = function(self, y) return self.x * y end
vector.__tostring = function(self) return "vector " .. self.x end
vector.__concat = function(a, b) return tostring(a) .. tostring(b) end
vector.__len = function(self) return self.x end
vector.__close = function(self) print("closed", self.x) end
local a, b = setmetatable({ x = 1 }, vector), setmetatable({ x = 2 }, vector)
section("metamethods", a + b == setmetatable({ x = 3 }, vector), a < b, b(21), a .. b, #b, a.z)
do local scoped <close> = b end

-- Coroutines: yields across pcall and in iterators.
local function range(n)
  return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end)
end
local sum = 0
for i in range(100) do sum = sum + i end
section("coroutine", sum)
local protected = coroutine.create(function()
  local ok, message = pcall(function()
    coroutine.yield("inside pcall")
    error({ code = 7 })
  end)
  return ok, message.code
end)
section("yield", coroutine.resume(protected))
section("resume", coroutine.resume(protected))
section("status", coroutine.status(protected), coroutine.close(coroutine.create(print)))

-- Errors: pcall, xpcall with a handler, errors in metamethods, tracebacks.
section("pcall", pcall(error, "plain"))
section("xpcall", xpcall(function() local t = nil; return t.x end,
                         function(m) return "handled: " .. m:gsub("^.-:%d+: ", "") end))
section("overflow", select("#", pcall(function() local function f() return 1 + f() end; return f() end)))
section("traceback", #debug.traceback("here") > 20)

-- Hooks.
local lines = 0
debug.sethook(function() lines = lines + 1 end, "l")
for _ = 1, 10 do
  local _ = 1
end
debug.sethook()
section("hook", lines >= 10)

-- Input and output.
local name = os.tmpname()
local file <close> = assert(io.open(name, "w+"))
file:setvbuf("full", 1024)
file:write("line one\n", 2, "\n", 0x1p4, "\n")
file:seek("set")
section("io", file:read("l", "n", "n"))
file:seek("set")
for line in file:lines() do section("line", line) end
section("size", file:seek("end"))
os.remove(name)
section("missing", (io.open("/does/not/exist")))
section("popen", io.popen("echo from the shell"):read("a"))

-- Numbers, UTF-8, garbage collection with finalisers and weak tables.
section("math", math.maxinteger // 3, 7 % -3, 2 ^ 0.5, math.tointeger(8.0), math.ult(1, -1))
section("utf8", utf8.char(72, 228, 8364, 128512), utf8.len("häß€"), utf8.codepoint("€", 1))
local finalised = 0
for _ = 1, 50 do setmetatable({}, { __gc = function() finalised = finalised + 1 end }) end
local weak = setmetatable({ {} }, { __mode = "v" })
collectgarbage("generational")
collectgarbage("incremental")
collectgarbage()
section("gc", finalised, #weak)
section("date", os.date("!%Y-%m-%d", 86400 * 365), os.getenv("HOME") ~= nil)

-- Modules.
package.preload.answer = function(...) return { value = 42, args = select("#", ...) } end
section("require", require("answer").value, pcall(require, "no.such.module") == false)
local computed = {}
for i = 1, 2000 do computed[i] = tostring(i * i) end
section("many", #table.concat(computed))
