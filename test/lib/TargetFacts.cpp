//===- TargetFacts.cpp - Prints what the library knows of targets ---------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Test tool: prints one JSON object a triple given on the command line, or a
// line "error: ..." for a triple that is refused.
//
//===----------------------------------------------------------------------===//

#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir::kcfi;
using llvm::StringRef;

static StringRef getName(CIntegerKind kind) {
  switch (kind) {
  case CIntegerKind::Short:
    return "short";
  case CIntegerKind::Int:
    return "int";
  case CIntegerKind::Long:
    return "long";
  case CIntegerKind::LongLong:
    return "long long";
  }
  llvm_unreachable("unknown integer kind");
}

static StringRef getName(VaListKind kind) {
  switch (kind) {
  case VaListKind::VoidPtr:
    return "void pointer";
  case VaListKind::CharPtr:
    return "char pointer";
  case VaListKind::TagArray:
    return "tag array";
  case VaListKind::StdVaList:
    return "std::__va_list";
  }
  llvm_unreachable("unknown va_list kind");
}

static StringRef getName(LongDoubleKind kind) {
  switch (kind) {
  case LongDoubleKind::Double:
    return "double";
  case LongDoubleKind::X87:
    return "x87";
  case LongDoubleKind::Quad:
    return "quad";
  case LongDoubleKind::PPCDoubleDouble:
    return "double-double";
  }
  llvm_unreachable("unknown long double kind");
}

static llvm::json::Object toJSON(const TargetInfo &target) {
  CTypeFacts facts = target.getCTypeFacts();
  CodeSizes sizes = target.getCodeSizes();
  return llvm::json::Object{
      {"triple", target.getTriple().str()},
      {"name", target.getName()},
      {"pointerWidth", facts.pointerWidth},
      {"intWidth", facts.intWidth},
      {"longWidth", facts.longWidth},
      {"wcharWidth", facts.wcharWidth},
      {"charSigned", facts.charSigned},
      {"wcharSigned", facts.wcharSigned},
      {"wcharType", getName(facts.wcharType)},
      {"sizeType", getName(facts.sizeType)},
      {"ptrdiffType", getName(facts.ptrdiffType)},
      {"hasInt128", facts.hasInt128},
      {"hasFloat128", facts.hasFloat128},
      {"bf16IsVendorType", facts.bf16IsVendorType},
      {"longDoubleCode", std::string(1, facts.longDoubleCode)},
      {"longDouble", getName(facts.longDouble)},
      {"vaList", getName(facts.vaList)},
      {"usesMicrosoftMangling", target.usesMicrosoftMangling()},
      {"hasNativeBundles", target.hasNativeBundles()},
      {"supportsTypeIdSymbols", target.supportsTypeIdSymbols()},
      {"supportsPatchablePrefix", target.supportsPatchablePrefix()},
      {"supportsArity", target.supportsArity()},
      {"needsPointerMask", target.needsPointerMask()},
      {"idAlignment", target.getIdAlignment()},
      {"prefixBytes", sizes.prefixBytes},
      {"checkBytes", sizes.checkBytes},
  };
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; ++i) {
    llvm::Expected<std::unique_ptr<TargetInfo>> target =
        TargetInfo::lookup(argv[i]);
    if (!target) {
      llvm::outs() << "error: " << llvm::toString(target.takeError()) << '\n';
      continue;
    }
    llvm::outs() << llvm::json::Value(toJSON(**target)) << '\n';
  }
  return 0;
}
