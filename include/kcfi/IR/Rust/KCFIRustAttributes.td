//===- KCFIRustAttributes.td - Parts of Rust types -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIRUSTATTRIBUTES_TD
#define KCFI_IR_KCFIRUSTATTRIBUTES_TD

include "kcfi/IR/KCFIAttributes.td"
include "kcfi/IR/Rust/KCFIRustEnums.td"

//===----------------------------------------------------------------------===//
// Paths and definitions
//===----------------------------------------------------------------------===//

def KCFI_RustSegmentAttr : KCFI_Attr<"RustSegment", "rs.segment"> {
  let summary = "one segment of the path to a Rust item";
  let description = [{
    Occurs in `#kcfi.rs.item` only, where it is written without `#kcfi.`: a name
    of the type namespace (`"Vec"`), `value "main"`, or one without a name:
    `impl`, `extern`, `closure`, `constructor`, `constant`, `opaque`,
    `synthetic`, `nested`. The number in parentheses counts the items of one
    name in one place; the first one is 0 and not written.

    ```mlir
    // the second closure in app::main
    kcfi.signature @f : !kcfi.rs.fn<(rs.coroutine<async #kcfi.rs.item<"app" "sgEmfK2I1SDT_" [value "main", closure(1)]>>) -> rs.unit>
    ```
  }];
  let parameters = (ins "RustPathTag":$tag, "unsigned":$disambiguator,
                        OptionalParameter<"::mlir::StringAttr">:$name);
  let assemblyFormat = "`<` custom<SegmentBody>($tag, $disambiguator, $name) `>`";
  let genVerifyDecl = 1;
  let members = [{
    /// The name as it is encoded: that of segments without one is in braces.
    ::llvm::StringRef getSpelling() const;
    /// True for the tags whose segments have a name of their own.
    static bool isNamed(RustPathTag tag);
  }];
}

def KCFI_RustItemAttr : KCFI_Attr<"RustItem", "rs.item"> {
  let summary = "definition of a Rust type, trait, function or closure";
  let description = [{
    The crate's name, its disambiguator as it is encoded (`s..._`: one more than
    in a v0 symbol of the crate), and the path in it. Then, all optional, what
    an encoder must know of the definition:

    | part | meaning |
    | --- | --- |
    | `generics ["'a", "T", "N"]` | names of the parameters, in the order of the arguments |
    | `transparent` | `repr(transparent)` struct |
    | `repr_c` | `repr(C)` |
    | `field T` | the type of the first field that has a size, over the parameters. A transparent struct without it has no data. Structs that are only passed like their field, such as `Box`, have it, too: a trait's receiver may be one |
    | `cfi_encoding("i")` | the attribute of this name |
    | `lang(c_void)` | the item is `core::ffi::c_void` |
    | `lang(fn)`, `lang(fn_mut)`, `lang(fn_once)` | the item is the trait `Fn`, `FnMut` or `FnOnce` |
    | `recursive` | stands for the definition of this path around it |

    A path is an identity: one signature must not have two definitions of one
    path. The definition of a type that mentions itself is finite because the
    inner occurrence is `recursive`.

    ```mlir
    // #[repr(transparent)] struct NonNull<T>(*const T);
    #NonNull = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ptr", "non_null", "NonNull"] generics ["T"] transparent field rs.ptr<const rs.param<"T">>>
    // #[repr(transparent)] struct Node(*const Node);
    #Node = #kcfi.rs.item<"app" "s1_" ["Node"] transparent field rs.ptr<const rs.adt<#kcfi.rs.item<"app" "s1_" ["Node"] recursive>>>>
    kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#NonNull, [rs.i32]>, rs.adt<#Node>) -> rs.unit>
    ```
  }];
  let parameters = (ins "::mlir::StringAttr":$crate,
                        "::mlir::StringAttr":$crateId,
                        "::mlir::ArrayAttr":$path,
                        "::mlir::ArrayAttr":$generics, "RustRepr":$repr,
                        OptionalParameter<"::mlir::Type">:$field,
                        OptionalParameter<"::mlir::StringAttr">:$cfiEncoding,
                        "RustLangItem":$langItem, "bool":$recursive);
  // The parts are accepted in any order, and the parser counts its nesting.
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let members = [{
    /// The item with its path alone: equal for all mentions of one item.
    RustItemAttr getIdentity() const;
    /// The item with what its encoding shows: path, `cfi_encoding` and, if C
    /// names are in force, `repr(C)`.
    RustItemAttr getNominal(bool cNames) const;
    /// The last name of the path, or of the innermost segment that has one.
    ::llvm::StringRef getName() const;
  }];
}

//===----------------------------------------------------------------------===//
// Arguments and predicates
//===----------------------------------------------------------------------===//

def KCFI_RustRegionAttr : KCFI_Attr<"RustRegion", "rs.region"> {
  let summary = "region (lifetime) in a Rust type";
  let description = [{
    `erased`; `bound(d, i)`, the region number `i` (counted by first appearance
    in parameters, then result) of the binder `d` levels out, where each `rs.fn`
    and each predicate of `rs.dyn` is a binder; `static`, which only generalised
    pointers have (all regions of a function itself are erased, `'static`
    included); `param("'a")` in the field of a definition. Regions of references
    do not appear in strings but are a part of the reference's identity.

    ```mlir
    // fn(for<'a> fn(&'a u8) -> Ref<'a, u8>)
    #Ref = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["cell", "Ref"]>
    kcfi.signature @f : !kcfi.rs.fn<(rs.fn<(rs.ref<bound(0, 0) rs.u8>) -> rs.adt<#Ref, [bound(0, 0), rs.u8]>>) -> rs.unit>
    ```
  }];
  let parameters = (ins "RustRegionKind":$kind, "unsigned":$binder,
                        "unsigned":$index,
                        OptionalParameter<"::mlir::StringAttr">:$name);
  let assemblyFormat = "`<` custom<RegionBody>($kind, $binder, $index, $name) `>`";
  let genVerifyDecl = 1;
  let members = [{
    static RustRegionAttr getErased(::mlir::MLIRContext *context);
    static RustRegionAttr getStatic(::mlir::MLIRContext *context);
    bool isErased() const { return getKind() == RustRegionKind::Erased; }
  }];
}

def KCFI_RustConstAttr : KCFI_Attr<"RustConst", "rs.const"> {
  let summary = "constant in a Rust type";
  let description = [{
    Type and value: a decimal number, `true` or `false`; a `char` as its number.
    In the field of a definition also `param("N")`.

    ```mlir
    // Matrix<-5, true>
    #Matrix = #kcfi.rs.item<"app" "s1_" ["Matrix"]>
    kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#Matrix, [const<rs.i32, "-5">, const<rs.bool, "true">]>) -> rs.unit>
    ```
  }];
  let parameters = (ins KCFI_Nested:$type, "::mlir::StringAttr":$value,
                        "bool":$isParam);
  let assemblyFormat = "`<` custom<Nested>($type) `,` custom<ConstValue>($value, $isParam) `>`";
  let genVerifyDecl = 1;
}

def KCFI_RustPredicateAttr : KCFI_Attr<"RustPredicate", "rs.predicate"> {
  let summary = "predicate of a Rust trait object";
  let description = [{
    `trait item args [...]`, the principal trait; `projection item args [...] =
    T`, an associated type (or constant) and what it is; `auto item`. Arguments
    are those without `Self`, and not written if there are none. Occurs in `rs.dyn` only, where it is written without
    `#kcfi.rs.predicate`.

    ```mlir
    // &(dyn Iterator<Item = u8> + Send)
    #Iterator = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["iter", "Iterator"]>
    #Item = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["iter", "Iterator", "Item"]>
    #Send = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["marker", "Send"]>
    kcfi.signature @f : !kcfi.rs.fn<(rs.ref<rs.dyn<[trait #Iterator, projection #Item = rs.u8, auto #Send]>>) -> rs.unit>
    ```
  }];
  let parameters = (ins "RustPredicateKind":$kind, "RustItemAttr":$item,
                        "::mlir::ArrayAttr":$args,
                        OptionalParameter<"::mlir::Attribute">:$term);
  let assemblyFormat = "`<` custom<PredicateBody>($kind, $item, $args, $term) `>`";
  let genVerifyDecl = 1;
}

//===----------------------------------------------------------------------===//
// Callables
//===----------------------------------------------------------------------===//

def KCFI_RustCallableAttr : KCFI_Attr<"RustCallable", "rs.callable"> {
  let summary = "what a Rust function is, and how trait objects call it";
  let description = [{
    Stands on a function as `kcfi.callable`. The kind; then, if the function can
    be called through a trait object, the type of that object and the type of
    the first parameter over `rs.param<"Self">` as the trait declares it. No
    object means that the trait is not dyn-compatible. An object alone means
    that it is, but the method is not vtable-safe. The object has the associated types of the trait and its
    supertraits, with their values, as projections.

    From these the *entry signature* is made: what the type id in front of the
    function is computed from (docs/Equivalences.md).

    ```mlir
    // impl Shape for Square { fn area(&self) -> f64 }
    #Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
    #Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>
    func.func private @area(!llvm.ptr) -> f64 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>}
    ```
  }];
  let parameters = (ins "RustCallableKind":$kind, KCFI_OptionalNested:$object,
                        KCFI_OptionalNested:$receiver);
  let assemblyFormat = [{
    `<` custom<Keyword>($kind, "\"kind of callable\"")
    (`,` `object` custom<Nested>($object)^)?
    (`,` `receiver` custom<Nested>($receiver)^)? `>`
  }];
  let genVerifyDecl = 1;
}

//===----------------------------------------------------------------------===//
// Equivalences
//===----------------------------------------------------------------------===//

def KCFI_EquivalencesAttr : KCFI_Attr<"Equivalences", "equivalences"> {
  let summary = "the equivalences that made the classes of a module";
  let description = [{
    Stands on a module as `kcfi.equivalences` after `kcfi-coalesce-types`: each
    signature is the representative of its class under these equivalences
    (docs/Equivalences.md). All modules of a program must agree on it.
    `normalized_integers` and `generalized_pointers` are not in the list; they
    show in strings and are said by `#kcfi.encoding`.

    ```mlir
    module attributes {kcfi.equivalences = #kcfi.equivalences<[transparent_wrappers, c_void]>,
                       llvm.target_triple = "x86_64-unknown-linux-gnu"} {}
    ```
  }];
  let parameters = (ins
    ArrayRefParameter<"::mlir::kcfi::Equivalence">:$equivalences);
  let assemblyFormat = "`<` custom<EquivalenceList>($equivalences) `>`";
  let genVerifyDecl = 1;
}

#endif // KCFI_IR_KCFIRUSTATTRIBUTES_TD
