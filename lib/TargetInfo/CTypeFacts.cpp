//===- CTypeFacts.cpp - C ABI facts that targets share --------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Targets.h"

using namespace mlir::kcfi;
using llvm::Triple;

bool mlir::kcfi::hasWindowsTypes(const Triple &triple) {
  if (triple.isUEFI())
    return true;
  return triple.isOSWindows() &&
         !(triple.isArch64Bit() && triple.isOSBinFormatMachO());
}

CTypeFacts mlir::kcfi::getCommonCTypeFacts(const Triple &triple,
                                           unsigned pointerWidth) {
  bool windows = hasWindowsTypes(triple);
  CTypeFacts facts = {};
  facts.pointerWidth = pointerWidth;
  facts.intWidth = 32;
  // Windows keeps a 32-bit long in 64-bit code, Cygwin does not.
  facts.longWidth =
      windows && !triple.isWindowsCygwinEnvironment() ? 32 : pointerWidth;
  if (windows || triple.isPS()) {
    facts.wcharType = CIntegerKind::Short;
    facts.wcharWidth = 16;
    facts.wcharSigned = false;
  } else {
    facts.wcharType = CIntegerKind::Int;
    facts.wcharWidth = 32;
    facts.wcharSigned = true;
  }
  facts.charSigned = true;
  if (pointerWidth > facts.longWidth)
    facts.sizeType = CIntegerKind::LongLong;
  else if (pointerWidth > facts.intWidth)
    facts.sizeType = CIntegerKind::Long;
  else
    facts.sizeType = CIntegerKind::Int;
  facts.ptrdiffType = facts.sizeType;
  facts.hasInt128 = pointerWidth == 64;
  facts.hasFloat128 = false;
  facts.bf16IsVendorType = false;
  facts.longDoubleCode = 'e';
  facts.longDouble = LongDoubleKind::Double;
  facts.vaList = windows ? VaListKind::CharPtr : VaListKind::VoidPtr;
  return facts;
}

void mlir::kcfi::useLongSizeType(CTypeFacts &facts) {
  facts.sizeType = CIntegerKind::Long;
  facts.ptrdiffType = CIntegerKind::Long;
}
