//===- DebugTypes.h - Signatures from debug info -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What LLVM's debug info says about the source types of functions, as types of
// this dialect. Debug info leaves out what debuggers do not need (address
// spaces, `noexcept`, the numbers of unnamed types), so that a result is a
// candidate: it is right if its encoding is the id that the compiler gave.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LLVMFACTS_DEBUGTYPES_H
#define KCFI_LLVMFACTS_DEBUGTYPES_H

#include "kcfi/IR/KCFITypes.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

#include <string>

namespace llvm {
class DIBasicType;
class DICompositeType;
class DICompileUnit;
class DIDerivedType;
class DINode;
class DIScope;
class DISubprogram;
class DISubroutineType;
class DIType;
class Module;
} // namespace llvm

namespace mlir::kcfi {

/// A signature, or the reason why debug info has none.
struct DebugSignature {
  Type signature; // a FnType, or null
  std::string gap;
  /// The signature if the function is defined with a list of names (K&R):
  /// debug info does not tell. Null if it were the same.
  Type promoted;
  /// The function has an object parameter that its signature does not show.
  bool hasImplicitObject = false;
};

/// Converts function types of one module's debug info.
class DebugTypes {
public:
  /// `target` may be null; types whose form depends on it have no signature
  /// then.
  DebugTypes(const llvm::Module &module, MLIRContext *context,
             const TargetInfo *target);

  DebugSignature getSignature(const llvm::DISubprogram *function);

  /// The signatures of all function types that the debug info mentions: of
  /// functions, function pointers in variables, members and typedefs.
  llvm::SetVector<Type> getAllSignatures();

private:
  /// What the language of a compile unit decides.
  enum class Language : uint8_t {
    /// C before C23: `()` is a function without a prototype.
    C,
    /// C23: `()` is `(void)`; `(...)` exists.
    C23,
    Cxx,
    Other,
  };
  struct Result {
    Type type;
    std::string gap;
  };

  static Language getLanguage(const llvm::DICompileUnit *unit);
  void setLanguage(Language value);

  /// Null after `fail`.
  Type fail(const Twine &reason);
  template <typename T, typename... Args>
  Type make(Args &&...args);
  Type getBuiltin(BuiltinKind kind);

  Type convert(const llvm::DIType *type);
  Type convertUncached(const llvm::DIType *type);
  Type convertBasic(const llvm::DIBasicType *type);
  Type convertComplex(const llvm::DIBasicType *type);
  Type convertDerived(const llvm::DIDerivedType *type);
  Type convertNamed(const llvm::DIDerivedType *type);
  Type convertMemberPointer(const llvm::DIDerivedType *type);
  Type convertPointer(const llvm::DIDerivedType *type);
  Type convertComposite(const llvm::DICompositeType *type);
  Type convertArray(const llvm::DICompositeType *type);
  Type convertTag(const llvm::DICompositeType *type);
  Type convertFunction(const llvm::DISubroutineType *type,
                       bool *hasObject = nullptr);
  Type addQualifier(Qualifiers qualifier, const llvm::DIType *type);
  Type promote(Type type, const llvm::DIType *source);
  /// `fn` with promoted parameters, or null after `fail`.
  Type promoteParams(FnType fn, const llvm::DISubroutineType *source);

  StringRef getTagName(const llvm::DICompositeType *type);
  /// Enclosing names, outermost first; false after `fail`. `function` receives
  /// the name of an enclosing function of C.
  bool getScopes(const llvm::DIScope *scope, SmallVectorImpl<Attribute> &scopes,
                 StringAttr &function);
  bool getTemplateArgs(const llvm::DICompositeType *type, ArrayAttr &args);
  Attribute getTemplateArg(const llvm::DINode *node);

  MLIRContext *context;
  const TargetInfo *target;
  Language language = Language::C;
  std::string gap;
  unsigned depth = 0;
  llvm::DenseMap<const llvm::DIType *, Result> known;
  /// The typedef that gives an unnamed tag its name for linkage.
  llvm::DenseMap<const llvm::DICompositeType *, const llvm::DIDerivedType *>
      typedefNames;
  llvm::SetVector<const llvm::DISubroutineType *> functionTypes;
  llvm::SetVector<const llvm::DISubprogram *> functions;
  SmallVector<Language> languages;
};

} // namespace mlir::kcfi

#endif // KCFI_LLVMFACTS_DEBUGTYPES_H
