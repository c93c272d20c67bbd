//===- ReadSummary.cpp - Summaries of files -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Program/ReadSummary.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/Encoding/Hash.h"
#include "kcfi/Encoding/IdMap.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/LLVMFacts/DebugTypes.h"
#include "kcfi/Program/Summarize.h"
#include "kcfi/Program/SummarizeLLVM.h"
#include "kcfi/Support/BytecodeFile.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/ThreadPool.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {
enum class InputKind { LLVM, MLIR, Records };
} // namespace

static InputKind getKind(StringRef path, llvm::MemoryBufferRef buffer) {
  StringRef text = buffer.getBuffer();
  if (llvm::isBitcode(reinterpret_cast<const unsigned char *>(text.begin()),
                      reinterpret_cast<const unsigned char *>(text.end())))
    return InputKind::LLVM;
  if (isBytecode(buffer))
    return InputKind::MLIR;
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
  return InputKind::MLIR;
}

/// Adds the types behind the ids of a module as far as its debug info has them.
static void addTypes(const llvm::Module &module, Summary &summary) {
  if (module.debug_compile_units().empty())
    return;
  auto target = TargetInfo::lookup(module.getTargetTriple().str());
  if (!target) {
    llvm::consumeError(target.takeError());
    return;
  }
  IdSet used;
  auto use = [&](const auto &records) {
    for (const auto &record : records)
      if (record.id)
        used.insert(*record.id);
  };
  use(summary.functions);
  use(summary.sites);
  use(summary.calls);
  if ((*target)->usesMicrosoftMangling() || used.empty())
    return;

  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.loadDialect<KCFIDialect>();
  DebugTypes types(module, &context, target->get());
  llvm::SetVector<Type> signatures = types.getAllSignatures();
  for (const llvm::Function &function : module)
    if (const llvm::DISubprogram *subprogram = function.getSubprogram())
      if (Type promoted = types.getSignature(subprogram).promoted)
        signatures.insert(promoted);
  const UnitRecord &unit = summary.units.front();
  // No flag of a module tells whether pointers are generalised.
  for (bool generalize : {false, true}) {
    auto encoding = EncodingAttr::get(&context, unit.hash,
                                      unit.normalizeIntegers, generalize);
    for (Type signature : signatures) {
      llvm::Expected<std::string> string =
          encodeSignature(signature, encoding, **target);
      if (!string) {
        llvm::consumeError(string.takeError());
        continue;
      }
      uint32_t id = hashTypeIdString(*string, unit.hash);
      if (used.contains(id))
        summary.classes.push_back({id, *string, getReadableType(signature)});
    }
  }
}

static llvm::Expected<Summary> readLLVM(llvm::MemoryBufferRef buffer,
                                        StringRef unit) {
  llvm::LLVMContext context;
  std::string messages;
  // Repairs of old or damaged parts are no concern here.
  context.setDiagnosticHandlerCallBack(
      [](const llvm::DiagnosticInfo *info, void *data) {
        if (info->getSeverity() != llvm::DS_Error)
          return;
        llvm::raw_string_ostream os(*static_cast<std::string *>(data));
        llvm::DiagnosticPrinterRawOStream printer(os);
        info->print(printer);
      },
      &messages);
  llvm::SMDiagnostic diagnostic;
  std::unique_ptr<llvm::Module> module =
      llvm::parseIR(buffer, diagnostic, context);
  llvm::raw_string_ostream os(messages);
  if (!module) {
    diagnostic.print("", os, /*ShowColors=*/false);
    return llvm::createStringError(StringRef(messages).ltrim(": ").str());
  }
  if (llvm::verifyModule(*module, &os))
    return llvm::createStringError(unit +
                                   ": error: invalid LLVM IR: " + messages);
  llvm::Expected<Summary> summary = summarize(*module, unit);
  if (!summary)
    return summary.takeError();
  addTypes(*module, *summary);
  if (llvm::Error error = summary->normalize())
    return std::move(error);
  return summary;
}

static llvm::Expected<Summary>
readMLIR(std::unique_ptr<llvm::MemoryBuffer> buffer, StringRef unit,
         const DialectRegistry &registry) {
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.printOpOnDiagnostic(false);
  llvm::SourceMgr sourceMgr;
  sourceMgr.AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  std::string messages;
  llvm::raw_string_ostream os(messages);
  SourceMgrDiagnosticHandler handler(sourceMgr, &context, os);
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(sourceMgr, &context);
  if (module)
    if (FailureOr<Summary> summary = summarize(*module, unit);
        succeeded(summary))
      return std::move(*summary);
  return llvm::createStringError(messages);
}

llvm::Expected<Summary>
mlir::kcfi::readSummary(StringRef path, const DialectRegistry &registry) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
      llvm::MemoryBuffer::getFileOrSTDIN(path);
  if (!buffer)
    return llvm::createStringError("error: cannot open input file '" + path +
                                   "': " + buffer.getError().message());
  InputKind kind = getKind(path, **buffer);
  // An empty module is an output that was not written more often than not.
  if (kind != InputKind::Records && (*buffer)->getBuffer().trim().empty())
    return llvm::createStringError(path + ": error: the input is empty");
  switch (kind) {
  case InputKind::LLVM:
    return readLLVM(**buffer, path);
  case InputKind::MLIR:
    return readMLIR(std::move(*buffer), path, registry);
  case InputKind::Records:
    return Summary::read(**buffer);
  }
  llvm_unreachable("unknown kind of input");
}

FailureOr<Summary> mlir::kcfi::readSummaries(ArrayRef<std::string> paths,
                                             const DialectRegistry &registry,
                                             unsigned numThreads,
                                             llvm::raw_ostream &errors) {
  for (const std::string &path : paths)
    if (failed(checkBytecodeFile(path, registry, errors)))
      return failure();
  // A summary is the same whatever order its parts are read in.
  std::vector<std::optional<Summary>> parts(paths.size());
  std::vector<std::string> messages(paths.size());
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(numThreads));
  for (size_t i = 0; i < paths.size(); ++i)
    pool.async([&, i] {
      if (llvm::Expected<Summary> summary = readSummary(paths[i], registry))
        parts[i] = std::move(*summary);
      else
        messages[i] = llvm::toString(summary.takeError());
    });
  pool.wait();

  bool ok = true;
  for (StringRef message : messages)
    if (!message.empty()) {
      errors << message.rtrim('\n') << "\n";
      ok = false;
    }
  if (!ok)
    return failure();
  Summary all;
  for (std::optional<Summary> &part : parts)
    all.merge(std::move(*part));
  if (llvm::Error error = all.normalize()) {
    errors << "error: " << llvm::toString(std::move(error)) << "\n";
    return failure();
  }
  return all;
}
