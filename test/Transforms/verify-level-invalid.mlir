// RUN: split-file %s %t
// RUN: kcfi-opt --kcfi-verify-level=level=L0 --split-input-file --verify-diagnostics %t/l0.mlir
// RUN: kcfi-opt --kcfi-verify-level=level=L1 --split-input-file --verify-diagnostics %t/l1.mlir
// RUN: kcfi-opt --kcfi-verify-level=level=L2 --split-input-file --verify-diagnostics %t/l2.mlir
// RUN: kcfi-opt --kcfi-verify-level=level=L3 --split-input-file --verify-diagnostics %t/l3.mlir
// RUN: kcfi-opt --kcfi-verify-level=level=L4 --split-input-file --verify-diagnostics %t/l4.mlir
// RUN: kcfi-opt --kcfi-verify-level=level=L0 --allow-unregistered-dialect --verify-diagnostics %t/unknown.mlir

//--- l0.mlir
// The address goes into a table, or someone says so.
module {
  llvm.mlir.global constant @table() : !llvm.ptr {
    %f = llvm.mlir.addressof @untyped : !llvm.ptr
    llvm.return %f : !llvm.ptr
  }
  // expected-error @+1 {{violates level L0: the address of the function is taken, but it has no signature}}
  llvm.func @untyped()
  // expected-error @+1 {{violates level L0: the address of the function is taken, but it has no signature}}
  llvm.func @said() attributes {kcfi.address_taken}
  llvm.func @called_only()
  llvm.func @f() {
    llvm.call @called_only() : () -> ()
    llvm.return
  }
}

// -----

module {
  module @nested {
    // expected-error @+1 {{violates level L0: the address of the function is taken, but it has no signature}}
    llvm.func @untyped()
    llvm.func @get() -> !llvm.ptr {
      %f = llvm.mlir.addressof @untyped : !llvm.ptr
      llvm.return %f : !llvm.ptr
    }
  }
}

//--- l1.mlir
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func @f(%f: !kcfi.fnptr<(c.int) -> c.int>) {
    // expected-error @+1 {{violates level L1: a 'coalesced' cast joins 'int (int)' (0x00050794) and 'unsigned int (unsigned int)' (0x673a7326), which are different classes}}
    %a = kcfi.cast coalesced %f : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<(c.uint) -> c.uint>
    return
  }
  // Level 0 is included.
  // expected-error @+1 {{violates level L0}}
  llvm.func @said() attributes {kcfi.address_taken}
}

// -----

// A class that cannot be computed.
module attributes {llvm.target_triple = "x86_64-pc-windows-msvc"} {
  func.func @f(%f: !kcfi.fnptr<(c.int) -> c.int>) {
    // expected-error @+1 {{violates level L1: 'int (int)' has no type id: target 'x86_64-pc-windows-msvc' uses the Microsoft mangling}}
    %a = kcfi.cast coalesced %f : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<encoded<"?6AHH@Z">>
    return
  }
}

// -----

// expected-error @+1 {{type ids depend on the target, but the module has no attribute 'llvm.target_triple'}}
module {
  func.func @f(%f: !kcfi.fnptr<(c.int) -> c.int>) {
    %a = kcfi.cast coalesced %f : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<encoded<"_ZTSFiiE">>
    %b = kcfi.cast coalesced %f : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<encoded<"_ZTSFiiE">>
    return
  }
}

// -----

// What represents another class than its own.
#Handle = #kcfi.rs.item<"app" "s1_" ["Handle"] transparent field rs.i32>
#V = #kcfi.rs.item<"app" "s1_" ["V"] recursive>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu",
                   kcfi.equivalences = #kcfi.equivalences<[transparent_wrappers]>} {
  // expected-error @+1 {{violates level L1: '!kcfi.rs.fn<(rs.adt<}}
  func.func private @sig(i32) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#Handle>) -> rs.unit>}
  // expected-error @+1 {{violates level L1: 'fn(V)' has no class: 'V' is marked as recursive}}
  func.func private @none(i32) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#V>) -> rs.unit>}
  // expected-error @+1 {{is not the representative of its class, but '!kcfi.rs.fn<() -> rs.unit>' is}}
  func.func private @entry(i32) attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.unit>, kcfi.callable = #kcfi.rs.callable<item>,
    kcfi.entry_sig = !kcfi.rs.fn<() -> rs.adt<#kcfi.rs.item<"app" "s1_" ["Token"] transparent>>>}
  func.func @pointers(%p: !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>} {
    // expected-error @+1 {{is not the representative of its class, but}}
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<rs.fn<(rs.adt<#Handle>) -> rs.unit>>
    return
  }
}

//--- l2.mlir
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func private @g(i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>, kcfi.type_id = #kcfi.type_id<0x00000007>}
  func.func private @h(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
  func.func @f() {
    // expected-error @+1 {{violates level L2: the view needs an entry with type id 0x00050794, the function has 0x00000007}}
    %g = kcfi.address_of @g : !kcfi.fnptr<(c.int) -> c.int>
    %h = kcfi.address_of @h : !kcfi.fnptr<(c.int) -> c.int>
    return
  }
}

// -----

// The view of a method has the method's own type of `self`, its id is that of
// the calls through its trait.
#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
#Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func private @area(!llvm.ptr) -> f64 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>,
    kcfi.type_id = #kcfi.type_id<0x453f5402, "_ZTSFdu3refIu3dynIu19NtCs1_6shapes5Shapeu6regionEEE">}
  func.func @view() -> !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>> {
    // expected-error@+1 {{violates level L2: the view needs an entry with type id}}
    %f = kcfi.address_of @area : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    return %f : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
  }
}

// -----

// A function without an id yet, and entries.
#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
#Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func private @area(!llvm.ptr) -> f64 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>}
  // expected-note@+1 {{the other entry is here}}
  kcfi.entry private @area.as.fn of @area : !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>
  // expected-error@+1 {{violates level L2: '@area' has two extra entries with type id 0x0ea4a994}}
  kcfi.entry private @area.as.fn2 of @area : !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>
  // expected-error@+1 {{violates level L2: an entry exists because of two views, found 1}}
  kcfi.entry private @area.as.int of @area : !kcfi.fn<() -> c.int> because ["a view"]
  func.func @view() {
    // expected-error@+1 {{violates level L2: the view needs an entry with type id 0x0ea4a994, the function has 0x453f5402}}
    %f = kcfi.address_of @area : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    %g = kcfi.address_of @area.as.fn : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    return
  }
}

//--- l3.mlir
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error @+1 {{violates level L3: the function has a signature but no type id}}
  func.func private @missing(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
  // expected-error @+1 {{violates level L3: type id 0x00000007 is not that of 'int (int)', 0x00050794}}
  func.func private @other(i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>, kcfi.type_id = #kcfi.type_id<0x00000007>}
  // expected-error @+1 {{violates level L3: type id 0x00000007 is not the hash of "_ZTSFiiE", which is 0x00050794}}
  func.func private @hash() attributes {kcfi.type_id = #kcfi.type_id<0x00000007, "_ZTSFiiE">}
  // expected-error @+1 {{violates level L3: the extra entry has no type id}}
  kcfi.entry private @without of @other : !kcfi.fn<(c.uint) -> c.int>
  // expected-error @+1 {{violates level L3: type id 0x00000009 is not that of 'int (long)', 0x}}
  kcfi.entry private @with of @other : !kcfi.fn<(c.long) -> c.int> {kcfi.type_id = #kcfi.type_id<0x00000009>}
  // expected-error @+1 {{violates level L3: the signature has no type id}}
  kcfi.signature @unnamed : !kcfi.fn<(c.int) -> c.int>
  // expected-error @+1 {{violates level L3: type id 0x00000008 is not the hash of}}
  kcfi.signature @wrong : !kcfi.fn<(c.int) -> c.int> {kcfi.type_id = #kcfi.type_id<0x00000008, "_ZTSFiiE">}

  func.func @calls(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) {
    // expected-error @+1 {{violates level L3: the checked call has no type id}}
    %a = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    // expected-error @+1 {{violates level L3: type id 0x00000007 is not that of 'int (int)', 0x00050794}}
    %b = kcfi.call %f(%x) id <0x00000007> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %c = kcfi.call unchecked %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return
  }
  func.func @exempt(%f: !kcfi.fnptr<() -> c.void>) attributes {kcfi.no_check} {
    // expected-error @+1 {{violates level L3: the call is not marked 'unchecked', but its function has 'kcfi.no_check'}}
    kcfi.call %f() : !kcfi.fnptr<() -> c.void>, () -> ()
    return
  }
  llvm.func @__gxx_personality_v0(...) -> i32
  llvm.func @invoke(%p: !llvm.ptr) attributes {personality = @__gxx_personality_v0, kcfi.sig = !kcfi.fn<(ptr<c.void>) -> c.void>, kcfi.type_id = #kcfi.type_id<0xa488ebfc>} {
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
    // expected-error @+1 {{violates level L3: the checked call has no type id}}
    kcfi.invoke %f() to ^ok unwind ^bad : !kcfi.fnptr<() -> c.void>, () -> ()
  ^ok:
    // expected-error @+1 {{violates level L3: type id 0x00000009 is not the hash of}}
    llvm.call %p() {kcfi.type_id = #kcfi.type_id<0x00000009, "_ZTSFvvE">} : !llvm.ptr, () -> ()
    llvm.return
  ^bad:
    %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
    llvm.resume %lp : !llvm.struct<(ptr, i32)>
  }
}

//--- l4.mlir
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @left(%p: !llvm.ptr) {
    // expected-error @+1 {{violates level L4: 'kcfi.cast' is left}}
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
    // expected-error @+1 {{violates level L4: 'kcfi.call' is left}}
    kcfi.call %f() : !kcfi.fnptr<() -> c.void>, () -> ()
    llvm.return
  }
  llvm.func @bundles(%f: !llvm.ptr, %x: i32) {
    %wide = llvm.mlir.constant(5 : i64) : i64
    %zero = llvm.mlir.constant(0 : i32) : i32
    %right = llvm.mlir.constant(5 : i32) : i32
    // expected-error @+1 {{violates level L4: the "kcfi" bundle has 2 operands}}
    llvm.call %f() ["kcfi"(%right, %right : i32, i32)] : !llvm.ptr, () -> ()
    // expected-error @+1 {{violates level L4: the operand of the "kcfi" bundle is not a 32-bit constant}}
    llvm.call %f() ["kcfi"(%x : i32)] : !llvm.ptr, () -> ()
    // expected-error @+1 {{violates level L4: the operand of the "kcfi" bundle is not a 32-bit constant}}
    llvm.call %f() ["kcfi"(%wide : i64)] : !llvm.ptr, () -> ()
    // expected-error @+1 {{violates level L4: a "kcfi" bundle with id 0 makes no check}}
    llvm.call %f() ["kcfi"(%zero : i32)] : !llvm.ptr, () -> ()
    llvm.call %f() ["kcfi"(%right : i32)] : !llvm.ptr, () -> ()
    llvm.call %f() : !llvm.ptr, () -> ()
    llvm.return
  }
}

//--- unknown.mlir
// expected-error @+1 {{references to functions cannot be enumerated: an operation of an unregistered dialect may hide some}}
module {
  func.func private @f()
  "some.table"() ({
    "some.thing"() : () -> ()
  }) : () -> ()
}
