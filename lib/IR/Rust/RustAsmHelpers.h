//===- RustAsmHelpers.h - Syntax that Rust types share -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_IR_RUST_RUSTASMHELPERS_H
#define KCFI_LIB_IR_RUST_RUSTASMHELPERS_H

#include "../AsmHelpers.h"

namespace mlir::kcfi::helpers {

//===----------------------------------------------------------------------===//
// Directives
//===----------------------------------------------------------------------===//

/// `#item`, and `#item, [arg, ...]`, where the list is not written if empty.
ParseResult parseItem(AsmParser &parser, RustItemAttr &item);
void printItem(AsmPrinter &printer, RustItemAttr item);
ParseResult parseItemAndArgs(AsmParser &parser, RustItemAttr &item,
                             ArrayAttr &args);
void printItemAndArgs(AsmPrinter &printer, RustItemAttr item, ArrayAttr args);

/// Types, regions and constants in square brackets.
ParseResult parseGenericArgs(AsmParser &parser, ArrayAttr &args);
void printGenericArgs(AsmPrinter &printer, ArrayAttr args);

/// `"Vec"`, `value "main"`, `closure(1)`
ParseResult parseSegmentBody(AsmParser &parser, RustPathTag &tag,
                             unsigned &disambiguator, StringAttr &name);
void printSegmentBody(AsmPrinter &printer, RustPathTag tag,
                      unsigned disambiguator, StringAttr name);

/// `erased`, `static`, `bound(0, 1)`, `param("'a")`
ParseResult parseRegionBody(AsmParser &parser, RustRegionKind &kind,
                            unsigned &binder, unsigned &index,
                            StringAttr &name);
void printRegionBody(AsmPrinter &printer, RustRegionKind kind, unsigned binder,
                     unsigned index, StringAttr name);

/// A region without `#kcfi.rs.region`. Without any of the keywords, the region
/// is erased.
OptionalParseResult parseRegion(AsmParser &parser, RustRegionAttr &region);
void printRegion(AsmPrinter &printer, RustRegionAttr region);
/// The same where one of the keywords has to follow.
ParseResult parseObjectRegion(AsmParser &parser, RustRegionAttr &region);
void printObjectRegion(AsmPrinter &printer, RustRegionAttr region);

/// `"5"` or `param("N")`
ParseResult parseConstValue(AsmParser &parser, StringAttr &value,
                            bool &isParam);
void printConstValue(AsmPrinter &printer, StringAttr value, bool isParam);

/// `trait #item args [...]`, `projection #item args [...] = T`, `auto #item`
ParseResult parsePredicateBody(AsmParser &parser, RustPredicateKind &kind,
                               RustItemAttr &item, ArrayAttr &args,
                               Attribute &term);
void printPredicateBody(AsmPrinter &printer, RustPredicateKind kind,
                        RustItemAttr item, ArrayAttr args, Attribute term);

/// Predicates in square brackets, each without `#kcfi.rs.predicate`.
ParseResult parsePredicates(AsmParser &parser, ArrayAttr &predicates);
void printPredicates(AsmPrinter &printer, ArrayAttr predicates);

/// Types in square brackets, and those of a tuple in angle brackets.
ParseResult parseCaptures(AsmParser &parser, SmallVectorImpl<Type> &types);
void printCaptures(AsmPrinter &printer, ArrayRef<Type> types);
ParseResult parseElements(AsmParser &parser, SmallVectorImpl<Type> &types);
void printElements(AsmPrinter &printer, ArrayRef<Type> types);

/// `const` or `mut`
ParseResult parseMutability(AsmParser &parser, bool &isMut);
void printMutability(AsmPrinter &printer, bool isMut);

/// Equivalences in square brackets.
ParseResult parseEquivalenceList(AsmParser &parser,
                                 SmallVectorImpl<Equivalence> &list);
void printEquivalenceList(AsmPrinter &printer, ArrayRef<Equivalence> list);

//===----------------------------------------------------------------------===//
// Parts of directives
//===----------------------------------------------------------------------===//

/// `(` string `)`
ParseResult parseStringInParens(AsmParser &parser, StringAttr &string);

/// Segments in square brackets, each without `#kcfi.rs.segment`.
ParseResult parsePath(AsmParser &parser, ArrayAttr &path);
void printPath(AsmPrinter &printer, ArrayAttr path);

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// A component that is not the signature of a function: nested fn types are fn
/// pointers, which keep parameters without size.
LogicalResult verifyNested(function_ref<InFlightDiagnostic()> emitError,
                           Type type, StringRef what);

LogicalResult verifyNested(function_ref<InFlightDiagnostic()> emitError,
                           ArrayRef<Type> types, StringRef what);

LogicalResult verifyArgs(function_ref<InFlightDiagnostic()> emitError,
                         RustItemAttr item, ArrayAttr args);

} // namespace mlir::kcfi::helpers

#endif // KCFI_LIB_IR_RUST_RUSTASMHELPERS_H
