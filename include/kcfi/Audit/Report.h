//===- Report.h - Reports and explanations -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_AUDIT_REPORT_H
#define KCFI_AUDIT_REPORT_H

#include "kcfi/Analysis/Coalescing.h"
#include "kcfi/Audit/EntryReport.h"
#include "kcfi/Program/Program.h"

namespace mlir::kcfi {

/// Lets through a number of lines and says how many more there were.
class LineLimit {
public:
  LineLimit(llvm::raw_ostream &os, size_t limit, StringRef indent = "")
      : os(os), limit(limit), indent(indent) {}
  ~LineLimit() {
    if (count > limit)
      os << indent << "... and " << count - limit << " more\n";
  }
  bool take() { return count++ < limit; }

private:
  llvm::raw_ostream &os;
  size_t limit, count = 0;
  StringRef indent;
};

/// Prints the inventory for people: numbers, classes from the largest, what is
/// not protected, and what extra entries do to classes. Lists end after `limit`
/// lines with the number of those left out.
void printTextReport(const Program &program, llvm::raw_ostream &os,
                     size_t limit = SIZE_MAX);

/// Prints the inventory as one JSON object (docs/Report.md).
void printJSONReport(const Program &program, llvm::raw_ostream &os);

/// All that is reported of one module: the inventory, and what only the module
/// tells of equivalences and extra entries. Refers to the module.
struct ModuleReport {
  Program program;
  std::optional<EquivalenceReport> equivalences;
  std::optional<EntryReport> entries;

  /// Fails, with an error, where references cannot be enumerated.
  static FailureOr<ModuleReport> compute(ModuleOp module);

  void printText(llvm::raw_ostream &os) const;
  void printJSON(llvm::raw_ostream &os) const;
};

/// What a program says about an id. Refers to the program.
struct Explanation {
  struct Function {
    StringRef name;
    bool isDefined;
    StringRef location, unit;
  };
  /// As a person reads it.
  std::string type;
  std::set<StringRef> strings;
  SmallVector<Function> functions;
  SmallVector<const Site *> sites;
};

/// Nothing if neither a function nor a call has the id.
std::optional<Explanation> explainId(const Program &program, uint32_t id);

/// Explains an id: string, readable type, functions and call sites. Returns
/// false (and says so) if the program does not have the id.
bool explainId(const Program &program, uint32_t id, llvm::raw_ostream &os);

/// Explains an id by a list of type-id strings, hashed with `hash`. Returns
/// false if none of them has the id.
bool explainId(ArrayRef<std::string> strings, HashKind hash, uint32_t id,
               llvm::raw_ostream &os);

/// An id in any of the ways in which tools print them: hexadecimal with 0x,
/// decimal, or negative.
std::optional<uint32_t> parseTypeId(StringRef text);

} // namespace mlir::kcfi

#endif // KCFI_AUDIT_REPORT_H
