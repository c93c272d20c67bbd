// The same program in C: ids, flags and symbols are clang's, byte for byte.
// REQUIRES: clang
// RUN: split-file %s %t
// RUN: kcfi-opt --kcfi-lower-pipeline %t/program.mlir | kcfi-translate --kcfi-to-llvmir -o %t/ours.ll
// RUN: %clang --target=x86_64-unknown-linux-gnu -O0 -fsanitize=kcfi -fpatchable-function-entry=16,11 -fsanitize-cfi-icall-experimental-normalize-integers -S -emit-llvm %t/program.c -o %t/clang.ll
// RUN: grep -E '^module asm|!"kcfi|normalize-integers' %t/ours.ll | sed 's/^!.* = //' | sort > %t/ours.txt
// RUN: grep -E '^module asm|!"kcfi|normalize-integers' %t/clang.ll | sed 's/^!.* = //' | sort > %t/clang.txt
// RUN: diff %t/clang.txt %t/ours.txt
// RUN: %python %t/ids.py %t/clang.ll %t/ours.ll

//--- ids.py
# The id of each function and of each checked call, by name of the function.
import re
import sys


def ids(path):
    text = open(path).read()
    nodes = dict(re.findall(r"^(!\d+) = !{i32 (-?\d+)}$", text, re.M))
    result = {}
    function = None
    for line in text.splitlines():
        head = re.match(r"(define|declare).*@(\w+)\(", line)
        if head:
            function = head[2]
            node = re.search(r"!kcfi_type (!\d+)", line)
            result[function] = [nodes[node[1]] if node else None]
        result.get(function, []).extend(re.findall(r'"kcfi"\(i32 (-?\d+)\)', line))
    return result


clang, ours = ids(sys.argv[1]), ids(sys.argv[2])
assert len(clang) == 6 and sum(len(v) > 1 for v in clang.values()) == 1, clang
assert clang == ours, (clang, ours)

//--- program.c
struct device;
void probe(struct device *d, unsigned long flags);
int taken(const char *format, ...);
static int local(int x) { return x; }
static int local_taken(int x) { return x; }
int (*get(int (*f)(int)))(int) { return f(local(1)) ? local_taken : f; }
int main(int argc, char **argv) {
  probe(0, (unsigned long)taken);
  return 0;
}

//--- program.mlir
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu",
                   kcfi.encoding = #kcfi.encoding<hash = xxhash64, normalize_integers>,
                   kcfi.codegen = #kcfi.codegen<patchable_prefix = 11, patchable_entry = 5>} {
  llvm.func @probe(!llvm.ptr, i64) attributes {kcfi.sig = !kcfi.fn<(ptr<tag<struct "device">>, c.ulong) -> c.void>}
  llvm.func @taken(!llvm.ptr, ...) -> i32 attributes {kcfi.sig = !kcfi.fn<(ptr<qual<const c.char>>, ...) -> c.int>}
  llvm.func internal @local(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    llvm.return %x : i32
  }
  llvm.func internal @local_taken(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    llvm.return %x : i32
  }
  func.func @get(%f: !kcfi.fnptr<(c.int) -> c.int>) -> !kcfi.fnptr<(c.int) -> c.int>
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>) -> ptr<fn<(c.int) -> c.int>>>} {
    %zero = arith.constant 0 : i32
    %one = arith.constant 1 : i32
    %x = llvm.call @local(%one) : (i32) -> i32
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %g = kcfi.address_of @local_taken : !kcfi.fnptr<(c.int) -> c.int>
    %c = arith.cmpi ne, %r, %zero : i32
    %s = arith.select %c, %g, %f : !kcfi.fnptr<(c.int) -> c.int>
    return %s : !kcfi.fnptr<(c.int) -> c.int>
  }
  llvm.func @main(%argc: i32, %argv: !llvm.ptr) -> i32
      attributes {kcfi.sig = !kcfi.fn<(c.int, ptr<ptr<c.char>>) -> c.int>} {
    %null = llvm.mlir.zero : !llvm.ptr
    %f = llvm.mlir.addressof @taken : !llvm.ptr
    %n = llvm.ptrtoint %f : !llvm.ptr to i64
    llvm.call @probe(%null, %n) : (!llvm.ptr, i64) -> ()
    %zero = llvm.mlir.constant(0 : i32) : i32
    llvm.return %zero : i32
  }
}
