//===- UnitCache.cpp - Summaries that need no second compilation -*- C++
//-*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitCache.h"
#include "kcfi/Program/RecordFrames.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;
using namespace mlir::kcfi;

// An entry is a file: this line, a line `SIZE TIME DIGEST PATH` for each file
// that was read, an empty line, and one frame of records. Numbers are
// hexadecimal.
static constexpr llvm::StringLiteral kVersion = "kcfi unit cache 1\n";

std::string UnitCache::getPath(StringRef key) const {
  SmallString<128> path(folder);
  llvm::sys::path::append(path, llvm::utohexstr(llvm::xxh3_64bits(key),
                                                /*LowerCase=*/true,
                                                /*Width=*/16) +
                                    ".unit");
  return path.str().str();
}

std::optional<UnitCache::FileState> UnitCache::getState(const std::string &path,
                                                        bool withDigest) {
  {
    std::lock_guard<std::mutex> lock(mutex);
    auto known = states.find(path);
    if (known != states.end() && (!withDigest || known->second.digest))
      return known->second;
  }
  FileState state;
  llvm::sys::fs::file_status status;
  if (llvm::sys::fs::status(path, status))
    return std::nullopt;
  state.size = status.getSize();
  state.time = status.getLastModificationTime().time_since_epoch().count();
  if (withDigest) {
    llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
        llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                    /*RequiresNullTerminator=*/false);
    if (!buffer)
      return std::nullopt;
    // 0 means that the digest has not been taken.
    state.digest = llvm::xxh3_64bits((*buffer)->getBuffer()) | 1;
  }
  std::lock_guard<std::mutex> lock(mutex);
  return states[path] = state;
}

bool UnitCache::isUnchanged(StringRef line) {
  FileState was;
  StringRef path = line;
  for (uint64_t FileState::*number :
       {&FileState::size, &FileState::time, &FileState::digest}) {
    StringRef digits;
    std::tie(digits, path) = path.split(' ');
    if (digits.getAsInteger(16, was.*number))
      return false;
  }
  std::optional<FileState> now = getState(path.str(), /*withDigest=*/false);
  if (!now || now->size != was.size)
    return false;
  if (now->time == was.time)
    return true;
  now = getState(path.str(), /*withDigest=*/true);
  return now && now->digest == was.digest;
}

std::optional<Summary> UnitCache::find(StringRef key) {
  if (folder.empty())
    return std::nullopt;
  std::string path = getPath(key);
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
      llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                  /*RequiresNullTerminator=*/false);
  if (!buffer)
    return std::nullopt;
  StringRef text = (*buffer)->getBuffer();
  if (!text.consume_front(kVersion))
    return std::nullopt;
  while (true) {
    StringRef line;
    std::tie(line, text) = text.split('\n');
    if (line.empty())
      break;
    if (!isUnchanged(line))
      return std::nullopt;
  }
  llvm::Expected<std::vector<Summary>> summaries = readFrames(text, path);
  if (!summaries) {
    // As if it were not there: the unit is compiled again.
    llvm::consumeError(summaries.takeError());
    return std::nullopt;
  }
  if (summaries->size() != 1)
    return std::nullopt;
  return std::move(summaries->front());
}

void UnitCache::add(StringRef key, ArrayRef<std::string> files,
                    const Summary &summary) {
  if (folder.empty() || llvm::sys::fs::create_directories(folder))
    return;
  std::string text;
  llvm::raw_string_ostream os(text);
  os << kVersion;
  for (const std::string &file : files) {
    std::optional<FileState> state = getState(file, /*withDigest=*/true);
    if (!state)
      return;
    os << llvm::utohexstr(state->size) << ' ' << llvm::utohexstr(state->time)
       << ' ' << llvm::utohexstr(state->digest) << ' ' << file << '\n';
  }
  os << '\n' << makeFrame(summary);
  // Whoever reads at the same time sees the old entry or the new one.
  llvm::consumeError(
      llvm::writeToOutput(getPath(key), [&](llvm::raw_ostream &out) {
        out << text;
        return llvm::Error::success();
      }));
}
