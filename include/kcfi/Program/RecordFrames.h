//===- RecordFrames.h - Records inside of object files ----------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The compiler plugin puts the summary of a unit into its object file: a
// section that is not loaded, with one frame. A linker that joins such sections
// makes a list of frames. A frame says how long it is, so that the list needs
// no index. In LLVM IR the section is a block of the module's assembly, which
// every way to an object file keeps, link-time optimisation included.
// docs/Summary.md describes the bytes.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PROGRAM_RECORDFRAMES_H
#define KCFI_PROGRAM_RECORDFRAMES_H

#include "kcfi/Program/Summary.h"

namespace llvm {
class Module;
} // namespace llvm

namespace mlir::kcfi {

/// The name of the section.
inline constexpr llvm::StringLiteral kRecordSection = ".kcfi.records";

/// One frame with the records of a normalized summary, compressed as far as
/// LLVM was built with zstd or zlib.
std::string makeFrame(const Summary &summary);

/// The summaries of all frames in `bytes`. Zero bytes between frames are
/// skipped: linkers fill gaps with them. `name` is for errors: bytes that are
/// no frame, a frame that is cut off or damaged, a compression that LLVM was
/// built without, records that `Summary::read` refuses.
llvm::Expected<std::vector<Summary>> readFrames(llvm::StringRef bytes,
                                                llvm::StringRef name);

/// Which files have the section.
enum class RecordLifetime : uint8_t {
  /// Objects, and what is linked from them.
  Linked,
  /// Objects and archives only: linkers leave the section out of executables
  /// and shared libraries (SHF_EXCLUDE).
  Objects,
};

/// Adds a frame to the assembly of a module. The module must be one for ELF.
void embedFrame(llvm::Module &module, llvm::StringRef frame,
                RecordLifetime lifetime);

/// The frames in the assembly of a module; empty if there are none.
std::string getEmbeddedFrames(const llvm::Module &module);

} // namespace mlir::kcfi

#endif // KCFI_PROGRAM_RECORDFRAMES_H
