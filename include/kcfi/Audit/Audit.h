//===- Audit.h - What will trap, and why -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds, without running it, where a program would trap or is not protected.
// docs/Audit.md describes the kinds and how findings are ranked.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_AUDIT_AUDIT_H
#define KCFI_AUDIT_AUDIT_H

#include "kcfi/Program/Program.h"

namespace mlir::kcfi {

/// In the order of their rank.
enum class FindingKind : uint8_t {
#define FINDING(kind, name, severity, text) kind,
#include "kcfi/Audit/FindingKinds.def"
};

enum class Severity : uint8_t {
  /// Traps, or lets a wrong call through, when the code runs.
  Error,
  /// Does so if the program makes a call that is not in sight.
  Warning,
  /// May be as intended; listed on demand.
  Note,
};

StringRef getFindingName(FindingKind kind);
Severity getSeverity(FindingKind kind);
StringRef getSeverityName(Severity severity);

struct Finding {
  FindingKind kind;
  /// What is wrong, in one line.
  std::string message;
  /// `file:line:column` of it, or the unit.
  std::string place;
  /// The function (or other symbol) in question.
  std::string symbol;
  std::optional<uint32_t> functionId, callId;
  /// Further lines: a word and what it says.
  std::vector<std::pair<StringRef, std::string>> details;
  /// Number of reasons why it may be none. Those with fewer come first,
  /// whatever their kinds are.
  unsigned doubts = 0;
  /// Findings of one kind are sorted by it: the most certain first.
  std::pair<size_t, size_t> rank = {0, 0};
};

/// All findings, ranked.
std::vector<Finding> audit(const Program &program);

/// Prints findings for people; notes are only counted unless `all`.
void printTextFindings(ArrayRef<Finding> findings, bool all,
                       llvm::raw_ostream &os);

/// Prints all findings as one JSON object.
void printJSONFindings(ArrayRef<Finding> findings, llvm::raw_ostream &os);

/// A set of kinds.
using FindingKinds = std::set<FindingKind>;

/// Those that `--fail-on` means: names with commas, "all", "none".
llvm::Expected<FindingKinds> parseFindingKinds(StringRef text);

/// Kinds that are errors.
FindingKinds getDefaultFailures();

} // namespace mlir::kcfi

#endif // KCFI_AUDIT_AUDIT_H
