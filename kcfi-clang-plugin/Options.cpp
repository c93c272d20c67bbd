//===- Options.cpp - What the compiler plugin is to do -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/StringSaver.h"

using namespace mlir::kcfi;
using namespace mlir::kcfi::plugin;
namespace cl = llvm::cl;

static constexpr char kVariable[] = "KCFI_PLUGIN_OPTIONS";

static Options values;

// The options exist as long as the plugin is loaded: a tool that loads plugins
// parses its command line afterwards.
static cl::OptionCategory category("KCFI plugin");
static cl::opt<bool, /*ExternalStorage=*/true>
    record("kcfi-record", cl::cat(category), cl::location(values.record),
           cl::desc("Put the records of the unit into its object file "
                    "(docs/Builds.md)"));
static cl::opt<std::string, /*ExternalStorage=*/true>
    recordDir("kcfi-record-dir", cl::cat(category), cl::value_desc("folder"),
              cl::location(values.recordDir),
              cl::desc("Write the records of the unit into this folder"));
static cl::opt<RecordLifetime, /*ExternalStorage=*/true> lifetime(
    "kcfi-record-lifetime", cl::cat(category), cl::location(values.lifetime),
    cl::desc("Which files have the records"),
    cl::values(
        clEnumValN(RecordLifetime::Linked, "linked",
                   "objects and what is linked from them (default)"),
        clEnumValN(RecordLifetime::Objects, "objects",
                   "objects and archives only; for builds whose linker script "
                   "refuses sections that it does not know")));
static cl::opt<CheckMode, /*ExternalStorage=*/true>
    check("kcfi-check", cl::cat(category), cl::ValueOptional,
          cl::location(values.check),
          cl::desc("Report what will trap or is not protected, as far as the "
                   "unit alone can tell"),
          cl::values(clEnumValN(CheckMode::Warning, "warning",
                                "as warnings (default)"),
                     clEnumValN(CheckMode::Error, "error",
                                "as errors: the compilation fails"),
                     clEnumValN(CheckMode::Warning, "", "")));
static cl::opt<std::string, /*ExternalStorage=*/true>
    through("kcfi-through", cl::cat(category), cl::value_desc("passes"),
            cl::location(values.through),
            cl::cb<void, const std::string &>([](const std::string &) {
              values.hasThrough = true;
            }),
            cl::desc("Run these MLIR passes over the unit: import, passes, "
                     "kcfi-roundtrip-pipeline, export"));
static cl::opt<ThroughPlace, /*ExternalStorage=*/true>
    throughPlace("kcfi-through-at", cl::cat(category),
                 cl::location(values.throughPlace),
                 cl::desc("When the passes of -kcfi-through run"),
                 cl::values(clEnumValN(ThroughPlace::Start, "start",
                                       "before the optimiser (default)"),
                            clEnumValN(ThroughPlace::End, "end", "after it")));
static cl::opt<bool, /*ExternalStorage=*/true>
    remarks("kcfi-remarks", cl::cat(category), cl::location(values.remarks),
            cl::desc("Print what the import of -kcfi-through did"));

/// Takes the options of the variable as if they stood on the command line.
static std::string readVariable() {
  std::optional<std::string> text = llvm::sys::Process::GetEnv(kVariable);
  if (!text)
    return "";
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver saver(allocator);
  llvm::SmallVector<const char *> words;
  cl::TokenizeGNUCommandLine(*text, saver, words);
  auto &known = cl::getRegisteredOptions();
  for (llvm::StringRef word : words) {
    auto [name, value] = word.ltrim('-').split('=');
    cl::Option *option = known.lookup(name);
    auto refuse = [&, name = name](const llvm::Twine &why) {
      return (llvm::Twine("environment variable ") + kVariable + ": '" + name +
              "' " + why)
          .str();
    };
    if (!option || !llvm::is_contained(option->Categories, &category))
      return refuse("is no option of the KCFI plugin");
    // An option says what is wrong with its value itself.
    if (option->addOccurrence(/*pos=*/0, name, value))
      return refuse("has a wrong value");
  }
  return "";
}

const Options &mlir::kcfi::plugin::getOptions(std::string &error) {
  static const std::string variableError = readVariable();
  error = variableError;
  return values;
}
