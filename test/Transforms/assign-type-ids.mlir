// RUN: kcfi-opt --kcfi-assign-type-ids --split-input-file %s | FileCheck %s
// What has its ids already is left as it is.
// RUN: kcfi-opt --kcfi-assign-type-ids --split-input-file %s > %t.once
// RUN: kcfi-opt --kcfi-assign-type-ids --split-input-file %t.once | diff - %t.once

// The options that the ids were made with are written down.
// CHECK: module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>, llvm.target_triple
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // CHECK: func.func @global{{.*}} kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
  func.func @global(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    return %x : i32
  }
  // CHECK: llvm.func internal @local
  // CHECK-NOT: kcfi.type_id
  llvm.func internal @local(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    llvm.return %x : i32
  }
  // CHECK: llvm.func internal @local_taken{{.*}} kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
  llvm.func internal @local_taken(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    llvm.return %x : i32
  }
  // Someone knows better than the module that the address is taken.
  // CHECK: llvm.func internal @local_said_taken{{.*}} kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
  llvm.func internal @local_said_taken(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>, kcfi.address_taken} {
    llvm.return %x : i32
  }
  // The address is taken by an operation of another dialect.
  // CHECK: llvm.func internal @local_in_table{{.*}} kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
  llvm.func internal @local_in_table(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    llvm.return %x : i32
  }
  llvm.mlir.global constant @table() : !llvm.ptr {
    %f = llvm.mlir.addressof @local_in_table : !llvm.ptr
    llvm.return %f : !llvm.ptr
  }
  // CHECK: llvm.func weak @weak{{.*}} kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
  llvm.func weak @weak(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    llvm.return %x : i32
  }
  // Private visibility alone is no local linkage: the function becomes an
  // external one.
  // CHECK: func.func private @private{{.*}} kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
  func.func private @private(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    return %x : i32
  }
  // CHECK: func.func private @private_internal
  // CHECK-NOT: kcfi.type_id
  func.func private @private_internal(%x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>, llvm.linkage = #llvm.linkage<internal>} {
    return %x : i32
  }
  // CHECK: func.func private @declared(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>, kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">}
  func.func private @declared(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
  // CHECK: func.func private @declared_taken(i32) -> i32 attributes {kcfi.address_taken, kcfi.sig = !kcfi.fn<(c.int) -> c.int>, kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">}
  func.func private @declared_taken(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
  // CHECK: func.func @untyped(%{{.*}}: i32) -> i32 {
  func.func @untyped(%x: i32) -> i32 {
    return %x : i32
  }
  // CHECK: kcfi.signature @handler : !kcfi.fn<(c.int) -> c.int> {kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">}
  kcfi.signature @handler : !kcfi.fn<(c.int) -> c.int>
  // CHECK: kcfi.signature @verbatim : !kcfi.encoded<"_ZTSFiiE"> {kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">}
  kcfi.signature @verbatim : !kcfi.encoded<"_ZTSFiiE">
  // CHECK: kcfi.signature @number : !kcfi.raw<0x12345678> {kcfi.type_id = #kcfi.type_id<0x12345678>}
  kcfi.signature @number : !kcfi.raw<0x12345678>

  // CHECK-LABEL: func.func @calls
  func.func @calls(%h: !kcfi.fnptr<raw<0x12345678>>, %x: i32) {
    %f = kcfi.address_of @local_taken : !kcfi.fnptr<(c.int) -> c.int>
    %g = kcfi.address_of @declared_taken : !kcfi.fnptr<(c.int) -> c.int>
    %direct = func.call @declared(%x) : (i32) -> i32
    %local = llvm.call @local(%x) : (i32) -> i32
    // CHECK: kcfi.call %{{.*}}(%{{.*}}) id <0x00050794, "_ZTSFiiE"> :
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    // CHECK: kcfi.call %{{.*}}(%{{.*}}) id <0x12345678> :
    %s = kcfi.call %h(%x) : !kcfi.fnptr<raw<0x12345678>>, (i32) -> i32
    // CHECK: kcfi.call unchecked %{{[0-9a-z]+}}(%{{[0-9a-z]+}}) :
    %t = kcfi.call unchecked %g(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return
  }

  // The rule of the function becomes one of its calls; an id that the call has
  // from an earlier run goes away.
  // CHECK-LABEL: func.func @exempt
  func.func @exempt(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) attributes {kcfi.no_check} {
    // CHECK: kcfi.call unchecked %{{[0-9a-z]+}}(%{{[0-9a-z]+}}) :
    // CHECK: kcfi.call unchecked %{{[0-9a-z]+}}(%{{[0-9a-z]+}}) :
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %s = kcfi.call %f(%x) id <0x00050794> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return
  }

  llvm.func @__gxx_personality_v0(...) -> i32
  // CHECK-LABEL: llvm.func @invokes
  llvm.func @invokes(%p: !llvm.ptr) attributes {personality = @__gxx_personality_v0} {
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
    // CHECK: kcfi.invoke %{{.*}}() to ^{{.*}} unwind ^{{.*}} id <0x{{[0-9a-f]*}}, "_ZTSFvvE"> :
    kcfi.invoke %f() to ^next unwind ^bad : !kcfi.fnptr<() -> c.void>, () -> ()
  ^next:
    // CHECK: kcfi.invoke unchecked %{{[0-9a-z]+}}() to ^{{[0-9a-z]+}} unwind ^{{[0-9a-z]+}} :
    kcfi.invoke unchecked %f() to ^ok unwind ^bad : !kcfi.fnptr<() -> c.void>, () -> ()
  ^ok:
    llvm.return
  ^bad:
    %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
    llvm.resume %lp : !llvm.struct<(ptr, i32)>
  }

  // A table of its own: what it refers to counts as well.
  // CHECK-LABEL: module @nested
  module @nested {
    // CHECK: llvm.func internal @inner{{.*}} kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
    llvm.func internal @inner(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
      llvm.return %x : i32
    }
    llvm.func @get() -> !llvm.ptr {
      %f = llvm.mlir.addressof @inner : !llvm.ptr
      llvm.return %f : !llvm.ptr
    }
  }
}

// -----

// All options of the encoding.
// CHECK: module attributes {kcfi.encoding = #kcfi.encoding<hash = fnv1a, normalize_integers, generalize_pointers>
module attributes {kcfi.encoding = #kcfi.encoding<hash = fnv1a, normalize_integers, generalize_pointers>,
                   llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // CHECK: kcfi.signature @f {{.*}}"_ZTSFvPvE.normalized.generalized">
  kcfi.signature @f : !kcfi.fn<(ptr<c.int>) -> c.void>
}

// -----

// The salt stands in the string.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // CHECK: kcfi.signature @salted {{.*}}"_ZTSFiiE.pepper">
  kcfi.signature @salted : !kcfi.fn<(c.int) -> c.int salt("pepper")>
}

// -----

// Types follow the target.
// CHECK-LABEL: llvm.target_triple = "armv7a
module attributes {llvm.target_triple = "armv7a-unknown-linux-gnueabi"} {
  // CHECK: kcfi.signature @va {{.*}}"_ZTSFvSt9__va_listE">
  kcfi.signature @va : !kcfi.fn<(c.va_list) -> c.void>
}

// -----

// A module in which nothing gets an id needs no target and is left alone.
// CHECK: {{^}}module {
module {
  // CHECK-NEXT: func.func @f
  func.func @f() {
    return
  }
}

// -----

// CHECK: {{^}}module {
module {
}
