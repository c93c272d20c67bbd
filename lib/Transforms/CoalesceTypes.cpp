//===- CoalesceTypes.cpp - Representatives of classes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/Coalescing.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/Transforms/Passes.h"
#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringMap.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFICOALESCETYPES
#include "kcfi/Transforms/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

namespace {
/// Finds the representatives of all signatures of a module, then replaces them.
/// Nothing is changed if there is an error.
class ModuleCoalescer {
public:
  ModuleCoalescer(ModuleOp module, EquivalenceSet equivalences,
                  EncodingAttr encoding, const TargetInfo &target,
                  const DefinitionTable &definitions)
      : module(module), encoding(encoding),
        coalescer(equivalences, encoding, target, definitions) {}

  LogicalResult collect();
  void choose();
  /// An id that is there must be that of the class.
  LogicalResult verifyIds();
  void replace();

private:
  struct Class {
    std::string name;
    /// Signatures with this class that represent themselves. More than one
    /// where types differ in what no string shows.
    llvm::SmallSetVector<Type, 1> candidates;
    Type representative;
    /// Signatures as they are written.
    llvm::SmallSetVector<Type, 2> sources;
  };

  LogicalResult enter(Operation *op, Type signature);
  LogicalResult enterEntry(FunctionOpInterface function, Type signature);
  /// Enters `source`, represented by `representative`, into its class and gives
  /// the number of that.
  llvm::Expected<unsigned> addMember(Type source, Type representative);
  Type getRepresentative(Type signature);
  LogicalResult verifyId(Operation *op, Type representative, TypeIdAttr id);
  LogicalResult fail(Operation *op, Type signature, llvm::Error error);

  ModuleOp module;
  EncodingAttr encoding;
  Coalescer coalescer;
  std::vector<Class> classes;
  llvm::StringMap<unsigned> classByName;
  llvm::DenseMap<Type, unsigned> classOfSignature;
  llvm::DenseMap<Operation *, unsigned> classOfEntry;
};

struct CoalesceTypes
    : public mlir::kcfi::impl::KCFICoalesceTypesBase<CoalesceTypes> {
  using KCFICoalesceTypesBase::KCFICoalesceTypesBase;
  void runOnOperation() final;

private:
  /// Changes a preset as the options say.
  LogicalResult change(EquivalenceSet &set);
};
} // namespace

LogicalResult ModuleCoalescer::fail(Operation *op, Type signature,
                                    llvm::Error error) {
  return op->emitError() << "'" << getReadableType(signature)
                         << "' has no class: "
                         << llvm::toString(std::move(error));
}

llvm::Expected<unsigned> ModuleCoalescer::addMember(Type source,
                                                    Type representative) {
  llvm::Expected<std::string> name = coalescer.getClass(representative);
  if (!name)
    return name.takeError();
  auto [it, isNew] = classByName.try_emplace(*name, classes.size());
  if (isNew)
    classes.emplace_back().name = *name;
  Class &entry = classes[it->second];
  entry.candidates.insert(representative);
  entry.sources.insert(source);
  return it->second;
}

LogicalResult ModuleCoalescer::enter(Operation *op, Type signature) {
  if (classOfSignature.contains(signature))
    return success();
  llvm::Expected<Type> representative = coalescer.getRepresentative(signature);
  if (!representative)
    return fail(op, signature, representative.takeError());
  llvm::Expected<unsigned> number = addMember(signature, *representative);
  if (!number)
    return fail(op, signature, number.takeError());
  classOfSignature[signature] = *number;
  return success();
}

LogicalResult ModuleCoalescer::enterEntry(FunctionOpInterface function,
                                          Type signature) {
  auto callable =
      function->getAttrOfType<RustCallableAttr>(KCFIDialect::kCallableAttrName);
  if (!callable || !callable.getObject() ||
      function->hasAttr(KCFIDialect::kEntrySigAttrName))
    return success();
  llvm::Expected<Type> entry = coalescer.getEntry(signature, callable);
  if (!entry)
    return fail(function, signature, entry.takeError());
  llvm::Expected<unsigned> number = addMember(signature, *entry);
  if (!number)
    return fail(function, signature, number.takeError());
  classOfEntry[function] = *number;
  return success();
}

LogicalResult ModuleCoalescer::collect() {
  bool failed = false;
  module.walk([&](Operation *op) {
    auto enterFnPtrs = [&](auto typeOrAttr) {
      typeOrAttr.walk([&](FnPtrType type) {
        failed |= mlir::failed(enter(op, type.getSignature()));
      });
    };
    enterFnPtrs(op->getAttrDictionary());
    for (Type type : op->getResultTypes())
      enterFnPtrs(type);
    for (Region &region : op->getRegions())
      for (Block &block : region)
        for (Type type : block.getArgumentTypes())
          enterFnPtrs(type);
    if (auto signature = dyn_cast<SignatureOp>(op)) {
      failed |= mlir::failed(enter(op, signature.getType()));
    } else if (auto sig =
                   op->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName)) {
      failed |= mlir::failed(enter(op, sig.getValue()));
      failed |= mlir::failed(
          enterEntry(cast<FunctionOpInterface>(op), sig.getValue()));
    }
  });
  return failure(failed);
}

void ModuleCoalescer::choose() {
  auto getText = [](Type type) {
    std::string text;
    llvm::raw_string_ostream(text) << type;
    return text;
  };
  for (Class &entry : classes) {
    // Independent of the order of functions.
    entry.representative =
        entry.candidates.size() == 1
            ? entry.candidates.front()
            : *llvm::min_element(entry.candidates, [&](Type a, Type b) {
                return getText(a) < getText(b);
              });
    if (entry.sources.size() < 2)
      continue;
    auto met =
        remark::passed(module.getLoc(),
                       remark::RemarkOpts::name("Coalesced").category("kcfi"));
    met << remark::metric("Class", entry.name)
        << remark::metric("Signatures",
                          static_cast<unsigned>(entry.sources.size()));
    for (Type source : entry.sources)
      met << remark::metric("Signature", getReadableType(source));
  }
}

Type ModuleCoalescer::getRepresentative(Type signature) {
  return classes[classOfSignature.lookup(signature)].representative;
}

LogicalResult ModuleCoalescer::verifyId(Operation *op, Type representative,
                                        TypeIdAttr id) {
  if (!id || isa<RawType>(representative))
    return success();
  llvm::Expected<std::string> name = coalescer.getClass(representative);
  assert(name && "encoded before");
  uint32_t expected = hashTypeIdString(*name, encoding.getHash());
  if (id.getValue() == expected)
    return success();
  return op->emitError() << "has type id " << formatTypeId(id.getValue())
                         << ", but that of its class '"
                         << getReadableType(representative) << "' is "
                         << formatTypeId(expected)
                         << "; coalesce types before ids are assigned";
}

LogicalResult ModuleCoalescer::verifyIds() {
  bool failed = false;
  module.walk([&](Operation *op) {
    auto id = op->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
    Type signature;
    if (auto sig = op->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName)) {
      auto entry = classOfEntry.find(op);
      if (entry != classOfEntry.end()) {
        failed |= mlir::failed(
            verifyId(op, classes[entry->second].representative, id));
        return;
      }
      if (auto entrySig =
              op->getAttrOfType<TypeAttr>(KCFIDialect::kEntrySigAttrName)) {
        failed |= mlir::failed(verifyId(op, entrySig.getValue(), id));
        return;
      }
      signature = sig.getValue();
    } else if (auto named = dyn_cast<SignatureOp>(op)) {
      signature = named.getType();
    } else if (auto call = dyn_cast<CallOp>(op)) {
      signature = call.getSignature();
      id = call.getTypeIdAttr();
    } else if (auto invoke = dyn_cast<InvokeOp>(op)) {
      signature = invoke.getSignature();
      id = invoke.getTypeIdAttr();
    } else {
      return;
    }
    failed |= mlir::failed(verifyId(op, getRepresentative(signature), id));
  });
  return failure(failed);
}

void ModuleCoalescer::replace() {
  auto remember = [](Operation *op, Type signature, Type representative) {
    if (signature != representative &&
        !op->hasAttr(KCFIDialect::kSourceSigAttrName))
      op->setAttr(KCFIDialect::kSourceSigAttrName, TypeAttr::get(signature));
  };
  module.walk([&](Operation *op) {
    if (auto sig = op->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName)) {
      Type representative = getRepresentative(sig.getValue());
      remember(op, sig.getValue(), representative);
      op->setAttr(KCFIDialect::kSigAttrName, TypeAttr::get(representative));
      auto entry = classOfEntry.find(op);
      if (entry != classOfEntry.end())
        op->setAttr(KCFIDialect::kEntrySigAttrName,
                    TypeAttr::get(classes[entry->second].representative));
    } else if (auto named = dyn_cast<SignatureOp>(op)) {
      Type representative = getRepresentative(named.getType());
      remember(op, named.getType(), representative);
      named.setType(representative);
    } else if (isa<CallOp, InvokeOp>(op)) {
      Type signature =
          cast<FnPtrType>(cast<CallOpInterface>(op)->getOperand(0).getType())
              .getSignature();
      remember(op, signature, getRepresentative(signature));
    }
  });

  AttrTypeReplacer replacer;
  replacer.addReplacement(
      [&](FnPtrType type) -> std::optional<std::pair<Type, WalkResult>> {
        return std::make_pair(
            Type(FnPtrType::get(type.getContext(),
                                getRepresentative(type.getSignature()))),
            WalkResult::skip());
      });
  replacer.recursivelyReplaceElementsIn(module, /*replaceAttrs=*/true,
                                        /*replaceLocs=*/false,
                                        /*replaceTypes=*/true);
  module.walk([](CastOp cast) {
    if (cast.getReason() != CastReason::Coalesced ||
        cast.getSource().getType() != cast.getResult().getType())
      return;
    cast.getResult().replaceAllUsesWith(cast.getSource());
    cast.erase();
  });
}

LogicalResult CoalesceTypes::change(EquivalenceSet &set) {
  for (StringRef change : equivalences) {
    StringRef name = change;
    bool adds = name.consume_front("+");
    if (!adds && !name.consume_front("-"))
      return getOperation().emitError()
             << "expected '+' or '-' in front of the equivalence '" << change
             << "'";
    std::optional<Equivalence> equivalence = symbolizeEquivalence(name);
    if (!equivalence)
      return getOperation().emitError()
             << "unknown equivalence '" << name << "'";
    if (adds)
      set.insert(*equivalence);
    else
      set.remove(*equivalence);
  }
  return success();
}

void CoalesceTypes::runOnOperation() {
  ModuleOp module = getOperation();
  if (!hasSignatures(module))
    return markAllAnalysesPreserved();
  std::unique_ptr<TargetInfo> target = lookupTarget(module);
  FailureOr<DefinitionTable> definitions = collectDefinitions(module);
  EncodingAttr encoding = getEncoding(module);
  EquivalenceSet set = EquivalenceSet::get(preset, encoding);
  if (!target || failed(definitions) || failed(change(set)))
    return signalPassFailure();
  encoding = EncodingAttr::get(&getContext(), encoding.getHash(),
                               set.contains(Equivalence::NormalizedIntegers),
                               set.contains(Equivalence::GeneralizedPointers));
  EquivalencesAttr list = set.getAttr(&getContext());
  if (auto present = module->getAttrOfType<EquivalencesAttr>(
          KCFIDialect::kEquivalencesAttrName);
      present && present != list) {
    module.emitError() << "types were coalesced with " << present
                       << ", not with " << list;
    return signalPassFailure();
  }
  ModuleCoalescer coalescer(module, set, encoding, *target, *definitions);
  if (failed(coalescer.collect()))
    return signalPassFailure();
  coalescer.choose();
  if (failed(coalescer.verifyIds()))
    return signalPassFailure();
  coalescer.replace();
  module->setAttr(KCFIDialect::kEncodingAttrName, encoding);
  module->setAttr(KCFIDialect::kEquivalencesAttrName, list);
}
