//===- Import.cpp - Import of LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Target/LLVMIR/Import.h"
#include "BundleMetadata.h"
#include "CarriedBodies.h"
#include "CompareModules.h"
#include "Inventory.h"
#include "Translate.h"
#include "TypeSources.h"
#include "kcfi/Encoding/Hash.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/Target/LLVMIR/Export.h"
#include "kcfi/TargetInfo/LLVMNames.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "mlir/Target/LLVMIR/Import.h"
#include "mlir/Target/LLVMIR/LLVMImportInterface.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"

#include <map>

using namespace mlir;
using namespace mlir::kcfi;

namespace {

/// Keeps the diagnostics of an attempt, so that only those of the last one are
/// shown.
class CapturedDiagnostics {
public:
  explicit CapturedDiagnostics(MLIRContext *context)
      : handler(context, [this](Diagnostic &diagnostic) {
          if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
            errors.push_back(std::move(diagnostic));
          // What warnings of MLIR's importer speak of is found by comparing.
          return success();
        }) {}

  SmallVector<Diagnostic> errors;

private:
  ScopedDiagnosticHandler handler;
};

class Importer {
public:
  Importer(llvm::Module &module, MLIRContext *context,
           const ImportOptions &options)
      : module(module), context(context), options(options) {}

  OwningOpRef<ModuleOp> run();

private:
  Location getLoc(const llvm::GlobalValue *owner,
                  const llvm::Instruction *instruction = nullptr);
  /// An error, with the option that avoids it.
  void refuse(Location loc, const Twine &what, LossKind kind);
  void refuse(Location loc, const Twine &what);
  void report(SmallVectorImpl<Diagnostic> &errors);

  /// Finds what the importer would drop: drops it here where that is allowed,
  /// else carries what has it.
  void findLosses();
  void findLosses(llvm::GlobalObject &object);
  /// Returns true if the loss is allowed.
  bool lose(LossKind kind, llvm::GlobalObject *object, Location loc,
            const Twine &what);
  void carry(const llvm::GlobalObject &object, const Twine &reason);
  void checkIds(const llvm::Function &function);

  /// True if MLIR has a form for metadata of a kind. Debug locations have their
  /// own way through the import.
  bool isImported(unsigned kind, const llvm::MDNode &node) {
    return kind == llvm::LLVMContext::MD_dbg ||
           (interface->isConvertibleMetadata(kind) &&
            (kind != llvm::LLVMContext::MD_type ||
             hasTypeMetadataForm(context, node)));
  }

  /// Imports the module; definitions for which `isKept` is false become
  /// declarations.
  OwningOpRef<ModuleOp> import(llvm::function_ref<bool(StringRef)> isKept,
                               SmallVectorImpl<Diagnostic> &errors);
  std::unique_ptr<llvm::Module>
  translateBack(ModuleOp imported, llvm::LLVMContext &otherContext,
                SmallVectorImpl<Diagnostic> &errors);
  /// True if the module can be imported, and translated back, with only these
  /// definitions.
  bool canImport(ArrayRef<const llvm::GlobalObject *> leaders,
                 SmallVectorImpl<Diagnostic> &errors);
  /// Finds definitions that MLIR cannot import on their own.
  void findUnimportable(ArrayRef<const llvm::GlobalObject *> leaders);
  bool findUnimportable();
  /// Carries what must be in one module with what is carried.
  void carryInseparable();

  /// The ids of the checks of each function, in the order of the code.
  using CallIds = llvm::StringMap<SmallVector<uint32_t>>;
  /// Takes the ids off the calls of a module: without the pass that makes
  /// bundles they have no translation.
  static CallIds takeCallIds(ModuleOp module);
  /// Compares with what came back. Carries what is different.
  LogicalResult check(const llvm::Module &back, const CallIds &ids);
  OwningOpRef<ModuleOp> finish(OwningOpRef<ModuleOp> imported);
  void check(const llvm::GlobalObject &object, Difference difference);
  void reportHints();
  void reportCarried();

  LogicalResult takeFlags(ModuleOp imported);
  LogicalResult takeTypeIdSymbols(ModuleOp imported);

  llvm::Module &module;
  MLIRContext *context;
  const ImportOptions &options;
  std::optional<LLVMImportInterface> interface;
  SmallVector<StringRef> kindNames;
  /// The module after losses that are allowed.
  SmallVector<char> bitcode;
  InseparableObjects inseparable;
  CarriedObjects carried;
  CarriedFacts carriedFacts;
  /// Differences that LLVM's rules allow, with the number of definitions.
  std::map<std::string, unsigned> hints;
  Inventory inventory;
  bool failed = false;
};

} // namespace

/// `file:line:column` from debug info, else the owner's name.
Location Importer::getLoc(const llvm::GlobalValue *owner,
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

void Importer::refuse(Location loc, const Twine &what, LossKind kind) {
  failed = true;
  emitError(loc) << what
                 << " would be lost; '--allow-loss=" << getLossName(kind)
                 << "' accepts that";
}

void Importer::refuse(Location loc, const Twine &what) {
  failed = true;
  emitError(loc) << what;
}

void Importer::report(SmallVectorImpl<Diagnostic> &errors) {
  failed = true;
  for (Diagnostic &error : errors)
    context->getDiagEngine().emit(std::move(error));
}

static StringRef getKindName(const llvm::GlobalObject &object) {
  return llvm::isa<llvm::Function>(object) ? "function" : "global";
}

static std::string describe(const llvm::GlobalObject &object) {
  return (getKindName(object) + " '" + object.getName() + "'").str();
}

/// One line without runs of blanks: reasons may quote LLVM IR.
static std::string toLine(const Twine &text) {
  SmallVector<StringRef> words;
  std::string storage = text.str();
  llvm::SplitString(storage, words);
  return llvm::join(words, " ");
}

void Importer::carry(const llvm::GlobalObject &object, const Twine &reason) {
  // LLVM joins the appending variables of modules, one cannot stand for
  // another.
  bool canCarry =
      options.carry != CarryMode::None && !object.hasAppendingLinkage();
  if (canCarry)
    carried.insert({&object, toLine(reason)});
  else
    refuse(getLoc(&object), describe(object) + " has no MLIR form: " + reason);
}

//===----------------------------------------------------------------------===//
// Before the import
//===----------------------------------------------------------------------===//

bool Importer::lose(LossKind kind, llvm::GlobalObject *object, Location loc,
                    const Twine &what) {
  if (llvm::is_contained(options.allowedLosses, kind)) {
    emitWarning(loc) << what << " is lost";
    return true;
  }
  if (!object || object->hasAppendingLinkage() ||
      options.carry == CarryMode::None)
    refuse(loc, what, kind);
  else
    carry(*object, what);
  return false;
}

void Importer::checkIds(const llvm::Function &function) {
  // LLVM takes an id of 0 for none.
  if (llvm::MDNode *node =
          function.getMetadata(llvm::LLVMContext::MD_kcfi_type))
    if (auto *id =
            llvm::mdconst::dyn_extract<llvm::ConstantInt>(node->getOperand(0)))
      if (id->isZero())
        refuse(getLoc(&function), "type id 0 of " + describe(function) +
                                      " is reserved: it means \"no type\"");
  if (llvm::is_contained(getCheckedIds(function), 0u))
    refuse(getLoc(&function), "a call in " + describe(function) +
                                  " has a \"kcfi\" bundle with id 0, which "
                                  "makes no check");
}

// What MLIR has a form for, but does not read back from its own text: floating
// point numbers that are no doubles, switches on wide integers, and calling
// conventions for which it prints nothing.

static const char *findUnreadable(const llvm::Constant &constant) {
  if (auto *number = llvm::dyn_cast<llvm::ConstantFP>(&constant)) {
    llvm::APFloat value = number->getValueAPF();
    bool isInexact = number->getType()->isPPC_FP128Ty();
    if (!isInexact && number->getType()->getPrimitiveSizeInBits() > 64)
      value.convert(llvm::APFloat::IEEEdouble(),
                    llvm::APFloat::rmNearestTiesToEven, &isInexact);
    return isInexact ? "a floating-point constant that is no double" : nullptr;
  }
  if (llvm::isa<llvm::GlobalValue, llvm::BlockAddress>(constant))
    return nullptr;
  for (const llvm::Use &operand : constant.operands())
    if (auto *part = llvm::dyn_cast<llvm::Constant>(operand))
      if (const char *reason = findUnreadable(*part))
        return reason;
  return nullptr;
}

static const char *findUnreadable(llvm::CallingConv::ID convention) {
  return LLVM::cconv::stringifyCConv(static_cast<LLVM::CConv>(convention))
                 .empty()
             ? "a calling convention that MLIR's text does not have"
             : nullptr;
}

static const char *findUnreadable(const llvm::GlobalObject &object) {
  if (auto *global = llvm::dyn_cast<llvm::GlobalVariable>(&object))
    return global->hasInitializer() ? findUnreadable(*global->getInitializer())
                                    : nullptr;
  const auto &function = llvm::cast<llvm::Function>(object);
  if (const char *reason = findUnreadable(function.getCallingConv()))
    return reason;
  for (const llvm::Instruction &instruction : llvm::instructions(function)) {
    if (auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction))
      if (const char *reason = findUnreadable(call->getCallingConv()))
        return reason;
    auto *choice = llvm::dyn_cast<llvm::SwitchInst>(&instruction);
    if (choice && choice->getCondition()->getType()->getIntegerBitWidth() > 64)
      return "a switch on an integer of more than 64 bits";
    for (const llvm::Use &operand : instruction.operands())
      if (auto *constant = llvm::dyn_cast<llvm::Constant>(operand))
        if (const char *reason = findUnreadable(*constant))
          return reason;
  }
  return nullptr;
}

void Importer::findLosses(llvm::GlobalObject &object) {
  if (const char *reason = findUnreadable(object))
    carry(object, reason);
  std::string owner = describe(object);
  Location loc = getLoc(&object);
  auto *function = llvm::dyn_cast<llvm::Function>(&object);
  SmallVector<std::pair<unsigned, llvm::MDNode *>> metadata;
  object.getAllMetadata(metadata);
  LossKind kind =
      function ? LossKind::FunctionMetadata : LossKind::GlobalMetadata;
  for (auto [id, node] : metadata)
    if (!isImported(id, *node) &&
        lose(kind, &object, loc,
             "metadata '!" + kindNames[id] + "' of " + owner))
      object.eraseMetadata(id);
  if (!function)
    return;
  checkIds(*function);
  if (function->hasPrefixData() &&
      lose(LossKind::PrefixData, function, loc, "prefix data of " + owner))
    function->setPrefixData(nullptr);
  if (function->hasPrologueData() &&
      lose(LossKind::PrologueData, function, loc, "prologue data of " + owner))
    function->setPrologueData(nullptr);

  for (llvm::Instruction &instruction :
       llvm::make_early_inc_range(llvm::instructions(*function))) {
    auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
    // MLIR has bundles of llvm.assume.
    if (!call || llvm::isa<llvm::AssumeInst>(call))
      continue;
    SmallVector<llvm::OperandBundleDef> kept;
    unsigned count = call->getNumOperandBundles();
    for (unsigned index = 0; index < count; ++index) {
      llvm::OperandBundleUse bundle = call->getOperandBundleAt(index);
      if (bundle.getTagID() == llvm::LLVMContext::OB_kcfi ||
          !lose(LossKind::Bundle, function, getLoc(function, call),
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

void Importer::findLosses() {
  for (llvm::GlobalObject &object : module.global_objects())
    findLosses(object);
  SmallVector<llvm::NamedMDNode *> lost;
  for (llvm::NamedMDNode &node : module.named_metadata()) {
    StringRef name = node.getName();
    // What MLIR's importer knows.
    if (llvm::is_contained({"llvm.module.flags", "llvm.ident", "llvm.dbg.cu",
                            "llvm.commandline", "llvm.linker.options",
                            "llvm.dependent-libraries"},
                           name))
      continue;
    // Says which accesses cannot alias errno: lets LLVM optimise, no more.
    if (name == "llvm.errno.tbaa" && options.carry != CarryMode::Exact) {
      emitWarning(getLoc(nullptr))
          << "named metadata '!" << name << "' is dropped: it has no MLIR form";
      continue;
    }
    if (options.carry != CarryMode::None &&
        !llvm::is_contained(options.allowedLosses, LossKind::NamedMetadata))
      carriedFacts.namedMetadata.insert(name.str());
    else
      lose(LossKind::NamedMetadata, nullptr, getLoc(nullptr),
           "named metadata '!" + name + "'");
  }
}

//===----------------------------------------------------------------------===//
// The import
//===----------------------------------------------------------------------===//

/// MLIR's importer drops bundles; metadata can be claimed by a dialect.
static void copyBundlesToMetadata(llvm::Module &module) {
  for (llvm::Function &function : module)
    for (llvm::Instruction &instruction : llvm::instructions(function)) {
      auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
      if (!call)
        continue;
      auto bundle = call->getOperandBundle(llvm::LLVMContext::OB_kcfi);
      if (!bundle)
        continue;
      auto *id = llvm::cast<llvm::ConstantInt>(bundle->Inputs[0]);
      call->setMetadata(kBundleMetadata,
                        llvm::MDNode::get(module.getContext(),
                                          llvm::ConstantAsMetadata::get(id)));
    }
}

OwningOpRef<ModuleOp>
Importer::import(llvm::function_ref<bool(StringRef)> isKept,
                 SmallVectorImpl<Diagnostic> &errors) {
  // A context of its own, or the names of its types would be taken.
  llvm::LLVMContext ownContext;
  std::unique_ptr<llvm::Module> parts =
      readParts({bitcode.data(), bitcode.size()}, ownContext, isKept);
  copyBundlesToMetadata(*parts);
  CapturedDiagnostics captured(context);
  OwningOpRef<ModuleOp> imported = translateLLVMIRToModule(
      std::move(parts), context, /*emitExpensiveWarnings=*/false);
  if (imported && mlir::failed(verify(*imported)))
    imported = nullptr;
  errors = std::move(captured.errors);
  // Where an attribute cannot be made of metadata, the importer goes on.
  if (!errors.empty())
    return nullptr;
  return imported;
}

std::unique_ptr<llvm::Module>
Importer::translateBack(ModuleOp imported, llvm::LLVMContext &otherContext,
                        SmallVectorImpl<Diagnostic> &errors) {
  CapturedDiagnostics captured(context);
  std::unique_ptr<llvm::Module> back =
      translate(imported, otherContext, "check");
  errors = std::move(captured.errors);
  return back;
}

bool Importer::canImport(ArrayRef<const llvm::GlobalObject *> leaders,
                         SmallVectorImpl<Diagnostic> &errors) {
  llvm::StringSet<> kept;
  for (const llvm::GlobalObject *leader : leaders)
    for (const llvm::GlobalObject *member : inseparable.members(leader))
      kept.insert(member->getName());
  auto isKept = [&](StringRef name) {
    auto *object =
        llvm::dyn_cast_or_null<llvm::GlobalObject>(module.getNamedValue(name));
    return !object || object->hasAppendingLinkage() || kept.contains(name);
  };
  OwningOpRef<ModuleOp> imported = import(isKept, errors);
  if (!imported)
    return false;
  // Ids are of no interest here, and have no translation yet.
  (*imported)->walk([](Operation *op) {
    op->removeDiscardableAttr(KCFIDialect::kTypeIdAttrName);
  });
  llvm::LLVMContext otherContext;
  return translateBack(*imported, otherContext, errors) != nullptr;
}

void Importer::findUnimportable(ArrayRef<const llvm::GlobalObject *> leaders) {
  if (leaders.empty())
    return;
  SmallVector<Diagnostic> errors;
  if (canImport(leaders, errors))
    return;
  if (leaders.size() == 1) {
    carry(*leaders[0], errors.empty() ? std::string("MLIR cannot import it")
                                      : errors.front().str());
    return;
  }
  size_t half = leaders.size() / 2;
  findUnimportable(leaders.take_front(half));
  findUnimportable(leaders.drop_front(half));
}

bool Importer::findUnimportable() {
  SmallVector<const llvm::GlobalObject *> leaders;
  for (const llvm::GlobalObject &object : module.global_objects())
    if (!object.hasAppendingLinkage() &&
        inseparable.getLeaderValue(&object) == &object &&
        !carried.contains(&object))
      leaders.push_back(&object);
  size_t before = carried.size();
  findUnimportable(leaders);
  return carried.size() != before;
}

void Importer::carryInseparable() {
  // Grows while it is read.
  for (size_t index = 0; index < carried.size(); ++index) {
    const llvm::GlobalObject *object = carried.begin()[index].first;
    for (const llvm::GlobalObject *member : inseparable.members(object))
      if (!carried.contains(member))
        carry(*member, "addresses of basic blocks tie it to '" +
                           object->getName() + "', which is carried");
  }
}

OwningOpRef<ModuleOp> Importer::run() {
  interface.emplace(context);
  if (mlir::failed(interface->initializeImport(module.getContext())))
    return nullptr;
  module.getContext().getMDKindNames(kindNames);
  // Symbols of MLIR have names; these are like those that object files have.
  for (llvm::GlobalValue &value : module.global_values())
    if (!value.hasName()) {
      value.setName("__unnamed_1");
      emitRemark(getLoc(nullptr))
          << "a symbol without a name becomes '" << value.getName() << "'";
    }
  inventory = countProtection(module);
  inseparable = findInseparable(module);
  findLosses();
  if (failed)
    return nullptr;

  bitcode = writeBitcode(module);
  // LLVM cannot read all that it writes (the attribute 'hybrid_patchable').
  llvm::LLVMContext otherContext;
  llvm::Expected<std::unique_ptr<llvm::Module>> again = llvm::parseBitcodeFile(
      llvm::MemoryBufferRef({bitcode.data(), bitcode.size()}, "copy"),
      otherContext);
  if (!again) {
    refuse(getLoc(nullptr),
           "LLVM cannot read its own bitcode of this module: " +
               llvm::toString(again.takeError()));
    return nullptr;
  }

  // Each round carries more, until what is imported comes back as it was.
  while (true) {
    carryInseparable();
    size_t carriedBefore = carried.size();
    size_t flagsBefore = carriedFacts.flags.size();
    auto isKept = [&](StringRef name) {
      auto *object = llvm::dyn_cast_or_null<llvm::GlobalObject>(
          module.getNamedValue(name));
      return !object || !carried.contains(object);
    };
    SmallVector<Diagnostic> errors;
    OwningOpRef<ModuleOp> imported = import(isKept, errors);
    if (imported) {
      // The specification that MLIR makes of the layout is not the same layout
      // in all cases.
      (*imported)->setAttr(LLVM::LLVMDialect::getDataLayoutAttrName(),
                           StringAttr::get(context, module.getDataLayoutStr()));
      // Without a name of its own the source has the module's: the input file.
      if (module.getSourceFileName() != module.getModuleIdentifier())
        (*imported)->setAttr(
            KCFIDialect::kSourceFilenameAttrName,
            StringAttr::get(context, module.getSourceFileName()));
      if (mlir::failed(takeFlags(*imported)) ||
          mlir::failed(takeTypeIdSymbols(*imported)))
        return nullptr;
      importGlobalTypeMetadata(module, *imported);
      OwningOpRef<ModuleOp> copy = imported->clone();
      auto ids = takeCallIds(*copy);
      llvm::LLVMContext otherContext;
      if (auto back = translateBack(*copy, otherContext, errors)) {
        if (mlir::failed(check(*back, ids)))
          return nullptr;
        if (carried.size() == carriedBefore &&
            carriedFacts.flags.size() == flagsBefore)
          return finish(std::move(imported));
        continue;
      }
    }
    // The errors are those of MLIR. Where nothing is carried, or the fault is
    // not in a definition, they are all there is to say.
    if (options.carry == CarryMode::None || !findUnimportable()) {
      report(errors);
      return nullptr;
    }
  }
}

OwningOpRef<ModuleOp> Importer::finish(OwningOpRef<ModuleOp> imported) {
  if (!carried.empty() || !carriedFacts.empty()) {
    carryBodies({bitcode.data(), bitcode.size()}, carried, carriedFacts,
                *imported);
    // What can be linked is known when it has been.
    OwningOpRef<ModuleOp> copy = imported->clone();
    takeCallIds(*copy);
    SmallVector<Diagnostic> errors;
    bool isValid;
    {
      CapturedDiagnostics captured(context);
      llvm::LLVMContext otherContext;
      isValid = exportModule(*copy, otherContext) != nullptr;
      errors = std::move(captured.errors);
    }
    if (!isValid) {
      report(errors);
      return nullptr;
    }
  }
  Inventory now = countProtection(*imported);
  for (const auto &[object, reason] : carried)
    if (auto *function = llvm::dyn_cast<llvm::Function>(object))
      now.checks += getCheckedIds(*function).size();
  if (!(now == inventory)) {
    imported->emitError() << "the import lost protection: " << inventory.ids
                          << " type ids became " << now.ids << ", "
                          << inventory.checks << " checks became "
                          << now.checks;
    return nullptr;
  }
  importDebugTypes(module, *imported);
  reportHints();
  reportCarried();
  return imported;
}

//===----------------------------------------------------------------------===//
// The check
//===----------------------------------------------------------------------===//

Importer::CallIds Importer::takeCallIds(ModuleOp module) {
  CallIds ids;
  module.walk([&](Operation *op) {
    if (!isa<LLVM::CallOp, LLVM::InvokeOp>(op))
      return;
    if (auto id = dyn_cast_if_present<TypeIdAttr>(
            op->removeDiscardableAttr(KCFIDialect::kTypeIdAttrName)))
      ids[op->getParentOfType<LLVM::LLVMFuncOp>().getSymName()].push_back(
          id.getValue());
  });
  return ids;
}

void Importer::check(const llvm::GlobalObject &object, Difference difference) {
  if (!difference.change.empty())
    return carry(object, difference.change);
  // Unlike those of definitions, hints of declarations are of no use to code.
  if (object.isDeclaration())
    return;
  if (options.carry == CarryMode::Exact && !difference.hints.empty() &&
      !object.hasAppendingLinkage())
    return carry(object, *difference.hints.begin());
  for (const std::string &hint : difference.hints)
    ++hints[hint];
}

LogicalResult Importer::check(const llvm::Module &back, const CallIds &ids) {
  hints.clear();
  for (const llvm::GlobalObject &object : module.global_objects()) {
    if (carried.contains(&object))
      continue;
    const llvm::GlobalValue *other = back.getNamedValue(object.getName());
    if (!other) {
      // Declarations of intrinsics come and go with their uses.
      auto *function = llvm::dyn_cast<llvm::Function>(&object);
      if (!function || !function->isIntrinsic())
        carry(object, "it is not there after the import");
      continue;
    }
    if (other->getValueID() != object.getValueID()) {
      carry(object, "it becomes another kind of symbol");
      continue;
    }
    auto *function = llvm::dyn_cast<llvm::Function>(&object);
    if (!function) {
      check(object, compare(llvm::cast<llvm::GlobalVariable>(object),
                            *llvm::cast<llvm::GlobalVariable>(other)));
      continue;
    }
    check(object, compare(*function, *llvm::cast<llvm::Function>(other)));
    if (getCheckedIds(*function) != ids.lookup(function->getName()))
      carry(object, "its checks are not the same");
  }
  for (std::string &flag : findChangedFlags(module, back))
    if (options.carry == CarryMode::None)
      refuse(getLoc(nullptr), "module flag \"" + flag + "\" has no MLIR form");
    else
      carriedFacts.flags.insert(std::move(flag));
  std::string difference = compareModuleFacts(module, back);
  if (!difference.empty())
    refuse(getLoc(nullptr), difference + " would be lost: it has no MLIR form");
  return failure(failed);
}

void Importer::reportHints() {
  if (hints.empty())
    return;
  InFlightDiagnostic diag = emitRemark(getLoc(nullptr));
  diag << "the program means the same, but code made from it may differ: ";
  llvm::ListSeparator separator;
  for (const auto &[hint, count] : hints)
    diag << StringRef(separator) << hint << " (" << count << ")";
  diag << " changed or dropped, with the number of definitions; "
          "'--carry=exact' keeps them";
}

static CheckedCall describeCheckedCall(const llvm::CallBase &call) {
  CheckedCall result{};
  result.typeId =
      llvm::cast<llvm::ConstantInt>(
          call.getOperandBundle(llvm::LLVMContext::OB_kcfi)->Inputs[0])
          ->getZExtValue();
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

void Importer::reportCarried() {
  llvm::Expected<std::unique_ptr<TargetInfo>> target =
      TargetInfo::lookup(module.getTargetTriple().str());
  if (!target)
    llvm::consumeError(target.takeError());
  for (const auto &[object, reason] : carried) {
    emitRemark(getLoc(object))
        << describe(*object) << " is carried as LLVM bitcode: " << reason;
    auto *function = llvm::dyn_cast<llvm::Function>(object);
    if (!target || !function)
      continue;
    for (const llvm::Instruction &instruction : llvm::instructions(*function)) {
      auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
      if (!call || !call->getOperandBundle(llvm::LLVMContext::OB_kcfi))
        continue;
      CheckDecision decision = (*target)->decide(describeCheckedCall(*call));
      if (decision.lowering != CheckLowering::Bundle)
        emitWarning(getLoc(function, call))
            << "a check in " << describe(*object)
            << " stays as LLVM makes it, since the function is carried: "
            << decision.reason;
    }
  }
  for (const std::string &name : carriedFacts.namedMetadata)
    emitRemark(getLoc(nullptr))
        << "named metadata '!" << name << "' is carried as LLVM bitcode";
  for (const std::string &name : carriedFacts.flags)
    emitRemark(getLoc(nullptr))
        << "module flag \"" << name << "\" is carried as LLVM bitcode";
}

//===----------------------------------------------------------------------===//
// After the import
//===----------------------------------------------------------------------===//

LogicalResult Importer::takeFlags(ModuleOp imported) {
  std::optional<HashKind> hash;
  bool isKCFI = false, normalize = false, arity = false;
  uint32_t offset = 0;
  SmallVector<Attribute> others;
  SmallVector<LLVM::ModuleFlagsOp> operations;
  for (auto op : imported.getOps<LLVM::ModuleFlagsOp>()) {
    operations.push_back(op);
    for (auto flag : op.getFlags().getAsRange<LLVM::ModuleFlagAttr>()) {
      StringRef key = flag.getKey().getValue();
      auto number = dyn_cast<IntegerAttr>(flag.getValue());
      bool isSet = number && !number.getValue().isZero();
      if (key == llvmnames::kFlag) {
        isKCFI = true;
      } else if (key == llvmnames::kHashFlag) {
        auto text = dyn_cast<StringAttr>(flag.getValue());
        hash = parseHashFlagValue(text ? text.getValue() : "");
        if (!hash)
          return op.emitError() << "module flag \"kcfi-hash\" names an unknown "
                                   "hash: "
                                << flag.getValue();
      } else if (key == llvmnames::kNormalizeIntegersFlag) {
        normalize = isSet;
      } else if (key == llvmnames::kArityFlag) {
        arity = isSet;
      } else if (key == llvmnames::kOffsetFlag && number) {
        offset = number.getValue().getZExtValue();
      } else if (!carriedFacts.flags.count(key.str())) {
        others.push_back(flag);
      }
    }
  }
  for (auto [index, op] : llvm::enumerate(operations))
    if (index || others.empty())
      op.erase();
    else
      op.setFlagsAttr(ArrayAttr::get(context, others));
  if (!isKCFI) {
    // Back ends ignore ids and checks without the flag: the module is not
    // protected, however many it has.
    if (inventory.ids || inventory.checks)
      return imported.emitError()
             << "the module has " << inventory.ids << " type ids and "
             << inventory.checks
             << " checks, but no module flag \"kcfi\": LLVM would ignore them";
    return success();
  }
  // Modules of compilers before LLVM 22, and of rustc, do not name the hash.
  imported->setAttr(
      KCFIDialect::kEncodingAttrName,
      EncodingAttr::get(context, hash.value_or(HashKind::XXHash64), normalize,
                        /*generalizePointers=*/false));
  if (offset || arity)
    imported->setAttr(
        KCFIDialect::kCodegenAttrName,
        CodegenAttr::get(context, offset, /*patchableEntry=*/0, arity));
  return success();
}

/// The symbol and value of a line `.set __kcfi_typeid_<name>, <id> ...`, or the
/// symbol of a line `.weak __kcfi_typeid_<name>`.
static std::pair<StringRef, std::optional<uint32_t>>
parseTypeIdLine(StringRef line) {
  line = line.trim();
  bool isWeak = line.consume_front(".weak ");
  if ((!isWeak && !line.consume_front(".set ")) ||
      !line.consume_front(llvmnames::kTypeIdSymbolPrefix))
    return {};
  if (isWeak)
    return {line, std::nullopt};
  auto [name, rest] = line.split(',');
  uint32_t id;
  rest = rest.trim();
  if (rest.consumeInteger(10, id))
    return {};
  return {name, id};
}

LogicalResult Importer::takeTypeIdSymbols(ModuleOp imported) {
  StringAttr name =
      StringAttr::get(context, LLVM::LLVMDialect::getModuleLevelAsmAttrName());
  auto lines = imported->getAttrOfType<ArrayAttr>(name);
  if (!lines)
    return success();
  SymbolTable symbols(imported);
  auto getDeclaration = [&](StringRef symbol) -> LLVM::LLVMFuncOp {
    auto function = symbols.lookup<LLVM::LLVMFuncOp>(symbol);
    return function && function.isExternal() &&
                   function->hasAttr(KCFIDialect::kTypeIdAttrName)
               ? function
               : LLVM::LLVMFuncOp();
  };
  SmallVector<Attribute> others;
  for (Attribute line : lines) {
    auto [symbol, id] = parseTypeIdLine(cast<StringAttr>(line).getValue());
    LLVM::LLVMFuncOp function =
        symbol.empty() ? LLVM::LLVMFuncOp() : getDeclaration(symbol);
    if (!function) {
      others.push_back(line);
      continue;
    }
    auto own =
        function->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
    if (id && *id != own.getValue())
      return function.emitError()
             << "symbol '" << llvmnames::kTypeIdSymbolPrefix << symbol
             << "' is " << formatTypeId(*id) << ", the function has type id "
             << formatTypeId(own.getValue());
    // Export writes both lines again.
    function->setAttr(KCFIDialect::kAddressTakenAttrName,
                      UnitAttr::get(context));
  }
  if (others.empty())
    imported->removeAttr(name);
  else
    imported->setAttr(name, ArrayAttr::get(context, others));
  return success();
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
  return Importer(*module, context, options).run();
}
