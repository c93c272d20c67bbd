//===- UnitCache.h - Summaries that need no second compilation -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_PROGRAM_UNITCACHE_H
#define KCFI_LIB_PROGRAM_UNITCACHE_H

#include "kcfi/Program/Summary.h"
#include "mlir/Support/LLVM.h"
#include "llvm/ADT/StringMap.h"

#include <mutex>

namespace mlir::kcfi {

/// Summaries by command. An entry counts as long as no file that the
/// compilation read has another content. May be used by many threads.
class UnitCache {
public:
  /// Without a folder nothing is kept.
  explicit UnitCache(std::string folder) : folder(std::move(folder)) {}

  /// The summary of a command, if it is known and its files are the same.
  std::optional<Summary> find(StringRef key);
  /// Keeps a summary. What cannot be written is not kept.
  void add(StringRef key, ArrayRef<std::string> files, const Summary &summary);

private:
  struct FileState {
    uint64_t size = 0, time = 0, digest = 0;
  };
  std::string getPath(StringRef key) const;
  /// The state of a file; its digest only on demand.
  std::optional<FileState> getState(const std::string &path, bool withDigest);
  bool isUnchanged(StringRef line);

  std::string folder;
  std::mutex mutex;
  llvm::StringMap<FileState> states;
};

} // namespace mlir::kcfi

#endif // KCFI_LIB_PROGRAM_UNITCACHE_H
