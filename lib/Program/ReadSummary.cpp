//===- ReadSummary.cpp - Summaries of files -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Program/ReadSummary.h"
#include "ReadModule.h"
#include "ReadObject.h"
#include "kcfi/Support/BytecodeFile.h"
#include "mlir/Bytecode/BytecodeReader.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// What a file is
//===----------------------------------------------------------------------===//

namespace {
enum class InputKind : uint8_t { LLVM, MLIR, Records, ELF, Archive, Other };
} // namespace

/// What an object of another format is called, or null.
static const char *getForeignFormat(llvm::file_magic magic) {
  switch (magic) {
  case llvm::file_magic::macho_object:
  case llvm::file_magic::macho_executable:
  case llvm::file_magic::macho_fixed_virtual_memory_shared_lib:
  case llvm::file_magic::macho_core:
  case llvm::file_magic::macho_preload_executable:
  case llvm::file_magic::macho_dynamically_linked_shared_lib:
  case llvm::file_magic::macho_dynamic_linker:
  case llvm::file_magic::macho_bundle:
  case llvm::file_magic::macho_dynamically_linked_shared_lib_stub:
  case llvm::file_magic::macho_dsym_companion:
  case llvm::file_magic::macho_kext_bundle:
  case llvm::file_magic::macho_universal_binary:
  case llvm::file_magic::macho_file_set:
    return "a Mach-O file";
  case llvm::file_magic::coff_object:
  case llvm::file_magic::coff_cl_gl_object:
  case llvm::file_magic::coff_import_library:
  case llvm::file_magic::pecoff_executable:
    return "a COFF file";
  case llvm::file_magic::wasm_object:
    return "a WebAssembly file";
  case llvm::file_magic::xcoff_object_32:
  case llvm::file_magic::xcoff_object_64:
    return "an XCOFF file";
  default:
    return nullptr;
  }
}

static bool isText(StringRef start) {
  return llvm::all_of(start, [](unsigned char character) {
    return character >= ' ' || llvm::isSpace(character);
  });
}

static InputKind getKind(StringRef path, llvm::MemoryBufferRef buffer) {
  StringRef text = buffer.getBuffer();
  switch (llvm::file_magic magic = llvm::identify_magic(text)) {
  case llvm::file_magic::bitcode:
    return InputKind::LLVM;
  case llvm::file_magic::elf:
  case llvm::file_magic::elf_relocatable:
  case llvm::file_magic::elf_executable:
  case llvm::file_magic::elf_shared_object:
    return InputKind::ELF;
  case llvm::file_magic::archive:
    return InputKind::Archive;
  default:
    if (getForeignFormat(magic))
      return InputKind::Other;
    break;
  }
  if (isBytecode(buffer))
    return InputKind::MLIR;
  if (!isText(text.take_front(512)))
    return InputKind::Other;
  StringRef extension = llvm::sys::path::extension(path);
  if (extension == ".ll")
    return InputKind::LLVM;
  if (extension == ".mlir")
    return InputKind::MLIR;
  if (extension == ".ndjson" || text.ltrim().starts_with("{\""))
    return InputKind::Records;
  // Comments and the first words differ.
  for (StringRef start : {";", "source_filename", "target ", "define ",
                          "declare ", "@", "%", "!0"})
    if (text.ltrim().starts_with(start))
      return InputKind::LLVM;
  // Somebody else's files have the extension, too.
  return extension == ".bc" ? InputKind::Other : InputKind::MLIR;
}

//===----------------------------------------------------------------------===//
// One file
//===----------------------------------------------------------------------===//

namespace {
/// What one file gives.
struct Reading {
  std::vector<Summary> summaries;
  /// Objects without records.
  unsigned withoutRecords = 0;
  std::string error;
};
} // namespace

static std::vector<Summary> single(Summary summary) {
  std::vector<Summary> result;
  result.push_back(std::move(summary));
  return result;
}

static llvm::Error refuse(StringRef path, const Twine &what) {
  return llvm::createStringError(path + ": error: " + what);
}

static constexpr llvm::StringLiteral kHowToRecord =
    "compile with the compiler plugin, or give the LLVM IR (docs/Builds.md)";

static llvm::Expected<std::vector<Summary>>
readBuffer(std::unique_ptr<llvm::MemoryBuffer> buffer, StringRef path,
           const DialectRegistry &registry, unsigned &withoutRecords) {
  InputKind kind = getKind(path, *buffer);
  // An empty module is an output that was not written more often than not.
  if (kind != InputKind::Records && buffer->getBuffer().trim().empty())
    return refuse(path, "the input is empty");
  switch (kind) {
  case InputKind::LLVM:
    return readLLVM(*buffer, path);
  case InputKind::MLIR: {
    llvm::Expected<Summary> summary =
        readMLIR(std::move(buffer), path, registry);
    if (!summary)
      return summary.takeError();
    return single(std::move(*summary));
  }
  case InputKind::Records: {
    llvm::Expected<Summary> summary = Summary::read(*buffer);
    if (!summary)
      return summary.takeError();
    return single(std::move(*summary));
  }
  case InputKind::ELF: {
    llvm::Expected<std::vector<Summary>> read = readELF(*buffer, path);
    withoutRecords += read && read->empty();
    return read;
  }
  case InputKind::Archive:
    return readArchive(*buffer, path, withoutRecords);
  case InputKind::Other:
    const char *format =
        getForeignFormat(llvm::identify_magic(buffer->getBuffer()));
    return refuse(path,
                  format ? Twine("this is ") + format +
                               "; records are in ELF files and archives only"
                         : Twine("this is neither LLVM IR, MLIR, a summary, an "
                                 "ELF file nor an archive"));
  }
  llvm_unreachable("unknown kind of input");
}

static Reading readFile(StringRef path, const DialectRegistry &registry) {
  Reading result;
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
      llvm::MemoryBuffer::getFileOrSTDIN(path);
  if (!buffer) {
    result.error = ("error: cannot open input file '" + path +
                    "': " + buffer.getError().message())
                       .str();
    return result;
  }
  llvm::Expected<std::vector<Summary>> read =
      readBuffer(std::move(*buffer), path, registry, result.withoutRecords);
  if (read)
    result.summaries = std::move(*read);
  else
    result.error = llvm::toString(read.takeError());
  return result;
}

//===----------------------------------------------------------------------===//
// Folders
//===----------------------------------------------------------------------===//

/// True for files of a folder that are inputs: a folder has others, too.
static bool isInput(StringRef path) {
  if (llvm::sys::path::extension(path) == ".ndjson")
    return true;
  llvm::file_magic magic;
  if (llvm::identify_magic(path, magic))
    return false;
  switch (magic) {
  case llvm::file_magic::bitcode:
  case llvm::file_magic::elf_relocatable:
  case llvm::file_magic::elf_executable:
  case llvm::file_magic::elf_shared_object:
  case llvm::file_magic::archive:
    return true;
  default:
    return false;
  }
}

/// The inputs in a folder and the folders in it, in the order of their names.
static LogicalResult addFolder(const std::string &folder,
                               std::vector<std::string> &files,
                               llvm::raw_ostream &errors) {
  std::error_code code;
  std::vector<std::string> found;
  // Links to folders may lead around in a circle.
  for (llvm::sys::fs::recursive_directory_iterator
           it(folder, code, /*follow_symlinks=*/false),
       end;
       it != end && !code; it.increment(code))
    if (it->type() == llvm::sys::fs::file_type::regular_file &&
        isInput(it->path()))
      found.push_back(it->path());
  if (code) {
    errors << "error: cannot read folder '" << folder << "': " << code.message()
           << "\n";
    return failure();
  }
  if (found.empty()) {
    errors << folder << ": error: the folder has no LLVM IR, ELF files, "
           << "archives or summaries\n";
    return failure();
  }
  llvm::sort(found);
  llvm::append_range(files, found);
  return success();
}

//===----------------------------------------------------------------------===//
// All files
//===----------------------------------------------------------------------===//

static uint64_t getDigest(const Summary &summary) {
  std::string text;
  llvm::raw_string_ostream os(text);
  summary.write(os);
  return llvm::xxh3_64bits(text);
}

/// Different units that are compiled from files of one name (`main.c` in two
/// folders, or the same file with other options) get names of their own: with a
/// digest of their records, which is the same whatever else is read.
static void separateUnits(std::vector<Summary> &summaries) {
  llvm::StringMap<SmallVector<Summary *, 1>> byName;
  for (Summary &summary : summaries)
    if (summary.units.size() == 1)
      byName[summary.units.front().unit].push_back(&summary);
  for (const auto &entry : byName) {
    ArrayRef<Summary *> parts = entry.getValue();
    if (parts.size() < 2)
      continue;
    SmallVector<uint64_t> digests = llvm::map_to_vector(
        parts, [](Summary *summary) { return getDigest(*summary); });
    if (llvm::all_equal(digests))
      continue;
    std::string name = entry.getKey().str();
    for (auto [summary, digest] : llvm::zip(parts, digests))
      summary->renameUnit(name,
                          name + "#" +
                              llvm::utohexstr(digest >> 32, /*LowerCase=*/true,
                                              /*Width=*/8));
  }
}

llvm::Expected<Summary> mlir::kcfi::mergeUnits(std::vector<Summary> summaries) {
  separateUnits(summaries);
  Summary all;
  for (Summary &summary : summaries)
    all.merge(std::move(summary));
  if (llvm::Error error = all.normalize())
    return llvm::createStringError("error: " +
                                   llvm::toString(std::move(error)));
  return all;
}

/// Says how many objects were passed over; they may be all there is.
static LogicalResult reportWithoutRecords(ArrayRef<std::string> paths,
                                          ArrayRef<Reading> readings,
                                          llvm::raw_ostream &errors) {
  unsigned count = 0;
  bool hasRecords = false;
  const std::string *first = nullptr;
  for (auto [path, reading] : llvm::zip(paths, readings)) {
    hasRecords |= !reading.summaries.empty();
    if (reading.withoutRecords && !first)
      first = &path;
    count += reading.withoutRecords;
  }
  if (!hasRecords && !first && !paths.empty()) {
    errors << paths.front()
           << ": error: the archive has neither ELF files nor LLVM IR\n";
    return failure();
  }
  if (!first)
    return success();
  errors << *first << ": " << (hasRecords ? "note" : "error") << ": ";
  if (count == 1)
    errors << "an ELF file without records";
  else
    errors << count << " ELF files without records, this is the first";
  errors << ": " << kHowToRecord << "\n";
  return success(hasRecords);
}

FailureOr<Summary> mlir::kcfi::readSummaries(ArrayRef<std::string> inputs,
                                             const DialectRegistry &registry,
                                             unsigned numThreads,
                                             llvm::raw_ostream &errors) {
  std::vector<std::string> paths;
  for (const std::string &input : inputs) {
    if (!llvm::sys::fs::is_directory(input))
      paths.push_back(input);
    else if (failed(addFolder(input, paths, errors)))
      return failure();
  }
  for (const std::string &path : paths)
    if (failed(checkBytecodeFile(path, registry, errors)))
      return failure();
  // A summary is the same whatever order its parts are read in.
  std::vector<Reading> readings(paths.size());
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(numThreads));
  for (size_t i = 0; i < paths.size(); ++i)
    pool.async([&, i] { readings[i] = readFile(paths[i], registry); });
  pool.wait();

  bool ok = true;
  for (const Reading &reading : readings)
    if (!reading.error.empty()) {
      errors << StringRef(reading.error).rtrim('\n') << "\n";
      ok = false;
    }
  if (!ok || failed(reportWithoutRecords(paths, readings, errors)))
    return failure();
  std::vector<Summary> summaries;
  for (Reading &reading : readings)
    for (Summary &summary : reading.summaries)
      summaries.push_back(std::move(summary));
  llvm::Expected<Summary> all = mergeUnits(std::move(summaries));
  if (all)
    return std::move(*all);
  errors << llvm::toString(all.takeError()) << "\n";
  return failure();
}

llvm::Expected<Summary>
mlir::kcfi::readSummary(StringRef path, const DialectRegistry &registry) {
  Reading reading = readFile(path, registry);
  if (!reading.error.empty())
    return llvm::createStringError(reading.error);
  if (reading.summaries.empty())
    return refuse(path,
                  "an ELF file or archive without records: " + kHowToRecord);
  return mergeUnits(std::move(reading.summaries));
}
