// Traits, vtables, closures and fn pointers. Lines behind 'FORGED' are a second
// program, with vtables that no compiler would make.

#Named = #kcfi.rs.item<"shapes" "s1_" ["Named"]>
#Scale = #kcfi.rs.item<"shapes" "s1_" ["Scale"]>
#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
#Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>
#Drop = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "drop", "Drop"]>
#FnOnce = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "FnOnce"]>
#Output = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "FnOnce", "Output"]>
#FnMut = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "FnMut"]>
#Fn = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "Fn"]>
#adder = #kcfi.rs.item<"shapes" "s1_" [value "main", closure]>
#plain = #kcfi.rs.item<"shapes" "s1_" [value "main", closure(1)]>
#counter = #kcfi.rs.item<"shapes" "s1_" [value "main", closure(2)]>
#twice = #kcfi.rs.item<"shapes" "s1_" [value "twice"]>

!drop = !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit>
!dyn_once = !kcfi.rs.dyn<[trait #FnOnce args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>
!dyn_mut = !kcfi.rs.dyn<[trait #FnMut args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>
!dyn_fn = !kcfi.rs.dyn<[trait #Fn args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>
!adder = !kcfi.rs.closure<fn #adder, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>
!plain = !kcfi.rs.closure<fn #plain, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures []>
!counter = !kcfi.rs.closure<fn_mut #counter, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>
!pointer = !kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32>>

#is_fn = #kcfi.rs.callable<closure, object rs.dyn<[trait #Fn args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>, receiver rs.ref<rs.param<"Self">>>
#is_fn_mut = #kcfi.rs.callable<closure, object rs.dyn<[trait #FnMut args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>, receiver rs.ref<mut rs.param<"Self">>>

module attributes {llvm.target_triple = "TRIPLE"} {
  // trait Named { fn id(&self) -> i32; }
  kcfi.trait @Named : !kcfi.rs.dyn<[trait #Named]> dyn_compatible {
    kcfi.method @id : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.i32> vtable_safe
  }
  // trait Scale { fn scale(&mut self, k: i32); }
  kcfi.trait @Scale : !kcfi.rs.dyn<[trait #Scale]> dyn_compatible drop !drop {
    kcfi.method @scale : !kcfi.rs.fn<(rs.ref<mut rs.param<"Self">>, rs.i32) -> rs.unit> vtable_safe
  }
  // trait Shape: Named + Scale { fn area(&self, k: i32) -> i32; }
  kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible supertraits [@Named, @Scale] drop !drop {
    kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.i32) -> rs.i32> vtable_safe
  }
  kcfi.trait @FnOnce : !dyn_once dyn_compatible drop !drop {
    kcfi.method @call_once : !kcfi.rs.fn<(rs.param<"Self">, rs.i32) -> rs.i32> vtable_safe
  }
  kcfi.trait @FnMut : !dyn_mut dyn_compatible supertraits [@FnOnce] drop !drop {
    kcfi.method @call_mut : !kcfi.rs.fn<(rs.ref<mut rs.param<"Self">>, rs.i32) -> rs.i32> vtable_safe
  }
  kcfi.trait @Fn : !dyn_fn dyn_compatible supertraits [@FnMut] drop !drop {
    kcfi.method @call : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.i32) -> rs.i32> vtable_safe
  }

  // struct Square(i32);
  llvm.func internal @square_id(%self: !llvm.ptr) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Named]>, receiver rs.ref<rs.param<"Self">>>} {
    %id = llvm.mlir.constant(7 : i32) : i32
    llvm.return %id : i32
  }
  llvm.func internal @square_scale(%self: !llvm.ptr, %k: i32) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.adt<#Square>>, rs.i32) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Scale]>, receiver rs.ref<mut rs.param<"Self">>>} {
    %side = llvm.load %self : !llvm.ptr -> i32
    %scaled = llvm.mul %side, %k : i32
    llvm.store %scaled, %self : i32, !llvm.ptr
    llvm.return
  }
  llvm.func internal @square_area(%self: !llvm.ptr, %k: i32) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>, rs.i32) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>} {
    %side = llvm.load %self : !llvm.ptr -> i32
    %area = llvm.mul %side, %side : i32
    %sum = llvm.add %area, %k : i32
    llvm.return %sum : i32
  }
  // Leaves a trace.
  llvm.func internal @square_drop(%self: !llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Square>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<drop_glue, object rs.dyn<[trait #Drop]>, receiver rs.ptr<mut rs.param<"Self">>>} {
    %gone = llvm.mlir.constant(-1 : i32) : i32
    llvm.store %gone, %self : i32, !llvm.ptr
    llvm.return
  }
  kcfi.vtable private @Square.as.Scale : @Scale for !kcfi.rs.adt<#Square> size 4 align 4 drop @square_drop slots [@square_scale]
  kcfi.vtable private @Square.as.Shape : @Shape for !kcfi.rs.adt<#Square> size 4 align 4 drop @square_drop
    slots [@square_id, @square_scale, @Square.as.Scale, @square_area]
  // Needs no drop glue.
  kcfi.vtable private @i32.as.Scale : @Scale for !kcfi.rs.i32 size 4 align 4 slots [vacant]
  // FORGED kcfi.vtable private @forged.slot : @Shape for !kcfi.rs.adt<#Square> size 4 align 4 slots [@square_id, @square_scale, @Square.as.Scale, @square_id]
  // FORGED kcfi.vtable private @forged.drop : @Scale for !kcfi.rs.adt<#Square> size 4 align 4 drop @square_id slots [@square_scale]
  // FORGED kcfi.vtable private @forged.kind : @Fn for !counter size 4 align 4 slots [vacant, vacant, @counter]
  // FORGED func.func @forged_slot_vtable() -> !llvm.ptr {
  // FORGED   %vt = kcfi.vtable_address @forged.slot : !llvm.ptr
  // FORGED   return %vt : !llvm.ptr
  // FORGED }
  // FORGED func.func @forged_drop_vtable() -> !llvm.ptr {
  // FORGED   %vt = kcfi.vtable_address @forged.drop : !llvm.ptr
  // FORGED   return %vt : !llvm.ptr
  // FORGED }
  // FORGED func.func @forged_kind_vtable() -> !llvm.ptr {
  // FORGED   %vt = kcfi.vtable_address @forged.kind : !llvm.ptr
  // FORGED   return %vt : !llvm.ptr
  // FORGED }

  func.func @square_vtable() -> !llvm.ptr {
    %vt = kcfi.vtable_address @Square.as.Shape : !llvm.ptr
    return %vt : !llvm.ptr
  }
  func.func @i32_vtable() -> !llvm.ptr {
    %vt = kcfi.vtable_address @i32.as.Scale : !llvm.ptr
    return %vt : !llvm.ptr
  }
  func.func @call_area(%data: !llvm.ptr, %vt: !llvm.ptr, %k: i32) -> i32 {
    %r = kcfi.call_virtual %data, %vt[@Shape::@area] (%k) : (!llvm.ptr, !llvm.ptr, i32) -> i32
    return %r : i32
  }
  func.func @call_id(%data: !llvm.ptr, %vt: !llvm.ptr) -> i32 {
    %r = kcfi.call_virtual %data, %vt of @Shape[@Named::@id] () : (!llvm.ptr, !llvm.ptr) -> i32
    return %r : i32
  }
  // Through the vtable of the supertrait.
  func.func @upcast_and_scale(%data: !llvm.ptr, %vt: !llvm.ptr, %k: i32) {
    %scale = kcfi.upcast %vt : @Shape to @Scale
    kcfi.call_virtual %data, %scale[@Scale::@scale] (%k) : (!llvm.ptr, !llvm.ptr, i32) -> ()
    return
  }
  func.func @drop_object(%data: !llvm.ptr, %vt: !llvm.ptr) {
    kcfi.drop_virtual %data, %vt of @Scale
    return
  }

  // |x: i32| x + k
  llvm.func internal @adder(%self: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.callable = #is_fn,
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #adder, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>>, rs.i32) -> rs.i32>} {
    %p = kcfi.capture_address %self[0] of (i32)
    %k = llvm.load %p : !llvm.ptr -> i32
    %r = llvm.add %x, %k : i32
    llvm.return %r : i32
  }
  // |x: i32| x * 3
  func.func private @plain(%self: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.callable = #is_fn,
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #plain, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures []>>, rs.i32) -> rs.i32>} {
    %k = llvm.mlir.constant(3 : i32) : i32
    %r = llvm.mul %x, %k : i32
    return %r : i32
  }
  // |x: i32| { n += x; n }
  func.func private @counter(%self: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.callable = #is_fn_mut,
    kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.closure<fn_mut #counter, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>>, rs.i32) -> rs.i32>} {
    %p = kcfi.capture_address %self[0] of (i32)
    %n = llvm.load %p : !llvm.ptr -> i32
    %r = llvm.add %n, %x : i32
    llvm.store %r, %p : i32, !llvm.ptr
    return %r : i32
  }
  // fn twice(x: i32) -> i32
  func.func @twice(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32>} {
    %r = llvm.add %x, %x : i32
    return %r : i32
  }

  func.func @make_adder(%storage: !llvm.ptr, %k: i32) -> !llvm.ptr {
    %data = kcfi.create_closure @adder(%k) in %storage : i32
    return %data : !llvm.ptr
  }
  func.func @make_counter(%storage: !llvm.ptr, %n: i32) -> !llvm.ptr {
    %data = kcfi.create_closure @counter(%n) in %storage : i32
    return %data : !llvm.ptr
  }
  func.func @adder_vtable() -> !llvm.ptr {
    %vt = kcfi.as_fn_object @adder as @Fn for !adder size 4 align 4 drop @square_drop
    return %vt : !llvm.ptr
  }
  func.func @counter_vtable() -> !llvm.ptr {
    %vt = kcfi.as_fn_object @counter as @FnMut for !counter size 4 align 4
    return %vt : !llvm.ptr
  }
  func.func @item_vtable() -> !llvm.ptr {
    %vt = kcfi.as_fn_object @twice as @Fn for !kcfi.rs.fn_item<#twice>
    return %vt : !llvm.ptr
  }
  func.func @pointer_vtable() -> !llvm.ptr {
    %vt = kcfi.as_fn_object as @Fn for !kcfi.rs.fn<(rs.i32) -> rs.i32> : (i32) -> i32
    return %vt : !llvm.ptr
  }
  func.func @plain_pointer() -> !pointer {
    %p = kcfi.closure_as_fn @plain : !pointer
    return %p : !pointer
  }
  func.func @call_pointer(%p: !pointer, %x: i32) -> i32 {
    %r = kcfi.call %p(%x) : !pointer, (i32) -> i32
    return %r : i32
  }
  func.func @call_fn(%data: !llvm.ptr, %vt: !llvm.ptr, %x: i32) -> i32 {
    %r = kcfi.call_virtual %data, %vt[@Fn::@call] (%x) : (!llvm.ptr, !llvm.ptr, i32) -> i32
    return %r : i32
  }
  // The vtable is that of a dyn Fn or dyn FnMut: the layouts start alike.
  func.func @call_fn_mut(%data: !llvm.ptr, %vt: !llvm.ptr, %x: i32) -> i32 {
    %r = kcfi.call_virtual %data, %vt[@FnMut::@call_mut] (%x) : (!llvm.ptr, !llvm.ptr, i32) -> i32
    return %r : i32
  }
  func.func @call_fn_once(%data: !llvm.ptr, %vt: !llvm.ptr, %x: i32) -> i32 {
    %once = kcfi.upcast %vt : @Fn to @FnOnce
    %r = kcfi.call_virtual %data, %once[@FnOnce::@call_once] (%x) : (!llvm.ptr, !llvm.ptr, i32) -> i32
    return %r : i32
  }
}
