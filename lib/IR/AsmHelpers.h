//===- AsmHelpers.h - Parsing and printing helpers -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_IR_ASMHELPERS_H
#define KCFI_LIB_IR_ASMHELPERS_H

#include "kcfi/IR/KCFITypes.h"

namespace mlir::kcfi::helpers {

/// Counts how deep the parsers of types and attributes call each other, as long
/// as it lives.
class ParserNesting {
public:
  ParserNesting();
  ~ParserNesting();
  ParserNesting(const ParserNesting &) = delete;
  ParserNesting &operator=(const ParserNesting &) = delete;

  bool isOutermost() const;
  bool isTooDeep() const;
};

/// Completes an error about a type that `isNestedTooDeep`.
inline InFlightDiagnostic emitTooDeep(InFlightDiagnostic diag) {
  diag << "type is nested more than " << kMaxTypeDepth << " levels deep";
  return diag;
}

/// Parses a component type, spelled without `!kcfi.`.
FailureOr<Type> parseNested(AsmParser &parser);

/// Parses an unsigned number of at most 32 bits, decimal or hexadecimal.
FailureOr<uint32_t> parseU32(AsmParser &parser);

/// `(number)`; `loc` receives the place of the number.
FailureOr<uint32_t> parseU32InParens(AsmParser &parser, SMLoc *loc = nullptr);

/// The spellings of the enumerators up to `max`, as an error lists what it
/// expects: `'a', 'b' or 'c'`.
template <typename EnumT>
std::string getSpellings(unsigned max) {
  std::string text;
  for (unsigned value = 0; value <= max; ++value) {
    StringRef spelling = stringifyEnum(static_cast<EnumT>(value));
    if (spelling.empty())
      continue;
    if (!text.empty())
      text += value == max ? " or " : ", ";
    text += ("'" + spelling + "'").str();
  }
  return text;
}

/// Parses the keyword of an enumerator. `what` names the enumeration, `max` is
/// its `getMaxEnumValFor...()`.
template <typename EnumT>
FailureOr<EnumT> parseEnum(AsmParser &parser, unsigned max, StringRef what) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef keyword;
  if (parser.parseKeyword(&keyword))
    return failure();
  if (std::optional<EnumT> value = symbolizeEnum<EnumT>(keyword))
    return *value;
  return parser.emitError(loc, "unknown ")
             << what << " '" << keyword << "', expected "
             << getSpellings<EnumT>(max),
         failure();
}

/// `"name" args [...]` or `anonymous`.
FailureOr<ScopeAttr> parseScopeBody(AsmParser &parser);
void printScopeBody(AsmPrinter &printer, ScopeAttr scope);

/// `[scope, ...]`
FailureOr<ArrayAttr> parseScopeList(AsmParser &parser);
void printScopeList(AsmPrinter &printer, ArrayAttr scopes);

/// Template arguments separated by commas, up to (not including) the closing
/// delimiter, or inside of square brackets.
FailureOr<ArrayAttr> parseTemplateArgs(AsmParser &parser,
                                       AsmParser::Delimiter delimiter);
void printTemplateArgs(AsmPrinter &printer, ArrayAttr args);

/// Checks that every element is a template argument (scope element).
LogicalResult verifyTemplateArgs(function_ref<InFlightDiagnostic()> emitError,
                                 ArrayAttr args);
LogicalResult verifyScopes(function_ref<InFlightDiagnostic()> emitError,
                           ArrayAttr scopes);

/// Checks that `type` can be a part of a signature of the C family; `what`
/// names the part.
LogicalResult verifyComponent(function_ref<InFlightDiagnostic()> emitError,
                              Type type, StringRef what);

/// Checks a name that is to be mangled.
LogicalResult verifyName(function_ref<InFlightDiagnostic()> emitError,
                         StringAttr name, StringRef what);

/// `#item`, and `#item, [arg, ...]`, where the list is not written if empty.
ParseResult parseItem(AsmParser &parser, RustItemAttr &item);
ParseResult parseItemAndArgs(AsmParser &parser, RustItemAttr &item,
                             ArrayAttr &args);
void printItemAndArgs(AsmPrinter &printer, RustItemAttr item, ArrayAttr args);

/// Checks that `type` can be a part of a Rust signature; `what` names the part.
LogicalResult verifyRustComponent(function_ref<InFlightDiagnostic()> emitError,
                                  Type type, StringRef what);

} // namespace mlir::kcfi::helpers

#endif // KCFI_LIB_IR_ASMHELPERS_H
