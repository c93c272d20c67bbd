//===- Import.h - Import of LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_TARGET_LLVMIR_IMPORT_H
#define KCFI_TARGET_LLVMIR_IMPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <memory>

namespace llvm {
class LLVMContext;
class MemoryBuffer;
class Module;
} // namespace llvm

namespace mlir {
class DialectRegistry;

namespace kcfi {

/// What MLIR's importer would drop without a word. With an option it is dropped
/// instead of being carried, with a warning.
enum class LossKind : uint8_t {
  /// Operand bundles other than "kcfi".
  Bundle,
  /// `prefix` data of a function.
  PrefixData,
  /// `prologue` data of a function.
  PrologueData,
  /// Metadata of a kind without an MLIR form on a function.
  FunctionMetadata,
  /// The same on a global variable.
  GlobalMetadata,
  /// Named metadata of the module.
  NamedMetadata,
};

/// The name of a kind on the command line, e.g. `prefix-data`.
StringRef getLossName(LossKind kind);

/// The kind of that name.
std::optional<LossKind> parseLossKind(StringRef name);

/// Which definitions stay LLVM IR, as bitcode in the MLIR module.
enum class CarryMode : uint8_t {
  /// None: what MLIR has no form for is an error.
  None,
  /// Those whose meaning a round trip would change.
  Needed,
  /// Also those that would lose what LLVM may drop by its rules (metadata of
  /// instructions, order of phi operands, hints in attributes), so that the
  /// same code comes out.
  Exact,
};

/// The mode of that name: `none`, `needed` or `exact`.
std::optional<CarryMode> parseCarryMode(StringRef name);

/// How much an import tells of what it carries.
enum class ImportRemarks : uint8_t {
  /// One remark a kind, with the number and the first place of each reason.
  Summary,
  /// One remark an instruction or definition.
  All,
};

struct ImportOptions {
  CarryMode carry = CarryMode::Needed;
  ImportRemarks remarks = ImportRemarks::Summary;
  /// Kinds that are dropped with a warning.
  SmallVector<LossKind> allowedLosses;
};

/// Imports an LLVM module with all of its KCFI facts:
///
/// * `!kcfi_type` of definitions and declarations and `"kcfi"` bundles of calls
///   and invokes become `kcfi.type_id`;
/// * the module flags `kcfi`, `kcfi-hash` and `cfi-normalize-integers` become
///   `kcfi.encoding`, `kcfi-offset` and `kcfi-arity` become `kcfi.codegen`;
/// * `__kcfi_typeid_<name>` symbols of declarations become
///   `kcfi.address_taken`.
///
/// The import is checked by translating its result back and comparing each
/// function and variable with the original. Definitions that MLIR cannot
/// import, or that would come back with another meaning, are carried: they stay
/// LLVM bitcode in a `kcfi.carried_bodies`, with a remark that says why.
///
/// The result is on level L4 without bundles: `kcfi-roundtrip-pipeline` makes
/// it ready for export again. Returns null after an error; anything that would
/// be lost is one, unless its kind is allowed.
OwningOpRef<ModuleOp> importModule(std::unique_ptr<llvm::Module> module,
                                   MLIRContext *context,
                                   const ImportOptions &options);

/// Reads and verifies LLVM IR, text or bitcode. Returns null after an error.
std::unique_ptr<llvm::Module> parseLLVMIR(const llvm::MemoryBuffer &buffer,
                                          llvm::LLVMContext &llvmContext,
                                          MLIRContext *context);

/// Fails with an error for a file without anything in it: such a file is an
/// output that was not written more often than a module. For tools that read
/// files.
LogicalResult refuseEmptyInput(const llvm::MemoryBuffer &buffer,
                               MLIRContext *context);

/// Registers the dialects that take part in the import, and in the translation
/// back that checks it.
void registerAllFromLLVMIR(DialectRegistry &registry);

/// Registers `--import-llvm-ir` (text and bitcode) and its options for
/// mlir-translate-like tools.
void registerFromLLVMIRTranslation();

/// What these options say on the command line of the tool.
ImportOptions getCommandLineImportOptions();

} // namespace kcfi

/// Registers how `!kcfi_type` and bundles become attributes.
void registerKCFIDialectImport(DialectRegistry &registry);

} // namespace mlir

#endif // KCFI_TARGET_LLVMIR_IMPORT_H
