//===- Difference.cpp - What differs, and how to mend it ------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Difference.h"
#include "Repairs.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/Interop/Interop.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mlir::kcfi;
using namespace mlir::kcfi::interop;

std::string DifferenceFinder::describe(FnType c, FnType written,
                                       RustFnType rust) {
  SmallVector<unsigned> indices = rust.getPassedParams();
  if (c.isUnprototyped())
    return "the C function has no prototype";
  if (c.getParams().size() != indices.size())
    return ("C has " + Twine(c.getParams().size()) +
            " parameter(s), Rust passes " + Twine(indices.size()))
        .str();
  auto compare = [&](const Twine &what, Type inC, Type spelled, Type inRust,
                     Place place) -> std::string {
    std::optional<std::string> textC =
        parts.encode(inC, place, rust.getAbi(), encoding);
    std::optional<std::string> textRust =
        parts.encode(inRust, place, rust.getAbi(), encoding);
    if (textC == textRust)
      return "";
    auto spell = [](Type part, const std::optional<std::string> &text) {
      return "'" + getReadableType(part) + "' (\"" + text.value_or("") + "\")";
    };
    return (what + " is " + spell(spelled, textC) + " in C, " +
            spell(inRust, textRust) + " in Rust")
        .str();
  };
  std::string difference =
      compare("the result", c.getResult(), written.getResult(),
              rust.getResult(), Place::Result);
  for (auto [number, index] : llvm::enumerate(indices))
    if (difference.empty())
      difference = compare("parameter #" + Twine(number), c.getParams()[number],
                           written.getParams()[number], rust.getParams()[index],
                           Place::Param);
  if (!difference.empty())
    return difference;
  if (c.isVariadic() != rust.isVariadic())
    return ("only the " + getLanguage(c.isVariadic() ? Type(c) : rust) +
            " function is variadic")
        .str();
  return "each part is the same; attributes of the function differ, or which "
         "parts have the same type";
}

/// True if a fix is found that makes a last resort unnecessary.
static bool hasBetterFix(ArrayRef<unsigned> found) {
  constexpr unsigned kOthers =
      NormalizeIntegers | GeneralizePointers | RawCallbacks;
  return llvm::any_of(found,
                      [&](unsigned repairs) { return !(repairs & kOthers); });
}

SmallVector<unsigned> DifferenceFinder::listCandidates() const {
  // Small sets first, and last resorts last.
  SmallVector<unsigned> candidates;
  for (bool isLastResort : {false, true})
    for (int size = 1; size <= llvm::popcount(kAllRepairs); ++size)
      for (unsigned repairs = 1; repairs <= kAllRepairs; ++repairs)
        if (llvm::popcount(repairs) == size &&
            bool(repairs & RawCallbacks) == isLastResort &&
            (encoding.getGeneralizePointers() ||
             !(repairs & GeneralizePointers)))
          candidates.push_back(repairs);
  return candidates;
}

EncodingAttr DifferenceFinder::getRepairedOptions(unsigned repairs) const {
  bool normalizes = repairs & NormalizeIntegers;
  bool keepsPointers = repairs & GeneralizePointers;
  return withOptions(encoding, encoding.getNormalizeIntegers() != normalizes,
                     encoding.getGeneralizePointers() && !keepsPointers);
}

bool DifferenceFinder::haveEqualIds(FnType c, RustFnType rust,
                                    EncodingAttr options) const {
  llvm::Expected<std::string> stringC = encodeSignature(c, options, target);
  llvm::Expected<std::string> stringRust =
      encodeSignature(rust, options, target, definitions);
  if (stringC && stringRust)
    return *stringC == *stringRust;
  llvm::consumeError(stringC.takeError());
  llvm::consumeError(stringRust.takeError());
  return false;
}

/// What to do, in words. `repaired` is null if the declaration stays as it is.
static std::string describeFix(unsigned repairs, EncodingAttr options,
                               RustFnType repaired,
                               ArrayRef<std::string> definitions) {
  SmallVector<std::string> changes, steps;
  if (repairs & NormalizeIntegers)
    changes.push_back(options.getNormalizeIntegers()
                          ? "with normalised integers"
                          : "without normalised integers");
  if (repairs & GeneralizePointers)
    changes.push_back("without generalised pointers");
  if (!changes.empty())
    steps.push_back("compile both languages " + llvm::join(changes, " and "));
  if (repaired)
    steps.push_back("declare it in Rust as '" + getReadableType(repaired) +
                    "'");
  std::string fix = llvm::join(steps, " and ");
  if (!definitions.empty())
    fix += " with '" + llvm::join(definitions, " ") + "'";
  return fix;
}

std::vector<std::string>
DifferenceFinder::findFixes(FnType c, RustFnType rust,
                            const llvm::DenseSet<Type> &enums) {
  SmallVector<unsigned> found;
  std::vector<std::string> fixes;
  // Different ways may lead to one declaration.
  llvm::DenseSet<std::pair<Type, Attribute>> tried;
  for (unsigned repairs : listCandidates()) {
    if ((repairs & RawCallbacks) && hasBetterFix(found))
      break;
    // More of what is enough already is no other fix.
    if (llvm::any_of(found, [&](unsigned smaller) {
          return (repairs & smaller) == smaller;
        }))
      continue;
    // Rust passes parameters in its own way.
    if (rust.getAbi() == RustAbi::Rust && !(repairs & CAbi))
      continue;
    EncodingAttr options = getRepairedOptions(repairs);
    Rewriter rewriter(repairs, options, parts, enums);
    RustFnType repaired = rewriter.rewrite(c, rust);
    if (!tried.insert({repaired, options}).second ||
        !haveEqualIds(c, repaired, options))
      continue;
    found.push_back(repairs);
    fixes.push_back(describeFix(repairs, options,
                                repaired == rust ? RustFnType() : repaired,
                                rewriter.getDefinitions()));
  }
  return fixes;
}
