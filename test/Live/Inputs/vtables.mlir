// The traits and vtables of vtables.rs.

#A = #kcfi.rs.item<"vtables" "s_" ["A"]>
#B = #kcfi.rs.item<"vtables" "s_" ["B"]>
#Empty = #kcfi.rs.item<"vtables" "s_" ["Empty"]>
#OverB = #kcfi.rs.item<"vtables" "s_" ["OverB"]>
#Chain = #kcfi.rs.item<"vtables" "s_" ["Chain"]>
#Two = #kcfi.rs.item<"vtables" "s_" ["Two"]>
#Left = #kcfi.rs.item<"vtables" "s_" ["Left"]>
#Right = #kcfi.rs.item<"vtables" "s_" ["Right"]>
#Diamond = #kcfi.rs.item<"vtables" "s_" ["Diamond"]>
#EmptyFirst = #kcfi.rs.item<"vtables" "s_" ["EmptyFirst"]>
#EmptyBetween = #kcfi.rs.item<"vtables" "s_" ["EmptyBetween"]>
#NoOwn = #kcfi.rs.item<"vtables" "s_" ["NoOwn"]>
#Deep = #kcfi.rs.item<"vtables" "s_" ["Deep"]>
#S = #kcfi.rs.item<"vtables" "s_" ["S"]>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
    kcfi.method @a1 : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.u8> vtable_safe
    kcfi.method @sized : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit>
    kcfi.method @a2 : !kcfi.rs.fn<(rs.ref<mut rs.param<"Self">>) -> rs.unit> vtable_safe
  }
  kcfi.trait @B : !kcfi.rs.dyn<[trait #B]> dyn_compatible {
    kcfi.method @b : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
  }
  kcfi.trait @Empty : !kcfi.rs.dyn<[trait #Empty]> dyn_compatible {}
  kcfi.trait @OverB : !kcfi.rs.dyn<[trait #OverB]> dyn_compatible supertraits [@B] {}
  kcfi.trait @Chain : !kcfi.rs.dyn<[trait #Chain]> dyn_compatible supertraits [@A] {
    kcfi.method @chain : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
  }
  kcfi.trait @Two : !kcfi.rs.dyn<[trait #Two]> dyn_compatible supertraits [@A, @B] {
    kcfi.method @two : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
  }
  kcfi.trait @Left : !kcfi.rs.dyn<[trait #Left]> dyn_compatible supertraits [@A] {
    kcfi.method @left : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
  }
  kcfi.trait @Right : !kcfi.rs.dyn<[trait #Right]> dyn_compatible supertraits [@A] {
    kcfi.method @right : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
  }
  kcfi.trait @Diamond : !kcfi.rs.dyn<[trait #Diamond]> dyn_compatible supertraits [@Left, @Right] {
    kcfi.method @diamond : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
  }
  kcfi.trait @EmptyFirst : !kcfi.rs.dyn<[trait #EmptyFirst]> dyn_compatible supertraits [@Empty, @B] {
    kcfi.method @empty_first : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
  }
  kcfi.trait @EmptyBetween : !kcfi.rs.dyn<[trait #EmptyBetween]> dyn_compatible supertraits [@A, @Empty, @B] {
    kcfi.method @empty_between : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
  }
  kcfi.trait @NoOwn : !kcfi.rs.dyn<[trait #NoOwn]> dyn_compatible supertraits [@A, @OverB] {
    kcfi.method @no_own : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
  }
  kcfi.trait @Deep : !kcfi.rs.dyn<[trait #Deep]> dyn_compatible supertraits [@Chain, @Diamond] {
    kcfi.method @deep : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
  }

  llvm.func @a1(!llvm.ptr) -> i8 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.u8>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #A]>, receiver rs.ref<rs.param<"Self">>>}
  llvm.func @a2(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.adt<#S>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #A]>, receiver rs.ref<mut rs.param<"Self">>>}
  llvm.func @b(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #B]>, receiver rs.ref<rs.param<"Self">>>}
  llvm.func @chain(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Chain]>, receiver rs.ref<rs.param<"Self">>>}
  llvm.func @two(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Two]>, receiver rs.ref<rs.param<"Self">>>}
  llvm.func @left(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Left]>, receiver rs.ref<rs.param<"Self">>>}
  llvm.func @right(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Right]>, receiver rs.ref<rs.param<"Self">>>}
  llvm.func @diamond(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Diamond]>, receiver rs.ref<rs.param<"Self">>>}
  llvm.func @empty_first(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #EmptyFirst]>, receiver rs.ref<rs.param<"Self">>>}
  llvm.func @empty_between(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #EmptyBetween]>, receiver rs.ref<rs.param<"Self">>>}
  llvm.func @no_own(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #NoOwn]>, receiver rs.ref<rs.param<"Self">>>}
  llvm.func @deep(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Deep]>, receiver rs.ref<rs.param<"Self">>>}

  kcfi.vtable private @S.B : @B for !kcfi.rs.adt<#S> size 0 align 1 slots [@b]
  kcfi.vtable private @S.OverB : @OverB for !kcfi.rs.adt<#S> size 0 align 1 slots [@b]
  kcfi.vtable private @S.Right : @Right for !kcfi.rs.adt<#S> size 0 align 1 slots [@a1, @a2, @right]
  kcfi.vtable private @S.Chain : @Chain for !kcfi.rs.adt<#S> size 0 align 1 slots [@a1, @a2, @chain]
  kcfi.vtable private @S.Two : @Two for !kcfi.rs.adt<#S> size 0 align 1 slots [@a1, @a2, @b, @S.B, @two]
  kcfi.vtable private @S.Diamond : @Diamond for !kcfi.rs.adt<#S> size 0 align 1 slots [@a1, @a2, @left, @right, @S.Right, @diamond]
  kcfi.vtable private @S.Left : @Left for !kcfi.rs.adt<#S> size 0 align 1 slots [@a1, @a2, @left]
  kcfi.vtable private @S.EmptyFirst : @EmptyFirst for !kcfi.rs.adt<#S> size 0 align 1 slots [@b, @empty_first]
  kcfi.vtable private @S.EmptyBetween : @EmptyBetween for !kcfi.rs.adt<#S> size 0 align 1 slots [@a1, @a2, @b, @S.B, @empty_between]
  kcfi.vtable private @S.NoOwn : @NoOwn for !kcfi.rs.adt<#S> size 0 align 1 slots [@a1, @a2, @b, @S.B, @S.OverB, @no_own]
  kcfi.vtable private @S.Deep : @Deep for !kcfi.rs.adt<#S> size 0 align 1 slots [@a1, @a2, @chain, @left, @S.Left, @right, @S.Right, @diamond, @S.Diamond, @deep]

  llvm.func @call_b(%data: !llvm.ptr, %vt: !llvm.ptr) {
    kcfi.call_virtual %data, %vt of @NoOwn[@B::@b] () : (!llvm.ptr, !llvm.ptr) -> ()
    llvm.return
  }
  llvm.func @call_deep(%data: !llvm.ptr, %vt: !llvm.ptr) {
    kcfi.call_virtual %data, %vt[@Deep::@deep] () : (!llvm.ptr, !llvm.ptr) -> ()
    llvm.return
  }
  llvm.func @call_right(%data: !llvm.ptr, %vt: !llvm.ptr) {
    kcfi.call_virtual %data, %vt of @Deep[@Right::@right] () : (!llvm.ptr, !llvm.ptr) -> ()
    llvm.return
  }
  llvm.func @upcast_deep(%vt: !llvm.ptr) -> !llvm.ptr {
    %r = kcfi.upcast %vt : @Deep to @Diamond
    llvm.return %r : !llvm.ptr
  }
  llvm.func @upcast_no_own(%vt: !llvm.ptr) -> !llvm.ptr {
    %r = kcfi.upcast %vt : @NoOwn to @OverB
    llvm.return %r : !llvm.ptr
  }
  llvm.func @upcast_start(%vt: !llvm.ptr) -> !llvm.ptr {
    %r = kcfi.upcast %vt : @Deep to @Chain
    llvm.return %r : !llvm.ptr
  }
  llvm.func @upcast_two(%vt: !llvm.ptr) -> !llvm.ptr {
    %r = kcfi.upcast %vt : @Two to @B
    llvm.return %r : !llvm.ptr
  }
}
