// The half of the rust-*.test programs that is made by this project; the other
// one is rust.rs. SHAPES is replaced by the disambiguator of that crate.

#Shape = #kcfi.rs.item<"shapes" "SHAPES" ["Shape"]>
#Square = #kcfi.rs.item<"shapes" "SHAPES" ["Square"]>
#CInt = #kcfi.rs.item<"shapes" "SHAPES" ["CInt"] transparent field rs.i32 cfi_encoding("i")>
!unary = !kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32 abi("C")>>
!rust_unary = !kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32>>
!c_unary = !kcfi.fnptr<(c.int) -> c.int>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {

  func.func @dialect_twice(%x: i32) -> i32
      attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32 abi("C")>} {
    %r = arith.addi %x, %x : i32
    return %r : i32
  }

  func.func @dialect_unsigned(%x: i32) -> i32
      attributes {kcfi.sig = !kcfi.rs.fn<(rs.u32) -> rs.u32 abi("C")>} {
    %one = arith.constant 1 : i32
    %r = arith.addi %x, %one : i32
    return %r : i32
  }

  // A function of C, which Rust declares with a new type.
  func.func @dialect_c_twice(%x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>,
                  kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.adt<#CInt>) -> rs.adt<#CInt> abi("C")>]} {
    %r = arith.addi %x, %x : i32
    return %r : i32
  }

  // A function that only its address makes known to others.
  func.func private @dialect_local(%x: i32) -> i32
      attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32 abi("C")>,
                  llvm.linkage = #llvm.linkage<internal>} {
    %three = arith.constant 3 : i32
    %r = arith.muli %x, %three : i32
    return %r : i32
  }

  func.func private @rust_next(i32) -> i32
      attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32 abi("C")>}

  func.func @dialect_get(%number: i32) -> !unary
      attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.fn<(rs.i32) -> rs.i32 abi("C")> abi("C")>} {
    %zero = arith.constant 0 : i32
    %local = kcfi.address_of @dialect_local : !unary
    %next = kcfi.address_of @rust_next : !unary
    %first = arith.cmpi eq, %number, %zero : i32
    %f = arith.select %first, %local, %next : !unary
    return %f : !unary
  }

  // fn(i32) -> i32, with Rust's own ABI, which has the same id. Such a function
  // is passed one integer as C passes it.
  func.func private @dialect_rust(%x: i32) -> i32
      attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32>,
                  llvm.linkage = #llvm.linkage<internal>} {
    %eleven = arith.constant 11 : i32
    %r = arith.muli %x, %eleven : i32
    return %r : i32
  }

  func.func @dialect_get_rust() -> !rust_unary
      attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.fn<(rs.i32) -> rs.i32> abi("C")>} {
    %f = kcfi.address_of @dialect_rust : !rust_unary
    return %f : !rust_unary
  }

  func.func @dialect_apply(%f: !unary, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.rs.fn<(rs.fn<(rs.i32) -> rs.i32 abi("C")>, rs.i32) -> rs.i32 abi("C")>} {
    %r = kcfi.call %f(%x) : !unary, (i32) -> i32
    return %r : i32
  }

  func.func @dialect_apply_unchecked(%f: !unary, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.rs.fn<(rs.fn<(rs.i32) -> rs.i32 abi("C")>, rs.i32) -> rs.i32 abi("C")>,
                  kcfi.no_check} {
    %r = kcfi.call %f(%x) : !unary, (i32) -> i32
    return %r : i32
  }

  func.func @dialect_apply_rust(%f: !rust_unary, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.rs.fn<(rs.fn<(rs.i32) -> rs.i32>, rs.i32) -> rs.i32 abi("C")>} {
    %r = kcfi.call %f(%x) : !rust_unary, (i32) -> i32
    return %r : i32
  }

  // int dialect_apply_c(int (*f)(int), int x)
  func.func @dialect_apply_c(%f: !c_unary, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>,
                  kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.fn<(rs.adt<#CInt>) -> rs.adt<#CInt> abi("C")>, rs.adt<#CInt>) -> rs.adt<#CInt> abi("C")>]} {
    %r = kcfi.call %f(%x) : !c_unary, (i32) -> i32
    return %r : i32
  }

  // A call for a trait object: its data, its vtable, the function in the vtable.
  func.func @dialect_area(%data: !llvm.ptr, %vtable: !llvm.ptr, %area: !llvm.ptr, %scale: i32) -> i32 {
    %f = kcfi.cast launder %area : !llvm.ptr to !kcfi.fnptr<rs.fn<(rs.ref<rs.dyn<[trait #Shape]>>, rs.i32) -> rs.i32>>
    %r = kcfi.call %f(%data, %scale) : !kcfi.fnptr<rs.fn<(rs.ref<rs.dyn<[trait #Shape]>>, rs.i32) -> rs.i32>>, (!llvm.ptr, i32) -> i32
    return %r : i32
  }

  func.func @dialect_area_concrete(%data: !llvm.ptr, %area: !llvm.ptr, %scale: i32) -> i32 {
    %f = kcfi.cast launder %area : !llvm.ptr to !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>, rs.i32) -> rs.i32>>
    %r = kcfi.call %f(%data, %scale) : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>, rs.i32) -> rs.i32>>, (!llvm.ptr, i32) -> i32
    return %r : i32
  }
}
