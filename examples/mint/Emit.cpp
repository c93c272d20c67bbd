//===- Emit.cpp - Definitions to the dialect of the language -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emitter.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;
using namespace mint;

Location mint::getLocation(const llvm::SourceMgr &sourceMgr, SMLoc loc,
                           MLIRContext *context) {
  auto [line, column] = sourceMgr.getLineAndColumn(loc);
  StringRef file = sourceMgr.getMemoryBuffer(sourceMgr.getMainFileID())
                       ->getBufferIdentifier();
  return FileLineColLoc::get(context, file, line, column);
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// The types of the language as its programs write them.
std::string Emitter::getName(Type type) {
  return TypeSwitch<Type, std::string>(type)
      .Case<StructType, InterfaceType>(
          [](auto named) { return named.getName().str(); })
      .Case([&](FnType fn) { return "fn" + getNames(fn.getType()); })
      .Case([&](ClosureType fn) { return "closure" + getNames(fn.getType()); })
      .Default([](Type type) { return type.isInteger(1) ? "bool" : "int"; });
}

std::string Emitter::getNames(FunctionType type) {
  std::string text = "(";
  llvm::raw_string_ostream os(text);
  llvm::interleaveComma(type.getInputs(), os,
                        [&](Type input) { os << getName(input); });
  os << ")";
  for (Type result : type.getResults())
    os << " -> " << getName(result);
  return text;
}

Type Emitter::resolve(const TypeSyntax &syntax) {
  if (syntax.kind == TypeSyntax::Named) {
    if (syntax.name == "int")
      return builder.getI64Type();
    if (syntax.name == "bool")
      return builder.getI1Type();
    StringAttr name = builder.getStringAttr(syntax.name);
    if (structs.contains(syntax.name))
      return StructType::get(builder.getContext(), name);
    if (interfaces.contains(syntax.name))
      return InterfaceType::get(builder.getContext(), name);
    error(syntax.loc) << "there is no type '" << syntax.name << "'";
    return {};
  }
  SmallVector<Type> params, results;
  for (const TypeSyntax &param : syntax.params) {
    params.push_back(resolve(param));
    if (!params.back())
      return {};
  }
  if (syntax.result) {
    results.push_back(resolve(*syntax.result));
    if (!results.back())
      return {};
  }
  FunctionType type = builder.getFunctionType(params, results);
  if (syntax.kind == TypeSyntax::Fn)
    return FnType::get(builder.getContext(), type);
  return ClosureType::get(builder.getContext(), type);
}

FailureOr<FunctionType> Emitter::resolve(const Prototype &prototype) {
  SmallVector<Type> params, results;
  llvm::StringMap<SMLoc> names;
  for (const Param &param : prototype.params) {
    params.push_back(resolve(param.type));
    if (!params.back())
      return failure();
    if (!names.try_emplace(param.name).second)
      return error(param.loc)
             << "parameter '" << param.name << "' is there twice";
  }
  if (prototype.result) {
    results.push_back(resolve(*prototype.result));
    if (!results.back())
      return failure();
  }
  return builder.getFunctionType(params, results);
}

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

LogicalResult Emitter::define(const Interface &interface) {
  SmallVector<StringRef> names;
  SmallVector<Type> types;
  for (const Prototype &method : interface.methods) {
    FailureOr<FunctionType> type = resolve(method);
    if (failed(type))
      return failure();
    if (llvm::is_contained(names, method.name))
      return error(method.loc)
             << "method '" << method.name << "' is there twice";
    names.push_back(method.name);
    types.push_back(*type);
  }
  InterfaceOp op = interfaces[interface.name];
  op.setMethodsAttr(builder.getStrArrayAttr(names));
  op.setTypesAttr(builder.getTypeArrayAttr(types));
  return success();
}

LogicalResult Emitter::define(const Struct &type) {
  SmallVector<StringRef> names;
  SmallVector<Type> types;
  for (const Param &field : type.fields) {
    types.push_back(resolve(field.type));
    if (!types.back())
      return failure();
    if (llvm::is_contained(names, field.name))
      return error(field.loc) << "field '" << field.name << "' is there twice";
    names.push_back(field.name);
  }
  StructOp op = structs[type.name];
  op.setFieldsAttr(builder.getStrArrayAttr(names));
  op.setTypesAttr(builder.getTypeArrayAttr(types));
  return success();
}

FailureOr<FuncOp> Emitter::declare(StringRef name, const Prototype &prototype,
                                   Type self) {
  FailureOr<FunctionType> type = resolve(prototype);
  if (failed(type))
    return failure();
  SmallVector<Type> params(type->getInputs());
  if (self)
    params.insert(params.begin(), self);
  auto function =
      FuncOp::create(builder, getLoc(prototype.loc), name,
                     builder.getFunctionType(params, type->getResults()));
  if (structs.contains(name) || interfaces.contains(name) ||
      !functions.try_emplace(name, function).second)
    return error(prototype.loc) << "'" << name << "' is defined twice";
  if (name.starts_with("mint_"))
    return error(prototype.loc) << "names with 'mint_' belong to the runtime";
  return function;
}

LogicalResult Emitter::declare(const Impl &impl) {
  auto interface = interfaces.find(impl.interface);
  auto type = structs.find(impl.type);
  if (interface == interfaces.end())
    return error(impl.loc) << "there is no interface '"
                           << impl.interface << "'";
  if (type == structs.end())
    return error(impl.loc) << "there is no struct '" << impl.type << "'";
  MLIRContext *context = builder.getContext();
  auto self = StructType::get(context, builder.getStringAttr(impl.type));
  auto object =
      InterfaceType::get(context, builder.getStringAttr(impl.interface));
  if (!impls.insert({self, object}).second)
    return error(impl.loc) << "'" << impl.type << "' has '"
                           << impl.interface << "' already";
  SmallVector<Attribute> slots;
  InterfaceOp op = interface->second;
  for (auto [name, expected] :
       llvm::zip_equal(op.getMethods().getAsRange<StringAttr>(),
                       op.getTypes().getAsValueRange<TypeAttr>())) {
    StringRef wanted = name.getValue();
    auto found = llvm::find_if(impl.methods, [&](const Function &method) {
      return method.prototype.name == wanted;
    });
    if (found == impl.methods.end())
      return error(impl.loc) << "method '" << name.getValue() << "' of '"
                             << impl.interface << "' is missing";
    const Prototype &prototype = found->prototype;
    FailureOr<FuncOp> function =
        declare((impl.type + "." + prototype.name).str(), prototype, self);
    if (failed(function))
      return failure();
    function->setInterface(impl.interface);
    FunctionType own = builder.getFunctionType(
        function->getFunctionType().getInputs().drop_front(),
        function->getFunctionType().getResults());
    if (own != expected)
      return error(prototype.loc)
             << "method '" << prototype.name << "' is 'fn" << getNames(own)
             << "', the interface has 'fn"
             << getNames(cast<FunctionType>(expected)) << "'";
    slots.push_back(FlatSymbolRefAttr::get(function->getSymNameAttr()));
  }
  for (const Function &method : impl.methods)
    if (!llvm::is_contained(op.getMethods(),
                            builder.getStringAttr(method.prototype.name)))
      return error(method.prototype.loc)
             << "'" << impl.interface << "' has no method '"
             << method.prototype.name << "'";
  ImplOp::create(builder, getLoc(impl.loc),
                 (impl.type + ".as." + impl.interface).str(), impl.interface,
                 impl.type, builder.getArrayAttr(slots));
  return success();
}

/// All names and types, in an order that lets definitions refer to later ones.
LogicalResult Emitter::declare(const Program &program) {
  ArrayAttr none = builder.getArrayAttr({});
  auto isNew = [&](StringRef name, SMLoc loc) -> LogicalResult {
    if (interfaces.contains(name) || structs.contains(name))
      return error(loc) << "'" << name << "' is defined twice";
    return success();
  };
  for (const Interface &interface : program.interfaces) {
    if (failed(isNew(interface.name, interface.loc)))
      return failure();
    interfaces[interface.name] = InterfaceOp::create(
        builder, getLoc(interface.loc), interface.name, none, none);
  }
  for (const Struct &type : program.structs) {
    if (failed(isNew(type.name, type.loc)))
      return failure();
    structs[type.name] =
        StructOp::create(builder, getLoc(type.loc), type.name, none, none);
  }
  for (const Interface &interface : program.interfaces)
    if (failed(define(interface)))
      return failure();
  for (const Struct &type : program.structs)
    if (failed(define(type)))
      return failure();
  for (const Function &function : program.functions) {
    FailureOr<FuncOp> op = declare(function.prototype.name, function.prototype);
    if (failed(op))
      return failure();
    if (function.isExtern)
      op->setSymVisibility("private");
  }
  for (const Impl &impl : program.impls)
    if (failed(declare(impl)))
      return failure();
  return success();
}

LogicalResult Emitter::emitBody(FuncOp function, ArrayRef<Param> params,
                                const Statements &body, SMLoc end,
                                Frame &newFrame) {
  OpBuilder::InsertionGuard guard(builder);
  llvm::SaveAndRestore saved(frame, &newFrame);
  frame->function = function;
  frame->scopes.emplace_back();
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToStart(entry);
  // Behind `self` or the closure's environment.
  ValueRange args = entry->getArguments().take_back(params.size());
  if (function.getInterface())
    makeVariable(function.getLoc(), "self", entry->getArgument(0));
  for (auto [param, arg] : llvm::zip_equal(params, args)) {
    arg.setLoc(getLoc(param.loc));
    makeVariable(arg.getLoc(), param.name, arg);
  }
  FailureOr<Flow> flow = emit(body);
  if (failed(flow))
    return failure();
  if (*flow == Flow::Ends)
    return success();
  if (!function.getResultTypes().empty())
    return error(end) << "the function ends here without a value of type '"
                      << getName(function.getResultTypes().front()) << "'";
  ReturnOp::create(builder, getLoc(end), ValueRange());
  return success();
}

OwningOpRef<ModuleOp> Emitter::emit(const Program &program) {
  OwningOpRef<ModuleOp> owner = ModuleOp::create(getLoc(SMLoc::getFromPointer(
      sourceMgr.getMemoryBuffer(sourceMgr.getMainFileID())->getBufferStart())));
  module = *owner;
  builder.setInsertionPointToStart(module.getBody());
  if (failed(declare(program)))
    return {};
  auto emitFunction = [&](StringRef name, const Function &function) {
    Frame newFrame;
    return emitBody(functions[name], function.prototype.params, function.body,
                    function.end, newFrame);
  };
  for (const Function &function : program.functions)
    if (!function.isExtern &&
        failed(emitFunction(function.prototype.name, function)))
      return {};
  for (const Impl &impl : program.impls)
    for (const Function &method : impl.methods)
      if (failed(emitFunction((impl.type + "." + method.prototype.name).str(),
                              method)))
        return {};
  return owner;
}

OwningOpRef<ModuleOp> mint::emitModule(const Program &program,
                                       const llvm::SourceMgr &sourceMgr,
                                       MLIRContext *context) {
  return Emitter(sourceMgr, context).emit(program);
}
