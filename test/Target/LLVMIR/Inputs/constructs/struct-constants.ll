; Constants of structures, packed ones and nested ones, with addresses

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

@packed = global <{ i8, i32, ptr }> <{ i8 1, i32 2, ptr @local }>
@nested = internal constant { i32, [2 x { ptr, i16 }] } { i32 5, [2 x { ptr, i16 }] [{ ptr, i16 } { ptr @local, i16 1 }, { ptr, i16 } { ptr @nested, i16 poison }] }
@partly = global { i32, i32 } { i32 undef, i32 3 }
@text = private unnamed_addr constant [5 x i8] c"a\00\FF\22z"
@words = global [3 x i16] [i16 -1, i16 2, i16 3]
@reals = global [2 x float] [float 1.5, float -0.0]

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 {
  store { i32, ptr } { i32 5, ptr @local }, ptr %slot
  store <{ i8, i32 }> <{ i8 1, i32 2 }>, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
