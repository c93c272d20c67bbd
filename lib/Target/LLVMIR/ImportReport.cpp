//===- ImportReport.cpp - What an import did -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ImportReport.h"
#include "ImportRound.h"
#include "kcfi/LLVMFacts/TypeIds.h"
#include "kcfi/TargetInfo/LLVMNames.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

Location mlir::kcfi::getImportLoc(MLIRContext *context,
                                  const llvm::Module &module,
                                  const llvm::GlobalValue *owner,
                                  const llvm::Instruction *instruction) {
  if (instruction && instruction->getDebugLoc()) {
    const llvm::DebugLoc &debugLoc = instruction->getDebugLoc();
    return FileLineColLoc::get(context, debugLoc->getFilename(),
                               debugLoc.getLine(), debugLoc.getCol());
  }
  Location file = FileLineColLoc::get(context, module.getModuleIdentifier(),
                                      /*line=*/0, /*column=*/0);
  if (!owner)
    return file;
  return NameLoc::get(StringAttr::get(context, owner->getName()), file);
}

std::string mlir::kcfi::describeSymbol(const llvm::GlobalValue &symbol) {
  return ((llvm::isa<llvm::Function>(symbol) ? "function '" : "global '") +
          symbol.getName() + "'")
      .str();
}

/// One short line: reasons may quote LLVM IR, with inline assembly in it.
static std::string toLine(StringRef text) {
  constexpr size_t kMaxLength = 120;
  SmallVector<StringRef> words;
  llvm::SplitString(text, words);
  std::string line = llvm::join(words, " ");
  if (line.size() > kMaxLength)
    line = line.substr(0, kMaxLength) + " ...";
  return line;
}

//===----------------------------------------------------------------------===//
// Checks that stay as LLVM makes them
//===----------------------------------------------------------------------===//

static CheckedCall describeCheckedCall(const llvm::CallBase &call,
                                       uint32_t typeId) {
  CheckedCall result{};
  result.typeId = typeId;
  result.isInvoke = llvm::isa<llvm::InvokeInst>(call);
  result.hasNestArgument =
      call.getAttributes().hasAttrSomewhere(llvm::Attribute::Nest);
  result.hasOtherConvention = !hasRegistersOfC(call.getCallingConv());
  const llvm::Function &caller = *call.getFunction();
  result.callerIsMinSize = caller.hasMinSize();
  result.callerIsThumb = hasFeature(
      caller.getFnAttribute(llvmnames::kTargetFeatures).getValueAsString(),
      kThumbFeatures);
  return result;
}

/// Warns of a call in a carried part whose bundle the target does not turn into
/// a check.
static void warnOfCheck(MLIRContext *context, const TargetInfo &target,
                        const llvm::Instruction &instruction) {
  auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  std::optional<uint32_t> typeId =
      call ? getCheckedId(*call) : std::optional<uint32_t>();
  if (!typeId)
    return;
  CheckDecision decision = target.decide(describeCheckedCall(*call, *typeId));
  if (decision.lowering != CheckLowering::Bundle)
    emitWarning(
        getImportLoc(context, *call->getModule(), call->getFunction(), call))
        << "a check in " << describeSymbol(*call->getFunction())
        << " stays as LLVM makes it, since its call is carried: "
        << decision.reason;
}

static void warnOfChecks(const ImportRound &round, MLIRContext *context,
                         const llvm::Module &module) {
  llvm::Expected<std::unique_ptr<TargetInfo>> target =
      TargetInfo::lookup(module.getTargetTriple().str());
  if (!target)
    return llvm::consumeError(target.takeError());
  for (const auto &[object, reason] : round.getWhole())
    if (auto *function = llvm::dyn_cast<llvm::Function>(object))
      for (const llvm::Instruction &instruction : llvm::instructions(*function))
        warnOfCheck(context, **target, instruction);
  for (const StandIns::StandIn &standIn : round.getStandIns().getStandIns())
    if (standIn.instruction)
      warnOfCheck(context, **target, *standIn.instruction);
}

//===----------------------------------------------------------------------===//
// Remarks
//===----------------------------------------------------------------------===//

namespace {
/// What has one reason: how often, and the first symbol.
struct Reason {
  unsigned count = 0;
  std::string first;
};
using Reasons =
    llvm::MapVector<std::string, Reason, std::map<std::string, unsigned>>;
} // namespace

static void add(Reasons &reasons, StringRef reason, StringRef symbol,
                unsigned count) {
  Reason &entry = reasons[toLine(reason)];
  if (!entry.count)
    entry.first = symbol.str();
  entry.count += count;
}

static void print(InFlightDiagnostic &diag, const Reasons &reasons) {
  llvm::ListSeparator separator("; ");
  for (const auto &[reason, entry] : reasons)
    diag << StringRef(separator) << reason << " (" << entry.count
         << ", first in '" << entry.first << "')";
}

static void reportSummary(const ImportRound &round, MLIRContext *context,
                          const llvm::Module &module) {
  Location loc = getImportLoc(context, module);
  unsigned standIns = 0;
  Reasons standInReasons, wholeReasons;
  for (const StandIns::StandIn &standIn : round.getStandIns().getStandIns()) {
    standIns += standIn.count;
    add(standInReasons, standIn.reason, standIn.owner->getName(),
        standIn.count);
  }
  if (standIns) {
    InFlightDiagnostic diag = emitRemark(loc);
    diag << standIns
         << (standIns == 1 ? " instruction or constant is"
                           : " instructions and constants are")
         << " carried as LLVM bitcode, with a call in the place of each: ";
    print(diag, standInReasons);
  }
  if (round.getWhole().empty())
    return;
  unsigned definitions = 0;
  for (const llvm::GlobalObject &object : module.global_objects())
    definitions += !object.isDeclaration();
  for (const auto &[object, reason] : round.getWhole())
    add(wholeReasons, reason, object->getName(), 1);
  InFlightDiagnostic diag = emitRemark(loc);
  diag << round.getWhole().size() << " of " << definitions
       << (definitions == 1 ? " definition " : " definitions ")
       << (round.getWhole().size() == 1 ? "is" : "are")
       << " carried whole as LLVM bitcode: ";
  print(diag, wholeReasons);
}

static void reportAll(const ImportRound &round, MLIRContext *context,
                      const llvm::Module &module) {
  for (const StandIns::StandIn &standIn : round.getStandIns().getStandIns()) {
    InFlightDiagnostic diag = emitRemark(
        getImportLoc(context, module, standIn.owner, standIn.instruction));
    diag << (standIn.constant ? "a constant of " : "an instruction of ")
         << describeSymbol(*standIn.owner)
         << " is carried as LLVM bitcode: " << toLine(standIn.reason);
    if (standIn.count > 1)
      diag << " (and " << standIn.count - 1 << " like it)";
  }
  for (const auto &[object, reason] : round.getWhole())
    emitRemark(getImportLoc(context, module, object))
        << describeSymbol(*object)
        << " is carried as LLVM bitcode: " << toLine(reason);
}

void ImportReport::emit(const llvm::Module &module, const ImportRound &round,
                        MLIRContext *context, const ImportOptions &options) {
  if (!hints.empty()) {
    InFlightDiagnostic diag = emitRemark(getImportLoc(context, module));
    diag << "the program means the same, but code made from it may differ: ";
    llvm::ListSeparator separator;
    for (const auto &[hint, count] : hints)
      diag << StringRef(separator) << hint << " (" << count << ")";
    diag << " changed or dropped; '--carry=exact' keeps them";
  }
  if (unreachable)
    emitRemark(getImportLoc(context, module))
        << "blocks that nothing reaches, and that have no code, are gone in "
        << unreachable << (unreachable == 1 ? " function" : " functions");
  if (!lostDebugInfo.empty())
    emitRemark(getImportLoc(context, module))
        << "debug info changes, since MLIR has no form for some: "
        << llvm::join(lostDebugInfo, ", ");
  switch (options.remarks) {
  case ImportRemarks::Summary:
    reportSummary(round, context, module);
    break;
  case ImportRemarks::All:
    reportAll(round, context, module);
    break;
  }
  warnOfChecks(round, context, module);
}
