//===- CompileUnits.cpp - Summaries of a compilation database -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Program/CompileUnits.h"
#include "CompileCommands.h"
#include "ReadModule.h"
#include "UnitCache.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/ThreadPool.h"

#include <mutex>

using namespace mlir;
using namespace mlir::kcfi;

std::string mlir::kcfi::getDefaultCacheDir() {
  SmallString<128> path;
  if (!llvm::sys::path::cache_directory(path))
    return "";
  llvm::sys::path::append(path, "kcfi");
  return path.str().str();
}

namespace {

/// A file that is gone with the object, or on a signal.
class ScratchFile {
public:
  explicit ScratchFile(StringRef suffix)
      : code(llvm::sys::fs::createTemporaryFile("kcfi", suffix, path)) {
    if (!code)
      llvm::sys::RemoveFileOnSignal(path);
  }
  ~ScratchFile() {
    if (code)
      return;
    (void)llvm::sys::fs::remove(path);
    llvm::sys::DontRemoveFileOnSignal(path);
  }
  ScratchFile(const ScratchFile &) = delete;
  ScratchFile &operator=(const ScratchFile &) = delete;

  StringRef getPath() const { return path; }
  /// Why there is no file.
  std::error_code getError() const { return code; }

private:
  SmallString<128> path;
  std::error_code code;
};

/// Tells how far the compilation is.
class Progress {
public:
  Progress(llvm::raw_ostream &os, unsigned total)
      : os(os), total(total), isTerminal(os.is_displayed()) {}
  ~Progress() {
    if (isTerminal && total)
      os << "\r\033[K";
  }
  void advance(StringRef file) {
    std::lock_guard<std::mutex> lock(mutex);
    ++done;
    if (isTerminal)
      os << "\r\033[K[" << done << "/" << total << "] "
         << llvm::sys::path::filename(file);
    else if (done % kLines == 0)
      os << done << " of " << total << " units\n";
    os.flush();
  }

private:
  /// Elsewhere than on a terminal, a line for so many units.
  static constexpr unsigned kLines = 100;
  llvm::raw_ostream &os;
  unsigned total, done = 0;
  bool isTerminal;
  std::mutex mutex;
};

/// What a compiler writes.
struct OutputFiles {
  ScratchFile bitcode{"bc"}, dependencies{"d"}, errors{"err"};

  std::error_code getError() const {
    for (const ScratchFile *file : {&bitcode, &dependencies, &errors})
      if (file->getError())
        return file->getError();
    return {};
  }
};

/// What one command gives.
struct UnitResult {
  std::vector<Summary> summaries;
  std::string error;
  bool isCached = false;
  std::vector<std::string> droppedFlags;
};

class UnitCompiler {
public:
  UnitCompiler(const CompileOptions &options, std::string shell,
               std::string clang)
      : options(options), cache(options.cacheDir), shell(std::move(shell)),
        clang(std::move(clang)) {}

  UnitResult compile(const CompileCommand &command);

private:
  /// The compiler of a command if it is clang, else ours.
  StringRef getCompiler(const CompileCommand &command) const {
    StringRef name = llvm::sys::path::filename(command.arguments.front());
    return name.contains("clang") ? StringRef(command.arguments.front())
                                  : StringRef(clang);
  }
  llvm::Error run(const CompileCommand &command,
                  std::vector<std::string> arguments, const OutputFiles &files,
                  UnitResult &result);

  const CompileOptions &options;
  UnitCache cache;
  std::string shell, clang;
};

} // namespace

/// The flag that an error message of clang is about, or empty.
static StringRef getUnknownFlag(StringRef message) {
  static const llvm::Regex patterns[] = {
      llvm::Regex("unknown argument:? '([^']+)'"),
      llvm::Regex("unsupported option '([^']+)'"),
      llvm::Regex("unsupported argument '[^']*' to option '([^']+)'"),
  };
  SmallVector<StringRef, 2> matches;
  for (const llvm::Regex &pattern : patterns)
    if (pattern.match(message, &matches))
      return matches[1];
  return "";
}

/// The first error in what a compiler printed.
static std::string getFirstError(StringRef output) {
  for (StringRef line : llvm::split(output, '\n'))
    if (line.contains("error:"))
      return line.str();
  return output.split('\n').first.str();
}

/// Compiles; leaves out flags that clang does not know.
llvm::Error UnitCompiler::run(const CompileCommand &command,
                              std::vector<std::string> arguments,
                              const OutputFiles &files, UnitResult &result) {
  while (true) {
    // A process has one folder, but each command its own.
    SmallVector<StringRef> words = {shell,
                                    "-c",
                                    "cd \"$1\" && shift && exec \"$@\"",
                                    "sh",
                                    command.directory,
                                    getCompiler(command)};
    llvm::append_range(words, arguments);
    llvm::append_range(words, options.extraArgs);
    for (StringRef word :
         {StringRef("-w"), StringRef("-Qunused-arguments"), StringRef("-c"),
          StringRef("-emit-llvm"), StringRef("-Xclang"),
          StringRef("-disable-llvm-passes"), StringRef("-MD"), StringRef("-MF"),
          files.dependencies.getPath(), StringRef("-o"),
          files.bitcode.getPath()})
      words.push_back(word);
    std::string message;
    int status = llvm::sys::ExecuteAndWait(
        shell, words, /*Env=*/std::nullopt,
        {StringRef(""), StringRef(""), files.errors.getPath()},
        /*SecondsToWait=*/0, /*MemoryLimit=*/0, &message);
    if (status == 0)
      return llvm::Error::success();
    llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> output =
        llvm::MemoryBuffer::getFile(files.errors.getPath(), /*IsText=*/true);
    StringRef text = output ? (*output)->getBuffer() : StringRef(message);
    StringRef flag = getUnknownFlag(text);
    auto used = llvm::find_if(arguments, [&](StringRef argument) {
      return argument == flag || argument.starts_with((flag + "=").str());
    });
    if (flag.empty() || used == arguments.end())
      return llvm::createStringError(getFirstError(text));
    result.droppedFlags.push_back(*used);
    arguments.erase(used);
  }
}

/// The files in the rule of a make file that a compiler wrote.
static std::vector<std::string> readDependencies(StringRef text,
                                                 StringRef directory) {
  std::vector<std::string> files;
  std::string word;
  auto finish = [&] {
    // The target comes first, with a colon.
    if (!word.empty() && !StringRef(word).ends_with(":")) {
      SmallString<128> path(word);
      llvm::sys::path::make_absolute(directory, path);
      files.push_back(path.str().str());
    }
    word.clear();
  };
  for (size_t index = 0; index < text.size(); ++index) {
    char character = text[index];
    char next = index + 1 < text.size() ? text[index + 1] : 0;
    if (character == '\\' && (next == ' ' || next == '#' || next == '\\')) {
      word += next;
      ++index;
    } else if (character == '\\' && next == '\n') {
      ++index;
    } else if (character == '$' && next == '$') {
      word += '$';
      ++index;
    } else if (llvm::isSpace(character)) {
      finish();
    } else {
      word += character;
    }
  }
  finish();
  return files;
}

UnitResult UnitCompiler::compile(const CompileCommand &command) {
  UnitResult result;
  std::vector<std::string> arguments = getInputArguments(command);
  std::string key = command.directory + '\n' + getCompiler(command).str();
  for (const std::string &word : arguments)
    key += '\n' + word;
  for (const std::string &word : options.extraArgs)
    key += '\n' + word;
  if (std::optional<Summary> known = cache.find(key)) {
    result.isCached = true;
    result.summaries.push_back(std::move(*known));
    return result;
  }
  auto fail = [&](llvm::Error error) {
    result.error = llvm::toString(std::move(error));
    return std::move(result);
  };
  OutputFiles files;
  if (std::error_code code = files.getError())
    return fail(llvm::createStringError("cannot make a temporary file: " +
                                        code.message()));
  if (llvm::Error error = run(command, std::move(arguments), files, result))
    return fail(std::move(error));
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
      llvm::MemoryBuffer::getFile(files.bitcode.getPath());
  if (!buffer)
    return fail(llvm::errorCodeToError(buffer.getError()));
  llvm::Expected<std::vector<Summary>> read = readLLVM(**buffer, command.file);
  if (!read)
    return fail(read.takeError());
  result.summaries = std::move(*read);
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> rule =
      llvm::MemoryBuffer::getFile(files.dependencies.getPath(),
                                  /*IsText=*/true);
  if (rule && result.summaries.size() == 1)
    cache.add(key, readDependencies((*rule)->getBuffer(), command.directory),
              result.summaries.front());
  return result;
}

llvm::Expected<CompiledUnits>
mlir::kcfi::compileUnits(const CompileOptions &options,
                         llvm::raw_ostream &progressStream) {
  llvm::Expected<std::vector<CompileCommand>> commands =
      readCompileCommands(options.database);
  if (!commands)
    return commands.takeError();
  CompiledUnits result;
  result.units = commands->size();
  llvm::erase_if(*commands, [](const CompileCommand &command) {
    return !isSource(command);
  });
  result.skipped = result.units - commands->size();

  llvm::ErrorOr<std::string> shell = llvm::sys::findProgramByName("sh");
  if (!shell)
    return llvm::createStringError("error: no program 'sh'");
  llvm::ErrorOr<std::string> clang =
      llvm::sys::findProgramByName(options.clang);
  if (!clang)
    return llvm::createStringError("error: no compiler '" + options.clang +
                                   "'; name one with --clang=");
  UnitCompiler compiler(options, *shell, *clang);
  std::vector<UnitResult> results(commands->size());
  {
    Progress progress(progressStream, commands->size());
    llvm::DefaultThreadPool pool(
        llvm::hardware_concurrency(options.numThreads));
    for (size_t index = 0; index < commands->size(); ++index)
      pool.async([&, index] {
        results[index] = compiler.compile((*commands)[index]);
        progress.advance((*commands)[index].file);
      });
    pool.wait();
  }
  for (auto [command, unit] : llvm::zip(*commands, results)) {
    result.cached += unit.isCached;
    for (const std::string &flag : unit.droppedFlags)
      ++result.droppedFlags[flag];
    if (!unit.error.empty())
      result.failures.push_back({command.file, unit.error});
    for (Summary &summary : unit.summaries)
      result.summaries.push_back(std::move(summary));
  }
  return result;
}
