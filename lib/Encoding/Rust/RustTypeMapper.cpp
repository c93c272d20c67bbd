//===- RustTypeMapper.cpp - Rebuilds Rust types part by part -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RustTypeMapper.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;
using namespace mlir::kcfi;

RustTypeMapper::~RustTypeMapper() = default;

Type RustTypeMapper::map(Type type) {
  if (!error.empty())
    return type;
  if (Type result = known.lookup({type, binders}))
    return result;
  llvm::SaveAndRestore deeper(level, level + 1);
  if (level > kMaxTypeDepth) {
    fail("the type is nested more than " + Twine(kMaxTypeDepth) +
         " levels deep, or contains itself without end");
    return type;
  }
  Type result = mapType(type);
  known[{type, binders}] = result;
  return result;
}

SmallVector<Type> RustTypeMapper::mapTypes(ArrayRef<Type> types) {
  return llvm::map_to_vector(types, [&](Type type) { return map(type); });
}

ArrayAttr RustTypeMapper::mapArgs(ArrayAttr args) {
  return ArrayAttr::get(context, llvm::map_to_vector(args, [&](Attribute arg) {
                          return mapArg(arg);
                        }));
}

Attribute RustTypeMapper::mapArg(Attribute arg) {
  if (auto region = dyn_cast<RustRegionAttr>(arg))
    return mapRegion(region);
  if (auto constant = dyn_cast<RustConstAttr>(arg))
    return mapConst(constant);
  return TypeAttr::get(map(cast<TypeAttr>(arg).getValue()));
}

RustConstAttr RustTypeMapper::mapConst(RustConstAttr constant) {
  return RustConstAttr::get(context, map(constant.getType()),
                            constant.getValue(), constant.getIsParam());
}

Type RustTypeMapper::mapArray(RustArrayType type) {
  return RustArrayType::get(context, type.getSize(), type.getSizeParam(),
                            map(type.getElement()));
}

Type RustTypeMapper::mapPattern(RustPatType type) {
  return RustPatType::get(context, map(type.getBase()), type.getPattern());
}

Attribute RustTypeMapper::mapPredicate(RustPredicateAttr predicate) {
  llvm::SaveAndRestore inside(binders, binders + 1);
  return RustPredicateAttr::get(
      context, predicate.getKind(), mapItem(predicate.getItem()),
      mapArgs(predicate.getArgs()),
      predicate.getTerm() ? mapArg(predicate.getTerm()) : Attribute());
}

Type RustTypeMapper::mapParts(Type type) {
  switch (getRustTypeKind(type)) {
  case RustTypeKind::RustPrimitive:
  case RustTypeKind::RustParam:
    return type;
  case RustTypeKind::RustFn: {
    auto fn = cast<RustFnType>(type);
    llvm::SaveAndRestore inside(binders, binders + 1);
    return RustFnType::get(context, mapTypes(fn.getParams()),
                           map(fn.getResult()), fn.getAbi(), fn.getFlags(),
                           fn.getZstParams());
  }
  case RustTypeKind::RustFnItem: {
    auto item = cast<RustFnItemType>(type);
    return RustFnItemType::get(context, mapItem(item.getItem()),
                               mapArgs(item.getArgs()));
  }
  case RustTypeKind::RustClosure: {
    auto closure = cast<RustClosureType>(type);
    return RustClosureType::get(
        context, closure.getKind(), mapItem(closure.getItem()),
        mapArgs(closure.getArgs()), map(closure.getSignature()),
        mapTypes(closure.getCaptures()));
  }
  case RustTypeKind::RustCoroutine: {
    auto coroutine = cast<RustCoroutineType>(type);
    return RustCoroutineType::get(context, coroutine.getKind(),
                                  mapItem(coroutine.getItem()),
                                  mapArgs(coroutine.getArgs()));
  }
  case RustTypeKind::RustRef: {
    auto ref = cast<RustRefType>(type);
    return RustRefType::get(context, mapRegion(ref.getRegion()), ref.getIsMut(),
                            map(ref.getReferent()));
  }
  case RustTypeKind::RustPtr: {
    auto ptr = cast<RustPtrType>(type);
    return RustPtrType::get(context, ptr.getIsMut(), map(ptr.getPointee()));
  }
  case RustTypeKind::RustSlice:
    return RustSliceType::get(context,
                              map(cast<RustSliceType>(type).getElement()));
  case RustTypeKind::RustArray:
    return mapArray(cast<RustArrayType>(type));
  case RustTypeKind::RustTuple:
    return RustTupleType::get(
        context, mapTypes(cast<RustTupleType>(type).getElements()));
  case RustTypeKind::RustPat:
    return mapPattern(cast<RustPatType>(type));
  case RustTypeKind::RustAdt: {
    auto adt = cast<RustAdtType>(type);
    return RustAdtType::get(context, mapItem(adt.getItem()),
                            mapArgs(adt.getArgs()));
  }
  case RustTypeKind::RustForeign:
    return RustForeignType::get(context,
                                mapItem(cast<RustForeignType>(type).getItem()));
  case RustTypeKind::RustDyn: {
    auto dyn = cast<RustDynType>(type);
    SmallVector<Attribute> predicates =
        llvm::map_to_vector(dyn.getPredicates(), [&](Attribute predicate) {
          return mapPredicate(cast<RustPredicateAttr>(predicate));
        });
    return RustDynType::get(context, ArrayAttr::get(context, predicates),
                            mapRegion(dyn.getRegion()));
  }
  case RustTypeKind::RustReceiver:
    return RustReceiverType::get(
        context, map(cast<RustReceiverType>(type).getPointer()));
  }
  llvm_unreachable("unknown Rust type kind");
}
