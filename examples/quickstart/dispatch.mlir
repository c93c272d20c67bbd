// A dispatcher as a front end would emit it: functions carry the C type they
// were written with, function pointers are values that know their type, and
// every call through one is checked.
//
// scripts/demo.sh lowers, links and runs this file together with main.c, whose
// half of the checks is made by clang.

module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>,
                   llvm.target_triple = "x86_64-unknown-linux-gnu"} {

  // int square(int x) { return x * x; }
  func.func @square(%x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    %r = arith.muli %x, %x : i32
    return %r : i32
  }

  // int negate(int x) { return -x; }
  func.func @negate(%x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    %zero = arith.constant 0 : i32
    %r = arith.subi %zero, %x : i32
    return %r : i32
  }

  // long half(long x) { return x / 2; }
  func.func @half(%x: i64) -> i64
      attributes {kcfi.sig = !kcfi.fn<(c.long) -> c.long>} {
    %two = arith.constant 2 : i64
    %r = arith.divsi %x, %two : i64
    return %r : i64
  }

  // int (*choose(int number))(int) { return number == 0 ? square : negate; }
  func.func @choose(%number: i32) -> !kcfi.fnptr<(c.int) -> c.int>
      attributes {kcfi.sig = !kcfi.fn<(c.int) -> ptr<fn<(c.int) -> c.int>>>} {
    %square = kcfi.address_of @square : !kcfi.fnptr<(c.int) -> c.int>
    %negate = kcfi.address_of @negate : !kcfi.fnptr<(c.int) -> c.int>
    %zero = arith.constant 0 : i32
    %first = arith.cmpi eq, %number, %zero : i32
    %f = arith.select %first, %square, %negate : !kcfi.fnptr<(c.int) -> c.int>
    return %f : !kcfi.fnptr<(c.int) -> c.int>
  }

  // int dispatch(int (*operation)(int), int x) { return operation(x); }
  func.func @dispatch(%operation: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>} {
    %r = kcfi.call %operation(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return %r : i32
  }
}
