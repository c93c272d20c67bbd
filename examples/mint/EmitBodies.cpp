//===- EmitBodies.cpp - Statements and expressions -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mint;

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

Value Emitter::makeVariable(Location loc, StringRef name, Value value) {
  Value cell = VarOp::create(
      builder, loc, CellType::get(builder.getContext(), value.getType()));
  StoreOp::create(builder, loc, value, cell);
  frame->scopes.back()[name] = cell;
  return cell;
}

/// The place of a variable, null if there is none. One of a function around a
/// closure is captured.
Value Emitter::lookup(Frame *frame, StringRef name) {
  for (auto &scope : llvm::reverse(frame->scopes))
    if (Value cell = scope.lookup(name))
      return cell;
  if (Value cell = frame->captures.lookup(name))
    return cell;
  Value outer = frame->parent ? lookup(frame->parent, name) : Value();
  if (!outer)
    return {};
  Block &entry = frame->function.getBody().front();
  OpBuilder atStart = OpBuilder::atBlockBegin(&entry);
  return frame->captures[name] = CaptureOp::create(
             atStart, frame->function.getLoc(), outer.getType(),
             entry.getArgument(0), frame->captures.size(),
             builder.getTypeArrayAttr({}));
}

Result Emitter::emitField(const Expr &expr) {
  Result object = emit(*expr.operands[0]);
  if (failed(object))
    return failure();
  return emitFieldOf(*object, expr);
}

Result Emitter::emitFieldOf(Value object, const Expr &expr) {
  auto type = object ? dyn_cast<StructType>(object.getType()) : StructType();
  if (!type)
    return error(expr.loc) << "only structs have fields";
  StructOp op = structs[type.getName().getValue()];
  for (auto [index, name] : llvm::enumerate(op.getFields()))
    if (cast<StringAttr>(name).getValue() == expr.member) {
      Type field = cast<TypeAttr>(op.getTypes()[index]).getValue();
      return Value(FieldOp::create(builder, getLoc(expr.loc),
                                   CellType::get(builder.getContext(), field),
                                   object, index));
    }
  return error(expr.loc) << "'" << getName(type) << "' has no field '"
                         << expr.member << "'";
}

Result Emitter::emitPlace(const Expr &expr) {
  if (expr.kind == Expr::Field)
    return emitField(expr);
  if (expr.kind != Expr::Name)
    return error(expr.loc) << "this cannot be assigned to";
  Value cell = lookup(frame, expr.name);
  if (!cell)
    return error(expr.loc) << "there is no variable '" << expr.name << "'";
  if (cell.getDefiningOp<CaptureOp>())
    return error(expr.loc) << "'" << expr.name
                           << "' is a copy that the closure captured, it "
                              "cannot be changed";
  return cell;
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

FailureOr<Flow> Emitter::emit(const Statements &block) {
  frame->scopes.emplace_back();
  llvm::scope_exit leave([&] { frame->scopes.pop_back(); });
  Flow flow = Flow::GoesOn;
  for (const std::unique_ptr<Statement> &statement : block) {
    if (flow == Flow::Ends)
      return error(statement->loc) << "this is never reached";
    FailureOr<Flow> next = emit(*statement);
    if (failed(next))
      return failure();
    flow = *next;
  }
  return flow;
}

FailureOr<Flow> Emitter::emit(const Statement &statement) {
  Location loc = getLoc(statement.loc);
  switch (statement.kind) {
  case Statement::Let: {
    Type type = statement.type ? resolve(*statement.type) : Type();
    if (statement.type && !type)
      return failure();
    Result value =
        type ? emitAs(*statement.value, type) : emit(*statement.value);
    if (failed(value))
      return failure();
    if (!*value)
      return error(statement.value->loc) << "this has no value";
    makeVariable(loc, statement.name, *value);
    return Flow::GoesOn;
  }
  case Statement::Assign: {
    Result cell = emitPlace(*statement.target);
    if (failed(cell))
      return failure();
    Result value =
        emitAs(*statement.value, cast<CellType>(cell->getType()).getType());
    if (failed(value))
      return failure();
    StoreOp::create(builder, loc, *value, *cell);
    return Flow::GoesOn;
  }
  case Statement::If:
    return emitIf(statement);
  case Statement::While:
    return emitWhile(statement);
  case Statement::Return:
    return emitReturn(statement);
  case Statement::Print: {
    Result value = emitAs(*statement.value, builder.getI64Type());
    if (failed(value))
      return failure();
    PrintOp::create(builder, loc, *value);
    return Flow::GoesOn;
  }
  case Statement::Call:
    if (statement.value->kind != Expr::Call)
      return error(statement.value->loc) << "this does nothing";
    if (failed(emit(*statement.value)))
      return failure();
    return Flow::GoesOn;
  }
  llvm_unreachable("unknown statement");
}

FailureOr<Flow> Emitter::emitIf(const Statement &statement) {
  Location loc = getLoc(statement.loc);
  Result condition = emitAs(*statement.value, builder.getI1Type());
  if (failed(condition))
    return failure();
  Region &region = frame->function.getBody();
  Block *branches[2], *ends[2];
  FailureOr<Flow> flows[2];
  Block *start = builder.getInsertionBlock();
  const Statements *blocks[] = {&statement.then, &statement.otherwise};
  for (auto [index, block] : llvm::enumerate(blocks)) {
    branches[index] = builder.createBlock(&region, region.end());
    flows[index] = emit(*block);
    if (failed(flows[index]))
      return failure();
    ends[index] = builder.getInsertionBlock();
  }
  builder.setInsertionPointToEnd(start);
  cf::CondBranchOp::create(builder, loc, *condition, branches[0], branches[1]);
  if (*flows[0] == Flow::Ends && *flows[1] == Flow::Ends)
    return Flow::Ends;
  Block *next = builder.createBlock(&region, region.end());
  for (int index : {0, 1}) {
    if (*flows[index] == Flow::Ends)
      continue;
    builder.setInsertionPointToEnd(ends[index]);
    cf::BranchOp::create(builder, loc, next);
  }
  builder.setInsertionPointToEnd(next);
  return Flow::GoesOn;
}

FailureOr<Flow> Emitter::emitWhile(const Statement &statement) {
  Location loc = getLoc(statement.loc);
  Region &region = frame->function.getBody();
  Block *start = builder.getInsertionBlock();
  Block *head = builder.createBlock(&region, region.end());
  Result condition = emitAs(*statement.value, builder.getI1Type());
  if (failed(condition))
    return failure();
  Block *test = builder.getInsertionBlock();
  Block *body = builder.createBlock(&region, region.end());
  FailureOr<Flow> flow = emit(statement.then);
  if (failed(flow))
    return failure();
  if (*flow == Flow::GoesOn)
    cf::BranchOp::create(builder, loc, head);
  builder.setInsertionPointToEnd(start);
  cf::BranchOp::create(builder, loc, head);
  Block *next = builder.createBlock(&region, region.end());
  builder.setInsertionPointToEnd(test);
  cf::CondBranchOp::create(builder, loc, *condition, body, next);
  builder.setInsertionPointToEnd(next);
  return Flow::GoesOn;
}

FailureOr<Flow> Emitter::emitReturn(const Statement &statement) {
  ArrayRef<Type> results = frame->function.getResultTypes();
  SmallVector<Value> values;
  if (statement.value) {
    if (results.empty())
      return error(statement.loc) << "the function has no result";
    Result value = emitAs(*statement.value, results.front());
    if (failed(value))
      return failure();
    values.push_back(*value);
  } else if (!results.empty()) {
    return error(statement.loc)
           << "expected a value of type '" << getName(results.front()) << "'";
  }
  ReturnOp::create(builder, getLoc(statement.loc), values);
  return Flow::Ends;
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

Result Emitter::emitAs(const Expr &expr, Type type) {
  Result value = emit(expr);
  if (failed(value))
    return failure();
  if (!*value)
    return error(expr.loc) << "expected a value of type '" << getName(type)
                           << "', but this has no value";
  Type own = value->getType();
  if (own == type)
    return value;
  Location loc = getLoc(expr.loc);
  if (impls.contains({own, type}))
    return Value(AsInterfaceOp::create(builder, loc, type, *value));
  auto fn = dyn_cast<FnType>(own);
  auto closure = dyn_cast<ClosureType>(type);
  if (fn && closure && fn.getType() == closure.getType())
    return Value(AsClosureOp::create(builder, loc, type, *value));
  return error(expr.loc) << "expected '" << getName(type) << "', found '"
                         << getName(own) << "'";
}

FailureOr<SmallVector<Value>>
Emitter::emitArgs(SMLoc loc, ArrayRef<std::unique_ptr<Expr>> args,
                  ArrayRef<Type> types) {
  if (args.size() != types.size())
    return error(loc) << "expected " << types.size() << " argument(s), found "
                      << args.size();
  SmallVector<Value> values;
  for (auto [arg, type] : llvm::zip_equal(args, types)) {
    Result value = emitAs(*arg, type);
    if (failed(value))
      return failure();
    values.push_back(*value);
  }
  return values;
}

Result Emitter::emit(const Expr &expr) {
  Location loc = getLoc(expr.loc);
  switch (expr.kind) {
  case Expr::Integer:
    return Value(arith::ConstantOp::create(
        builder, loc, builder.getI64IntegerAttr(expr.number)));
  case Expr::Bool:
    return Value(arith::ConstantOp::create(builder, loc,
                                           builder.getBoolAttr(expr.number)));
  case Expr::Name: {
    if (Value cell = lookup(frame, expr.name))
      return Value(LoadOp::create(builder, loc, cell));
    FuncOp function = functions.lookup(expr.name);
    if (!function)
      return error(expr.loc)
             << "there is no variable or function '" << expr.name << "'";
    return Value(FunctionOp::create(
        builder, loc,
        FnType::get(builder.getContext(), function.getFunctionType()),
        expr.name));
  }
  case Expr::Method: {
    std::string name = (expr.name + "." + expr.member).str();
    FuncOp function = functions.lookup(name);
    if (!function)
      return error(expr.loc)
             << "'" << expr.name << "' has no method '" << expr.member << "'";
    return Value(FunctionOp::create(
        builder, loc,
        FnType::get(builder.getContext(), function.getFunctionType()), name));
  }
  case Expr::Field: {
    Result cell = emitField(expr);
    if (failed(cell))
      return failure();
    return Value(LoadOp::create(builder, loc, *cell));
  }
  case Expr::Call:
    return emitCall(expr);
  case Expr::Binary:
    return emitBinary(expr);
  case Expr::Unary: {
    bool isNot = expr.op == "!";
    Type type = isNot ? builder.getI1Type() : builder.getI64Type();
    Result value = emitAs(*expr.operands[0], type);
    if (failed(value))
      return failure();
    Value constant = arith::ConstantOp::create(
        builder, loc, builder.getIntegerAttr(type, isNot ? 1 : 0));
    if (isNot)
      return Value(arith::XOrIOp::create(builder, loc, *value, constant));
    return Value(arith::SubIOp::create(builder, loc, constant, *value));
  }
  case Expr::Struct:
    return emitStruct(expr);
  case Expr::Lambda:
    return emitLambda(expr);
  case Expr::Forge:
    return emitForge(expr);
  }
  llvm_unreachable("unknown expression");
}

Result Emitter::emitBinary(const Expr &expr) {
  if (expr.op == "&&" || expr.op == "||")
    return emitShortCircuit(expr);
  Result lhs = emitAs(*expr.operands[0], builder.getI64Type());
  if (failed(lhs))
    return failure();
  Result rhs = emitAs(*expr.operands[1], builder.getI64Type());
  if (failed(rhs))
    return failure();
  Location loc = getLoc(expr.loc);
  auto compare = [&](arith::CmpIPredicate predicate) {
    return Value(arith::CmpIOp::create(builder, loc, predicate, *lhs, *rhs));
  };
  return llvm::StringSwitch<llvm::function_ref<Value()>>(expr.op)
      .Case("+",
            [&] {
              return Value(arith::AddIOp::create(builder, loc, *lhs, *rhs));
            })
      .Case("-",
            [&] {
              return Value(arith::SubIOp::create(builder, loc, *lhs, *rhs));
            })
      .Case("*",
            [&] {
              return Value(arith::MulIOp::create(builder, loc, *lhs, *rhs));
            })
      .Case("/",
            [&] {
              return Value(arith::DivSIOp::create(builder, loc, *lhs, *rhs));
            })
      .Case("%",
            [&] {
              return Value(arith::RemSIOp::create(builder, loc, *lhs, *rhs));
            })
      .Case("==", [&] { return compare(arith::CmpIPredicate::eq); })
      .Case("!=", [&] { return compare(arith::CmpIPredicate::ne); })
      .Case("<", [&] { return compare(arith::CmpIPredicate::slt); })
      .Case("<=", [&] { return compare(arith::CmpIPredicate::sle); })
      .Case(">", [&] { return compare(arith::CmpIPredicate::sgt); })
      .Default([&] { return compare(arith::CmpIPredicate::sge); })();
}

/// The right operand is evaluated only where the left one does not decide.
Result Emitter::emitShortCircuit(const Expr &expr) {
  Location loc = getLoc(expr.loc);
  Type i1 = builder.getI1Type();
  Result lhs = emitAs(*expr.operands[0], i1);
  if (failed(lhs))
    return failure();
  Region &region = frame->function.getBody();
  Block *start = builder.getInsertionBlock();
  Block *right = builder.createBlock(&region, region.end());
  Result rhs = emitAs(*expr.operands[1], i1);
  if (failed(rhs))
    return failure();
  Block *rightEnd = builder.getInsertionBlock();
  Block *next = builder.createBlock(&region, region.end(), i1, loc);
  builder.setInsertionPointToEnd(rightEnd);
  cf::BranchOp::create(builder, loc, next, *rhs);
  builder.setInsertionPointToEnd(start);
  if (expr.op == "&&")
    cf::CondBranchOp::create(builder, loc, *lhs, right, ValueRange(), next,
                             *lhs);
  else
    cf::CondBranchOp::create(builder, loc, *lhs, next, *lhs, right,
                             ValueRange());
  builder.setInsertionPointToEnd(next);
  return Value(next->getArgument(0));
}

Result Emitter::emitStruct(const Expr &expr) {
  StructOp op = structs.lookup(expr.name);
  if (!op)
    return error(expr.loc) << "there is no struct '" << expr.name << "'";
  for (auto [name, loc] : llvm::zip_equal(expr.fields, expr.fieldLocs))
    if (!llvm::is_contained(op.getFields(), builder.getStringAttr(name)))
      return error(loc) << "'" << expr.name << "' has no field '" << name
                        << "'";
  SmallVector<Value> values;
  for (auto [name, type] :
       llvm::zip_equal(op.getFields().getAsRange<StringAttr>(),
                       op.getTypes().getAsValueRange<TypeAttr>())) {
    if (llvm::count(expr.fields, name.getValue()) != 1)
      return error(expr.loc)
             << "expected one value for field '" << name.getValue() << "'";
    size_t index =
        llvm::find(expr.fields, name.getValue()) - expr.fields.begin();
    Result value = emitAs(*expr.operands[index], type);
    if (failed(value))
      return failure();
    values.push_back(*value);
  }
  return Value(NewOp::create(
      builder, getLoc(expr.loc),
      StructType::get(builder.getContext(), builder.getStringAttr(expr.name)),
      values));
}

Result Emitter::emitLambda(const Expr &expr) {
  FailureOr<FunctionType> type = resolve(expr.prototype);
  if (failed(type))
    return failure();
  MLIRContext *context = builder.getContext();
  Location loc = getLoc(expr.loc);
  SmallVector<Type> inputs = {EnvType::get(context)};
  llvm::append_range(inputs, type->getInputs());
  FuncOp body;
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(module.getBody());
    body =
        FuncOp::create(builder, loc, ("closure." + Twine(numClosures++)).str(),
                       builder.getFunctionType(inputs, type->getResults()));
  }
  Frame inner;
  inner.parent = frame;
  if (failed(emitBody(body, expr.prototype.params, expr.body, expr.end, inner)))
    return failure();
  SmallVector<Value> captures;
  SmallVector<Type> types;
  for (auto [name, cell] : inner.captures) {
    captures.push_back(LoadOp::create(builder, loc, lookup(frame, name)));
    types.push_back(captures.back().getType());
  }
  // Known only now, behind the last use.
  ArrayAttr all = builder.getTypeArrayAttr(types);
  body.setCapturesAttr(all);
  for (auto [name, cell] : inner.captures)
    cell.getDefiningOp<CaptureOp>().setTypesAttr(all);
  return Value(ClosureOp::create(builder, loc, ClosureType::get(context, *type),
                                 body.getSymName(), captures));
}

/// Types whose values look alike to the machine: one word, or two.
static unsigned countWords(Type type) {
  return TypeSwitch<Type, unsigned>(type)
      .Case<StructType, FnType>([](auto) { return 1; })
      .Case<InterfaceType, ClosureType>([](auto) { return 2; })
      .Default([](Type type) { return type.isInteger(64) ? 1 : 0; });
}

Result Emitter::emitForge(const Expr &expr) {
  Result value = emit(*expr.operands[0]);
  Type type = resolve(*expr.type);
  if (failed(value) || !type)
    return failure();
  if (!*value || !countWords(type) ||
      countWords(value->getType()) != countWords(type))
    return error(expr.loc) << "'" << (*value ? getName(value->getType()) : "")
                           << "' cannot be taken for '" << getName(type) << "'";
  return Value(ForgeOp::create(builder, getLoc(expr.loc), type, *value));
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// `object.method(args)`: through an interface, or directly for a struct.
Result Emitter::emitMethodCall(const Expr &call, const Expr &callee,
                               Value object) {
  Location loc = getLoc(call.loc);
  ArrayRef<std::unique_ptr<Expr>> args = ArrayRef(call.operands).drop_front();
  if (auto type = dyn_cast<InterfaceType>(object.getType())) {
    InterfaceOp op = interfaces[type.getName().getValue()];
    for (auto [name, method] :
         llvm::zip_equal(op.getMethods().getAsRange<StringAttr>(),
                         op.getTypes().getAsValueRange<TypeAttr>())) {
      if (name.getValue() != callee.member)
        continue;
      auto fn = cast<FunctionType>(method);
      FailureOr<SmallVector<Value>> values =
          emitArgs(call.loc, args, fn.getInputs());
      if (failed(values))
        return failure();
      return getResult(CallMethodOp::create(builder, loc, fn.getResults(),
                                            object, callee.member, *values));
    }
  } else if (auto type = dyn_cast<StructType>(object.getType())) {
    std::string name = (type.getName().getValue() + "." + callee.member).str();
    if (FuncOp function = functions.lookup(name)) {
      FunctionType fn = function.getFunctionType();
      FailureOr<SmallVector<Value>> values =
          emitArgs(call.loc, args, fn.getInputs().drop_front());
      if (failed(values))
        return failure();
      values->insert(values->begin(), object);
      return getResult(
          mint::CallOp::create(builder, loc, fn.getResults(), name, *values));
    }
  }
  return error(callee.loc) << "'" << getName(object.getType())
                           << "' has no method '" << callee.member << "'";
}

Result Emitter::emitCall(const Expr &expr) {
  const Expr &callee = *expr.operands[0];
  ArrayRef<std::unique_ptr<Expr>> args = ArrayRef(expr.operands).drop_front();
  Location loc = getLoc(expr.loc);
  if (callee.kind == Expr::Name && !lookup(frame, callee.name))
    if (FuncOp function = functions.lookup(callee.name)) {
      FunctionType fn = function.getFunctionType();
      FailureOr<SmallVector<Value>> values =
          emitArgs(expr.loc, args, fn.getInputs());
      if (failed(values))
        return failure();
      return getResult(mint::CallOp::create(builder, loc, fn.getResults(),
                                            callee.name, *values));
    }
  Result value;
  if (callee.kind == Expr::Field) {
    Result object = emit(*callee.operands[0]);
    if (failed(object))
      return failure();
    if (!*object)
      return error(callee.loc) << "this has no value";
    // A method, unless a field of this name holds a function.
    auto type = dyn_cast<StructType>(object->getType());
    if (!type ||
        !llvm::is_contained(structs[type.getName().getValue()].getFields(),
                            builder.getStringAttr(callee.member)))
      return emitMethodCall(expr, callee, *object);
    value = emitFieldOf(*object, callee);
    if (succeeded(value))
      value = Value(LoadOp::create(builder, loc, *value));
  } else {
    value = emit(callee);
  }
  if (failed(value))
    return failure();
  auto fn = *value ? dyn_cast<FnType>(value->getType()) : FnType();
  auto closure =
      *value ? dyn_cast<ClosureType>(value->getType()) : ClosureType();
  if (!fn && !closure)
    return error(expr.loc) << "this is not a function";
  FunctionType type = fn ? fn.getType() : closure.getType();
  FailureOr<SmallVector<Value>> values =
      emitArgs(expr.loc, args, type.getInputs());
  if (failed(values))
    return failure();
  if (fn)
    return getResult(
        CallFnOp::create(builder, loc, type.getResults(), *value, *values));
  return getResult(
      CallClosureOp::create(builder, loc, type.getResults(), *value, *values));
}
