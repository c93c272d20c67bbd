// REQUIRES: clang
// What people pass to a report: each file is named for what it is, in one line
// without control characters.

// RUN: rm -rf %t && mkdir -p %t/empty %t/plain && cd %t
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -c %s -o elf.o
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -flto -c %s -o lto.o
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -flto -ffat-lto-objects -c %s -o fat.o
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -fembed-bitcode -c %s -o embed.o
// RUN: %clang --target=arm64-apple-macos -c %s -o macho.o
// RUN: %clang --target=x86_64-windows-msvc -c %s -o coff.o
// RUN: %llvm_bin/llvm-ar rcs elf.a elf.o
// RUN: %llvm_bin/llvm-ar rcs lto.a lto.o elf.o
// RUN: %llvm_bin/llvm-ar --thin rcs thin.a lto.o
// RUN: %llvm_bin/llvm-ar --thin rcs gone.a coff.o && rm -f gone.o && cp coff.o gone.o && %llvm_bin/llvm-ar --thin rcs gone.a gone.o && rm gone.o
// RUN: %llvm_bin/llvm-ar rcs none.a coff.o
// RUN: %llvm_bin/llvm-lipo -create macho.o -output universal
// RUN: head -c 700 lto.o > cut.bc; : > empty.bc; printf 'scale=10\n4*a(1)\n' > calculator.bc
// RUN: head -c 80 elf.o > cut.o; head -c 70 lto.a > cut.a; printf '\1\2\3\377\0' > noise.bc; printf 'BC\300\336' > magic.bc
// RUN: echo text > plain/readme.txt

// These have LLVM IR in them.
// RUN: kcfi-report lto.o | FileCheck %s --check-prefix=REPORT
// RUN: kcfi-report fat.o | FileCheck %s --check-prefix=REPORT
// RUN: kcfi-report embed.o | FileCheck %s --check-prefix=REPORT
// RUN: kcfi-report thin.a | FileCheck %s --check-prefix=REPORT
// REPORT: functions: 1 defined, 0 declared, 1 with a type id
// Objects without records are counted where others have some.
// RUN: kcfi-report lto.a 2>&1 | FileCheck %s --check-prefixes=NOTE
// NOTE: lto.a: note: an ELF file without records: compile with the compiler plugin, or give the LLVM IR (docs/Builds.md)
// NOTE: functions: 1 defined

// RUN: for file in elf.o elf.a macho.o coff.o universal cut.bc empty.bc calculator.bc cut.o cut.a noise.bc magic.bc gone.a none.a empty plain absent; do \
// RUN:   kcfi-report $file > out 2> err; echo "$file $?" >> status; cat err >> all; \
// RUN:   wc -l < err | grep -qx 1 || { echo "$file: more than one line"; exit 1; }; \
// RUN:   wc -c < out | grep -qx 0 || { echo "$file: output"; exit 1; }; \
// RUN:   LC_ALL=C grep -q '[^[:print:]]' err && { echo "$file: control characters"; exit 1; }; \
// RUN: done; true
// RUN: not grep -v ' 1$' status
// RUN: FileCheck %s < all
// CHECK:      elf.o: error: an ELF file without records: compile with the compiler plugin, or give the LLVM IR (docs/Builds.md)
// CHECK-NEXT: elf.a: error: an ELF file without records: compile with
// CHECK-NEXT: macho.o: error: this is a Mach-O file; records are in ELF files and archives only
// CHECK-NEXT: coff.o: error: this is a COFF file; records
// CHECK-NEXT: universal: error: this is a Mach-O file; records
// CHECK-NEXT: cut.bc: error: damaged LLVM bitcode: {{.}}
// CHECK-NEXT: empty.bc: error: the input is empty
// CHECK-NEXT: calculator.bc: error: this is neither LLVM IR, MLIR, a summary, an ELF file nor an archive
// CHECK-NEXT: cut.o: error: damaged ELF file: {{.}}
// CHECK-NEXT: cut.a: error: damaged archive: {{.}}
// CHECK-NEXT: noise.bc: error: this is neither
// CHECK-NEXT: magic.bc: error: damaged LLVM bitcode: {{.}}
// CHECK-NEXT: gone.a(gone.o): error: cannot be read:
// CHECK-NEXT: none.a: error: the archive has neither ELF files nor LLVM IR
// CHECK-NEXT: empty: error: the folder has no LLVM IR, ELF files, archives or summaries
// CHECK-NEXT: plain: error: the folder has no LLVM IR, ELF files, archives or summaries
// CHECK-NEXT: error: cannot open input file 'absent'

int f(int x) { return x; }
int (*p)(int) = f;
