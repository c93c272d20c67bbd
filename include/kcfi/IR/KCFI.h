//===- KCFI.h - Everything of lib/IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFI_H
#define KCFI_IR_KCFI_H

#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/IR/KCFIEnums.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/KCFITypes.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"

#endif // KCFI_IR_KCFI_H
