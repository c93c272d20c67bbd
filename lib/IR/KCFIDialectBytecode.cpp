//===- KCFIDialectBytecode.cpp - Bytecode encoding -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsmHelpers.h"
#include "kcfi/IR/KCFITypes.h"
#include "kcfi/IR/KCFIVersion.h"
#include "mlir/Bytecode/BytecodeImplementation.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

/// Reads a number of at most 32 bits.
LogicalResult readUnsigned(DialectBytecodeReader &reader, uint32_t &value) {
  uint64_t wide;
  if (failed(reader.readVarInt(wide)))
    return failure();
  if (wide > UINT32_MAX)
    return reader.emitError() << "number " << wide << " exceeds 32 bits";
  value = static_cast<uint32_t>(wide);
  return success();
}

/// Reads a list of types. Its length is not trusted: the memory grows with what
/// is there.
LogicalResult readTypes(DialectBytecodeReader &reader,
                        SmallVectorImpl<Type> &types) {
  uint64_t count;
  if (failed(reader.readVarInt(count)))
    return failure();
  for (; count; --count)
    if (failed(reader.readType(types.emplace_back())))
      return failure();
  return success();
}

/// The same for a list of numbers.
LogicalResult readUnsigneds(DialectBytecodeReader &reader,
                            SmallVectorImpl<unsigned> &numbers) {
  uint64_t count;
  if (failed(reader.readVarInt(count)))
    return failure();
  for (; count; --count)
    if (failed(readUnsigned(reader, numbers.emplace_back())))
      return failure();
  return success();
}

void writeUnsigneds(DialectBytecodeWriter &writer, ArrayRef<unsigned> numbers) {
  writer.writeVarInt(numbers.size());
  for (unsigned number : numbers)
    writer.writeVarInt(number);
}

LogicalResult readOptionalType(DialectBytecodeReader &reader, Type &type) {
  bool isPresent;
  if (failed(reader.readBool(isPresent)))
    return failure();
  return isPresent ? reader.readType(type) : success();
}

void writeOptionalType(DialectBytecodeWriter &writer, Type type) {
  writer.writeOwnedBool(type != nullptr);
  if (type)
    writer.writeType(type);
}

std::optional<HashKind> checkEnum(uint32_t value, HashKind) {
  return symbolizeHashKind(value);
}
std::optional<CastReason> checkEnum(uint32_t value, CastReason) {
  return symbolizeCastReason(value);
}
std::optional<FnFlags> checkEnum(uint32_t value, FnFlags) {
  return symbolizeFnFlags(value);
}
std::optional<Qualifiers> checkEnum(uint32_t value, Qualifiers) {
  return symbolizeQualifiers(value);
}
std::optional<CallConv> checkEnum(uint32_t value, CallConv) {
  return symbolizeCallConv(value);
}
std::optional<BuiltinKind> checkEnum(uint32_t value, BuiltinKind) {
  return symbolizeBuiltinKind(value);
}
std::optional<TagKind> checkEnum(uint32_t value, TagKind) {
  return symbolizeTagKind(value);
}
std::optional<VectorFlavor> checkEnum(uint32_t value, VectorFlavor) {
  return symbolizeVectorFlavor(value);
}
std::optional<SizelessFamily> checkEnum(uint32_t value, SizelessFamily) {
  return symbolizeSizelessFamily(value);
}
std::optional<RustPrimitive> checkEnum(uint32_t value, RustPrimitive) {
  return symbolizeRustPrimitive(value);
}
std::optional<RustAbi> checkEnum(uint32_t value, RustAbi) {
  return symbolizeRustAbi(value);
}
std::optional<RustFnFlags> checkEnum(uint32_t value, RustFnFlags) {
  return symbolizeRustFnFlags(value);
}
std::optional<RustPathTag> checkEnum(uint32_t value, RustPathTag) {
  return symbolizeRustPathTag(value);
}
std::optional<RustRepr> checkEnum(uint32_t value, RustRepr) {
  return symbolizeRustRepr(value);
}
std::optional<RustLangItem> checkEnum(uint32_t value, RustLangItem) {
  return symbolizeRustLangItem(value);
}
std::optional<RustRegionKind> checkEnum(uint32_t value, RustRegionKind) {
  return symbolizeRustRegionKind(value);
}
std::optional<RustPredicateKind> checkEnum(uint32_t value, RustPredicateKind) {
  return symbolizeRustPredicateKind(value);
}
std::optional<RustClosureKind> checkEnum(uint32_t value, RustClosureKind) {
  return symbolizeRustClosureKind(value);
}
std::optional<RustCallableKind> checkEnum(uint32_t value, RustCallableKind) {
  return symbolizeRustCallableKind(value);
}
std::optional<RustCoroutineKind> checkEnum(uint32_t value, RustCoroutineKind) {
  return symbolizeRustCoroutineKind(value);
}
std::optional<Equivalence> checkEnum(uint32_t value, Equivalence) {
  return symbolizeEquivalence(value);
}

/// Reads an enumerator and refuses numbers that this version does not know.
template <typename EnumT>
LogicalResult readEnum(DialectBytecodeReader &reader, EnumT &value) {
  // Set on every path: gcc does not see that the generated code reads it after
  // success only.
  value = EnumT();
  uint32_t number;
  if (failed(readUnsigned(reader, number)))
    return failure();
  std::optional<EnumT> checked = checkEnum(number, EnumT());
  if (!checked)
    return reader.emitError() << "unknown enumerator " << number;
  value = *checked;
  return success();
}

template <typename EnumT>
void writeEnum(DialectBytecodeWriter &writer, EnumT value) {
  writer.writeVarInt(static_cast<uint32_t>(value));
}

/// Reads a list of enumerators, as `readTypes` reads types.
template <typename EnumT>
LogicalResult readEnums(DialectBytecodeReader &reader,
                        SmallVectorImpl<EnumT> &values) {
  uint64_t count;
  if (failed(reader.readVarInt(count)))
    return failure();
  for (; count; --count)
    if (failed(readEnum(reader, values.emplace_back())))
      return failure();
  return success();
}

template <typename EnumT>
void writeEnums(DialectBytecodeWriter &writer, ArrayRef<EnumT> values) {
  writer.writeVarInt(values.size());
  for (EnumT value : values)
    writeEnum(writer, value);
}

/// Builds a type or attribute through its verifier: what stands in a file may
/// be anything.
template <typename T, typename... Args>
T getVerified(DialectBytecodeReader &reader, MLIRContext *context,
              Args &&...args) {
  return T::getChecked([&] { return reader.emitError(); }, context,
                       std::forward<Args>(args)...);
}

#include "kcfi/IR/KCFIDialectBytecode.cpp.inc"

/// `read`, or null after an error if it is nested too deep.
template <typename T>
T checkDepth(DialectBytecodeReader &reader, T read) {
  if (!read || !isNestedTooDeep(read))
    return read;
  (void)helpers::emitTooDeep(reader.emitError());
  return T();
}

/// MLIR's reader puts off an entry whose parts are not there yet: reading fails
/// and is tried again later. In entries that contain each other no attempt ever
/// succeeds, and it would try for ever. This many failures in a row do not
/// occur where there is an end.
constexpr unsigned kMaxFailures = 1u << 14;
thread_local unsigned failuresInARow = 0;

/// The result of `read`, or null after an error if there is no progress.
template <typename ReadT>
auto readWithProgress(DialectBytecodeReader &reader, ReadT read) {
  using T = decltype(read());
  if (failuresInARow > kMaxFailures) {
    failuresInARow = 0;
    reader.emitError() << "types or attributes contain each other";
    return T();
  }
  T result = read();
  failuresInARow = result ? 0 : failuresInARow + 1;
  return result;
}

struct KCFIBytecodeInterface : public BytecodeDialectInterface {
  KCFIBytecodeInterface(Dialect *dialect) : BytecodeDialectInterface(dialect) {}

  Attribute readAttribute(DialectBytecodeReader &reader) const final {
    return checkDepth(reader, readWithProgress(reader, [&] {
                        return ::readAttribute(getContext(), reader);
                      }));
  }
  LogicalResult writeAttribute(Attribute attr,
                               DialectBytecodeWriter &writer) const final {
    return ::writeAttribute(attr, writer);
  }
  Type readType(DialectBytecodeReader &reader) const final {
    return checkDepth(reader, readWithProgress(reader, [&] {
                        return ::readType(getContext(), reader);
                      }));
  }
  LogicalResult writeType(Type type,
                          DialectBytecodeWriter &writer) const final {
    return ::writeType(type, writer);
  }

  void writeVersion(DialectBytecodeWriter &writer) const final {
    writer.writeVarInt(KCFIDialectVersion::kCurrentMajor);
    writer.writeVarInt(KCFIDialectVersion::kCurrentMinor);
  }

  std::unique_ptr<DialectVersion>
  readVersion(DialectBytecodeReader &reader) const final {
    uint64_t majorVersion, minorVersion;
    if (failed(reader.readVarInt(majorVersion)) ||
        failed(reader.readVarInt(minorVersion)))
      return nullptr;
    if (std::make_pair(majorVersion, minorVersion) >
        std::make_pair(KCFIDialectVersion::kCurrentMajor,
                       KCFIDialectVersion::kCurrentMinor)) {
      reader.emitError() << "bytecode of dialect 'kcfi' has version "
                         << majorVersion << "." << minorVersion
                         << ", this reader knows versions up to "
                         << KCFIDialectVersion::kCurrentMajor << "."
                         << KCFIDialectVersion::kCurrentMinor;
      return nullptr;
    }
    return std::make_unique<KCFIDialectVersion>(majorVersion, minorVersion);
  }
};

} // namespace

void KCFIDialect::registerBytecode() { addInterfaces<KCFIBytecodeInterface>(); }
