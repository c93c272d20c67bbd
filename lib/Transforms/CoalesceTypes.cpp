//===- CoalesceTypes.cpp - Representatives of classes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/Coalescing.h"
#include "kcfi/Analysis/DropClasses.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/IR/SignatureCarrier.h"
#include "kcfi/Transforms/Passes.h"
#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/Builders.h"
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
                  DefinitionTable definitions, DropClasses drops)
      : module(module), encoding(encoding),
        coalescer(equivalences, encoding, target, std::move(definitions)),
        drops(std::move(drops)), hasDistinctReceivers(equivalences.contains(
                                     Equivalence::DistinctReceivers)) {}

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
  /// Enters what the id of a function or method is made of.
  LogicalResult enterEntry(Operation *op, Type signature,
                           RustCallableAttr callable);
  /// The signature of a trait's drop slots.
  Type getDropSignature(TraitOp trait);
  /// Enters `source`, represented by `representative`, into its class and gives
  /// the number of that.
  llvm::Expected<unsigned> addMember(Type source, Type representative);
  Type getRepresentative(Type signature);
  /// The signature of a carrier as it was collected; null if it has none.
  Type getWrittenSignature(SignatureCarrier carrier);
  /// Of what the id of a carrier is made; null if nothing is known.
  Type getOwnRepresentative(SignatureCarrier carrier);
  /// Of what the id of a function or method is made; null if that is its
  /// signature.
  Type getEntryRepresentative(Operation *op);
  Type getCallRepresentative(CheckedCallOpInterface call);
  LogicalResult verifyId(Operation *op, Type representative, TypeIdAttr id);
  LogicalResult fail(Operation *op, Type signature, llvm::Error error);

  ModuleOp module;
  EncodingAttr encoding;
  Coalescer coalescer;
  DropClasses drops;
  bool hasDistinctReceivers;
  SymbolTableCollection symbolTables;
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

LogicalResult ModuleCoalescer::enterEntry(Operation *op, Type signature,
                                          RustCallableAttr callable) {
  if (!callable || !callable.getObject() ||
      op->hasAttr(KCFIDialect::kEntrySigAttrName))
    return success();
  llvm::Expected<Type> entry = coalescer.getEntry(signature, callable);
  if (!entry)
    return fail(op, signature, entry.takeError());
  llvm::Expected<unsigned> number = addMember(signature, *entry);
  if (!number)
    return fail(op, signature, number.takeError());
  classOfEntry[op] = *number;
  return success();
}

Type ModuleCoalescer::getDropSignature(TraitOp trait) {
  RustFnType signature = *trait.getDrop();
  if (RustDynType object = drops.lookup(trait)) {
    AttrTypeReplacer replacer;
    replacer.addReplacement([&](RustDynType) { return object; });
    signature = cast<RustFnType>(replacer.replace(signature));
  }
  // Drop glue is called with the address of the object alone, too.
  SmallVector<Type> params(signature.getParams());
  if (hasDistinctReceivers && params.size() == 1 &&
      isa<RustRefType, RustPtrType>(params.front()))
    params.front() =
        RustReceiverType::get(signature.getContext(), params.front());
  return RustFnType::get(signature.getContext(), params, signature.getResult(),
                         signature.getAbi(), signature.getFlags());
}

LogicalResult ModuleCoalescer::collect() {
  bool failed = false;
  Operation *user = nullptr;
  // Visits each type and attribute once, debug info among them.
  AttrTypeWalker fnPtrs;
  fnPtrs.addWalk([&](FnPtrType type) {
    failed |= mlir::failed(enter(user, type.getSignature()));
  });
  module.walk([&](Operation *op) {
    user = op;
    fnPtrs.walk(op->getAttrDictionary());
    for (Type type : op->getResultTypes())
      fnPtrs.walk(type);
    for (Region &region : op->getRegions())
      for (Block &block : region)
        for (Type type : block.getArgumentTypes())
          fnPtrs.walk(type);
    if (auto foreign =
            op->getAttrOfType<ArrayAttr>(KCFIDialect::kForeignSigsAttrName))
      for (auto sig : foreign.getAsRange<TypeAttr>())
        failed |= mlir::failed(enter(op, sig.getValue()));
    if (auto method = dyn_cast<MethodOp>(op)) {
      // What calls through the slot expect.
      CheckedCallee callee = method.getVirtualCallee();
      if (method.getVtableSafe())
        failed |=
            mlir::failed(enterEntry(op, callee.signature, callee.callable));
    }
    SignatureCarrier carrier = SignatureCarrier::get(op);
    Type signature = carrier ? getWrittenSignature(carrier) : Type();
    if (!signature)
      return;
    failed |= mlir::failed(enter(op, signature));
    if (carrier.getKind() == SignatureCarrier::Kind::Function)
      failed |= mlir::failed(enterEntry(op, signature, drops.getCallable(op)));
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
    // The plainest, independent of the order of functions.
    entry.representative =
        *llvm::min_element(entry.candidates, [&](Type a, Type b) {
          std::string textA = getText(a), textB = getText(b);
          return std::make_pair(textA.size(), StringRef(textA)) <
                 std::make_pair(textB.size(), StringRef(textB));
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

Type ModuleCoalescer::getWrittenSignature(SignatureCarrier carrier) {
  if (auto trait = dyn_cast<TraitOp>(carrier.getOperation()))
    return trait.getDrop() ? getDropSignature(trait) : Type();
  return carrier.getSignature();
}

Type ModuleCoalescer::getRepresentative(Type signature) {
  return classes[classOfSignature.lookup(signature)].representative;
}

LogicalResult ModuleCoalescer::verifyId(Operation *op, Type representative,
                                        TypeIdAttr id) {
  if (isa<RawType>(representative))
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

Type ModuleCoalescer::getEntryRepresentative(Operation *op) {
  auto number = classOfEntry.find(op);
  if (number != classOfEntry.end())
    return classes[number->second].representative;
  // From an earlier run.
  auto entry = op->getAttrOfType<TypeAttr>(KCFIDialect::kEntrySigAttrName);
  return entry ? entry.getValue() : Type();
}

Type ModuleCoalescer::getCallRepresentative(CheckedCallOpInterface call) {
  if (auto virtualCall = dyn_cast<CallVirtualOp>(call.getOperation()))
    return getEntryRepresentative(symbolTables.lookupNearestSymbolFrom(
        virtualCall, virtualCall.getMethod()));
  if (auto drop = dyn_cast<DropVirtualOp>(call.getOperation()))
    return getRepresentative(
        getDropSignature(symbolTables.lookupNearestSymbolFrom<TraitOp>(
            drop, drop.getTraitAttr())));
  return getRepresentative(call.getCheckedCallee(symbolTables).signature);
}

Type ModuleCoalescer::getOwnRepresentative(SignatureCarrier carrier) {
  Operation *op = carrier.getOperation();
  switch (carrier.getKind()) {
  case SignatureCarrier::Kind::Function:
    if (!carrier.getSignature())
      return {};
    if (Type representative = getEntryRepresentative(op))
      return representative;
    return getRepresentative(carrier.getSignature());
  case SignatureCarrier::Kind::Signature:
  case SignatureCarrier::Kind::Entry:
    return getRepresentative(carrier.getSignature());
  case SignatureCarrier::Kind::Call:
    return getCallRepresentative(cast<CheckedCallOpInterface>(op));
  case SignatureCarrier::Kind::Trait:
  case SignatureCarrier::Kind::LLVMCall:
    return {};
  }
  llvm_unreachable("unknown carrier");
}

LogicalResult ModuleCoalescer::verifyIds() {
  bool failed = false;
  module.walk([&](Operation *op) {
    SignatureCarrier carrier = SignatureCarrier::get(op);
    TypeIdAttr id = carrier ? carrier.getTypeId() : TypeIdAttr();
    if (!id)
      return;
    Type representative = getOwnRepresentative(carrier);
    if (representative)
      failed |= mlir::failed(verifyId(op, representative, id));
  });
  return failure(failed);
}

void ModuleCoalescer::replace() {
  module.walk([&](Operation *op) {
    if (SignatureCarrier carrier = SignatureCarrier::get(op)) {
      Type signature = carrier.getSignature();
      // The type of the pointer is replaced below.
      if (isa<CallOp, InvokeOp>(op)) {
        Type expected = cast<CheckedCallOpInterface>(op)
                            .getCheckedCallee(symbolTables)
                            .signature;
        if (expected != getRepresentative(expected))
          carrier.rememberSourceSignature(expected);
      } else if (signature) {
        Type representative = getRepresentative(getWrittenSignature(carrier));
        if (signature != representative)
          carrier.rememberSourceSignature(signature);
        carrier.setSignature(representative);
      }
    }
    if (auto foreign =
            op->getAttrOfType<ArrayAttr>(KCFIDialect::kForeignSigsAttrName)) {
      SmallVector<Type> types;
      for (auto sig : foreign.getAsRange<TypeAttr>())
        types.push_back(getRepresentative(sig.getValue()));
      op->setAttr(KCFIDialect::kForeignSigsAttrName,
                  Builder(op->getContext()).getTypeArrayAttr(types));
    }
    if (Type entry = getEntryRepresentative(op))
      op->setAttr(KCFIDialect::kEntrySigAttrName, TypeAttr::get(entry));
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
  FailureOr<DropClasses> drops = DropClasses();
  if (hasNarrowDropGlue(set))
    drops = DropClasses::compute(module);
  if (failed(drops))
    return signalPassFailure();
  ModuleCoalescer coalescer(module, set, encoding, *target,
                            std::move(*definitions), std::move(*drops));
  if (failed(coalescer.collect()))
    return signalPassFailure();
  coalescer.choose();
  if (failed(coalescer.verifyIds()))
    return signalPassFailure();
  coalescer.replace();
  module->setAttr(KCFIDialect::kEncodingAttrName, encoding);
  module->setAttr(KCFIDialect::kEquivalencesAttrName, list);
}
