//===- DialectImport.cpp - LLVM metadata as attributes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BundleMetadata.h"
#include "TypeSources.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/Target/LLVMIR/Import.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Target/LLVMIR/LLVMImportInterface.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Metadata.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

class KCFIImportInterface : public LLVMImportDialectInterface {
public:
  using LLVMImportDialectInterface::LLVMImportDialectInterface;

  SmallVector<unsigned>
  getSupportedMetadata(llvm::LLVMContext &context) const final {
    return {llvm::LLVMContext::MD_kcfi_type, llvm::LLVMContext::MD_type,
            context.getMDKindID(kBundleMetadata)};
  }

  LogicalResult setMetadataAttrs(OpBuilder &, unsigned kind, llvm::MDNode *node,
                                 Operation *op,
                                 LLVM::ModuleImport &) const final {
    if (kind == llvm::LLVMContext::MD_type) {
      addTypeMetadata(op, *node);
      return success();
    }
    auto *id =
        llvm::mdconst::dyn_extract<llvm::ConstantInt>(node->getOperand(0));
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
};

} // namespace

void mlir::registerKCFIDialectImport(DialectRegistry &registry) {
  registry.insert<KCFIDialect>();
  registry.addExtension(+[](MLIRContext *, KCFIDialect *dialect) {
    dialect->addInterfaces<KCFIImportInterface>();
  });
}
