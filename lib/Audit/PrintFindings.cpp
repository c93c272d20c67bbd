//===- PrintFindings.cpp - Findings as text and JSON ----------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Audit/Audit.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

using namespace mlir;
using namespace mlir::kcfi;

static std::map<FindingKind, size_t> count(ArrayRef<Finding> findings) {
  std::map<FindingKind, size_t> counts;
  for (const Finding &finding : findings)
    ++counts[finding.kind];
  return counts;
}

void mlir::kcfi::printTextFindings(ArrayRef<Finding> findings, bool all,
                                   llvm::raw_ostream &os) {
  bool hasHidden = false;
  for (const Finding &finding : findings) {
    Severity severity = getSeverity(finding.kind);
    if (severity == Severity::Note && !all) {
      hasHidden = true;
      continue;
    }
    if (!finding.place.empty())
      os << finding.place << ": ";
    os << getSeverityName(severity) << ": " << finding.message << " ["
       << getFindingName(finding.kind) << "]\n";
    for (const auto &[word, text] : finding.details)
      os << "  " << word << ": " << text << "\n";
  }
  os << "findings: " << findings.size() << "\n";
  for (auto [kind, number] : count(findings))
    os << "  " << getFindingName(kind) << " ("
       << getSeverityName(getSeverity(kind)) << "): " << number << "\n";
  if (hasHidden)
    os << "notes are counted only; --all lists them\n";
}

void mlir::kcfi::printJSONFindings(ArrayRef<Finding> findings,
                                   llvm::raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  auto text = [](StringRef value) { return llvm::json::fixUTF8(value); };
  json.object([&] {
    json.attribute("format", "kcfi-audit 1");
    json.attributeObject("counts", [&] {
      for (auto [kind, number] : count(findings))
        json.attribute(getFindingName(kind), static_cast<int64_t>(number));
    });
    json.attributeArray("findings", [&] {
      for (const Finding &finding : findings)
        json.object([&] {
          json.attribute("kind", getFindingName(finding.kind));
          json.attribute("severity",
                         getSeverityName(getSeverity(finding.kind)));
          json.attribute("message", text(finding.message));
          json.attribute("place", text(finding.place));
          if (!finding.symbol.empty())
            json.attribute("symbol", text(finding.symbol));
          if (finding.functionId)
            json.attribute("function_id",
                           static_cast<int64_t>(*finding.functionId));
          if (finding.callId)
            json.attribute("call_id", static_cast<int64_t>(*finding.callId));
          json.attributeArray("details", [&] {
            for (const auto &[word, line] : finding.details)
              json.object([&, word = word, &line = line] {
                json.attribute("about", word);
                json.attribute("text", text(line));
              });
          });
        });
    });
  });
  os << "\n";
}
