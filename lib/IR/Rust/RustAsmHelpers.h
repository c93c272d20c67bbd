//===- RustAsmHelpers.h - Syntax that Rust types share ----------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_IR_RUST_RUSTASMHELPERS_H
#define KCFI_LIB_IR_RUST_RUSTASMHELPERS_H

#include "kcfi/IR/KCFITypes.h"
#include "mlir/IR/DialectImplementation.h"

namespace mlir::kcfi::helpers {

/// A component that is not the signature of a function: nested fn types are fn
/// pointers, which keep parameters without size.
LogicalResult verifyNested(function_ref<InFlightDiagnostic()> emitError,
                           Type type, StringRef what);

LogicalResult verifyNested(function_ref<InFlightDiagnostic()> emitError,
                           ArrayRef<Type> types, StringRef what);

LogicalResult verifyArgs(function_ref<InFlightDiagnostic()> emitError,
                         RustItemAttr item, ArrayAttr args);

/// `(` string `)`
FailureOr<StringAttr> parseStringInParens(AsmParser &parser);

/// `erased`, `static`, `bound(0, 1)`, `param("'a")`; nothing if there is none
/// of the keywords.
OptionalParseResult parseOptionalRegion(AsmParser &parser,
                                        RustRegionAttr &region);

void printRegion(AsmPrinter &printer, RustRegionAttr region);

FailureOr<ArrayAttr> parseArgs(AsmParser &parser);

void printArgs(AsmPrinter &printer, ArrayAttr args);

/// `trait #item, [args]`, `projection #item, [args] = T`, `auto #item`
FailureOr<RustPredicateAttr> parsePredicateBody(AsmParser &parser);

void printPredicateBody(AsmPrinter &printer, RustPredicateAttr predicate);

} // namespace mlir::kcfi::helpers

#endif // KCFI_LIB_IR_RUST_RUSTASMHELPERS_H
