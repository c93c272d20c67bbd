// H1, worked around: the check of an invoke stands in front of it. The right
// function is invoked and its exception caught, the wrong one is not reached;
// without a check it is.

// REQUIRES: clang, native-x86_64
// RUN: split-file %s %t.d
// RUN: kcfi-opt --kcfi-lower-pipeline %t.d/invoke.mlir | kcfi-translate --kcfi-to-llvmir -o %t.ll
// RUN: FileCheck %s --input-file=%t.ll
// RUN: %clang -O2 -Wno-override-module -c %t.ll -o %t.o
// RUN: %clang -O2 -std=c++17 -fsanitize=kcfi -c %t.d/main.cpp -o %t.main.o
// RUN: %clang %t.main.o %t.o -lstdc++ -o %t.exe
// RUN: %expect_exit ok -- %t.exe
// RUN: %expect_exit 132 -- %t.exe wrong
// RUN: %expect_exit ok -- %t.exe wrong unchecked

// CHECK:     define i32 @guarded(ptr %0, i32 %1)
// CHECK:       call i32 asm "", "=r,0"(i32 -329620)
// CHECK:       icmp ne i32 %{{.*}}, 0
// CHECK:       call void @llvm.trap()
// CHECK:       invoke i32 %0(i32 %1)
// CHECK-NOT: "kcfi"(

//--- invoke.mlir
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @__gxx_personality_v0(...) -> i32
  llvm.func @__cxa_begin_catch(!llvm.ptr) -> !llvm.ptr
  llvm.func @__cxa_end_catch()
  // Calls a function; -1 if it throws.
  llvm.func @guarded(%p: !llvm.ptr, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>, personality = @__gxx_personality_v0} {
    %null = llvm.mlir.zero : !llvm.ptr
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<(c.int) -> c.int>
    %r = kcfi.invoke %f(%x) to ^ok unwind ^caught : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  ^ok:
    llvm.return %r : i32
  ^caught:
    %lp = llvm.landingpad (catch %null : !llvm.ptr) : !llvm.struct<(ptr, i32)>
    %exception = llvm.extractvalue %lp[0] : !llvm.struct<(ptr, i32)>
    %object = llvm.call @__cxa_begin_catch(%exception) : (!llvm.ptr) -> !llvm.ptr
    llvm.call @__cxa_end_catch() : () -> ()
    %failed = llvm.mlir.constant(-1 : i32) : i32
    llvm.return %failed : i32
  }
  llvm.func @unguarded(%p: !llvm.ptr, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>, personality = @__gxx_personality_v0} {
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<(c.int) -> c.int>
    %r = kcfi.invoke unchecked %f(%x) to ^ok unwind ^bad : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  ^ok:
    llvm.return %r : i32
  ^bad:
    %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
    llvm.resume %lp : !llvm.struct<(ptr, i32)>
  }
}

//--- main.cpp
extern "C" int guarded(int (*f)(int), int x);
extern "C" int unguarded(int (*f)(int), int x);
static int twice(int x) { return 2 * x; }
static int fails(int x) { throw x; }
static unsigned other(unsigned x) { return x + 1; }
int (*volatile right)(int) = twice;
int (*volatile throwing)(int) = fails;
unsigned (*volatile wrong)(unsigned) = other;

int main(int argc, char **) {
  if (guarded(right, 21) != 42)
    return 1;
  if (guarded(throwing, 1) != -1)
    return 2;
  int (*f)(int) = reinterpret_cast<int (*)(int)>(wrong);
  if (argc == 2)
    return guarded(f, 1) == 2 ? 3 : 4;
  if (argc == 3)
    return unguarded(f, 1) == 2 ? 0 : 5;
  return 0;
}
