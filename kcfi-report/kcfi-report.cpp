//===- kcfi-report.cpp - Reports on whole programs -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/Audit.h"
#include "kcfi/Analysis/ReadSummary.h"
#include "kcfi/Analysis/Report.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/Support/ToolSetup.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {
enum class Format { Text, JSON, Summary };
} // namespace

static llvm::cl::OptionCategory category("kcfi-report options");

static llvm::cl::list<std::string>
    inputs(llvm::cl::Positional, llvm::cl::OneOrMore,
           llvm::cl::desc("<modules and summaries>"), llvm::cl::cat(category));
static llvm::cl::opt<std::string>
    output("o", llvm::cl::init("-"), llvm::cl::value_desc("file"),
           llvm::cl::desc("File to write to"), llvm::cl::cat(category));
static llvm::cl::opt<unsigned>
    threads("j", llvm::cl::init(0), llvm::cl::value_desc("N"),
            llvm::cl::desc("Threads that read inputs (0: one a processor)"),
            llvm::cl::cat(category));
static llvm::cl::opt<Format> format(
    "format", llvm::cl::init(Format::Text), llvm::cl::desc("Form of output"),
    llvm::cl::values(
        clEnumValN(Format::Text, "text", "for people"),
        clEnumValN(Format::JSON, "json", "one JSON object"),
        clEnumValN(Format::Summary, "summary",
                   "the summaries of all inputs, merged (docs/Summary.md)")),
    llvm::cl::cat(category));
static llvm::cl::opt<bool>
    runAudit("audit", llvm::cl::desc("List what will trap or is not protected"),
             llvm::cl::cat(category));
static llvm::cl::opt<std::string>
    failOn("fail-on", llvm::cl::value_desc("kind,..."),
           llvm::cl::desc("With --audit: kinds of findings that make the exit "
                          "status 1, or 'all' or 'none' (default: errors)"),
           llvm::cl::cat(category));
static llvm::cl::opt<bool>
    listAll("all", llvm::cl::desc("Do not shorten lists, list notes too"),
            llvm::cl::cat(category));
static llvm::cl::list<std::string>
    explain("explain", llvm::cl::CommaSeparated, llvm::cl::ValueRequired,
            llvm::cl::value_desc("id"),
            llvm::cl::desc("Explain type ids (hexadecimal with 0x, decimal, "
                           "also negative)"),
            llvm::cl::cat(category));

/// Lists in text end after so many lines, unless all is wanted.
static constexpr size_t kListLength = 10;

static int fail(const Twine &message) {
  llvm::errs() << "error: " << message << "\n";
  return 1;
}

/// Reads all inputs, each on its own, and merges them. Prints one error for
/// each that cannot be read.
static std::optional<Summary> readInputs() {
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  registry.insert<KCFIDialect>();
  for (const std::string &path : inputs)
    if (failed(checkBytecodeFile(path, registry)))
      return std::nullopt;
  // A summary is the same whatever order its parts are read in.
  std::vector<std::optional<Summary>> parts(inputs.size());
  std::vector<std::string> errors(inputs.size());
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(threads));
  for (size_t i = 0; i < inputs.size(); ++i)
    pool.async([&, i] {
      if (llvm::Expected<Summary> summary = readSummary(inputs[i], registry))
        parts[i] = std::move(*summary);
      else
        errors[i] = llvm::toString(summary.takeError());
    });
  pool.wait();

  bool ok = true;
  for (StringRef error : errors)
    if (!error.empty()) {
      llvm::errs() << error.rtrim('\n') << "\n";
      ok = false;
    }
  if (!ok)
    return std::nullopt;
  Summary all;
  for (std::optional<Summary> &part : parts)
    all.merge(std::move(*part));
  if (llvm::Error error = all.normalize()) {
    fail(llvm::toString(std::move(error)));
    return std::nullopt;
  }
  return all;
}

/// Prints what is asked for; returns the exit status.
static int print(Summary summary, const FindingKinds &failures,
                 ArrayRef<uint32_t> ids, llvm::raw_ostream &os) {
  if (format == Format::Summary) {
    summary.write(os);
    return 0;
  }
  Program program(std::move(summary));
  if (runAudit) {
    std::vector<Finding> findings = audit(program);
    if (format == Format::JSON)
      printJSONFindings(findings, os);
    else
      printTextFindings(findings, listAll, os);
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
  if (format == Format::JSON)
    printJSONReport(program, os);
  else
    printTextReport(program, os, listAll ? SIZE_MAX : kListLength);
  return 0;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  setUpTool();
  llvm::cl::HideUnrelatedOptions(category);
  llvm::cl::ParseCommandLineOptions(
      argc, argv,
      "KCFI reports\n\nReads LLVM IR, MLIR modules and summaries of modules as "
      "one program.\n");

  if (runAudit && !explain.empty())
    return fail("--audit and --explain ask for different things");
  if (format == Format::Summary && (runAudit || !explain.empty()))
    return fail("--format=summary does not go with --audit and --explain");
  if (format == Format::JSON && !explain.empty())
    return fail("explanations are text only");
  if (failOn.getNumOccurrences() && !runAudit)
    return fail("--fail-on goes with --audit");
  FindingKinds failures = getDefaultFailures();
  if (failOn.getNumOccurrences()) {
    llvm::Expected<FindingKinds> kinds = parseFindingKinds(failOn);
    if (!kinds)
      return fail(llvm::toString(kinds.takeError()));
    failures = std::move(*kinds);
  }
  std::vector<uint32_t> ids;
  for (const std::string &text : explain) {
    std::optional<uint32_t> id = parseTypeId(text);
    if (!id)
      return fail("'" + text +
                  "' is not a 32-bit type id, expected e.g. 0x00050794 or "
                  "329620");
    ids.push_back(*id);
  }

  std::optional<Summary> summary = readInputs();
  if (!summary)
    return 1;
  // The file is opened when there is something to put into it.
  std::string text;
  llvm::raw_string_ostream os(text);
  int status = print(std::move(*summary), failures, ids, os);
  if (status > 1)
    return 1;
  std::string message;
  std::unique_ptr<llvm::ToolOutputFile> file = openOutputFile(output, &message);
  if (!file)
    return fail(message);
  file->os() << text;
  file->os().flush();
  if (std::error_code error = file->os().error()) {
    file->os().clear_error();
    return fail("cannot write '" + output + "': " + error.message());
  }
  file->keep();
  return status;
}
