//===- Mangler.h - Itanium mangling of one type ----------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_ENCODING_C_MANGLER_H
#define KCFI_LIB_ENCODING_C_MANGLER_H

#include "kcfi/IR/KCFITypes.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace mlir::kcfi::itanium {

/// The abbreviation of a whole specialisation in ::std, or nothing.
StringRef getStdAbbreviation(ArrayRef<Attribute> scopes, ScopeAttr name);

/// Mangles one type. Components that have been written are abbreviated when
/// they come again; what counts is the identity of the type, not its text.
class Mangler {
public:
  Mangler(bool normalizeIntegers, const TargetInfo &target,
          MLIRContext *context)
      : normalizeIntegers(normalizeIntegers), target(target),
        facts(target.getCTypeFacts()), context(context), os(text) {}

  void mangleFunction(FnType type);
  llvm::Expected<std::string> takeResult() {
    if (!error.empty())
      return llvm::createStringError(error);
    return std::move(text);
  }

private:
  void mangle(Type type);
  void mangleUnsubstituted(Type type);
  void mangleBuiltin(BuiltinKind kind);
  void mangleVector(CVectorType type);
  void mangleMatrix(CMatrixType type);
  void mangleSizeless(CSizelessType type);
  void mangleMemberPointer(MemberPtrType type);
  void mangleQualifiers(bool isConst, bool isVolatile, bool isRestrict);
  void mangleTag(TagType type);
  void mangleParameter(Type type);

  void mangleSourceName(StringRef name) { os << name.size() << name; }
  /// The name of an entity, with its ABI tags.
  void mangleEntityName(StringRef name);
  void mangleUnqualifiedName(ScopeAttr name);
  void manglePrefix(ArrayRef<Attribute> scopes);
  void mangleTemplatePrefix(ArrayRef<Attribute> scopes, ScopeAttr name);
  void mangleTemplateName(TemplateNameAttr name);
  void mangleTemplateArgs(ArrayAttr args);
  void mangleTemplateArg(Attribute arg);

  /// Writes the abbreviation of a component that has been seen.
  bool mangleSubstitution(const void *key);
  void addSubstitution(const void *key) { substitutions[key] = nextIndex++; }
  void writeIndex(unsigned index);

  bool isSubstitutable(Type type);
  bool hasVariableArray(Type type);
  const void *getKey(Type type);
  /// Identity of a namespace, class or template, by the path to it.
  const void *getEntityKey(ArrayRef<Attribute> scopes, ScopeAttr name);

  void fail(const Twine &message) {
    if (error.empty())
      error = message.str();
  }

  bool normalizeIntegers;
  const TargetInfo &target;
  CTypeFacts facts;
  MLIRContext *context;

  std::string text;
  llvm::raw_string_ostream os;
  std::string error;

  unsigned nextIndex = 0;
  llvm::DenseMap<const void *, unsigned> substitutions;
  /// Normalised integers are candidates by their name.
  llvm::StringMap<unsigned> integerSubstitutions;
  llvm::DenseMap<Type, bool> variableArrays;
};

} // namespace mlir::kcfi::itanium

#endif // KCFI_LIB_ENCODING_C_MANGLER_H
