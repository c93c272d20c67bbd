// Functions with extra entries for the tests of the entry forms. FORM is
// replaced by a form, TRIPLE by a target.

module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>,
                   llvm.target_triple = "TRIPLE"} {
  // The ids: twice is int(int), its entries are 0x7654321f and 0x2468ace1.
  func.func @twice(%x: i32) -> i32 attributes {
      kcfi.sig = !kcfi.fn<(c.int) -> c.int>,
      kcfi.type_id = #kcfi.type_id<0x00050794>} {
    %r = llvm.add %x, %x : i32
    return %r : i32
  }
  kcfi.entry private @twice.first of @twice : !kcfi.raw<0x7654321f> FORM
    {kcfi.type_id = #kcfi.type_id<0x7654321f>}
  kcfi.entry private @twice.second of @twice : !kcfi.raw<0x2468ace1> FORM
    {kcfi.type_id = #kcfi.type_id<0x2468ace1>}

  func.func private @outside(i32, i32) -> i32 attributes {
      kcfi.sig = !kcfi.fn<(c.int, c.int) -> c.int>}
  kcfi.entry private @outside.first of @outside : !kcfi.raw<0x1357bdf1>
    form jump {kcfi.type_id = #kcfi.type_id<0x1357bdf1>}

  // Known to the module only, and called through a known entry.
  llvm.func internal @hidden(%x: i32) -> i32 attributes {
      kcfi.type_id = #kcfi.type_id<0x1357bdf7>} {
    %three = llvm.mlir.constant(3 : i32) : i32
    %r = llvm.mul %x, %three : i32
    llvm.return %r : i32
  }
  kcfi.entry private @hidden.first of @hidden : !kcfi.raw<0x0badcafe> FORM
    {kcfi.type_id = #kcfi.type_id<0x0badcafe>}
  func.func @call_known(%x: i32) -> i32 {
    %f = kcfi.address_of @hidden.first : !kcfi.fnptr<raw<0x0badcafe>>
    %r = kcfi.call %f(%x) : !kcfi.fnptr<raw<0x0badcafe>>, (i32) -> i32
    return %r : i32
  }

  func.func @get_twice() -> !llvm.ptr {
    %f = kcfi.address_of @twice : !kcfi.fnptr<(c.int) -> c.int>
    %p = kcfi.cast unchecked %f : !kcfi.fnptr<(c.int) -> c.int> to !llvm.ptr
    return %p : !llvm.ptr
  }
  func.func @get_first() -> !llvm.ptr {
    %f = kcfi.address_of @twice.first : !kcfi.fnptr<raw<0x7654321f>>
    %p = kcfi.cast unchecked %f : !kcfi.fnptr<raw<0x7654321f>> to !llvm.ptr
    return %p : !llvm.ptr
  }
  func.func @get_second() -> !llvm.ptr {
    %f = kcfi.address_of @twice.second : !kcfi.fnptr<raw<0x2468ace1>>
    %p = kcfi.cast unchecked %f : !kcfi.fnptr<raw<0x2468ace1>> to !llvm.ptr
    return %p : !llvm.ptr
  }
  func.func @get_outside_first() -> !llvm.ptr {
    %f = kcfi.address_of @outside.first : !kcfi.fnptr<raw<0x1357bdf1>>
    %p = kcfi.cast unchecked %f : !kcfi.fnptr<raw<0x1357bdf1>> to !llvm.ptr
    return %p : !llvm.ptr
  }

  func.func @call_twice(%p: !llvm.ptr, %x: i32) -> i32 {
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<(c.int) -> c.int>
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return %r : i32
  }
  func.func @call_first(%p: !llvm.ptr, %x: i32) -> i32 {
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<raw<0x7654321f>>
    %r = kcfi.call %f(%x) : !kcfi.fnptr<raw<0x7654321f>>, (i32) -> i32
    return %r : i32
  }
  func.func @call_second(%p: !llvm.ptr, %x: i32) -> i32 {
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<raw<0x2468ace1>>
    %r = kcfi.call %f(%x) : !kcfi.fnptr<raw<0x2468ace1>>, (i32) -> i32
    return %r : i32
  }
  func.func @call_outside_first(%p: !llvm.ptr, %x: i32, %y: i32) -> i32 {
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<raw<0x1357bdf1>>
    %r = kcfi.call %f(%x, %y) : !kcfi.fnptr<raw<0x1357bdf1>>, (i32, i32) -> i32
    return %r : i32
  }
}
