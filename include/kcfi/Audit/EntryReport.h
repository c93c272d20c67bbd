//===- EntryReport.h - What extra entries do to classes ---------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The classes of a program with and without its extra entries, and the entries
// of a module that add a function to a class in which nothing needs it.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_AUDIT_ENTRYREPORT_H
#define KCFI_AUDIT_ENTRYREPORT_H

#include "kcfi/IR/KCFIOps.h"
#include "kcfi/Program/Program.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/JSON.h"

#include <optional>

namespace mlir::kcfi {

struct EntryReport {
  /// Functions in the classes that have any.
  struct Sizes {
    unsigned classes = 0;
    unsigned largest = 0;
    double mean = 0;
  };
  /// A class with an extra entry.
  struct ClassEntries {
    uint32_t id;
    std::string type;
    /// Functions with this id in front of them.
    unsigned before = 0;
    /// Functions that a checked call of the class can reach.
    unsigned after = 0;
    unsigned entries = 0;
  };
  struct Entry {
    std::string name, function;
    /// That alone sees the entry; empty in the report of a module.
    std::string unit;
    bool isVisible = false;
    bool isAddressTaken = false;
    /// Nothing if it cannot be computed.
    std::optional<uint32_t> id;
    /// Empty if it is not known.
    std::string type;
    std::string location;
    /// Null in the report of a program.
    EntryOp op;
    /// The entry puts the function into a class in which neither the function's
    /// own id nor a view in the module needs it. Nothing if the views are not
    /// known.
    std::optional<bool> widens;
  };

  SmallVector<Entry> entries;
  Sizes before, after;
  /// By size, the largest first.
  std::vector<ClassEntries> classes;
  /// Why it is not known which entries widen their class; empty if it is.
  std::string problem;

  /// Nothing for a program without extra entries. Records do not tell which
  /// types views have, so they do not tell which entries widen a class either.
  static std::optional<EntryReport> compute(const Program &program);
  /// The same for a module, of which `program` is the inventory, with what only
  /// the module tells. Fails, with an error, where references cannot be
  /// enumerated.
  static FailureOr<std::optional<EntryReport>> compute(ModuleOp module,
                                                       const Program &program);

  /// Lists end after `limit` lines with the number of those left out.
  void printText(llvm::raw_ostream &os, size_t limit = SIZE_MAX) const;
  llvm::json::Value toJSON() const;
};

} // namespace mlir::kcfi

#endif // KCFI_AUDIT_ENTRYREPORT_H
