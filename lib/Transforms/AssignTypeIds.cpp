//===- AssignTypeIds.cpp - Compute type ids -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ParallelWalk.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/IR/SignatureCarrier.h"
#include "kcfi/Transforms/Passes.h"
#include "mlir/IR/Remarks.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFIASSIGNTYPEIDS
#include "kcfi/Transforms/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

namespace {
struct AssignTypeIds
    : public mlir::kcfi::impl::KCFIAssignTypeIdsBase<AssignTypeIds> {
  void runOnOperation() final;

private:
  /// The id of `signature`, or null after an error at `op`. An id that `op` has
  /// already must be the same.
  TypeIdAttr getId(Operation *op, CheckedCallee callee, TypeIdAttr present);
  LogicalResult assignSymbol(SignatureCarrier carrier, CheckedCallee callee);
  LogicalResult assignCall(CheckedCallOpInterface call,
                           SymbolTableCollection &symbolTables);

  std::optional<TypeIdCache> cache;
  unsigned numFunctions = 0, numEntries = 0, numCalls = 0, numUnchecked = 0;
};
} // namespace

TypeIdAttr AssignTypeIds::getId(Operation *op, CheckedCallee callee,
                                TypeIdAttr present) {
  Type signature = callee.signature;
  llvm::Expected<TypeIdAttr> id =
      cache->getEntryTypeId(signature, callee.callable);
  if (!id) {
    op->emitError() << "cannot compute the type id of '"
                    << getReadableType(signature)
                    << "': " << llvm::toString(id.takeError());
    return {};
  }
  if (present && present.getValue() != id->getValue()) {
    op->emitError() << "has type id " << formatTypeId(present.getValue())
                    << ", but that of its signature '"
                    << getReadableType(signature) << "' is "
                    << formatTypeId(id->getValue());
    return {};
  }
  return *id;
}

LogicalResult AssignTypeIds::assignSymbol(SignatureCarrier carrier,
                                          CheckedCallee callee) {
  TypeIdAttr id = getId(carrier.getOperation(), callee, carrier.getTypeId());
  if (!id)
    return failure();
  carrier.setTypeId(id);
  return success();
}

LogicalResult AssignTypeIds::assignCall(CheckedCallOpInterface call,
                                        SymbolTableCollection &symbolTables) {
  if (call.getUnchecked()) {
    ++numUnchecked;
    return success();
  }
  auto caller = call->getParentOfType<FunctionOpInterface>();
  if (caller && caller->hasAttr(KCFIDialect::kNoCheckAttrName)) {
    // What the function says holds for its calls; say it at the call, where
    // inlining into a checked function cannot lose it.
    call.setUnchecked(true);
    call.setTypeIdAttr({});
    ++numUnchecked;
    return success();
  }
  TypeIdAttr id =
      getId(call, call.getCheckedCallee(symbolTables), call.getTypeIdAttr());
  if (!id)
    return failure();
  call.setTypeIdAttr(id);
  ++numCalls;
  return success();
}

void AssignTypeIds::runOnOperation() {
  ModuleOp module = getOperation();
  if (!hasSignatures(module))
    return markAllAnalysesPreserved();
  numFunctions = numEntries = numCalls = numUnchecked = 0;
  std::unique_ptr<TargetInfo> target = lookupTarget(module);
  if (!target)
    return signalPassFailure();
  FailureOr<llvm::StringSet<>> taken = findAddressTaken(module);
  FailureOr<DefinitionTable> definitions = collectPendingDefinitions(module);
  if (failed(taken) || failed(definitions))
    return signalPassFailure();
  cache.emplace(makeTypeIdCache(module, *target, std::move(*definitions)));

  UnitAttr unit = UnitAttr::get(&getContext());
  SymbolTableCollection symbolTables;
  bool failed = false;
  auto isCarrier = [](Operation *op) {
    return bool(SignatureCarrier::get(op));
  };
  for (Operation *op : collectOperations(module, isCarrier)) {
    SignatureCarrier carrier = SignatureCarrier::get(op);
    switch (carrier.getKind()) {
    case SignatureCarrier::Kind::Function: {
      Type signature = carrier.getSignature();
      auto function = cast<FunctionOpInterface>(op);
      if (!signature || !canBeCalledIndirectly(function, *taken))
        continue;
      failed |=
          mlir::failed(assignSymbol(carrier, getOwnCallee(op, signature)));
      // Export needs to know it for declarations (__kcfi_typeid_ symbols).
      if (function.isExternal() &&
          taken->contains(SymbolTable::getSymbolName(op).getValue()))
        op->setAttr(KCFIDialect::kAddressTakenAttrName, unit);
      ++numFunctions;
      break;
    }
    case SignatureCarrier::Kind::Entry:
      ++numEntries;
      [[fallthrough]];
    case SignatureCarrier::Kind::Signature:
      failed |=
          mlir::failed(assignSymbol(carrier, {carrier.getSignature(), {}}));
      break;
    case SignatureCarrier::Kind::Call:
      failed |= mlir::failed(
          assignCall(cast<CheckedCallOpInterface>(op), symbolTables));
      break;
    case SignatureCarrier::Kind::Trait:
    case SignatureCarrier::Kind::LLVMCall:
      break;
    }
  }
  cache.reset();
  if (failed)
    return signalPassFailure();
  // The ids are made with these options; from here on they must not be implied.
  module->setAttr(KCFIDialect::kEncodingAttrName, getEncoding(module));

  remark::analysis(module.getLoc(),
                   remark::RemarkOpts::name("TypeIds").category("kcfi"))
      << remark::metric("Functions", numFunctions)
      << remark::metric("ExtraEntries", numEntries)
      << remark::metric("CheckedCalls", numCalls)
      << remark::metric("UncheckedCalls", numUnchecked);
}
