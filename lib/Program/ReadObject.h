//===- ReadObject.h - Summaries in object files and archives ----*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_PROGRAM_READOBJECT_H
#define KCFI_LIB_PROGRAM_READOBJECT_H

#include "kcfi/Program/Summary.h"
#include "mlir/Support/LLVM.h"

namespace mlir::kcfi {

/// The summaries in an ELF file: those that the compiler plugin put into it,
/// else those of LLVM IR that is in it (`-ffat-lto-objects`,
/// `-fembed-bitcode`). Empty if it has neither.
llvm::Expected<std::vector<Summary>> readELF(llvm::MemoryBufferRef buffer,
                                             StringRef name);

/// The summaries of the members of an archive, thin or not: ELF files and LLVM
/// IR. `withoutRecords` counts the ELF files that have none.
llvm::Expected<std::vector<Summary>> readArchive(llvm::MemoryBufferRef buffer,
                                                 StringRef name,
                                                 unsigned &withoutRecords);

} // namespace mlir::kcfi

#endif // KCFI_LIB_PROGRAM_READOBJECT_H
