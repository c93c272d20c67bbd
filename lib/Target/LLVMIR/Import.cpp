//===- Import.cpp - Import of LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Target/LLVMIR/Import.h"
#include "BundleMetadata.h"
#include "CompareModules.h"
#include "DebugInfoCounts.h"
#include "Facts.h"
#include "ImportProtection.h"
#include "ImportReport.h"
#include "ImportRound.h"
#include "Inventory.h"
#include "TypeSources.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/LLVMFacts/TypeIds.h"
#include "kcfi/Target/LLVMIR/Export.h"
#include "kcfi/TargetInfo/LLVMNames.h"
#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "mlir/Target/LLVMIR/LLVMImportInterface.h"
#include "llvm/ADT/DepthFirstIterator.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

class Importer {
public:
  Importer(MLIRContext *context, const ImportOptions &options)
      : context(context), options(options) {}

  OwningOpRef<ModuleOp> run(llvm::Module &module);

private:
  Location getLoc(const llvm::Module &module,
                  const llvm::GlobalValue *owner = nullptr,
                  const llvm::Instruction *instruction = nullptr);
  void refuse(Location loc, const Twine &what);

  /// Makes the module ready: names, blocks, what may be dropped.
  void prepare(llvm::Module &module);
  void checkIds(const llvm::Function &function);
  void checkPrefix(const llvm::Function &function);
  void dropAllowed(llvm::Module &module);
  void dropAllowed(llvm::Function &function);
  bool isAllowed(LossKind kind, Location loc, const Twine &what);

  /// Compares with what a translation gives back. Adds what is different to the
  /// plan. Returns false if something is.
  bool check(const llvm::Module &module, ImportRound &round, ModuleOp imported);
  void plan(const llvm::GlobalObject &object, const Difference &difference);
  LogicalResult checkPlan(const llvm::Module &module);
  LogicalResult checkInventory(const ImportRound &round, ModuleOp imported);

  MLIRContext *context;
  const ImportOptions &options;
  ImportPlan importPlan;
  Inventory inventory;
  ImportReport report;
  bool failed = false;
};

} // namespace

/// `file:line:column` from debug info, else the owner's name.
Location Importer::getLoc(const llvm::Module &module,
                          const llvm::GlobalValue *owner,
                          const llvm::Instruction *instruction) {
  return getImportLoc(context, module, owner, instruction);
}

void Importer::refuse(Location loc, const Twine &what) {
  failed = true;
  emitError(loc) << what;
}

//===----------------------------------------------------------------------===//
// Before the import
//===----------------------------------------------------------------------===//

void Importer::checkIds(const llvm::Function &function) {
  // LLVM takes an id of 0 for none.
  Location loc = getLoc(*function.getParent(), &function);
  if (getTypeId(function) == 0u)
    refuse(loc, "type id 0 of " + describeSymbol(function) +
                    " is reserved: it means \"no type\"");
  if (llvm::is_contained(getCheckedIds(function), 0u))
    refuse(loc, "a call in " + describeSymbol(function) +
                    " has a \"kcfi\" bundle with id 0, which makes no check");
}

/// The pipeline gives all definitions the prefix that the module says.
void Importer::checkPrefix(const llvm::Function &function) {
  auto *offset = llvm::mdconst::dyn_extract_or_null<llvm::ConstantInt>(
      function.getParent()->getModuleFlag(llvmnames::kOffsetFlag));
  if (!offset || offset->isZero() || function.isDeclaration() ||
      function.hasFnAttribute(llvmnames::kPatchablePrefix))
    return;
  refuse(getLoc(*function.getParent(), &function),
         describeSymbol(function) + " has no prefix, but the module flag \"" +
             llvmnames::kOffsetFlag + "\" says " +
             Twine(offset->getZExtValue()) +
             ": checks look for the id in front of the caller's prefix, so all "
             "functions need the same one");
}

bool Importer::isAllowed(LossKind kind, Location loc, const Twine &what) {
  if (!llvm::is_contained(options.allowedLosses, kind))
    return false;
  emitWarning(loc) << what << " is lost";
  return true;
}

void Importer::dropAllowed(llvm::Function &function) {
  std::string owner = describeSymbol(function);
  Location loc = getLoc(*function.getParent(), &function);
  if (function.hasPrefixData() &&
      isAllowed(LossKind::PrefixData, loc, "prefix data of " + owner))
    function.setPrefixData(nullptr);
  if (function.hasPrologueData() &&
      isAllowed(LossKind::PrologueData, loc, "prologue data of " + owner))
    function.setPrologueData(nullptr);
  for (llvm::Instruction &instruction :
       llvm::make_early_inc_range(llvm::instructions(function))) {
    auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
    // MLIR has bundles of llvm.assume.
    if (!call || llvm::isa<llvm::AssumeInst>(call))
      continue;
    SmallVector<llvm::OperandBundleDef> kept;
    unsigned count = call->getNumOperandBundles();
    for (unsigned index = 0; index < count; ++index) {
      llvm::OperandBundleUse bundle = call->getOperandBundleAt(index);
      if (bundle.getTagID() == llvm::LLVMContext::OB_kcfi ||
          !isAllowed(
              LossKind::Bundle, getLoc(*function.getParent(), &function, call),
              "bundle \"" + bundle.getTagName() + "\" of a call in " + owner))
        kept.emplace_back(bundle);
    }
    if (kept.size() == count)
      continue;
    llvm::CallBase *without =
        llvm::CallBase::Create(call, kept, call->getIterator());
    without->takeName(call);
    without->copyMetadata(*call);
    call->replaceAllUsesWith(without);
    call->eraseFromParent();
  }
}

void Importer::dropAllowed(llvm::Module &module) {
  LLVMImportInterface interface(context);
  if (mlir::failed(interface.initializeImport(module.getContext())))
    return;
  SmallVector<StringRef> kindNames;
  module.getContext().getMDKindNames(kindNames);
  for (llvm::GlobalObject &object : module.global_objects()) {
    auto *function = llvm::dyn_cast<llvm::Function>(&object);
    SmallVector<std::pair<unsigned, llvm::MDNode *>> metadata;
    object.getAllMetadata(metadata);
    for (auto [kind, node] : metadata)
      if (kind != llvm::LLVMContext::MD_dbg &&
          !interface.isConvertibleMetadata(kind) &&
          isAllowed(function ? LossKind::FunctionMetadata
                             : LossKind::GlobalMetadata,
                    getLoc(module, &object),
                    "metadata '!" + kindNames[kind] + "' of " +
                        describeSymbol(object)))
        object.eraseMetadata(kind);
    if (function)
      dropAllowed(*function);
  }
  for (llvm::NamedMDNode &node :
       llvm::make_early_inc_range(module.named_metadata()))
    if (!hasNamedMetadataForm(node.getName()) &&
        isAllowed(LossKind::NamedMetadata, getLoc(module),
                  "named metadata '!" + node.getName() + "'"))
      node.eraseFromParent();
}

/// Blocks that nothing reaches have no form in MLIR and no code. Returns true
/// if there were any.
static bool eraseUnreachableBlocks(llvm::Function &function) {
  llvm::df_iterator_default_set<llvm::BasicBlock *> reachable;
  for (llvm::BasicBlock *block : llvm::depth_first_ext(&function, reachable))
    (void)block;
  if (reachable.size() == function.size())
    return false;
  // An address of such a block may be compared with others.
  if (llvm::any_of(function, [&](llvm::BasicBlock &block) {
        return !reachable.contains(&block) && block.hasAddressTaken();
      }))
    return false;
  return llvm::EliminateUnreachableBlocks(function);
}

void Importer::prepare(llvm::Module &module) {
  // Symbols of MLIR have names; these are like those that object files have.
  for (llvm::GlobalValue &value : module.global_values())
    if (!value.hasName()) {
      value.setName("__unnamed_1");
      emitRemark(getLoc(module))
          << "a symbol without a name becomes '" << value.getName() << "'";
    }
  inventory = countProtection(module);
  for (llvm::Function &function : module) {
    checkIds(function);
    checkPrefix(function);
    // LLVM writes the attribute to bitcode and cannot read it back.
    if (function.hasFnAttribute(llvm::Attribute::HybridPatchable))
      refuse(getLoc(module, &function),
             "attribute 'hybrid_patchable' of " + describeSymbol(function) +
                 ": LLVM cannot read its own bitcode of it");
    if (!function.isDeclaration() && eraseUnreachableBlocks(function))
      report.addUnreachable();
  }
  if (!options.allowedLosses.empty())
    dropAllowed(module);
}

//===----------------------------------------------------------------------===//
// The check
//===----------------------------------------------------------------------===//

namespace {
/// Ids of checks have no translation without the pass that makes bundles. They
/// have another name as long as this object lives.
class SelfCheckIds {
public:
  explicit SelfCheckIds(ModuleOp module) : module(module) {
    rename(KCFIDialect::kTypeIdAttrName, kSelfCheckId);
  }
  ~SelfCheckIds() { rename(kSelfCheckId, KCFIDialect::kTypeIdAttrName); }
  SelfCheckIds(const SelfCheckIds &) = delete;
  SelfCheckIds &operator=(const SelfCheckIds &) = delete;

private:
  void rename(StringRef from, StringRef to) {
    module.walk([&](Operation *op) {
      if (isa<LLVM::CallOp, LLVM::InvokeOp>(op))
        if (Attribute id = op->removeDiscardableAttr(from))
          op->setDiscardableAttr(to, id);
    });
  }
  ModuleOp module;
};
} // namespace

void Importer::plan(const llvm::GlobalObject &object,
                    const Difference &difference) {
  for (const Difference::Item &item : difference.items) {
    // Unlike those of definitions, hints of declarations are of no use to code.
    if (item.isHint && object.isDeclaration())
      continue;
    bool isKept = !item.isHint || options.carry == CarryMode::Exact;
    if (isKept && (item.where ? importPlan.escalate(*item.where, item.what)
                              : importPlan.addWhole(object, item.what)))
      continue;
    if (item.isHint)
      report.addHint(item.what);
    else
      refuse(getLoc(*object.getParent(), &object, item.where),
             describeSymbol(object) + " comes back with another " + item.what);
  }
}

bool Importer::check(const llvm::Module &module, ImportRound &round,
                     ModuleOp imported) {
  llvm::LLVMContext otherContext;
  std::unique_ptr<llvm::Module> back;
  {
    SelfCheckIds ids(imported);
    CapturedDiagnostics captured(context, round.errors);
    back = exportModule(imported, otherContext);
  }
  if (!back) {
    for (Diagnostic &error : round.errors)
      context->getDiagEngine().emit(std::move(error));
    failed = true;
    return false;
  }
  report.clearHints();
  size_t before = importPlan.getSize();
  ModuleComparer comparer(module, *back);
  for (const llvm::GlobalObject &object : module.global_objects()) {
    const llvm::GlobalValue *other = back->getNamedValue(object.getName());
    auto *function = llvm::dyn_cast<llvm::Function>(&object);
    if (!other) {
      // Declarations of intrinsics come and go with their uses.
      if (!function || !function->isIntrinsic())
        importPlan.addWhole(object, "it is not there after the import");
    } else if (other->getValueID() != object.getValueID()) {
      importPlan.addWhole(object, "it becomes another kind of symbol");
    } else if (function) {
      plan(object,
           comparer.compare(*function, *llvm::cast<llvm::Function>(other)));
    } else {
      plan(object, comparer.compare(llvm::cast<llvm::GlobalVariable>(object),
                                    *llvm::cast<llvm::GlobalVariable>(other)));
    }
  }
  std::string difference = comparer.compareModuleFacts();
  if (!difference.empty())
    refuse(getLoc(module), difference + " would be lost: it has no MLIR form");
  report.setLostDebugInfo(findLostDebugInfo(module, *back));
  return importPlan.getSize() == before && !failed;
}

/// Without leave to carry anything, what has no form is an error.
LogicalResult Importer::checkPlan(const llvm::Module &module) {
  if (options.carry != CarryMode::None)
    return success();
  for (const auto &[name, reason] : importPlan.whole)
    if (auto *object = module.getNamedValue(name))
      refuse(getLoc(module, object),
             describeSymbol(*object) + " has no MLIR form: " + reason);
  for (const auto &entry : importPlan.standIns)
    if (auto *function = module.getFunction(entry.getKey()))
      refuse(getLoc(module, function),
             describeSymbol(*function) +
                 " has no MLIR form: " + entry.getValue().begin()->second);
  for (const llvm::Function &function : module)
    for (const llvm::Instruction &instruction : llvm::instructions(function))
      if (const char *reason = findUnreadable(instruction))
        refuse(getLoc(module, &function, &instruction),
               describeSymbol(function) + " has no MLIR form: " + reason);
  return failure(failed);
}

LogicalResult Importer::checkInventory(const ImportRound &round,
                                       ModuleOp imported) {
  Inventory now = countProtection(imported);
  for (const auto &[object, reason] : round.getWhole())
    if (auto *function = llvm::dyn_cast<llvm::Function>(object))
      now.checks += getCheckedIds(*function).size();
  for (const StandIns::StandIn &standIn : round.getStandIns().getStandIns())
    if (auto *call =
            llvm::dyn_cast_or_null<llvm::CallBase>(standIn.instruction))
      if (getCheckedId(*call))
        now.checks += standIn.count;
  if (now == inventory)
    return success();
  return imported->emitError()
         << "the import lost protection: " << inventory.ids
         << " type ids became " << now.ids << ", " << inventory.checks
         << " checks became " << now.checks;
}

//===----------------------------------------------------------------------===//
// The import
//===----------------------------------------------------------------------===//

/// What modules have in MLIR only.
static LogicalResult finishModule(const llvm::Module &module, ModuleOp imported,
                                  const Inventory &inventory) {
  MLIRContext *context = imported.getContext();
  // The specification that MLIR makes of the layout is not the same layout in
  // all cases.
  imported->setAttr(LLVM::LLVMDialect::getDataLayoutAttrName(),
                    StringAttr::get(context, module.getDataLayoutStr()));
  // Without a name of its own the source has the module's: the input file.
  if (module.getSourceFileName() != module.getModuleIdentifier())
    imported->setAttr(KCFIDialect::kSourceFilenameAttrName,
                      StringAttr::get(context, module.getSourceFileName()));
  if (failed(takeFlags(imported, inventory)) ||
      failed(takeTypeIdSymbols(imported)))
    return failure();
  importGlobalTypeMetadata(module, imported);
  return success();
}

OwningOpRef<ModuleOp> Importer::run(llvm::Module &module) {
  prepare(module);
  if (failed)
    return nullptr;
  LLVMImportInterface interface(context);
  if (mlir::failed(interface.initializeImport(module.getContext())))
    return nullptr;
  planImport(module, interface, importPlan);
  while (true) {
    importPlan.addInseparable(module);
    if (mlir::failed(checkPlan(module)))
      return nullptr;
    size_t before = importPlan.getSize();
    ImportRound round(module, importPlan, context, options.carry);
    if (OwningOpRef<ModuleOp> imported = round.run()) {
      if (mlir::failed(finishModule(module, *imported, inventory)))
        return nullptr;
      round.finish(*imported);
      if (options.carry == CarryMode::None && !round.getNodes().empty())
        refuse(getLoc(module),
               "metadata that refers to itself or to debug info "
               "has no MLIR form");
      if (!failed && check(module, round, *imported)) {
        if (mlir::failed(checkInventory(round, *imported)))
          return nullptr;
        importDebugTypes(module, *imported);
        report.emit(module, round, context, options);
        return imported;
      }
    }
    if (failed)
      return nullptr;
    // The errors are those of MLIR. Where the plan does not grow, they are all
    // there is to say.
    if (importPlan.getSize() == before) {
      for (Diagnostic &error : round.errors)
        context->getDiagEngine().emit(std::move(error));
      return nullptr;
    }
  }
}

void mlir::kcfi::registerAllFromLLVMIR(DialectRegistry &registry) {
  registry.insert<DLTIDialect>();
  registerAllFromLLVMIRTranslations(registry);
  registerAllToLLVMIRTranslations(registry);
  registerKCFIDialectImport(registry);
  registerKCFIDialectTranslation(registry);
}

OwningOpRef<ModuleOp>
mlir::kcfi::importModule(std::unique_ptr<llvm::Module> module,
                         MLIRContext *context, const ImportOptions &options) {
  // Interfaces of dialects answer what can be imported: all must be there.
  DialectRegistry registry;
  registerAllFromLLVMIR(registry);
  context->appendDialectRegistry(registry);
  context->loadAllAvailableDialects();
  return Importer(context, options).run(*module);
}
