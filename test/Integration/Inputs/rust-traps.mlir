// Four programs that are valid Rust and trap under rustc 1.95, each with the
// functions and vtables that rustc makes.

#FnOnce = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "FnOnce"] lang(fn_once)>
#Output = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "FnOnce", "Output"]>
#FnMut = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "FnMut"] lang(fn_mut)>
#Fn = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "Fn"] lang(fn)>
#Future = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["future", "future", "Future"]>
#FutureOutput = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["future", "future", "Future", "Output"]>
#Context = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["task", "wake", "Context"]>
#Poll = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["task", "poll", "Poll"]>
#Drop = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "drop", "Drop"]>
#Guard = #kcfi.rs.item<"traps" "s1_" ["Guard"]>
#reader = #kcfi.rs.item<"traps" "s1_" [value "main", closure]>
#tracked = #kcfi.rs.item<"traps" "s1_" [value "main", closure(1)]>
#body = #kcfi.rs.item<"traps" "s1_" [value "main", closure(2), closure]>

!drop = !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit>
!dyn_mut = !kcfi.rs.dyn<[trait #FnMut args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>
!dyn_fn = !kcfi.rs.dyn<[trait #Fn args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>
!dyn_once = !kcfi.rs.dyn<[trait #FnOnce args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>
!dyn_future = !kcfi.rs.dyn<[trait #Future, projection #FutureOutput = rs.i32]>
!reader = !kcfi.rs.closure<fn #reader, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>
!tracked = !kcfi.rs.closure<fn #tracked, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>
!body = !kcfi.rs.coroutine<async #body>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @FnOnce : !dyn_once dyn_compatible drop !drop {
    kcfi.method @call_once : !kcfi.rs.fn<(rs.param<"Self">, rs.i32) -> rs.i32> vtable_safe
  }
  kcfi.trait @FnMut : !dyn_mut dyn_compatible supertraits [@FnOnce] drop !drop {
    kcfi.method @call_mut : !kcfi.rs.fn<(rs.ref<mut rs.param<"Self">>, rs.i32) -> rs.i32> vtable_safe
  }
  kcfi.trait @Fn : !dyn_fn dyn_compatible supertraits [@FnMut] drop !drop {
    kcfi.method @call : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.i32) -> rs.i32> vtable_safe
  }
  kcfi.trait @Future : !dyn_future dyn_compatible drop !drop {
    kcfi.method @poll : !kcfi.rs.fn<(rs.ref<mut rs.param<"Self">>, rs.ref<mut rs.adt<#Context>>) -> rs.adt<#Poll, [rs.i32]>> vtable_safe
  }

  // 1. let mut c = move |x: i32| x + k;  call(&mut c)
  //    fn call(f: &mut dyn FnMut(i32) -> i32) -> i32 { f(1) }
  // The closure is an Fn; its body is in the vtable of FnMut.
  llvm.func internal @reader(%self: !llvm.ptr, %x: i32) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<!reader>, rs.i32) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<closure, object !dyn_fn, receiver rs.ref<rs.param<"Self">>>} {
    %p = kcfi.capture_address %self[0] of (i32)
    %k = llvm.load %p : !llvm.ptr -> i32
    %r = llvm.add %x, %k : i32
    llvm.return %r : i32
  }
  kcfi.vtable private @reader.as.FnMut : @FnMut for !reader size 4 align 4 slots [vacant, @reader]
  func.func @reader_vtable() -> !llvm.ptr {
    %vt = kcfi.vtable_address @reader.as.FnMut : !llvm.ptr
    return %vt : !llvm.ptr
  }
  func.func @call_mut(%data: !llvm.ptr, %vt: !llvm.ptr, %x: i32) -> i32 {
    %r = kcfi.call_virtual %data, %vt[@FnMut::@call_mut] (%x) : (!llvm.ptr, !llvm.ptr, i32) -> i32
    return %r : i32
  }

  // 2. let b: Box<dyn FnOnce(u8) -> _> = Box::new(async |x: u8| x as i32);
  //    let mut p: Pin<Box<dyn Future<Output = i32>>> = Box::pin(b(4));  p.as_mut().poll(cx)
  llvm.func internal @moved_body(%self: !llvm.ptr, %context: !llvm.ptr) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<mut !body>, rs.ref<mut rs.adt<#Context>>) -> rs.adt<#Poll, [rs.i32]>>,
    kcfi.callable = #kcfi.rs.callable<by_move_coroutine, object !dyn_future, receiver rs.ref<mut rs.param<"Self">>>} {
    %r = llvm.load %self : !llvm.ptr -> i32
    llvm.return %r : i32
  }
  kcfi.vtable private @body.as.Future : @Future for !body size 4 align 4 slots [@moved_body]
  func.func @future_vtable() -> !llvm.ptr {
    %vt = kcfi.vtable_address @body.as.Future : !llvm.ptr
    return %vt : !llvm.ptr
  }
  func.func @poll(%data: !llvm.ptr, %vt: !llvm.ptr, %context: !llvm.ptr) -> i32 {
    %r = kcfi.call_virtual %data, %vt[@Future::@poll] (%context) : (!llvm.ptr, !llvm.ptr, !llvm.ptr) -> i32
    return %r : i32
  }

  // 3. #[track_caller] |x: i32| x * k   behind &dyn Fn(i32) -> i32: the slot has a
  //    shim of Fn::call, which adds the location of the caller.
  llvm.func internal @tracked(%self: !llvm.ptr, %x: i32, %location: !llvm.ptr) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<!tracked>, rs.i32, rs.ref<rs.unit>) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<closure>} {
    %k = llvm.load %self : !llvm.ptr -> i32
    %r = llvm.mul %x, %k : i32
    llvm.return %r : i32
  }
  llvm.func internal @tracked_shim(%self: !llvm.ptr, %x: i32) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<!tracked>, rs.i32) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<declared_reify_shim, object !dyn_fn, receiver rs.ref<rs.param<"Self">>>} {
    %location = llvm.mlir.zero : !llvm.ptr
    %r = llvm.call @tracked(%self, %x, %location) : (!llvm.ptr, i32, !llvm.ptr) -> i32
    llvm.return %r : i32
  }
  kcfi.vtable private @tracked.as.Fn : @Fn for !tracked size 4 align 4 slots [vacant, vacant, @tracked_shim]
  func.func @tracked_vtable() -> !llvm.ptr {
    %vt = kcfi.vtable_address @tracked.as.Fn : !llvm.ptr
    return %vt : !llvm.ptr
  }
  func.func @call_fn(%data: !llvm.ptr, %vt: !llvm.ptr, %x: i32) -> i32 {
    %r = kcfi.call_virtual %data, %vt[@Fn::@call] (%x) : (!llvm.ptr, !llvm.ptr, i32) -> i32
    return %r : i32
  }

  // 4. fn drop_via(f: unsafe fn(*mut Guard), p: *mut Guard) { unsafe { f(p) } }
  //    drop_via(std::ptr::drop_in_place::<Guard>, &mut *guard);
  // In rustc 1.95 drop_in_place is the drop glue; as in 1.97, it is a function of
  // its own here.
  llvm.func internal @guard_drop(%self: !llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Guard>>) -> rs.unit unsafe>,
    kcfi.callable = #kcfi.rs.callable<drop_glue, object rs.dyn<[trait #Drop]>, receiver rs.ptr<mut rs.param<"Self">>>} {
    %gone = llvm.mlir.constant(-1 : i32) : i32
    llvm.store %gone, %self : i32, !llvm.ptr
    llvm.return
  }
  llvm.func internal @guard_drop_in_place(%self: !llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Guard>>) -> rs.unit unsafe>,
    kcfi.callable = #kcfi.rs.callable<item>} {
    llvm.call @guard_drop(%self) : (!llvm.ptr) -> ()
    llvm.return
  }
  func.func @drop_pointer() -> !kcfi.fnptr<rs.fn<(rs.ptr<mut rs.adt<#Guard>>) -> rs.unit unsafe>> {
    %f = kcfi.address_of @guard_drop_in_place : !kcfi.fnptr<rs.fn<(rs.ptr<mut rs.adt<#Guard>>) -> rs.unit unsafe>>
    return %f : !kcfi.fnptr<rs.fn<(rs.ptr<mut rs.adt<#Guard>>) -> rs.unit unsafe>>
  }
  func.func @drop_via(%f: !kcfi.fnptr<rs.fn<(rs.ptr<mut rs.adt<#Guard>>) -> rs.unit unsafe>>, %p: !llvm.ptr) {
    kcfi.call %f(%p) : !kcfi.fnptr<rs.fn<(rs.ptr<mut rs.adt<#Guard>>) -> rs.unit unsafe>>, (!llvm.ptr) -> ()
    return
  }
}
