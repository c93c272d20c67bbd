//===- Report.cpp - Reports and explanations -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/Report.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

/// Numbers that both forms of the report print.
struct Totals {
  unsigned definitions = 0, declarations = 0;
  unsigned withId = 0, withIdDefined = 0;
  unsigned addressTakenWithoutId = 0;
  unsigned bundle = 0, expanded = 0, pending = 0, unchecked = 0;
  unsigned largestClass = 0;
  uint64_t classMembers = 0;
  unsigned classesWithMembers = 0;
  unsigned callsWithoutTarget = 0;
  uint64_t prefixBytes = 0, checkBytes = 0;

  unsigned checked() const { return bundle + expanded + pending; }
  double meanClass() const {
    return classesWithMembers ? double(classMembers) / classesWithMembers : 0;
  }
};

} // namespace

static Totals count(const ModuleInfo &info) {
  Totals totals;
  for (const FunctionInfo &function : info.functions) {
    ++(function.isDeclaration ? totals.declarations : totals.definitions);
    if (function.id) {
      ++totals.withId;
      totals.withIdDefined += !function.isDeclaration;
    } else if (function.isAddressTaken) {
      ++totals.addressTakenWithoutId;
    }
  }
  for (const CallInfo &call : info.calls)
    switch (call.state) {
    case CheckState::Unchecked:
      ++totals.unchecked;
      break;
    case CheckState::Pending:
      ++totals.pending;
      break;
    case CheckState::Bundle:
      ++totals.bundle;
      break;
    case CheckState::Expanded:
      ++totals.expanded;
      break;
    }
  for (const auto &[id, entry] : info.classes) {
    unsigned size = entry.functions.size();
    totals.largestClass = std::max(totals.largestClass, size);
    totals.classMembers += size;
    totals.classesWithMembers += size != 0;
    if (size == 0)
      totals.callsWithoutTarget += entry.calls.size();
  }
  if (info.target) {
    CodeSizes sizes = info.target->getCodeSizes();
    totals.prefixBytes = uint64_t(totals.withIdDefined) * sizes.prefixBytes;
    totals.checkBytes = uint64_t(totals.checked()) * sizes.checkBytes;
  }
  return totals;
}

static StringRef getName(FunctionOpInterface function) {
  return SymbolTable::getSymbolName(function).getValue();
}

StringRef mlir::kcfi::getStateName(CheckState state) {
  switch (state) {
  case CheckState::Unchecked:
    return "unchecked";
  case CheckState::Pending:
    return "checked";
  case CheckState::Bundle:
    return "bundle";
  case CheckState::Expanded:
    return "expanded";
  }
  llvm_unreachable("unknown state");
}

static std::string getLocation(Operation *op) {
  std::string text;
  llvm::raw_string_ostream os(text);
  // `file:line:column` where it is known, without the decoration of the IR.
  LocationAttr loc = op->getLoc();
  if (auto file = loc.findInstanceOf<FileLineColLoc>())
    os << file.getFilename().getValue() << ":" << file.getLine() << ":"
       << file.getColumn();
  else
    os << loc;
  return text;
}

static StringRef getTriple(const ModuleInfo &info) {
  StringRef triple = getTargetTriple(info.module);
  return triple.empty() ? "none" : triple;
}

void mlir::kcfi::printTextReport(const ModuleInfo &info,
                                 llvm::raw_ostream &os) {
  Totals totals = count(info);
  os << "target: " << getTriple(info) << "\n";
  os << "encoding: " << getEncoding(info.module) << "\n";
  os << "functions: " << totals.definitions << " defined, "
     << totals.declarations << " declared, " << totals.withId
     << " with a type id, " << totals.addressTakenWithoutId
     << " address-taken without one\n";
  os << "indirect calls: " << totals.checked() << " checked (" << totals.bundle
     << " by bundle, " << totals.expanded << " expanded, " << totals.pending
     << " not lowered yet), " << totals.unchecked << " unchecked, "
     << totals.callsWithoutTarget << " without a function of their class\n";
  os << "classes: " << info.classes.size() << ", largest "
     << totals.largestClass << ", mean "
     << llvm::formatv("{0:f1}", totals.meanClass()) << "\n";
  if (info.target)
    os << "bytes on " << info.target->getName() << ": " << totals.prefixBytes
       << " in prefixes, " << totals.checkBytes << " in checks\n";
  for (const auto &[id, entry] : info.classes) {
    os << "class " << formatTypeId(id) << ": " << entry.functions.size()
       << " function(s), " << entry.calls.size()
       << " call(s): " << getReadableClass(entry);
    if (entry.string)
      os << " [" << entry.string.getValue() << "]";
    os << "\n";
    for (unsigned index : entry.functions) {
      const FunctionInfo &function = info.functions[index];
      os << "  function @" << getName(function.op)
         << (function.isDeclaration ? " declared" : "")
         << (function.isAddressTaken ? " address-taken" : "") << "\n";
    }
    for (unsigned index : entry.calls) {
      const CallInfo &call = info.calls[index];
      os << "  call";
      if (call.caller)
        os << " in @" << getName(call.caller);
      os << " (" << getStateName(call.state) << ") at " << getLocation(call.op)
         << "\n";
    }
  }
  for (const CallInfo &call : info.calls) {
    if (call.state != CheckState::Unchecked)
      continue;
    os << "unchecked call";
    if (call.caller)
      os << " in @" << getName(call.caller);
    os << " at " << getLocation(call.op) << "\n";
  }
  for (const FunctionInfo &function : info.functions)
    if (function.isAddressTaken && !function.id)
      os << "no type id: @" << getName(function.op)
         << " (address-taken; a checked call of it traps)\n";
  for (const auto &[op, reason] : info.problems)
    os << "not encoded: " << reason << " at " << getLocation(op) << "\n";
}

void mlir::kcfi::printJSONReport(const ModuleInfo &info,
                                 llvm::raw_ostream &os) {
  Totals totals = count(info);
  EncodingAttr encoding = getEncoding(info.module);
  llvm::json::OStream json(os, /*IndentSize=*/2);
  // Names and strings may be any bytes; JSON is UTF-8.
  auto text = [](StringRef value) { return llvm::json::fixUTF8(value); };
  json.object([&] {
    json.attribute("format", "kcfi-report 1");
    json.attribute("target", text(getTargetTriple(info.module)));
    json.attributeObject("encoding", [&] {
      json.attribute("hash", stringifyHashKind(encoding.getHash()));
      json.attribute("normalize_integers", encoding.getNormalizeIntegers());
      json.attribute("generalize_pointers", encoding.getGeneralizePointers());
    });
    json.attributeObject("totals", [&] {
      json.attribute("functions_defined", totals.definitions);
      json.attribute("functions_declared", totals.declarations);
      json.attribute("functions_with_id", totals.withId);
      json.attribute("address_taken_without_id", totals.addressTakenWithoutId);
      json.attribute("calls_checked", totals.checked());
      json.attribute("calls_unchecked", totals.unchecked);
      json.attribute("calls_without_target", totals.callsWithoutTarget);
      json.attribute("classes", static_cast<int64_t>(info.classes.size()));
      json.attribute("largest_class", totals.largestClass);
      json.attribute("mean_class", totals.meanClass());
      if (info.target) {
        json.attribute("prefix_bytes",
                       static_cast<int64_t>(totals.prefixBytes));
        json.attribute("check_bytes", static_cast<int64_t>(totals.checkBytes));
      }
    });
    json.attributeArray("functions", [&] {
      for (const FunctionInfo &function : info.functions)
        json.object([&] {
          json.attribute("name", text(getName(function.op)));
          json.attribute("declaration", function.isDeclaration);
          json.attribute("address_taken", function.isAddressTaken);
          if (function.signature)
            json.attribute("type", text(getReadableType(function.signature)));
          if (function.id)
            json.attribute("id", static_cast<int64_t>(function.id.getValue()));
          json.attribute("location", text(getLocation(function.op)));
        });
    });
    json.attributeArray("calls", [&] {
      for (const CallInfo &call : info.calls)
        json.object([&] {
          if (call.caller)
            json.attribute("caller", text(getName(call.caller)));
          json.attribute("state", getStateName(call.state));
          if (call.signature)
            json.attribute("type", text(getReadableType(call.signature)));
          if (call.id)
            json.attribute("id", static_cast<int64_t>(call.id.getValue()));
          json.attribute("location", text(getLocation(call.op)));
        });
    });
    json.attributeArray("classes", [&] {
      for (const auto &[id, entry] : info.classes)
        json.object([&, id = id, &entry = entry] {
          json.attribute("id", static_cast<int64_t>(id));
          if (entry.string)
            json.attribute("string", text(entry.string.getValue()));
          json.attribute("type", text(getReadableClass(entry)));
          json.attributeArray("functions", [&] {
            for (unsigned index : entry.functions)
              json.value(text(getName(info.functions[index].op)));
          });
          json.attribute("calls", static_cast<int64_t>(entry.calls.size()));
        });
    });
    json.attributeArray("problems", [&] {
      for (const auto &[op, reason] : info.problems)
        json.object([&, op = op, &reason = reason] {
          json.attribute("reason", text(reason));
          json.attribute("location", text(getLocation(op)));
        });
    });
  });
  os << "\n";
}

//===----------------------------------------------------------------------===//
// Explanations
//===----------------------------------------------------------------------===//

bool mlir::kcfi::explainId(const ModuleInfo &info, uint32_t id,
                           llvm::raw_ostream &os) {
  auto it = info.classes.find(id);
  if (it == info.classes.end()) {
    os << formatTypeId(id) << ": unknown id: no function and no call of the "
       << "module has it\n";
    return false;
  }
  const ClassInfo &entry = it->second;
  os << formatTypeId(id) << ": " << getReadableClass(entry) << "\n";
  os << "  string: "
     << (entry.string ? entry.string.getValue() : StringRef("not known"))
     << "\n";
  for (unsigned index : entry.functions) {
    const FunctionInfo &function = info.functions[index];
    os << "  function: @" << getName(function.op)
       << (function.isDeclaration ? " (declared)" : "") << " at "
       << getLocation(function.op) << "\n";
  }
  for (unsigned index : entry.calls) {
    const CallInfo &call = info.calls[index];
    os << "  call site:";
    if (call.caller)
      os << " in @" << getName(call.caller);
    os << " at " << getLocation(call.op) << "\n";
  }
  return true;
}

bool mlir::kcfi::explainId(ArrayRef<std::string> strings, HashKind hash,
                           uint32_t id, llvm::raw_ostream &os) {
  bool found = false;
  for (const std::string &string : strings) {
    if (hashTypeIdString(string, hash) != id)
      continue;
    std::string readable = demangleTypeIdString(string);
    os << formatTypeId(id) << ": "
       << (readable.empty() ? "unknown type" : readable) << "\n"
       << "  string: " << string << "\n";
    found = true;
  }
  if (!found)
    os << formatTypeId(id) << ": unknown id: no string of the list has it\n";
  return found;
}
