//===- KCFIEnums.h - Enumerations -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIENUMS_H
#define KCFI_IR_KCFIENUMS_H

#include "mlir/IR/BuiltinAttributes.h"

#include "kcfi/IR/KCFIEnums.h.inc"

#endif // KCFI_IR_KCFIENUMS_H
