//===- ReadableRustType.cpp - Rust types as a person reads them -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReadableRustType.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mlir::kcfi;
using helpers::getReadableRustType;

/// Separated by commas.
template <typename RangeT, typename SpellT>
static std::string spellList(const RangeT &range, SpellT spell) {
  return llvm::join(llvm::map_range(range, spell), ", ");
}

static std::string spellTypes(ArrayRef<Type> types) {
  return spellList(types, getReadableRustType);
}

static std::string spellArg(Attribute arg) {
  if (auto constant = dyn_cast<RustConstAttr>(arg))
    return constant.getValue().str();
  return getReadableRustType(cast<TypeAttr>(arg).getValue());
}

/// Arguments, without the regions among them and with those that `extra` has.
static std::string spellArgs(ArrayAttr args, ArrayRef<std::string> extra = {}) {
  SmallVector<std::string> texts;
  for (Attribute arg : args)
    if (!isa<RustRegionAttr>(arg))
      texts.push_back(spellArg(arg));
  llvm::append_range(texts, extra);
  return texts.empty() ? "" : "<" + llvm::join(texts, ", ") + ">";
}

static std::string spellItem(RustItemAttr item, ArrayAttr args) {
  return item.getName().str() + spellArgs(args);
}

/// `{closure#1 of main}`
static std::string spellBody(StringRef what, RustItemAttr item,
                             ArrayAttr args) {
  auto last = cast<RustSegmentAttr>(item.getPath().getValue().back());
  return ("{" + what + "#" + Twine(last.getDisambiguator()) + " of " +
          spellItem(item, args) + "}")
      .str();
}

static StringRef spellCoroutineKind(RustCoroutineKind kind) {
  switch (kind) {
  case RustCoroutineKind::Coroutine:
    return "coroutine";
  case RustCoroutineKind::Async:
    return "async body";
  case RustCoroutineKind::Gen:
    return "gen body";
  case RustCoroutineKind::AsyncGen:
    return "async gen body";
  case RustCoroutineKind::AsyncClosure:
    return "async closure";
  }
  llvm_unreachable("unknown kind of coroutine");
}

static std::string spellFn(RustFnType type) {
  std::string text = type.isUnsafe() ? "unsafe " : "";
  if (type.getAbi() != RustAbi::Rust)
    text += ("extern \"" + stringifyRustAbi(type.getAbi()) + "\" ").str();
  text += "fn(" + spellTypes(type.getParams());
  if (type.isVariadic())
    text += type.getParams().empty() ? "..." : ", ...";
  text += ")";
  auto tuple = dyn_cast<RustTupleType>(type.getResult());
  if (!tuple || !tuple.isUnit())
    text += " -> " + getReadableRustType(type.getResult());
  return text;
}

static std::string spellDyn(RustDynType type) {
  SmallVector<std::string> bounds;
  // Projections stand among the arguments of the principal trait.
  RustPredicateAttr principal;
  SmallVector<std::string> projections;
  for (auto predicate : type.getPredicates().getAsRange<RustPredicateAttr>()) {
    switch (predicate.getKind()) {
    case RustPredicateKind::Trait:
      principal = predicate;
      break;
    case RustPredicateKind::Projection:
      projections.push_back(predicate.getItem().getName().str() + " = " +
                            spellArg(predicate.getTerm()));
      break;
    case RustPredicateKind::Auto:
      bounds.push_back(predicate.getItem().getName().str());
      break;
    }
  }
  if (principal)
    bounds.insert(bounds.begin(),
                  principal.getItem().getName().str() +
                      spellArgs(principal.getArgs(), projections));
  return "dyn " + llvm::join(bounds, " + ");
}

/// A pointee: `dyn A + B` needs parentheses.
static std::string spellPointee(Type type) {
  std::string text = getReadableRustType(type);
  if (isa<RustDynType>(type) && StringRef(text).contains(" + "))
    return "(" + text + ")";
  return text;
}

std::string helpers::getReadableRustType(Type type) {
  switch (getRustTypeKind(type)) {
  case RustTypeKind::RustFn:
    return spellFn(cast<RustFnType>(type));
  case RustTypeKind::RustFnItem: {
    auto item = cast<RustFnItemType>(type);
    return "fn item " + spellItem(item.getItem(), item.getArgs());
  }
  case RustTypeKind::RustClosure: {
    auto closure = cast<RustClosureType>(type);
    return spellBody("closure", closure.getItem(), closure.getArgs());
  }
  case RustTypeKind::RustCoroutine: {
    auto coroutine = cast<RustCoroutineType>(type);
    return spellBody(spellCoroutineKind(coroutine.getKind()),
                     coroutine.getItem(), coroutine.getArgs());
  }
  case RustTypeKind::RustPrimitive: {
    RustPrimitive kind = cast<RustPrimitiveType>(type).getKind();
    return kind == RustPrimitive::Never ? "!"
                                        : stringifyRustPrimitive(kind).str();
  }
  case RustTypeKind::RustRef: {
    auto ref = cast<RustRefType>(type);
    return (ref.getIsMut() ? "&mut " : "&") + spellPointee(ref.getReferent());
  }
  case RustTypeKind::RustPtr: {
    auto ptr = cast<RustPtrType>(type);
    return (ptr.getIsMut() ? "*mut " : "*const ") +
           spellPointee(ptr.getPointee());
  }
  case RustTypeKind::RustSlice:
    return "[" + getReadableRustType(cast<RustSliceType>(type).getElement()) +
           "]";
  case RustTypeKind::RustArray: {
    auto array = cast<RustArrayType>(type);
    std::string size = array.getSizeParam() ? array.getSizeParam().str()
                                            : std::to_string(array.getSize());
    return "[" + getReadableRustType(array.getElement()) + "; " + size + "]";
  }
  case RustTypeKind::RustTuple: {
    ArrayRef<Type> elements = cast<RustTupleType>(type).getElements();
    return "(" + spellTypes(elements) + (elements.size() == 1 ? ",)" : ")");
  }
  case RustTypeKind::RustPat: {
    auto pat = cast<RustPatType>(type);
    return getReadableRustType(pat.getBase()) + " is " + pat.getPattern().str();
  }
  case RustTypeKind::RustAdt: {
    auto adt = cast<RustAdtType>(type);
    return spellItem(adt.getItem(), adt.getArgs());
  }
  case RustTypeKind::RustForeign:
    return cast<RustForeignType>(type).getItem().getName().str();
  case RustTypeKind::RustDyn:
    return spellDyn(cast<RustDynType>(type));
  case RustTypeKind::RustParam:
    return cast<RustParamType>(type).getName().str();
  case RustTypeKind::RustReceiver:
    return "receiver " +
           getReadableRustType(cast<RustReceiverType>(type).getPointer());
  }
  llvm_unreachable("unknown Rust type kind");
}
