//===- RecordFrames.cpp - Records inside of object files -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Program/RecordFrames.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;
using namespace mlir::kcfi;
namespace endian = llvm::support::endian;

//===----------------------------------------------------------------------===//
// Frames
//===----------------------------------------------------------------------===//

// Numbers are little-endian on all targets: a reader needs no target.
//
//   0   "KCFIREC"
//   7   the version of frames: 1
//   8   the compression
//   9   three bytes 0
//   12  the size of the records as text
//   16  the size of what follows the header
//   20  xxh3 of what follows the header
//   28  the records, compressed
static constexpr llvm::StringLiteral kMagic = "KCFIREC\1";
static constexpr size_t kHeaderSize = 28;
/// More text than any unit has. A damaged size must not take all memory.
static constexpr uint32_t kMaxTextSize = 1u << 30;

namespace {
enum class Compression : uint8_t { None, Zlib, Zstd };
} // namespace

static Compression chooseCompression() {
  if (llvm::compression::zstd::isAvailable())
    return Compression::Zstd;
  if (llvm::compression::zlib::isAvailable())
    return Compression::Zlib;
  return Compression::None;
}

static void compress(Compression compression, ArrayRef<uint8_t> text,
                     SmallVectorImpl<uint8_t> &result) {
  switch (compression) {
  case Compression::None:
    result.append(text.begin(), text.end());
    return;
  case Compression::Zlib:
    return llvm::compression::zlib::compress(text, result);
  case Compression::Zstd:
    return llvm::compression::zstd::compress(text, result);
  }
  llvm_unreachable("unknown compression");
}

static llvm::Error decompress(Compression compression, ArrayRef<uint8_t> input,
                              SmallVectorImpl<uint8_t> &result, size_t size) {
  auto missing = [](StringRef name) {
    return llvm::createStringError("LLVM was built without " + name);
  };
  switch (compression) {
  case Compression::None:
    result.append(input.begin(), input.end());
    return llvm::Error::success();
  case Compression::Zlib:
    return llvm::compression::zlib::isAvailable()
               ? llvm::compression::zlib::decompress(input, result, size)
               : missing("zlib");
  case Compression::Zstd:
    return llvm::compression::zstd::isAvailable()
               ? llvm::compression::zstd::decompress(input, result, size)
               : missing("zstd");
  }
  return llvm::createStringError("unknown compression");
}

std::string mlir::kcfi::makeFrame(const Summary &summary) {
  std::string text;
  llvm::raw_string_ostream os(text);
  summary.write(os);
  Compression compression = chooseCompression();
  SmallVector<uint8_t> payload;
  compress(compression, llvm::arrayRefFromStringRef(text), payload);

  char header[kHeaderSize] = {};
  memcpy(header, kMagic.data(), kMagic.size());
  header[8] = static_cast<char>(compression);
  endian::write32le(header + 12, text.size());
  endian::write32le(header + 16, payload.size());
  endian::write64le(header + 20, llvm::xxh3_64bits(payload));
  return std::string(header, kHeaderSize) + llvm::toStringRef(payload).str();
}

/// Takes one frame off the start of `bytes`.
static llvm::Expected<Summary> takeFrame(StringRef &bytes, StringRef name) {
  auto fail = [&](const Twine &what) {
    return llvm::createStringError(name + ": error: damaged records in '" +
                                   kRecordSection + "': " + what);
  };
  if (!bytes.starts_with(kMagic.drop_back()))
    return fail("no frame where one should start");
  if (bytes.size() < kHeaderSize)
    return fail("the last frame is cut off");
  if (!bytes.starts_with(kMagic))
    return fail("version " + Twine(static_cast<unsigned>(bytes[7])) +
                " of frames is not known, only 1 is");
  const char *header = bytes.data();
  auto compression = static_cast<Compression>(header[8]);
  uint32_t textSize = endian::read32le(header + 12);
  uint32_t payloadSize = endian::read32le(header + 16);
  uint64_t hash = endian::read64le(header + 20);
  bytes = bytes.drop_front(kHeaderSize);
  if (bytes.size() < payloadSize || textSize > kMaxTextSize)
    return fail("the last frame is cut off");
  StringRef payload = bytes.take_front(payloadSize);
  bytes = bytes.drop_front(payloadSize);
  if (llvm::xxh3_64bits(payload) != hash)
    return fail("the checksum of a frame is wrong");
  SmallVector<uint8_t> text;
  if (llvm::Error error = decompress(
          compression, llvm::arrayRefFromStringRef(payload), text, textSize))
    return fail(llvm::toString(std::move(error)));
  return Summary::read(llvm::MemoryBufferRef(llvm::toStringRef(text), name));
}

llvm::Expected<std::vector<Summary>> mlir::kcfi::readFrames(StringRef bytes,
                                                            StringRef name) {
  std::vector<Summary> result;
  while (!(bytes = bytes.ltrim('\0')).empty()) {
    llvm::Expected<Summary> summary = takeFrame(bytes, name);
    if (!summary)
      return summary.takeError();
    result.push_back(std::move(*summary));
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Frames in the assembly of a module
//===----------------------------------------------------------------------===//

/// The line that opens `kRecordSection`, up to the section's flags.
static constexpr llvm::StringLiteral kOpen = ".pushsection .kcfi.records,\"";
static constexpr llvm::StringLiteral kClose = ".popsection";
static constexpr llvm::StringLiteral kText = ".ascii \"";

/// Octal numbers of three digits, which all assemblers read.
static void writeEscaped(llvm::raw_ostream &os, StringRef bytes) {
  for (unsigned char byte : bytes)
    if (llvm::isAlnum(byte))
      os << char(byte);
    else
      os << '\\' << char('0' + (byte >> 6)) << char('0' + (byte >> 3 & 7))
         << char('0' + (byte & 7));
}

static void unescape(StringRef text, std::string &bytes) {
  while (!text.empty()) {
    uint8_t byte;
    if (text.consume_front("\\")) {
      if (text.take_front(3).getAsInteger(8, byte))
        return;
      text = text.drop_front(3);
    } else {
      byte = text.front();
      text = text.drop_front();
    }
    bytes += char(byte);
  }
}

void mlir::kcfi::embedFrame(llvm::Module &module, StringRef frame,
                            RecordLifetime lifetime) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << kOpen << (lifetime == RecordLifetime::Objects ? "e" : "") << "\"\n";
  // Lines that a person can scroll over.
  constexpr size_t kBytesALine = 64;
  for (; !frame.empty();
       frame = frame.drop_front(std::min(kBytesALine, frame.size()))) {
    os << kText;
    writeEscaped(os, frame.take_front(kBytesALine));
    os << "\"\n";
  }
  os << kClose << "\n";
  module.appendModuleInlineAsm(text);
}

std::string mlir::kcfi::getEmbeddedFrames(const llvm::Module &module) {
  std::string bytes;
  bool isInside = false;
  for (StringRef line : llvm::split(module.getModuleInlineAsm(), '\n')) {
    if (line.starts_with(kOpen))
      isInside = true;
    else if (line == kClose)
      isInside = false;
    else if (isInside && line.consume_front(kText) && line.consume_back("\""))
      unescape(line, bytes);
  }
  return bytes;
}
