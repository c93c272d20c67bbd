#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The hash of KCFI type ids."""

MASK64 = (1 << 64) - 1

PRIMES = (
    0x9E3779B185EBCA87,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0x85EBCA77C2B2AE63,
    0x27D4EB2F165667C5,
)


def rotate(value, count):
    return (value << count | value >> (64 - count)) & MASK64


def xxh64(data):
    """XXH64 with seed 0 of fewer than 32 bytes, as all strings here are."""
    assert len(data) < 32
    one, two, three, four, five = PRIMES
    value = five + len(data)
    at = 0
    while at + 8 <= len(data):
        lane = int.from_bytes(data[at : at + 8], "little") * two & MASK64
        value ^= rotate(lane, 31) * one & MASK64
        value = (rotate(value, 27) * one + four) & MASK64
        at += 8
    if at + 4 <= len(data):
        value ^= int.from_bytes(data[at : at + 4], "little") * one & MASK64
        value = (rotate(value, 23) * two + three) & MASK64
        at += 4
    for byte in data[at:]:
        value ^= byte * five & MASK64
        value = rotate(value, 11) * one & MASK64
    value ^= value >> 33
    value = value * two & MASK64
    value ^= value >> 29
    value = value * three & MASK64
    return value ^ value >> 32


def type_id(parameters):
    return xxh64(f"_ZTSFv{parameters}E".encode()) & 0xFFFFFFFF
