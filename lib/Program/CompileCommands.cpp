//===- CompileCommands.cpp - Commands of a compilation database -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CompileCommands.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

using namespace mlir;
using namespace mlir::kcfi;

/// The words of an entry's `arguments` or `command`; empty if it has neither.
static std::vector<std::string> getWords(const llvm::json::Object &entry) {
  std::vector<std::string> words;
  if (const llvm::json::Array *arguments = entry.getArray("arguments")) {
    for (const llvm::json::Value &argument : *arguments)
      words.push_back(argument.getAsString().value_or("").str());
    return words;
  }
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver saver(allocator);
  SmallVector<const char *> tokens;
  llvm::cl::TokenizeGNUCommandLine(entry.getString("command").value_or(""),
                                   saver, tokens);
  words.assign(tokens.begin(), tokens.end());
  return words;
}

llvm::Expected<std::vector<CompileCommand>>
mlir::kcfi::readCompileCommands(StringRef database) {
  SmallString<128> path(database);
  if (llvm::sys::fs::is_directory(path))
    llvm::sys::path::append(path, "compile_commands.json");
  auto fail = [&](const Twine &what) {
    return llvm::createStringError(path + ": error: " + what);
  };
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
      llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return fail("cannot be read: " + buffer.getError().message() +
                "; CMake writes it with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, "
                "meson always, 'bear -- make' for other builds");
  llvm::Expected<llvm::json::Value> value =
      llvm::json::parse((*buffer)->getBuffer());
  if (!value)
    return fail(llvm::toString(value.takeError()));
  const llvm::json::Array *entries = value->getAsArray();
  if (!entries)
    return fail("expected an array of commands");
  std::vector<CompileCommand> commands;
  for (auto [index, item] : llvm::enumerate(*entries)) {
    const llvm::json::Object *entry = item.getAsObject();
    std::optional<StringRef> directory, file;
    CompileCommand command;
    if (entry) {
      directory = entry->getString("directory");
      file = entry->getString("file");
      command.arguments = getWords(*entry);
    }
    if (!directory || !file || command.arguments.empty())
      return fail("entry " + Twine(index) +
                  " must have 'directory', 'file', and 'command' or "
                  "'arguments'");
    // Relative folders are those of the database.
    SmallString<128> absolute(*directory);
    if (llvm::sys::path::is_relative(absolute)) {
      absolute = llvm::sys::path::parent_path(path);
      llvm::sys::path::append(absolute, *directory);
    }
    if (std::error_code code = llvm::sys::fs::make_absolute(absolute))
      return fail("folder '" + absolute + "': " + code.message());
    command.directory = absolute.str().str();
    command.file = file->str();
    commands.push_back(std::move(command));
  }
  return commands;
}

bool mlir::kcfi::isSource(const CompileCommand &command) {
  return llvm::StringSwitch<bool>(llvm::sys::path::extension(command.file))
      .Cases({".s", ".S", ".sx", ".asm"}, false)
      .Default(true);
}

namespace {
/// An option about outputs, and whether a word of its own follows.
struct OutputOption {
  StringLiteral name;
  bool isPrefix, hasValue;
};
} // namespace

static constexpr OutputOption kOutputOptions[] = {
    {"-c", false, false},
    {"-S", false, false},
    {"-E", false, false},
    {"-o", false, true},
    {"-o", true, false},
    {"--output=", true, false},
    {"-M", false, false},
    {"-MM", false, false},
    {"-MD", false, false},
    {"-MMD", false, false},
    {"-MP", false, false},
    {"-MG", false, false},
    {"-MF", false, true},
    {"-MT", false, true},
    {"-MQ", false, true},
    {"-MF", true, false},
    {"-MT", true, false},
    {"-MQ", true, false},
    {"-Wp,-M", true, false},
    {"-flto", true, false},
    {"-ffat-lto-objects", false, false},
    {"-fembed-bitcode", true, false},
    {"-emit-llvm", false, false},
    {"-save-temps", true, false},
    {"--save-temps", true, false},
    {"-gsplit-dwarf", true, false},
    {"--coverage", false, false},
    {"-fsyntax-only", false, false},
};

std::vector<std::string>
mlir::kcfi::getInputArguments(const CompileCommand &command) {
  std::vector<std::string> result;
  for (size_t index = 1; index < command.arguments.size(); ++index) {
    StringRef word = command.arguments[index];
    const OutputOption *option =
        llvm::find_if(kOutputOptions, [&](const OutputOption &option) {
          return option.isPrefix ? word.starts_with(option.name)
                                 : word == option.name;
        });
    if (option == std::end(kOutputOptions))
      result.push_back(word.str());
    else if (option->hasValue)
      ++index;
  }
  return result;
}
