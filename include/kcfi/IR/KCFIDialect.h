//===- KCFIDialect.h - The kcfi dialect -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIDIALECT_H
#define KCFI_IR_KCFIDIALECT_H

#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"

#include "kcfi/IR/KCFIDialect.h.inc"

#endif // KCFI_IR_KCFIDIALECT_H
