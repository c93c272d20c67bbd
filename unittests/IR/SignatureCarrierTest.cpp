//===- SignatureCarrierTest.cpp - What carries a signature ------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/SignatureCarrier.h"

#include "kcfi/IR/KCFIOps.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

using Kind = SignatureCarrier::Kind;

/// True if the registration of an operation lists an attribute with a signature
/// or an id. A new operation with one of them must be a carrier; a method of a
/// trait is none, since calls expect what its trait makes of its signature.
bool hasCarriedAttribute(RegisteredOperationName name) {
  if (name.getStringRef() == MethodOp::getOperationName())
    return false;
  return llvm::any_of(name.getAttributeNames(), [](StringAttr attribute) {
    return llvm::is_contained({"type_id", "signature"}, attribute.getValue());
  });
}

class SignatureCarrierTest : public testing::Test {
protected:
  SignatureCarrierTest() {
    context.loadDialect<func::FuncDialect, LLVM::LLVMDialect, KCFIDialect>();
  }
  OwningOpRef<ModuleOp> parse(StringRef text) {
    return parseSourceString<ModuleOp>(text, &context);
  }
  MLIRContext context;
};

constexpr StringLiteral kModule = R"(
  kcfi.signature @named : !kcfi.fn<() -> c.int>
  func.func @typed() -> i32 attributes {kcfi.sig = !kcfi.fn<() -> c.int>} {
    %f = kcfi.address_of @typed : !kcfi.fnptr<() -> c.int>
    %r = kcfi.call %f() : !kcfi.fnptr<() -> c.int>, () -> i32
    return %r : i32
  }
  kcfi.entry @entry of @typed : !kcfi.fn<() -> c.long>
  llvm.func @untyped(%p: !llvm.ptr) {
    llvm.call %p() : !llvm.ptr, () -> ()
    llvm.return
  }
)";

TEST_F(SignatureCarrierTest, KnowsEachKind) {
  OwningOpRef<ModuleOp> module = parse(kModule);
  ASSERT_TRUE(module);
  SmallVector<Kind> kinds;
  module->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (SignatureCarrier carrier = SignatureCarrier::get(op))
      kinds.push_back(carrier.getKind());
  });
  EXPECT_EQ(kinds,
            SmallVector<Kind>({Kind::Signature, Kind::Function, Kind::Call,
                               Kind::Entry, Kind::Function, Kind::LLVMCall}));
}

TEST_F(SignatureCarrierTest, SetsWhatItGets) {
  OwningOpRef<ModuleOp> module = parse(kModule);
  ASSERT_TRUE(module);
  auto id = TypeIdAttr::get(&context, 0x1234);
  Type other = mlir::parseType("!kcfi.fn<() -> c.void>", &context);
  ASSERT_TRUE(other);
  unsigned signatures = 0, ids = 0;
  module->walk([&](Operation *op) {
    SignatureCarrier carrier = SignatureCarrier::get(op);
    if (!carrier)
      return;
    EXPECT_FALSE(carrier.getTypeId());
    carrier.setTypeId(id);
    EXPECT_EQ(carrier.getTypeId(), id);
    ++ids;
    Type signature = carrier.getSignature();
    if (!signature)
      return;
    ++signatures;
    carrier.rememberSourceSignature(signature);
    carrier.setSignature(other);
    EXPECT_EQ(carrier.getSignature(), other);
    // The first that is remembered is what the front end wrote.
    carrier.rememberSourceSignature(other);
    EXPECT_EQ(carrier.getSourceSignature(), signature);
  });
  EXPECT_EQ(ids, 6u);
  EXPECT_EQ(signatures, 3u);
}

TEST_F(SignatureCarrierTest, IsCompleteForTheDialect) {
  unsigned found = 0;
  for (RegisteredOperationName name : context.getRegisteredOperations()) {
    if (name.getDialectNamespace() != "kcfi")
      continue;
    bool isCall = name.hasInterface<CheckedCallOpInterface>();
    if (!hasCarriedAttribute(name) && !isCall)
      continue;
    ++found;
    // An operation that is not verified is enough to ask what it is.
    OperationState state(UnknownLoc::get(&context), name);
    Operation *op = Operation::create(state);
    EXPECT_TRUE(SignatureCarrier::get(op)) << name.getStringRef().str();
    op->destroy();
  }
  EXPECT_GE(found, 5u);
}

} // namespace
