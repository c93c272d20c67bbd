//===- Census.h - Where checked calls can land ------------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A checked call compares four bytes in front of its target with an id; whether
// a function is there it does not ask. The census finds all addresses in
// machine code that pass a check: functions, extra entries, and what only looks
// like one.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_OBJECT_CENSUS_H
#define KCFI_OBJECT_CENSUS_H

#include "kcfi/Program/Program.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

namespace mlir::kcfi {

enum class LandingKind : uint8_t {
  /// A function symbol is here.
  Function,
  /// It is that of an extra entry: the modules say so, or what follows leads
  /// into the function behind it.
  ExtraEntry,
  /// There is no function symbol.
  LookAlike,
};

/// An address with an id at the distance that checks use.
struct Landing {
  LandingKind kind = LandingKind::LookAlike;
  uint32_t id = 0;
  /// A checked call has this id. Otherwise only functions are listed.
  bool isExpected = false;
  std::string section;
  /// In relocatable objects the offset in the section.
  uint64_t address = 0;
  /// Function symbols at the address; of a look-alike the nearest in front of
  /// it, if there is one.
  SmallVector<std::string, 1> symbols;
  /// Bytes from the nearest symbol, or from the start of the section.
  uint64_t distance = 0;
  /// Of an extra entry: the function.
  std::string entryOf;
};

/// What was found in one object.
struct Census {
  /// As given.
  std::string name;
  std::string machine;
  /// Of executable sections.
  uint64_t codeBytes = 0;
  unsigned sections = 0;
  /// By section as in the file, then by address.
  std::vector<Landing> landings;

  size_t count(LandingKind kind, bool isExpected) const;
};

/// Looks for the ids of `program` in an ELF relocatable object, executable or
/// shared library. Errors name the object: another format or machine, a target
/// without KCFI, no executable section, no symbol table, damage.
llvm::Expected<Census> takeCensus(const Program &program,
                                  llvm::MemoryBufferRef object);

/// Prints for people; lists end after `limit` lines.
void printTextCensus(const Program &program, ArrayRef<Census> objects,
                     llvm::raw_ostream &os, size_t limit);

/// Prints one JSON object (docs/Report.md).
void printJSONCensus(const Program &program, ArrayRef<Census> objects,
                     llvm::raw_ostream &os);

} // namespace mlir::kcfi

#endif // KCFI_OBJECT_CENSUS_H
