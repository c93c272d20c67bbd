//===- DialectTranslation.cpp - The dialect as LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BundleMetadata.h"
#include "CarriedModules.h"
#include "Facts.h"
#include "kcfi/Encoding/Hash.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/Target/LLVMIR/Export.h"
#include "kcfi/TargetInfo/LLVMNames.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/Target/LLVMIR/LLVMTranslationInterface.h"
#include "mlir/Target/LLVMIR/ModuleTranslation.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

/// The value of a module flag that an operation of `module` sets, or null. Such
/// operations are translated later, and LLVM wants each flag once.
static Attribute findFlag(Operation *module, StringRef name) {
  for (Operation &op : module->getRegion(0).getOps())
    if (auto flags = dyn_cast<LLVM::ModuleFlagsOp>(op))
      for (Attribute entry : flags.getFlags())
        if (auto flag = dyn_cast<LLVM::ModuleFlagAttr>(entry))
          if (flag.getKey() == name)
            return flag.getValue();
  return {};
}

/// Adds a module flag as clang does; one that is there already must agree.
static LogicalResult addFlag(Operation *op, llvm::Module &module,
                             StringRef name, llvm::Metadata *value,
                             Attribute attribute) {
  if (Attribute present = findFlag(op, name)) {
    if (present == attribute)
      return success();
    return op->emitError() << "module flag \"" << name
                           << "\" is there with another value than '"
                           << KCFIDialect::kEncodingAttrName << "' or '"
                           << KCFIDialect::kCodegenAttrName << "' gives";
  }
  module.addModuleFlag(llvm::Module::Override, name, value);
  return success();
}

static LogicalResult addFlag(Operation *op, llvm::Module &module,
                             StringRef name, uint32_t value) {
  return addFlag(op, module, name,
                 llvm::ConstantAsMetadata::get(llvm::ConstantInt::get(
                     llvm::Type::getInt32Ty(module.getContext()), value)),
                 Builder(op->getContext()).getI32IntegerAttr(value));
}

static LogicalResult addFlag(Operation *op, llvm::Module &module,
                             StringRef name, StringRef value) {
  return addFlag(op, module, name,
                 llvm::MDString::get(module.getContext(), value),
                 StringAttr::get(op->getContext(), value));
}

static LogicalResult addEncodingFlags(Operation *op, EncodingAttr encoding,
                                      llvm::Module &module) {
  StringRef hash = getHashFlagValue(encoding.getHash());
  if (failed(addFlag(op, module, llvmnames::kFlag, 1)) ||
      failed(addFlag(op, module, llvmnames::kHashFlag, hash)))
    return failure();
  if (encoding.getNormalizeIntegers())
    return addFlag(op, module, llvmnames::kNormalizeIntegersFlag, 1);
  return success();
}

static LogicalResult addCodegenFlags(Operation *op, CodegenAttr codegen,
                                     llvm::Module &module) {
  if (codegen.getPatchablePrefix() &&
      failed(addFlag(op, module, llvmnames::kOffsetFlag,
                     codegen.getPatchablePrefix())))
    return failure();
  if (codegen.getArity())
    return addFlag(op, module, llvmnames::kArityFlag, 1);
  return success();
}

/// Defines `__kcfi_typeid_<name>` as a weak absolute symbol, with clang's text.
/// The value is unsigned: sign-extended it would be out of the range of a
/// 32-bit relocation.
static void addTypeIdSymbol(Operation *op, StringRef name, uint32_t id,
                            llvm::Module &module) {
  std::unique_ptr<TargetInfo> target = lookupTargetQuietly(op);
  if (!target || !target->supportsTypeIdSymbols()) {
    op->emitWarning() << "no symbol '" << llvmnames::kTypeIdSymbolPrefix << name
                      << "': the object format of the target cannot define it";
    return;
  }
  bool isPlain = llvm::all_of(
      name, [](char c) { return llvm::isAlnum(c) || c == '_' || c == '.'; });
  if (!isPlain) {
    op->emitWarning() << "no symbol '" << llvmnames::kTypeIdSymbolPrefix << name
                      << "': assembly code cannot write this name";
    return;
  }
  std::string symbol = (llvmnames::kTypeIdSymbolPrefix + name).str();
  module.appendModuleInlineAsm(".weak " + symbol);
  module.appendModuleInlineAsm(
      ".set " + symbol + ", " + std::to_string(id) + " /* " +
      std::to_string(static_cast<int32_t>(id)) + " */");
}

/// Leaves the id of a check that has no bundle yet where the self-check of the
/// import looks for it.
static void setIdMetadata(ArrayRef<llvm::Instruction *> instructions,
                          uint32_t id) {
  for (llvm::Instruction *instruction : instructions)
    if (llvm::isa<llvm::CallBase>(instruction)) {
      llvm::LLVMContext &context = instruction->getContext();
      instruction->setMetadata(
          kBundleMetadata,
          llvm::MDNode::get(
              context,
              llvm::MDBuilder(context).createConstant(llvm::ConstantInt::get(
                  llvm::Type::getInt32Ty(context), id))));
    }
}

namespace {

class KCFITranslationInterface : public LLVMTranslationDialectInterface {
public:
  using LLVMTranslationDialectInterface::LLVMTranslationDialectInterface;

  LogicalResult
  convertOperation(Operation *op, llvm::IRBuilderBase &,
                   LLVM::ModuleTranslation &translation) const final {
    if (auto signature = dyn_cast<SignatureOp>(op)) {
      auto id = op->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
      if (!id)
        return op->emitError() << "has no type id: run 'kcfi-assign-type-ids'";
      addTypeIdSymbol(op, signature.getSymName(), id.getValue(),
                      *translation.getLLVMModule());
      return success();
    }
    // Bodies are linked into the finished module.
    if (auto carried = dyn_cast<CarriedBodiesOp>(op))
      return moveParts(carried, *translation.getLLVMModule());
    // Traits have no code.
    if (isa<TraitOp>(op))
      return success();
    return op->emitError() << "'" << op->getName()
                           << "' has no LLVM IR: run 'kcfi-lower-pipeline' "
                              "before the translation";
  }

  LogicalResult
  amendOperation(Operation *op, ArrayRef<llvm::Instruction *> instructions,
                 NamedAttribute attribute,
                 LLVM::ModuleTranslation &translation) const final {
    StringRef name = attribute.getName().getValue();
    llvm::Module &module = *translation.getLLVMModule();
    if (name == KCFIDialect::kEncodingAttrName)
      return addEncodingFlags(op, cast<EncodingAttr>(attribute.getValue()),
                              module);
    if (name == KCFIDialect::kCodegenAttrName)
      return addCodegenFlags(op, cast<CodegenAttr>(attribute.getValue()),
                             module);
    if (name == KCFIDialect::kSourceFilenameAttrName) {
      module.setSourceFileName(cast<StringAttr>(attribute.getValue()));
      return success();
    }
    if (name == KCFIDialect::kLLVMFactsAttrName)
      return applyFacts(op, cast<DictionaryAttr>(attribute.getValue()),
                        instructions, translation);
    if (name == kSelfCheckId) {
      setIdMetadata(instructions,
                    cast<TypeIdAttr>(attribute.getValue()).getValue());
      return success();
    }
    if (name == KCFIDialect::kTypeIdAttrName)
      return amendTypeId(op, cast<TypeIdAttr>(attribute.getValue()),
                         translation);
    if (name == KCFIDialect::kTypeMetadataAttrName) {
      amendTypeMetadata(op, cast<ArrayAttr>(attribute.getValue()), translation);
      return success();
    }
    if (name == KCFIDialect::kPrefixDataAttrName) {
      amendPrefixData(cast<LLVM::LLVMFuncOp>(op),
                      cast<DenseI8ArrayAttr>(attribute.getValue()),
                      translation);
      return success();
    }
    // The others say something to passes, not to LLVM.
    return success();
  }

private:
  void amendTypeMetadata(Operation *op, ArrayAttr entries,
                         LLVM::ModuleTranslation &translation) const {
    llvm::GlobalObject *object = nullptr;
    if (auto function = dyn_cast<LLVM::LLVMFuncOp>(op))
      object = translation.lookupFunction(function.getName());
    else if (auto global = dyn_cast<LLVM::GlobalOp>(op))
      object = llvm::dyn_cast_or_null<llvm::GlobalObject>(
          translation.lookupGlobal(global));
    if (!object)
      return;
    for (auto entry : entries.getAsRange<ArrayAttr>())
      object->addTypeMetadata(
          cast<IntegerAttr>(entry[0]).getInt(),
          llvm::MDString::get(object->getContext(),
                              cast<StringAttr>(entry[1]).getValue()));
  }

  void amendPrefixData(LLVM::LLVMFuncOp function, DenseI8ArrayAttr data,
                       LLVM::ModuleTranslation &translation) const {
    llvm::Function *llvmFunction =
        translation.lookupFunction(function.getName());
    SmallVector<uint8_t> bytes(data.asArrayRef());
    llvmFunction->setPrefixData(
        llvm::ConstantDataArray::get(llvmFunction->getContext(), bytes));
  }

  LogicalResult amendTypeId(Operation *op, TypeIdAttr id,
                            LLVM::ModuleTranslation &translation) const {
    // Handled as a whole by convertOperation.
    if (isa<SignatureOp>(op))
      return success();
    auto function = dyn_cast<LLVM::LLVMFuncOp>(op);
    if (!function)
      return op->emitError()
             << "the call has a type id but no \"kcfi\" bundle: "
                "run 'kcfi-attach-bundles' before the "
                "translation";
    auto module = op->getParentOfType<ModuleOp>();
    if (!module || !module->hasAttr(KCFIDialect::kEncodingAttrName))
      return op->emitError()
             << "the function has a type id, but the module has no '"
             << KCFIDialect::kEncodingAttrName
             << "': LLVM would ignore the id; run 'kcfi-assign-type-ids'";
    llvm::Function *llvmFunction =
        translation.lookupFunction(function.getName());
    llvm::LLVMContext &context = llvmFunction->getContext();
    auto *value =
        llvm::ConstantInt::get(llvm::Type::getInt32Ty(context), id.getValue());
    llvmFunction->setMetadata(
        llvm::LLVMContext::MD_kcfi_type,
        llvm::MDNode::get(context,
                          llvm::MDBuilder(context).createConstant(value)));
    if (function.isExternal() &&
        op->hasAttr(KCFIDialect::kAddressTakenAttrName))
      addTypeIdSymbol(op, function.getName(), id.getValue(),
                      *translation.getLLVMModule());
    return success();
  }
};

} // namespace

void mlir::registerKCFIDialectTranslation(DialectRegistry &registry) {
  registry.insert<KCFIDialect>();
  registry.addExtension(+[](MLIRContext *, KCFIDialect *dialect) {
    dialect->addInterfaces<KCFITranslationInterface>();
  });
}

void mlir::registerKCFIDialectTranslation(MLIRContext &context) {
  DialectRegistry registry;
  registerKCFIDialectTranslation(registry);
  context.appendDialectRegistry(registry);
}
