; The flows of one C program at -O0 and -O2 are the same, although only the
; first has struct types in its addresses, and only the second has TBAA.

; RUN: split-file %s %t
; RUN: kcfi-translate --llvmir-to-summary --unit=u %t/o0.ll | FileCheck %s
; RUN: kcfi-translate --llvmir-to-summary --unit=u %t/o2.ll | FileCheck %s

; typedef void (*fn)(int);
; struct inner { long tag; fn hook; };
; struct outer { struct inner in; union { fn u; struct inner *p; } either; struct { long n; fn late; } unnamed; fn table[3]; };
; void f(int); void g(int); void h(int);
; static struct inner shared = {1, f};
; static const fn fixed[2] = {f, g};
; static struct outer many[2];
; fn exported = h;
; extern fn make(void);
; void take(struct inner *);
; void fields(struct outer *o, fn p) { o->in.hook = p; o->either.u = f; o->unnamed.late = g; o->table[1] = p; }
; void calls(struct outer *o, int i) { o->in.hook(i); o->either.u(i); o->unnamed.late(i); o->table[i](i); }
; void tables(int i) { fixed[i](i); exported(i); many[i].unnamed.late(i); shared.hook(i); }
; void share(fn p) { many[1].unnamed.late = p; take(&shared); }
; void callback(fn p, int i) { p(i); }
; void pass(int i) { callback(f, i); fn q = make(); q(i); }
; fn choose(int i, fn p) { return i ? p : h; }
; void locals(int i, fn p) { fn q = g; for (int k = 0; k < i; k++) q = p; q(i); }
; void indirect(void (*c)(fn, struct outer *), fn p) { c(p, 0); c(g, 0); }
; void copies(int i) { struct inner s = shared; take(&s); s.hook(i); fn t[2] = {f, h}; t[i](i); }
; void data(struct outer *o, void (*c)(struct outer *)) { o->in.tag = 1; c(o); }
; int compare(fn p) { return p == g; }

; CHECK-NOT: "flow"
; CHECK:      {"kind":"flow","unit":"u","from":"elements:__const.copies.t+0","to":"site:copies#1"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"elements:fixed+0","to":"site:tables#0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"elements:many+32","to":"site:tables#2"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"field:inner+8","to":"global:shared+8"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"field:inner+8","to":"site:calls#0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"field:inner+8","to":"site:copies#0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"field:outer+16","to":"site:calls#1"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"field:outer+32","to":"site:calls#2"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"field:outer+40","to":"site:calls#3"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"global:__const.copies.t+0","to":"elements:__const.copies.t+0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"global:__const.copies.t+8","to":"elements:__const.copies.t+0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"global:exported+0","to":"site:tables#1"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"global:fixed+0","to":"elements:fixed+0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"global:fixed+8","to":"elements:fixed+0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"global:many+96","to":"elements:many+32"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"global:shared+8","to":"field:inner+8"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"global:shared+8","to":"site:copies#0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"global:shared+8","to":"site:tables#3"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:callback#0","to":"site:callback#0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:choose#1","to":"result:choose"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:data#1","to":"site:data#0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:fields#1","to":"field:inner+8"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:fields#1","to":"field:outer+40"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:indirect#0","to":"site:indirect#0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:indirect#0","to":"site:indirect#1"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:indirect#1","to":"argument:0x4d2a0488#0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:locals#1","to":"site:locals#0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:share#0","to":"global:many+96"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"result:make","to":"site:pass#0"}
; CHECK-NOT: "flow"
; CHECK:      {"kind":"view","unit":"u","function":"f","place":"field:outer+16"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"f","place":"global:__const.copies.t+0"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"f","place":"global:fixed+0"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"f","place":"global:shared+8"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"f","place":"param:callback#0"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"g","place":"argument:0x4d2a0488#0"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"g","place":"elsewhere"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"g","place":"field:outer+32"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"g","place":"global:fixed+8"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"g","place":"site:locals#0"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"h","place":"global:__const.copies.t+8"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"h","place":"global:exported+0"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"h","place":"result:choose"}
; CHECK-NOT: {{.}}

;--- o0.ll
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

%struct.outer = type { %struct.inner, %union.anon, %struct.anon, [3 x ptr] }
%struct.inner = type { i64, ptr }
%union.anon = type { ptr }
%struct.anon = type { i64, ptr }

@exported = global ptr @h
@fixed = internal constant [2 x ptr] [ptr @f, ptr @g]
@many = internal global [2 x %struct.outer] zeroinitializer
@shared = internal global %struct.inner { i64 1, ptr @f }
@__const.copies.t = private constant [2 x ptr] [ptr @f, ptr @h]

declare !kcfi_type !8 void @h(i32)

define void @fields(ptr %0, ptr %1) !kcfi_type !9 {
  %3 = alloca ptr
  %4 = alloca ptr
  store ptr %0, ptr %3
  store ptr %1, ptr %4
  %5 = load ptr, ptr %4
  %6 = load ptr, ptr %3
  %7 = getelementptr %struct.outer, ptr %6, i32 0, i32 0
  %8 = getelementptr %struct.inner, ptr %7, i32 0, i32 1
  store ptr %5, ptr %8
  %9 = load ptr, ptr %3
  %10 = getelementptr %struct.outer, ptr %9, i32 0, i32 1
  store ptr @f, ptr %10
  %11 = load ptr, ptr %3
  %12 = getelementptr %struct.outer, ptr %11, i32 0, i32 2
  %13 = getelementptr %struct.anon, ptr %12, i32 0, i32 1
  store ptr @g, ptr %13
  %14 = load ptr, ptr %4
  %15 = load ptr, ptr %3
  %16 = getelementptr %struct.outer, ptr %15, i32 0, i32 3
  %17 = getelementptr [3 x ptr], ptr %16, i64 0, i64 1
  store ptr %14, ptr %17
  ret void
}

declare !kcfi_type !8 void @f(i32)

declare !kcfi_type !8 void @g(i32)

define void @calls(ptr %0, i32 %1) !kcfi_type !10 {
  %3 = alloca ptr
  %4 = alloca i32
  store ptr %0, ptr %3
  store i32 %1, ptr %4
  %5 = load ptr, ptr %3
  %6 = getelementptr %struct.outer, ptr %5, i32 0, i32 0
  %7 = getelementptr %struct.inner, ptr %6, i32 0, i32 1
  %8 = load ptr, ptr %7
  %9 = load i32, ptr %4
  call void %8(i32 %9) [ "kcfi"(i32 27004076) ]
  %10 = load ptr, ptr %3
  %11 = getelementptr %struct.outer, ptr %10, i32 0, i32 1
  %12 = load ptr, ptr %11
  %13 = load i32, ptr %4
  call void %12(i32 %13) [ "kcfi"(i32 27004076) ]
  %14 = load ptr, ptr %3
  %15 = getelementptr %struct.outer, ptr %14, i32 0, i32 2
  %16 = getelementptr %struct.anon, ptr %15, i32 0, i32 1
  %17 = load ptr, ptr %16
  %18 = load i32, ptr %4
  call void %17(i32 %18) [ "kcfi"(i32 27004076) ]
  %19 = load ptr, ptr %3
  %20 = getelementptr %struct.outer, ptr %19, i32 0, i32 3
  %21 = load i32, ptr %4
  %22 = sext i32 %21 to i64
  %23 = getelementptr [3 x ptr], ptr %20, i64 0, i64 %22
  %24 = load ptr, ptr %23
  %25 = load i32, ptr %4
  call void %24(i32 %25) [ "kcfi"(i32 27004076) ]
  ret void
}

define void @tables(i32 %0) !kcfi_type !8 {
  %2 = alloca i32
  store i32 %0, ptr %2
  %3 = load i32, ptr %2
  %4 = sext i32 %3 to i64
  %5 = getelementptr [2 x ptr], ptr @fixed, i64 0, i64 %4
  %6 = load ptr, ptr %5
  %7 = load i32, ptr %2
  call void %6(i32 %7) [ "kcfi"(i32 27004076) ]
  %8 = load ptr, ptr @exported
  %9 = load i32, ptr %2
  call void %8(i32 %9) [ "kcfi"(i32 27004076) ]
  %10 = load i32, ptr %2
  %11 = sext i32 %10 to i64
  %12 = getelementptr [2 x %struct.outer], ptr @many, i64 0, i64 %11
  %13 = getelementptr %struct.outer, ptr %12, i32 0, i32 2
  %14 = getelementptr %struct.anon, ptr %13, i32 0, i32 1
  %15 = load ptr, ptr %14
  %16 = load i32, ptr %2
  call void %15(i32 %16) [ "kcfi"(i32 27004076) ]
  %17 = load ptr, ptr getelementptr (%struct.inner, ptr @shared, i32 0, i32 1)
  %18 = load i32, ptr %2
  call void %17(i32 %18) [ "kcfi"(i32 27004076) ]
  ret void
}

define void @share(ptr %0) !kcfi_type !11 {
  %2 = alloca ptr
  store ptr %0, ptr %2
  %3 = load ptr, ptr %2
  store ptr %3, ptr getelementptr (%struct.anon, ptr getelementptr (%struct.outer, ptr getelementptr ([2 x %struct.outer], ptr @many, i64 0, i64 1), i32 0, i32 2), i32 0, i32 1)
  call void @take(ptr @shared)
  ret void
}

declare !kcfi_type !12 void @take(ptr)

define void @callback(ptr %0, i32 %1) !kcfi_type !13 {
  %3 = alloca ptr
  %4 = alloca i32
  store ptr %0, ptr %3
  store i32 %1, ptr %4
  %5 = load ptr, ptr %3
  %6 = load i32, ptr %4
  call void %5(i32 %6) [ "kcfi"(i32 27004076) ]
  ret void
}

define void @pass(i32 %0) !kcfi_type !8 {
  %2 = alloca i32
  %3 = alloca ptr
  store i32 %0, ptr %2
  %4 = load i32, ptr %2
  call void @callback(ptr @f, i32 %4)
  %5 = call ptr @make()
  store ptr %5, ptr %3
  %6 = load ptr, ptr %3
  %7 = load i32, ptr %2
  call void %6(i32 %7) [ "kcfi"(i32 27004076) ]
  ret void
}

declare !kcfi_type !14 ptr @make()

define ptr @choose(i32 %0, ptr %1) !kcfi_type !15 {
  %3 = alloca i32
  %4 = alloca ptr
  store i32 %0, ptr %3
  store ptr %1, ptr %4
  %5 = load i32, ptr %3
  %6 = icmp ne i32 %5, 0
  br i1 %6, label %7, label %9

7:
  %8 = load ptr, ptr %4
  br label %10

9:
  br label %10

10:
  %11 = phi ptr [ %8, %7 ], [ @h, %9 ]
  ret ptr %11
}

define void @locals(i32 %0, ptr %1) !kcfi_type !16 {
  %3 = alloca i32
  %4 = alloca ptr
  %5 = alloca ptr
  %6 = alloca i32
  store i32 %0, ptr %3
  store ptr %1, ptr %4
  store ptr @g, ptr %5
  store i32 0, ptr %6
  br label %7

7:
  %8 = load i32, ptr %6
  %9 = load i32, ptr %3
  %10 = icmp slt i32 %8, %9
  br i1 %10, label %11, label %16

11:
  %12 = load ptr, ptr %4
  store ptr %12, ptr %5
  br label %13

13:
  %14 = load i32, ptr %6
  %15 = add i32 %14, 1
  store i32 %15, ptr %6
  br label %7

16:
  %17 = load ptr, ptr %5
  %18 = load i32, ptr %3
  call void %17(i32 %18) [ "kcfi"(i32 27004076) ]
  ret void
}

define void @indirect(ptr %0, ptr %1) !kcfi_type !19 {
  %3 = alloca ptr
  %4 = alloca ptr
  store ptr %0, ptr %3
  store ptr %1, ptr %4
  %5 = load ptr, ptr %3
  %6 = load ptr, ptr %4
  call void %5(ptr %6, ptr null) [ "kcfi"(i32 1294599304) ]
  %7 = load ptr, ptr %3
  call void %7(ptr @g, ptr null) [ "kcfi"(i32 1294599304) ]
  ret void
}

define void @copies(i32 %0) !kcfi_type !8 {
  %2 = alloca i32
  %3 = alloca %struct.inner
  %4 = alloca [2 x ptr]
  store i32 %0, ptr %2
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %3, ptr align 8 @shared, i64 16, i1 false)
  call void @take(ptr %3)
  %5 = getelementptr %struct.inner, ptr %3, i32 0, i32 1
  %6 = load ptr, ptr %5
  %7 = load i32, ptr %2
  call void %6(i32 %7) [ "kcfi"(i32 27004076) ]
  call void @llvm.memcpy.p0.p0.i64(ptr align 16 %4, ptr align 16 @__const.copies.t, i64 16, i1 false)
  %8 = load i32, ptr %2
  %9 = sext i32 %8 to i64
  %10 = getelementptr [2 x ptr], ptr %4, i64 0, i64 %9
  %11 = load ptr, ptr %10
  %12 = load i32, ptr %2
  call void %11(i32 %12) [ "kcfi"(i32 27004076) ]
  ret void
}

declare void @llvm.memcpy.p0.p0.i64(ptr noalias, ptr noalias, i64, i1 immarg)

define void @data(ptr %0, ptr %1) !kcfi_type !20 {
  %3 = alloca ptr
  %4 = alloca ptr
  store ptr %0, ptr %3
  store ptr %1, ptr %4
  %5 = load ptr, ptr %3
  %6 = getelementptr %struct.outer, ptr %5, i32 0, i32 0
  %7 = getelementptr %struct.inner, ptr %6, i32 0, i32 0
  store i64 1, ptr %7
  %8 = load ptr, ptr %4
  %9 = load ptr, ptr %3
  call void %8(ptr %9) [ "kcfi"(i32 -609447895) ]
  ret void
}

define i32 @compare(ptr %0) !kcfi_type !21 {
  %2 = alloca ptr
  store ptr %0, ptr %2
  %3 = load ptr, ptr %2
  %4 = icmp eq ptr %3, @g
  %5 = zext i1 %4 to i32
  ret i32 %5
}

!llvm.module.flags = !{!0, !1, !2, !3, !4, !5, !6}

!0 = !{i32 1, !"wchar_size", i32 4}
!1 = !{i32 4, !"kcfi", i32 1}
!2 = !{i32 4, !"kcfi-hash", !"xxHash64"}
!3 = !{i32 8, !"PIC Level", i32 2}
!4 = !{i32 7, !"PIE Level", i32 2}
!5 = !{i32 7, !"uwtable", i32 2}
!6 = !{i32 7, !"frame-pointer", i32 2}
!8 = !{i32 27004076}
!9 = !{i32 -808826845}
!10 = !{i32 1716330139}
!11 = !{i32 -1302768377}
!12 = !{i32 -196882099}
!13 = !{i32 320367008}
!14 = !{i32 1830809526}
!15 = !{i32 605907920}
!16 = !{i32 -341130482}
!19 = !{i32 1874655750}
!20 = !{i32 1369833193}
!21 = !{i32 -1159596258}

;--- o2.ll
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

%struct.outer = type { %struct.inner, %union.anon, %struct.anon, [3 x ptr] }
%struct.inner = type { i64, ptr }
%union.anon = type { ptr }
%struct.anon = type { i64, ptr }

@exported = global ptr @h
@fixed = internal constant [2 x ptr] [ptr @f, ptr @g]
@many = internal global [2 x %struct.outer] zeroinitializer
@shared = internal global %struct.inner { i64 1, ptr @f }
@__const.copies.t = private constant [2 x ptr] [ptr @f, ptr @h]

declare !kcfi_type !11 void @h(i32)

define void @fields(ptr %0, ptr %1) !kcfi_type !12 {
  %3 = getelementptr i8, ptr %0, i64 8
  store ptr %1, ptr %3, !tbaa !13
  %4 = getelementptr i8, ptr %0, i64 16
  store ptr @f, ptr %4, !tbaa !19
  %5 = getelementptr i8, ptr %0, i64 32
  store ptr @g, ptr %5, !tbaa !20
  %6 = getelementptr i8, ptr %0, i64 48
  store ptr %1, ptr %6, !tbaa !21
  ret void
}

declare !kcfi_type !11 void @f(i32)

declare !kcfi_type !11 void @g(i32)

define void @calls(ptr %0, i32 %1) !kcfi_type !22 {
  %3 = getelementptr i8, ptr %0, i64 8
  %4 = load ptr, ptr %3, !tbaa !13
  tail call void %4(i32 %1) [ "kcfi"(i32 27004076) ]
  %5 = getelementptr i8, ptr %0, i64 16
  %6 = load ptr, ptr %5, !tbaa !19
  tail call void %6(i32 %1) [ "kcfi"(i32 27004076) ]
  %7 = getelementptr i8, ptr %0, i64 32
  %8 = load ptr, ptr %7, !tbaa !20
  tail call void %8(i32 %1) [ "kcfi"(i32 27004076) ]
  %9 = getelementptr i8, ptr %0, i64 40
  %10 = sext i32 %1 to i64
  %11 = getelementptr ptr, ptr %9, i64 %10
  %12 = load ptr, ptr %11, !tbaa !21
  tail call void %12(i32 %1) [ "kcfi"(i32 27004076) ]
  ret void
}

define void @tables(i32 %0) !kcfi_type !11 {
  %2 = sext i32 %0 to i64
  %3 = getelementptr ptr, ptr @fixed, i64 %2
  %4 = load ptr, ptr %3, !tbaa !21
  tail call void %4(i32 %0) [ "kcfi"(i32 27004076) ]
  %5 = load ptr, ptr @exported, !tbaa !21
  tail call void %5(i32 %0) [ "kcfi"(i32 27004076) ]
  %6 = getelementptr %struct.outer, ptr @many, i64 %2
  %7 = getelementptr i8, ptr %6, i64 32
  %8 = load ptr, ptr %7, !tbaa !20
  tail call void %8(i32 %0) [ "kcfi"(i32 27004076) ]
  %9 = load ptr, ptr getelementptr (i8, ptr @shared, i64 8), !tbaa !23
  tail call void %9(i32 %0) [ "kcfi"(i32 27004076) ]
  ret void
}

define void @share(ptr %0) !kcfi_type !24 {
  store ptr %0, ptr getelementptr (i8, ptr @many, i64 96), !tbaa !20
  tail call void @take(ptr @shared)
  ret void
}

declare !kcfi_type !25 void @take(ptr) local_unnamed_addr

define void @callback(ptr %0, i32 %1) !kcfi_type !26 {
  tail call void %0(i32 %1) [ "kcfi"(i32 27004076) ]
  ret void
}

define void @pass(i32 %0) !kcfi_type !11 {
  tail call void @callback(ptr @f, i32 %0)
  %2 = tail call ptr @make()
  tail call void %2(i32 %0) [ "kcfi"(i32 27004076) ]
  ret void
}

declare !kcfi_type !27 ptr @make() local_unnamed_addr

define ptr @choose(i32 %0, ptr %1) !kcfi_type !28 {
  %3 = icmp eq i32 %0, 0
  %4 = select i1 %3, ptr @h, ptr %1
  ret ptr %4
}

define void @locals(i32 %0, ptr %1) !kcfi_type !29 {
  %3 = tail call i32 @llvm.smax.i32(i32 %0, i32 0)
  br label %4

4:
  %5 = phi ptr [ @g, %2 ], [ %1, %4 ]
  %6 = phi i32 [ 0, %2 ], [ %7, %4 ]
  %7 = add i32 %6, 1
  %8 = icmp eq i32 %6, %3
  br i1 %8, label %9, label %4

9:
  tail call void %5(i32 %0) [ "kcfi"(i32 27004076) ]
  ret void
}

define void @indirect(ptr %0, ptr %1) !kcfi_type !33 {
  tail call void %0(ptr %1, ptr null) [ "kcfi"(i32 1294599304) ]
  tail call void %0(ptr @g, ptr null) [ "kcfi"(i32 1294599304) ]
  ret void
}

define void @copies(i32 %0) !kcfi_type !11 {
  %2 = alloca %struct.inner
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 dereferenceable(16) %2, ptr align 8 dereferenceable(16) @shared, i64 16, i1 false), !tbaa.struct !34
  call void @take(ptr %2)
  %3 = getelementptr i8, ptr %2, i64 8
  %4 = load ptr, ptr %3, !tbaa !23
  call void %4(i32 %0) [ "kcfi"(i32 27004076) ]
  %5 = sext i32 %0 to i64
  %6 = getelementptr ptr, ptr @__const.copies.t, i64 %5
  %7 = load ptr, ptr %6, !tbaa !21
  call void %7(i32 %0) [ "kcfi"(i32 27004076) ]
  ret void
}

declare void @llvm.memcpy.p0.p0.i64(ptr noalias, ptr noalias, i64, i1 immarg)

define void @data(ptr %0, ptr %1) !kcfi_type !36 {
  store i64 1, ptr %0, !tbaa !37
  tail call void %1(ptr %0) [ "kcfi"(i32 -609447895) ]
  ret void
}

define i32 @compare(ptr %0) !kcfi_type !38 {
  %2 = icmp eq ptr %0, @g
  %3 = zext i1 %2 to i32
  ret i32 %3
}

declare i32 @llvm.smax.i32(i32, i32)

!llvm.module.flags = !{!0, !1, !2, !3, !4, !5}

!0 = !{i32 1, !"wchar_size", i32 4}
!1 = !{i32 4, !"kcfi", i32 1}
!2 = !{i32 4, !"kcfi-hash", !"xxHash64"}
!3 = !{i32 8, !"PIC Level", i32 2}
!4 = !{i32 7, !"PIE Level", i32 2}
!5 = !{i32 7, !"uwtable", i32 2}
!9 = !{!"omnipotent char", !10, i64 0}
!10 = !{!"Simple C/C++ TBAA"}
!11 = !{i32 27004076}
!12 = !{i32 -808826845}
!13 = !{!14, !17, i64 8}
!14 = !{!"outer", !15, i64 0, !9, i64 16, !18, i64 24, !9, i64 40}
!15 = !{!"inner", !16, i64 0, !17, i64 8}
!16 = !{!"long", !9, i64 0}
!17 = !{!"any pointer", !9, i64 0}
!18 = !{!"", !16, i64 0, !17, i64 8}
!19 = !{!9, !9, i64 0}
!20 = !{!14, !17, i64 32}
!21 = !{!17, !17, i64 0}
!22 = !{i32 1716330139}
!23 = !{!15, !17, i64 8}
!24 = !{i32 -1302768377}
!25 = !{i32 -196882099}
!26 = !{i32 320367008}
!27 = !{i32 1830809526}
!28 = !{i32 605907920}
!29 = !{i32 -341130482}
!33 = !{i32 1874655750}
!34 = !{i64 0, i64 8, !35, i64 8, i64 8, !21}
!35 = !{!16, !16, i64 0}
!36 = !{i32 1369833193}
!37 = !{!14, !16, i64 0}
!38 = !{i32 -1159596258}
