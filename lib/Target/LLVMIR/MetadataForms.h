//===- MetadataForms.h - LLVM metadata as attributes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Metadata that MLIR has no form for is written as a tree of attributes:
//
//   !"text"            "text"
//   i32 7              7 : i32
//   ptr @f             @f
//   null               unit
//   !{...}             [...]
//   distinct !{...}    {distinct = 0 : index, operands = [...]}
//
// The number tells a distinct node from others with the same operands. With
// `self` its first operand, which is not written, is the node itself. What is
// no such tree (other cycles, large nodes, debug info) stands in a list of
// nodes in the bitcode that is carried. The tree has its number there: `3 :
// index`.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_METADATAFORMS_H
#define KCFI_LIB_TARGET_LLVMIR_METADATAFORMS_H

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/DenseMap.h"

namespace llvm {
class Constant;
class MDNode;
class Metadata;
class Module;
} // namespace llvm

namespace mlir {
class Operation;

namespace kcfi {

/// The named metadata of a carried module that lists the nodes.
inline constexpr llvm::StringLiteral kNodeList = "kcfi.nodes";

/// Named metadata with this prefix and a number holds a distinct node while a
/// module is translated.
inline constexpr llvm::StringLiteral kDistinctNode = "kcfi.distinct.";

/// Writes metadata as attributes and collects the nodes for the list.
class MetadataWriter {
public:
  explicit MetadataWriter(MLIRContext *context) : context(context) {}

  Attribute write(const llvm::MDNode &node);
  /// A constant of any kind, which gets a node of its own.
  Attribute write(llvm::Constant &constant);
  ArrayRef<llvm::MDNode *> getNodes() const { return nodes; }

private:
  Attribute writeTree(const llvm::Metadata *metadata, unsigned depth);
  Attribute writeOperands(const llvm::MDNode &node, unsigned first,
                          unsigned depth);
  Attribute writeDistinct(const llvm::MDNode &node, unsigned depth);
  Attribute getNumber(const llvm::MDNode &node);

  MLIRContext *context;
  SmallVector<llvm::MDNode *> nodes;
  unsigned distinctNodes = 0;
  llvm::DenseMap<const llvm::MDNode *, Attribute> known;
};

/// Reads an attribute that `MetadataWriter` made of a node. `module` has the
/// list of nodes and the symbols. Fails with an error at `op` if the attribute
/// is no node, or names something that is not there.
FailureOr<llvm::MDNode *> readNode(Operation *op, Attribute form,
                                   llvm::Module &module);
/// The same for an attribute that was made of a constant.
FailureOr<llvm::Constant *> readConstant(Operation *op, Attribute form,
                                         llvm::Module &module);
/// Returns true, with a remark, if the attribute names a symbol that a pass
/// took away.
bool dropIfGone(Operation *op, StringRef kind, Attribute form,
                llvm::Module &module);
/// Takes what the functions above need out of a module.
void eraseNodeLists(llvm::Module &module);

} // namespace kcfi
} // namespace mlir

#endif // KCFI_LIB_TARGET_LLVMIR_METADATAFORMS_H
