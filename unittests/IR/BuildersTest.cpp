//===- BuildersTest.cpp - Functions, uses and objects ---------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/Builders.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"

#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

class Builders : public ::testing::Test {
protected:
  Builders() : builder(&context), loc(builder.getUnknownLoc()) {
    context.loadDialect<func::FuncDialect, KCFIDialect, LLVM::LLVMDialect>();
    module = ModuleOp::create(loc);
    setTarget(*module, "x86_64-unknown-linux-gnu");
    builder.setInsertionPointToStart(module->getBody());
  }

  /// The machine type of a signature whose values are all passed directly.
  FunctionType getType(Type signature) {
    llvm::Expected<std::unique_ptr<kcfi::TargetInfo>> target =
        kcfi::TargetInfo::lookup("x86_64-unknown-linux-gnu");
    if (!target) {
      ADD_FAILURE() << llvm::toString(target.takeError());
      return {};
    }
    return getMachineType(signature, **target).value_or(FunctionType());
  }

  func::FuncOp declare(StringRef name, FunctionType type, Type signature,
                       RustCallableAttr callable = {}) {
    auto function = func::FuncOp::create(builder, loc, name, type);
    function.setPrivate();
    setSignature(function, signature, callable);
    return function;
  }

  /// A definition, with the insertion point in it.
  func::FuncOp define(StringRef name, FunctionType type) {
    builder.setInsertionPointToEnd(module->getBody());
    auto function = func::FuncOp::create(builder, loc, name, type);
    builder.setInsertionPointToStart(function.addEntryBlock());
    return function;
  }

  std::string print(Operation *op) {
    std::string text;
    llvm::raw_string_ostream os(text);
    op->print(os, OpPrintingFlags().useLocalScope());
    return text;
  }

  MLIRContext context;
  OpBuilder builder;
  Location loc;
  OwningOpRef<ModuleOp> module;
};

TEST_F(Builders, MachineTypes) {
  CTypes c(&context);
  RustTypes rs(&context, "app", "s1_");
  FnType operation = c.fn({c.IntTy}, c.IntTy);
  Type i32 = builder.getI32Type(), i64 = builder.getI64Type();
  Type ptr = LLVM::LLVMPointerType::get(&context);
  EXPECT_EQ(
      getType(c.fn({c.ptr(operation), c.LongTy, c.ptr(c.VoidTy)}, c.IntTy)),
      builder.getFunctionType({FnPtrType::get(&context, operation), i64, ptr},
                              {i32}));
  EXPECT_EQ(
      getType(c.fn({c.DoubleTy, c.BoolTy}, c.VoidTy)),
      builder.getFunctionType({builder.getF64Type(), builder.getI1Type()}, {}));
  RustFnType fn = rs.fn({rs.I32Ty});
  EXPECT_EQ(
      getType(rs.fn({fn, rs.UnitTy, rs.F32Ty}, rs.ISizeTy).withZstParams({1})),
      builder.getFunctionType(
          {FnPtrType::get(&context, fn), builder.getF32Type()}, {i64}));
  // The ABI may split these or move them to memory.
  EXPECT_EQ(getType(c.fn({c.structTag("S")}, c.VoidTy)), FunctionType());
  EXPECT_EQ(getType(c.fn({}, c.builtin(BuiltinKind::LongDouble))),
            FunctionType());
  EXPECT_EQ(getType(RawType::get(&context, 1)), FunctionType());
}

TEST_F(Builders, AddressAndCall) {
  CTypes c(&context);
  FnType signature = c.fn({c.IntTy}, c.IntTy);
  func::FuncOp inc = declare("inc", getType(signature), signature);
  setInternal(inc);
  EXPECT_EQ(getSignature(inc), signature);
  func::FuncOp main = define("main", builder.getFunctionType({}, {}));
  EXPECT_EQ(getSignature(main), Type());

  auto pointer = AddressOfOp::create(builder, loc, inc);
  Value x = LLVM::ConstantOp::create(builder, loc, builder.getI32Type(), 1);
  auto call =
      kcfi::CallOp::create(builder, loc, TypeRange(x), pointer, ValueRange(x));
  func::ReturnOp::create(builder, loc);
  EXPECT_TRUE(succeeded(verify(*module)));
  EXPECT_EQ(print(pointer),
            "%0 = kcfi.address_of @inc : !kcfi.fnptr<(c.int) -> c.int>");
  EXPECT_EQ(call.getSignature(), signature);
  EXPECT_EQ(cast<LLVM::LinkageAttr>(inc->getAttr("llvm.linkage")).getLinkage(),
            LLVM::Linkage::Internal);
}

TEST_F(Builders, Invoke) {
  CTypes c(&context);
  auto personality = LLVM::LLVMFuncOp::create(
      builder, loc, "__gxx_personality_v0",
      LLVM::LLVMFunctionType::get(builder.getI32Type(), {}, true));
  auto function = LLVM::LLVMFuncOp::create(
      builder, loc, "f",
      LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(&context), {}));
  function.setPersonalityAttr(FlatSymbolRefAttr::get(personality));
  setSignature(function, c.fn({}, c.VoidTy));
  setInternal(function);
  EXPECT_EQ(function.getLinkage(), LLVM::Linkage::Internal);
  builder.setInsertionPointToStart(function.addEntryBlock(builder));
  auto *normal = new Block, *unwind = new Block;
  function.getBody().push_back(normal);
  function.getBody().push_back(unwind);
  auto self = AddressOfOp::create(builder, loc, function);
  auto invoke = InvokeOp::create(builder, loc, TypeRange(), self, ValueRange(),
                                 normal, unwind);
  builder.setInsertionPointToStart(normal);
  LLVM::ReturnOp::create(builder, loc, ValueRange());
  builder.setInsertionPointToStart(unwind);
  LLVM::UnreachableOp::create(builder, loc);
  EXPECT_EQ(invoke.getUnwindDest(), unwind);
  EXPECT_EQ(invoke.getCConv(), LLVM::CConv::C);
  EXPECT_TRUE(succeeded(invoke.verify()));
}

TEST_F(Builders, TraitObjects) {
  RustTypes rs(&context, "shapes", "s1_");
  Type ptr = LLVM::LLVMPointerType::get(&context), f64 = builder.getF64Type();
  auto makeTrait = [&](StringRef name, ArrayRef<TraitOp> supertraits = {}) {
    return TraitOp::create(builder, loc, name, rs.dyn(rs.item({name})),
                           supertraits);
  };
  auto makeMethod = [&](TraitOp trait, StringRef name) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(&trait.getBody().front());
    return MethodOp::create(builder, loc, name,
                            rs.fn({rs.ref(rs.SelfTy)}, rs.F64Ty),
                            /*vtable_safe=*/true);
  };
  TraitOp named = makeTrait("Named"), other = makeTrait("Other"),
          shape = makeTrait("Shape", {named, other});
  MethodOp name = makeMethod(named, "name"), side = makeMethod(other, "side"),
           area = makeMethod(shape, "area");
  (void)side;
  RustAdtType square = rs.adt(rs.item({"Square"}));
  func::FuncOp method =
      declare("area", builder.getFunctionType({ptr}, {f64}),
              rs.fn({rs.ref(square)}, rs.F64Ty),
              rs.implMethod(shape.getObject(), rs.ref(rs.SelfTy)));
  auto inner = VTableOp::create(builder, loc, "Square.as.Other", other, square,
                                8, 8, {nullptr});
  auto vtable = VTableOp::create(builder, loc, "Square.as.Shape", shape, square,
                                 8, 8, {method, nullptr, inner, method});
  EXPECT_EQ(print(vtable),
            "kcfi.vtable private @Square.as.Shape : @Shape for "
            "!kcfi.rs.adt<#kcfi.rs.item<\"shapes\" \"s1_\" [\"Square\"]>> size "
            "8 align 8 slots [@area, vacant, @Square.as.Other, @area]");

  func::FuncOp use = define("use", builder.getFunctionType({ptr}, {}));
  Value data = use.getArgument(0);
  auto address = VTableAddressOp::create(builder, loc, vtable);
  auto own = CallVirtualOp::create(builder, loc, TypeRange(f64), data, address,
                                   area, ValueRange());
  auto inherited = CallVirtualOp::create(builder, loc, TypeRange(f64), data,
                                         address, name, ValueRange(), shape);
  auto up = UpcastOp::create(builder, loc, address, shape, other);
  func::ReturnOp::create(builder, loc);
  EXPECT_TRUE(succeeded(verify(*module)));
  EXPECT_EQ(own.getStaticTrait().getValue(), "Shape");
  EXPECT_FALSE(own.getOf());
  EXPECT_EQ(inherited.getStaticTrait().getValue(), "Shape");
  EXPECT_EQ(inherited.getDeclaringTrait().getValue(), "Named");
  EXPECT_EQ(up.getType(), ptr);
}

TEST_F(Builders, DropGlue) {
  RustTypes rs(&context, "app", "s1_"), core(&context, "core", "sx_");
  Type ptr = LLVM::LLVMPointerType::get(&context);
  RustDynType drop = core.dyn(core.item({"ops", "drop", "Drop"}));
  auto trait = TraitOp::create(builder, loc, "Mark", rs.dyn(rs.item({"Mark"})),
                               ArrayRef<TraitOp>(), rs.fn({rs.mutPtr(drop)}));
  RustAdtType type = rs.adt(rs.item({"S"}));
  func::FuncOp glue = declare(
      "drop", builder.getFunctionType({ptr}, {}), rs.fn({rs.mutPtr(type)}),
      RustCallableAttr::get(&context, RustCallableKind::DropGlue, drop,
                            rs.mutPtr(rs.SelfTy)));
  auto vtable =
      VTableOp::create(builder, loc, "S.as.Mark", trait, type, 1, 1, {}, glue);
  func::FuncOp use = define("use", builder.getFunctionType({ptr}, {}));
  auto address = VTableAddressOp::create(builder, loc, vtable);
  auto call =
      DropVirtualOp::create(builder, loc, use.getArgument(0), address, trait);
  func::ReturnOp::create(builder, loc);
  EXPECT_TRUE(succeeded(verify(*module)));
  EXPECT_EQ(vtable.getDrop(), "drop");
  EXPECT_EQ(call.getTrait(), "Mark");
}

TEST_F(Builders, Closures) {
  RustTypes rs(&context, "app", "s1_"), core(&context, "core", "sx_");
  Type ptr = LLVM::LLVMPointerType::get(&context), i32 = builder.getI32Type();
  RustFnType fn = rs.fn({rs.I32Ty}, rs.I32Ty);
  RustDynType object = core.dynFn(RustClosureKind::Fn, fn);
  auto trait = TraitOp::create(builder, loc, "Fn", object);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(&trait.getBody().front());
    MethodOp::create(builder, loc, "call",
                     rs.fn({rs.ref(rs.SelfTy), rs.I32Ty}, rs.I32Ty),
                     /*vtable_safe=*/true);
  }
  auto makeBody = [&](StringRef name, unsigned index, ArrayRef<Type> captures) {
    RustClosureType type = rs.closure(
        RustClosureKind::Fn, rs.closureItem(rs.functionItem({"main"}), index),
        fn, captures);
    return declare(name, builder.getFunctionType({ptr, i32}, {i32}),
                   rs.closureBody(type),
                   rs.closureCallable(RustClosureKind::Fn, object));
  };
  func::FuncOp adder = makeBody("adder", 0, {rs.I32Ty});
  func::FuncOp plain = makeBody("plain", 1, {});
  EXPECT_EQ(getClosureType(adder).getCaptures().size(), 1u);

  func::FuncOp use = define("use", builder.getFunctionType({ptr, i32}, {}));
  auto created = CreateClosureOp::create(
      builder, loc, adder, ValueRange(use.getArgument(1)), use.getArgument(0));
  auto capture =
      CaptureAddressOp::create(builder, loc, created, 0, TypeRange(i32));
  auto vtable = AsFnObjectOp::create(builder, loc, adder, trait,
                                     getClosureType(adder), 4, 4);
  auto pointer = ClosureAsFnOp::create(builder, loc, plain, fn);
  auto ofPointer = AsFnObjectOp::create(builder, loc, fn, trait,
                                        builder.getFunctionType({i32}, {i32}));
  func::ReturnOp::create(builder, loc);
  EXPECT_TRUE(succeeded(verify(*module)));
  EXPECT_EQ(print(capture), "%1 = kcfi.capture_address %0[0] of (i32)");
  EXPECT_EQ(vtable.getSize(), std::optional<uint64_t>(4));
  EXPECT_EQ(pointer.getType().getSignature(), fn);
  EXPECT_FALSE(ofPointer.getCallee());
}

} // namespace
