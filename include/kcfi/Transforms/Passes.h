//===- Passes.h - Passes on the kcfi dialect -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_TRANSFORMS_PASSES_H
#define KCFI_TRANSFORMS_PASSES_H

#include "kcfi/Analysis/World.h"
#include "kcfi/Encoding/Rust/Equivalence.h"
#include "kcfi/IR/KCFIDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "llvm/Support/CommandLine.h"

namespace mlir::kcfi {

/// Which views get an extra entry; docs/Entries.md compares them.
enum class EntryPolicy : uint8_t {
  /// Each slot of a vtable.
  AllVirtual,
  /// Slots whose type differs from the function's.
  VTableSubset,
  /// Each fn pointer to a method that may be in a vtable, as rustc does it.
  Reify,
  /// As few as possible.
  Minimal,
  /// None: an error where one is needed.
  None
};

/// The policies as values of an option.
inline llvm::cl::ValuesClass getEntryPolicyValues() {
  return llvm::cl::values(
      clEnumValN(EntryPolicy::AllVirtual, "all-virtual",
                 "each slot of a vtable has an entry"),
      clEnumValN(EntryPolicy::VTableSubset, "vtable-subset",
                 "each slot whose type is not the function's has one"),
      clEnumValN(EntryPolicy::Reify, "reify",
                 "each fn pointer to a method of a dyn-compatible trait has "
                 "one, as in rustc"),
      clEnumValN(EntryPolicy::Minimal, "minimal", "as few as possible"),
      clEnumValN(EntryPolicy::None, "none",
                 "none; an error where one is needed"));
}

/// The forms of entries as values of an option.
inline llvm::cl::ValuesClass getEntryFormValues() {
  return llvm::cl::values(
      clEnumValN(EntryForm::Auto, "auto", "the best that is possible"),
      clEnumValN(EntryForm::Jump, "jump", "a function that jumps"),
      clEnumValN(EntryForm::Clone, "clone", "a copy"),
      clEnumValN(EntryForm::Fallthrough, "fallthrough",
                 "an id in front of the function's own"),
      clEnumValN(EntryForm::Adjacent, "adjacent",
                 "an id and a branch in front of the function's id"));
}

/// What code outside of a module relies on, as values of an option.
inline llvm::cl::ValuesClass getWorldValues() {
  return llvm::cl::values(
      clEnumValN(World::Symbols, "symbols",
                 "the ids of functions whose symbol it can see"),
      clEnumValN(World::Open, "open",
                 "all ids: each must follow from its function alone"),
      clEnumValN(World::Closed, "closed",
                 "none: the module is the whole program"));
}

/// The presets as values of an option.
inline llvm::cl::ValuesClass getEquivalencePresetValues() {
  return llvm::cl::values(
      clEnumValN(EquivalencePreset::None, "none", "no two types are equal"),
      clEnumValN(EquivalencePreset::Rustc195, "rustc-1.95",
                 "those of rustc 1.95"),
      clEnumValN(EquivalencePreset::Rustc197, "rustc-1.97",
                 "those of rustc 1.97, which are the same"),
      clEnumValN(EquivalencePreset::Clang, "clang",
                 "what a declaration in C can say"),
      clEnumValN(EquivalencePreset::RustcFixed, "rustc-fixed",
                 "rustc's, and what valid programs need that trap under it"),
      clEnumValN(EquivalencePreset::Unified, "unified",
                 "fn pointers, fn items, closures and Fn objects are one "
                 "class"));
}

#define GEN_PASS_DECL
#include "kcfi/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "kcfi/Transforms/Passes.h.inc"

} // namespace mlir::kcfi

#endif // KCFI_TRANSFORMS_PASSES_H
