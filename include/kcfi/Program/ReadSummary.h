//===- ReadSummary.h - Summaries of files -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PROGRAM_READSUMMARY_H
#define KCFI_PROGRAM_READSUMMARY_H

#include "kcfi/Program/Summary.h"

namespace mlir {
class DialectRegistry;

namespace kcfi {

/// The summary of the file: LLVM IR, MLIR (both as text and binary), NDJSON, or
/// an ELF file or archive with the records of the compiler plugin or with LLVM
/// IR. The content tells which; text of LLVM IR and MLIR by the file's
/// extension first. '-' is the standard input. The unit of a module is the path
/// as given, `archive(member)` in an archive. Errors are printable as they are,
/// with file and line. May be called by many threads.
llvm::Expected<Summary> readSummary(llvm::StringRef path,
                                    const DialectRegistry &registry);

/// One summary of all. Different units of one name get names of their own, with
/// a digest of their records.
llvm::Expected<Summary> mergeUnits(std::vector<Summary> summaries);

/// The summaries of all files, each read on its own by one of `numThreads`
/// threads (0: one a processor), merged and normalized. A folder stands for the
/// LLVM bitcode, ELF files, archives and `*.ndjson` in it and its folders. On
/// failure prints one error for each file that cannot be read, or
/// that of the merge. ELF files without records are counted in one note; if
/// there is nothing else, in an error.
FailureOr<Summary> readSummaries(ArrayRef<std::string> paths,
                                 const DialectRegistry &registry,
                                 unsigned numThreads,
                                 llvm::raw_ostream &errors);

} // namespace kcfi
} // namespace mlir

#endif // KCFI_PROGRAM_READSUMMARY_H
