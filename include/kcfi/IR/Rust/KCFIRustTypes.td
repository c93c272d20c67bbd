//===- KCFIRustTypes.td - Types of the Rust family -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIRUSTTYPES_TD
#define KCFI_IR_KCFIRUSTTYPES_TD

include "kcfi/IR/Rust/KCFIRustAttributes.td"
include "kcfi/IR/KCFITypes.td"

//===----------------------------------------------------------------------===//
// Signatures and fn pointers
//===----------------------------------------------------------------------===//

def KCFI_RustFnType : KCFI_Type<"RustFn", "rs.fn"> {
  let summary = "function type of the Rust family";
  let description = [{
    The signature of a Rust function, and, inside of another type, a Rust fn
    pointer type. A literal `...` as last parameter makes it C-variadic. After
    the result follow `abi("C")` (Rust's own is the default) and `unsafe`, which
    print nothing but are a part of a fn pointer's identity.

    As a signature it says what is passed:

    * `zst` marks a parameter without size, which is not passed and not encoded
      (but under the ABI `win64`);
    * the tuple of a `rust-call` function is spread into single parameters (a
      nested fn pointer type keeps it);
    * a `#[track_caller]` function has the caller's `&Location` as its last
      parameter;
    * a variadic definition has no `VaList` parameter.

    ```mlir
    // fn f(_: (), x: i32, op: unsafe extern "C" fn(i32, ...) -> i32) -> !
    kcfi.signature @f : !kcfi.rs.fn<(zst rs.unit, rs.i32, rs.fn<(rs.i32, ...) -> rs.i32 abi("C") unsafe>) -> rs.never>
    ```
  }];
  let parameters = (ins ArrayRefParameter<"::mlir::Type">:$params,
                        "::mlir::Type":$result, "RustAbi":$abi,
                        "RustFnFlags":$flags,
                        ArrayRefParameter<"unsigned">:$zstParams);
  // `...` and `zst` among the parameters and `unsafe` share parameters of ODS.
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let builders = [
    TypeBuilder<(ins "::llvm::ArrayRef<::mlir::Type>":$params,
                     "::mlir::Type":$result,
                     CArg<"RustAbi", "RustAbi::Rust">:$abi,
                     CArg<"RustFnFlags", "RustFnFlags::None">:$flags), [{
      return $_get($_ctxt, params, result, abi, flags,
                   ::llvm::ArrayRef<unsigned>());
    }]>
  ];
  let members = [{
    bool isVariadic() const {
      return bitEnumContainsAny(getFlags(), RustFnFlags::Variadic);
    }
    bool isUnsafe() const {
      return bitEnumContainsAny(getFlags(), RustFnFlags::Unsafe);
    }
    /// The indices of the parameters that a call passes. Those without size are
    /// not passed, but by the win64 ABIs (rustc: `conv_ignored_zsts`).
    ::llvm::SmallVector<unsigned> getPassedParams() const;
    /// The same type with one more property.
    RustFnType withAbi(RustAbi abi) const;
    RustFnType withVariadic() const { return withFlag(RustFnFlags::Variadic); }
    RustFnType withUnsafe() const { return withFlag(RustFnFlags::Unsafe); }
    RustFnType withFlag(RustFnFlags flag) const;
    /// The same type whose parameters with these numbers have no size.
    RustFnType withZstParams(::llvm::ArrayRef<unsigned> params) const;
  }];
}

def KCFI_RustFnItemType : KCFI_Type<"RustFnItem", "rs.fn_item"> {
  let summary = "type of a Rust function item or constructor";
  let description = [{
    The type of the function itself, which has no size; not a fn pointer. The
    arguments of a trait's method start with `Self`.

    ```mlir
    // apply::<fn item {app::twice::<u8>}>
    #apply = #kcfi.rs.item<"app" "s1_" [value "twice"]>
    kcfi.signature @f : !kcfi.rs.fn<(rs.ref<rs.fn_item<#apply, [rs.u8]>>) -> rs.unit>
    ```
  }];
  let parameters = (ins "RustItemAttr":$item, "::mlir::ArrayAttr":$args);
  let assemblyFormat = "`<` custom<ItemAndArgs>($item, $args) `>`";
  let genVerifyDecl = 1;
}

def KCFI_RustClosureType : KCFI_Type<"RustClosure", "rs.closure"> {
  let summary = "type of a Rust closure";
  let description = [{
    Kind (`fn`, `fn_mut`, `fn_once`), item with the arguments of the function
    around it, signature and captures. The signature is a `rust-call` fn type
    with one tuple.

    ```mlir
    // |x: i32| x + k   with k: i32 by move
    #clo = #kcfi.rs.item<"app" "s1_" [value "main", closure]>
    kcfi.signature @f : !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>>, rs.i32) -> rs.i32>
    ```
  }];
  let parameters = (ins "RustClosureKind":$kind, "RustItemAttr":$item,
                        KCFI_DefaultEmpty:$args, KCFI_Nested:$signature,
                        KCFI_DefaultNoTypes:$captures);
  let assemblyFormat = [{
    `<` custom<Keyword>($kind, "\"kind of closure\"") custom<Item>($item) `,`
    (`args` custom<GenericArgs>($args)^ `,`)?
    `signature` custom<Nested>($signature)
    (`,` `captures` custom<Captures>($captures)^)? `>`
  }];
  let genVerifyDecl = 1;
}

def KCFI_RustCoroutineType : KCFI_Type<"RustCoroutine", "rs.coroutine"> {
  let summary = "type of a Rust coroutine or async closure";
  let description = [{
    Kind (`coroutine`, `async`, `gen`, `async_gen`, `async_closure`) and item
    with the arguments of the function around it.

    ```mlir
    // async fn work() { .. }
    #work = #kcfi.rs.item<"app" "s1_" [value "work", closure]>
    kcfi.signature @f : !kcfi.rs.fn<() -> rs.coroutine<async #work>>
    ```
  }];
  let parameters = (ins "RustCoroutineKind":$kind, "RustItemAttr":$item,
                        "::mlir::ArrayAttr":$args);
  let assemblyFormat = [{
    `<` custom<Keyword>($kind, "\"kind of coroutine\"")
    custom<ItemAndArgs>($item, $args) `>`
  }];
  let genVerifyDecl = 1;
}

//===----------------------------------------------------------------------===//
// Components
//===----------------------------------------------------------------------===//

def KCFI_RustPrimitiveType : KCFI_PlainType<"RustPrimitive"> {
  let typeName = "kcfi.rs.primitive";
  let summary = "primitive type of Rust";
  let description = [{
    `rs.bool rs.char rs.str rs.never rs.i8 rs.i16 rs.i32 rs.i64 rs.i128 rs.isize
    rs.u8 rs.u16 rs.u32 rs.u64 rs.u128 rs.usize rs.f16 rs.f32 rs.f64 rs.f128`.

    ```mlir
    kcfi.signature @f : !kcfi.rs.fn<(rs.usize, rs.char) -> rs.never>
    ```
  }];
  let parameters = (ins "RustPrimitive":$kind);
}

def KCFI_RustRefType : KCFI_Type<"RustRef", "rs.ref"> {
  let summary = "Rust reference";
  let description = [{
    The region, which is not written if it is erased, `mut` and the type.

    ```mlir
    // fn(&mut i32, fn(&str))
    kcfi.signature @f : !kcfi.rs.fn<(rs.ref<mut rs.i32>, rs.fn<(rs.ref<bound(0, 0) rs.str>) -> rs.unit>) -> rs.unit>
    ```
  }];
  let parameters = (ins DefaultValuedParameter<"RustRegionAttr",
                          "RustRegionAttr::getErased($_ctxt)">:$region,
                        KCFI_Presence:$isMut, KCFI_Nested:$referent);
  let assemblyFormat = [{
    `<` (custom<Region>($region)^ ` `)? (`mut` $isMut^)?
    custom<Nested>($referent) `>`
  }];
  let genVerifyDecl = 1;
}

def KCFI_RustPtrType : KCFI_Type<"RustPtr", "rs.ptr"> {
  let summary = "Rust raw pointer";
  let description = [{
    ```mlir
    // fn(*const u8, *mut u8)
    kcfi.signature @f : !kcfi.rs.fn<(rs.ptr<const rs.u8>, rs.ptr<mut rs.u8>) -> rs.unit>
    ```
  }];
  let parameters = (ins "bool":$isMut, KCFI_Nested:$pointee);
  let assemblyFormat = "`<` custom<Mutability>($isMut) custom<Nested>($pointee) `>`";
  let genVerifyDecl = 1;
}

def KCFI_RustSliceType : KCFI_Type<"RustSlice", "rs.slice"> {
  let summary = "Rust slice";
  let description = [{
    ```mlir
    // fn(&[u8])
    kcfi.signature @f : !kcfi.rs.fn<(rs.ref<rs.slice<rs.u8>>) -> rs.unit>
    ```
  }];
  let parameters = (ins KCFI_Nested:$element);
  let assemblyFormat = "`<` custom<Nested>($element) `>`";
  let genVerifyDecl = 1;
}

def KCFI_RustArrayType : KCFI_Type<"RustArray", "rs.array"> {
  let summary = "Rust array";
  let description = [{
    The number of elements, in the field of a definition also `param("N")`, and
    their type.

    ```mlir
    // fn([u8; 32])
    kcfi.signature @f : !kcfi.rs.fn<(rs.array<32, rs.u8>) -> rs.unit>
    ```
  }];
  let parameters = (ins KCFI_DefaultZero<"uint64_t">:$size,
                        OptionalParameter<"::mlir::StringAttr">:$sizeParam,
                        KCFI_Nested:$element);
  let assemblyFormat = [{
    `<` (`param` `(` custom<String>($sizeParam)^ `)`) : (custom<U64>($size))? `,`
    custom<Nested>($element) `>`
  }];
  let genVerifyDecl = 1;
}

def KCFI_RustTupleType : KCFI_Type<"RustTuple", "rs.tuple"> {
  let summary = "Rust tuple";
  let description = [{
    Without elements it is written `rs.unit`.

    ```mlir
    // fn((u8, bool)) -> ()
    kcfi.signature @f : !kcfi.rs.fn<(rs.tuple<rs.u8, rs.bool>) -> rs.unit>
    ```
  }];
  let parameters = (ins ArrayRefParameter<"::mlir::Type">:$elements);
  let assemblyFormat = "`` custom<Elements>($elements)";
  let genVerifyDecl = 1;
  let members = [{
    static RustTupleType getUnit(::mlir::MLIRContext *context);
    bool isUnit() const { return getElements().empty(); }
  }];
}

def KCFI_RustPatType : KCFI_Type<"RustPat", "rs.pat"> {
  let summary = "Rust pattern type";
  let description = [{
    A type and the pattern that its values match, as the compiler prints it. The
    standard library makes the content of `NonZero` with it.

    ```mlir
    // what NonZero<u32> contains
    kcfi.signature @f : !kcfi.rs.fn<(rs.pat<rs.u32, "1..">) -> rs.unit>
    ```
  }];
  let parameters = (ins KCFI_Nested:$base, "::mlir::StringAttr":$pattern);
  let assemblyFormat = "`<` custom<Nested>($base) `,` custom<String>($pattern) `>`";
  let genVerifyDecl = 1;
}

def KCFI_RustAdtType : KCFI_Type<"RustAdt", "rs.adt"> {
  let summary = "Rust struct, enum or union";
  let description = [{
    The definition and the arguments in square brackets: types, regions and
    constants.

    ```mlir
    // fn(Option<u8>)
    #Option = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["option", "Option"]>
    kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#Option, [rs.u8]>) -> rs.unit>
    ```
  }];
  let parameters = (ins "RustItemAttr":$item, "::mlir::ArrayAttr":$args);
  let assemblyFormat = "`<` custom<ItemAndArgs>($item, $args) `>`";
  let genVerifyDecl = 1;
}

def KCFI_RustForeignType : KCFI_Type<"RustForeign", "rs.foreign"> {
  let summary = "Rust extern type";
  let description = [{
    A type declared in an `extern` block; it stands for an incomplete C type.

    ```mlir
    // extern "C" { type FILE; fn fclose(f: *mut FILE) -> i32; }
    #FILE = #kcfi.rs.item<"app" "s1_" [extern, "FILE"]>
    kcfi.signature @fclose : !kcfi.rs.fn<(rs.ptr<mut rs.foreign<#FILE>>) -> rs.i32 abi("C")>
    ```
  }];
  let parameters = (ins "RustItemAttr":$item);
  let assemblyFormat = "`<` custom<Item>($item) `>`";
}

def KCFI_RustDynType : KCFI_Type<"RustDyn", "rs.dyn"> {
  let summary = "Rust trait object";
  let description = [{
    The predicates in the order in which the compiler keeps them (it sorts by a
    hash, so the order is an input) and the region, unless it is erased. The
    principal trait comes first, then associated types, then auto traits.

    ```mlir
    // fn(&dyn Shape)
    #Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
    kcfi.signature @f : !kcfi.rs.fn<(rs.ref<rs.dyn<[trait #Shape]>>) -> rs.unit>
    ```
  }];
  let parameters = (ins "::mlir::ArrayAttr":$predicates,
                        DefaultValuedParameter<"RustRegionAttr",
                          "RustRegionAttr::getErased($_ctxt)">:$region);
  let assemblyFormat = "`<` custom<Predicates>($predicates) (`,` custom<ObjectRegion>($region)^)? `>`";
  let genVerifyDecl = 1;
}

def KCFI_RustParamType : KCFI_Type<"RustParam", "rs.param"> {
  let summary = "type parameter in the field of a Rust definition";
  let description = [{
    Stands for an argument. In a signature itself it is legal, and encoded as
    rustc does, but does not occur after monomorphisation.

    ```mlir
    #Pin = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["pin", "Pin"] generics ["T"] transparent field rs.param<"T">>
    kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#Pin, [rs.ref<mut rs.u8>]>) -> rs.unit>
    ```
  }];
  let parameters = (ins "::mlir::StringAttr":$name);
  let assemblyFormat = "`<` custom<String>($name) `>`";
  let genVerifyDecl = 1;
}

def KCFI_RustReceiverType : KCFI_Type<"RustReceiver", "rs.receiver"> {
  let summary = "receiver of a call through a vtable";
  let description = [{
    The pointer that such a call passes: the address of the object without its
    vtable, while the type in it, `&dyn Trait`, has both. rustc encodes the two
    in one way. The equivalence set with `distinct_receivers` makes this type
    (docs/Equivalences.md); it is encoded as `u8receiverI`, the type in it, `E`.

    ```mlir
    // what a call of area in the vtable of a &dyn Shape is made with
    #Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
    kcfi.signature @f : !kcfi.rs.fn<(rs.receiver<rs.ref<rs.dyn<[trait #Shape]>>>) -> rs.f64>
    ```
  }];
  let parameters = (ins KCFI_Nested:$pointer);
  let assemblyFormat = "`<` custom<Nested>($pointer) `>`";
  let genVerifyDecl = 1;
}

#endif // KCFI_IR_KCFIRUSTTYPES_TD
