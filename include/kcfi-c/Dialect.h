//===- kcfi-c/Dialect.h - The kcfi dialect, its types and attributes -*- C
//-*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Types and attributes are described by their parameters, which have names and
// values as in the dialect's reference (docs/Dialects/KCFIDialect.md): one set
// of functions makes and reads all of them. A parameter is handed over as an
// attribute:
//
//   parameter                  attribute
//   type                       TypeAttr
//   attribute                  itself
//   number                     IntegerAttr of 64 bits (signless)
//   bool                       BoolAttr
//   enumerator                 StringAttr with the keyword of the assembly
//   set of flags               StringAttr, keywords joined by '|'; "none"
//   list of any of these       ArrayAttr
//   optional, and not there    the null attribute
//
// Types, attributes and strings are owned by the context, and may be made and
// read by several threads at a time if the context may
// (mlirContextEnableMultithreading). Registration is for one thread.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_C_DIALECT_H
#define KCFI_C_DIALECT_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"

#ifdef __cplusplus
extern "C" {
#endif

/// `mlirGetDialectHandle__kcfi__()`, for mlirDialectHandleRegisterDialect and
/// its like. It brings the dialect alone; see kcfiRegisterAllDialects.
MLIR_DECLARE_CAPI_DIALECT_REGISTRATION(KCFI, kcfi);

/// Puts into `registry` what kcfi-opt and kcfi-translate work with: the kcfi
/// dialect, all dialects of MLIR with their extensions, and how they are
/// converted to the LLVM dialect and translated to and from LLVM IR. More than
/// one call does no harm. Once a context of the registry loads the kcfi
/// dialect, it does not attach operations to errors any more, as in the tools.
MLIR_CAPI_EXPORTED void kcfiRegisterAllDialects(MlirDialectRegistry registry);

/// The version of the project, e.g. "0.1.0". The string lives forever.
MLIR_CAPI_EXPORTED MlirStringRef kcfiGetVersion(void);

//===----------------------------------------------------------------------===//
// Kinds
//===----------------------------------------------------------------------===//

/// The types of the dialect. The numbers may change between versions: what is
/// stored goes by kcfiTypeKindGetName.
typedef enum KCFITypeKind {
  KCFITypeKindFn,
  KCFITypeKindEncoded,
  KCFITypeKindRaw,
  KCFITypeKindFnPtr,
  KCFITypeKindCBuiltin,
  KCFITypeKindPtr,
  KCFITypeKindCBlockPtr,
  KCFITypeKindLValueRef,
  KCFITypeKindRValueRef,
  KCFITypeKindMemberPtr,
  KCFITypeKindQual,
  KCFITypeKindTag,
  KCFITypeKindCArray,
  KCFITypeKindCVector,
  KCFITypeKindCMatrix,
  KCFITypeKindCComplex,
  KCFITypeKindCAtomic,
  KCFITypeKindCBitInt,
  KCFITypeKindCSizeless,
  KCFITypeKindCTypedef,
  KCFITypeKindRustFn,
  KCFITypeKindRustFnItem,
  KCFITypeKindRustClosure,
  KCFITypeKindRustCoroutine,
  KCFITypeKindRustPrimitive,
  KCFITypeKindRustRef,
  KCFITypeKindRustPtr,
  KCFITypeKindRustSlice,
  KCFITypeKindRustArray,
  KCFITypeKindRustTuple,
  KCFITypeKindRustPat,
  KCFITypeKindRustAdt,
  KCFITypeKindRustForeign,
  KCFITypeKindRustDyn,
  KCFITypeKindRustParam,
  KCFITypeKindRustReceiver,
  /// Not a type of this dialect, or null. Always the last one: its value is the
  /// number of kinds.
  KCFITypeKindNone
} KCFITypeKind;

/// The attributes of the dialect, as above.
typedef enum KCFIAttributeKind {
  KCFIAttributeKindEncoding,
  KCFIAttributeKindCodegen,
  KCFIAttributeKindTypeId,
  KCFIAttributeKindScope,
  KCFIAttributeKindTemplateValue,
  KCFIAttributeKindTemplatePack,
  KCFIAttributeKindTemplateName,
  KCFIAttributeKindCastReason,
  KCFIAttributeKindRustSegment,
  KCFIAttributeKindRustItem,
  KCFIAttributeKindRustRegion,
  KCFIAttributeKindRustConst,
  KCFIAttributeKindRustPredicate,
  KCFIAttributeKindRustCallable,
  KCFIAttributeKindEquivalences,
  KCFIAttributeKindNone
} KCFIAttributeKind;

/// The kind of `type`; KCFITypeKindNone for null and for types of other
/// dialects.
MLIR_CAPI_EXPORTED KCFITypeKind kcfiTypeGetKind(MlirType type);

/// The same for attributes.
MLIR_CAPI_EXPORTED KCFIAttributeKind kcfiAttributeGetKind(MlirAttribute attr);

/// True if `type` is of the given kind; false for null.
MLIR_CAPI_EXPORTED bool kcfiTypeIsA(MlirType type, KCFITypeKind kind);
MLIR_CAPI_EXPORTED bool kcfiAttributeIsA(MlirAttribute attr,
                                         KCFIAttributeKind kind);

/// True if `type` can be the type of a function as a whole: `fn`, `rs.fn`,
/// `encoded`, `raw`.
MLIR_CAPI_EXPORTED bool kcfiTypeIsSignature(MlirType type);

/// The name of a kind as in the enumeration: "FnPtr" for KCFITypeKindFnPtr.
/// Empty for KCFITypeKindNone and for numbers that are no kind. The string
/// lives forever.
MLIR_CAPI_EXPORTED MlirStringRef kcfiTypeKindGetName(KCFITypeKind kind);
MLIR_CAPI_EXPORTED MlirStringRef
kcfiAttributeKindGetName(KCFIAttributeKind kind);

/// The name of a kind with its dialect, as mlir's type names are: "kcfi.ptr",
/// "kcfi.c.builtin". Empty and owned as above.
MLIR_CAPI_EXPORTED MlirStringRef kcfiTypeKindGetFullName(KCFITypeKind kind);
MLIR_CAPI_EXPORTED MlirStringRef
kcfiAttributeKindGetFullName(KCFIAttributeKind kind);

/// The type id (of MLIR) that all types of a kind share. Null for
/// KCFITypeKindNone and for numbers that are no kind.
MLIR_CAPI_EXPORTED MlirTypeID kcfiTypeKindGetTypeID(KCFITypeKind kind);
MLIR_CAPI_EXPORTED MlirTypeID
kcfiAttributeKindGetTypeID(KCFIAttributeKind kind);

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

/// The number of parameters of a kind; 0 for numbers that are no kind.
MLIR_CAPI_EXPORTED intptr_t kcfiTypeKindGetNumParameters(KCFITypeKind kind);
MLIR_CAPI_EXPORTED intptr_t
kcfiAttributeKindGetNumParameters(KCFIAttributeKind kind);

/// The name of a parameter, e.g. "pointee"; empty if `pos` is out of range. The
/// string lives forever.
MLIR_CAPI_EXPORTED MlirStringRef kcfiTypeKindGetParameterName(KCFITypeKind kind,
                                                              intptr_t pos);
MLIR_CAPI_EXPORTED MlirStringRef
kcfiAttributeKindGetParameterName(KCFIAttributeKind kind, intptr_t pos);

/// True if the parameter may be null; false if `pos` is out of range.
MLIR_CAPI_EXPORTED bool kcfiTypeKindIsParameterOptional(KCFITypeKind kind,
                                                        intptr_t pos);
MLIR_CAPI_EXPORTED bool
kcfiAttributeKindIsParameterOptional(KCFIAttributeKind kind, intptr_t pos);

/// The value of a parameter. Null for an optional one that is not there, if
/// `pos` is out of range, and for types that are not of this dialect.
MLIR_CAPI_EXPORTED MlirAttribute kcfiTypeGetParameter(MlirType type,
                                                      intptr_t pos);
MLIR_CAPI_EXPORTED MlirAttribute kcfiAttributeGetParameter(MlirAttribute attr,
                                                           intptr_t pos);

/// The value of the parameter of that name; null as above, and if there is none
/// of that name.
MLIR_CAPI_EXPORTED MlirAttribute kcfiTypeGetParameterByName(MlirType type,
                                                            MlirStringRef name);
MLIR_CAPI_EXPORTED MlirAttribute
kcfiAttributeGetParameterByName(MlirAttribute attr, MlirStringRef name);

/// Makes a type from all of its parameters. The context is that of `location`,
/// which must have the kcfi dialect loaded. If a parameter is not what it has
/// to be, or the type's own rules forbid it, this emits an error at `location`
/// and returns null.
MLIR_CAPI_EXPORTED MlirType kcfiTypeGetChecked(MlirLocation location,
                                               KCFITypeKind kind,
                                               intptr_t numParameters,
                                               MlirAttribute const *parameters);

/// The same for attributes.
MLIR_CAPI_EXPORTED MlirAttribute kcfiAttributeGetChecked(
    MlirLocation location, KCFIAttributeKind kind, intptr_t numParameters,
    MlirAttribute const *parameters);

//===----------------------------------------------------------------------===//
// Common types
//===----------------------------------------------------------------------===//
//
// Shorthands of kcfiTypeGetChecked with its rules: the same errors, null after
// an error. Enumerators are keywords; an empty string of flags is "none".

/// `!kcfi.fn`. `flags`: e.g. "variadic|noexcept". `callConv`: e.g. "ms_abi", or
/// empty for the target's own. `salt` may be null or a StringAttr.
MLIR_CAPI_EXPORTED MlirType kcfiFnTypeGetChecked(
    MlirLocation location, intptr_t numParams, MlirType const *params,
    MlirType result, MlirStringRef flags, MlirStringRef callConv,
    MlirAttribute salt);

/// The number of parameters of a `fn` or `rs.fn`; -1 for other types.
MLIR_CAPI_EXPORTED intptr_t kcfiFnTypeGetNumParams(MlirType type);

/// A parameter and the result of a `fn` or `rs.fn`; null for other types and if
/// `pos` is out of range.
MLIR_CAPI_EXPORTED MlirType kcfiFnTypeGetParam(MlirType type, intptr_t pos);
MLIR_CAPI_EXPORTED MlirType kcfiFnTypeGetResult(MlirType type);

/// `!kcfi.fnptr` of a signature.
MLIR_CAPI_EXPORTED MlirType kcfiFnPtrTypeGetChecked(MlirLocation location,
                                                    MlirType signature);

/// `!kcfi.encoded` of a type-id string.
MLIR_CAPI_EXPORTED MlirType kcfiEncodedTypeGetChecked(MlirLocation location,
                                                      MlirStringRef string);

/// `!kcfi.raw` of an id, which is not 0.
MLIR_CAPI_EXPORTED MlirType kcfiRawTypeGetChecked(MlirLocation location,
                                                  uint32_t id);

/// A builtin type of C or C++, without "c.": "int", "ulong", "va_list".
MLIR_CAPI_EXPORTED MlirType kcfiCBuiltinTypeGetChecked(MlirLocation location,
                                                       MlirStringRef name);

/// `!kcfi.ptr`.
MLIR_CAPI_EXPORTED MlirType kcfiPtrTypeGetChecked(MlirLocation location,
                                                  MlirType pointee);

/// `!kcfi.qual`. `qualifiers`: e.g. "const|volatile". `addressSpace`: that of
/// the target, 0 for none.
MLIR_CAPI_EXPORTED MlirType kcfiQualTypeGetChecked(MlirLocation location,
                                                   MlirStringRef qualifiers,
                                                   uint32_t addressSpace,
                                                   MlirType type);

/// `!kcfi.tag` of a named type outside of others and without arguments.
/// `keyword`: "struct", "union", "enum" or "class".
MLIR_CAPI_EXPORTED MlirType kcfiTagTypeGetChecked(MlirLocation location,
                                                  MlirStringRef keyword,
                                                  MlirStringRef name);

/// `!kcfi.c.array`. `size`: the number of elements, -1 for an incomplete array,
/// -2 for one of variable length.
MLIR_CAPI_EXPORTED MlirType kcfiCArrayTypeGetChecked(MlirLocation location,
                                                     int64_t size,
                                                     MlirType element);

/// `!kcfi.rs.fn` without parameters of size zero. `abi`: e.g. "C", "Rust".
/// `flags`: as in the dialect's reference.
MLIR_CAPI_EXPORTED MlirType kcfiRustFnTypeGetChecked(
    MlirLocation location, intptr_t numParams, MlirType const *params,
    MlirType result, MlirStringRef abi, MlirStringRef flags);

/// A primitive type of Rust, without "rs.": "u8", "never".
MLIR_CAPI_EXPORTED MlirType
kcfiRustPrimitiveTypeGetChecked(MlirLocation location, MlirStringRef name);

/// `!kcfi.rs.ref` with an erased region.
MLIR_CAPI_EXPORTED MlirType kcfiRustRefTypeGetChecked(MlirLocation location,
                                                      bool isMut,
                                                      MlirType referent);

/// `!kcfi.rs.ptr`.
MLIR_CAPI_EXPORTED MlirType kcfiRustPtrTypeGetChecked(MlirLocation location,
                                                      bool isMut,
                                                      MlirType pointee);

/// `!kcfi.rs.tuple`.
MLIR_CAPI_EXPORTED MlirType kcfiRustTupleTypeGetChecked(
    MlirLocation location, intptr_t numElements, MlirType const *elements);

/// `!kcfi.rs.adt` of a `#kcfi.rs.item` and its generic arguments (an ArrayAttr;
/// null for none).
MLIR_CAPI_EXPORTED MlirType kcfiRustAdtTypeGetChecked(MlirLocation location,
                                                      MlirAttribute item,
                                                      MlirAttribute args);

/// `!kcfi.rs.dyn` with an erased region. `predicates`: an ArrayAttr of
/// `#kcfi.rs.predicate`.
MLIR_CAPI_EXPORTED MlirType kcfiRustDynTypeGetChecked(MlirLocation location,
                                                      MlirAttribute predicates);

//===----------------------------------------------------------------------===//
// Common attributes
//===----------------------------------------------------------------------===//

/// `#kcfi.encoding`. `hash`: "xxhash64" or "fnv1a". As kcfiAttributeGetChecked.
MLIR_CAPI_EXPORTED MlirAttribute
kcfiEncodingAttrGetChecked(MlirLocation location, MlirStringRef hash,
                           bool normalizeIntegers, bool generalizePointers);

/// `#kcfi.type_id`. `string` may be null or a StringAttr. As above.
MLIR_CAPI_EXPORTED MlirAttribute kcfiTypeIdAttrGetChecked(MlirLocation location,
                                                          uint32_t id,
                                                          MlirAttribute string);

/// The id of a `#kcfi.type_id`; 0, which is never an id, for anything else.
MLIR_CAPI_EXPORTED uint32_t kcfiTypeIdAttrGetValue(MlirAttribute attr);

#ifdef __cplusplus
}
#endif

#endif // KCFI_C_DIALECT_H
