//===- Emitter.h - What emits the dialect of the language -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The state of Emit.cpp, for definitions, and EmitBodies.cpp, for what is in
// functions.
//
//===----------------------------------------------------------------------===//

#ifndef MINT_EMITTER_H
#define MINT_EMITTER_H

#include "Emit.h"
#include "Mint.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"

namespace mint {

// Of MLIR's names, those that every line here needs.
using namespace mlir;

/// A value, or null for a call without result. Failure after an error.
using Result = FailureOr<Value>;

/// Whether control goes on behind a statement. Failure after an error.
enum class Flow { GoesOn, Ends };

/// What is known while a function is emitted.
struct Frame {
  FuncOp function;
  /// The function around a closure.
  Frame *parent = nullptr;
  SmallVector<llvm::StringMap<Value>> scopes;
  /// Captured variables with their places here.
  llvm::MapVector<StringRef, Value> captures;
};

class Emitter {
public:
  Emitter(const llvm::SourceMgr &sourceMgr, MLIRContext *context)
      : sourceMgr(sourceMgr), builder(context) {}

  OwningOpRef<ModuleOp> emit(const Program &program);

private:
  // Types and definitions.
  Type resolve(const TypeSyntax &syntax);
  FailureOr<FunctionType> resolve(const Prototype &prototype);
  LogicalResult declare(const Program &program);
  LogicalResult define(const Interface &interface);
  LogicalResult define(const Struct &type);
  FailureOr<FuncOp> declare(StringRef name, const Prototype &prototype,
                            Type self = {});
  LogicalResult declare(const Impl &impl);
  LogicalResult emitBody(FuncOp function, ArrayRef<Param> params,
                         const Statements &body, SMLoc end, Frame &frame);

  // Statements and expressions.
  FailureOr<Flow> emit(const Statements &block);
  FailureOr<Flow> emit(const Statement &statement);
  FailureOr<Flow> emitIf(const Statement &statement);
  FailureOr<Flow> emitWhile(const Statement &statement);
  FailureOr<Flow> emitReturn(const Statement &statement);
  Result emit(const Expr &expr);
  Result emitBinary(const Expr &expr);
  Result emitShortCircuit(const Expr &expr);
  Result emitCall(const Expr &expr);
  Result emitMethodCall(const Expr &call, const Expr &callee, Value object);
  Result emitStruct(const Expr &expr);
  Result emitLambda(const Expr &expr);
  Result emitForge(const Expr &expr);
  /// The expression as a value of this type.
  Result emitAs(const Expr &expr, Type type);
  FailureOr<SmallVector<Value>> emitArgs(SMLoc loc,
                                         ArrayRef<std::unique_ptr<Expr>> args,
                                         ArrayRef<Type> types);
  /// The place of a variable or field that is assigned to.
  Result emitPlace(const Expr &expr);
  Result emitField(const Expr &expr);
  Result emitFieldOf(Value object, const Expr &expr);
  Value lookup(Frame *frame, StringRef name);
  Value makeVariable(Location loc, StringRef name, Value value);
  Value getResult(Operation *call) {
    return call->getNumResults() ? call->getResult(0) : Value();
  }

  std::string getName(Type type);
  std::string getNames(FunctionType type);
  Location getLoc(SMLoc loc) {
    return getLocation(sourceMgr, loc, builder.getContext());
  }
  InFlightDiagnostic error(SMLoc loc) { return emitError(getLoc(loc)); }

  const llvm::SourceMgr &sourceMgr;
  OpBuilder builder;
  ModuleOp module;
  Frame *frame = nullptr;
  unsigned numClosures = 0;

  llvm::StringMap<InterfaceOp> interfaces;
  llvm::StringMap<StructOp> structs;
  llvm::StringMap<FuncOp> functions;
  /// By struct and interface.
  llvm::DenseSet<std::pair<Type, Type>> impls;
};

} // namespace mint

#endif // MINT_EMITTER_H
