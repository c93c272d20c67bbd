; A function with a jump table in a section of its own, and an alias that sorts
; behind it, so that the disassembler shows the alias. A table of addresses in its
; code, as of computed goto, follows the code as well.
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

@places = internal constant [2 x ptr] [ptr blockaddress(@jump, %three), ptr blockaddress(@jump, %four)]

@zalias = alias i32 (i32), ptr @middle
@middle = alias i32 (i32), ptr @jump

declare i32 @outside(i32)

define i32 @jump(i32 %n) {
entry:
  switch i32 %n, label %default [
    i32 0, label %zero
    i32 1, label %one
    i32 2, label %two
    i32 3, label %indirect
    i32 4, label %four
  ]

zero:
  %zero.in = add i32 %n, 1000
  %zero.out = call i32 @outside(i32 %zero.in)
  ret i32 %zero.out

one:
  %one.out = call i32 @outside(i32 11)
  ret i32 %one.out

two:
  %two.out = call i32 @outside(i32 22)
  %more = mul i32 %two.out, %two.out
  ret i32 %more

indirect:
  %value = call i32 @outside(i32 33)
  %index = zext i32 %value to i64
  %slot = getelementptr [2 x ptr], ptr @places, i64 0, i64 %index
  %place = load ptr, ptr %slot, align 8
  indirectbr ptr %place, [label %three, label %four]

three:
  %three.out = call i32 @outside(i32 3)
  ret i32 %three.out

four:
  %four.out = call i32 @outside(i32 4)
  ret i32 %four.out

default:
  ret i32 0
}
