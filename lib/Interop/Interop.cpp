//===- Interop.cpp - Ids of one function in two languages -----------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Interop/Interop.h"
#include "Difference.h"
#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/Encoding/Rust/Equivalence.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/STLFunctionalExtras.h"

using namespace mlir;
using namespace mlir::kcfi;
using namespace mlir::kcfi::interop;

StringRef mlir::kcfi::getLanguage(Type signature) {
  switch (getTypeFamily(*getTypeKind(signature))) {
  case TypeFamily::C:
    return "C";
  case TypeFamily::Rust:
    return "Rust";
  case TypeFamily::None:
    return "an unknown language";
  }
  llvm_unreachable("unknown family of types");
}

//===----------------------------------------------------------------------===//
// Pairs of signatures
//===----------------------------------------------------------------------===//

namespace {
class Comparer {
public:
  Comparer(ModuleOp module, const TargetInfo &target,
           DefinitionTable definitions, InteropReport &report)
      : encoding(getEncoding(module)), target(target),
        definitions(std::move(definitions)),
        cache(makeTypeIdCache(module, target, this->definitions)),
        finder(encoding, target, this->definitions), report(report) {}

  void compareFunction(FunctionOpInterface function);
  /// Compares the ids of two signatures, and of the fn pointers in them.
  /// `what` names them in a message.
  void comparePair(Operation *op, const Twine &what, Type first, Type second);

private:
  void compareCallbacks(Operation *op, const Twine &what, Type first,
                        Type second);
  void addMismatch(Operation *op, InteropMismatch mismatch);
  void addError(Operation *op, Type signature, llvm::Error error);
  std::optional<TypeIdAttr> getId(Operation *op, Type signature);

  EncodingAttr encoding;
  const TargetInfo &target;
  DefinitionTable definitions;
  TypeIdCache cache;
  DifferenceFinder finder;
  InteropReport &report;
};
} // namespace

void Comparer::addError(Operation *op, Type signature, llvm::Error error) {
  report.findings.push_back({op,
                             "cannot compute the type id of '" +
                                 getReadableType(signature) +
                                 "': " + llvm::toString(std::move(error)),
                             std::nullopt});
}

std::optional<TypeIdAttr> Comparer::getId(Operation *op, Type signature) {
  llvm::Expected<TypeIdAttr> id = cache.getTypeId(signature);
  if (id)
    return *id;
  addError(op, signature, id.takeError());
  return std::nullopt;
}

void Comparer::addMismatch(Operation *op, InteropMismatch mismatch) {
  Type first = mismatch.first, second = mismatch.second;
  if (isa<RustFnType>(first))
    std::swap(first, second);
  auto c = dyn_cast<FnType>(first);
  auto rust = dyn_cast<RustFnType>(second);
  if (c && rust) {
    // It has an id, so there is a canonical form.
    auto canonicalize = [&](Type type) {
      return llvm::cantFail(getCanonicalType(type, target));
    };
    llvm::DenseSet<Type> enums;
    c.walk([&](TagType tag) {
      if (tag.getKind() == TagKind::Enum)
        enums.insert(canonicalize(tag));
    });
    auto canonical = cast<FnType>(canonicalize(c));
    mismatch.isCAndRust = true;
    mismatch.difference = finder.describe(canonical, c, rust);
    mismatch.fixes = finder.findFixes(canonical, rust, enums);
  }
  report.findings.push_back({op, "", std::move(mismatch)});
}

/// Calls `visit` for the fn pointers that stand in the same place of two types.
static void
forEachCallback(Type c, Type rust,
                llvm::function_ref<void(FnType c, RustFnType rust)> visit) {
  Type pointee = getPointee(c);
  if (!pointee)
    return;
  if (RustFnType pointer = getFnPointer(rust)) {
    if (auto fn = dyn_cast<FnType>(stripTypedefs(pointee)))
      visit(fn, getCallSignature(pointer));
    return;
  }
  if (auto ptr = dyn_cast<RustPtrType>(rust))
    forEachCallback(pointee, ptr.getPointee(), visit);
  else if (auto ref = dyn_cast<RustRefType>(rust))
    forEachCallback(pointee, ref.getReferent(), visit);
}

void Comparer::compareCallbacks(Operation *op, const Twine &what, Type first,
                                Type second) {
  if (isa<RustFnType>(first))
    std::swap(first, second);
  auto c = dyn_cast<FnType>(first);
  auto rust = dyn_cast<RustFnType>(second);
  if (!c || !rust)
    return;
  SmallVector<unsigned> indices = rust.getPassedParams();
  if (indices.size() != c.getParams().size())
    return;
  auto compare = [&](const Twine &where, Type inC, Type inRust) {
    forEachCallback(inC, inRust, [&](FnType fn, RustFnType rustFn) {
      ++report.callbacks;
      comparePair(op, "fn pointer in " + where + " of " + what, fn, rustFn);
    });
  };
  compare("the result", c.getResult(), rust.getResult());
  for (auto [number, index] : llvm::enumerate(indices))
    compare("parameter #" + Twine(number), c.getParams()[number],
            rust.getParams()[index]);
}

void Comparer::comparePair(Operation *op, const Twine &what, Type first,
                           Type second) {
  std::optional<TypeIdAttr> firstId = getId(op, first);
  std::optional<TypeIdAttr> secondId = getId(op, second);
  if (!firstId || !secondId)
    return;
  if (firstId->getValue() != secondId->getValue()) {
    InteropMismatch mismatch;
    mismatch.subject = what.str();
    mismatch.first = first;
    mismatch.second = second;
    mismatch.firstId = *firstId;
    mismatch.secondId = *secondId;
    addMismatch(op, std::move(mismatch));
  }
  compareCallbacks(op, what, first, second);
}

//===----------------------------------------------------------------------===//
// Functions and casts
//===----------------------------------------------------------------------===//

void Comparer::compareFunction(FunctionOpInterface function) {
  auto foreign =
      function->getAttrOfType<ArrayAttr>(KCFIDialect::kForeignSigsAttrName);
  if (!foreign)
    return;
  // A Rust method may have the id of its trait.
  CheckedCallee callee = getOwnCallee(
      function,
      function->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName).getValue());
  Type own = callee.signature;
  if (callee.callable) {
    llvm::Expected<RustFnType> entry = getEntrySignature(
        cast<RustFnType>(own), callee.callable,
        EquivalenceSet::get(kDefaultPreset, encoding), definitions);
    if (!entry)
      return addError(function, own, entry.takeError());
    own = *entry;
  }
  for (auto sig : foreign.getAsRange<TypeAttr>()) {
    ++report.declarations;
    comparePair(function, "'" + function.getName() + "'", own, sig.getValue());
  }
}

/// The signature of a fn pointer value, null for other values.
static Type getSignature(Value value) {
  auto pointer = dyn_cast<FnPtrType>(value.getType());
  return pointer ? pointer.getSignature() : Type();
}

/// True for casts between the signatures of two languages.
static bool isForeign(CastOp castOp) {
  Type from = getSignature(castOp.getSource());
  Type to = getSignature(castOp.getResult());
  return (isa_and_present<FnType>(from) && isa_and_present<RustFnType>(to)) ||
         (isa_and_present<RustFnType>(from) && isa_and_present<FnType>(to));
}

FailureOr<std::optional<InteropReport>>
InteropReport::compute(ModuleOp module) {
  SmallVector<FunctionOpInterface> functions;
  SmallVector<CastOp> casts;
  module.walk([&](Operation *op) {
    if (op->hasAttr(KCFIDialect::kForeignSigsAttrName))
      functions.push_back(cast<FunctionOpInterface>(op));
    else if (auto castOp = dyn_cast<CastOp>(op); castOp && isForeign(castOp))
      casts.push_back(castOp);
  });
  // Other modules need no target.
  if (functions.empty() && casts.empty())
    return std::optional<InteropReport>();
  std::unique_ptr<TargetInfo> target = lookupTarget(module);
  FailureOr<DefinitionTable> table = collectPendingDefinitions(module);
  if (!target || failed(table))
    return failure();
  InteropReport report;
  report.casts = casts.size();
  Comparer comparer(module, *target, std::move(*table), report);
  for (FunctionOpInterface function : functions)
    comparer.compareFunction(function);
  for (CastOp castOp : casts)
    comparer.comparePair(castOp, "cast between languages",
                         getSignature(castOp.getSource()),
                         getSignature(castOp.getResult()));
  return std::optional(std::move(report));
}
