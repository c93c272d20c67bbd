//===- encode-bench.cpp - Time of the encoders ----------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Measures, on the distinct signatures of a module, what it takes to make the
// string and the id of one, and the hash alone against LLVM's own xxHash64.
//
//===----------------------------------------------------------------------===//

#include "kcfi/Encoding/Encoding.h"
#include "kcfi/Encoding/Hash.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/xxhash.h"

#include <chrono>

using namespace mlir;
using namespace mlir::kcfi;
namespace cl = llvm::cl;

static cl::OptionCategory category("Benchmark options");
static cl::opt<std::string> inputFile(cl::Positional, cl::Required,
                                      cl::desc("<module>"), cl::cat(category));
static cl::opt<unsigned> repeat("repeat", cl::init(5), cl::cat(category),
                                cl::desc("Number of runs; odd"));
static cl::opt<bool> asJSON("json", cl::cat(category),
                            cl::desc("Print one JSON object"));

namespace {
/// Nanoseconds per signature.
struct Result {
  double median, least, most;
};
} // namespace

/// Runs `body` over all of `items`, `repeat` times.
template <typename T, typename Fn>
static Result measure(ArrayRef<T> items, Fn body) {
  SmallVector<double> times;
  for (unsigned run = 0; run < repeat; ++run) {
    auto start = std::chrono::steady_clock::now();
    body(items);
    std::chrono::duration<double, std::nano> time =
        std::chrono::steady_clock::now() - start;
    times.push_back(time.count() / items.size());
  }
  llvm::sort(times);
  return {times[times.size() / 2], times.front(), times.back()};
}

/// The distinct signatures that have a string.
static llvm::SetVector<Type> findSignatures(ModuleOp module) {
  llvm::SetVector<Type> signatures;
  auto add = [&](Type type) {
    if (!isa<RawType>(type))
      signatures.insert(type);
  };
  module.walk([&](Operation *op) {
    if (auto sig = op->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName))
      add(sig.getValue());
    if (auto call = dyn_cast<CallOp>(op))
      add(call.getSignature());
    if (auto invoke = dyn_cast<InvokeOp>(op))
      add(invoke.getSignature());
    if (auto signature = dyn_cast<SignatureOp>(op))
      add(signature.getType());
  });
  return signatures;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv, "Benchmark of the encoders\n");
  if (repeat == 0) {
    llvm::errs() << "encode-bench: at least one run is needed\n";
    return 1;
  }

  MLIRContext context;
  context.loadDialect<KCFIDialect, LLVM::LLVMDialect, func::FuncDialect,
                      arith::ArithDialect>();
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(inputFile, ParserConfig(&context));
  if (!module)
    return 1;
  std::unique_ptr<::kcfi::TargetInfo> target = lookupTarget(*module);
  if (!target)
    return 1;
  EncodingAttr encoding = getEncoding(*module);
  llvm::SetVector<Type> signatures = findSignatures(*module);
  if (signatures.empty()) {
    llvm::errs() << "encode-bench: " << inputFile << " has no signature\n";
    return 1;
  }

  // The first run also creates the canonical types in the context; it can only
  // be measured once.
  std::vector<std::string> strings;
  size_t bytes = 0;
  auto start = std::chrono::steady_clock::now();
  for (Type signature : signatures) {
    llvm::Expected<std::string> string =
        encodeSignature(signature, encoding, *target);
    if (!string) {
      llvm::errs() << "encode-bench: " << llvm::toString(string.takeError())
                   << "\n";
      return 1;
    }
    bytes += string->size();
    strings.push_back(std::move(*string));
  }
  std::chrono::duration<double, std::nano> firstTime =
      std::chrono::steady_clock::now() - start;
  double first = firstTime.count() / signatures.size();
  for (StringRef string : strings)
    if (::kcfi::xxh64(string) != llvm::xxHash64(string)) {
      llvm::errs() << "encode-bench: the hashes of '" << string
                   << "' are different\n";
      return 1;
    }

  // Keeps the compiler from dropping what is measured.
  volatile uint64_t sink = 0;
  auto stringTimes =
      measure<Type>(signatures.getArrayRef(), [&](ArrayRef<Type> items) {
        for (Type signature : items)
          sink = sink +
                 llvm::cantFail(encodeSignature(signature, encoding, *target))
                     .size();
      });
  auto ids = measure<Type>(signatures.getArrayRef(), [&](ArrayRef<Type> items) {
    TypeIdCache cache(encoding, *target);
    for (Type signature : items)
      sink = sink + llvm::cantFail(cache.getTypeId(signature)).getValue();
  });
  TypeIdCache warm(encoding, *target);
  for (Type signature : signatures)
    (void)llvm::cantFail(warm.getTypeId(signature));
  auto cached =
      measure<Type>(signatures.getArrayRef(), [&](ArrayRef<Type> items) {
        for (Type signature : items)
          sink = sink + llvm::cantFail(warm.getTypeId(signature)).getValue();
      });
  auto ownHash = measure<std::string>(strings, [&](auto items) {
    for (const std::string &string : items)
      sink = sink + ::kcfi::xxh64(string);
  });
  auto llvmHash = measure<std::string>(strings, [&](auto items) {
    for (const std::string &string : items)
      sink = sink + llvm::xxHash64(string);
  });
  auto fnv = measure<std::string>(strings, [&](auto items) {
    for (const std::string &string : items)
      sink = sink + ::kcfi::fnv1a32(string);
  });

  std::pair<StringRef, Result> rows[] = {
      {"string-first", {first, first, first}},
      {"string", stringTimes},
      {"id", ids},
      {"id-cached", cached},
      {"xxh64", ownHash},
      {"llvm-xxHash64", llvmHash},
      {"fnv1a", fnv}};
  double length = static_cast<double>(bytes) / strings.size();
  if (asJSON) {
    llvm::json::Object times;
    for (auto &[name, result] : rows)
      times[name] = llvm::json::Object{{"median", result.median},
                                       {"min", result.least},
                                       {"max", result.most}};
    llvm::json::Value all = llvm::json::Object{
        {"signatures", static_cast<int64_t>(signatures.size())},
        {"string-length", length},
        {"repeat", static_cast<int64_t>(repeat)},
        {"ns-per-signature", std::move(times)}};
    llvm::outs() << llvm::formatv("{0:2}\n", all);
    return 0;
  }
  llvm::outs() << signatures.size() << " signatures, "
               << llvm::format("%.1f", length) << " characters on average\n"
               << "ns per signature        median       min       max\n";
  for (auto &[name, result] : rows)
    llvm::outs() << llvm::format("%-18s %11.1f %9.1f %9.1f\n",
                                 name.str().c_str(), result.median,
                                 result.least, result.most);
  return 0;
}
