//===- FindingList.h - What the parts of the audit share --------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_AUDIT_FINDINGLIST_H
#define KCFI_LIB_AUDIT_FINDINGLIST_H

#include "kcfi/Audit/Audit.h"

namespace mlir::kcfi {

/// Collects findings, and says in words what they are about.
class FindingList {
public:
  explicit FindingList(const Program &program) : program(program) {}

  const Program &getProgram() const { return program; }

  /// The reference is valid until the next finding is added.
  Finding &add(FindingKind kind, std::string message, StringRef place,
               const Symbol *symbol = nullptr);

  StringRef getPlace(const Symbol &symbol) const;
  StringRef getPlace(const Site &site) const;
  std::string describeFunction(const Symbol &symbol) const;
  std::string describeCall(const Site &site) const;

  /// All findings, ranked.
  std::vector<Finding> take() &&;

private:
  const Program &program;
  std::vector<Finding> findings;
};

/// Adds what is wrong with the options and targets of units.
void addUnitFindings(FindingList &findings);
/// Adds what is wrong with the ids of functions and calls, whatever comes to
/// the calls.
void addTypeFindings(FindingList &findings);
/// Adds what is wrong with functions that come to calls, or whose addresses are
/// taken.
void addFlowFindings(FindingList &findings);
/// Adds what merging functions did to ids, or would do.
void addMergedFindings(FindingList &findings);

} // namespace mlir::kcfi

#endif // KCFI_LIB_AUDIT_FINDINGLIST_H
