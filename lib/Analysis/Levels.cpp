//===- Levels.cpp - Invariants of the levels -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/Levels.h"
#include "kcfi/Analysis/Coalescing.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/LLVMCalls.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ParallelWalk.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/IR/Rust/VTableLayout.h"
#include "kcfi/IR/SignatureCarrier.h"
#include "kcfi/TargetInfo/LLVMNames.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

/// Checks one module; every violation is reported.
class LevelVerifier {
public:
  LevelVerifier(ModuleOp module, Level level) : module(module), level(level) {}
  LogicalResult run();

private:
  InFlightDiagnostic violation(Operation *op, StringRef at) {
    failed = true;
    return op->emitError() << "violates level " << at << ": ";
  }
  /// Looks the target up as soon as something needs it: a module without
  /// signatures and ids need not have one. Its absence is an error once.
  bool hasTarget();
  /// The id of a signature; an error is a violation.
  TypeIdAttr getId(Operation *op, CheckedCallee callee, StringRef at);

  void verifyOperation(Operation *op, const llvm::StringSet<> &taken,
                       SymbolTableCollection &symbols);
  void verifyRepresentatives(Operation *op);
  void verifyRepresentative(Operation *op, Type signature);
  void verifyCast(CastOp cast);
  void verifyView(AddressOfOp address, SymbolTableCollection &symbols);
  void verifyFunction(FunctionOpInterface function,
                      const llvm::StringSet<> &taken);
  /// The id of a function or an extra entry; an error is a violation.
  TypeIdAttr getEntryId(Operation *symbol);
  void verifyEntry(EntryOp entry, SymbolTableCollection &symbols);
  void verifyEntryId(EntryOp entry);
  void verifyVTable(VTableOp vtable, SymbolTableCollection &symbols);
  void verifySlot(VTableOp vtable, FlatSymbolRefAttr symbol, const Twine &slot,
                  CheckedCallee callee, SymbolTableCollection &symbols);
  void verifyCall(CheckedCallOpInterface call, SymbolTableCollection &symbols);
  void verifyTypeId(Operation *op, TypeIdAttr id);
  void verifyLLVMCall(LLVMCall call);

  ModuleOp module;
  Level level;
  EncodingAttr encoding;
  std::unique_ptr<TargetInfo> target;
  std::optional<TypeIdCache> cache;
  /// In a module whose types are coalesced.
  std::optional<Coalescer> coalescer;
  llvm::DenseMap<std::pair<Operation *, uint64_t>, Operation *> entries;
  bool isTargetKnown = false;
  bool failed = false;
};

} // namespace

bool LevelVerifier::hasTarget() {
  if (isTargetKnown)
    return cache.has_value();
  isTargetKnown = true;
  target = lookupTarget(module);
  FailureOr<DefinitionTable> definitions = collectPendingDefinitions(module);
  if (target && succeeded(definitions)) {
    cache.emplace(makeTypeIdCache(module, *target, std::move(*definitions)));
    if (module->hasAttr(KCFIDialect::kEquivalencesAttrName))
      coalescer.emplace(getEquivalences(module), encoding, *target,
                        DefinitionTable());
  }
  failed |= !cache;
  return cache.has_value();
}

TypeIdAttr LevelVerifier::getId(Operation *op, CheckedCallee callee,
                                StringRef at) {
  if (!hasTarget())
    return {};
  llvm::Expected<TypeIdAttr> id =
      cache->getEntryTypeId(callee.signature, callee.callable);
  if (id)
    return *id;
  violation(op, at) << "'" << getReadableType(callee.signature)
                    << "' has no type id: " << llvm::toString(id.takeError());
  return {};
}

void LevelVerifier::verifyRepresentative(Operation *op, Type signature) {
  if (!module->hasAttr(KCFIDialect::kEquivalencesAttrName) || !hasTarget())
    return;
  llvm::Expected<Type> representative = coalescer->getRepresentative(signature);
  if (!representative)
    violation(op, "L1") << "'" << getReadableType(signature)
                        << "' has no class: "
                        << llvm::toString(representative.takeError());
  else if (*representative != signature)
    violation(op, "L1") << signature
                        << " is not the representative of its class, but "
                        << *representative << " is";
}

void LevelVerifier::verifyCast(CastOp cast) {
  if (cast.getReason() != CastReason::Coalesced)
    return;
  auto from = llvm::cast<FnPtrType>(cast.getSource().getType()).getSignature();
  auto to = llvm::cast<FnPtrType>(cast.getResult().getType()).getSignature();
  TypeIdAttr fromId = getId(cast, {from, {}}, "L1");
  TypeIdAttr toId = getId(cast, {to, {}}, "L1");
  if (fromId && toId && fromId.getValue() != toId.getValue())
    violation(cast, "L1") << "a 'coalesced' cast joins '"
                          << getReadableType(from) << "' ("
                          << formatTypeId(fromId.getValue()) << ") and '"
                          << getReadableType(to) << "' ("
                          << formatTypeId(toId.getValue())
                          << "), which are different classes";
}

void LevelVerifier::verifyView(AddressOfOp address,
                               SymbolTableCollection &symbols) {
  // The view's signature is the function's (verified by the operation), so the
  // view is placed if the function's entry carries that signature's class.
  TypeIdAttr id = getEntryId(
      symbols.lookupNearestSymbolFrom(address, address.getCalleeAttr()));
  TypeIdAttr expected =
      getId(address, {address.getResult().getType().getSignature(), {}}, "L2");
  if (id && expected && expected.getValue() != id.getValue())
    violation(address, "L2")
        << "the view needs an entry with type id "
        << formatTypeId(expected.getValue()) << ", the function has "
        << formatTypeId(id.getValue());
}

TypeIdAttr LevelVerifier::getEntryId(Operation *symbol) {
  SignatureCarrier carrier = SignatureCarrier::get(symbol);
  if (TypeIdAttr id = carrier.getTypeId())
    return id;
  Type signature = carrier.getSignature();
  if (carrier.getKind() == SignatureCarrier::Kind::Entry)
    return getId(symbol, {signature, {}}, "L2");
  return getId(symbol, getOwnCallee(symbol, signature), "L2");
}

void LevelVerifier::verifyEntry(EntryOp entry, SymbolTableCollection &symbols) {
  Operation *function =
      symbols.lookupNearestSymbolFrom(entry, entry.getCalleeAttr());
  if (entry.getBecause() && entry.getBecause()->size() != 2)
    violation(entry, "L2") << "an entry exists because of two views, found "
                           << entry.getBecause()->size();
  TypeIdAttr id = getEntryId(entry);
  if (!id)
    return;
  auto [it, isNew] = entries.try_emplace({function, id.getValue()}, entry);
  if (isNew)
    return;
  InFlightDiagnostic diag = violation(entry, "L2")
                            << "'@" << entry.getCallee()
                            << "' has two extra entries with type id "
                            << formatTypeId(id.getValue());
  diag.attachNote(it->second->getLoc()) << "the other entry is here";
}

/// The function in a slot is called as `callee`.
void LevelVerifier::verifySlot(VTableOp vtable, FlatSymbolRefAttr symbol,
                               const Twine &slot, CheckedCallee callee,
                               SymbolTableCollection &symbols) {
  Operation *function = symbols.lookupNearestSymbolFrom(vtable, symbol);
  TypeIdAttr id = getEntryId(function);
  TypeIdAttr expected = getId(vtable, callee, "L2");
  if (id && expected && id.getValue() != expected.getValue())
    violation(vtable, "L2")
        << slot << " is called as '" << getReadableType(callee.signature)
        << "' with type id " << formatTypeId(expected.getValue())
        << ", its function '@" << symbol.getValue() << "' is '"
        << getReadableType(SignatureCarrier::get(function).getSignature())
        << "' with " << formatTypeId(id.getValue());
}

void LevelVerifier::verifyVTable(VTableOp vtable,
                                 SymbolTableCollection &symbols) {
  auto trait =
      symbols.lookupNearestSymbolFrom<TraitOp>(vtable, vtable.getTraitAttr());
  if (vtable.getDropAttr())
    verifySlot(vtable, vtable.getDropAttr(), "the drop slot",
               {*trait.getDrop(), RustCallableAttr()}, symbols);
  VTableLayout layout(trait, symbols);
  for (auto [index, slot] : llvm::enumerate(vtable.getSlots())) {
    VTableEntry entry = layout.getEntries()[index];
    auto symbol = dyn_cast<FlatSymbolRefAttr>(slot);
    if (entry.method && symbol)
      verifySlot(vtable, symbol,
                 "slot " + Twine(index) + " for '@" + entry.trait.getSymName() +
                     "::@" + entry.method.getSymName() + "'",
                 entry.method.getVirtualCallee(), symbols);
  }
}

void LevelVerifier::verifyTypeId(Operation *op, TypeIdAttr id) {
  if (!hasTarget())
    return;
  if (std::optional<std::string> reason =
          target->getReservedIdReason(id.getValue()))
    violation(op, "L3") << "type id " << formatTypeId(id.getValue())
                        << " cannot be used: " << *reason;
  if (!id.getString())
    return;
  uint32_t hash =
      hashTypeIdString(id.getString().getValue(), encoding.getHash());
  if (hash != id.getValue())
    violation(op, "L3") << "type id " << formatTypeId(id.getValue())
                        << " is not the hash of " << id.getString()
                        << ", which is " << formatTypeId(hash);
}

void LevelVerifier::verifyFunction(FunctionOpInterface function,
                                   const llvm::StringSet<> &taken) {
  auto sig = function->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName);
  auto id = function->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
  if (id)
    verifyTypeId(function, id);
  if (!sig || !canBeCalledIndirectly(function, taken))
    return;
  if (!id) {
    violation(function, "L3") << "the function has a signature but no type id";
    return;
  }
  TypeIdAttr expected =
      getId(function, getOwnCallee(function, sig.getValue()), "L3");
  if (expected && expected.getValue() != id.getValue())
    violation(function, "L3")
        << "type id " << formatTypeId(id.getValue()) << " is not that of '"
        << getReadableType(sig.getValue()) << "', "
        << formatTypeId(expected.getValue());
}

void LevelVerifier::verifyEntryId(EntryOp entry) {
  auto id = entry->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
  if (!id) {
    violation(entry, "L3") << "the extra entry has no type id";
    return;
  }
  verifyTypeId(entry, id);
  TypeIdAttr expected = getId(entry, {entry.getSignature(), {}}, "L3");
  if (expected && expected.getValue() != id.getValue())
    violation(entry, "L3") << "type id " << formatTypeId(id.getValue())
                           << " is not that of '"
                           << getReadableType(entry.getSignature()) << "', "
                           << formatTypeId(expected.getValue());
}

void LevelVerifier::verifyCall(CheckedCallOpInterface call,
                               SymbolTableCollection &symbols) {
  if (call.getUnchecked())
    return;
  auto caller = call->getParentOfType<FunctionOpInterface>();
  if (caller && caller->hasAttr(KCFIDialect::kNoCheckAttrName)) {
    violation(call, "L3") << "the call is not marked 'unchecked', but its "
                             "function has '"
                          << KCFIDialect::kNoCheckAttrName << "'";
    return;
  }
  TypeIdAttr id = call.getTypeIdAttr();
  if (!id) {
    violation(call, "L3") << "the checked call has no type id";
    return;
  }
  verifyTypeId(call, id);
  CheckedCallee callee = call.getCheckedCallee(symbols);
  TypeIdAttr expected = getId(call, callee, "L3");
  if (expected && expected.getValue() != id.getValue())
    violation(call, "L3") << "type id " << formatTypeId(id.getValue())
                          << " is not that of '"
                          << getReadableType(callee.signature) << "', "
                          << formatTypeId(expected.getValue());
}

void LevelVerifier::verifyLLVMCall(LLVMCall call) {
  if (TypeIdAttr id = call.getTypeId())
    verifyTypeId(call.getOperation(), id);
  if (level < Level::L4)
    return;
  std::optional<unsigned> index = call.findBundle(llvmnames::kBundle);
  if (!index)
    return;
  // LLVM's verifier would find these only after translation.
  OperandRange operands = call.getBundleOperands(*index);
  if (operands.size() != 1) {
    violation(call.getOperation(), "L4")
        << "the \"kcfi\" bundle has " << operands.size() << " operands";
    return;
  }
  auto constant = operands[0].getDefiningOp<LLVM::ConstantOp>();
  auto value =
      constant ? dyn_cast<IntegerAttr>(constant.getValue()) : IntegerAttr();
  if (!value || !value.getType().isInteger(32))
    violation(call.getOperation(), "L4")
        << "the operand of the \"kcfi\" bundle is not a 32-bit constant";
  else if (value.getValue().isZero())
    violation(call.getOperation(), "L4")
        << "a \"kcfi\" bundle with id 0 makes no check";
}

/// True if a level says something about `op`; the other operations of a module
/// are most of it.
static bool isSubjectOfLevels(Operation *op) {
  if (isa_and_present<KCFIDialect>(op->getDialect()) ||
      isa<FunctionOpInterface>(op) || LLVMCall::get(op))
    return true;
  if (!op->getRawDictionaryAttrs().empty() &&
      (op->hasAttr(KCFIDialect::kSigAttrName) ||
       op->hasAttr(KCFIDialect::kEntrySigAttrName)))
    return true;
  return llvm::any_of(op->getResultTypes(), llvm::IsaPred<FnPtrType>);
}

void LevelVerifier::verifyRepresentatives(Operation *op) {
  for (StringRef name :
       {KCFIDialect::kSigAttrName, KCFIDialect::kEntrySigAttrName})
    if (auto sig = op->getAttrOfType<TypeAttr>(name))
      verifyRepresentative(op, sig.getValue());
  if (auto entry = dyn_cast<EntryOp>(op))
    verifyRepresentative(op, entry.getSignature());
  if (auto trait = dyn_cast<TraitOp>(op); trait && trait.getDrop())
    verifyRepresentative(op, *trait.getDrop());
  for (Type type : op->getResultTypes())
    if (auto fnPtr = dyn_cast<FnPtrType>(type))
      verifyRepresentative(op, fnPtr.getSignature());
}

void LevelVerifier::verifyOperation(Operation *op,
                                    const llvm::StringSet<> &taken,
                                    SymbolTableCollection &symbols) {
  if (level >= Level::L1)
    verifyRepresentatives(op);
  if (level >= Level::L4 && op != module &&
      isa_and_present<KCFIDialect>(op->getDialect()) &&
      !isa<SignatureOp, CarriedBodiesOp, TraitOp, MethodOp>(op)) {
    violation(op, "L4") << "'" << op->getName() << "' is left";
    return;
  }
  if (auto cast = dyn_cast<CastOp>(op)) {
    if (level >= Level::L1)
      verifyCast(cast);
  } else if (auto address = dyn_cast<AddressOfOp>(op)) {
    if (level >= Level::L2)
      verifyView(address, symbols);
  } else if (auto function = dyn_cast<FunctionOpInterface>(op)) {
    // Without a signature at the function, no one can say which calls of it
    // are right.
    bool isTaken = taken.contains(SymbolTable::getSymbolName(op).getValue()) ||
                   op->hasAttr(KCFIDialect::kAddressTakenAttrName);
    if (isTaken && level <= Level::L2 &&
        !op->hasAttr(KCFIDialect::kSigAttrName))
      violation(op, "L0") << "the address of the function is taken, but it "
                             "has no signature";
    if (level >= Level::L3)
      verifyFunction(function, taken);
  } else if (auto entry = dyn_cast<EntryOp>(op)) {
    if (level >= Level::L2)
      verifyEntry(entry, symbols);
    if (level >= Level::L3)
      verifyEntryId(entry);
  } else if (auto vtable = dyn_cast<VTableOp>(op)) {
    if (level >= Level::L2)
      verifyVTable(vtable, symbols);
  } else if (auto call = dyn_cast<CheckedCallOpInterface>(op)) {
    if (level >= Level::L3)
      verifyCall(call, symbols);
  } else if (LLVMCall call = LLVMCall::get(op)) {
    if (level >= Level::L3)
      verifyLLVMCall(call);
  } else if (auto signature = dyn_cast<SignatureOp>(op)) {
    if (level < Level::L3)
      return;
    auto id = op->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
    if (!id)
      violation(op, "L3") << "the signature has no type id";
    else
      verifyTypeId(op, id);
  }
}

LogicalResult LevelVerifier::run() {
  FailureOr<llvm::StringSet<>> taken = findAddressTaken(module);
  if (mlir::failed(taken))
    return failure();
  encoding = getEncoding(module);
  SymbolTableCollection symbols;
  for (Operation *op : collectOperations(module, isSubjectOfLevels))
    verifyOperation(op, *taken, symbols);
  return failure(failed);
}

LogicalResult mlir::kcfi::verifyLevel(ModuleOp module, Level level) {
  return LevelVerifier(module, level).run();
}
