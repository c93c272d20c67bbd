; H44: the padding between prefix data and a function of x86-64 follows from
; options and attributes that may come after the export: -align-all-functions of
; the back end, and minsize or optsize, which passes may give to cold functions.
; An entry in prefix data is an alias a fixed distance in front of the function.
; With other padding it no longer comes right behind its id, and right calls
; through it trap. Nothing else can happen: wrong calls trap as well.
;
; What we do: the form 'fallthrough' takes LLVM's padding as it is without these.
; If this test fails because there is an error, or the distance to prefix data
; can be had in another way: use that.

; RUN: llc -filetype=obj -o %t.o %s
; RUN: llvm-objdump -s -t %t.o | FileCheck %s --check-prefixes=CHECK,RIGHT
; RUN: llc -align-all-functions=6 -filetype=obj -o %t.o %s
; RUN: llvm-objdump -s -t %t.o | FileCheck %s --check-prefixes=CHECK,LARGE
; RUN: sed -e 's/ prefix / minsize prefix /' %s | llc -filetype=obj -o %t.o
; RUN: llvm-objdump -s -t %t.o | FileCheck %s --check-prefixes=CHECK,SMALL

; The id of the entry @e is 0x55667788. It ends 16 bytes behind the start.
; RIGHT-DAG: 0000000000000010 g{{ *}}F .text{{.*}} e{{$}}
; LARGE-DAG: 0000000000000040 g{{ *}}F .text{{.*}} e{{$}}
; SMALL-DAG: 0000000000000008 g{{ *}}F .text{{.*}} e{{$}}
; CHECK:     0000 00000000 00000000 000000b8 88776655

target triple = "x86_64-unknown-linux-gnu"

@e = alias void (), getelementptr (i8, ptr @f, i64 -16)

define void @f() prefix [16 x i8] c"\00\00\00\00\00\00\00\00\00\00\00\B8\88\77\66\55" !kcfi_type !1 {
  ret void
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
