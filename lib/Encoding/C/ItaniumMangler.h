//===- ItaniumMangler.h - Itanium mangling of canonical types -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_ENCODING_C_ITANIUMMANGLER_H
#define KCFI_LIB_ENCODING_C_ITANIUMMANGLER_H

#include "kcfi/IR/KCFITypes.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/Support/Error.h"

namespace mlir::kcfi {

/// Mangles a canonical function type by the rules of the Itanium C++ ABI, with
/// clang's extensions. `normalizeIntegers` renames builtin integer types by
/// signedness and width. The only error is a tag without a name.
llvm::Expected<std::string> mangleFunctionType(FnType type,
                                               bool normalizeIntegers,
                                               const TargetInfo &target);

} // namespace mlir::kcfi

#endif // KCFI_LIB_ENCODING_C_ITANIUMMANGLER_H
