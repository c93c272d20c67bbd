//===- kcfi-report.cpp - Reports on whole programs -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Audit/Audit.h"
#include "kcfi/Audit/Report.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/Object/Census.h"
#include "kcfi/Program/CompileUnits.h"
#include "kcfi/Program/ReadSummary.h"
#include "kcfi/Tools/ToolSetup.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ManagedStatic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {
enum class Format { Text, JSON, Summary };
} // namespace

namespace {
struct Options {
  llvm::cl::list<std::string> inputs{
      llvm::cl::Positional,
      llvm::cl::desc("<modules, summaries, ELF files, archives, folders>")};
  llvm::cl::opt<std::string> database{
      "p", llvm::cl::value_desc("folder"),
      llvm::cl::desc("Compile the units of the compile_commands.json in this "
                     "folder for their records, and report on them")};
  llvm::cl::list<std::string> extraArgs{
      "extra-arg", llvm::cl::value_desc("flag"),
      llvm::cl::desc("With -p: a further flag of the compiler (repeatable)")};
  llvm::cl::opt<std::string> clang{
      "clang", llvm::cl::init("clang-22"), llvm::cl::value_desc("program"),
      llvm::cl::desc("With -p: compiles what another compiler was to compile")};
  llvm::cl::opt<std::string> cacheDir{
      "cache-dir", llvm::cl::value_desc("folder"),
      llvm::cl::desc("With -p: where the records are kept for the next time "
                     "(default: kcfi in the user's cache; empty: nowhere)")};
  llvm::cl::opt<std::string> output{"o", llvm::cl::init("-"),
                                    llvm::cl::value_desc("file"),
                                    llvm::cl::desc("File to write to")};
  llvm::cl::opt<unsigned> threads{
      "j", llvm::cl::Prefix, llvm::cl::init(0), llvm::cl::value_desc("N"),
      llvm::cl::desc("Threads that read inputs (0: one a processor)")};
  llvm::cl::opt<Format> format{
      "format", llvm::cl::init(Format::Text),
      llvm::cl::desc("Form of the output"),
      llvm::cl::values(
          clEnumValN(Format::Text, "text", "for people"),
          clEnumValN(Format::JSON, "json", "one JSON object"),
          clEnumValN(Format::Summary, "summary",
                     "the records of all inputs, merged (docs/Summary.md)"))};
  llvm::cl::opt<bool> audit{
      "audit", llvm::cl::desc("List what will trap or is not protected")};
  llvm::cl::opt<std::string> failOn{
      "fail-on", llvm::cl::value_desc("kind,..."),
      llvm::cl::desc("With --audit: findings that make the exit status 1, or "
                     "'all' or 'none' (default: those that are errors)")};
  llvm::cl::list<std::string> census{
      "census", llvm::cl::ValueRequired, llvm::cl::value_desc("object"),
      llvm::cl::desc(
          "Find the addresses in an ELF object, executable or shared "
          "library that pass a check (repeatable)")};
  llvm::cl::opt<bool> all{
      "all", llvm::cl::desc("Do not shorten lists, list notes too")};
  llvm::cl::list<std::string> explain{
      "explain", llvm::cl::CommaSeparated, llvm::cl::ValueRequired,
      llvm::cl::value_desc("id,..."),
      llvm::cl::desc("Explain type ids (hexadecimal with 0x, or decimal, also "
                     "negative as LLVM IR prints them)")};
};
} // namespace

// Made after the options of libLLVM have been hidden.
static llvm::ManagedStatic<Options> options;

/// Lists in text end after so many lines, unless all is wanted.
static constexpr size_t kListLength = 10;

static int fail(const Twine &message) {
  llvm::errs() << "error: " << message << "\n";
  return 1;
}

/// Compiles the units of a database; prints what became of them. Units that
/// cannot be compiled are left out.
static FailureOr<std::vector<Summary>> compileInputs(bool &isComplete) {
  CompileOptions compile;
  compile.database = options->database;
  compile.clang = options->clang;
  compile.extraArgs.assign(options->extraArgs.begin(),
                           options->extraArgs.end());
  compile.cacheDir = options->cacheDir.getNumOccurrences()
                         ? options->cacheDir.getValue()
                         : getDefaultCacheDir();
  compile.numThreads = options->threads;
  llvm::Expected<CompiledUnits> result = compileUnits(compile, llvm::errs());
  if (!result) {
    llvm::errs() << llvm::toString(result.takeError()) << "\n";
    return failure();
  }
  unsigned failures = result->failures.size();
  llvm::errs() << result->units << " units: "
               << result->units - result->skipped - result->cached - failures
               << " compiled, " << result->cached << " from the cache";
  if (result->skipped)
    llvm::errs() << ", " << result->skipped
                 << " of assembly, which has no types";
  if (failures)
    llvm::errs() << ", " << failures << " failed";
  llvm::errs() << "\n";
  for (const auto &[flag, count] : result->droppedFlags)
    llvm::errs() << "note: '" << flag << "' is no flag of clang: left out in "
                 << count << " unit(s)\n";
  if (failures) {
    llvm::errs() << "error: units that cannot be compiled are left out:\n";
    for (const CompiledUnits::Failure &failure : result->failures)
      llvm::errs() << "  " << failure.file << ": " << failure.message << "\n";
  }
  isComplete = result->failures.empty();
  return std::move(result->summaries);
}

/// Reads all inputs; prints what is wrong with them.
static FailureOr<Summary> readInputs(bool &isComplete) {
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  registry.insert<KCFIDialect>();
  std::vector<Summary> summaries;
  if (!options->database.empty()) {
    FailureOr<std::vector<Summary>> compiled = compileInputs(isComplete);
    if (failed(compiled))
      return failure();
    summaries = std::move(*compiled);
  }
  if (!options->inputs.empty()) {
    FailureOr<Summary> read = readSummaries(options->inputs, registry,
                                            options->threads, llvm::errs());
    if (failed(read) || options->database.empty())
      return read;
    summaries.push_back(std::move(*read));
  }
  llvm::Expected<Summary> all = mergeUnits(std::move(summaries));
  if (all)
    return std::move(*all);
  llvm::errs() << llvm::toString(all.takeError()) << "\n";
  return failure();
}

/// Prints the census of the objects; returns the exit status, 1 after an error.
static int printCensus(const Program &program, llvm::raw_ostream &os) {
  std::vector<Census> objects;
  for (const std::string &path : options->census) {
    llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
        llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                    /*RequiresNullTerminator=*/false);
    if (!buffer)
      return fail("cannot open object '" + path +
                  "': " + buffer.getError().message());
    llvm::Expected<Census> census = takeCensus(program, **buffer);
    if (!census)
      return fail(llvm::toString(census.takeError()));
    objects.push_back(std::move(*census));
  }
  if (options->format == Format::JSON)
    printJSONCensus(program, objects, os);
  else
    printTextCensus(program, objects, os,
                    options->all ? SIZE_MAX : kListLength);
  return 0;
}

/// Prints what is asked for; returns the exit status, 2 if nothing is to be
/// written.
static int print(Summary summary, const FindingKinds &failures,
                 ArrayRef<uint32_t> ids, llvm::raw_ostream &os) {
  if (options->format == Format::Summary) {
    summary.write(os);
    return 0;
  }
  Program program(std::move(summary));
  if (options->audit) {
    std::vector<Finding> findings = audit(program);
    if (options->format == Format::JSON)
      printJSONFindings(findings, os);
    else
      printTextFindings(findings, options->all, os);
    return llvm::any_of(findings, [&](const Finding &finding) {
      return failures.count(finding.kind);
    });
  }
  if (!ids.empty()) {
    bool allFound = true;
    for (uint32_t id : ids)
      allFound &= explainId(program, id, os);
    return !allFound;
  }
  // Numbers of what is not one program mean nothing.
  for (const Conflict &conflict : program.conflicts)
    fail(conflict.str());
  if (!program.conflicts.empty())
    return 2;
  if (!options->census.empty())
    return printCensus(program, os) ? 2 : 0;
  if (options->format == Format::JSON)
    printJSONReport(program, os);
  else
    printTextReport(program, os, options->all ? SIZE_MAX : kListLength);
  return 0;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  setUpTool();
  *options;
  llvm::cl::ParseCommandLineOptions(
      argc, argv,
      "KCFI reports: LLVM IR, MLIR modules and summaries as one program\n");

  if (options->inputs.empty() && options->database.empty())
    return fail("no inputs; '-p FOLDER' takes a compile_commands.json");
  if (options->database.empty() && (options->extraArgs.getNumOccurrences() ||
                                    options->clang.getNumOccurrences() ||
                                    options->cacheDir.getNumOccurrences()))
    return fail("--extra-arg, --clang and --cache-dir go with -p");
  if (options->audit && !options->explain.empty())
    return fail("--audit and --explain ask for different things");
  if (!options->census.empty() &&
      (options->audit || !options->explain.empty() ||
       options->format == Format::Summary))
    return fail("--census does not go with --audit, --explain and "
                "--format=summary");
  if (options->format == Format::Summary &&
      (options->audit || !options->explain.empty()))
    return fail("--format=summary does not go with --audit and --explain");
  if (options->format == Format::JSON && !options->explain.empty())
    return fail("explanations are text only");
  if (options->failOn.getNumOccurrences() && !options->audit)
    return fail("--fail-on goes with --audit");
  FindingKinds failures = getDefaultFailures();
  if (options->failOn.getNumOccurrences()) {
    llvm::Expected<FindingKinds> kinds =
        parseFindingKinds(options->failOn.getValue());
    if (!kinds)
      return fail(llvm::toString(kinds.takeError()));
    failures = std::move(*kinds);
  }
  std::vector<uint32_t> ids;
  for (const std::string &text : options->explain) {
    std::optional<uint32_t> id = parseTypeId(text);
    if (!id)
      return fail("'" + text +
                  "' is not a 32-bit type id, expected e.g. 0x00050794 or "
                  "329620");
    ids.push_back(*id);
  }

  bool isComplete = true;
  FailureOr<Summary> summary = readInputs(isComplete);
  if (failed(summary))
    return 1;
  // The file is opened when there is something to put into it.
  std::string text;
  llvm::raw_string_ostream os(text);
  int status = print(std::move(*summary), failures, ids, os);
  if (status > 1)
    return 1;
  std::string message;
  std::unique_ptr<llvm::ToolOutputFile> file =
      openOutputFile(options->output, &message);
  if (!file)
    return fail(message);
  file->os() << text;
  file->os().flush();
  if (std::error_code error = file->os().error()) {
    file->os().clear_error();
    return fail("cannot write '" + options->output + "': " + error.message());
  }
  file->keep();
  return isComplete ? status : 1;
}
