//===- MetadataForms.cpp - LLVM metadata as attributes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MetadataForms.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Operation.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Metadata.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// A tree that is deeper or wider is easier to read as a number.
static constexpr unsigned kMaxDepth = 4, kMaxOperands = 16;

static constexpr StringLiteral kDistinctKey = "distinct",
                               kOperandsKey = "operands", kSelfKey = "self";

Attribute MetadataWriter::getNumber(const llvm::MDNode &node) {
  nodes.push_back(const_cast<llvm::MDNode *>(&node));
  return Builder(context).getIndexAttr(nodes.size() - 1);
}

/// Returns null for what has no tree.
Attribute MetadataWriter::writeTree(const llvm::Metadata *metadata,
                                    unsigned depth) {
  if (!metadata)
    return UnitAttr::get(context);
  if (auto *string = llvm::dyn_cast<llvm::MDString>(metadata))
    return StringAttr::get(context, string->getString());
  if (auto *wrapped = llvm::dyn_cast<llvm::ConstantAsMetadata>(metadata)) {
    llvm::Constant *constant = wrapped->getValue();
    if (auto *number = llvm::dyn_cast<llvm::ConstantInt>(constant))
      return IntegerAttr::get(
          IntegerType::get(context, number->getType()->getIntegerBitWidth()),
          number->getValue());
    if (llvm::isa<llvm::GlobalValue>(constant) && constant->hasName())
      return FlatSymbolRefAttr::get(context, constant->getName());
    return {};
  }
  auto *tuple = llvm::dyn_cast<llvm::MDTuple>(metadata);
  if (!tuple || depth == kMaxDepth)
    return {};
  if (!tuple->isDistinct())
    return writeOperands(*tuple, 0, depth);
  // One node has one number.
  auto it = known.find(tuple);
  if (it != known.end())
    return it->second;
  Attribute written = writeDistinct(*tuple, depth);
  if (written)
    known[tuple] = written;
  return written;
}

Attribute MetadataWriter::writeOperands(const llvm::MDNode &node,
                                        unsigned first, unsigned depth) {
  if (node.getNumOperands() > kMaxOperands)
    return {};
  SmallVector<Attribute> operands;
  for (const llvm::MDOperand &operand :
       llvm::drop_begin(node.operands(), first)) {
    operands.push_back(writeTree(operand.get(), depth + 1));
    if (!operands.back())
      return {};
  }
  return ArrayAttr::get(context, operands);
}

Attribute MetadataWriter::writeDistinct(const llvm::MDNode &node,
                                        unsigned depth) {
  bool isSelf = node.getNumOperands() && node.getOperand(0) == &node;
  Attribute operands = writeOperands(node, isSelf, depth);
  if (!operands)
    return {};
  Builder builder(context);
  NamedAttrList entries;
  entries.append(kDistinctKey, builder.getIndexAttr(distinctNodes++));
  entries.append(kOperandsKey, operands);
  if (isSelf)
    entries.append(kSelfKey, builder.getUnitAttr());
  return entries.getDictionary(context);
}

Attribute MetadataWriter::write(const llvm::MDNode &node) {
  auto it = known.find(&node);
  if (it != known.end())
    return it->second;
  Attribute result = writeTree(&node, 0);
  if (!result)
    result = getNumber(node);
  known[&node] = result;
  return result;
}

Attribute MetadataWriter::write(llvm::Constant &constant) {
  return write(*llvm::MDNode::get(constant.getContext(),
                                  llvm::ConstantAsMetadata::get(&constant)));
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

static FailureOr<llvm::Metadata *> readMetadata(Operation *op, Attribute form,
                                                llvm::Module &module);

static FailureOr<llvm::Metadata *>
readDistinct(Operation *op, DictionaryAttr form, llvm::Module &module) {
  auto number = form.getAs<IntegerAttr>(kDistinctKey);
  auto operands = form.getAs<ArrayAttr>(kOperandsKey);
  if (!number || !operands)
    return op->emitError() << "has no form of metadata: " << form;
  llvm::NamedMDNode *place = module.getOrInsertNamedMetadata(
      (kDistinctNode + llvm::Twine(number.getValue().getZExtValue())).str());
  if (place->getNumOperands())
    return static_cast<llvm::Metadata *>(place->getOperand(0));
  SmallVector<llvm::Metadata *> parts;
  if (form.contains(kSelfKey))
    parts.push_back(nullptr);
  for (Attribute operand : operands) {
    FailureOr<llvm::Metadata *> part = readMetadata(op, operand, module);
    if (failed(part))
      return failure();
    parts.push_back(*part);
  }
  llvm::MDNode *node = llvm::MDNode::getDistinct(module.getContext(), parts);
  if (form.contains(kSelfKey))
    node->replaceOperandWith(0, node);
  place->addOperand(node);
  return static_cast<llvm::Metadata *>(node);
}

static FailureOr<llvm::Metadata *> readMetadata(Operation *op, Attribute form,
                                                llvm::Module &module) {
  llvm::LLVMContext &context = module.getContext();
  if (isa<UnitAttr>(form))
    return static_cast<llvm::Metadata *>(nullptr);
  if (auto string = dyn_cast<StringAttr>(form))
    return llvm::MDString::get(context, string.getValue());
  if (auto symbol = dyn_cast<FlatSymbolRefAttr>(form)) {
    llvm::GlobalValue *value = module.getNamedValue(symbol.getValue());
    if (!value)
      return op->emitError() << "metadata refers to symbol '"
                             << symbol.getValue() << "', which is not there";
    return llvm::ConstantAsMetadata::get(value);
  }
  if (auto number = dyn_cast<IntegerAttr>(form)) {
    if (!number.getType().isIndex())
      return llvm::ConstantAsMetadata::get(
          llvm::ConstantInt::get(context, number.getValue()));
    llvm::NamedMDNode *list = module.getNamedMetadata(kNodeList);
    uint64_t index = number.getValue().getZExtValue();
    if (!list || index >= list->getNumOperands())
      return op->emitError()
             << "metadata node " << index << " is not in the carried bitcode";
    return list->getOperand(index);
  }
  if (auto distinct = dyn_cast<DictionaryAttr>(form))
    return readDistinct(op, distinct, module);
  auto tuple = dyn_cast<ArrayAttr>(form);
  if (!tuple)
    return op->emitError() << "has no form of metadata: " << form;
  SmallVector<llvm::Metadata *> operands;
  for (Attribute operand : tuple) {
    FailureOr<llvm::Metadata *> metadata = readMetadata(op, operand, module);
    if (failed(metadata))
      return failure();
    operands.push_back(*metadata);
  }
  return llvm::MDNode::get(context, operands);
}

bool mlir::kcfi::dropIfGone(Operation *op, StringRef kind, Attribute form,
                            llvm::Module &module) {
  WalkResult result = form.walk([&](FlatSymbolRefAttr symbol) {
    if (module.getNamedValue(symbol.getValue()))
      return WalkResult::advance();
    op->emitRemark() << "metadata '!" << kind << "' is dropped: symbol '"
                     << symbol.getValue() << "', which it names, is gone";
    return WalkResult::interrupt();
  });
  return result.wasInterrupted();
}

FailureOr<llvm::MDNode *> mlir::kcfi::readNode(Operation *op, Attribute form,
                                               llvm::Module &module) {
  FailureOr<llvm::Metadata *> metadata = readMetadata(op, form, module);
  if (failed(metadata))
    return failure();
  auto *node = llvm::dyn_cast_or_null<llvm::MDNode>(*metadata);
  if (!node)
    return op->emitError() << "metadata must be a node, found " << form;
  return node;
}

FailureOr<llvm::Constant *>
mlir::kcfi::readConstant(Operation *op, Attribute form, llvm::Module &module) {
  FailureOr<llvm::MDNode *> node = readNode(op, form, module);
  if (failed(node))
    return failure();
  auto *constant =
      (*node)->getNumOperands() == 1
          ? llvm::mdconst::dyn_extract<llvm::Constant>((*node)->getOperand(0))
          : nullptr;
  if (!constant)
    return op->emitError() << "expected a constant, found " << form;
  return constant;
}

void mlir::kcfi::eraseNodeLists(llvm::Module &module) {
  for (llvm::NamedMDNode &list :
       llvm::make_early_inc_range(module.named_metadata()))
    if (list.getName() == kNodeList ||
        list.getName().starts_with(kDistinctNode))
      list.eraseFromParent();
}
