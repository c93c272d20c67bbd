// REQUIRES: clang-plugin
// Records that are damaged are told in one line.

// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %clang --target=x86_64-unknown-linux-gnu -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -c %s -o good.o
// RUN: llvm-objcopy --dump-section=.kcfi.records=good good.o
// RUN: %python %S/Inputs/damage.py good
// RUN: for name in start cut short version compression checksum text twice; do \
// RUN:   llvm-objcopy --update-section=.kcfi.records=$name good.o $name.o; \
// RUN:   kcfi-report --format=summary $name.o > $name.out 2>> log; echo "$name $?" >> status; \
// RUN: done; true
// RUN: FileCheck %s < log
// CHECK:      start.o: error: damaged records in '.kcfi.records': no frame where one should start
// CHECK-NEXT: cut.o: error: damaged records in '.kcfi.records': the last frame is cut off
// CHECK-NEXT: short.o: error: damaged records in '.kcfi.records': the last frame is cut off
// CHECK-NEXT: version.o: error: damaged records in '.kcfi.records': version 9 of frames is not known, only 1 is
// CHECK-NEXT: compression.o: error: damaged records in '.kcfi.records': unknown compression
// CHECK-NEXT: checksum.o: error: damaged records in '.kcfi.records': the checksum of a frame is wrong
// CHECK-NEXT: text.o:1: {{.+}}
// CHECK-NOT:  {{.}}
// RUN: FileCheck %s --check-prefix=STATUS < status
// STATUS: start 1
// STATUS: text 1
// Two frames of one unit, with the zeros of a linker between them.
// STATUS: twice 0
// RUN: kcfi-report --format=summary good.o | cmp - twice.out

void f(void) {}
