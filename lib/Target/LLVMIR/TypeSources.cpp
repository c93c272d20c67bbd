//===- TypeSources.cpp - Source types in LLVM modules -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypeSources.h"
#include "Inventory.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/Encoding/IdMap.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/LLVMFacts/DebugTypes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Metadata.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

/// The pair of offset and string, or null.
static ArrayAttr getEntry(MLIRContext *context, const llvm::MDNode &node) {
  if (node.getNumOperands() != 2)
    return {};
  auto *offset =
      llvm::mdconst::dyn_extract_or_null<llvm::ConstantInt>(node.getOperand(0));
  auto *string =
      llvm::dyn_cast_or_null<llvm::MDString>(node.getOperand(1).get());
  if (!offset || !offset->getType()->isIntegerTy(64) || !string)
    return {};
  Builder builder(context);
  return builder.getArrayAttr(
      {builder.getI64IntegerAttr(offset->getSExtValue()),
       builder.getStringAttr(string->getString())});
}

static void addEntry(Operation *op, ArrayAttr entry) {
  SmallVector<Attribute> entries;
  if (auto list =
          op->getAttrOfType<ArrayAttr>(KCFIDialect::kTypeMetadataAttrName))
    llvm::append_range(entries, list);
  entries.push_back(entry);
  op->setAttr(KCFIDialect::kTypeMetadataAttrName,
              ArrayAttr::get(op->getContext(), entries));
}

bool mlir::kcfi::hasTypeMetadataForm(MLIRContext *context,
                                     const llvm::MDNode &node) {
  return getEntry(context, node) != nullptr;
}

void mlir::kcfi::addTypeMetadata(Operation *op, const llvm::MDNode &node) {
  if (ArrayAttr entry = getEntry(op->getContext(), node))
    addEntry(op, entry);
}

void mlir::kcfi::importGlobalTypeMetadata(const llvm::Module &module,
                                          ModuleOp imported) {
  SymbolTable symbols(imported);
  for (const llvm::GlobalVariable &global : module.globals()) {
    SmallVector<llvm::MDNode *> nodes;
    global.getMetadata(llvm::LLVMContext::MD_type, nodes);
    auto op = nodes.empty() ? LLVM::GlobalOp()
                            : symbols.lookup<LLVM::GlobalOp>(global.getName());
    // A definition that is a declaration here brings its metadata along later.
    bool isDefined =
        op && (op.getValueAttr() || !op.getInitializerRegion().empty());
    if (!op || isDefined == global.isDeclaration())
      continue;
    for (const llvm::MDNode *node : nodes)
      addTypeMetadata(op, *node);
  }
}

namespace {
/// The ids that a signature can have in a module.
class PossibleIds {
public:
  PossibleIds(EncodingAttr plain, const TargetInfo &target)
      : plain(plain),
        // No flag tells whether pointers are generalised.
        generalized(EncodingAttr::get(plain.getContext(), plain.getHash(),
                                      plain.getNormalizeIntegers(),
                                      /*generalizePointers=*/true)),
        target(target) {}

  bool contain(Type signature, llvm::function_ref<bool(uint32_t)> isId) const {
    for (EncodingAttr encoding : {plain, generalized}) {
      llvm::Expected<std::string> string =
          encodeSignature(signature, encoding, target);
      // A type that cannot be encoded is no candidate.
      if (!string)
        llvm::consumeError(string.takeError());
      else if (isId(hashTypeIdString(*string, encoding.getHash())))
        return true;
    }
    return false;
  }

private:
  EncodingAttr plain, generalized;
  const TargetInfo &target;
};
} // namespace

/// The ids of functions and calls, also of those that are carried.
static IdSet findUsedIds(const llvm::Module &module) {
  IdSet ids;
  for (const llvm::Function &function : module) {
    if (const llvm::MDNode *node =
            function.getMetadata(llvm::LLVMContext::MD_kcfi_type))
      if (auto *id = llvm::mdconst::dyn_extract<llvm::ConstantInt>(
              node->getOperand(0)))
        ids.insert(id->getZExtValue());
    ids.insert_range(getCheckedIds(function));
  }
  return ids;
}

void mlir::kcfi::importDebugTypes(const llvm::Module &module,
                                  ModuleOp imported) {
  IdSet used = findUsedIds(module);
  std::unique_ptr<TargetInfo> target = lookupTargetQuietly(imported);
  if (used.empty() || !target || target->usesMicrosoftMangling() ||
      module.debug_compile_units().empty())
    return;
  MLIRContext *context = imported.getContext();
  DebugTypes types(module, context, target.get());
  PossibleIds possible(getEncoding(imported), *target);
  llvm::DenseSet<Type> ofFunctions;
  for (auto function : imported.getOps<LLVM::LLVMFuncOp>()) {
    const llvm::Function *source = module.getFunction(function.getName());
    auto id = function->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
    if (!source || !source->getSubprogram() || !id)
      continue;
    DebugSignature result = types.getSignature(source->getSubprogram());
    if (result.promoted && possible.contain(result.promoted, [&](uint32_t one) {
          return one == id.getValue();
        }))
      result.signature = result.promoted;
    ofFunctions.insert(result.signature);
    function->setAttr(KCFIDialect::kDebugSigAttrName,
                      result.signature
                          ? Attribute(TypeAttr::get(result.signature))
                          : StringAttr::get(context, result.gap));
    if (result.hasImplicitObject)
      function->setAttr(KCFIDialect::kImplicitObjectAttrName,
                        UnitAttr::get(context));
  }

  SmallVector<Attribute> candidates;
  for (Type signature : types.getAllSignatures())
    if (!ofFunctions.contains(signature) &&
        possible.contain(signature,
                         [&](uint32_t id) { return used.contains(id); }))
      candidates.push_back(TypeAttr::get(signature));
  if (!candidates.empty())
    imported->setAttr(KCFIDialect::kDebugTypesAttrName,
                      ArrayAttr::get(context, candidates));
}
