//===- DropClasses.h - Narrow classes of drop glue -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ANALYSIS_DROPCLASSES_H
#define KCFI_ANALYSIS_DROPCLASSES_H

#include "kcfi/IR/KCFIOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/DenseMap.h"

namespace mlir::kcfi {

/// `narrow_drop_glue`: the traits through which each piece of drop glue can be
/// called. Glue in vtables of several traits joins these, and so does a
/// supertrait, since the vtable of a subtrait can be used as one of it. Joined
/// traits are one class if nothing of them is visible outside of the module and
/// the glue is used by vtables only.
class DropClasses {
public:
  /// Fails, with an error, where references to symbols cannot be enumerated.
  static FailureOr<DropClasses> compute(ModuleOp module);

  /// The object that names the class of a trait's drop slots or of a function
  /// with drop glue; null where that stays `dyn Drop`.
  RustDynType lookup(Operation *traitOrGlue) const {
    return objects.lookup(traitOrGlue);
  }

  /// What the type id of `function` is made of, with this object.
  RustCallableAttr getCallable(Operation *function) const;

private:
  llvm::DenseMap<Operation *, RustDynType> objects;
};

} // namespace mlir::kcfi

#endif // KCFI_ANALYSIS_DROPCLASSES_H
