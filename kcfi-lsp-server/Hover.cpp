//===- Hover.cpp - What an editor shows for a signature -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Hover.h"
#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/IR/Builders.h"
#include "kcfi/IR/ReadableType.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/AsmParser/AsmParserState.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/ToolUtilities.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace mlir::kcfi;
namespace lsp = llvm::lsp;

namespace {

/// One document and what can be known about it.
class Document {
public:
  Document(const std::string &text, const DialectRegistry &registry,
           lsp::Position position);

  std::optional<lsp::Hover> getHover();

private:
  Operation *findOperation();
  Type parse(StringRef type);
  void describe(llvm::raw_ostream &os, Type signature,
                RustCallableAttr callable, Operation *op);
  void describeFunction(llvm::raw_ostream &os, FunctionOpInterface function);

  /// `context` is the last to go.
  MLIRContext context;
  llvm::SourceMgr sourceMgr;
  Block block;
  AsmParserState state;
  bool isValid = false;
  StringRef text;
  /// Of the cursor in `text`; npos if it is not there.
  size_t offset = StringRef::npos;
  SMLoc cursor;
};

} // namespace

/// Characters of the names of types, attributes and aliases.
static bool isWordChar(char c) {
  return llvm::isAlnum(c) || StringRef("_.$-!#").contains(c);
}

/// A file may be several: blanks out all that are not around `offset`, which
/// leaves every place where it is.
static std::string isolate(std::string text, size_t offset) {
  size_t marker = StringRef(kDefaultSplitMarker).size();
  size_t begin = StringRef(text).take_front(offset).rfind(kDefaultSplitMarker);
  size_t end = text.find(kDefaultSplitMarker, offset);
  begin = begin == StringRef::npos ? 0 : begin + marker;
  end = std::min(end, text.size());
  for (size_t index = 0; index < text.size(); ++index)
    if ((index < begin || index >= end) && text[index] != '\n')
      text[index] = ' ';
  return text;
}

/// Where the angle bracket that is open at the start of `text` is closed;
/// behind it. Strings and arrows have none.
static size_t findClosing(StringRef text) {
  unsigned depth = 0;
  for (size_t index = 0; index < text.size(); ++index) {
    switch (text[index]) {
    case '<':
      ++depth;
      break;
    case '>':
      if (index && text[index - 1] == '-')
        break;
      if (--depth == 0)
        return index + 1;
      break;
    case '"':
      index = text.find('"', index + 1);
      if (index == StringRef::npos)
        return index;
      break;
    default:
      break;
    }
  }
  return StringRef::npos;
}

Document::Document(const std::string &document, const DialectRegistry &registry,
                   lsp::Position position)
    : context(registry, MLIRContext::Threading::DISABLED) {
  context.allowUnregisteredDialects();
  context.getDiagEngine().registerHandler([](Diagnostic &) {});
  // Which part of the file it is can only be said in the whole file.
  llvm::SourceMgr whole;
  whole.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBuffer(document), SMLoc());
  SMLoc loc = position.getAsSMLoc(whole);
  if (!loc.isValid())
    return;
  offset = loc.getPointer() - whole.getMemoryBuffer(1)->getBufferStart();
  sourceMgr.AddNewSourceBuffer(
      llvm::MemoryBuffer::getMemBufferCopy(isolate(document, offset)), SMLoc());
  text = sourceMgr.getMemoryBuffer(1)->getBuffer();
  cursor = SMLoc::getFromPointer(text.data() + offset);
  ParserConfig config(&context, /*verifyAfterParse=*/false);
  isValid = succeeded(parseAsmSourceFile(sourceMgr, &block, config, &state));
}

/// The innermost operation around the cursor, else the first one, which is the
/// module; null if the file has errors.
Operation *Document::findOperation() {
  if (!isValid)
    return nullptr;
  Operation *found = nullptr;
  size_t size = StringRef::npos;
  for (const AsmParserState::OperationDefinition &definition :
       state.getOpDefs()) {
    const char *begin = definition.scopeLoc.Start.getPointer();
    const char *end = definition.scopeLoc.End.getPointer();
    if (!begin || cursor.getPointer() < begin || cursor.getPointer() > end ||
        size_t(end - begin) >= size)
      continue;
    found = definition.op;
    size = end - begin;
  }
  if (!found && !block.empty())
    return &block.front();
  return found;
}

/// A type as it is written in the document, with its aliases.
Type Document::parse(StringRef type) {
  if (Type parsed = parseType(type, &context))
    return parsed;
  std::string module;
  llvm::raw_string_ostream os(module);
  for (const auto &alias : state.getAttributeAliasDefs())
    os << "#" << alias.name << " = " << alias.value << "\n";
  for (const auto &alias : state.getTypeAliasDefs())
    os << "!" << alias.name << " = " << alias.value << "\n";
  os << "\"kcfi_lsp.type\"() {type = " << type << "} : () -> ()\n";
  Block holder;
  ParserConfig config(&context, /*verifyAfterParse=*/false);
  if (failed(parseSourceString(module, &holder, config)) || holder.empty())
    return {};
  auto attr = holder.back().getAttrOfType<TypeAttr>("type");
  return attr ? attr.getValue() : Type();
}

/// String and id; why there are none if there are none.
void Document::describe(llvm::raw_ostream &os, Type signature,
                        RustCallableAttr callable, Operation *op) {
  auto writeError = [&](const Twine &message) {
    os << "- no id: " << message << "\n";
  };
  if (!op)
    return writeError("the file has errors, so its options are not known");
  // What is reported at operations is for this text.
  std::string reported;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    if (reported.empty())
      reported = diagnostic.str();
    return success();
  });
  std::unique_ptr<kcfi::TargetInfo> target = lookupTarget(op);
  if (!target)
    return writeError(reported);
  auto module = dyn_cast<ModuleOp>(op);
  if (!module)
    module = op->getParentOfType<ModuleOp>();
  DefinitionTable definitions;
  if (module) {
    FailureOr<DefinitionTable> found = collectPendingDefinitions(module);
    if (failed(found))
      return writeError(reported);
    definitions = std::move(*found);
  }
  EncodingAttr encoding = getEncoding(op);
  TypeIdCache cache = makeTypeIdCache(op, *target, std::move(definitions));
  llvm::Expected<TypeIdAttr> id = cache.getEntryTypeId(signature, callable);
  if (!id)
    return writeError(llvm::toString(id.takeError()));
  if (id->getString())
    os << "- string: `" << id->getString().getValue() << "`\n";
  os << "- id: `" << formatTypeId(id->getValue()) << "`\n";
  if (encoding != EncodingAttr::get(&context))
    os << "- options: `" << encoding << "`\n";
  os << "- target: " << target->getTriple().str() << "\n";
}

/// What is in front of a function: for Rust, this depends on what it is.
void Document::describeFunction(llvm::raw_ostream &os,
                                FunctionOpInterface function) {
  Type signature = kcfi::getSignature(function);
  CheckedCallee own = getOwnCallee(function, signature);
  os << "```\n" << getReadableType(signature) << "\n```\n";
  auto callable =
      function->getAttrOfType<RustCallableAttr>(KCFIDialect::kCallableAttrName);
  if (callable)
    os << "a Rust function of kind `"
       << stringifyRustCallableKind(callable.getKind())
       << "`; the id in front of it is that of calls through its trait "
          "object\n\n";
  describe(os, own.signature, own.callable, function);
}

std::optional<lsp::Hover> Document::getHover() {
  if (offset == StringRef::npos)
    return std::nullopt;
  // The word at the cursor, and what it may be the start of.
  size_t begin = offset, end = offset;
  while (begin && isWordChar(text[begin - 1]) && text[begin] != '!' &&
         text[begin] != '#')
    --begin;
  while (end < text.size() && isWordChar(text[end]))
    ++end;
  StringRef word = text.slice(begin, end);
  Operation *op = findOperation();

  std::string contents;
  llvm::raw_string_ostream os(contents);
  auto finish = [&](size_t begin, size_t end) {
    lsp::Hover hover(lsp::Range(
        sourceMgr, SMRange(SMLoc::getFromPointer(text.data() + begin),
                           SMLoc::getFromPointer(text.data() + end))));
    hover.contents.value = contents;
    return hover;
  };
  auto finishType = [&](Type type, size_t begin, size_t end) {
    if (auto pointer = dyn_cast<FnPtrType>(type))
      type = pointer.getSignature();
    os << "```\n" << getReadableType(type) << "\n```\n";
    // A pointer's lifetimes are erased where it is called.
    if (auto fn = dyn_cast<RustFnType>(type))
      type = getCallSignature(fn);
    describe(os, type, /*callable=*/{}, op);
    return finish(begin, end);
  };

  if (word == KCFIDialect::kSigAttrName ||
      word == KCFIDialect::kCallableAttrName ||
      word == KCFIDialect::kEntrySigAttrName) {
    auto function = dyn_cast_or_null<FunctionOpInterface>(op);
    Type signature = function ? kcfi::getSignature(function) : Type();
    // The document may be one that the verifier does not accept.
    if (!signature || !isSignature(signature))
      return std::nullopt;
    describeFunction(os, function);
    return finish(begin, end);
  }
  if (word.starts_with("!"))
    if (const auto *alias = state.getTypeAliasDef(word.drop_front()))
      if (isSignature(alias->value) || isa<FnPtrType>(alias->value))
        return finishType(alias->value, begin, end);

  // The innermost signature or pointer whose brackets are around the cursor.
  for (size_t start = end; start-- > 0;) {
    if (start && isWordChar(text[start - 1]) && text[start - 1] != '!')
      continue;
    StringRef rest = text.drop_front(start);
    StringRef name = rest;
    name.consume_front("!kcfi.");
    if (llvm::none_of(
            ArrayRef<StringRef>{"fn<", "rs.fn<", "fnptr<", "encoded<", "raw<"},
            [&](StringRef mnemonic) { return name.starts_with(mnemonic); }))
      continue;
    size_t open = name.find('<');
    size_t length = findClosing(name.drop_front(open));
    if (length == StringRef::npos)
      continue;
    size_t close = name.data() - text.data() + open + length;
    if (close < offset)
      continue;
    Type type = parse(("!kcfi." + name.take_front(open + length)).str());
    if (type && (isSignature(type) || isa<FnPtrType>(type)))
      return finishType(type, start, close);
  }
  return std::nullopt;
}

std::optional<lsp::Hover>
mlir::kcfi::getSignatureHover(const std::string &document,
                              lsp::Position position,
                              const DialectRegistry &registry) {
  return Document(document, registry, position).getHover();
}
