//===- ReadableTypeTest.cpp - C and C++ spelling of types -----------------
//===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/ReadableType.h"
#include "kcfi/IR/KCFIDialect.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/MLIRContext.h"

#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

class ReadableType : public ::testing::Test {
protected:
  ReadableType() { context.loadDialect<KCFIDialect>(); }

  /// The spelling of a type that is given without `!kcfi.`.
  std::string read(StringRef text) {
    Type type = parseType(("!kcfi." + text).str(), &context);
    if (!type) {
      ADD_FAILURE() << "cannot parse " << text.str();
      return "";
    }
    return getReadableType(type);
  }

  MLIRContext context;
};

TEST_F(ReadableType, Builtins) {
  EXPECT_EQ(read("c.bool"), "bool");
  EXPECT_EQ(read("c.schar"), "signed char");
  EXPECT_EQ(read("c.ulonglong"), "unsigned long long");
  EXPECT_EQ(read("c.fp16"), "__fp16");
  EXPECT_EQ(read("c.ibm128"), "__ibm128");
  EXPECT_EQ(read("c.mfloat8"), "__mfp8");
  EXPECT_EQ(read("c.bitint<9, unsigned>"), "unsigned _BitInt(9)");
}

TEST_F(ReadableType, PointersAndQualifiers) {
  EXPECT_EQ(read("ptr<qual<const c.char>>"), "const char *");
  EXPECT_EQ(read("qual<const ptr<c.char>>"), "char *const");
  EXPECT_EQ(read("ptr<qual<volatile restrict ptr<c.int>>>"),
            "int *volatile restrict *");
  EXPECT_EQ(read("ptr<qual<addrspace(3) c.int>>"),
            "__attribute__((address_space(3))) int *");
  EXPECT_EQ(read("lref<qual<const tag<struct \"S\">>>"), "const struct S &");
  EXPECT_EQ(read("rref<c.int>"), "int &&");
}

TEST_F(ReadableType, DeclaratorsNest) {
  EXPECT_EQ(read("ptr<c.array<10, c.int>>"), "int (*)[10]");
  EXPECT_EQ(read("c.array<10, ptr<c.int>>"), "int *[10]");
  EXPECT_EQ(read("c.array<?, c.array<*, c.int>>"), "int [][*]");
  EXPECT_EQ(read("ptr<fn<(c.int) -> c.int>>"), "int (*)(int)");
  EXPECT_EQ(read("fn<(ptr<fn<(c.int) -> c.int>>, ptr<qual<const c.char>>) -> "
                 "c.int>"),
            "int (int (*)(int), const char *)");
  // A function that returns a pointer to an array of function pointers.
  EXPECT_EQ(read("fn<() -> ptr<c.array<3, ptr<fn<(c.char) -> c.void>>>>>"),
            "void (*(*(void))[3])(char)");
  EXPECT_EQ(read("fnptr<(c.int) -> c.int>"), "int (*)(int)");
  EXPECT_EQ(read("c.block<fn<() -> c.void>>"), "void (^)(void)");
}

TEST_F(ReadableType, Functions) {
  EXPECT_EQ(read("fn<() -> c.void>"), "void (void)");
  EXPECT_EQ(read("fn<() -> c.int unprototyped>"), "int ()");
  EXPECT_EQ(read("fn<(...) -> c.int>"), "int (...)");
  EXPECT_EQ(read("fn<(c.int, ...) -> c.int>"), "int (int, ...)");
  EXPECT_EQ(read("fn<() -> c.void noreturn cc(ms_abi) salt(\"x\")>"),
            "void (void) __attribute__((noreturn)) __attribute__((ms_abi)) "
            "__attribute__((cfi_salt(\"x\")))");
  EXPECT_EQ(read("fn<() -> c.void nocf_check regparm(0)>"),
            "void (void) __attribute__((nocf_check)) "
            "__attribute__((regparm(0)))");
  EXPECT_EQ(read("fn<(qual<noescape ptr<c.int>>) -> c.void>"),
            "void (int *__attribute__((noescape)))");
}

TEST_F(ReadableType, MembersOfClasses) {
  EXPECT_EQ(read("memptr<tag<struct \"S\">, c.int>"), "int S::*");
  EXPECT_EQ(read("memptr<tag<class \"C\">, fn<(c.int) -> c.void const restrict "
                 "lvalue noexcept>>"),
            "void (C::*)(int) const __restrict & noexcept");
}

TEST_F(ReadableType, Tags) {
  EXPECT_EQ(read("tag<union \"U\">"), "union U");
  EXPECT_EQ(read("tag<struct \"In\" in [anonymous, \"Outer\" args [c.int]]>"),
            "(anonymous namespace)::Outer<int>::In");
  EXPECT_EQ(read("tag<class \"V\" args [value<c.int, \"-7\">, pack<c.int, "
                 "c.char>, pack<>, template<\"Box\" in [\"ns\"]>]>"),
            "V<-7, int, char, ns::Box>");
  EXPECT_EQ(read("tag<struct unnamed in [\"S\"]>"), "S::(unnamed)");
  EXPECT_EQ(read("tag<struct \"L\" function \"g\">"), "struct L (of g)");
}

TEST_F(ReadableType, Rust) {
  const std::string items[] = {
      "#kcfi.rs.item<\"a\" \"s_\" [\"m\", \"T\"]>",
      "#kcfi.rs.item<\"a\" \"s_\" [value \"main\", closure(1)]>"};
  const std::string &type = items[0], &body = items[1];
  EXPECT_EQ(read("rs.fn<() -> rs.unit>"), "fn()");
  EXPECT_EQ(read("rs.fn<(rs.i32, ...) -> rs.never abi(\"C\") unsafe>"),
            "unsafe extern \"C\" fn(i32, ...) -> !");
  EXPECT_EQ(read("fnptr<rs.fn<(rs.bool) -> rs.char>>"), "fn(bool) -> char");
  EXPECT_EQ(read("rs.tuple<rs.unit, rs.tuple<rs.u8>>"), "((), (u8,))");
  EXPECT_EQ(read("rs.array<3, rs.ref<mut rs.slice<rs.usize>>>"),
            "[&mut [usize]; 3]");
  EXPECT_EQ(read("rs.ptr<const rs.ptr<mut rs.pat<rs.u32, \"1..\">>>"),
            "*const *mut u32 is 1..");
  EXPECT_EQ(read("rs.adt<" + type +
                 ", [bound(0, 0), rs.u8, const<rs.i8, "
                 "\"-1\">]>"),
            "T<u8, -1>");
  EXPECT_EQ(read("rs.foreign<" + type + ">"), "T");
  EXPECT_EQ(read("rs.fn_item<" + type + ", [rs.u8]>"), "fn item T<u8>");
  EXPECT_EQ(read("rs.closure<fn " + body +
                 ", signature rs.fn<(rs.unit) -> rs.unit abi(\"rust-call\")>>"),
            "{closure#1 of main}");
  EXPECT_EQ(read("rs.coroutine<async " + body + ", [rs.u8]>"),
            "{async body#1 of main<u8>}");
  EXPECT_EQ(read("rs.coroutine<async_closure " + body + ">"),
            "{async closure#1 of main}");
  EXPECT_EQ(read("rs.ref<rs.dyn<[trait " + type + " args [rs.u8], projection " +
                 type + " = rs.i8, auto " + type + "]>>"),
            "&(dyn T<u8, T = i8> + T)");
  EXPECT_EQ(read("rs.ref<rs.dyn<[auto " + type + "]>>"), "&dyn T");
  EXPECT_EQ(read("rs.param<\"Self\">"), "Self");
}

TEST_F(ReadableType, VectorsAndOtherTypes) {
  EXPECT_EQ(read("c.vector<4, c.int>"), "int __attribute__((vector_lanes(4)))");
  EXPECT_EQ(read("c.matrix<2, 3, c.float>"),
            "float __attribute__((matrix_type(2, 3)))");
  EXPECT_EQ(read("c.complex<c.double>"), "_Complex double");
  EXPECT_EQ(read("c.atomic<ptr<c.int>>"), "_Atomic(int *)");
  EXPECT_EQ(read("c.sizeless<sve \"__SVInt32_t\">"), "__SVInt32_t");
  EXPECT_EQ(read("c.sizeless<sve \"__SVInt32_t\", 512>"),
            "__SVInt32_t __attribute__((arm_sve_vector_bits(512)))");
}

// The name of a typedef stands for its type.
TEST_F(ReadableType, Sugar) {
  EXPECT_EQ(read("fn<(c.typedef<\"size_t\", c.ulong>, c.va_list) -> c.void>"),
            "void (size_t, va_list)");
  EXPECT_EQ(read("ptr<c.typedef<\"handler\", fn<() -> c.void>>>"), "handler *");
}

TEST_F(ReadableType, SignaturesWithoutSpelling) {
  EXPECT_NE(read("raw<0x00050794>").find("50794"), std::string::npos);
  EXPECT_NE(read("encoded<\"_ZTSFiiE\">").find("_ZTSFiiE"), std::string::npos);
}

} // namespace
