//===- KCFIDialect.td - The kcfi dialect -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIDIALECT_TD
#define KCFI_IR_KCFIDIALECT_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

def KCFI_Dialect : Dialect {
  let name = "kcfi";
  let cppNamespace = "::mlir::kcfi";
  let summary = "function signatures, checked indirect calls and type ids";
  let description = [{
    Kernel Control Flow Integrity (KCFI) stores a 32-bit type id in front of
    every function and compares it at every indirect call. The id is a hash of
    the function's source-level type, which LLVM IR no longer knows. This
    dialect carries that type from the front end to the last lowering step:

    * *signatures* (`!kcfi.fn` and its component types) describe source types
      of the C and C++ families exactly as the C++ ABI mangles them, and
      `!kcfi.rs.fn` those of Rust as rustc encodes them;
    * *function pointers* are values of type `!kcfi.fnptr`, so that a pointer
      changes its signature only through an explicit `kcfi.cast`;
    * *checked calls* are `kcfi.call` and `kcfi.invoke`;
    * everything said about a function is an attribute that works on any
      function op (`func.func`, `llvm.func`, a front end's own).

    | attribute | on | meaning |
    | --- | --- | --- |
    | `kcfi.sig` | functions | the signature, a `fn`, `rs.fn`, `encoded` or `raw` type |
    | `kcfi.foreign_sigs` | functions with `kcfi.sig` | array of the signatures with which other languages declare the same function; read by `kcfi-check-interop` |
    | `kcfi.type_id` | functions, `llvm.call`, `llvm.invoke`, `kcfi.signature`, `kcfi.entry` | the type id, made by `kcfi-assign-type-ids` |
    | `kcfi.checked` | `llvm.call`, `llvm.invoke` | the id that an expanded check in front of this call compares with |
    | `kcfi.address_taken` | functions | the address escapes in a way that the module does not show |
    | `kcfi.implicit_object` | functions | the first parameter is the object of a C++ member function and not part of the signature |
    | `kcfi.callable` | functions with a Rust signature | what the function is, and how trait objects call it |
    | `kcfi.entry_sig` | functions with `kcfi.sig`, `kcfi.method` | the signature that the type id is made of; set by `kcfi-coalesce-types` and `kcfi-place-entries` |
    | `kcfi.weight` | `kcfi.address_of`, `kcfi.vtable` (each of its slots) | how often functions are called through this view, compared with others; without it what a profile says, else 1 |
    | `kcfi.source_sig` | functions, indirect calls, `kcfi.signature`, `kcfi.entry`, `kcfi.trait` (that of its drop slot) | the signature before `kcfi-coalesce-types` replaced it by the representative of its class |
    | `kcfi.no_check` | functions | indirect calls made by this function are not checked |
    | `kcfi.carried` | declarations (`llvm.func`, `llvm.mlir.global`) | the definition, or the declaration with all its attributes, is in `kcfi.carried_bodies`; the value says why |
    | `kcfi.debug_sig` | functions | the signature that debug info gives, or a string that says why it gives none; made by the import for `kcfi-raise-from-llvm` |
    | `kcfi.debug_types` | modules | further signatures in debug info whose ids the module uses; made and used in the same way |
    | `kcfi.type_metadata` | functions, `llvm.mlir.global` | LLVM's `!type` metadata: pairs of an offset and a string |
    | `kcfi.prefix_data` | `llvm.func` with a body | bytes that stand in front of the function's own prefix: further ids and the ways from their entries into the function; made by `convert-kcfi-to-llvm` from `kcfi.entry` |
    | `kcfi.llvm_facts` | operations of the LLVM dialect and what they were raised to, modules | what LLVM IR says of them and MLIR has no form for; made by the import, given back by the export |
    | `kcfi.stand_in` | `llvm.func` without a body | calls of it stand for the instruction or constant of this name in `kcfi.carried_bodies` |
    | `kcfi.llvm_properties` | `kcfi.call`, `kcfi.invoke` | what the `llvm.call` or `llvm.invoke` that was raised says and the raised operation cannot; given back by the lowering |
    | `kcfi.source_filename` | modules | LLVM's name of the source, which goes into symbol tables and into ThinLTO's ids of local symbols; kept by the import |
    | `kcfi.encoding` | modules | hash and string options |
    | `kcfi.codegen` | modules | patchable prefixes and arity |
    | `kcfi.equivalences` | modules | the equivalences under which each signature is the representative of its class; set by `kcfi-coalesce-types` |
    | `kcfi.merged_classes` | modules | pairs of signatures, the class of the first of which has the id of the second's; set by `kcfi-place-entries` |

    ```mlir
    module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>,
                       llvm.target_triple = "x86_64-unknown-linux-gnu"} {
      // int inc(int)
      func.func private @inc(i32) -> i32
        attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}

      // int apply(int (*op)(int), int x) { return op(x); }
      func.func @apply(%op: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32
        attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>} {
        %r = kcfi.call %op(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
        return %r : i32
      }
    }
    ```
  }];

  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];

  // Types and attributes nest without the `!kcfi.` prefix and share one parser
  // for the many builtin types, so both entry points are written by hand.
  let useDefaultTypePrinterParser = 0;
  let useDefaultAttributePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let hasRegionResultAttrVerify = 1;

  let extraClassDeclaration = [{
    /// Names of the discardable attributes; their meaning is in the dialect's
    /// description.
    static constexpr ::llvm::StringLiteral kSigAttrName{"kcfi.sig"};
    static constexpr ::llvm::StringLiteral kForeignSigsAttrName{
        "kcfi.foreign_sigs"};
    static constexpr ::llvm::StringLiteral kTypeIdAttrName{"kcfi.type_id"};
    static constexpr ::llvm::StringLiteral kCheckedAttrName{"kcfi.checked"};
    static constexpr ::llvm::StringLiteral kAddressTakenAttrName{
        "kcfi.address_taken"};
    static constexpr ::llvm::StringLiteral kImplicitObjectAttrName{
        "kcfi.implicit_object"};
    static constexpr ::llvm::StringLiteral kCallableAttrName{"kcfi.callable"};
    static constexpr ::llvm::StringLiteral kEntrySigAttrName{"kcfi.entry_sig"};
    static constexpr ::llvm::StringLiteral kWeightAttrName{"kcfi.weight"};
    static constexpr ::llvm::StringLiteral kSourceSigAttrName{
        "kcfi.source_sig"};
    static constexpr ::llvm::StringLiteral kEquivalencesAttrName{
        "kcfi.equivalences"};
    static constexpr ::llvm::StringLiteral kNoCheckAttrName{"kcfi.no_check"};
    static constexpr ::llvm::StringLiteral kCarriedAttrName{"kcfi.carried"};
    static constexpr ::llvm::StringLiteral kDebugSigAttrName{"kcfi.debug_sig"};
    static constexpr ::llvm::StringLiteral kDebugTypesAttrName{
        "kcfi.debug_types"};
    static constexpr ::llvm::StringLiteral kTypeMetadataAttrName{
        "kcfi.type_metadata"};
    static constexpr ::llvm::StringLiteral kPrefixDataAttrName{
        "kcfi.prefix_data"};
    static constexpr ::llvm::StringLiteral kLLVMFactsAttrName{
        "kcfi.llvm_facts"};
    static constexpr ::llvm::StringLiteral kStandInAttrName{"kcfi.stand_in"};
    static constexpr ::llvm::StringLiteral kLLVMPropertiesAttrName{
        "kcfi.llvm_properties"};
    static constexpr ::llvm::StringLiteral kMergedClassesAttrName{
        "kcfi.merged_classes"};
    static constexpr ::llvm::StringLiteral kSourceFilenameAttrName{
        "kcfi.source_filename"};
    static constexpr ::llvm::StringLiteral kEncodingAttrName{"kcfi.encoding"};
    static constexpr ::llvm::StringLiteral kCodegenAttrName{"kcfi.codegen"};

    /// Parses a type of this dialect without the `!kcfi.` prefix, or any other
    /// type with its usual spelling.
    static ::mlir::ParseResult parseNestedType(::mlir::AsmParser &parser,
                                               ::mlir::Type &type);
    /// Prints `type` so that `parseNestedType` reads it.
    static void printNestedType(::mlir::AsmPrinter &printer,
                                ::mlir::Type type);

    ::mlir::Type parseType(::mlir::DialectAsmParser &parser) const override;
    void printType(::mlir::Type type,
                   ::mlir::DialectAsmPrinter &printer) const override;

    void registerTypes();
    void registerAttributes();
    void registerBytecode();
  }];
}

#endif // KCFI_IR_KCFIDIALECT_TD
