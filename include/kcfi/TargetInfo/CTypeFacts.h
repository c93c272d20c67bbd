//===- CTypeFacts.h - What a target's C ABI says about types ----*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The facts about C and C++ builtin types that enter a KCFI type-id string and
// that depend on the target: the builtin kinds, their widths, the signedness of
// plain char and wchar_t, the mangling of long double and __bf16, va_list.
//
// They are those of clang's default options for the triple; utils/check-c-facts
// compares them with a clang.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_TARGETINFO_CTYPEFACTS_H
#define KCFI_TARGETINFO_CTYPEFACTS_H

#include <cstdint>

namespace mlir::kcfi {

/// The builtin integer type behind a typedef of C, without its signedness.
enum class CIntegerKind : uint8_t { Short, Int, Long, LongLong };

/// The type behind C's `va_list`.
enum class VaListKind : uint8_t {
  /// `void *` (RISC-V, LoongArch, MIPS, SPARC, m68k, 32-bit ARM on iOS).
  VoidPtr,
  /// `char *` (i386, Windows, Darwin on AArch64, 64-bit PowerPC, Hexagon).
  CharPtr,
  /// `struct __va_list_tag[1]`, as a parameter a pointer to it (x86-64 outside
  /// of Windows, 32-bit PowerPC, SystemZ, Hexagon with musl).
  TagArray,
  /// `struct std::__va_list` (ARM and AArch64 with the AAPCS, which places the
  /// struct in namespace std for mangling, in C too).
  StdVaList,
};

/// The format behind C's `long double`.
enum class LongDoubleKind : uint8_t {
  /// Same as double.
  Double,
  X87,
  Quad,
  PPCDoubleDouble,
};

/// Facts of a target's C ABI; widths in bits.
struct CTypeFacts {
  unsigned pointerWidth;
  unsigned intWidth;
  unsigned longWidth;
  unsigned wcharWidth;
  bool charSigned;
  bool wcharSigned;
  /// The builtin that C's `wchar_t` is a typedef of; signedness and width
  /// above.
  CIntegerKind wcharType;
  /// The builtin behind `size_t`, unsigned. Not a function of the widths: where
  /// int and long are equally wide both are in use.
  CIntegerKind sizeType;
  /// The builtin behind `ptrdiff_t`, signed. 32-bit Darwin has `int` here
  /// beside a `size_t` of `unsigned long`.
  CIntegerKind ptrdiffType;
  /// True if `__int128` exists.
  bool hasInt128;
  /// True if `__float128` exists without further target options.
  bool hasFloat128;
  /// True if `__bf16` is mangled as the vendor type `u6__bf16` (ARM, AArch64)
  /// instead of `DF16b`.
  bool bf16IsVendorType;
  /// The Itanium code of long double: 'e' nearly everywhere, whatever its
  /// format; 'g' for PowerPC's double-double, SystemZ's quad and the quad of
  /// x86-64 Android and OpenHarmony. The `u9__ieee128` of PowerPC's
  /// -mabi=ieeelongdouble needs an option and is not offered.
  char longDoubleCode;
  LongDoubleKind longDouble;
  VaListKind vaList;
};

} // namespace mlir::kcfi

#endif // KCFI_TARGETINFO_CTYPEFACTS_H
