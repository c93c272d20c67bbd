//===- CallSignature.cpp - Signatures of calls by fn pointer -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RustTypeMapper.h"
#include "kcfi/Encoding/Rust/Equivalence.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {
/// Erases the regions that are bound outside of the mapped type.
class RegionEraser : public RustTypeMapper {
public:
  using RustTypeMapper::RustTypeMapper;

protected:
  RustRegionAttr mapRegion(RustRegionAttr region) override {
    bool isOutside = region.getKind() == RustRegionKind::Bound &&
                     region.getBinder() >= binders;
    return isOutside ? RustRegionAttr::getErased(context) : region;
  }
};
} // namespace

RustFnType mlir::kcfi::getCallSignature(RustFnType pointer) {
  RegionEraser eraser(pointer.getContext());
  SmallVector<Type> params = llvm::map_to_vector(
      pointer.getParams(), [&](Type param) { return eraser.map(param); });
  return RustFnType::get(pointer.getContext(), params,
                         eraser.map(pointer.getResult()), pointer.getAbi(),
                         pointer.getFlags(), pointer.getZstParams());
}
