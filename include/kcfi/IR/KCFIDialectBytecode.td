//===- KCFIDialectBytecode.td - Bytecode encoding -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How types and attributes stand in bytecode. The order of the two lists at the
// end is the file format: append only, replace what dies by ReservedOrDead, and
// raise the version in KCFIVersion.h when the members of an entry change.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIDIALECTBYTECODE_TD
#define KCFI_IR_KCFIDIALECTBYTECODE_TD

include "mlir/IR/BytecodeBase.td"

// Values are range-checked when read: bytecode comes from anywhere.
class KCFI_EnumCode<string enumType> :
  WithParser <"succeeded(readEnum($_reader, $_var))",
  WithBuilder<"$_args",
  WithPrinter<"writeEnum($_writer, $_getter)",
  WithType<enumType>>>>;
def KCFI_Unsigned :
  WithParser <"succeeded(readUnsigned($_reader, $_var))",
  WithBuilder<"$_args",
  WithPrinter<"$_writer.writeVarInt($_getter)",
  WithType<"uint32_t">>>>;
class KCFI_OptionalAttrCode<string attrType> :
  WithParser <"succeeded($_reader.readOptionalAttribute($_var))",
  WithBuilder<"$_args",
  WithPrinter<"$_writer.writeOptionalAttribute($_getter)",
  WithType<attrType>>>>;

class KCFI_RequiredAttrCode<string attrType> :
  WithParser <"succeeded($_reader.readAttribute($_var))",
  WithBuilder<"$_args",
  WithPrinter<"$_writer.writeAttribute($_getter)",
  WithType<attrType>>>>;

// Unlike `Array<Type>` it does not allocate what a damaged file asks for.
def KCFI_Types :
  WithParser <"succeeded(readTypes($_reader, $_var))",
  WithBuilder<"$_args",
  WithPrinter<"$_writer.writeTypes($_getter)",
  WithType<"SmallVector<Type>">>>>;

def KCFI_Unsigneds :
  WithParser <"succeeded(readUnsigneds($_reader, $_var))",
  WithBuilder<"$_args",
  WithPrinter<"writeUnsigneds($_writer, $_getter)",
  WithType<"SmallVector<unsigned>">>>>;
def KCFI_OptionalType :
  WithParser <"succeeded(readOptionalType($_reader, $_var))",
  WithBuilder<"$_args",
  WithPrinter<"writeOptionalType($_writer, $_getter)",
  WithType<"Type">>>>;

defvar String = KCFI_RequiredAttrCode<"StringAttr">;
defvar ArrayOfAttrs = KCFI_RequiredAttrCode<"ArrayAttr">;
defvar OptString = KCFI_OptionalAttrCode<"StringAttr">;
defvar OptArray = KCFI_OptionalAttrCode<"ArrayAttr">;

class KCFI_TypeCode<dag members> : DialectType<members> {
  let cBuilder = "getVerified<$_resultType>(reader, context, $_args)";
}
class KCFI_AttrCode<dag members> : DialectAttribute<members> {
  let cBuilder = "getVerified<$_resultType>(reader, context, $_args)";
}

// Without a verifier: every value of the members is valid.
class KCFI_PlainTypeCode<dag members> : DialectType<members> {
  let cBuilder = "$_resultType::get(context, $_args)";
}
class KCFI_PlainAttrCode<dag members> : DialectAttribute<members> {
  let cBuilder = "$_resultType::get(context, $_args)";
}

def EncodingAttr : KCFI_PlainAttrCode<(attr
  KCFI_EnumCode<"HashKind">:$hash, Bool:$normalizeIntegers,
  Bool:$generalizePointers)>;
def CodegenAttr : KCFI_PlainAttrCode<(attr
  KCFI_Unsigned:$patchablePrefix, KCFI_Unsigned:$patchableEntry, Bool:$arity)>;
def TypeIdAttr : KCFI_AttrCode<(attr KCFI_Unsigned:$value, OptString:$string)>;
def ScopeAttr : KCFI_AttrCode<(attr OptString:$name, OptArray:$args)>;
def TemplateValueAttr : KCFI_AttrCode<(attr Type:$type, String:$value)>;
def TemplatePackAttr : KCFI_AttrCode<(attr ArrayOfAttrs:$args)>;
def TemplateNameAttr : KCFI_AttrCode<(attr String:$name, OptArray:$scope)>;
def CastReasonAttr : KCFI_PlainAttrCode<(attr KCFI_EnumCode<"CastReason">:$value)>;

def FnType : KCFI_TypeCode<(type
  KCFI_Types:$params, Type:$result, KCFI_EnumCode<"FnFlags">:$flags,
  KCFI_EnumCode<"CallConv">:$callConv, KCFI_Unsigned:$sme,
  KCFI_Unsigned:$regParm, OptString:$salt)> {
  let cBuilder = [{
    getVerified<$_resultType>(reader, context, ArrayRef<Type>(params), result,
                              flags, callConv, sme, regParm, salt)
  }];
}
def EncodedType : KCFI_TypeCode<(type String:$string)>;
def RawType : KCFI_TypeCode<(type KCFI_Unsigned:$id)>;
def FnPtrType : KCFI_TypeCode<(type Type:$signature)>;
def CBuiltinType : KCFI_PlainTypeCode<(type KCFI_EnumCode<"BuiltinKind">:$kind)>;
def PtrType : KCFI_TypeCode<(type Type:$pointee)>;
def CBlockPtrType : KCFI_TypeCode<(type Type:$pointee)>;
def LValueRefType : KCFI_TypeCode<(type Type:$pointee)>;
def RValueRefType : KCFI_TypeCode<(type Type:$pointee)>;
def MemberPtrType : KCFI_TypeCode<(type Type:$classType, Type:$pointee)>;
def QualType : KCFI_TypeCode<(type
  KCFI_EnumCode<"Qualifiers">:$qualifiers, KCFI_Unsigned:$addressSpace,
  Type:$type)>;
def TagType : KCFI_TypeCode<(type
  KCFI_EnumCode<"TagKind">:$kind, OptString:$name,
  KCFI_Unsigned:$unnamedIndex, Bool:$unnamedInCxx, OptArray:$args,
  OptArray:$scope, OptString:$function)>;
def CArrayType : KCFI_TypeCode<(type SignedVarInt:$size, Type:$element)>;
def CVectorType : KCFI_TypeCode<(type
  KCFI_Unsigned:$lanes, Type:$element, KCFI_EnumCode<"VectorFlavor">:$flavor)>;
def CMatrixType : KCFI_TypeCode<(type
  KCFI_Unsigned:$rows, KCFI_Unsigned:$columns, Type:$element)>;
def CComplexType : KCFI_TypeCode<(type Type:$element)>;
def CAtomicType : KCFI_TypeCode<(type Type:$element)>;
def CBitIntType : KCFI_TypeCode<(type KCFI_Unsigned:$bits, Bool:$isUnsigned)>;
def CSizelessType : KCFI_TypeCode<(type
  KCFI_EnumCode<"SizelessFamily">:$family, String:$name,
  KCFI_Unsigned:$bits)>;
def CTypedefType : KCFI_TypeCode<(type String:$name, Type:$type)>;

def RustSegmentAttr : KCFI_AttrCode<(attr
  KCFI_EnumCode<"RustPathTag">:$tag, KCFI_Unsigned:$disambiguator,
  OptString:$name)>;
def RustItemAttr : KCFI_AttrCode<(attr
  String:$crate, String:$crateId, ArrayOfAttrs:$path, ArrayOfAttrs:$generics,
  KCFI_EnumCode<"RustRepr">:$repr, KCFI_OptionalType:$field,
  OptString:$cfiEncoding, KCFI_EnumCode<"RustLangItem">:$langItem,
  Bool:$recursive)>;
def RustRegionAttr : KCFI_AttrCode<(attr
  KCFI_EnumCode<"RustRegionKind">:$kind, KCFI_Unsigned:$binder,
  KCFI_Unsigned:$index, OptString:$name)>;
def RustConstAttr : KCFI_AttrCode<(attr
  Type:$type, String:$value, Bool:$isParam)>;
def RustPredicateAttr : KCFI_AttrCode<(attr
  KCFI_EnumCode<"RustPredicateKind">:$kind,
  KCFI_RequiredAttrCode<"RustItemAttr">:$item, ArrayOfAttrs:$args,
  KCFI_OptionalAttrCode<"Attribute">:$term)>;
def RustCallableAttr : KCFI_AttrCode<(attr
  KCFI_EnumCode<"RustCallableKind">:$kind, KCFI_OptionalType:$object,
  KCFI_OptionalType:$receiver)>;

def KCFI_EquivalenceList :
  WithParser <"succeeded(readEnums($_reader, $_var))",
  WithBuilder<"$_args",
  WithPrinter<"writeEnums($_writer, $_getter)",
  WithType<"SmallVector<Equivalence>">>>>;
def EquivalencesAttr : KCFI_AttrCode<(attr
  KCFI_EquivalenceList:$equivalences)> {
  let cBuilder = [{
    getVerified<$_resultType>(reader, context,
                              ArrayRef<Equivalence>(equivalences))
  }];
}

def RustFnType : KCFI_TypeCode<(type
  KCFI_Types:$params, Type:$result, KCFI_EnumCode<"RustAbi">:$abi,
  KCFI_EnumCode<"RustFnFlags">:$flags, KCFI_Unsigneds:$zstParams)> {
  let cBuilder = [{
    getVerified<$_resultType>(reader, context, ArrayRef<Type>(params), result,
                              abi, flags, ArrayRef<unsigned>(zstParams))
  }];
}
defvar Item = KCFI_RequiredAttrCode<"RustItemAttr">;
def RustFnItemType : KCFI_TypeCode<(type Item:$item, ArrayOfAttrs:$args)>;
def RustClosureType : KCFI_TypeCode<(type
  KCFI_EnumCode<"RustClosureKind">:$kind, Item:$item, ArrayOfAttrs:$args,
  Type:$signature, KCFI_Types:$captures)> {
  let cBuilder = [{
    getVerified<$_resultType>(reader, context, kind, item, args, signature,
                              ArrayRef<Type>(captures))
  }];
}
def RustCoroutineType : KCFI_TypeCode<(type
  KCFI_EnumCode<"RustCoroutineKind">:$kind, Item:$item, ArrayOfAttrs:$args)>;
def RustPrimitiveType : KCFI_PlainTypeCode<(type
  KCFI_EnumCode<"RustPrimitive">:$kind)>;
def RustRefType : KCFI_TypeCode<(type
  KCFI_RequiredAttrCode<"RustRegionAttr">:$region, Bool:$isMut,
  Type:$referent)>;
def RustPtrType : KCFI_TypeCode<(type Bool:$isMut, Type:$pointee)>;
def RustSliceType : KCFI_TypeCode<(type Type:$element)>;
def RustArrayType : KCFI_TypeCode<(type
  VarInt:$size, OptString:$sizeParam, Type:$element)>;
def RustTupleType : KCFI_TypeCode<(type KCFI_Types:$elements)> {
  let cBuilder = [{
    getVerified<$_resultType>(reader, context, ArrayRef<Type>(elements))
  }];
}
def RustPatType : KCFI_TypeCode<(type Type:$base, String:$pattern)>;
def RustAdtType : KCFI_TypeCode<(type Item:$item, ArrayOfAttrs:$args)>;
def RustForeignType : KCFI_PlainTypeCode<(type Item:$item)>;
def RustDynType : KCFI_TypeCode<(type
  ArrayOfAttrs:$predicates, KCFI_RequiredAttrCode<"RustRegionAttr">:$region)>;
def RustParamType : KCFI_TypeCode<(type String:$name)>;
def RustReceiverType : KCFI_TypeCode<(type Type:$pointer)>;

def KCFIDialectAttributes : DialectAttributes<"KCFI"> {
  let elems = [EncodingAttr, CodegenAttr, TypeIdAttr, ScopeAttr,
               TemplateValueAttr, TemplatePackAttr, TemplateNameAttr,
               CastReasonAttr, RustSegmentAttr, RustItemAttr, RustRegionAttr,
               RustConstAttr, RustPredicateAttr, RustCallableAttr,
               EquivalencesAttr];
}

def KCFIDialectTypes : DialectTypes<"KCFI"> {
  let elems = [FnType, EncodedType, RawType, FnPtrType, CBuiltinType, PtrType,
               CBlockPtrType, LValueRefType, RValueRefType, MemberPtrType,
               QualType, TagType, CArrayType, CVectorType, CMatrixType,
               CComplexType, CAtomicType, CBitIntType, CSizelessType, CTypedefType,
               RustFnType, RustFnItemType, RustClosureType, RustCoroutineType,
               RustPrimitiveType, RustRefType, RustPtrType, RustSliceType,
               RustArrayType, RustTupleType, RustPatType, RustAdtType,
               RustForeignType, RustDynType, RustParamType,
               RustReceiverType];
}

#endif // KCFI_IR_KCFIDIALECTBYTECODE_TD
