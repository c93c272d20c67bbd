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
#include "mlir/IR/DialectImplementation.h"

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

//===----------------------------------------------------------------------===//
// Directives
//
// A format with `custom<Name>` calls parseName and printName.
//===----------------------------------------------------------------------===//

/// A component type, spelled without `!kcfi.`.
ParseResult parseNested(AsmParser &parser, Type &type);
void printNested(AsmPrinter &printer, Type type);

/// A string in quotes.
ParseResult parseString(AsmParser &parser, StringAttr &string);
void printString(AsmPrinter &printer, StringAttr string);

/// A number of at most 32 bits, decimal or hexadecimal.
ParseResult parseU32(AsmParser &parser, unsigned &number);
void printU32(AsmPrinter &printer, unsigned number);

/// A number of at most 64 bits.
ParseResult parseU64(AsmParser &parser, uint64_t &number);
void printU64(AsmPrinter &printer, uint64_t number);

/// A type id, printed with eight hexadecimal digits.
ParseResult parseId(AsmParser &parser, uint32_t &id);
void printId(AsmPrinter &printer, uint32_t id);

/// The spellings of an enumeration whose values are 0, 1, 2 and so on, from
/// `first`, as an error lists what it expects: `'a', 'b' or 'c'`.
template <typename EnumT>
std::string getSpellings(unsigned first = 0) {
  auto spell = [](unsigned value) {
    return stringifyEnum(static_cast<EnumT>(value));
  };
  std::string text;
  for (unsigned value = first; !spell(value).empty(); ++value) {
    if (!text.empty())
      text += spell(value + 1).empty() ? " or " : ", ";
    text += ("'" + spell(value) + "'").str();
  }
  return text;
}

/// The keyword of an enumerator. In errors, `what` names the enumeration and
/// `ofWhat` the whole that it is a part of. Values below `first` have no
/// keyword.
template <typename EnumT>
ParseResult parseKeyword(AsmParser &parser, EnumT &value, StringRef what,
                         StringRef ofWhat = "", unsigned first = 0) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef keyword;
  if (parser.parseKeyword(&keyword))
    return failure();
  std::optional<EnumT> known = symbolizeEnum<EnumT>(keyword);
  if (!known || static_cast<unsigned>(*known) < first)
    return parser.emitError(loc, "unknown ")
           << what << " '" << keyword << "'" << (ofWhat.empty() ? "" : " ")
           << ofWhat << ", expected " << getSpellings<EnumT>(first);
  value = *known;
  return success();
}
template <typename EnumT>
void printKeyword(AsmPrinter &printer, EnumT value, StringRef) {
  printer << stringifyEnum(value);
}

//===----------------------------------------------------------------------===//
// Parts of directives
//===----------------------------------------------------------------------===//

/// `(number)`; `loc` receives the place of the number.
ParseResult parseU32InParens(AsmParser &parser, unsigned &number,
                             SMLoc *loc = nullptr);

/// Parses the parameters of an attribute by the function of its directive and
/// makes the attribute.
template <typename AttrT, typename... Ts>
ParseResult parseBody(AsmParser &parser, AttrT &attr,
                      ParseResult (*parseParameters)(AsmParser &, Ts &...)) {
  SMLoc loc = parser.getCurrentLocation();
  std::tuple<Ts...> parameters;
  if (std::apply(
          [&](Ts &...values) { return parseParameters(parser, values...); },
          parameters))
    return failure();
  attr = std::apply(
      [&](const Ts &...values) {
        return parser.getChecked<AttrT>(loc, parser.getContext(), values...);
      },
      parameters);
  return success(static_cast<bool>(attr));
}

/// Parses a list of attributes.
ParseResult parseList(AsmParser &parser, AsmParser::Delimiter delimiter,
                      ArrayAttr &list,
                      function_ref<ParseResult(Attribute &)> parseElement);
/// Prints a list in square brackets.
void printList(AsmPrinter &printer, ArrayAttr list,
               function_ref<void(Attribute)> printElement);

/// Parses attributes in square brackets, each by `parseBody`.
template <typename AttrT, typename... Ts>
ParseResult parseBodies(AsmParser &parser, ArrayAttr &list,
                        ParseResult (*parseParameters)(AsmParser &, Ts &...)) {
  return parseList(
      parser, AsmParser::Delimiter::Square, list, [&](Attribute &element) {
        AttrT attr;
        ParseResult result = parseBody(parser, attr, parseParameters);
        element = attr;
        return result;
      });
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// Checks that `type` can be a part of a signature of the C family; `what`
/// names the part.
LogicalResult verifyComponent(function_ref<InFlightDiagnostic()> emitError,
                              Type type, StringRef what);

/// Checks a name that is to be mangled.
LogicalResult verifyName(function_ref<InFlightDiagnostic()> emitError,
                         StringAttr name, StringRef what);

/// Checks that `type` can be a part of a Rust signature; `what` names the part.
LogicalResult verifyRustComponent(function_ref<InFlightDiagnostic()> emitError,
                                  Type type, StringRef what);

} // namespace mlir::kcfi::helpers

#endif // KCFI_LIB_IR_ASMHELPERS_H
