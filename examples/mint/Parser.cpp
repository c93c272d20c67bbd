//===- Parser.cpp - Source text to syntax trees -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Parser.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;
using namespace mint;

namespace {

struct Token {
  enum Kind { End, Identifier, Integer, Symbol, Unknown } kind;
  StringRef text;

  SMLoc getLoc() const { return SMLoc::getFromPointer(text.data()); }
};

/// Words and symbols of a source text.
class Lexer {
public:
  explicit Lexer(StringRef text) : rest(text) {}

  Token next() {
    skipBlanks();
    if (rest.empty())
      return {Token::End, rest};
    char first = rest.front();
    if (isAlpha(first) || first == '_')
      return take(Token::Identifier, rest.find_if_not([](char c) {
        return isAlnum(c) || c == '_';
      }));
    if (isDigit(first))
      return take(Token::Integer,
                  rest.find_if_not([](char c) { return isAlnum(c); }));
    for (StringRef symbol : {"->", "==", "!=", "<=", ">=", "&&", "||", "::"})
      if (rest.starts_with(symbol))
        return take(Token::Symbol, 2);
    bool isSymbol = StringRef("(){},;:.=<>+-*/%!|").contains(first);
    return take(isSymbol ? Token::Symbol : Token::Unknown, 1);
  }

private:
  void skipBlanks() {
    while (true) {
      rest = rest.ltrim();
      if (!rest.starts_with("//"))
        return;
      rest = rest.drop_while([](char c) { return c != '\n'; });
    }
  }

  Token take(Token::Kind kind, size_t length) {
    StringRef text = rest.take_front(length);
    rest = rest.drop_front(text.size());
    return {kind, text};
  }

  StringRef rest;
};

/// Recursive descent. A function that parses something returns false after an
/// error.
class Parser {
public:
  Parser(StringRef text, function_ref<void(SMLoc, const Twine &)> reportError)
      : lexer(text), reportError(reportError) {
    token = lexer.next();
  }

  bool parse(Program &program) {
    while (token.kind != Token::End) {
      bool ok;
      if (isWord("interface"))
        ok = parse(program.interfaces.emplace_back());
      else if (isWord("struct"))
        ok = parse(program.structs.emplace_back());
      else if (isWord("impl"))
        ok = parse(program.impls.emplace_back());
      else if (isWord("fn") || isWord("extern"))
        ok = parse(program.functions.emplace_back());
      else
        ok = fail("expected 'fn', 'extern', 'struct', 'interface' or 'impl'");
      if (!ok)
        return false;
    }
    return true;
  }

private:
  //===--------------------------------------------------------------------===//
  // Tokens
  //===--------------------------------------------------------------------===//

  bool fail(const Twine &message) {
    if (token.kind == Token::End)
      reportError(token.getLoc(), message + ", found the end of the file");
    else
      reportError(token.getLoc(), message + ", found '" + token.text + "'");
    return false;
  }

  void advance() { token = lexer.next(); }

  bool is(StringRef symbol) const {
    return token.kind == Token::Symbol && token.text == symbol;
  }
  bool isWord(StringRef word) const {
    return token.kind == Token::Identifier && token.text == word;
  }
  bool consumeIf(StringRef text) {
    if (!is(text) && !isWord(text))
      return false;
    advance();
    return true;
  }
  bool expect(StringRef text) {
    return consumeIf(text) || fail("expected '" + text + "'");
  }
  bool parseName(StringRef &name, SMLoc &loc) {
    static constexpr StringLiteral keywords[] = {
        "as",    "closure", "else",   "extern", "false",     "fn",
        "for",   "if",      "impl",   "int",    "interface", "let",
        "print", "return",  "struct", "true",   "while",     "bool"};
    if (token.kind != Token::Identifier || is_contained(keywords, token.text))
      return fail("expected a name");
    name = token.text;
    loc = token.getLoc();
    advance();
    return true;
  }

  /// `parseElement` between commas, up to `end`.
  bool parseList(StringRef end, function_ref<bool()> parseElement) {
    if (consumeIf(end))
      return true;
    do {
      if (!parseElement())
        return false;
    } while (consumeIf(","));
    return expect(end);
  }

  /// Programs of people nest less; a deeper one would exhaust the stack.
  struct Nesting {
    explicit Nesting(unsigned &depth) : depth(depth) { ++depth; }
    ~Nesting() { --depth; }
    unsigned &depth;
  };
  bool checkDepth() {
    return depth < 200 || fail("the program nests too deeply");
  }

  //===--------------------------------------------------------------------===//
  // Types and prototypes
  //===--------------------------------------------------------------------===//

  bool parse(TypeSyntax &type) {
    Nesting nesting(depth);
    if (!checkDepth())
      return false;
    type.loc = token.getLoc();
    type.name = token.text;
    bool isFn = isWord("fn");
    if (isFn || isWord("closure")) {
      type.kind = isFn ? TypeSyntax::Fn : TypeSyntax::Closure;
      advance();
      if (!expect("(") ||
          !parseList(")", [&] { return parse(type.params.emplace_back()); }))
        return false;
      if (!consumeIf("->"))
        return true;
      type.result = std::make_unique<TypeSyntax>();
      return parse(*type.result);
    }
    type.kind = TypeSyntax::Named;
    if (consumeIf("int") || consumeIf("bool"))
      return true;
    return parseName(type.name, type.loc);
  }

  bool parse(Param &param) {
    return parseName(param.name, param.loc) && expect(":") && parse(param.type);
  }

  bool parseResult(Prototype &prototype) {
    return !consumeIf("->") || parse(prototype.result.emplace());
  }

  /// From `fn` to the result.
  bool parse(Prototype &prototype) {
    return expect("fn") && parseName(prototype.name, prototype.loc) &&
           expect("(") &&
           parseList(")",
                     [&] { return parse(prototype.params.emplace_back()); }) &&
           parseResult(prototype);
  }

  //===--------------------------------------------------------------------===//
  // Definitions
  //===--------------------------------------------------------------------===//

  bool parse(Interface &interface) {
    advance();
    if (!parseName(interface.name, interface.loc) || !expect("{"))
      return false;
    while (!consumeIf("}"))
      if (!parse(interface.methods.emplace_back()) || !expect(";"))
        return false;
    return true;
  }

  bool parse(Struct &type) {
    advance();
    return parseName(type.name, type.loc) && expect("{") &&
           parseList("}", [&] { return parse(type.fields.emplace_back()); });
  }

  bool parse(Impl &impl) {
    SMLoc loc;
    advance();
    if (!parseName(impl.interface, impl.loc) || !expect("for") ||
        !parseName(impl.type, loc) || !expect("{"))
      return false;
    while (!consumeIf("}"))
      if (!parse(impl.methods.emplace_back()))
        return false;
    return true;
  }

  bool parse(Function &function) {
    function.isExtern = consumeIf("extern");
    if (!parse(function.prototype))
      return false;
    if (function.isExtern)
      return expect(";");
    return parse(function.body, &function.end);
  }

  //===--------------------------------------------------------------------===//
  // Statements
  //===--------------------------------------------------------------------===//

  bool parse(Statements &block, SMLoc *end = nullptr) {
    Nesting nesting(depth);
    if (!checkDepth() || !expect("{"))
      return false;
    while (!is("}")) {
      block.push_back(std::make_unique<Statement>());
      if (!parse(*block.back()))
        return false;
    }
    if (end)
      *end = token.getLoc();
    advance();
    return true;
  }

  bool parseCondition(Statement &statement) {
    advance();
    return expect("(") && parse(statement.value) && expect(")") &&
           parse(statement.then);
  }

  bool parse(Statement &statement) {
    statement.loc = token.getLoc();
    if (isWord("if")) {
      statement.kind = Statement::If;
      if (!parseCondition(statement))
        return false;
      if (!consumeIf("else"))
        return true;
      if (!isWord("if"))
        return parse(statement.otherwise);
      Nesting nesting(depth);
      statement.otherwise.push_back(std::make_unique<Statement>());
      return checkDepth() && parse(*statement.otherwise.back());
    }
    if (isWord("while")) {
      statement.kind = Statement::While;
      return parseCondition(statement);
    }
    if (consumeIf("return")) {
      statement.kind = Statement::Return;
      return consumeIf(";") || (parse(statement.value) && expect(";"));
    }
    if (consumeIf("print")) {
      statement.kind = Statement::Print;
      return parse(statement.value) && expect(";");
    }
    if (consumeIf("let")) {
      statement.kind = Statement::Let;
      return parseName(statement.name, statement.loc) &&
             (!consumeIf(":") || parse(statement.type.emplace())) &&
             expect("=") && parse(statement.value) && expect(";");
    }
    statement.kind = Statement::Call;
    if (!parse(statement.value))
      return false;
    if (consumeIf("=")) {
      statement.kind = Statement::Assign;
      statement.target = std::move(statement.value);
      if (!parse(statement.value))
        return false;
    }
    return expect(";");
  }

  //===--------------------------------------------------------------------===//
  // Expressions
  //===--------------------------------------------------------------------===//

  using ExprPtr = std::unique_ptr<Expr>;

  ExprPtr make(Expr::Kind kind) {
    auto expr = std::make_unique<Expr>();
    expr->kind = kind;
    expr->loc = token.getLoc();
    return expr;
  }

  int getPrecedence() const {
    if (token.kind != Token::Symbol)
      return 0;
    return StringSwitch<int>(token.text)
        .Case("||", 1)
        .Case("&&", 2)
        .Cases({"==", "!=", "<", "<=", ">", ">="}, 3)
        .Cases({"+", "-"}, 4)
        .Cases({"*", "/", "%"}, 5)
        .Default(0);
  }

  bool parse(ExprPtr &expr) { return parse(expr, 1); }

  bool parse(ExprPtr &expr, int minPrecedence) {
    Nesting nesting(depth);
    if (!checkDepth() || !parseUnary(expr))
      return false;
    unsigned length = 0;
    while (int precedence = getPrecedence()) {
      if (precedence < minPrecedence)
        return true;
      // Each of them makes the tree one level deeper.
      if (++length == 1000)
        return fail("the program nests too deeply");
      ExprPtr binary = make(Expr::Binary);
      binary->op = token.text;
      advance();
      binary->operands.push_back(std::move(expr));
      if (!parse(binary->operands.emplace_back(), precedence + 1))
        return false;
      expr = std::move(binary);
    }
    return true;
  }

  bool parseUnary(ExprPtr &expr) {
    if (!is("-") && !is("!"))
      return parsePostfix(expr);
    Nesting nesting(depth);
    expr = make(Expr::Unary);
    expr->op = token.text;
    advance();
    return checkDepth() && parseUnary(expr->operands.emplace_back());
  }

  bool parsePostfix(ExprPtr &expr) {
    if (!parsePrimary(expr))
      return false;
    // Each of them makes the tree one level deeper.
    for (unsigned length = 0;; ++length) {
      if (length == 200)
        return fail("the program nests too deeply");
      ExprPtr outer;
      if (is("(")) {
        outer = make(Expr::Call);
        outer->operands.push_back(std::move(expr));
        advance();
        if (!parseList(")",
                       [&] { return parse(outer->operands.emplace_back()); }))
          return false;
      } else if (is(".")) {
        advance();
        outer = make(Expr::Field);
        outer->operands.push_back(std::move(expr));
        if (!parseName(outer->member, outer->loc))
          return false;
      } else if (isWord("as")) {
        outer = make(Expr::Forge);
        outer->operands.push_back(std::move(expr));
        advance();
        if (!expect("!") || !parse(outer->type.emplace()))
          return false;
      } else {
        return true;
      }
      expr = std::move(outer);
    }
  }

  bool parseLambda(ExprPtr &expr) {
    expr = make(Expr::Lambda);
    Prototype &prototype = expr->prototype;
    prototype.loc = token.getLoc();
    // Without parameters, the two bars are one symbol.
    if (!consumeIf("||")) {
      advance();
      if (!parseList("|",
                     [&] { return parse(prototype.params.emplace_back()); }))
        return false;
    }
    return parseResult(prototype) && parse(expr->body, &expr->end);
  }

  bool parsePrimary(ExprPtr &expr) {
    if (consumeIf("("))
      return parse(expr) && expect(")");
    if (is("|") || is("||"))
      return parseLambda(expr);
    if (token.kind == Token::Integer) {
      expr = make(Expr::Integer);
      if (token.text.getAsInteger(10, expr->number))
        return fail("expected a number of 64 bits");
      advance();
      return true;
    }
    if (isWord("true") || isWord("false")) {
      expr = make(Expr::Bool);
      expr->number = isWord("true");
      advance();
      return true;
    }
    if (token.kind != Token::Identifier)
      return fail("expected an expression");
    expr = make(Expr::Name);
    if (!parseName(expr->name, expr->loc))
      return false;
    SMLoc loc;
    if (consumeIf("::")) {
      expr->kind = Expr::Method;
      return parseName(expr->member, loc);
    }
    if (!consumeIf("{"))
      return true;
    expr->kind = Expr::Struct;
    return parseList("}", [&] {
      return parseName(expr->fields.emplace_back(),
                       expr->fieldLocs.emplace_back()) &&
             expect(":") && parse(expr->operands.emplace_back());
    });
  }

  Lexer lexer;
  Token token;
  unsigned depth = 0;
  function_ref<void(SMLoc, const Twine &)> reportError;
};

} // namespace

std::optional<Program>
mint::parseProgram(const SourceMgr &sourceMgr,
                   function_ref<void(SMLoc, const Twine &)> reportError) {
  StringRef text =
      sourceMgr.getMemoryBuffer(sourceMgr.getMainFileID())->getBuffer();
  Program program;
  if (!Parser(text, reportError).parse(program))
    return std::nullopt;
  return program;
}
