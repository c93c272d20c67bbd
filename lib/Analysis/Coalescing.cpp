//===- Coalescing.cpp - Classes under a set of equivalences -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/Coalescing.h"
#include "kcfi/Analysis/DropClasses.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::kcfi;

EquivalenceSet mlir::kcfi::getEquivalences(ModuleOp module) {
  EncodingAttr encoding = getEncoding(module);
  if (auto list = module->getAttrOfType<EquivalencesAttr>(
          KCFIDialect::kEquivalencesAttrName))
    return EquivalenceSet::get(list, encoding);
  return EquivalenceSet::get(kDefaultPreset, encoding);
}

//===----------------------------------------------------------------------===//
// Coalescer
//===----------------------------------------------------------------------===//

llvm::Expected<Type> Coalescer::getRepresentative(Type signature) {
  if (Type known = representatives.lookup(signature))
    return known;
  Type result = signature;
  if (auto fn = dyn_cast<RustFnType>(signature)) {
    llvm::Expected<RustFnType> representative =
        getClassRepresentative(fn, equivalences, target, definitions);
    if (!representative)
      return representative.takeError();
    result = *representative;
  } else if (isa<FnType>(signature)) {
    llvm::Expected<Type> canonical = getCanonicalType(signature, target);
    if (!canonical)
      return canonical;
    result = *canonical;
  }
  return representatives[signature] = result;
}

llvm::Expected<Type> Coalescer::getEntry(Type signature,
                                         RustCallableAttr callable) {
  auto fn = dyn_cast<RustFnType>(signature);
  if (!fn || !callable)
    return getRepresentative(signature);
  llvm::Expected<RustFnType> entry =
      getEntrySignature(fn, callable, equivalences, definitions);
  if (!entry)
    return entry.takeError();
  return getRepresentative(*entry);
}

llvm::Expected<std::string> Coalescer::getClass(Type representative) {
  auto known = classes.find(representative);
  if (known != classes.end())
    return known->second;
  if (auto raw = dyn_cast<RawType>(representative))
    return classes[representative] = formatTypeId(raw.getId());
  llvm::Expected<std::string> string =
      encodeSignature(representative, encoding, target);
  if (!string)
    return string;
  return classes[representative] = *string;
}

//===----------------------------------------------------------------------===//
// EquivalenceReport
//===----------------------------------------------------------------------===//

namespace {
/// Functions whose class depends on the same things.
struct Callable {
  Type signature;
  RustCallableAttr callable;
  /// The same with `narrow_drop_glue`.
  RustCallableAttr narrowCallable;
  unsigned count = 0;
};
} // namespace

using Callables = std::vector<Callable>;

/// The class of each callable; empty where it has none.
using Classes = std::vector<std::string>;

static Classes getClasses(const Callables &callables, EquivalenceSet set,
                          EncodingAttr encoding, const TargetInfo &target,
                          const DefinitionTable &definitions) {
  Coalescer coalescer(set, encoding, target, definitions);
  Classes classes;
  for (const Callable &callable : callables) {
    std::string &name = classes.emplace_back();
    llvm::Expected<Type> entry = coalescer.getEntry(
        callable.signature,
        hasNarrowDropGlue(set) ? callable.narrowCallable : callable.callable);
    if (!entry) {
      llvm::consumeError(entry.takeError());
      continue;
    }
    llvm::Expected<std::string> known = coalescer.getClass(*entry);
    if (known)
      name = *known;
    else
      llvm::consumeError(known.takeError());
  }
  return classes;
}

static ClassSizes getSizes(const Callables &callables, const Classes &classes) {
  llvm::StringMap<unsigned> sizes;
  ClassSizes result;
  for (const auto &[callable, name] : llvm::zip_equal(callables, classes)) {
    if (name.empty())
      continue;
    sizes[name] += callable.count;
    result.functions += callable.count;
  }
  result.classes = sizes.size();
  double squares = 0;
  for (const auto &size : sizes) {
    result.largest = std::max(result.largest, size.second);
    squares += double(size.second) * size.second;
  }
  if (result.functions)
    result.targets = squares / result.functions;
  return result;
}

/// The signature of a function as the front end wrote it, null if it has none.
static Type getSourceSignature(FunctionOpInterface function) {
  auto sig = function->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName);
  if (!sig)
    return {};
  auto source =
      function->getAttrOfType<TypeAttr>(KCFIDialect::kSourceSigAttrName);
  return (source ? source : sig).getValue();
}

FailureOr<std::optional<EquivalenceReport>>
EquivalenceReport::compute(ModuleOp module) {
  std::optional<EquivalenceReport> report;
  // Uses of addresses are looked for in all of the module; most have no Rust.
  bool hasRust =
      module
          .walk([](FunctionOpInterface function) {
            return isa_and_present<RustFnType>(getSourceSignature(function))
                       ? WalkResult::interrupt()
                       : WalkResult::advance();
          })
          .wasInterrupted();
  std::unique_ptr<TargetInfo> target =
      hasRust ? lookupTargetQuietly(module) : nullptr;
  if (!target)
    return report;
  FailureOr<llvm::StringSet<>> taken = findAddressTaken(module);
  FailureOr<DefinitionTable> definitions = collectDefinitions(module);
  FailureOr<DropClasses> drops = DropClasses::compute(module);
  if (failed(taken) || failed(definitions) || failed(drops))
    return failure();

  Callables callables;
  llvm::DenseMap<std::pair<Type, std::pair<Attribute, Attribute>>, unsigned>
      indices;
  hasRust = false;
  module.walk([&](FunctionOpInterface function) {
    Type signature = getSourceSignature(function);
    if (!signature || !canBeCalledIndirectly(function, *taken))
      return;
    hasRust |= isa<RustFnType>(signature);
    auto callable = function->getAttrOfType<RustCallableAttr>(
        KCFIDialect::kCallableAttrName);
    RustCallableAttr narrow = drops->getCallable(function);
    auto [it, isNew] =
        indices.try_emplace({signature, {callable, narrow}}, callables.size());
    if (isNew)
      callables.push_back({signature, callable, narrow});
    ++callables[it->second].count;
  });
  if (!hasRust)
    return report;

  report.emplace();
  EncodingAttr encoding = getEncoding(module);
  auto classify = [&](EquivalenceSet set) {
    return getClasses(callables, set, encoding, *target, *definitions);
  };
  for (uint32_t number = 0; number <= getMaxEnumValForEquivalencePreset();
       ++number)
    if (auto preset = symbolizeEquivalencePreset(number))
      report->presets.push_back(
          {stringifyEquivalencePreset(*preset),
           getSizes(callables,
                    classify(EquivalenceSet::get(*preset, encoding)))});

  EquivalenceSet set = getEquivalences(module);
  Classes classes = classify(set);
  report->sizes = getSizes(callables, classes);
  std::vector<SmallVector<Equivalence>> because(classes.size());
  for (Equivalence equivalence : set.getMembers()) {
    EquivalenceSet rest = set;
    rest.remove(equivalence);
    Classes others = classify(rest);
    Cost &cost = report->costs.emplace_back();
    cost.equivalence = equivalence;
    cost.without = getSizes(callables, others);
    for (size_t i = 0; i < classes.size(); ++i) {
      if (classes[i] == others[i])
        continue;
      cost.functions += callables[i].count;
      because[i].push_back(equivalence);
    }
  }

  Classes apart =
      classify(EquivalenceSet::get(EquivalencePreset::None, encoding));
  llvm::MapVector<StringRef, SmallVector<size_t>> members;
  for (size_t i = 0; i < classes.size(); ++i)
    if (!classes[i].empty())
      members[classes[i]].push_back(i);
  for (const auto &entry : members) {
    StringRef string = entry.first;
    ArrayRef<size_t> indices = entry.second;
    bool isMerged = llvm::any_of(
        indices, [&](size_t i) { return apart[i] != apart[indices.front()]; });
    if (!isMerged)
      continue;
    Merge &merge = report->merges.emplace_back();
    merge.string = string.str();
    merge.id = hashTypeIdString(string, encoding.getHash());
    for (size_t i : indices)
      merge.members.push_back({getReadableType(callables[i].signature),
                               callables[i].count, because[i]});
    llvm::sort(merge.members, [](const Member &a, const Member &b) {
      return std::tie(a.signature, a.functions) <
             std::tie(b.signature, b.functions);
    });
  }
  auto getSize = [](const Merge &merge) {
    unsigned size = 0;
    for (const Member &member : merge.members)
      size += member.functions;
    return size;
  };
  llvm::sort(report->merges, [&](const Merge &a, const Merge &b) {
    return std::make_pair(getSize(b), StringRef(a.string)) <
           std::make_pair(getSize(a), StringRef(b.string));
  });
  return report;
}

static void printSizes(llvm::raw_ostream &os, const ClassSizes &sizes) {
  os << llvm::formatv("{0,8}{1,9}{2,9:f1}\n", sizes.classes, sizes.largest,
                      sizes.targets);
}

void EquivalenceReport::printText(llvm::raw_ostream &os) const {
  os << "\nclasses of " << sizes.functions
     << " functions by equivalences (targets: functions that a pointer can be "
        "replaced by)\n";
  os << llvm::formatv("  {0,-32}{1,8}{2,9}{3,9}\n", "preset", "classes",
                      "largest", "targets");
  for (const Preset &preset : presets) {
    os << llvm::formatv("  {0,-32}", preset.name);
    printSizes(os, preset.sizes);
  }
  os << llvm::formatv("  {0,-32}", "this module");
  printSizes(os, sizes);
  SmallVector<StringRef> unused;
  for (const Cost &cost : costs) {
    StringRef name = stringifyEquivalence(cost.equivalence);
    if (!cost.functions) {
      unused.push_back(name);
      continue;
    }
    os << llvm::formatv("  {0,-32}", ("  without " + name).str());
    printSizes(os, cost.without);
  }
  if (!unused.empty())
    os << "  no class depends on " << llvm::join(unused, ", ") << "\n";
  for (const Merge &merge : merges) {
    os << "signatures that met in " << formatTypeId(merge.id) << " "
       << merge.string << "\n";
    for (const Member &member : merge.members) {
      os << "  " << member.functions << " x " << member.signature;
      llvm::ListSeparator separator(", ");
      if (!member.because.empty())
        os << "  because of ";
      for (Equivalence equivalence : member.because)
        os << separator << stringifyEquivalence(equivalence);
      os << "\n";
    }
  }
}

static llvm::json::Object getJSON(const ClassSizes &sizes) {
  return llvm::json::Object{{"classes", sizes.classes},
                            {"functions", sizes.functions},
                            {"largest", sizes.largest},
                            {"targets", sizes.targets}};
}

llvm::json::Value EquivalenceReport::toJSON() const {
  llvm::json::Object presetSizes;
  for (const Preset &preset : presets)
    presetSizes[preset.name] = getJSON(preset.sizes);
  llvm::json::Object without;
  for (const Cost &cost : costs) {
    llvm::json::Object entry = getJSON(cost.without);
    entry["functions_moved"] = cost.functions;
    without[stringifyEquivalence(cost.equivalence)] = std::move(entry);
  }
  llvm::json::Array met;
  for (const Merge &merge : merges) {
    llvm::json::Array list;
    for (const Member &member : merge.members) {
      llvm::json::Array because;
      for (Equivalence equivalence : member.because)
        because.push_back(stringifyEquivalence(equivalence));
      list.push_back(llvm::json::Object{
          {"signature", llvm::json::fixUTF8(member.signature)},
          {"functions", member.functions},
          {"because", std::move(because)}});
    }
    met.push_back(
        llvm::json::Object{{"id", formatTypeId(merge.id)},
                           {"string", llvm::json::fixUTF8(merge.string)},
                           {"members", std::move(list)}});
  }
  return llvm::json::Object{{"module", getJSON(sizes)},
                            {"presets", std::move(presetSizes)},
                            {"without", std::move(without)},
                            {"merged", std::move(met)}};
}
