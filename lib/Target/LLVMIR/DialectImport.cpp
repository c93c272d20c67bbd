//===- DialectImport.cpp - LLVM metadata as attributes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ImportCopy.h"
#include "ImportHook.h"
#include "TypeSources.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/Target/LLVMIR/Import.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Target/LLVMIR/LLVMImportInterface.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Metadata.h"

#include <mutex>

using namespace mlir;
using namespace mlir::kcfi;

namespace {

class KCFIImportInterface : public LLVMImportDialectInterface {
public:
  using LLVMImportDialectInterface::LLVMImportDialectInterface;

  SmallVector<unsigned>
  getSupportedMetadata(llvm::LLVMContext &context) const final {
    return {llvm::LLVMContext::MD_kcfi_type, llvm::LLVMContext::MD_type,
            context.getMDKindID(kPlaceMetadata)};
  }

  LogicalResult setMetadataAttrs(OpBuilder &, unsigned kind, llvm::MDNode *node,
                                 Operation *op,
                                 LLVM::ModuleImport &import) const final {
    if (kind == llvm::LLVMContext::MD_type) {
      addTypeMetadata(op, *node);
      return success();
    }
    if (kind == llvm::LLVMContext::MD_kcfi_type)
      return setTypeId(op, *node);
    return visit(op, *node, import);
  }

  void setHook(llvm::LLVMContext &context, ImportHook *hook) {
    std::lock_guard<std::mutex> lock(mutex);
    if (hook)
      hooks[&context] = hook;
    else
      hooks.erase(&context);
  }

private:
  static LogicalResult setTypeId(Operation *op, const llvm::MDNode &node) {
    auto *id =
        llvm::mdconst::dyn_extract<llvm::ConstantInt>(node.getOperand(0));
    if (!id || !id->getType()->isIntegerTy(32))
      return op->emitError("type id is not a 32-bit constant");
    if (id->isZero())
      return op->emitError("type id 0 is reserved: it means \"no type\", a "
                           "call with it is not checked");
    op->setAttr(KCFIDialect::kTypeIdAttrName,
                TypeIdAttr::get(op->getContext(),
                                static_cast<uint32_t>(id->getZExtValue())));
    return success();
  }

  LogicalResult visit(Operation *op, const llvm::MDNode &place,
                      LLVM::ModuleImport &import) const {
    ImportHook *hook;
    {
      std::lock_guard<std::mutex> lock(mutex);
      hook = hooks.lookup(&place.getContext());
    }
    if (!hook)
      return success();
    if (auto function = dyn_cast<LLVM::LLVMFuncOp>(op)) {
      hook->startFunction(function, import);
      return success();
    }
    auto getNumber = [&](unsigned index) {
      return llvm::mdconst::extract<llvm::ConstantInt>(place.getOperand(index))
          ->getZExtValue();
    };
    return hook->visit(op->getParentOfType<LLVM::LLVMFuncOp>(), getNumber(0),
                       getNumber(1), import);
  }

  mutable std::mutex mutex;
  llvm::DenseMap<const llvm::LLVMContext *, ImportHook *> hooks;
};

} // namespace

static void setHook(MLIRContext *context, llvm::LLVMContext &llvmContext,
                    ImportHook *hook) {
  auto *dialect = context->getLoadedDialect<KCFIDialect>();
  auto *interface =
      dialect->getRegisteredInterface<LLVMImportDialectInterface>();
  static_cast<KCFIImportInterface *>(
      const_cast<LLVMImportDialectInterface *>(interface))
      ->setHook(llvmContext, hook);
}

ImportHookScope::ImportHookScope(MLIRContext *context,
                                 llvm::LLVMContext &llvmContext,
                                 ImportHook &hook)
    : context(context), llvmContext(llvmContext) {
  setHook(context, llvmContext, &hook);
}

ImportHookScope::~ImportHookScope() { setHook(context, llvmContext, nullptr); }

void mlir::registerKCFIDialectImport(DialectRegistry &registry) {
  registry.insert<KCFIDialect>();
  registry.addExtension(+[](MLIRContext *, KCFIDialect *dialect) {
    dialect->addInterfaces<KCFIImportInterface>();
  });
}
