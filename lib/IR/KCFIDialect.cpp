//===- KCFIDialect.cpp - The kcfi dialect -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/IR/KCFIOps.h"
#include "mlir/Transforms/InliningUtils.h"

using namespace mlir;
using namespace mlir::kcfi;

#include "kcfi/IR/KCFIDialect.cpp.inc"

/// Whether the calls of the function around `op` or `region` are not checked.
template <typename T>
static bool isExempt(T &inside) {
  auto function = inside.template getParentOfType<FunctionOpInterface>();
  return function && function->hasAttr(KCFIDialect::kNoCheckAttrName);
}

namespace {
/// Everything of the dialect may be inlined: calls keep their check, addresses
/// and casts have no effects. But a call whose check depends on its function
/// must not come into one with another rule, where it would lose or gain the
/// check. (The hook for the call that is replaced would not do: it is that of
/// the dialect of this call, `func` or `llvm`.)
struct KCFIInlinerInterface : public DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;
  bool isLegalToInline(Operation *op, Region *dest, bool,
                       IRMapping &) const final {
    auto call = dyn_cast<CheckedCallOpInterface>(op);
    return !call || call.getUnchecked() || isExempt(*op) == isExempt(*dest);
  }
};

/// A Rust item is long and is mentioned often: it gets a name of its own.
struct KCFIAsmInterface : public OpAsmDialectInterface {
  using OpAsmDialectInterface::OpAsmDialectInterface;
  AliasResult getAlias(Attribute attr, raw_ostream &os) const final {
    auto item = dyn_cast<RustItemAttr>(attr);
    // A recursive mention stands inside of what has the name.
    if (!item || item.getRecursive())
      return AliasResult::NoAlias;
    os << item.getName();
    return AliasResult::OverridableAlias;
  }
};
} // namespace

void KCFIDialect::initialize() {
  registerTypes();
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "kcfi/IR/KCFIOps.cpp.inc"
      >();
  registerBytecode();
  addInterfaces<KCFIInlinerInterface, KCFIAsmInterface>();
}
