#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The triples whose C ABI facts are compared."""

TRIPLES = """
x86_64-unknown-linux-gnu x86_64-unknown-linux-gnux32 x86_64-unknown-linux-musl
x86_64-linux-android x86_64-unknown-linux-ohos x86_64-unknown-freebsd
x86_64-unknown-openbsd x86_64-unknown-none-elf x86_64-unknown-fuchsia
x86_64-apple-macosx13 x86_64-pc-windows-msvc x86_64-pc-windows-gnu
x86_64-pc-windows-cygnus x86_64-pc-windows-itanium x86_64-unknown-uefi
x86_64-scei-ps4 x86_64-none-macho
i386-unknown-linux-gnu i686-linux-android i686-unknown-linux-ohos
i386-unknown-none-elf i386-unknown-openbsd i386-unknown-haiku
i386-pc-solaris i386-unknown-rtems i386-apple-darwin i686-pc-windows-msvc
i686-pc-windows-gnu
aarch64-unknown-linux-gnu aarch64_be-unknown-linux-gnu aarch64-linux-android
aarch64-unknown-freebsd aarch64-unknown-netbsd aarch64-unknown-openbsd
aarch64-none-elf arm64-apple-ios arm64-apple-macosx arm64-apple-none-macho
arm64_32-apple-watchos aarch64-pc-windows-msvc aarch64-pc-windows-gnu
arm-unknown-linux-gnueabi armv7-unknown-linux-gnueabihf
armv7a-linux-androideabi armeb-unknown-linux-gnueabi thumbv6m-none-eabi
thumbv7em-none-eabihf armv7-unknown-freebsd armv7-unknown-openbsd
armv7-unknown-netbsd-eabi arm-none-netbsd armv7-unknown-haiku
armv7-apple-ios armv7k-apple-watchos armv7m-none-macho
thumbv7-pc-windows-gnu thumbv7-pc-windows-msvc
riscv64-unknown-linux-gnu riscv32-unknown-linux-gnu riscv64-linux-android
riscv64-unknown-elf riscv32-unknown-elf riscv64-unknown-openbsd
loongarch64-unknown-linux-gnu loongarch32-unknown-linux-gnu
loongarch64-unknown-elf
powerpc-unknown-linux-gnu powerpc-unknown-linux-musl powerpc-unknown-elf
powerpc-unknown-freebsd powerpc-unknown-netbsd powerpc-unknown-openbsd
powerpcle-unknown-linux-gnu powerpc64le-unknown-linux-gnu
powerpc64le-unknown-linux-musl powerpc64le-unknown-netbsd
powerpc64-unknown-linux-musl powerpc64-unknown-freebsd
powerpc64-unknown-openbsd
s390x-unknown-linux-gnu s390x-unknown-linux-musl
mips-unknown-linux-gnu mipsel-unknown-linux-gnu mips-unknown-openbsd
mips64-unknown-linux-gnuabi64 mips64el-unknown-linux-gnuabi64
mips64-unknown-linux-gnuabin32 mips64-unknown-linux-muslabin32
mips64-unknown-freebsd mips64-unknown-openbsd
sparc-unknown-linux-gnu sparcel-unknown-linux-gnu sparc-unknown-netbsd
sparc-pc-solaris sparcv9-unknown-linux-gnu sparc64-unknown-openbsd
hexagon-unknown-linux-musl hexagon-unknown-elf m68k-unknown-linux-gnu
ve-unknown-linux-gnu
""".split()
