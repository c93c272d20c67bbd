#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Damages MLIR text and bytecode."""

import re

MODES: tuple[list[str], ...] = (
    [],
    ["--kcfi-assign-type-ids"],
    ["--kcfi-lower-pipeline"],
)

# Words of the dialect, and whatever may confuse a parser.
DICTIONARY = (
    "kcfi.signature kcfi.address_of kcfi.cast kcfi.call kcfi.invoke fn fnptr raw "
    "encoded ptr lref rref memptr qual tag c.array c.vector c.matrix c.complex "
    "c.atomic c.bitint c.sizeless c.typedef c.block c.va_list c.void c.int c.long "
    "c.bool c.char c.int128 c.wchar c.nullptr struct union enum class unnamed cxx "
    "args in function anonymous value pack template const volatile restrict "
    "addrspace unprototyped lvalue rvalue noexcept noreturn cc sme salt "
    "cfi_unchecked_callee ms_abi gcc ext neon neon_poly unsigned sve rvv coalesced "
    "reinterpret launder unchecked fixed id to unwind hash xxhash64 fnv1a "
    "normalize_integers generalize_pointers patchable_prefix patchable_entry arity "
    "kcfi.sig kcfi.type_id kcfi.checked kcfi.no_check kcfi.address_taken "
    "kcfi.implicit_object kcfi.encoding kcfi.codegen llvm.target_triple "
    "!kcfi.fn<() -> c.void> !kcfi.fnptr<() -> c.void> !kcfi.c.int !llvm.ptr i1 i32 "
    "i64 f32 index () -> ... ? * , : < > [ ] ( ) { } = 0 1 -1 256 4294967295 "
    '4294967296 9223372036854775807 18446744073709551616 0x 0x0 0xffffffff "" '
    '"x" "\\00" "\\FF" @f %0 ^bb0 #kcfi.type_id<0x1>'
).split()

DICTIONARY += ["!kcfi.fn<() -> c.void>", "!kcfi.fnptr<() -> c.void>"]

TOKENS = re.compile(r'"(?:[^"\\\n]|\\.)*"|[\w.$!#@%^-]+|\s+|.', re.DOTALL)

TRIPLE = re.compile(r"llvm\.target_triple")

# MLIR 22 does not check all numbers in bytecode. By those in the sections of
# dialects (1) and of offsets of types and attributes (3) it writes beyond the end
# of its tables (in mlir-opt as well), after which anything may happen. Therefore
# only the other sections are changed: strings (0), types and attributes (2),
# operations (4), properties (8).
MUTABLE_SECTIONS = (0, 2, 4, 8)


def mutate_text(text, rng):
    tokens = TOKENS.findall(text.decode(errors="replace"))
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        solid = [i for i, token in enumerate(tokens) if not token.isspace()]
        if not solid:
            break
        index = rng.choice(solid)
        action = rng.randrange(7)
        if action == 0:
            del tokens[index]
        elif action == 1:
            tokens.insert(index, tokens[index])
        elif action == 2:
            other = rng.choice(solid)
            tokens[index], tokens[other] = tokens[other], tokens[index]
        elif action == 3:
            tokens[index] = rng.choice(DICTIONARY)
        elif action == 4:
            tokens.insert(index, " " + rng.choice(DICTIONARY) + " ")
        elif action == 5:
            # A span of tokens, many times: deep nesting and long lists.
            span = tokens[index : index + rng.randrange(1, 6)]
            tokens[index:index] = span * rng.choice((2, 20, 400))
        else:
            data = bytearray("".join(tokens).encode())
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            tokens = TOKENS.findall(data.decode(errors="replace"))
    result = "".join(tokens).encode(errors="replace")
    if rng.randrange(10) == 0:
        result = result[: rng.randrange(len(result) + 1)]
    return result


def read_varint(data, position):
    """A number in the bytecode's encoding, and the position behind it."""
    first = data[position]
    if first == 0:
        return int.from_bytes(data[position + 1 : position + 9], "little"), position + 9
    size = (first & -first).bit_length()
    value = int.from_bytes(data[position : position + size], "little")
    return value >> size, position + size


def payload(data):
    """The positions in bytecode whose bytes may be changed: what the sections of
    strings, types and attributes, operations and properties contain."""
    _, position = read_varint(data, 4)
    position = data.index(0, position) + 1
    result: list[int] = []
    while position < len(data):
        section = data[position]
        length, position = read_varint(data, position + 1)
        if section & 0x80:
            alignment, position = read_varint(data, position)
            position += -position % alignment
        if section & 0x7F in MUTABLE_SECTIONS:
            result += range(position, position + length)
        position += length
    return result


def mutate_bytecode(data, rng):
    data = bytearray(data)
    if rng.randrange(8) == 0:
        return bytes(data[: rng.randrange(len(data))])
    positions = payload(data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        index = rng.choice(positions)
        action = rng.randrange(3)
        if action == 0:
            data[index] ^= 1 << rng.randrange(8)
        elif action == 1:
            data[index] = rng.randrange(256)
        else:
            data[index] = data[rng.choice(positions)]
    return bytes(data)
