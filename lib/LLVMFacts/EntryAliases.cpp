//===- EntryAliases.cpp - Extra entries in LLVM IR ------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/LLVMFacts/EntryAliases.h"
#include "kcfi/TargetInfo/LLVMNames.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/GlobalAlias.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"

using namespace mlir::kcfi;

/// What decides about the size of a function's own prefix.
static EntrySite describe(const llvm::Function &function) {
  EntrySite site;
  site.prefixNops =
      function.getFnAttributeAsParsedInteger(llvmnames::kPatchablePrefix);
  site.isOptSize = function.hasOptSize();
  llvm::Attribute features =
      function.getFnAttribute(llvmnames::kTargetFeatures);
  if (features.isStringAttribute()) {
    site.isThumb = hasFeature(features.getValueAsString(), kThumbFeatures);
    site.hasCompressed =
        hasFeature(features.getValueAsString(), kCompressedFeatures);
  }
  return site;
}

/// The id in front of the address `distance` bytes in front of a function.
static std::optional<uint32_t> readId(const llvm::Function &function,
                                      unsigned distance,
                                      const TargetInfo &target) {
  if (!function.hasPrefixData())
    return std::nullopt;
  auto *data =
      llvm::dyn_cast<llvm::ConstantDataSequential>(function.getPrefixData());
  if (!data || !data->getElementType()->isIntegerTy(8))
    return std::nullopt;
  return target.readEntryId(
      describe(function), llvm::arrayRefFromStringRef(data->getRawDataValues()),
      distance);
}

static void replaceByFunction(llvm::GlobalAlias &alias,
                              llvm::Function &function, uint32_t id) {
  llvm::LLVMContext &context = alias.getContext();
  auto *entry =
      llvm::Function::Create(function.getFunctionType(), alias.getLinkage(),
                             alias.getAddressSpace(), "", alias.getParent());
  entry->setVisibility(alias.getVisibility());
  entry->copyAttributesFrom(&function);
  entry->setPrefixData(nullptr);
  entry->addFnAttr(kEntryOfAttrName, function.getName());
  entry->setMetadata(
      llvm::LLVMContext::MD_kcfi_type,
      llvm::MDNode::get(
          context,
          llvm::MDBuilder(context).createConstant(
              llvm::ConstantInt::get(llvm::Type::getInt32Ty(context), id))));
  alias.replaceAllUsesWith(entry);
  entry->takeName(&alias);
  alias.eraseFromParent();

  llvm::IRBuilder<> builder(llvm::BasicBlock::Create(context, "", entry));
  llvm::SmallVector<llvm::Value *> arguments(
      llvm::make_pointer_range(entry->args()));
  llvm::CallInst *call = builder.CreateCall(&function, arguments);
  call->setCallingConv(function.getCallingConv());
  call->setAttributes(function.getAttributes());
  call->setTailCallKind(llvm::CallInst::TCK_MustTail);
  if (entry->getReturnType()->isVoidTy())
    builder.CreateRetVoid();
  else
    builder.CreateRet(call);
}

void mlir::kcfi::replaceEntryAliases(llvm::Module &module) {
  std::unique_ptr<TargetInfo> target;
  for (llvm::GlobalAlias &alias :
       llvm::make_early_inc_range(module.aliases())) {
    const llvm::DataLayout &layout = module.getDataLayout();
    llvm::APInt offset(layout.getIndexTypeSizeInBits(alias.getType()), 0);
    auto *function = llvm::dyn_cast<llvm::Function>(
        alias.getAliasee()->stripAndAccumulateConstantOffsets(
            layout, offset, /*AllowNonInbounds=*/true));
    if (!function || !offset.isNegative())
      continue;
    if (!target) {
      auto known = TargetInfo::lookup(module.getTargetTriple().str());
      if (!known) {
        llvm::consumeError(known.takeError());
        return;
      }
      target = std::move(*known);
    }
    // The name of an entry's prefix is no entry.
    if (alias.getName().starts_with(kPrefixSymbol) &&
        module.getNamedValue(alias.getName().drop_front(kPrefixSymbol.size())))
      continue;
    if (std::optional<uint32_t> id =
            readId(*function, (-offset).getLimitedValue(UINT32_MAX), *target))
      replaceByFunction(alias, *function, *id);
  }
}
