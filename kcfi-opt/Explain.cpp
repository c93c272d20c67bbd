//===- Explain.cpp - kcfi-opt --kcfi-explain -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Explain.h"
#include "kcfi/Audit/Report.h"
#include "kcfi/Program/Summarize.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ManagedStatic.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {
struct ExplainOptions {
  llvm::cl::list<std::string> ids{
      "kcfi-explain", llvm::cl::CommaSeparated, llvm::cl::ValueRequired,
      llvm::cl::value_desc("id"),
      llvm::cl::desc("Explain type ids (hexadecimal with 0x, or decimal, also "
                     "negative as LLVM IR prints them) by the input module or "
                     "by --kcfi-strings; runs no passes")};
  llvm::cl::opt<std::string> strings{
      "kcfi-strings", llvm::cl::value_desc("file"),
      llvm::cl::desc("With --kcfi-explain: a list of type-id strings, one a "
                     "line, instead of a module")};
  llvm::cl::opt<HashKind> hash{
      "kcfi-hash", llvm::cl::init(HashKind::XXHash64),
      llvm::cl::desc("With --kcfi-strings: the hash of the ids"),
      llvm::cl::values(
          clEnumValN(HashKind::XXHash64, "xxhash64", "clang's default"),
          clEnumValN(HashKind::FNV1a, "fnv1a", "32-bit FNV-1a"))};
};
} // namespace

static llvm::ManagedStatic<ExplainOptions> options;

void mlir::kcfi::registerExplainOptions() { *options; }

bool mlir::kcfi::isExplainRequested() {
  return options->ids.getNumOccurrences() ||
         options->strings.getNumOccurrences() ||
         options->hash.getNumOccurrences();
}

LogicalResult mlir::kcfi::explain(StringRef inputFile, StringRef outputFile,
                                  DialectRegistry &registry) {
  if (options->ids.empty()) {
    llvm::errs() << "error: --kcfi-strings and --kcfi-hash say where "
                    "--kcfi-explain looks, which is not given\n";
    return failure();
  }
  if (options->hash.getNumOccurrences() &&
      !options->strings.getNumOccurrences()) {
    llvm::errs()
        << "error: --kcfi-hash goes with --kcfi-strings, a module says "
           "its hash itself\n";
    return failure();
  }
  SmallVector<uint32_t> ids;
  for (const std::string &text : options->ids) {
    std::optional<uint32_t> id = parseTypeId(text);
    if (!id) {
      llvm::errs() << "error: '" << text
                   << "' is not a 32-bit type id, expected e.g. 0x00050794 or "
                      "329620\n";
      return failure();
    }
    ids.push_back(*id);
  }
  std::string message;
  bool hasStrings = options->strings.getNumOccurrences();
  std::string source =
      hasStrings ? options->strings.getValue() : inputFile.str();
  std::unique_ptr<llvm::MemoryBuffer> buffer = openInputFile(source, &message);
  if (!buffer) {
    llvm::errs() << "error: " << message << "\n";
    return failure();
  }
  std::unique_ptr<llvm::ToolOutputFile> output =
      openOutputFile(outputFile, &message);
  if (!output) {
    llvm::errs() << "error: " << message << "\n";
    return failure();
  }

  bool allFound = true;
  if (hasStrings) {
    std::vector<std::string> strings;
    for (StringRef rest = buffer->getBuffer(); !rest.empty();) {
      auto [line, next] = rest.split('\n');
      line = line.rtrim('\r');
      if (!line.empty())
        strings.push_back(line.str());
      rest = next;
    }
    for (uint32_t id : ids)
      allFound &= explainId(strings, options->hash, id, output->os());
  } else {
    MLIRContext context(registry);
    llvm::SourceMgr sourceMgr;
    sourceMgr.AddNewSourceBuffer(std::move(buffer), SMLoc());
    SourceMgrDiagnosticHandler handler(sourceMgr, &context);
    OwningOpRef<ModuleOp> module =
        parseSourceFile<ModuleOp>(sourceMgr, &context);
    if (!module)
      return failure();
    FailureOr<Summary> summary = summarize(*module, source);
    if (failed(summary))
      return failure();
    Program program(std::move(*summary));
    for (uint32_t id : ids)
      allFound &= explainId(program, id, output->os());
  }
  output->keep();
  return success(allFound);
}
