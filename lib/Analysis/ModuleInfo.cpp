//===- ModuleInfo.cpp - What a module contains -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Encoding/TypeIdString.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ParallelWalk.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/TargetInfo/LLVMNames.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Demangle/Demangle.h"

using namespace mlir;
using namespace mlir::kcfi;

/// Gives a function of another dialect its linkage in LLVM.
static constexpr StringRef kLinkageName = "llvm.linkage";

LLVM::Linkage mlir::kcfi::getLinkage(FunctionOpInterface function) {
  if (auto llvmFunction = dyn_cast<LLVM::LLVMFuncOp>(function.getOperation()))
    return llvmFunction.getLinkage();
  // Functions of other dialects become external ones, whatever their symbol
  // visibility, unless this attribute of the conversion to LLVM says otherwise.
  if (auto attr = function->getAttrOfType<LLVM::LinkageAttr>(kLinkageName))
    return attr.getLinkage();
  return LLVM::Linkage::External;
}

bool mlir::kcfi::isLocal(LLVM::Linkage linkage) {
  return linkage == LLVM::Linkage::Internal ||
         linkage == LLVM::Linkage::Private;
}

bool mlir::kcfi::isWeak(LLVM::Linkage linkage) {
  switch (linkage) {
  case LLVM::Linkage::Weak:
  case LLVM::Linkage::WeakODR:
  case LLVM::Linkage::Linkonce:
  case LLVM::Linkage::LinkonceODR:
  case LLVM::Linkage::Common:
  case LLVM::Linkage::ExternWeak:
    return true;
  case LLVM::Linkage::Private:
  case LLVM::Linkage::Internal:
  case LLVM::Linkage::AvailableExternally:
  case LLVM::Linkage::Appending:
  case LLVM::Linkage::External:
    return false;
  }
  llvm_unreachable("unknown linkage");
}

bool mlir::kcfi::hasLocalLinkage(FunctionOpInterface function) {
  // The declaration of a definition that stays LLVM IR is external, its symbol
  // visibility tells what the definition is.
  if (function->hasAttr(KCFIDialect::kCarriedAttrName))
    return SymbolTable::getSymbolVisibility(function) ==
           SymbolTable::Visibility::Private;
  return isLocal(getLinkage(function));
}

/// True for types without parts that may refer to symbols. No type of this
/// dialect does.
static bool isPlainType(Type type) {
  if (isa<KCFIDialect>(type.getDialect()) || type.isIntOrIndexOrFloat() ||
      isa<LLVM::LLVMPointerType, LLVM::LLVMVoidType>(type))
    return true;
  if (auto function = dyn_cast<FunctionType>(type))
    return llvm::all_of(function.getInputs(), isPlainType) &&
           llvm::all_of(function.getResults(), isPlainType);
  if (auto function = dyn_cast<LLVM::LLVMFunctionType>(type))
    return isPlainType(function.getReturnType()) &&
           llvm::all_of(function.getParams(), isPlainType);
  return false;
}

/// True for attributes that cannot refer to a symbol, which most are.
static bool isPlainAttribute(Attribute attribute) {
  if (auto type = dyn_cast<TypeAttr>(attribute))
    return isPlainType(type.getValue());
  return isa<BoolAttr, DenseArrayAttr, DenseIntOrFPElementsAttr, FloatAttr,
             IntegerAttr, StringAttr, TypeIdAttr, UnitAttr>(attribute);
}

/// Calls `callback` with the references to symbols in the attributes of `op`.
/// Debug info names none; to walk all types of a program at each operation (as
/// `SymbolTable::getSymbolUses` does) takes minutes.
static void forEachSymbol(Operation *op,
                          llvm::function_ref<void(SymbolRefAttr)> callback) {
  // One for all attributes: it visits no part twice.
  std::optional<AttrTypeWalker> walker;
  auto visit = [&](Attribute attribute) {
    if (isPlainAttribute(attribute))
      return;
    if (!walker)
      walker.emplace().addWalk([&](Attribute part) {
        if (isa<LLVM::DINodeAttr>(part))
          return WalkResult::skip();
        auto symbol = dyn_cast<SymbolRefAttr>(part);
        if (!symbol)
          return WalkResult::advance();
        callback(symbol);
        return WalkResult::skip();
      });
    walker->walk<WalkOrder::PreOrder>(attribute);
  };
  // As a list: the dictionary of all attributes would be made for this alone.
  NamedAttrList inherent;
  if (op->getPropertiesStorageSize())
    op->getName().populateInherentAttrs(op, inherent);
  for (NamedAttribute attribute : inherent)
    visit(attribute.getValue());
  for (NamedAttribute attribute : op->getDiscardableAttrs()) {
    if (attribute.getName() != KCFIDialect::kLLVMFactsAttrName) {
      visit(attribute.getValue());
      continue;
    }
    // What metadata names is not used, as in LLVM IR.
    for (NamedAttribute fact : cast<DictionaryAttr>(attribute.getValue()))
      if (fact.getName() != "metadata" && fact.getName() != "phis")
        visit(fact.getValue());
  }
}

/// Calls `callback` with each symbol that `op` refers to other than by a direct
/// call.
static void
forEachUsedSymbol(Operation *op,
                  llvm::function_ref<void(SymbolRefAttr)> callback) {
  // Refers to all symbols of its bodies, also to those it only calls. Methods
  // of traits are no functions; the body of a closure is not called by
  // creating one.
  if (isa<CarriedBodiesOp, CallVirtualOp, CreateClosureOp>(op))
    return;
  // A direct call, and nothing else, does not take the address.
  SymbolRefAttr callee;
  if (auto call = dyn_cast<CallOpInterface>(op))
    callee = dyn_cast<SymbolRefAttr>(call.getCallableForCallee());
  forEachSymbol(op, [&](SymbolRefAttr symbol) {
    if (symbol != callee)
      callback(symbol);
  });
}

/// True if an operation may have references that nothing enumerates.
static bool mayHideReferences(Operation *op) {
  return op->getNumRegions() == 1 && !op->getDialect();
}

LogicalResult mlir::kcfi::forEachAddressUse(
    ModuleOp module,
    llvm::function_ref<void(const SymbolTable::SymbolUse &)> callback) {
  SmallVector<Operation *> users = collectOperations(module, [](Operation *op) {
    bool isUser = mayHideReferences(op);
    forEachUsedSymbol(op, [&](SymbolRefAttr) { isUser = true; });
    return isUser;
  });
  for (Operation *op : users) {
    if (mayHideReferences(op))
      return op->getParentWithTrait<OpTrait::SymbolTable>()->emitError(
          "references to functions cannot be enumerated: an "
          "operation of an unregistered dialect may hide some");
    forEachUsedSymbol(op,
                      [&](SymbolRefAttr symbol) { callback({op, symbol}); });
  }
  return success();
}

FailureOr<llvm::StringSet<>> mlir::kcfi::findAddressTaken(ModuleOp module) {
  llvm::StringSet<> taken;
  if (failed(forEachAddressUse(module, [&](const SymbolTable::SymbolUse &use) {
        taken.insert(use.getSymbolRef().getLeafReference().getValue());
      })))
    return failure();
  auto isCarried = [](Operation *op) { return isa<CarriedBodiesOp>(op); };
  for (Operation *op : collectOperations(module, isCarried))
    for (auto symbol :
         cast<CarriedBodiesOp>(op).getTaken().getAsRange<FlatSymbolRefAttr>())
      taken.insert(symbol.getValue());
  return taken;
}

bool mlir::kcfi::canBeCalledIndirectly(FunctionOpInterface function,
                                       const llvm::StringSet<> &addressTaken) {
  return !hasLocalLinkage(function) ||
         function->hasAttr(KCFIDialect::kAddressTakenAttrName) ||
         addressTaken.contains(SymbolTable::getSymbolName(function).getValue());
}

bool mlir::kcfi::hasSignatures(ModuleOp module) {
  return containsOperation(module, [](Operation *op) {
    return isa<SignatureOp, EntryOp, CheckedCallOpInterface>(op) ||
           op->hasAttr(KCFIDialect::kSigAttrName);
  });
}

FailureOr<DefinitionTable> mlir::kcfi::collectDefinitions(ModuleOp module) {
  DefinitionTable table;
  WalkResult result = module.walk([&](AdtOp adt) {
    llvm::Error error = table.add(adt.getItem());
    if (!error)
      return WalkResult::advance();
    adt.emitOpError() << llvm::toString(std::move(error));
    return WalkResult::interrupt();
  });
  if (result.wasInterrupted())
    return failure();
  return table;
}

FailureOr<DefinitionTable>
mlir::kcfi::collectPendingDefinitions(ModuleOp module) {
  if (module->hasAttr(KCFIDialect::kEquivalencesAttrName))
    return DefinitionTable();
  return collectDefinitions(module);
}

TypeIdCache mlir::kcfi::makeTypeIdCache(Operation *op, const TargetInfo &target,
                                        DefinitionTable definitions) {
  return TypeIdCache(getEncoding(op), target, std::move(definitions),
                     getMergedClasses(op));
}

CheckedCallee mlir::kcfi::getOwnCallee(Operation *function, Type signature) {
  if (auto entry =
          function->getAttrOfType<TypeAttr>(KCFIDialect::kEntrySigAttrName))
    return {entry.getValue(), {}};
  return {signature, function->getAttrOfType<RustCallableAttr>(
                         KCFIDialect::kCallableAttrName)};
}

/// The id in a `"kcfi"` bundle, null if there is none or it is not constant.
template <typename OpT>
static TypeIdAttr getBundleId(OpT call) {
  if (!call.getOpBundleTags())
    return {};
  for (auto [tag, operands] :
       llvm::zip(*call.getOpBundleTags(), call.getOpBundleOperands())) {
    if (cast<StringAttr>(tag).getValue() != llvmnames::kBundle ||
        operands.size() != 1)
      continue;
    auto constant = operands[0].template getDefiningOp<LLVM::ConstantOp>();
    auto value =
        constant ? dyn_cast<IntegerAttr>(constant.getValue()) : IntegerAttr();
    if (value && value.getType().isInteger(32) && !value.getValue().isZero())
      return TypeIdAttr::get(call.getContext(),
                             value.getValue().getZExtValue());
  }
  return {};
}

/// Fills in an LLVM call; false for direct calls.
template <typename OpT>
static bool describeLLVMCall(OpT op, CallInfo &info) {
  // Inline assembly and intrinsics are other operations; a callee symbol makes
  // the call direct.
  if (op.getCallee())
    return false;
  if (auto id = op->template getAttrOfType<TypeIdAttr>(
          KCFIDialect::kTypeIdAttrName)) {
    info.id = id;
    info.state = CheckState::Pending;
  } else if (TypeIdAttr bundle = getBundleId(op)) {
    info.id = bundle;
    info.state = CheckState::Bundle;
  } else if (auto checked = op->template getAttrOfType<TypeIdAttr>(
                 KCFIDialect::kCheckedAttrName)) {
    info.id = checked;
    info.state = CheckState::Expanded;
  }
  return true;
}

static bool describeCheckedCall(CheckedCallOpInterface op,
                                const CheckedCallee &callee, CallInfo &info) {
  info.signature = callee.signature;
  bool isExempt =
      info.caller && info.caller->hasAttr(KCFIDialect::kNoCheckAttrName);
  if (op.getUnchecked() || isExempt)
    return true;
  info.id = op.getTypeIdAttr();
  info.state = CheckState::Pending;
  return true;
}

FailureOr<ModuleInfo> ModuleInfo::collect(ModuleOp module) {
  ModuleInfo info;
  info.module = module;
  info.target = lookupTargetQuietly(module);
  FailureOr<llvm::StringSet<>> taken = findAddressTaken(module);
  if (failed(taken))
    return failure();

  FailureOr<DefinitionTable> definitions = collectPendingDefinitions(module);
  if (failed(definitions))
    return failure();
  std::optional<TypeIdCache> cache;
  if (info.target)
    cache.emplace(
        makeTypeIdCache(module, *info.target, std::move(*definitions)));
  auto getId = [&](Operation *op, CheckedCallee callee) -> TypeIdAttr {
    if (!cache) {
      if (auto raw = dyn_cast<RawType>(callee.signature))
        return TypeIdAttr::get(raw.getContext(), raw.getId());
      info.problems.emplace_back(op, "the module has no usable target");
      return {};
    }
    llvm::Expected<TypeIdAttr> id =
        cache->getEntryTypeId(callee.signature, callee.callable);
    if (id)
      return *id;
    info.problems.emplace_back(op, llvm::toString(id.takeError()));
    return {};
  };
  auto enterClass = [&](TypeIdAttr id, Type signature) -> ClassInfo & {
    ClassInfo &entry = info.classes[id.getValue()];
    if (!entry.string)
      entry.string = id.getString();
    if (signature)
      entry.signatures.insert(signature);
    return entry;
  };

  SymbolTableCollection symbolTables;
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (auto function = dyn_cast<FunctionOpInterface>(op)) {
      FunctionInfo entry{};
      entry.op = function;
      if (auto sig = op->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName))
        entry.signature = sig.getValue();
      entry.id = op->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
      entry.isDeclaration = function.isExternal();
      entry.isAddressTaken =
          op->hasAttr(KCFIDialect::kAddressTakenAttrName) ||
          taken->contains(SymbolTable::getSymbolName(op).getValue());
      entry.needsId = canBeCalledIndirectly(function, *taken);
      if (!entry.id && entry.signature && entry.needsId)
        entry.id = getId(op, getOwnCallee(op, entry.signature));
      if (entry.id)
        enterClass(entry.id, entry.signature)
            .functions.push_back(info.functions.size());
      info.functions.push_back(entry);
      return;
    }
    if (auto extra = dyn_cast<EntryOp>(op)) {
      EntryInfo entry{
          extra, op->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName),
          taken->contains(extra.getSymName())};
      if (!entry.id)
        entry.id = getId(op, {extra.getSignature(), {}});
      if (entry.id)
        enterClass(entry.id, extra.getSignature())
            .entries.push_back(info.entries.size());
      info.entries.push_back(entry);
      return;
    }
    CallInfo entry{};
    entry.op = op;
    entry.caller = op->getParentOfType<FunctionOpInterface>();
    entry.state = CheckState::Unchecked;
    CheckedCallee callee;
    bool isIndirect = TypeSwitch<Operation *, bool>(op)
                          .Case([&](CheckedCallOpInterface call) {
                            callee = call.getCheckedCallee(symbolTables);
                            return describeCheckedCall(call, callee, entry);
                          })
                          .Case<LLVM::CallOp, LLVM::InvokeOp>([&](auto call) {
                            return describeLLVMCall(call, entry);
                          })
                          // Indirect calls of other dialects have no check.
                          .Case<CallOpInterface>([&](CallOpInterface call) {
                            return isa<Value>(call.getCallableForCallee());
                          })
                          .Default([](Operation *) { return false; });
    if (!isIndirect)
      return;
    if (entry.state == CheckState::Pending && !entry.id)
      entry.id = getId(op, callee);
    if (entry.id)
      enterClass(entry.id, entry.signature).calls.push_back(info.calls.size());
    info.calls.push_back(entry);
  });
  return info;
}

std::string mlir::kcfi::getFileLocation(Operation *op) {
  auto file = op->getLoc()->findInstanceOf<FileLineColLoc>();
  if (!file)
    return "";
  return (file.getFilename().getValue() + ":" + Twine(file.getLine()) + ":" +
          Twine(file.getColumn()))
      .str();
}

std::string mlir::kcfi::getReadableClass(const ClassInfo &info) {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::ListSeparator separator(" | ");
  for (Type signature : info.signatures)
    if (isa<FnType, RustFnType>(signature))
      os << separator << getReadableType(signature);
  if (text.empty() && info.string)
    text = demangleTypeIdString(info.string.getValue());
  return text.empty() ? "unknown type" : text;
}
