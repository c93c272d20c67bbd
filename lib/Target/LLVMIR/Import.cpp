//===- Import.cpp - Import of LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Target/LLVMIR/Import.h"
#include "BundleMetadata.h"
#include "Inventory.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/Support/ToolSetup.h"
#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "mlir/Target/LLVMIR/Import.h"
#include "mlir/Target/LLVMIR/LLVMImportInterface.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ManagedStatic.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace mlir::kcfi;

StringRef mlir::kcfi::getLossName(LossKind kind) {
  switch (kind) {
  case LossKind::Bundle:
    return "bundle";
  case LossKind::PrefixData:
    return "prefix-data";
  case LossKind::PrologueData:
    return "prologue-data";
  case LossKind::FunctionMetadata:
    return "function-metadata";
  case LossKind::GlobalMetadata:
    return "global-metadata";
  case LossKind::NamedMetadata:
    return "named-metadata";
  }
  llvm_unreachable("unknown kind of loss");
}

namespace {

class Importer {
public:
  Importer(llvm::Module &module, MLIRContext *context,
           const ImportOptions &options)
      : module(module), context(context), options(options) {}

  /// Reports what would be lost, and copies the bundles to metadata.
  LogicalResult prepare();
  /// Turns flags and symbols of the imported module into attributes, and
  /// compares the inventories.
  LogicalResult finish(ModuleOp imported);

private:
  Location getLoc(const llvm::Function *function,
                  const llvm::Instruction *instruction = nullptr);
  void lose(LossKind kind, Location loc, const Twine &what);
  void reportDroppedHints();
  /// True if MLIR has a form for metadata of a kind. Debug locations have their
  /// own way through the import.
  bool isImported(unsigned kind) {
    return kind == llvm::LLVMContext::MD_dbg ||
           interface->isConvertibleMetadata(kind);
  }
  void
  findMetadataLosses(ArrayRef<std::pair<unsigned, llvm::MDNode *>> metadata,
                     LossKind kind, Location loc, const Twine &owner);
  void prepareFunction(llvm::Function &function);
  void prepareNamedMetadata(const llvm::NamedMDNode &node);

  LogicalResult takeFlags(ModuleOp imported);
  LogicalResult takeTypeIdSymbols(ModuleOp imported);

  llvm::Module &module;
  MLIRContext *context;
  const ImportOptions &options;
  std::optional<LLVMImportInterface> interface;
  SmallVector<StringRef> kindNames;
  /// Metadata of instructions that is dropped: kind and number.
  llvm::MapVector<StringRef, unsigned> droppedHints;
  Inventory inventory;
  bool failed = false;
};

} // namespace

/// `file:line:column` from debug info, else the function's name.
Location Importer::getLoc(const llvm::Function *function,
                          const llvm::Instruction *instruction) {
  if (instruction && instruction->getDebugLoc()) {
    const llvm::DebugLoc &debugLoc = instruction->getDebugLoc();
    return FileLineColLoc::get(context, debugLoc->getFilename(),
                               debugLoc.getLine(), debugLoc.getCol());
  }
  Location file = FileLineColLoc::get(context, module.getModuleIdentifier(),
                                      /*line=*/0, /*column=*/0);
  if (!function)
    return file;
  return NameLoc::get(StringAttr::get(context, function->getName()), file);
}

void Importer::lose(LossKind kind, Location loc, const Twine &what) {
  StringRef name = getLossName(kind);
  if (llvm::is_contained(options.allowedLosses, kind)) {
    emitWarning(loc) << what << " is lost";
    return;
  }
  failed = true;
  emitError(loc) << what << " would be lost; '--allow-loss=" << name
                 << "' accepts that";
}

void Importer::findMetadataLosses(
    ArrayRef<std::pair<unsigned, llvm::MDNode *>> metadata, LossKind kind,
    Location loc, const Twine &owner) {
  for (auto [id, node] : metadata) {
    if (isImported(id))
      continue;
    lose(kind, loc, "metadata '!" + kindNames[id] + "' of " + owner);
  }
}

void Importer::reportDroppedHints() {
  bool isAllowed = !options.requireInstructionMetadata;
  for (const auto &[name, count] : droppedHints) {
    InFlightDiagnostic diag =
        isAllowed ? emitWarning(getLoc(nullptr)) : emitError(getLoc(nullptr));
    diag << "metadata '!" << name << "' of " << count
         << (isAllowed ? " instruction(s) is dropped: it has no MLIR form"
                       : " instruction(s) would be lost");
    failed |= !isAllowed;
  }
}

void Importer::prepareFunction(llvm::Function &function) {
  std::string owner = "function '" + function.getName().str() + "'";
  Location loc = getLoc(&function);
  if (function.hasPrefixData())
    lose(LossKind::PrefixData, loc, "prefix data of " + owner);
  if (function.hasPrologueData())
    lose(LossKind::PrologueData, loc, "prologue data of " + owner);
  SmallVector<std::pair<unsigned, llvm::MDNode *>> metadata;
  function.getAllMetadata(metadata);
  findMetadataLosses(metadata, LossKind::FunctionMetadata, loc, owner);

  llvm::LLVMContext &llvmContext = module.getContext();
  for (llvm::Instruction &instruction : llvm::instructions(function)) {
    metadata.clear();
    instruction.getAllMetadata(metadata);
    for (auto [id, node] : metadata)
      // By LLVM's rules metadata of an instruction may be dropped without
      // changing what the program means. Reported once a kind, there are
      // thousands.
      if (!isImported(id))
        ++droppedHints[kindNames[id]];
    auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
    // MLIR has bundles of llvm.assume.
    if (!call || llvm::isa<llvm::AssumeInst>(call))
      continue;
    for (unsigned index = 0, e = call->getNumOperandBundles(); index < e;
         ++index) {
      llvm::OperandBundleUse bundle = call->getOperandBundleAt(index);
      if (bundle.getTagID() != llvm::LLVMContext::OB_kcfi) {
        lose(LossKind::Bundle, getLoc(&function, &instruction),
             "bundle \"" + bundle.getTagName() + "\" of a call in " + owner);
        continue;
      }
      auto *id = llvm::cast<llvm::ConstantInt>(bundle.Inputs[0]);
      call->setMetadata(
          kBundleMetadata,
          llvm::MDNode::get(llvmContext, llvm::ConstantAsMetadata::get(id)));
    }
  }
}

void Importer::prepareNamedMetadata(const llvm::NamedMDNode &node) {
  StringRef name = node.getName();
  // What MLIR's importer knows.
  if (llvm::is_contained({"llvm.module.flags", "llvm.ident", "llvm.dbg.cu",
                          "llvm.commandline", "llvm.linker.options",
                          "llvm.dependent-libraries"},
                         name))
    return;
  // Says which accesses cannot alias errno: lets LLVM optimise, no more.
  if (name == "llvm.errno.tbaa") {
    emitWarning(getLoc(nullptr))
        << "named metadata '!" << name << "' is dropped: it has no MLIR form";
    return;
  }
  lose(LossKind::NamedMetadata, getLoc(nullptr),
       "named metadata '!" + name + "'");
}

LogicalResult Importer::prepare() {
  inventory = countProtection(module);
  interface.emplace(context);
  if (mlir::failed(interface->initializeImport(module.getContext())))
    return failure();
  module.getContext().getMDKindNames(kindNames);
  for (llvm::GlobalVariable &global : module.globals()) {
    SmallVector<std::pair<unsigned, llvm::MDNode *>> metadata;
    global.getAllMetadata(metadata);
    findMetadataLosses(metadata, LossKind::GlobalMetadata, getLoc(nullptr),
                       "global '" + global.getName().str() + "'");
  }
  for (const llvm::NamedMDNode &node : module.named_metadata())
    prepareNamedMetadata(node);
  for (llvm::Function &function : module)
    prepareFunction(function);
  reportDroppedHints();
  return failure(failed);
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
      if (key == "kcfi") {
        isKCFI = true;
      } else if (key == "kcfi-hash") {
        auto text = dyn_cast<StringAttr>(flag.getValue());
        hash = llvm::StringSwitch<std::optional<HashKind>>(
                   text ? text.getValue() : "")
                   .Case("xxHash64", HashKind::XXHash64)
                   .Case("FNV-1a", HashKind::FNV1a)
                   .Default(std::nullopt);
        if (!hash)
          return op.emitError() << "module flag \"kcfi-hash\" names an unknown "
                                   "hash: "
                                << flag.getValue();
      } else if (key == "cfi-normalize-integers") {
        normalize = isSet;
      } else if (key == "kcfi-arity") {
        arity = isSet;
      } else if (key == "kcfi-offset" && number) {
        offset = number.getValue().getZExtValue();
      } else {
        others.push_back(flag);
      }
    }
  }
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
  for (LLVM::ModuleFlagsOp op : operations.empty()
                                    ? ArrayRef<LLVM::ModuleFlagsOp>()
                                    : ArrayRef(operations).drop_front())
    op.erase();
  if (others.empty())
    operations.front().erase();
  else
    operations.front().setFlagsAttr(ArrayAttr::get(context, others));
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
  if (line.consume_front(".weak __kcfi_typeid_"))
    return {line, std::nullopt};
  if (!line.consume_front(".set __kcfi_typeid_"))
    return {};
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
             << "symbol '__kcfi_typeid_" << symbol << "' is "
             << formatTypeId(*id) << ", the function has type id "
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

LogicalResult Importer::finish(ModuleOp imported) {
  Inventory now = countProtection(imported);
  if (!(now == inventory))
    return imported.emitError()
           << "the import lost protection: " << inventory.ids
           << " type ids became " << now.ids << ", " << inventory.checks
           << " checks became " << now.checks;
  if (mlir::failed(takeFlags(imported)))
    return failure();
  return takeTypeIdSymbols(imported);
}

OwningOpRef<ModuleOp>
mlir::kcfi::importModule(std::unique_ptr<llvm::Module> module,
                         MLIRContext *context, const ImportOptions &options) {
  // Interfaces of dialects answer what can be imported: all must be there.
  context->loadAllAvailableDialects();
  llvm::Module &llvmModule = *module;
  Importer importer(llvmModule, context, options);
  if (failed(importer.prepare()))
    return nullptr;
  OwningOpRef<ModuleOp> imported =
      translateLLVMIRToModule(std::move(module), context);
  if (!imported || failed(importer.finish(*imported)))
    return nullptr;
  return imported;
}

//===----------------------------------------------------------------------===//
// kcfi-translate --import-llvm-ir
//===----------------------------------------------------------------------===//

namespace {
struct CommandLineOptions {
  llvm::cl::list<LossKind> allowedLosses{
      "allow-loss", llvm::cl::CommaSeparated,
      llvm::cl::desc("With --import-llvm-ir: warn instead of failing where "
                     "something of this kind would be lost"),
      llvm::cl::values(
          clEnumValN(LossKind::Bundle, getLossName(LossKind::Bundle),
                     "bundles other than kcfi"),
          clEnumValN(LossKind::PrefixData, getLossName(LossKind::PrefixData),
                     "prefix data"),
          clEnumValN(LossKind::PrologueData,
                     getLossName(LossKind::PrologueData), "prologue data"),
          clEnumValN(LossKind::FunctionMetadata,
                     getLossName(LossKind::FunctionMetadata),
                     "metadata of functions that has no MLIR form"),
          clEnumValN(LossKind::GlobalMetadata,
                     getLossName(LossKind::GlobalMetadata),
                     "metadata of global variables that has no MLIR form"),
          clEnumValN(LossKind::NamedMetadata,
                     getLossName(LossKind::NamedMetadata),
                     "named metadata of the module that has no MLIR form"))};
  llvm::cl::opt<bool> keepHints{
      "require-instruction-metadata",
      llvm::cl::desc("With --import-llvm-ir: fail instead of warning where "
                     "metadata of instructions has no MLIR form")};
};
} // namespace

static llvm::ManagedStatic<CommandLineOptions> commandLine;

std::unique_ptr<llvm::Module>
mlir::kcfi::parseLLVMIR(const llvm::MemoryBuffer &buffer,
                        llvm::LLVMContext &llvmContext, MLIRContext *context) {
  llvm::SMDiagnostic error;
  std::unique_ptr<llvm::Module> module =
      llvm::parseIR(buffer.getMemBufferRef(), error, llvmContext);
  if (!module) {
    emitError(FileLineColLoc::get(context, error.getFilename(),
                                  std::max(error.getLineNo(), 0),
                                  std::max(error.getColumnNo(), 0) + 1))
        << error.getMessage();
    return nullptr;
  }
  std::string message;
  llvm::raw_string_ostream os(message);
  if (llvm::verifyModule(*module, &os)) {
    emitError(FileLineColLoc::get(context, buffer.getBufferIdentifier(), 0, 0))
        << "invalid LLVM IR: " << StringRef(message).trim();
    return nullptr;
  }
  return module;
}

void mlir::kcfi::registerFromLLVMIRTranslation() {
  *commandLine;
  static TranslateToMLIRRegistration registration(
      "import-llvm-ir",
      "Import LLVM IR (text or bitcode) without losing ids or checks",
      [](llvm::SourceMgr &sourceMgr,
         MLIRContext *context) -> OwningOpRef<Operation *> {
        llvm::LLVMContext llvmContext;
        std::unique_ptr<llvm::Module> module =
            parseLLVMIR(*sourceMgr.getMemoryBuffer(sourceMgr.getMainFileID()),
                        llvmContext, context);
        if (!module)
          return {};
        ImportOptions options;
        options.allowedLosses.assign(commandLine->allowedLosses.begin(),
                                     commandLine->allowedLosses.end());
        options.requireInstructionMetadata = commandLine->keepHints;
        return importModule(std::move(module), context, options);
      },
      [](DialectRegistry &registry) {
        registerShortDiagnostics(registry);
        registry.insert<DLTIDialect>();
        registerAllFromLLVMIRTranslations(registry);
        registerKCFIDialectImport(registry);
      });
}
