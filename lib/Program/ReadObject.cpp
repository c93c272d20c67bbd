//===- ReadObject.cpp - Summaries in object files and archives -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReadObject.h"
#include "ReadModule.h"
#include "kcfi/Program/RecordFrames.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ELFObjectFile.h"

using namespace mlir;
using namespace mlir::kcfi;

static llvm::Error damaged(StringRef name, const Twine &kind,
                           llvm::Error error) {
  return llvm::createStringError(name + ": error: damaged " + kind + ": " +
                                 llvm::toString(std::move(error)));
}

static void append(std::vector<Summary> &to, std::vector<Summary> &&from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()),
            std::make_move_iterator(from.end()));
}

llvm::Expected<std::vector<Summary>>
mlir::kcfi::readELF(llvm::MemoryBufferRef buffer, StringRef name) {
  llvm::Expected<std::unique_ptr<llvm::object::ObjectFile>> file =
      llvm::object::ObjectFile::createELFObjectFile(buffer);
  if (!file)
    return damaged(name, "ELF file", file.takeError());
  std::vector<Summary> records, modules;
  for (const llvm::object::SectionRef &section : (*file)->sections()) {
    llvm::Expected<StringRef> sectionName = section.getName();
    if (!sectionName)
      return damaged(name, "ELF file", sectionName.takeError());
    bool hasRecords = *sectionName == kRecordSection;
    if (!hasRecords && *sectionName != ".llvm.lto" && *sectionName != ".llvmbc")
      continue;
    llvm::Expected<StringRef> contents = section.getContents();
    if (!contents)
      return damaged(name, "ELF file", contents.takeError());
    llvm::Expected<std::vector<Summary>> read =
        hasRecords ? readFrames(*contents, name)
                   : readLLVM(llvm::MemoryBufferRef(*contents, name), name);
    if (!read)
      return read.takeError();
    append(hasRecords ? records : modules, std::move(*read));
  }
  return records.empty() ? std::move(modules) : std::move(records);
}

/// Reads one member of an archive.
static llvm::Error readMember(const llvm::object::Archive::Child &child,
                              StringRef archive, std::vector<Summary> &result,
                              unsigned &withoutRecords) {
  llvm::Expected<StringRef> name = child.getName();
  if (!name)
    return damaged(archive, "archive", name.takeError());
  std::string member = (archive + "(" + *name + ")").str();
  // Members of a thin archive are files of their own.
  llvm::Expected<llvm::MemoryBufferRef> contents = child.getMemoryBufferRef();
  if (!contents)
    return llvm::createStringError(member + ": error: cannot be read: " +
                                   llvm::toString(contents.takeError()));
  llvm::file_magic magic = llvm::identify_magic(contents->getBuffer());
  bool isELF = magic == llvm::file_magic::elf_relocatable;
  if (!isELF && magic != llvm::file_magic::bitcode)
    return llvm::Error::success();
  llvm::Expected<std::vector<Summary>> read =
      isELF ? readELF(*contents, member) : readLLVM(*contents, member);
  if (!read)
    return read.takeError();
  withoutRecords += isELF && read->empty();
  append(result, std::move(*read));
  return llvm::Error::success();
}

llvm::Expected<std::vector<Summary>>
mlir::kcfi::readArchive(llvm::MemoryBufferRef buffer, StringRef name,
                        unsigned &withoutRecords) {
  llvm::Expected<std::unique_ptr<llvm::object::Archive>> archive =
      llvm::object::Archive::create(buffer);
  if (!archive)
    return damaged(name, "archive", archive.takeError());
  std::vector<Summary> result;
  llvm::Error iteration = llvm::Error::success();
  for (const llvm::object::Archive::Child &child :
       (*archive)->children(iteration))
    if (llvm::Error error = readMember(child, name, result, withoutRecords)) {
      llvm::consumeError(std::move(iteration));
      return std::move(error);
    }
  if (iteration)
    return damaged(name, "archive", std::move(iteration));
  return result;
}
