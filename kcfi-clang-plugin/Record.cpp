//===- Record.cpp - Records of a unit -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Jobs.h"
#include "kcfi/Audit/Outcome.h"
#include "kcfi/Program/DebugClasses.h"
#include "kcfi/Program/SummarizeLLVM.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;
using namespace mlir::kcfi;

/// True if the module may have extra entries: their summary changes the module.
static bool mayHaveEntries(const llvm::Module &module) {
  return llvm::any_of(module.aliases(), [](const llvm::GlobalAlias &alias) {
    auto *function =
        llvm::dyn_cast_or_null<llvm::Function>(alias.getAliaseeObject());
    return function && function->hasPrefixData();
  });
}

static llvm::Expected<Summary> summarizeInPlace(llvm::Module &module) {
  llvm::Expected<Summary> summary =
      summarize(module, module.getSourceFileName());
  if (!summary)
    return summary.takeError();
  // The summary is normalized already.
  size_t classes = summary->classes.size();
  addDebugClasses(module, *summary);
  if (summary->classes.size() != classes)
    if (llvm::Error error = summary->normalize())
      return std::move(error);
  return summary;
}

llvm::Expected<Summary>
mlir::kcfi::plugin::summarizeUnit(llvm::Module &module) {
  if (!mayHaveEntries(module))
    return summarizeInPlace(module);
  SmallVector<char> bytes;
  llvm::raw_svector_ostream os(bytes);
  llvm::WriteBitcodeToFile(module, os);
  llvm::LLVMContext context;
  llvm::Expected<std::unique_ptr<llvm::Module>> copy = llvm::parseBitcodeFile(
      llvm::MemoryBufferRef(os.str(), module.getModuleIdentifier()), context);
  if (!copy)
    return copy.takeError();
  return summarizeInPlace(**copy);
}

/// A name for the file that stays the same when the unit is compiled again, but
/// not when the same source is compiled for something else as well.
static std::string getFileName(const llvm::Module &module, StringRef unit) {
  std::string key;
  llvm::raw_string_ostream os(key);
  SmallString<128> folder;
  // Without a folder the name may be less distinct.
  (void)llvm::sys::fs::current_path(folder);
  os << folder << '\n' << unit << '\n' << module.getTargetTriple().str();
  SmallVector<llvm::Module::ModuleFlagEntry> flags;
  module.getModuleFlagsMetadata(flags);
  for (const llvm::Module::ModuleFlagEntry &flag : flags) {
    os << '\n' << flag.Key->getString() << '=';
    if (auto *text = llvm::dyn_cast<llvm::MDString>(flag.Val))
      os << text->getString();
    else if (auto *number =
                 llvm::mdconst::dyn_extract<llvm::ConstantInt>(flag.Val))
      os << number->getValue();
  }
  std::string name;
  for (char character : llvm::sys::path::filename(unit))
    name += llvm::isAlnum(character) || StringRef("._-").contains(character)
                ? character
                : '_';
  return name + "-" +
         llvm::utohexstr(llvm::xxh3_64bits(key), /*LowerCase=*/true,
                         /*Width=*/16) +
         ".ndjson";
}

/// A reader never sees half of the file.
static llvm::Error writeFile(StringRef folder, StringRef name,
                             const Summary &summary) {
  if (std::error_code code = llvm::sys::fs::create_directories(folder))
    return llvm::createStringError("cannot make folder '" + folder +
                                   "': " + code.message());
  SmallString<128> path(folder);
  llvm::sys::path::append(path, name);
  return llvm::writeToOutput(path, [&](llvm::raw_ostream &os) {
    summary.write(os);
    return llvm::Error::success();
  });
}

llvm::Error mlir::kcfi::plugin::writeRecords(llvm::Module &module,
                                             Summary before,
                                             const Options &options) {
  llvm::Expected<Summary> after = summarizeUnit(module);
  if (!after)
    return after.takeError();
  std::string unit = before.units.front().unit;
  if (llvm::Error error = addOutcome(before, std::move(*after)))
    return error;
  if (!options.recordDir.empty())
    return writeFile(options.recordDir, getFileName(module, unit), before);
  if (!module.getTargetTriple().isOSBinFormatELF())
    return llvm::createStringError(
        "records can be in ELF files only: use -kcfi-record-dir");
  embedFrame(module, makeFrame(before), options.lifetime);
  return llvm::Error::success();
}
