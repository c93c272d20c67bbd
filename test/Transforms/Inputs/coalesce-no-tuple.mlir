// An `Fn` object whose arguments are not a tuple.
#Fn = #kcfi.rs.item<"core" "s1_" ["ops", "function", "Fn"] lang(fn)>
#Output = #kcfi.rs.item<"core" "s1_" ["ops", "function", "FnOnce", "Output"]>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func private @f(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.i32>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<closure, object rs.dyn<[trait #Fn args [rs.i32], projection #Output args [rs.i32] = rs.i32]>, receiver rs.ref<rs.param<"Self">>>}
}
