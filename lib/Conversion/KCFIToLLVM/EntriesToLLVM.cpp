//===- EntriesToLLVM.cpp - Conversion of extra entries -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EntriesToLLVM.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/LLVMFunctions.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/TargetInfo/LLVMNames.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Remarks.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace mlir::kcfi;

/// True if a module flag is there with another value than 0.
static bool hasFlag(ModuleOp module, StringRef name) {
  for (auto flags : module.getOps<LLVM::ModuleFlagsOp>())
    for (auto flag : flags.getFlags().getAsRange<LLVM::ModuleFlagAttr>())
      if (flag.getKey() == name)
        if (auto value = dyn_cast<IntegerAttr>(flag.getValue()))
          return !value.getValue().isZero();
  return false;
}

namespace {

/// A form that is possible, or why it is not.
struct Verdict {
  EntryDecision::Kind kind = EntryDecision::Good;
  std::string reason;

  static Verdict impossible(const Twine &reason) {
    return {EntryDecision::Impossible, reason.str()};
  }
  bool isPossible() const { return kind != EntryDecision::Impossible; }
};

/// Lowers all entries of one module.
class EntryLowering {
public:
  EntryLowering(ModuleOp module, const TargetInfo &target)
      : target(target), symbols(module),
        hasArityFlag(hasFlag(module, llvmnames::kArityFlag)),
        needsLandingPads(hasFlag(module, "cf-protection-branch") ||
                         hasFlag(module, "branch-target-enforcement")) {}

  LogicalResult run(ArrayRef<EntryOp> entries);

private:
  LogicalResult lowerEntriesOf(LLVM::LLVMFuncOp function,
                               ArrayRef<EntryOp> entries);

  /// The form to use; reports an error where there is none.
  FailureOr<EntryForm> chooseForm(EntryOp entry, LLVM::LLVMFuncOp function);
  Verdict judge(EntryForm form, LLVM::LLVMFuncOp function,
                unsigned alignment) const;
  Verdict judgeAlignment(LLVM::LLVMFuncOp function, unsigned alignment) const;
  Verdict judgeJump(LLVM::LLVMFuncOp function) const;
  Verdict judgeClone(LLVM::LLVMFuncOp function) const;
  Verdict judgePrefix(EntryPrefix kind, LLVM::LLVMFuncOp function) const;
  EntrySite describe(LLVM::LLVMFuncOp function) const;

  /// A function without body that is called like `function`, in place of the
  /// entry.
  LLVM::LLVMFuncOp replaceByFunction(EntryOp entry, LLVM::LLVMFuncOp function);
  void lowerToJump(EntryOp entry, LLVM::LLVMFuncOp function);
  void lowerToClone(EntryOp entry, LLVM::LLVMFuncOp function);
  /// Gives a function that stands for an entry the alignment of the entry.
  void align(LLVM::LLVMFuncOp function, unsigned alignment);
  LogicalResult lowerToPrefix(LLVM::LLVMFuncOp function,
                              ArrayRef<EntryOp> entries);
  /// Puts an alias of the address `distance` bytes in front of `function` where
  /// the builder is.
  void createAlias(OpBuilder &builder, Location loc, StringRef name,
                   LLVM::Linkage linkage, LLVM::LLVMFuncOp function,
                   unsigned distance);

  const TargetInfo &target;
  SymbolTable symbols;
  bool hasArityFlag;
  bool needsLandingPads;
};

} // namespace

/// The kind of prefix data that a form stands for.
static EntryPrefix getPrefixKind(EntryForm form) {
  switch (form) {
  case EntryForm::Fallthrough:
    return EntryPrefix::Fallthrough;
  case EntryForm::Adjacent:
    return EntryPrefix::Adjacent;
  case EntryForm::Auto:
  case EntryForm::Jump:
  case EntryForm::Clone:
    return EntryPrefix::None;
  }
  llvm_unreachable("unknown form");
}

/// The form of a kind of prefix data; none where the target has none.
static std::optional<EntryForm> getPrefixForm(EntryPrefix kind) {
  switch (kind) {
  case EntryPrefix::None:
    return std::nullopt;
  case EntryPrefix::Fallthrough:
    return EntryForm::Fallthrough;
  case EntryPrefix::Adjacent:
    return EntryForm::Adjacent;
  }
  llvm_unreachable("unknown kind of prefix data");
}

static LLVM::Linkage getEntryLinkage(EntryOp entry) {
  return SymbolTable::getSymbolVisibility(entry) ==
                 SymbolTable::Visibility::Private
             ? LLVM::Linkage::Internal
             : LLVM::Linkage::External;
}

static TypeIdAttr getTypeId(Operation *op) {
  return op->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
}

static bool hasParameterAttribute(LLVM::LLVMFuncOp function, StringRef name) {
  for (unsigned i = 0, e = function.getNumArguments(); i != e; ++i)
    if (function.getArgAttr(i, name))
      return true;
  return false;
}

//===----------------------------------------------------------------------===//
// Choice
//===----------------------------------------------------------------------===//

EntrySite EntryLowering::describe(LLVM::LLVMFuncOp function) const {
  CodegenAttr codegen = getCodegen(function);
  EntrySite site;
  site.prefixNops = codegen.getPatchablePrefix();
  std::string text;
  // The pass that attaches the bundles compares it with the module's.
  if (hasPassthrough(function, llvmnames::kPatchablePrefix, &text))
    StringRef(text).getAsInteger(10, site.prefixNops);
  site.hasArity = codegen.getArity() || hasArityFlag;
  site.isVariadic = function.isVarArg();
  site.hasOtherConvention = !hasRegistersOfC(
      static_cast<unsigned>(LLVM::cconv::CConv(function.getCConv())));
  site.keepsAllRegisters =
      hasPassthrough(function, "no_caller_saved_registers");
  site.isOptSize = hasPassthrough(function, "optsize") ||
                   hasPassthrough(function, "minsize");
  site.isThumb = hasTargetFeature(function, kThumbFeatures).value_or(false);
  site.hasCompressed = hasTargetFeature(function, kCompressedFeatures);
  site.needsLandingPad =
      needsLandingPads || hasPassthrough(function, "branch-target-enforcement");
  // LLVM takes the next smaller power of two.
  site.alignment = llvm::bit_floor(function.getAlignment().value_or(1));
  return site;
}

Verdict EntryLowering::judgeJump(LLVM::LLVMFuncOp function) const {
  // Elsewhere LLVM ends with an error where it does not manage a jump; a call
  // does as well if the arguments can be named.
  if (target.hasTailCalls(hasParameterAttribute(function, "llvm.byval")))
    return {};
  if (function.isVarArg())
    return Verdict::impossible("LLVM cannot hand on variable arguments on " +
                               target.getName());
  if (hasPassthrough(function, "returns_twice"))
    return Verdict::impossible(
        "a function that returns twice needs a jump that LLVM does not "
        "guarantee on " +
        target.getName());
  return {};
}

Verdict EntryLowering::judgeClone(LLVM::LLVMFuncOp function) const {
  if (function.isExternal())
    return Verdict::impossible("the function has no body here");
  bool hasTags =
      function.walk([](LLVM::BlockTagOp) { return WalkResult::interrupt(); })
          .wasInterrupted();
  if (hasTags)
    return Verdict::impossible(
        "the function takes the addresses of its blocks");
  return {};
}

Verdict EntryLowering::judgePrefix(EntryPrefix kind,
                                   LLVM::LLVMFuncOp function) const {
  if (target.getEntryPrefix() != kind)
    return Verdict::impossible(target.getName() + " has no such entries");
  if (function.isExternal())
    return Verdict::impossible("the function has no body here");
  if (!getTypeId(function))
    return Verdict::impossible("the function has no type id of its own");
  if (function->hasAttr(KCFIDialect::kPrefixDataAttrName))
    return Verdict::impossible("the function has prefix data already");
  LLVM::Linkage linkage = function.getLinkage();
  if (linkage != LLVM::Linkage::External &&
      linkage != LLVM::Linkage::Internal && linkage != LLVM::Linkage::Private)
    return Verdict::impossible("the linker may replace the function, whose "
                               "linkage is '" +
                               LLVM::linkage::stringifyLinkage(linkage) + "'");
  if (function.getComdat())
    return Verdict::impossible(
        "the linker may discard the function, which is in a comdat");
  EntryDecision decision = target.decideEntry(describe(function));
  return {decision.kind, decision.reason};
}

Verdict EntryLowering::judgeAlignment(LLVM::LLVMFuncOp function,
                                      unsigned alignment) const {
  if (alignment <= 1)
    return {};
  EntrySite site = describe(function);
  if (target.keepsAlignment(site))
    return {};
  return Verdict::impossible(
      "functions cannot be aligned behind a patchable prefix of " +
      Twine(site.prefixNops) + " NOPs");
}

Verdict EntryLowering::judge(EntryForm form, LLVM::LLVMFuncOp function,
                             unsigned alignment) const {
  switch (form) {
  case EntryForm::Jump:
  case EntryForm::Clone: {
    Verdict verdict = judgeAlignment(function, alignment);
    if (!verdict.isPossible())
      return verdict;
    return form == EntryForm::Jump ? judgeJump(function) : judgeClone(function);
  }
  case EntryForm::Fallthrough:
  case EntryForm::Adjacent:
    return judgePrefix(getPrefixKind(form), function);
  case EntryForm::Auto:
    break;
  }
  llvm_unreachable("not a form to be judged");
}

FailureOr<EntryForm> EntryLowering::chooseForm(EntryOp entry,
                                               LLVM::LLVMFuncOp function) {
  EntryForm form = entry.getForm();
  std::string reason = "as asked for";
  Verdict verdict;
  if (form == EntryForm::Auto) {
    form = EntryForm::Jump;
    std::optional<EntryForm> inPrefix = getPrefixForm(target.getEntryPrefix());
    if (!inPrefix) {
      reason = (target.getName() + " has no other form").str();
    } else {
      Verdict prefix = judge(*inPrefix, function, entry.getAlignment());
      if (prefix.kind == EntryDecision::Good) {
        form = *inPrefix;
        reason = "nothing is cheaper";
      } else {
        reason =
            ("not '" + stringifyEntryForm(*inPrefix) + "': " + prefix.reason)
                .str();
      }
    }
  }
  verdict = judge(form, function, entry.getAlignment());
  if (!verdict.isPossible()) {
    InFlightDiagnostic diag = entry.emitOpError()
                              << "form '" << stringifyEntryForm(form)
                              << "' is not possible for '" << function.getName()
                              << "': " << verdict.reason;
    if (entry.getForm() == EntryForm::Auto)
      diag << " (" << reason << ")";
    return failure();
  }
  remark::passed(entry.getLoc(),
                 remark::RemarkOpts::name("Entry").category("kcfi").function(
                     function.getName()))
      << remark::metric("Entry", entry.getSymName())
      << remark::metric("Form", stringifyEntryForm(form))
      << remark::metric("Reason", reason);
  return form;
}

//===----------------------------------------------------------------------===//
// Forms
//===----------------------------------------------------------------------===//

/// The passthrough list without what concerns a body that the entry does not
/// have, or contradicts what it is to be.
static ArrayAttr withoutBodyAttributes(ArrayAttr passthrough) {
  static constexpr StringRef kDropped[] = {"naked",        "optsize",
                                           "alwaysinline", "minsize",
                                           "optnone",      "presplitcoroutine"};
  SmallVector<Attribute> kept;
  for (Attribute attribute : passthrough) {
    auto name = dyn_cast<StringAttr>(attribute);
    if (!name || !llvm::is_contained(kDropped, name.getValue()))
      kept.push_back(attribute);
  }
  return ArrayAttr::get(passthrough.getContext(), kept);
}

static void setPrefixData(LLVM::LLVMFuncOp function,
                          const EntryLayout &layout) {
  if (!layout.bytes.empty())
    function->setAttr(KCFIDialect::kPrefixDataAttrName,
                      OpBuilder(function.getContext())
                          .getDenseI8ArrayAttr(SmallVector<int8_t>(
                              layout.bytes.begin(), layout.bytes.end())));
}

LLVM::LLVMFuncOp EntryLowering::replaceByFunction(EntryOp entry,
                                                  LLVM::LLVMFuncOp function) {
  auto result = cast<LLVM::LLVMFuncOp>(function->cloneWithoutRegions());
  // Not the function's location, which owns its debug info.
  result->setLoc(entry.getLoc());
  SmallVector<StringAttr> ofDialect;
  for (NamedAttribute attribute : result->getDiscardableAttrs())
    if (attribute.getNameDialect() == entry->getDialect())
      ofDialect.push_back(attribute.getName());
  for (StringAttr name : ofDialect)
    result->removeDiscardableAttr(name);
  result->setAttr(KCFIDialect::kTypeIdAttrName, getTypeId(entry));
  result.setSymName(entry.getSymName());
  result.removeSymVisibilityAttr();
  result.setLinkage(getEntryLinkage(entry));
  result.setVisibility_(LLVM::Visibility::Default);
  result.setDsoLocal(true);
  result.removeComdatAttr();
  // Its address is what it is made for: it must not be merged with another.
  result.removeUnnamedAddrAttr();
  result.removeFunctionEntryCountAttr();
  symbols.remove(entry);
  OpBuilder(entry).insert(result);
  entry.erase();
  symbols.insert(result);
  return result;
}

void EntryLowering::lowerToJump(EntryOp entry, LLVM::LLVMFuncOp function) {
  unsigned alignment = entry.getAlignment();
  LLVM::LLVMFuncOp jump = replaceByFunction(entry, function);
  jump.removePersonalityAttr();
  jump.removeGarbageCollectorAttr();
  jump.removeOptimizeNoneAttr();
  jump.removeAlwaysInlineAttr();
  jump.removeInlineHintAttr();
  jump.removeArmLocallyStreamingAttr();
  jump.removeArmNewZaAttr();
  jump.removeInstrumentFunctionEntryAttr();
  jump.removeInstrumentFunctionExitAttr();
  OpBuilder builder(jump.getContext());
  if (ArrayAttr passthrough = jump.getPassthroughAttr())
    jump.setPassthroughAttr(withoutBodyAttributes(passthrough));
  SmallVector<Attribute> attributes;
  if (ArrayAttr passthrough = jump.getPassthroughAttr())
    llvm::append_range(attributes, passthrough);
  attributes.push_back(builder.getStringAttr("minsize"));
  jump.setPassthroughAttr(builder.getArrayAttr(attributes));
  jump.setNoInline(true);
  align(jump, alignment);

  Block *block = jump.addEntryBlock(builder);
  builder.setInsertionPointToEnd(block);
  auto call = LLVM::CallOp::create(builder, jump.getLoc(), function,
                                   block->getArguments());
  call.setCConv(function.getCConv());
  call.setTailCallKind(
      target.hasTailCalls(hasParameterAttribute(function, "llvm.byval"))
          ? LLVM::TailCallKind::MustTail
          : LLVM::TailCallKind::Tail);
  // A copy of the function in the entry would be a clone.
  call.setNoInline(true);
  if (ArrayAttr args = function.getArgAttrsAttr())
    call.setArgAttrsAttr(args);
  if (ArrayAttr results = function.getResAttrsAttr())
    call.setResAttrsAttr(results);
  LLVM::ReturnOp::create(builder, jump.getLoc(), call.getResults());
}

void EntryLowering::lowerToClone(EntryOp entry, LLVM::LLVMFuncOp function) {
  unsigned alignment = entry.getAlignment();
  LLVM::LLVMFuncOp clone = replaceByFunction(entry, function);
  align(clone, alignment);
  IRMapping mapping;
  function.getBody().cloneInto(&clone.getBody(), mapping);
  // Variables and scopes of debug info belong to one function only.
  clone.walk([&](Operation *op) {
    if (isa<LLVM::DbgDeclareOp, LLVM::DbgValueOp, LLVM::DbgLabelOp>(op))
      op->erase();
    else
      op->setLoc(clone.getLoc());
  });
}

void EntryLowering::align(LLVM::LLVMFuncOp function, unsigned alignment) {
  if (alignment <= 1)
    return;
  EntrySite site = describe(function);
  site.alignment = std::max(site.alignment, alignment);
  function.setAlignment(site.alignment);
  setPrefixData(function, target.layOutEntries(site, {}));
}

void EntryLowering::createAlias(OpBuilder &builder, Location loc,
                                StringRef name, LLVM::Linkage linkage,
                                LLVM::LLVMFuncOp function, unsigned distance) {
  OpBuilder::InsertionGuard guard(builder);
  auto alias = LLVM::AliasOp::create(builder, loc, function.getFunctionType(),
                                     linkage, name, /*dsoLocal=*/true,
                                     /*threadLocal=*/false);
  symbols.insert(alias);
  builder.createBlock(&alias.getInitializer());
  Value address = LLVM::AddressOfOp::create(builder, loc, function);
  address = LLVM::GEPOp::create(
      builder, loc, address.getType(), builder.getI8Type(), address,
      ArrayRef<LLVM::GEPArg>{-static_cast<int32_t>(distance)});
  LLVM::ReturnOp::create(builder, loc, address);
}

LogicalResult EntryLowering::lowerToPrefix(LLVM::LLVMFuncOp function,
                                           ArrayRef<EntryOp> entries) {
  EntrySite site = describe(function);
  SmallVector<uint32_t> ids;
  for (EntryOp entry : entries) {
    ids.push_back(getTypeId(entry).getValue());
    site.entryAlignment = std::max(site.entryAlignment, entry.getAlignment());
  }
  EntryLayout layout = target.layOutEntries(site, ids);
  setPrefixData(function, layout);
  if (layout.alignment > 1)
    function.setAlignment(layout.alignment);
  std::optional<unsigned> toPrefixSymbol = target.getPrefixSymbolDistance(site);
  OpBuilder builder(function.getContext());
  for (auto [place, distance] : llvm::zip_equal(entries, layout.distances)) {
    EntryOp entry = place;
    Location loc = entry.getLoc();
    std::string name = entry.getSymName().str();
    std::string prefixName = (kPrefixSymbol + name).str();
    if (toPrefixSymbol && symbols.lookup(prefixName))
      return entry.emitOpError()
             << "needs the name '" << prefixName
             << "' for what stands in front of it, but it is taken";
    LLVM::Linkage linkage = getEntryLinkage(entry);
    symbols.remove(entry);
    builder.setInsertionPoint(entry);
    createAlias(builder, loc, name, linkage, function, distance);
    if (toPrefixSymbol)
      createAlias(builder, loc, prefixName, linkage, function,
                  distance + *toPrefixSymbol);
    entry.erase();
  }
  return success();
}

LogicalResult EntryLowering::lowerEntriesOf(LLVM::LLVMFuncOp function,
                                            ArrayRef<EntryOp> entries) {
  SmallVector<std::pair<EntryOp, EntryForm>> chosen;
  for (EntryOp entry : entries) {
    FailureOr<EntryForm> form = chooseForm(entry, function);
    if (failed(form))
      return failure();
    chosen.emplace_back(entry, *form);
  }
  SmallVector<EntryOp> inPrefix;
  for (auto [entry, form] : chosen) {
    switch (form) {
    case EntryForm::Jump:
      lowerToJump(entry, function);
      break;
    case EntryForm::Clone:
      lowerToClone(entry, function);
      break;
    case EntryForm::Fallthrough:
    case EntryForm::Adjacent:
      inPrefix.push_back(entry);
      break;
    case EntryForm::Auto:
      llvm_unreachable("a form was chosen");
    }
  }
  return inPrefix.empty() ? success() : lowerToPrefix(function, inPrefix);
}

LogicalResult EntryLowering::run(ArrayRef<EntryOp> entries) {
  llvm::MapVector<Operation *, SmallVector<EntryOp>> byFunction;
  bool failed = false;
  for (EntryOp entry : entries) {
    Operation *function = symbols.lookup(entry.getCallee());
    if (!getTypeId(entry)) {
      entry.emitOpError() << "has no type id: run 'kcfi-assign-type-ids' "
                             "before the conversion to LLVM";
      failed = true;
    } else if (!isa<LLVM::LLVMFuncOp>(function)) {
      entry.emitOpError() << "'" << entry.getCallee() << "' is still a '"
                          << function->getName()
                          << "': convert it to the LLVM dialect first";
      failed = true;
    } else {
      byFunction[function].push_back(entry);
    }
  }
  for (auto &[function, entriesOf] : byFunction)
    failed |= mlir::failed(
        lowerEntriesOf(cast<LLVM::LLVMFuncOp>(function), entriesOf));
  return failure(failed);
}

LogicalResult mlir::kcfi::convertEntriesToLLVM(ModuleOp module) {
  auto entries = llvm::to_vector(module.getOps<EntryOp>());
  if (entries.empty())
    return success();
  std::unique_ptr<TargetInfo> target = lookupTarget(module);
  if (!target)
    return failure();
  return EntryLowering(module, *target).run(entries);
}
