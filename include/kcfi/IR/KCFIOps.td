//===- KCFIOps.td - Operations -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIOPS_TD
#define KCFI_IR_KCFIOPS_TD

include "kcfi/IR/KCFIOpBase.td"
include "kcfi/IR/Rust/KCFIRustOps.td"

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

def KCFI_SignatureOp : KCFI_Op<"signature", [Symbol]> {
  let summary = "named signature";
  let description = [{
    Gives a signature a name without declaring a function. On export its id
    becomes the weak absolute symbol `__kcfi_typeid_<name>`, which assembly code
    and code generators at run time (BPF) use to make functions of that type.

    Example:

    ```mlir
    // unsigned bpf_func(const void *, const struct bpf_insn *)
    kcfi.signature @bpf_func : !kcfi.fn<(ptr<qual<const c.void>>, ptr<qual<const tag<struct "bpf_insn">>>) -> c.uint>
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, KCFI_SignatureType:$type);
  let assemblyFormat = "$sym_name `:` $type attr-dict";
}

def KCFI_AdtOp : KCFI_Op<"adt", [Symbol]> {
  let summary = "definition of a Rust struct, enum or union";
  let description = [{
    Says once what types that mention the item by its path would have to repeat:
    representation, field, `cfi_encoding`. The item is one `#kcfi.rs.item` with
    these facts; mentions may have none or the same. A field mentions other
    items, and its own one, by their paths. The lowering removes the operation.

    Example:

    ```mlir
    // #[repr(transparent)] struct Handle(*mut u8);   fn open(h: Handle)
    kcfi.adt @Handle #kcfi.rs.item<"app" "s1_" ["Handle"] transparent field rs.ptr<mut rs.u8>>
    kcfi.signature @open : !kcfi.rs.fn<(rs.adt<#kcfi.rs.item<"app" "s1_" ["Handle"]>>) -> rs.unit>
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, KCFI_RustItemAttr:$item);
  let assemblyFormat = "$sym_name qualified($item) attr-dict";
  let hasVerifier = 1;
}

def KCFI_EntryAlignmentAttr
    : ConfinedAttr<I32Attr, [AttrConstraint<
        CPred<"::mlir::kcfi::isEntryAlignment("
              "::llvm::cast<::mlir::IntegerAttr>($_self).getInt())">,
        "whose value is a power of two up to 1024">]>;

def KCFI_EntryOp : KCFI_Op<"entry", [
    Symbol, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "extra entry of a function, with a type id of its own";
  let description = [{
    A function has one type id; where it must be callable as two classes, an
    extra entry carries the second. A call of the entry is a call of the
    function. The signature decides about the entry's id; `kcfi.address_of` and
    slots of `kcfi.vtable` may name an entry like a function. `form` says how it
    is made:

    | form | meaning |
    | --- | --- |
    | `jump` | a function that jumps to the function |
    | `clone` | a copy of the function |
    | `fallthrough` | an id in front of the function's own one; what lies between is executed (x86-64) |
    | `adjacent` | an id and a branch in front of the function's own id (targets where the id is data) |
    | `auto` | the best form that is possible |

    `align` asks for an address that is a multiple of this number of bytes.

    `because` names the two uses of the function that need different classes, as
    a person reads them.

    Example:

    ```mlir
    #Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
    #Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>
    func.func private @area(!llvm.ptr) -> f64 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>}
    // Square::area as fn(&Square) -> f64
    kcfi.entry private @area.as.fn of @area : !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64> form jump align 32
    func.func @get() -> !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>> {
      %f = kcfi.address_of @area.as.fn : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
      return %f : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    }
    ```
  }];
  let arguments = (ins OptionalAttr<StrAttr>:$sym_visibility,
                       SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$callee,
                       KCFI_SignatureType:$signature,
                       DefaultValuedAttr<KCFI_EntryForm, "::mlir::kcfi::EntryForm::Auto">:$form,
                       DefaultValuedAttr<KCFI_EntryAlignmentAttr, "1">:$alignment,
                       OptionalAttr<StrArrayAttr>:$because);
  let assemblyFormat = [{
    custom<Visibility>($sym_visibility) `` $sym_name `of` $callee `:` $signature
    (`form` $form^)? (`align` $alignment^)? (`because` $because^)? attr-dict
  }];
  // Versions of the bytecode before 1.3 have no alignment.
  let useCustomPropertiesEncoding = 1;
}

def KCFI_BitcodeAttr
    : Attr<CPred<"::llvm::isa<::mlir::DenseI8ResourceElementsAttr>($_self)">,
           "LLVM bitcode as a resource of bytes"> {
  let storageType = "::mlir::DenseI8ResourceElementsAttr";
  let returnType = "::mlir::DenseI8ResourceElementsAttr";
  let convertFromStorage = "$_self";
}

def KCFI_CarriedBodiesOp : KCFI_Op<"carried_bodies", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "what stays LLVM IR";
  let description = [{
    LLVM IR that MLIR cannot express, made by `kcfi-translate --import-llvm-ir`.
    `bitcode` is a whole LLVM module with three parts: the instructions that
    functions with `kcfi.stand_in` stand for, metadata nodes that
    `kcfi.llvm_facts` refers to by number, and the definitions of functions and
    global variables that have the attribute `kcfi.carried` here. `symbols` gives
    the name here of each symbol there, so that references are seen and follow a
    renaming; `taken` lists those whose address is used other than for a direct
    call. Export puts all parts back, and gives definitions their linkage and
    their place. A module has at most one.

    Example (without the definition of the resource, which holds the bitcode):

    ```mlir-fragment
    llvm.func @f(i32) -> i32 attributes {kcfi.carried = "funclets of exception handling",
                                         kcfi.type_id = #kcfi.type_id<0x00050794>}
    llvm.func @kcfi.stand_in.callbr.0() -> i32 attributes {kcfi.stand_in = "callbr.0"}
    kcfi.carried_bodies dense_resource<carried> : tensor<2104xi8>
      symbols {f = @f, helper = @helper} taken [@helper]
    ```
  }];
  let arguments = (ins KCFI_BitcodeAttr:$bitcode, DictionaryAttr:$symbols,
                       TypedArrayAttrBase<FlatSymbolRefAttr,
                           "array of symbols">:$taken);
  let assemblyFormat = "$bitcode `symbols` $symbols `taken` $taken attr-dict";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The bytes of the bitcode.
    ::llvm::StringRef getBytes();
  }];
}

//===----------------------------------------------------------------------===//
// Uses
//===----------------------------------------------------------------------===//

def KCFI_AddressOfOp : KCFI_Op<"address_of", [
    Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "address of a function, typed by its signature";
  let description = [{
    Makes a view of the function: from here on it may be called through
    pointers of its signature. The result type must be the function's
    `kcfi.sig`; use `kcfi.cast` to go on to another one.

    Example:

    ```mlir
    func.func private @inc(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
    func.func @get() -> !kcfi.fnptr<(c.int) -> c.int>
      attributes {kcfi.sig = !kcfi.fn<() -> ptr<fn<(c.int) -> c.int>>>} {
      %f = kcfi.address_of @inc : !kcfi.fnptr<(c.int) -> c.int>
      return %f : !kcfi.fnptr<(c.int) -> c.int>
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee);
  let results = (outs KCFI_FnPtrType:$result);
  let assemblyFormat = "$callee attr-dict `:` qualified(type($result))";
  let builders = [OpBuilder<(ins "::mlir::FunctionOpInterface":$callee)>];
}

def KCFI_CastOp : KCFI_Op<"cast", [
    Pure, DeclareOpInterfaceMethods<CastOpInterface>]> {
  let summary = "change of a function pointer's type, with a reason";
  let description = [{
    The only way in which a function pointer changes its signature.

    | reason | from → to | meaning |
    | --- | --- | --- |
    | `coalesced` | fnptr → fnptr | both signatures have one type id; checked by `kcfi-verify-level` |
    | `reinterpret` | fnptr → fnptr | the program casts; calls through the result trap unless the ids agree |
    | `launder` | pointer or integer → fnptr | the value comes from untyped code; it is trusted to no more than the check at the call |
    | `unchecked` | fnptr → pointer or integer | the value leaves the typed world (stored as data, compared, passed to untyped code) |

    Example:

    ```mlir
    func.func @use(%p: !llvm.ptr) -> i32 {
      %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.int>
      %r = kcfi.call %f() : !kcfi.fnptr<() -> c.int>, () -> i32
      return %r : i32
    }
    ```

    Casts there and back fold to the value that they started from, since a call
    checks the same id then. Two casts between function pointers become one; it
    is `coalesced` if both are, else `reinterpret`.
  }];
  let arguments = (ins KCFI_CastReasonAttr:$reason, AnyType:$source);
  let results = (outs AnyType:$result);
  let assemblyFormat = [{
    custom<CastReason>($reason) $source attr-dict `:` type($source) `to` type($result)
  }];
  let hasCanonicalizer = 1;
  let hasFolder = 1;
  let hasVerifier = 1;
}

class KCFI_CallBase<string mnemonic, list<Trait> traits> : KCFI_Op<mnemonic,
    !listconcat(traits, [DeclareOpInterfaceMethods<CallOpInterface>,
                         KCFI_CheckedCallOpInterface])> {
  code callDeclarations = [{
    /// The signature that the callee is expected to have.
    ::mlir::Type getSignature() {
      return ::llvm::cast<FnPtrType>(getCallee().getType()).getSignature();
    }
    /// CheckedCallOpInterface: all is in the type of the pointer.
    CheckedCallee getCheckedCallee(::mlir::SymbolTableCollection &) {
      return {getSignature(), RustCallableAttr()};
    }
    /// Machine-level type of the call.
    ::mlir::FunctionType getMachineType() {
      return ::mlir::FunctionType::get(getContext(), getArgs().getTypes(),
                                       getOperation()->getResultTypes());
    }
    /// Number of fixed arguments if the callee is variadic, from `fixed(n)` or
    /// the signature.
    std::optional<unsigned> getFixedArgumentCount();
  }];
}

def KCFI_CallOp : KCFI_CallBase<"call", []> {
  let summary = "indirect call that checks the callee's type id";
  let description = [{
    Calls a function pointer; at run time the call traps unless the type id in
    front of the callee is that of the pointer's signature. The machine types of
    arguments and result are given as a function type and are compared with the
    signature where both say something (a struct passed by value is lowered by
    the front end's ABI code and may become any number of arguments).

    * `unchecked` calls without a check (callers with `no_sanitize("kcfi")`,
      and the only way to call an `unprototyped` pointer, for which clang
      emits no check either);
    * `fixed(n)` gives the number of fixed arguments of a variadic callee where
      the signature does not show it (`raw`, `encoded`, structs by value);
    * `id` is the type id, set by `kcfi-assign-type-ids`;
    * the attribute `implicit_object` says that the first argument is the object
      of a C++ member function, which is not part of the signature;
    * the attributes `CConv` and `TailCallKind` are those of `llvm.call`.

    A call of a function that is defined in the module with the same signature
    canonicalizes to a direct call. A call of a known function with another
    signature stays: it traps, and `kcfi-expand-checks` warns of it.

    Example:

    ```mlir
    func.func @apply(%op: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>} {
      %r = kcfi.call %op(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
      return %r : i32
    }
    ```
  }];
  let arguments = (ins UnitAttr:$unchecked, KCFI_FnPtrType:$callee,
                       Variadic<AnyType>:$args,
                       OptionalAttr<I32Attr>:$fixed,
                       OptionalAttr<KCFI_TypeIdAttr>:$type_id,
                       UnitAttr:$implicit_object,
                       DefaultValuedAttr<CConv, "::mlir::LLVM::CConv::C">:$CConv,
                       DefaultValuedAttr<TailCallKind, "::mlir::LLVM::TailCallKind::None">:$TailCallKind,
                       OptionalAttr<DictArrayAttr>:$arg_attrs,
                       OptionalAttr<DictArrayAttr>:$res_attrs);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = [{
    (`unchecked` $unchecked^)? $callee `(` $args `)`
    (`fixed` `(` $fixed^ `)`)? (`id` $type_id^)? attr-dict
    `:` qualified(type($callee)) `,` functional-type($args, $results)
  }];
  let builders = [
    OpBuilder<(ins "::mlir::TypeRange":$results, "::mlir::Value":$callee,
                   "::mlir::ValueRange":$args)>
  ];
  let hasCanonicalizer = 1;
  let hasVerifier = 1;
  let extraClassDeclaration = callDeclarations;
}

def KCFI_InvokeOp : KCFI_CallBase<"invoke", [
    AttrSizedOperandSegments, Terminator,
    DeclareOpInterfaceMethods<BranchOpInterface>]> {
  let summary = "checked indirect call with an unwind destination";
  let description = [{
    `kcfi.call` as a terminator: control goes on at the normal destination, or,
    when the callee unwinds, at the unwind destination, whose block starts with
    `llvm.landingpad`. Stands in functions that have a personality
    (`llvm.func`). x86-64 LLVM never checks an invoke; the lowering then makes
    the check explicit in front of it.

    Example:

    ```mlir
    module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
      llvm.func @__gxx_personality_v0(...) -> i32
      llvm.func @try(%p: !llvm.ptr) attributes {personality = @__gxx_personality_v0} {
        %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
        kcfi.invoke %f() to ^ok unwind ^bad : !kcfi.fnptr<() -> c.void>, () -> ()
      ^ok:
        llvm.return
      ^bad:
        %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
        llvm.resume %lp : !llvm.struct<(ptr, i32)>
      }
    }
    ```
  }];
  let arguments = (ins UnitAttr:$unchecked, KCFI_FnPtrType:$callee,
                       Variadic<AnyType>:$args,
                       Variadic<AnyType>:$normalDestOperands,
                       Variadic<AnyType>:$unwindDestOperands,
                       OptionalAttr<I32Attr>:$fixed,
                       OptionalAttr<KCFI_TypeIdAttr>:$type_id,
                       UnitAttr:$implicit_object,
                       DefaultValuedAttr<CConv, "::mlir::LLVM::CConv::C">:$CConv,
                       OptionalAttr<DictArrayAttr>:$arg_attrs,
                       OptionalAttr<DictArrayAttr>:$res_attrs);
  let results = (outs Variadic<AnyType>:$results);
  let successors = (successor AnySuccessor:$normalDest,
                              AnySuccessor:$unwindDest);
  let assemblyFormat = [{
    (`unchecked` $unchecked^)? $callee `(` $args `)`
    `to` $normalDest (`(` $normalDestOperands^ `:` type($normalDestOperands) `)`)?
    `unwind` $unwindDest (`(` $unwindDestOperands^ `:` type($unwindDestOperands) `)`)?
    (`fixed` `(` $fixed^ `)`)? (`id` $type_id^)? attr-dict
    `:` qualified(type($callee)) `,` functional-type($args, $results)
  }];
  let builders = [
    OpBuilder<(ins "::mlir::TypeRange":$results, "::mlir::Value":$callee,
                   "::mlir::ValueRange":$args, "::mlir::Block *":$normalDest,
                   "::mlir::Block *":$unwindDest)>
  ];
  let hasVerifier = 1;
  let extraClassDeclaration = callDeclarations;
}

#endif // KCFI_IR_KCFIOPS_TD
