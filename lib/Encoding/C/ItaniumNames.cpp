//===- ItaniumNames.cpp - Itanium mangling of names ------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names and template arguments (ABI 5.1.2) and the abbreviations of what stands
// in ::std (ABI 5.1.9), with clang's extensions.
//
//===----------------------------------------------------------------------===//

#include "Mangler.h"
#include "kcfi/IR/ReadableType.h"

using namespace mlir;
using namespace mlir::kcfi;
using itanium::Mangler;

//===----------------------------------------------------------------------===//
// Abbreviations
//===----------------------------------------------------------------------===//

/// The namespace ::std as the only enclosing name.
static bool isStd(ArrayRef<Attribute> scopes) {
  if (scopes.size() != 1)
    return false;
  auto scope = cast<ScopeAttr>(scopes.front());
  return scope.getName() && scope.getName().getValue() == "std" &&
         !scope.getArgs();
}

/// `char`, with any qualifiers: clang does not look at them here.
static bool isPlainChar(Attribute arg) {
  auto type = dyn_cast<TypeAttr>(arg);
  auto builtin =
      type ? dyn_cast<CBuiltinType>(stripSugarAndQualifiers(type.getValue()))
           : nullptr;
  return builtin && builtin.getKind() == BuiltinKind::Char;
}

/// `std::<name><element>` with exactly that element, itself with any
/// qualifiers.
static bool isStdTemplateOf(Attribute arg, StringRef name, Attribute element) {
  auto type = dyn_cast<TypeAttr>(arg);
  auto tag = type ? dyn_cast<TagType>(stripSugarAndQualifiers(type.getValue()))
                  : nullptr;
  return tag && tag.getScope() && isStd(tag.getScope().getValue()) &&
         tag.getName() && tag.getName().getValue() == name && tag.getArgs() &&
         tag.getArgs().size() == 1 && tag.getArgs()[0] == element;
}

StringRef itanium::getStdAbbreviation(ArrayRef<Attribute> scopes,
                                      ScopeAttr name) {
  ArrayAttr args = name.getArgs();
  if (!isStd(scopes) || !args || args.empty() || !isPlainChar(args[0]))
    return {};
  StringRef text = name.getName().getValue();
  bool hasTraits =
      args.size() >= 2 && isStdTemplateOf(args[1], "char_traits", args[0]);
  if (!hasTraits)
    return {};
  if (text == "basic_string" && args.size() == 3 &&
      isStdTemplateOf(args[2], "allocator", args[0]))
    return "Ss";
  if (args.size() != 2)
    return {};
  if (text == "basic_istream")
    return "Si";
  if (text == "basic_ostream")
    return "So";
  if (text == "basic_iostream")
    return "Sd";
  return {};
}

/// The abbreviation of a template in ::std, or nothing.
static StringRef getStdTemplateAbbreviation(ArrayRef<Attribute> scopes,
                                            StringRef name) {
  if (!isStd(scopes))
    return {};
  if (name == "allocator")
    return "Sa";
  if (name == "basic_string")
    return "Sb";
  return {};
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

void Mangler::mangleEntityName(StringRef name) {
  // ABI tags are written in brackets behind the name, which no identifier
  // contains; clang mangles them sorted and without duplicates.
  auto [identifier, rest] = name.split("[abi:");
  mangleSourceName(identifier);
  SmallVector<StringRef> tags;
  while (!rest.empty()) {
    auto [tag, next] = rest.split("[abi:");
    if (!tag.consume_back("]"))
      return fail("'" + name + "' is not a name with ABI tags");
    tags.push_back(tag);
    rest = next;
  }
  llvm::sort(tags);
  tags.erase(llvm::unique(tags), tags.end());
  for (StringRef tag : tags) {
    os << 'B';
    mangleSourceName(tag);
  }
}

/// True if an entity is local to its translation unit: it is in an anonymous
/// namespace, or a template argument is.
static bool isInternal(ArrayRef<Attribute> scopes) {
  bool found = false;
  for (Attribute attribute : scopes)
    attribute.walk(
        [&](ScopeAttr scope) { found |= scope.isAnonymousNamespace(); });
  return found;
}

void Mangler::mangleUnqualifiedName(ScopeAttr name) {
  if (name.isAnonymousNamespace())
    return mangleSourceName("_GLOBAL__N_1");
  mangleEntityName(name.getName().getValue());
}

void Mangler::manglePrefix(ArrayRef<Attribute> scopes) {
  if (scopes.empty())
    return;
  if (isStd(scopes)) {
    os << "St";
    return;
  }
  ArrayRef<Attribute> outer = scopes.drop_back();
  auto name = cast<ScopeAttr>(scopes.back());
  StringRef abbreviation = getStdAbbreviation(outer, name);
  if (!abbreviation.empty()) {
    os << abbreviation;
    return;
  }
  const void *key = getEntityKey(outer, name);
  if (mangleSubstitution(key))
    return;
  if (name.getArgs()) {
    mangleTemplatePrefix(outer, name);
    mangleTemplateArgs(name.getArgs());
  } else {
    manglePrefix(outer);
    mangleUnqualifiedName(name);
  }
  addSubstitution(key);
}

void Mangler::mangleTemplatePrefix(ArrayRef<Attribute> scopes, ScopeAttr name) {
  StringRef abbreviation =
      getStdTemplateAbbreviation(scopes, name.getName().getValue());
  if (!abbreviation.empty()) {
    os << abbreviation;
    return;
  }
  const void *key =
      getEntityKey(scopes, ScopeAttr::get(context, name.getName(), {}));
  if (mangleSubstitution(key))
    return;
  manglePrefix(scopes);
  mangleUnqualifiedName(name);
  addSubstitution(key);
}

void Mangler::mangleTag(TagType type) {
  ArrayRef<Attribute> scopes =
      type.getScope() ? type.getScope().getValue() : ArrayRef<Attribute>();
  if (type.isUnnamed()) {
    // C++ numbers unnamed members only where other translation units can name
    // them.
    if (scopes.empty() || (type.getUnnamedInCxx() && isInternal(scopes)))
      return fail(
          "'" + getReadableType(type) +
          "' has no name; its encoding depends on the order in which the "
          "compiler of the translation unit meets such types: give the name "
          "that it invents, e.g. \"$_0\"");
    os << 'N';
    if (type.getUnnamedInCxx()) {
      manglePrefix(scopes);
      os << "Ut";
      if (type.getUnnamedIndex())
        os << type.getUnnamedIndex() - 1;
      os << '_';
    } else {
      // In C, clang keeps the record that encloses the unnamed one apart from
      // the record type itself, and prints no number.
      const void *key = ArrayAttr::get(context, Attribute(type.getScope()))
                            .getAsOpaquePointer();
      if (!mangleSubstitution(key)) {
        manglePrefix(scopes.drop_back());
        mangleUnqualifiedName(cast<ScopeAttr>(scopes.back()));
        addSubstitution(key);
      }
      os << "Ut_";
    }
    os << 'E';
    return;
  }
  if (type.getFunction()) {
    os << 'Z';
    mangleSourceName(type.getFunction().getValue());
    os << 'E';
    mangleSourceName(type.getName().getValue());
    return;
  }

  auto name = ScopeAttr::get(context, type.getName(), type.getArgs());
  // Names at file scope and directly in ::std are not nested names.
  bool isNested = !scopes.empty() && !isStd(scopes);
  if (isNested)
    os << 'N';
  if (type.getArgs()) {
    mangleTemplatePrefix(scopes, name);
    mangleTemplateArgs(type.getArgs());
  } else {
    manglePrefix(scopes);
    mangleUnqualifiedName(name);
  }
  if (isNested)
    os << 'E';
}

void Mangler::mangleTemplateName(TemplateNameAttr template_) {
  ArrayRef<Attribute> scopes = template_.getScope()
                                   ? template_.getScope().getValue()
                                   : ArrayRef<Attribute>();
  auto name = ScopeAttr::get(context, template_.getName(), {});
  StringRef abbreviation =
      getStdTemplateAbbreviation(scopes, name.getName().getValue());
  if (!abbreviation.empty()) {
    os << abbreviation;
    return;
  }
  const void *key = getEntityKey(scopes, name);
  if (mangleSubstitution(key))
    return;
  bool isNested = !scopes.empty() && !isStd(scopes);
  if (isNested)
    os << 'N';
  manglePrefix(scopes);
  mangleUnqualifiedName(name);
  if (isNested)
    os << 'E';
  addSubstitution(key);
}

void Mangler::mangleTemplateArgs(ArrayAttr args) {
  os << 'I';
  for (Attribute arg : args)
    mangleTemplateArg(arg);
  os << 'E';
}

void Mangler::mangleTemplateArg(Attribute arg) {
  if (auto type = dyn_cast<TypeAttr>(arg))
    return mangle(type.getValue());
  if (auto name = dyn_cast<TemplateNameAttr>(arg))
    return mangleTemplateName(name);
  if (auto pack = dyn_cast<TemplatePackAttr>(arg)) {
    os << 'J';
    for (Attribute element : pack.getArgs())
      mangleTemplateArg(element);
    os << 'E';
    return;
  }
  auto value = cast<TemplateValueAttr>(arg);
  os << 'L';
  mangle(value.getType());
  StringRef digits = value.getValue().getValue();
  if (digits.consume_front("-"))
    os << 'n';
  os << digits << 'E';
}
