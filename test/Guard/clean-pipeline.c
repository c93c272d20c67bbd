// REQUIRES: clang
// LLVM's usual passes do nothing wrong to a program that is right: inlining,
// calls that become direct, dead code, merged and split functions.

// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -Xclang -disable-llvm-passes -fsanitize=kcfi -S -emit-llvm %s -o %t.ll
// RUN: kcfi-report --format=summary %t.ll -o %t.ndjson
// RUN: opt -passes='default<O2>' -S %t.ll -o %t.O2.ll
// RUN: kcfi-translate --verify-against=%t.ll %t.O2.ll | count 0
// RUN: kcfi-translate --verify-against=%t.ndjson - < %t.O2.ll | count 0
// RUN: opt -passes='default<O3>,partial-inliner,hotcoldsplit' %t.ll -o %t.O3.bc
// RUN: kcfi-translate --verify-against=%t.ll %t.O3.bc | count 0
// Something did happen: the call of the only handler is direct and inlined.
// RUN: grep -c '"kcfi"(' %t.ll > %t.checks
// RUN: grep -c '"kcfi"(' %t.O2.ll >> %t.checks
// RUN: FileCheck %s --check-prefix=CHECKS --input-file=%t.checks
// CHECKS: {{^4$}}
// CHECKS: {{^3$}}

// The same module with one id changed, one check removed, one flag dropped.
// RUN: sed '/^define.*@negate(/s/!kcfi_type ![0-9]*//' %t.O2.ll > %t.id.ll
// RUN: %expect_exit 1 -- kcfi-translate --verify-against=%t.ll %t.id.ll | FileCheck %s --check-prefix=ID
// ID:     error: @negate lost its id unknown type [0x00050794] [id-lost]
// ID-NOT: error:
// RUN: sed 's/\[ "kcfi"(i32 329620) \]//' %t.O2.ll > %t.check.ll
// RUN: %expect_exit 1 -- kcfi-translate --verify-against=%t.ll %t.check.ll | FileCheck %s --check-prefix=LOST
// LOST:   error: an indirect call in @apply has no check, and all that can have come there had one [check-lost]
// RUN: sed 's/"kcfi"(i32 329620)/"kcfi"(i32 329621)/' %t.O2.ll > %t.changed.ll
// RUN: %expect_exit 1 -- kcfi-translate --verify-against=%t.ll %t.changed.ll | FileCheck %s --check-prefix=CHANGED
// CHANGED: error: a call in @apply is checked for the id unknown type [0x00050795], which no call that can have come there was [check-changed]
// RUN: sed 's/!"kcfi", i32 1/!"other", i32 1/' %t.O2.ll > %t.flag.ll
// RUN: %expect_exit 1 -- kcfi-translate --verify-against=%t.ll %t.flag.ll | FileCheck %s --check-prefix=FLAG
// FLAG:   error: the module flag 'kcfi' is gone: LLVM ignores all ids and checks [options-changed]

typedef int Handler(int);
int negate(int x) { return -x; }
int twice(int x) { return 2 * x; }
static int increment(int x) { return x + 1; }

static Handler *const table[] = {negate, twice, increment};
int apply(int i, int x) { return table[i](x); }

static int through(Handler *handler, int x) { return handler(x); }
int known(int x) { return through(increment, x); }

struct Device {
  int (*open)(struct Device *);
  void (*close)(struct Device *);
};
int session(struct Device *device) {
  int result = device->open(device);
  if (result < 0)
    return result;
  device->close(device);
  return 0;
}
