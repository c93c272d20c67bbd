// The half of the dialect-*.test programs that is made by this project; the
// other one is dialect.c. TRIPLE and CODEGEN are replaced by the tests.
//
// `int (int)` and `unsigned (unsigned)` are passed alike on every machine and
// have different ids: without a check, a wrong call works.

module attributes {llvm.target_triple = "TRIPLE", kcfi.encoding = #kcfi.encoding<ENCODING>, kcfi.codegen = #kcfi.codegen<CODEGEN>} {

  func.func @dialect_twice(%x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    %r = arith.addi %x, %x : i32
    return %r : i32
  }

  func.func @dialect_unsigned(%x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(c.uint) -> c.uint>} {
    %one = arith.constant 1 : i32
    %r = arith.addi %x, %one : i32
    return %r : i32
  }

  // A function that only its address makes known to others.
  func.func private @dialect_local(%x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>,
                  llvm.linkage = #llvm.linkage<internal>} {
    %three = arith.constant 3 : i32
    %r = arith.muli %x, %three : i32
    return %r : i32
  }

  func.func private @c_next(i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}

  // int (*dialect_get(int number))(int)
  func.func @dialect_get(%number: i32) -> !kcfi.fnptr<(c.int) -> c.int>
      attributes {kcfi.sig = !kcfi.fn<(c.int) -> ptr<fn<(c.int) -> c.int>>>} {
    %zero = arith.constant 0 : i32
    %local = kcfi.address_of @dialect_local : !kcfi.fnptr<(c.int) -> c.int>
    %next = kcfi.address_of @c_next : !kcfi.fnptr<(c.int) -> c.int>
    %first = arith.cmpi eq, %number, %zero : i32
    %f = arith.select %first, %local, %next : !kcfi.fnptr<(c.int) -> c.int>
    return %f : !kcfi.fnptr<(c.int) -> c.int>
  }

  // int dialect_apply(int (*f)(int), int x)
  func.func @dialect_apply(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>} {
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return %r : i32
  }

  // int dialect_apply_late(int x, int y, int z, int (*f)(int)): the pointer
  // comes in another register, and something is done after the call.
  func.func @dialect_apply_late(%x: i32, %y: i32, %z: i32, %f: !kcfi.fnptr<(c.int) -> c.int>) -> i32
      attributes {kcfi.sig = !kcfi.fn<(c.int, c.int, c.int, ptr<fn<(c.int) -> c.int>>) -> c.int>} {
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %s = kcfi.call %f(%y) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %t = arith.addi %r, %s : i32
    %u = arith.addi %t, %z : i32
    return %u : i32
  }

  func.func @dialect_apply_unchecked(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>,
                  kcfi.no_check} {
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return %r : i32
  }
}
