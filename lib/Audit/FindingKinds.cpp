//===- FindingKinds.cpp - The kinds of findings ---------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Audit/Audit.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {
/// A row of the table of kinds.
struct FindingRow {
  FindingKind kind;
  StringRef name;
  Severity severity;
};
} // namespace

static constexpr FindingRow kFindingRows[] = {
#define FINDING(kind, name, severity, text)                                    \
  {FindingKind::kind, name, Severity::severity},
#include "kcfi/Audit/FindingKinds.def"
};

static const FindingRow &getRow(FindingKind kind) {
  return kFindingRows[static_cast<unsigned>(kind)];
}

StringRef mlir::kcfi::getFindingName(FindingKind kind) {
  return getRow(kind).name;
}

Severity mlir::kcfi::getSeverity(FindingKind kind) {
  return getRow(kind).severity;
}

StringRef mlir::kcfi::getSeverityName(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Note:
    return "note";
  }
  llvm_unreachable("unknown severity");
}

FindingKinds mlir::kcfi::getDefaultFailures() {
  FindingKinds kinds;
  for (const FindingRow &row : kFindingRows)
    if (row.severity == Severity::Error)
      kinds.insert(row.kind);
  return kinds;
}

llvm::Expected<FindingKinds> mlir::kcfi::parseFindingKinds(StringRef text) {
  FindingKinds kinds;
  if (text == "none")
    return kinds;
  for (StringRef name : llvm::split(text, ',')) {
    bool isKnown = false;
    for (const FindingRow &row : kFindingRows)
      if (name == "all" || name == row.name) {
        kinds.insert(row.kind);
        isKnown = true;
      }
    if (!isKnown)
      return llvm::createStringError(
          Twine("unknown kind of finding '") + name + "', expected " +
          llvm::join(
              llvm::map_range(kFindingRows,
                              [](const FindingRow &row) { return row.name; }),
              ", ") +
          ", all or none");
  }
  return kinds;
}
