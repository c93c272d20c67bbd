//===- Syntax.h - Syntax trees -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// What the parser makes of a source file. Every node has the place it was found
// at, as a pointer into the source.
//
//===----------------------------------------------------------------------===//

#ifndef MINT_SYNTAX_H
#define MINT_SYNTAX_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/SMLoc.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mint {

/// A type as it is written.
struct TypeSyntax {
  enum Kind { Named, Fn, Closure } kind;
  llvm::SMLoc loc;
  llvm::StringRef name;           // Named
  std::vector<TypeSyntax> params; // Fn, Closure
  std::unique_ptr<TypeSyntax> result;
};

struct Param {
  llvm::SMLoc loc;
  llvm::StringRef name;
  TypeSyntax type;
};

/// Name, parameters and result; no result means none.
struct Prototype {
  llvm::SMLoc loc;
  llvm::StringRef name;
  std::vector<Param> params;
  std::optional<TypeSyntax> result;
};

struct Statement;
using Statements = std::vector<std::unique_ptr<Statement>>;

struct Expr {
  enum Kind {
    Integer, // number
    Bool,    // number
    Name,    // name
    Method,  // name (the struct) :: member, as a function
    Field,   // operands[0] . member
    Call,    // operands[0] ( operands[1..] )
    Binary,  // operands[0] op operands[1]
    Unary,   // op operands[0]
    Struct,  // name { fields: operands }
    Lambda,  // | prototype | body
    Forge,   // operands[0] as! type
  } kind;
  llvm::SMLoc loc;
  int64_t number = 0;
  llvm::StringRef name, member, op;
  std::vector<std::unique_ptr<Expr>> operands;
  std::vector<llvm::StringRef> fields;
  std::vector<llvm::SMLoc> fieldLocs;
  Prototype prototype;
  Statements body;
  llvm::SMLoc end; // of the body
  std::optional<TypeSyntax> type;
};

struct Statement {
  enum Kind {
    Let,    // name, type?, value
    Assign, // target, value
    If,     // value, then, otherwise
    While,  // value, then
    Return, // value?
    Print,  // value
    Call,   // value
  } kind;
  llvm::SMLoc loc;
  llvm::StringRef name;
  std::optional<TypeSyntax> type;
  std::unique_ptr<Expr> target, value;
  Statements then, otherwise;
};

struct Function {
  Prototype prototype;
  Statements body;
  llvm::SMLoc end; // of the body
  bool isExtern = false;
};

struct Interface {
  llvm::SMLoc loc;
  llvm::StringRef name;
  std::vector<Prototype> methods;
};

struct Struct {
  llvm::SMLoc loc;
  llvm::StringRef name;
  std::vector<Param> fields;
};

struct Impl {
  llvm::SMLoc loc;
  llvm::StringRef interface, type;
  std::vector<Function> methods;
};

struct Program {
  std::vector<Interface> interfaces;
  std::vector<Struct> structs;
  std::vector<Impl> impls;
  std::vector<Function> functions;
};

} // namespace mint

#endif // MINT_SYNTAX_H
