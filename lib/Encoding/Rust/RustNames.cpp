//===- RustNames.cpp - What mangled names of Rust say -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Encoding/Rust/RustNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Demangle/Demangle.h"

using namespace mlir;
using namespace mlir::kcfi;
using llvm::StringRef;

/// Replaces the escapes of legacy names; what is not known stays.
static std::string unescapeLegacy(StringRef name) {
  static constexpr std::pair<StringRef, StringRef> kEscapes[] = {
      {"..", "::"},   {".$GT$", "->"}, {"$LT$", "<"},  {"$GT$", ">"},
      {"$C$", ","},   {"$RF$", "&"},   {"$BP$", "*"},  {"$LP$", "("},
      {"$RP$", ")"},  {"$SP$", "@"},   {"$u20$", " "}, {"$u27$", "'"},
      {"$u5b$", "["}, {"$u5d$", "]"},  {"$u3b$", ";"}, {"$u2b$", "+"},
      {"$u7b$", "{"}, {"$u7d$", "}"},  {"$u21$", "!"}, {"$u3d$", "="}};
  std::string result;
  while (!name.empty()) {
    // A part that begins with an escape has one more character.
    if (name.starts_with("_$") &&
        (result.empty() || StringRef(result).ends_with("::")))
      name = name.drop_front();
    const auto *escape = llvm::find_if(kEscapes, [&](const auto &pair) {
      return name.starts_with(pair.first);
    });
    bool isFound = escape != std::end(kEscapes);
    result += isFound ? escape->second : name.take_front();
    name = name.drop_front(isFound ? escape->first.size() : 1);
  }
  return result;
}

std::string mlir::kcfi::demangleRustName(StringRef symbol) {
  // The last part of a legacy path is a hash.
  static constexpr StringRef kHash = "17h0123456789abcdefE";
  StringRef end = symbol.take_back(kHash.size());
  bool isLegacy = symbol.starts_with("_ZN") && end.consume_front("17h") &&
                  end.consume_back("E") && llvm::all_of(end, llvm::isHexDigit);
  if (!isLegacy && !symbol.starts_with("_R"))
    return "";
  std::string text = llvm::demangle(symbol);
  if (text == symbol)
    return "";
  return isLegacy ? unescapeLegacy(StringRef(text).rsplit("::").first) : text;
}

namespace {
/// `<TYPE as TRAIT>` and what follows.
struct ImplPath {
  StringRef type, trait, rest;
};
} // namespace

static std::optional<ImplPath> splitPath(StringRef path) {
  if (!path.starts_with("<"))
    return std::nullopt;
  unsigned depth = 0;
  size_t as = StringRef::npos;
  for (size_t i = 0; i < path.size(); ++i) {
    // The arrow of a function type closes nothing.
    if (path[i] == '<')
      ++depth;
    else if (path[i] == '>' && path[i - 1] != '-')
      --depth;
    else if (depth == 1 && path.substr(i).starts_with(" as "))
      as = i;
    if (depth != 0)
      continue;
    if (as == StringRef::npos)
      return std::nullopt;
    return ImplPath{path.slice(1, as), path.slice(as + 4, i),
                    path.substr(i + 1)};
  }
  return std::nullopt;
}

std::optional<TraitMethod> mlir::kcfi::parseTraitMethod(StringRef path) {
  std::optional<ImplPath> parts = splitPath(path);
  // Closures in a method and shims of it have types of their own.
  if (!parts || !parts->rest.consume_front("::") || parts->rest.contains("::"))
    return std::nullopt;
  return TraitMethod(parts->trait.str(), parts->rest.str());
}

bool mlir::kcfi::isClosureInTable(StringRef path) {
  StringRef last = path.rsplit("::").second;
  // In legacy names: {{closure}}, and shims do not tell of what they are.
  return last.starts_with("{closure") || last.starts_with("{{closure") ||
         last.ends_with("{{vtable.shim}}") ||
         (last.starts_with("{shim:vtable") && path.contains("::{closure"));
}

std::string mlir::kcfi::parseImplementingType(StringRef path) {
  if (std::optional<ImplPath> parts = splitPath(path))
    return parts->rest.contains("::{closure") ? "" : parts->type.str();
  if (!path.consume_front("core::ptr::drop_in_place"))
    return "";
  path.consume_front("::");
  return path.consume_front("<") && path.consume_back(">") ? path.str() : "";
}
