//===- Passes.td - Passes that the C API names KCFITransforms --*- tablegen -*--===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_C_PASSES_TD
#define KCFI_C_PASSES_TD

include "kcfi/Checks/Passes.td"
include "kcfi/Transforms/Passes.td"

#endif // KCFI_C_PASSES_TD
