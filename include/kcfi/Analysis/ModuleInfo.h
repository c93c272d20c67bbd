//===- ModuleInfo.h - What a module contains -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The inventory of a module as data: functions, indirect calls and classes.
// Read by reports, explanations and verifiers; works on every level.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ANALYSIS_MODULEINFO_H
#define KCFI_ANALYSIS_MODULEINFO_H

#include "kcfi/Analysis/CheckState.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/IR/KCFIInterfaces.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/KCFITypes.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSet.h"

#include <map>
#include <memory>

namespace mlir::kcfi {

/// The linkage that the function has, or will have in the LLVM dialect.
LLVM::Linkage getLinkage(FunctionOpInterface function);

/// True if a symbol with this linkage is visible in its module only.
bool isLocal(LLVM::Linkage linkage);

/// True if the linker may take the definition of another object instead.
bool isWeak(LLVM::Linkage linkage);

/// True if the function is visible in this module only.
bool hasLocalLinkage(FunctionOpInterface function);

/// Calls `callback` with each reference to a symbol in `module` other than by a
/// direct call. A reference by an operation that this project does not know
/// counts: its address may escape; those of carried bodies are not visited.
/// Fails (with an error at the operation) where references cannot be
/// enumerated.
LogicalResult forEachAddressUse(
    ModuleOp module,
    llvm::function_ref<void(const SymbolTable::SymbolUse &)> callback);

/// Names of the symbols of these references.
FailureOr<llvm::StringSet<>> findAddressTaken(ModuleOp module);

/// True if `function` can be the target of an indirect call: all but local
/// definitions whose address is not taken. Those that cannot need no id, and
/// get none from clang either.
bool canBeCalledIndirectly(FunctionOpInterface function,
                           const llvm::StringSet<> &addressTaken);

/// True if there is something that gets an id from a signature: other modules
/// need no target.
bool hasSignatures(ModuleOp module);

/// The definitions of Rust items (`kcfi.adt`) in a module. Fails, with an error
/// at the operation, if an item has two.
FailureOr<DefinitionTable> collectDefinitions(ModuleOp module);

/// The definitions that ids of the module depend on: none after
/// `kcfi-coalesce-types`, whose representatives are what they are.
FailureOr<DefinitionTable> collectPendingDefinitions(ModuleOp module);

/// The ids that signatures at `op` have: under the encoding in force there,
/// with the merged classes of its module. `definitions` are those of
/// `collectPendingDefinitions`.
TypeIdCache makeTypeIdCache(Operation *op, const TargetInfo &target,
                            DefinitionTable definitions);

/// What the id in front of a function with this signature is made of: its entry
/// signature if types were coalesced, else what its `kcfi.callable` makes.
CheckedCallee getOwnCallee(Operation *function, Type signature);

struct FunctionInfo {
  FunctionOpInterface op;
  Type signature; // null if not known
  TypeIdAttr id;  // null if it has none
  bool isDeclaration;
  bool isAddressTaken;
  /// Needs an id, see `canBeCalledIndirectly`.
  bool needsId;
};

/// An extra entry.
struct EntryInfo {
  EntryOp op;
  TypeIdAttr id; // null if it has none
  bool isAddressTaken;
};

struct CallInfo {
  Operation *op;
  FunctionOpInterface caller; // null outside of functions
  Type signature;             // null if not known
  TypeIdAttr id;              // null if unchecked
  CheckState state;
};

/// All that share one id.
struct ClassInfo {
  /// The string, or null for ids of which only the number is known.
  StringAttr string;
  /// Signatures in the order of appearance; more than one where options make
  /// different types equal.
  llvm::SmallSetVector<Type, 1> signatures;
  SmallVector<unsigned> functions; // indices into ModuleInfo::functions
  SmallVector<unsigned> entries;   // indices into ModuleInfo::entries
  SmallVector<unsigned> calls;     // indices into ModuleInfo::calls
};

/// The inventory. `collect` computes missing ids from signatures where the
/// target allows it, so that it works on every level; an id that stands in the
/// module wins.
struct ModuleInfo {
  static FailureOr<ModuleInfo> collect(ModuleOp module);

  ModuleOp module;
  /// Null where the module has no usable target.
  std::unique_ptr<TargetInfo> target;
  SmallVector<FunctionInfo> functions;
  SmallVector<EntryInfo> entries;
  /// Indirect calls only.
  SmallVector<CallInfo> calls;
  /// By id, in the order of ids.
  std::map<uint32_t, ClassInfo> classes;
  /// Signatures that could not be encoded, with the reason.
  SmallVector<std::pair<Operation *, std::string>> problems;
};

/// The type behind an id as a person reads it: the C spelling of its
/// signatures, or what the demangler makes of its string.
std::string getReadableClass(const ClassInfo &info);

/// `file:line:column` of an operation, or empty.
std::string getFileLocation(Operation *op);

} // namespace mlir::kcfi

#endif // KCFI_ANALYSIS_MODULEINFO_H
