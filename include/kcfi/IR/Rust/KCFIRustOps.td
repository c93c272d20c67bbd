//===- KCFIRustOps.td - Trait objects and closures -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIRUSTOPS_TD
#define KCFI_IR_KCFIRUSTOPS_TD

include "kcfi/IR/KCFIOpBase.td"

/// Vtables and objects are in the default address space.
def KCFI_Pointer
    : Type<CPred<"$_self == ::mlir::LLVM::LLVMPointerType::get($_self.getContext())">,
           "pointer of the LLVM dialect">,
      BuildableType<"::mlir::LLVM::LLVMPointerType::get($_builder.getContext())">;

def KCFI_SymbolArray : TypedArrayAttrBase<FlatSymbolRefAttr, "array of symbols">;

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

def KCFI_TraitOp : KCFI_Op<"trait", [
    Symbol, SymbolTable, SingleBlock, NoTerminator, NoRegionArguments,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Rust trait with its arguments, without Self";
  let description = [{
    One trait with its arguments filled in, such as `Fn<(i32,), Output = u8>`.
    The type of its objects names the trait and all associated types of it and
    its supertraits. Then follow

    * `dyn_compatible`: there are such objects;
    * `supertraits`: the traits that it requires directly, in the order of the
      source, which decides about the layout of vtables;
    * `drop`: the signature that drop glue is called with, needed where there
      are vtables with a drop slot. Rust 1.95 passes `*mut dyn Drop`, 1.97
      `&mut dyn Drop`; the crate id of `core` is a part of it.

    The body has the trait's own methods, in the order of the source. There is
    no code for a trait.

    ```mlir
    // trait Shape { fn area(&self) -> f64; fn scale(&mut self, k: f64); }
    #Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
    #Drop = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "drop", "Drop"]>
    kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible
        drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit> {
      kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
      kcfi.method @scale : !kcfi.rs.fn<(rs.ref<mut rs.param<"Self">>, rs.f64) -> rs.unit> vtable_safe
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       TypeAttrOf<KCFI_RustDynType>:$object,
                       UnitAttr:$dyn_compatible,
                       OptionalAttr<KCFI_SymbolArray>:$supertraits,
                       OptionalAttr<TypeAttrOf<KCFI_RustFnType>>:$drop);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `:` $object (`dyn_compatible` $dyn_compatible^)?
    (`supertraits` $supertraits^)? (`drop` $drop^)?
    attr-dict-with-keyword $body
  }];
  // A dyn-compatible trait, without methods yet.
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "RustDynType":$object,
                   CArg<"::llvm::ArrayRef<TraitOp>", "{}">:$supertraits,
                   CArg<"RustFnType", "{}">:$drop)>
  ];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def KCFI_MethodOp : KCFI_Op<"method", [Symbol, HasParent<"TraitOp">]> {
  let summary = "method of a trait";
  let description = [{
    The signature is over `rs.param<"Self">`. A `vtable_safe` method has a slot
    in vtables: it has a receiver, no type parameters of its own, and no `where
    Self: Sized`.

    ```mlir
    #Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
    kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible {
      kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
      // fn new() -> Self where Self: Sized
      kcfi.method @new : !kcfi.rs.fn<() -> rs.param<"Self">>
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       TypeAttrOf<KCFI_RustFnType>:$signature,
                       UnitAttr:$vtable_safe);
  let assemblyFormat = [{
    $sym_name `:` $signature (`vtable_safe` $vtable_safe^)? attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// What a call through a trait object expects: the type id of a slot is
    /// that of a function with this signature and callable.
    CheckedCallee getVirtualCallee();
  }];
}

def KCFI_VTableOp : KCFI_Op<"vtable", [
    Symbol, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "vtable of a type for a trait";
  let description = [{
    Becomes a constant with rustc's layout: the drop glue or null, size and
    alignment of the type, then the slots. For every trait in the order of
    rustc's walk (innermost first supertrait first, each once) these are its
    vtable-safe methods, and, if the trait has any itself or from its
    supertraits and is not at the start of the vtable, the type's vtable for
    this trait, for upcasts. The slots are written in this order: functions,
    vtables, and `vacant` for a method whose `where` clauses do not hold for the
    type. Functions need a `kcfi.sig`; that each has the id that calls of its
    slot expect is checked by `kcfi-verify-level` on level L2.

    ```mlir
    // impl Shape for Square
    #Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
    #Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>
    kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible {
      kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
    }
    func.func private @square_area(!llvm.ptr) -> f64 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>}
    kcfi.vtable private @Square.as.Shape : @Shape for !kcfi.rs.adt<#Square> size 8 align 8 slots [@square_area]
    ```
  }];
  let arguments = (ins OptionalAttr<StrAttr>:$sym_visibility,
                       SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$trait,
                       TypeAttr:$type, I64Attr:$size, I64Attr:$align,
                       OptionalAttr<FlatSymbolRefAttr>:$drop,
                       ArrayAttr:$slots);
  let assemblyFormat = [{
    custom<Visibility>($sym_visibility) `` $sym_name `:` $trait `for` $type
    `size` $size `align` $align (`drop` $drop^)? `slots` custom<Slots>($slots)
    attr-dict
  }];
  // A private one. Slots are functions, entries and vtables, or null if vacant.
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "TraitOp":$trait,
                   "::mlir::Type":$type, "int64_t":$size, "int64_t":$align,
                   "::llvm::ArrayRef<::mlir::Operation *>":$slots,
                   CArg<"::mlir::FunctionOpInterface", "{}">:$drop)>
  ];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Uses of vtables
//===----------------------------------------------------------------------===//

def KCFI_VTableAddressOp : KCFI_Op<"vtable_address", [
    Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "address of a vtable";
  let description = [{
    The second half of a trait object's wide pointer.

    ```mlir
    #Mark = #kcfi.rs.item<"app" "s1_" ["Mark"]>
    kcfi.trait @Mark : !kcfi.rs.dyn<[trait #Mark]> dyn_compatible {}
    kcfi.vtable private @i32.as.Mark : @Mark for !kcfi.rs.i32 size 4 align 4 slots []
    func.func @get() -> !llvm.ptr {
      %vt = kcfi.vtable_address @i32.as.Mark : !llvm.ptr
      return %vt : !llvm.ptr
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$vtable);
  let results = (outs KCFI_Pointer:$result);
  let assemblyFormat = "$vtable attr-dict `:` type($result)";
  let builders = [OpBuilder<(ins "VTableOp":$vtable)>];
}

def KCFI_UpcastOp : KCFI_Op<"upcast", [
    NoMemoryEffect, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "vtable for a supertrait";
  let description = [{
    Makes `&dyn Parent` from `&dyn Child`; the data pointer stays. The vtable of
    a supertrait at the start of the layout is the vtable itself, that of
    another one is loaded from its slot.

    ```mlir
    #A = #kcfi.rs.item<"app" "s1_" ["A"]>
    #B = #kcfi.rs.item<"app" "s1_" ["B"]>
    kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {}
    kcfi.trait @B : !kcfi.rs.dyn<[trait #B]> dyn_compatible supertraits [@A] {}
    func.func @up(%vt: !llvm.ptr) -> !llvm.ptr {
      %r = kcfi.upcast %vt : @B to @A
      return %r : !llvm.ptr
    }
    ```
  }];
  let arguments = (ins KCFI_Pointer:$vtable, FlatSymbolRefAttr:$from,
                       FlatSymbolRefAttr:$to);
  let results = (outs KCFI_Pointer:$result);
  let assemblyFormat = "$vtable `:` $from `to` $to attr-dict";
  let builders = [
    OpBuilder<(ins "::mlir::Value":$vtable, "TraitOp":$from, "TraitOp":$to)>
  ];
}

def KCFI_CallVirtualOp : KCFI_Op<"call_virtual", [
    KCFI_CheckedCallOpInterface,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "checked call of a trait object's method";
  let description = [{
    Loads the method's slot and calls it with the data pointer and the
    arguments. The type id that is expected is that of the method with the
    object of the trait that declares it in place of `Self`. `of` names the trait
    of the vtable where that is a subtrait: it decides about the slot. Arguments
    and result are compared with the signature like those of `kcfi.call`; the
    data pointer is what the machine passes for the receiver (for `Rc<dyn T>`
    the address of its allocation, for `self` by value the address of the
    value).

    * `unchecked` and `id` are those of `kcfi.call`;
    * the attribute `indirect_result` says that the first argument is the
      address for the result, which the machine passes in front of the data
      pointer;
    * the attribute `CConv` is that of `llvm.call`; `arg_attrs` are in the order
      of the machine, the data pointer among them.

    ```mlir
    #Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
    kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible {
      kcfi.method @scale : !kcfi.rs.fn<(rs.ref<mut rs.param<"Self">>, rs.f64) -> rs.unit> vtable_safe
    }
    // fn twice(s: &mut dyn Shape) { s.scale(2.0) }
    func.func @twice(%data: !llvm.ptr, %vt: !llvm.ptr, %k: f64) {
      kcfi.call_virtual %data, %vt[@Shape::@scale] (%k) : (!llvm.ptr, !llvm.ptr, f64) -> ()
      return
    }
    ```
  }];
  let arguments = (ins UnitAttr:$unchecked, KCFI_Pointer:$data,
                       KCFI_Pointer:$vtable,
                       OptionalAttr<FlatSymbolRefAttr>:$of,
                       SymbolRefAttr:$method, Variadic<AnyType>:$args,
                       OptionalAttr<KCFI_TypeIdAttr>:$type_id,
                       UnitAttr:$indirect_result,
                       DefaultValuedAttr<CConv, "::mlir::LLVM::CConv::C">:$CConv,
                       OptionalAttr<DictArrayAttr>:$arg_attrs,
                       OptionalAttr<DictArrayAttr>:$res_attrs);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = [{
    (`unchecked` $unchecked^)? $data `,` $vtable (`of` $of^)? `[` $method `]`
    `(` $args `)` (`id` $type_id^)? attr-dict
    `:` functional-type(operands, $results)
  }];
  // `of` is needed if the vtable is that of another trait than the method's.
  let builders = [
    OpBuilder<(ins "::mlir::TypeRange":$results, "::mlir::Value":$data,
                   "::mlir::Value":$vtable, "MethodOp":$method,
                   "::mlir::ValueRange":$args)>,
    OpBuilder<(ins "::mlir::TypeRange":$results, "::mlir::Value":$data,
                   "::mlir::Value":$vtable, "MethodOp":$method,
                   "::mlir::ValueRange":$args, "TraitOp":$of)>
  ];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The trait that declares the method.
    ::mlir::FlatSymbolRefAttr getDeclaringTrait() {
      return ::mlir::FlatSymbolRefAttr::get(getMethod().getRootReference());
    }
    /// The trait of the vtable.
    ::mlir::FlatSymbolRefAttr getStaticTrait() {
      return getOfAttr() ? getOfAttr() : getDeclaringTrait();
    }
    /// CheckedCallOpInterface
    CheckedCallee getCheckedCallee(::mlir::SymbolTableCollection &symbolTables);
  }];
}

def KCFI_DropVirtualOp : KCFI_Op<"drop_virtual", [
    KCFI_CheckedCallOpInterface,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "checked call of a trait object's drop glue";
  let description = [{
    Calls the drop glue in the vtable, unless the type needs none and the slot
    is null. The type id that is expected is that of the trait's `drop`
    signature. Stands in a block of a function, not in a structured operation,
    when it is converted to LLVM.

    ```mlir
    #Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
    #Drop = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "drop", "Drop"]>
    kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible
        drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit> {}
    func.func @drop(%data: !llvm.ptr, %vt: !llvm.ptr) {
      kcfi.drop_virtual %data, %vt of @Shape
      return
    }
    ```
  }];
  let arguments = (ins UnitAttr:$unchecked, KCFI_Pointer:$data,
                       KCFI_Pointer:$vtable, FlatSymbolRefAttr:$trait,
                       OptionalAttr<KCFI_TypeIdAttr>:$type_id,
                       DefaultValuedAttr<CConv, "::mlir::LLVM::CConv::C">:$CConv);
  let assemblyFormat = [{
    (`unchecked` $unchecked^)? $data `,` $vtable `of` $trait (`id` $type_id^)?
    attr-dict
  }];
  let builders = [
    OpBuilder<(ins "::mlir::Value":$data, "::mlir::Value":$vtable,
                   "TraitOp":$trait)>
  ];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// CheckedCallOpInterface
    CheckedCallee getCheckedCallee(::mlir::SymbolTableCollection &symbolTables);
  }];
}

//===----------------------------------------------------------------------===//
// Closures
//===----------------------------------------------------------------------===//

def KCFI_CreateClosureOp : KCFI_Op<"create_closure", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "write the captures of a closure to memory";
  let description = [{
    Stores the captures into `in`, as an LLVM struct of their types. The result
    is the same address: the data pointer of a trait object of the closure. The
    body is a function with the callable kind `closure`; its first machine
    parameter is this address, for closures of every kind (there is none if its
    first parameter is marked `zst`).

    ```mlir
    // move |x: i32| x + k
    #Fn = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "Fn"]>
    #clo = #kcfi.rs.item<"app" "s1_" [value "main", closure]>
    func.func private @body(!llvm.ptr, i32) -> i32 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>>, rs.i32) -> rs.i32>,
      kcfi.callable = #kcfi.rs.callable<closure, object rs.dyn<[trait #Fn args [rs.tuple<rs.i32>]]>, receiver rs.ref<rs.param<"Self">>>}
    func.func @make(%k: i32, %storage: !llvm.ptr) -> !llvm.ptr {
      %data = kcfi.create_closure @body(%k) in %storage : i32
      return %data : !llvm.ptr
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$body, Variadic<AnyType>:$captures,
                       Arg<KCFI_Pointer, "", [MemWrite]>:$storage);
  let results = (outs KCFI_Pointer:$result);
  let assemblyFormat = [{
    $body `(` $captures `)` `in` $storage attr-dict (`:` type($captures)^)?
  }];
  let builders = [
    OpBuilder<(ins "::mlir::FunctionOpInterface":$body,
                   "::mlir::ValueRange":$captures, "::mlir::Value":$storage)>
  ];
}

def KCFI_CaptureAddressOp : KCFI_Op<"capture_address", [Pure]> {
  let summary = "address of a capture";
  let description = [{
    Where `kcfi.create_closure` put the capture of this number. The types are
    those of all captures.

    ```mlir
    func.func @second(%self: !llvm.ptr) -> i64 {
      %p = kcfi.capture_address %self[1] of (i32, i64)
      %k = llvm.load %p : !llvm.ptr -> i64
      return %k : i64
    }
    ```
  }];
  let arguments = (ins KCFI_Pointer:$closure,
                       ConfinedAttr<I64Attr, [IntNonNegative]>:$index,
                       TypeArrayAttr:$types);
  let results = (outs KCFI_Pointer:$result);
  let assemblyFormat = [{
    $closure `[` $index `]` `of` custom<Types>($types) attr-dict
  }];
  let builders = [
    OpBuilder<(ins "::mlir::Value":$closure, "int64_t":$index,
                   "::mlir::TypeRange":$captures)>
  ];
  let hasVerifier = 1;
}

def KCFI_ClosureAsFnOp : KCFI_Op<"closure_as_fn", [
    Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "closure without captures as fn pointer";
  let description = [{
    `kcfi-expand-coercions` makes the function that the pointer points to: it
    has no `self` and calls the body.

    ```mlir
    // (|x: i32| x) as fn(i32) -> i32
    #Fn = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "Fn"]>
    #clo = #kcfi.rs.item<"app" "s1_" [value "main", closure]>
    func.func private @body(!llvm.ptr, i32) -> i32 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures []>>, rs.i32) -> rs.i32>,
      kcfi.callable = #kcfi.rs.callable<closure, object rs.dyn<[trait #Fn args [rs.tuple<rs.i32>]]>, receiver rs.ref<rs.param<"Self">>>}
    func.func @get() -> !kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32>> {
      %f = kcfi.closure_as_fn @body : !kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32>>
      return %f : !kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32>>
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$body);
  let results = (outs KCFI_FnPtrType:$result);
  let assemblyFormat = "$body attr-dict `:` qualified(type($result))";
  let builders = [
    OpBuilder<(ins "::mlir::FunctionOpInterface":$body,
                   "RustFnType":$signature)>
  ];
}

def KCFI_AsFnObjectOp : KCFI_Op<"as_fn_object", [
    Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "vtable of a closure, fn item or fn pointer for an Fn trait";
  let description = [{
    The second half of a `&dyn Fn(A) -> R`, `&mut dyn FnMut(A) -> R` or `Box<dyn
    FnOnce(A) -> R>`. The type says what is behind the data pointer:

    * `rs.closure`: the captures; the function is the closure's body;
    * `rs.fn_item`: nothing; the function is the item;
    * `rs.fn`: a function pointer; there is no function, but the machine type
      follows, as in `kcfi.call`.

    `size`, `align` and `drop` (of closures) are those of the vtable; they are
    not written for a closure without captures and where the type says it.
    `kcfi-expand-coercions` makes the vtable and the functions in it.

    ```mlir
    // &f as &dyn Fn(i32) -> i32   for   fn f(x: i32) -> i32
    #Fn = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "Fn"]>
    #f = #kcfi.rs.item<"app" "s1_" [value "f"]>
    kcfi.trait @Fn : !kcfi.rs.dyn<[trait #Fn args [rs.tuple<rs.i32>]]> dyn_compatible {
      kcfi.method @call : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.i32) -> rs.i32> vtable_safe
    }
    func.func private @f(i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32>}
    func.func @get() -> !llvm.ptr {
      %vt = kcfi.as_fn_object @f as @Fn for !kcfi.rs.fn_item<#f>
      return %vt : !llvm.ptr
    }
    ```
  }];
  let arguments = (ins OptionalAttr<FlatSymbolRefAttr>:$callee,
                       FlatSymbolRefAttr:$trait, TypeAttr:$type,
                       OptionalAttr<I64Attr>:$size,
                       OptionalAttr<I64Attr>:$align,
                       OptionalAttr<FlatSymbolRefAttr>:$drop,
                       OptionalAttr<TypeAttrOf<FunctionType>>:$machine_type);
  let results = (outs KCFI_Pointer:$result);
  let assemblyFormat = [{
    ($callee^)? `as` $trait `for` $type (`size` $size^)? (`align` $align^)?
    (`drop` $drop^)? attr-dict (`:` $machine_type^)?
  }];
  // Of a closure or fn item, also by its name, and of a fn pointer.
  let builders = [
    OpBuilder<(ins "::mlir::FunctionOpInterface":$callee, "TraitOp":$trait,
                   "::mlir::Type":$type,
                   CArg<"std::optional<int64_t>", "{}">:$size,
                   CArg<"std::optional<int64_t>", "{}">:$align)>,
    OpBuilder<(ins "::mlir::FlatSymbolRefAttr":$callee, "TraitOp":$trait,
                   "::mlir::Type":$type,
                   CArg<"std::optional<int64_t>", "{}">:$size,
                   CArg<"std::optional<int64_t>", "{}">:$align)>,
    OpBuilder<(ins "RustFnType":$pointer, "TraitOp":$trait,
                   "::mlir::FunctionType":$machineType)>
  ];
  let hasVerifier = 1;
}

#endif // KCFI_IR_KCFIRUSTOPS_TD
