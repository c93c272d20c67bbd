//===- CallableEquivalences.cpp - Equivalences of Rust callables -*- C++
//-*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// At a call through a trait object nothing is known but the trait: a function
// that may be in a vtable must have a type id that follows from the trait.
//
//===----------------------------------------------------------------------===//

#include "Definitions.h"
#include "kcfi/Encoding/Rust/Equivalence.h"
#include "kcfi/IR/ReadableType.h"
#include "mlir/IR/AttrTypeSubElements.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {
/// When the type of `self` of a callable is erased.
struct Erasure {
  enum When { Never, Always, IfEnabled } when;
  /// For `IfEnabled`.
  Equivalence equivalence = Equivalence::ErasedSelf;
};
} // namespace

static Erasure getErasure(RustCallableKind kind) {
  switch (kind) {
  // They are calls through a trait object, or in vtables only.
  case RustCallableKind::VirtualMethod:
  case RustCallableKind::VTableShim:
    return {Erasure::Always};
  // `erased_self`: methods are in the vtables of their trait. So are the shims
  // that make fn pointers and fn items callable as `dyn Fn`.
  case RustCallableKind::ImplMethod:
  case RustCallableKind::ProvidedMethod:
  case RustCallableKind::FnPtrShim:
  case RustCallableKind::ReifyVTableShim:
    return {Erasure::IfEnabled, Equivalence::ErasedSelf};
  // `abstract_closures`: a closure, a fn item and a fn pointer may be behind
  // one `&dyn Fn(A) -> R`.
  case RustCallableKind::Closure:
  case RustCallableKind::AsyncClosure:
  case RustCallableKind::AsyncClosureShim:
    return {Erasure::IfEnabled, Equivalence::AbstractClosures};
  // `abstract_coroutines`: bodies are polled as `dyn Future` and its siblings.
  case RustCallableKind::Coroutine:
    return {Erasure::IfEnabled, Equivalence::AbstractCoroutines};
  // `drop_glue`: a value can be erased to any trait object, even one of an auto
  // trait, and be dropped there.
  case RustCallableKind::DropGlue:
    return {Erasure::IfEnabled, Equivalence::DropGlue};
  // `moved_coroutines`: the body of an async closure that is called by value is
  // polled like any other. rustc forgets it.
  case RustCallableKind::ByMoveCoroutine:
    return {Erasure::IfEnabled, Equivalence::MovedCoroutines};
  // `declared_shims`: the slot of a `#[track_caller]` closure holds a shim of
  // `Fn::call` as the trait declares it, which rustc does not take for a method
  // of an implementation.
  case RustCallableKind::DeclaredReifyShim:
    return {Erasure::IfEnabled, Equivalence::DeclaredShims};
  // Never in a vtable.
  case RustCallableKind::Item:
  case RustCallableKind::Constructor:
  case RustCallableKind::InherentMethod:
  case RustCallableKind::ClosureOnceShim:
  case RustCallableKind::CloneShim:
  case RustCallableKind::ReifyFnPtrShim:
  case RustCallableKind::ThreadLocalShim:
  case RustCallableKind::Intrinsic:
  case RustCallableKind::Foreign:
    return {Erasure::Never};
  }
  llvm_unreachable("unknown kind of callable");
}

/// `auto_traits`: `dyn Trait + Send` has the vtable of `dyn Trait`. The region
/// of an object does not matter for a call either.
static RustDynType dropAutoTraits(RustDynType object) {
  SmallVector<Attribute> predicates =
      llvm::filter_to_vector(object.getPredicates(), [](Attribute predicate) {
        return cast<RustPredicateAttr>(predicate).getKind() !=
               RustPredicateKind::Auto;
      });
  MLIRContext *context = object.getContext();
  return RustDynType::get(context, ArrayAttr::get(context, predicates),
                          RustRegionAttr::getErased(context));
}

static bool isSelf(Type type) {
  auto param = dyn_cast<RustParamType>(type);
  return param && param.getName() == "Self";
}

/// `type` with `object` in place of `Self`.
static Type replaceSelf(Type type, Type object) {
  AttrTypeReplacer replacer;
  replacer.addReplacement([&](RustParamType param) -> std::optional<Type> {
    if (isSelf(param))
      return object;
    return std::nullopt;
  });
  return replacer.replace(type);
}

/// The field of a struct, which stays a type with definitions.
static llvm::Expected<Type> getFieldType(RustAdtType type, RustItemAttr item) {
  llvm::Expected<Type> field = Definitions::getField(item, type.getArgs());
  if (!field)
    return field;
  // Outside of the definition, the field mentions the whole of it.
  AttrTypeReplacer replacer;
  replacer.addReplacement(
      [&](RustItemAttr inner)
          -> std::optional<std::pair<Attribute, WalkResult>> {
        if (inner.getIdentity() != item.getIdentity())
          return std::nullopt;
        return std::make_pair(Attribute(item), WalkResult::skip());
      });
  return replacer.replace(*field);
}

/// The pointer that a receiver is passed as: `Rc<dyn T>` contains, several
/// structs deep, a pointer to its allocation.
static llvm::Expected<Type>
getReceiverPointer(Type receiver, Type object,
                   const DefinitionTable &definitions) {
  // The caller has the value in memory and passes its address.
  if (isSelf(receiver))
    return RustPtrType::get(receiver.getContext(), /*isMut=*/true, object);
  Type type = replaceSelf(receiver, object);
  for (unsigned depth = 0; depth < kMaxTypeDepth; ++depth) {
    if (isa<RustRefType, RustPtrType>(type))
      return type;
    auto adt = dyn_cast<RustAdtType>(type);
    if (!adt)
      break;
    RustItemAttr definition = definitions.lookup(adt.getItem());
    if (!definition.getField())
      break;
    llvm::Expected<Type> field = getFieldType(adt, definition);
    if (!field)
      return field;
    type = *field;
  }
  return llvm::createStringError("the receiver '" + getReadableType(receiver) +
                                 "' is not a pointer and has no field that is "
                                 "one");
}

static RustPredicateAttr getPrincipal(RustDynType object) {
  for (auto predicate : object.getPredicates().getAsRange<RustPredicateAttr>())
    if (predicate.getKind() == RustPredicateKind::Trait)
      return predicate;
  return {};
}

/// Whether an object is a `dyn Fn`, `dyn FnMut` or `dyn FnOnce`.
static bool isFnObject(RustDynType object) {
  RustPredicateAttr principal = getPrincipal(object);
  if (!principal)
    return false;
  switch (principal.getItem().getLangItem()) {
  case RustLangItem::FnTrait:
  case RustLangItem::FnMutTrait:
  case RustLangItem::FnOnceTrait:
    return true;
  case RustLangItem::None:
  case RustLangItem::CVoid:
    return false;
  }
  llvm_unreachable("unknown item");
}

/// `Output` of an object that is callable, with the arguments of its trait.
static llvm::Expected<RustPredicateAttr> getOutput(RustDynType object) {
  for (auto predicate : object.getPredicates().getAsRange<RustPredicateAttr>())
    if (predicate.getKind() == RustPredicateKind::Projection &&
        predicate.getItem().getName() == "Output" &&
        isa<TypeAttr>(predicate.getTerm()) && predicate.getArgs().size() == 1)
      return predicate;
  return llvm::createStringError("'" + getReadableType(object) +
                                 "' does not say its 'Output'");
}

/// `unified_callables`: who calls an `Fn` object, whatever it uses of it, calls
/// a function with these parameters. The fn pointer of the same parameters is
/// the one type that closures, fn items and fn pointers have in common.
static llvm::Expected<RustFnType> getFnPointer(RustDynType object) {
  llvm::Expected<RustPredicateAttr> output = getOutput(object);
  if (!output)
    return output.takeError();
  auto args = dyn_cast<TypeAttr>(output->getArgs()[0]);
  auto tuple =
      args ? dyn_cast<RustTupleType>(args.getValue()) : RustTupleType();
  if (!tuple)
    return llvm::createStringError(
        "the arguments of '" + getReadableType(object) + "' are not a tuple");
  // A predicate is a binder as a fn pointer is, and counts its regions in the
  // same order.
  return RustFnType::get(object.getContext(), tuple.getElements(),
                         cast<TypeAttr>(output->getTerm()).getValue());
}

/// `closure_kinds`: a closure that changes nothing may be behind a `&mut dyn
/// FnMut`, and then the vtable has what is called by `&self`. All kinds become
/// `dyn FnOnce`, of which every kind is a subtrait; it is the item that
/// declares `Output`.
static llvm::Expected<RustDynType> joinClosureKinds(RustDynType object) {
  llvm::Expected<RustPredicateAttr> output = getOutput(object);
  if (!output)
    return output.takeError();
  RustItemAttr item = output->getItem();
  MLIRContext *context = object.getContext();
  auto fnOnce = RustItemAttr::get(
      context, item.getCrate(), item.getCrateId(),
      ArrayAttr::get(context, item.getPath().getValue().drop_back()),
      ArrayAttr::get(context, {}), RustRepr::Rust, Type(), StringAttr(),
      RustLangItem::FnOnceTrait, /*recursive=*/false);
  SmallVector<Attribute> predicates(object.getPredicates().getValue());
  predicates.front() =
      RustPredicateAttr::get(context, RustPredicateKind::Trait, fnOnce,
                             output->getArgs(), Attribute());
  return RustDynType::get(context, ArrayAttr::get(context, predicates),
                          object.getRegion());
}

llvm::Expected<RustFnType>
mlir::kcfi::getEntrySignature(RustFnType signature, RustCallableAttr callable,
                              EquivalenceSet equivalences,
                              const DefinitionTable &definitions) {
  // Without an object and a slot nothing calls it through one.
  if (!callable.getReceiver())
    return signature;
  Erasure erasure = getErasure(callable.getKind());
  bool isErased = false;
  switch (erasure.when) {
  case Erasure::Never:
    break;
  case Erasure::Always:
    isErased = true;
    break;
  case Erasure::IfEnabled:
    isErased = equivalences.contains(erasure.equivalence);
    // `by_value_self`: only the shim of such a method is in a vtable; rustc
    // gives the method the id of the shim all the same.
    if (isSelf(callable.getReceiver()))
      isErased &= equivalences.contains(Equivalence::ByValueSelf);
    break;
  }
  if (!isErased)
    return signature;
  if (signature.getParams().empty())
    return llvm::createStringError("'" + getReadableType(signature) +
                                   "' has no parameter that could be 'self'");
  auto object = cast<RustDynType>(callable.getObject());
  if (equivalences.contains(Equivalence::AutoTraits))
    object = dropAutoTraits(object);
  bool joinsKinds = false;
  if (isFnObject(object)) {
    if (equivalences.contains(Equivalence::UnifiedCallables))
      return getFnPointer(object);
    joinsKinds = equivalences.contains(Equivalence::ClosureKinds);
  }
  if (joinsKinds) {
    llvm::Expected<RustDynType> joined = joinClosureKinds(object);
    if (!joined)
      return joined.takeError();
    object = *joined;
  }
  llvm::Expected<Type> receiver =
      getReceiverPointer(callable.getReceiver(), object, definitions);
  if (!receiver)
    return receiver.takeError();
  if (auto ref = dyn_cast<RustRefType>(*receiver); ref && joinsKinds)
    receiver = RustRefType::get(ref.getContext(), ref.getRegion(),
                                /*isMut=*/false, ref.getReferent());
  // `distinct_receivers`: the address of an object alone is not what a function
  // with a parameter of type `&dyn Trait` expects.
  if (equivalences.contains(Equivalence::DistinctReceivers))
    receiver = RustReceiverType::get(object.getContext(), *receiver);
  SmallVector<Type> params(signature.getParams());
  params.front() = *receiver;
  // A pointer has a size.
  ArrayRef<unsigned> zstParams = signature.getZstParams();
  if (!zstParams.empty() && zstParams.front() == 0)
    zstParams = zstParams.drop_front();
  return RustFnType::get(signature.getContext(), params, signature.getResult(),
                         signature.getAbi(), signature.getFlags(), zstParams);
}
