//===- CAsmHelpers.h - Syntax that C types share -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_IR_C_CASMHELPERS_H
#define KCFI_LIB_IR_C_CASMHELPERS_H

#include "../AsmHelpers.h"

namespace mlir::kcfi::helpers {

//===----------------------------------------------------------------------===//
// Directives
//===----------------------------------------------------------------------===//

/// `"name" args [...]`, or `anonymous`.
ParseResult parseScopeBody(AsmParser &parser, StringAttr &name,
                           ArrayAttr &args);
void printScopeBody(AsmPrinter &printer, StringAttr name, ArrayAttr args);

/// `[scope, ...]`, each without `#kcfi.scope`.
ParseResult parseScopes(AsmParser &parser, ArrayAttr &scopes);
void printScopes(AsmPrinter &printer, ArrayAttr scopes);

/// Template arguments in square brackets, and those of a pack in angle
/// brackets.
ParseResult parseTemplateArgs(AsmParser &parser, ArrayAttr &args);
void printTemplateArgs(AsmPrinter &printer, ArrayAttr args);
ParseResult parseTemplatePack(AsmParser &parser, ArrayAttr &args);
void printTemplatePack(AsmPrinter &printer, ArrayAttr args);

/// `"name"`, or `unnamed(1) cxx`.
ParseResult parseTagName(AsmParser &parser, StringAttr &name,
                         unsigned &unnamedIndex, bool &unnamedInCxx);
void printTagName(AsmPrinter &printer, StringAttr name, unsigned unnamedIndex,
                  bool unnamedInCxx);

/// `const volatile addrspace(1)`
ParseResult parseQualifiers(AsmParser &parser, Qualifiers &qualifiers,
                            unsigned &addressSpace);
void printQualifiers(AsmPrinter &printer, Qualifiers qualifiers,
                     unsigned addressSpace);

/// A number, `?` or `*`.
ParseResult parseArraySize(AsmParser &parser, int64_t &size);
void printArraySize(AsmPrinter &printer, int64_t size);

/// The keyword of what made a vector type.
ParseResult parseFlavor(AsmParser &parser, VectorFlavor &flavor);
void printFlavor(AsmPrinter &printer, VectorFlavor flavor);

/// The number of bits of a vector type of fixed length, which is not 0.
ParseResult parseVectorBits(AsmParser &parser, unsigned &bits);
void printVectorBits(AsmPrinter &printer, unsigned bits);

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// Checks that every element is a template argument (scope element).
LogicalResult verifyTemplateArgs(function_ref<InFlightDiagnostic()> emitError,
                                 ArrayAttr args);
LogicalResult verifyScopes(function_ref<InFlightDiagnostic()> emitError,
                           ArrayAttr scopes);

} // namespace mlir::kcfi::helpers

#endif // KCFI_LIB_IR_C_CASMHELPERS_H
