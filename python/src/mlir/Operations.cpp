//===- Operations.cpp - Lifetimes of operations and blocks -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

using namespace mlir::python;

//===----------------------------------------------------------------------===//
// Uses that would dangle
//===----------------------------------------------------------------------===//

static bool isUsedOutside(MlirValue value, MlirOperation root) {
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
    if (!isInside(mlirOpOperandGetOwner(use), root))
      return true;
  return false;
}

/// True if something outside of `root` uses a value that is defined by `op` or
/// in it. Such IR does not verify, but can be made.
static bool hasUsesOutside(MlirOperation op, MlirOperation root,
                           bool resultsToo = true) {
  if (resultsToo)
    for (intptr_t i = 0, e = mlirOperationGetNumResults(op); i < e; ++i)
      if (isUsedOutside(mlirOperationGetResult(op, i), root))
        return true;
  for (intptr_t i = 0, e = mlirOperationGetNumRegions(op); i < e; ++i) {
    MlirRegion region = mlirOperationGetRegion(op, i);
    for (MlirBlock block = mlirRegionGetFirstBlock(region); block.ptr;
         block = mlirBlockGetNextInRegion(block)) {
      for (intptr_t j = 0, f = mlirBlockGetNumArguments(block); j < f; ++j)
        if (isUsedOutside(mlirBlockGetArgument(block, j), root))
          return true;
      for (MlirOperation nested = mlirBlockGetFirstOperation(block); nested.ptr;
           nested = mlirOperationGetNextInBlock(nested))
        if (hasUsesOutside(nested, root))
          return true;
    }
  }
  return false;
}

void mlir::python::checkUnused(MlirOperation op, bool resultsToo) {
  if (hasUsesOutside(op, op, resultsToo))
    throw std::runtime_error("the operation, or one in it, has uses elsewhere");
}

//===----------------------------------------------------------------------===//
// Operation
//===----------------------------------------------------------------------===//

static void checkUnlocked(const Context &context) {
  if (context.locked)
    throw std::runtime_error("a handler of diagnostics or remarks cannot look "
                             "at operations: they may be about to change");
}

OperationPtr Operation::get(const ContextPtr &context, MlirOperation op) {
  auto it = context->operations.find(op.ptr);
  if (it != context->operations.end())
    return it->second->shared_from_this();
  MlirOperation top = getRoot(op);
  auto rootIt = context->operations.find(top.ptr);
  auto result =
      std::shared_ptr<Operation>(new Operation(context, op, /*owned=*/false));
  // A root without an object belongs to code that has called back.
  if (rootIt != context->operations.end())
    result->root = rootIt->second->shared_from_this();
  context->operations.emplace(op.ptr, result.get());
  return result;
}

OperationPtr Operation::own(const ContextPtr &context, MlirOperation op) {
  auto result =
      std::shared_ptr<Operation>(new Operation(context, op, /*owned=*/true));
  context->operations.emplace(op.ptr, result.get());
  return result;
}

Operation::~Operation() {
  if (!valid)
    return;
  context->operations.erase(op.ptr);
  if (!owned)
    return;
  context->invalidate(op, /*inclusive=*/false);
  // What others still use must stay; such IR is wrong anyway.
  if (!hasUsesOutside(op, op))
    mlirOperationDestroy(op);
}

MlirOperation Operation::raw() const {
  if (!valid)
    throw ObjectInvalid("the operation has been erased, or a pass or a rewrite "
                        "may have changed it since this object was made");
  checkUnlocked(*context);
  return op;
}

void Operation::erase() {
  MlirOperation target = raw();
  context->checkMayRemove(target);
  checkUnused(target);
  context->invalidate(target, /*inclusive=*/true);
  mlirOperationDestroy(target);
}

/// Branches refer to blocks, which must not go before them.
static void checkHasNoSuccessors(MlirOperation op) {
  if (mlirOperationGetNumSuccessors(op) > 0)
    throw nb::value_error(
        "an operation with successors must stay in the region of these");
}

void Operation::detach() {
  MlirOperation target = raw();
  if (owned || !mlirOperationGetBlock(target).ptr)
    throw nb::value_error("the operation has no parent");
  context->checkMayRemove(target);
  checkHasNoSuccessors(target);
  mlirOperationRemoveFromParent(target);
  owned = true;
  root = nullptr;
}

void Operation::checkDestination(MlirOperation op, MlirBlock block) {
  if (isInside(mlirBlockGetParentOperation(block), op))
    throw nb::value_error("an operation cannot be put into itself");
  MlirRegion region = mlirBlockGetParentRegion(block);
  for (intptr_t i = 0, e = mlirOperationGetNumSuccessors(op); i < e; ++i)
    if (!mlirRegionEqual(
            mlirBlockGetParentRegion(mlirOperationGetSuccessor(op, i)), region))
      checkHasNoSuccessors(op);
}

void Operation::insertInto(const BlockPtr &block, MlirOperation before) {
  MlirOperation target = raw();
  MlirBlock destination = block->raw();
  checkContext(block->context, context, "the operation");
  if (!owned)
    throw nb::value_error("the operation is attached already");
  // The root of what is being processed cannot become part of something else.
  context->checkMayRemove(target);
  checkDestination(target, destination);
  if (before.ptr)
    mlirBlockInsertOwnedOperationBefore(destination, before, target);
  else
    mlirBlockAppendOwnedOperation(destination, target);
  owned = false;
  root = Operation::get(context,
                        getRoot(mlirBlockGetParentOperation(destination)));
}

void Operation::moveNextTo(Operation &other, bool after) {
  MlirOperation target = raw();
  MlirOperation reference = other.raw();
  checkContext(context, other.context, "the other operation");
  MlirBlock destination = mlirOperationGetBlock(reference);
  if (owned || !mlirOperationGetBlock(target).ptr || !destination.ptr)
    throw nb::value_error("both operations must be in blocks");
  if (target.ptr == reference.ptr)
    throw nb::value_error("an operation cannot be moved next to itself");
  context->checkMayRemove(target);
  checkDestination(target, destination);
  if (after)
    mlirOperationMoveAfter(target, reference);
  else
    mlirOperationMoveBefore(target, reference);
  root = Operation::get(context, getRoot(target));
}

//===----------------------------------------------------------------------===//
// Block
//===----------------------------------------------------------------------===//

BlockPtr Block::get(const ContextPtr &context, MlirBlock block) {
  auto it = context->blocks.find(block.ptr);
  if (it != context->blocks.end())
    return it->second->shared_from_this();
  OperationPtr root =
      Operation::get(context, getRoot(mlirBlockGetParentOperation(block)));
  auto result =
      std::shared_ptr<Block>(new Block(context, block, std::move(root)));
  context->blocks.emplace(block.ptr, result.get());
  return result;
}

Block::~Block() {
  if (valid)
    context->blocks.erase(block.ptr);
}

MlirBlock Block::raw() const {
  if (!valid)
    throw ObjectInvalid("the block has been erased, or a pass or a rewrite may "
                        "have changed it since this object was made");
  checkUnlocked(*context);
  return block;
}

//===----------------------------------------------------------------------===//
// Values and insertion points
//===----------------------------------------------------------------------===//

MlirValue Value::raw() const {
  if (operation) {
    operation->raw();
    return value;
  }
  // Arguments can be erased while their block stays.
  MlirBlock owner = block->raw();
  for (intptr_t i = 0, e = mlirBlockGetNumArguments(owner); i < e; ++i)
    if (mlirValueEqual(mlirBlockGetArgument(owner, i), value))
      return value;
  throw ObjectInvalid("the argument has been erased");
}

nb::object mlir::python::wrap(const ContextPtr &context, MlirValue value) {
  if (mlirValueIsABlockArgument(value)) {
    BlockArgument result;
    result.block = Block::get(context, mlirBlockArgumentGetOwner(value));
    result.value = value;
    return nb::cast(std::move(result));
  }
  OpResult result;
  result.operation = Operation::get(context, mlirOpResultGetOwner(value));
  result.value = value;
  return nb::cast(std::move(result));
}

OperationPtr mlir::python::toOperation(nb::handle object) {
  Operation *operation;
  if (nb::try_cast(object, operation) && operation)
    return operation->shared_from_this();
  OpView *view;
  if (nb::try_cast(object, view) && view) {
    if (!view->operation)
      throw nb::type_error("the operation was never made: its class did not "
                           "call OpView.__init__");
    return view->operation;
  }
  Module *module;
  if (nb::try_cast(object, module) && module)
    return module->operation;
  throw nb::type_error("an Operation, OpView or Module is needed");
}

Value mlir::python::toValue(nb::handle object) {
  Value *value;
  if (nb::try_cast(object, value) && value)
    return *value;
  OperationPtr operation;
  try {
    operation = toOperation(object);
  } catch (const nb::builtin_exception &) {
    throw nb::type_error("a Value, or an operation with one result, is needed");
  }
  if (mlirOperationGetNumResults(operation->raw()) != 1)
    throw nb::value_error("an operation that stands for a value must have one "
                          "result");
  Value result;
  result.operation = operation;
  result.value = mlirOperationGetResult(operation->raw(), 0);
  return result;
}

void InsertionPoint::insert(Operation &operation) const {
  MlirOperation reference = {nullptr};
  MlirBlock destination = block->raw();
  if (before) {
    reference = before->raw();
    if (!mlirBlockEqual(mlirOperationGetBlock(reference), destination))
      throw ObjectInvalid("the operation of the insertion point has moved");
  }
  operation.insertInto(block, reference);
}
