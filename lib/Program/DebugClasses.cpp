//===- DebugClasses.cpp - Types of ids from debug info -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Program/DebugClasses.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/Encoding/Hash.h"
#include "kcfi/Encoding/IdMap.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/LLVMFacts/DebugTypes.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

void mlir::kcfi::addDebugClasses(const llvm::Module &module, Summary &summary) {
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
