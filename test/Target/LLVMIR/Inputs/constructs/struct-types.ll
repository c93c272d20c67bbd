; Named, packed, literal, recursive and opaque structures

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

%pair = type { i32, i64 }
%node = type { ptr, [2 x %pair] }
%opaque = type opaque
%packed = type <{ i8, i32 }>
%"odd name, \22quoted\22" = type { i8, %packed }
@hidden = external global %opaque

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 {
  %a = load %pair, ptr %slot
  %b = insertvalue %pair %a, i32 %n, 0
  store %pair %b, ptr %slot
  %c = load <{ i8, i64 }>, ptr %slot
  %d = extractvalue <{ i8, i64 }> %c, 1
  store i64 %d, ptr %slot
  %e = getelementptr %node, ptr %slot, i64 1, i32 1
  store ptr @hidden, ptr %e
  %f = load { }, ptr %slot
  store { } %f, ptr %slot
  %g = getelementptr %"odd name, \22quoted\22", ptr %slot, i64 1
  store ptr %g, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
