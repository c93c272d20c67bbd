// RUN: kcfi-opt -split-input-file -verify-diagnostics %s

llvm.func @f()
// expected-error@+1 {{'kcfi.carried_bodies' op has no bitcode: the resource is not in the file}}
kcfi.carried_bodies dense_resource<absent> : tensor<4xi8> symbols {f = @f} taken []

// -----

llvm.func @f()
// expected-error@+1 {{'kcfi.carried_bodies' op has a resource that is no bitcode}}
kcfi.carried_bodies dense_resource<body> : tensor<4xi8> symbols {f = @f} taken []
{-#
  dialect_resources: { builtin: { body: "0x0100000001020304" } }
#-}

// -----

// expected-error@+1 {{'kcfi.carried_bodies' op symbol 'f' is not defined}}
kcfi.carried_bodies dense_resource<body> : tensor<4xi8> symbols {f = @f} taken []
{-#
  dialect_resources: { builtin: { body: "0x010000004243C0DE" } }
#-}

// -----

// expected-error@+1 {{'kcfi.carried_bodies' op needs a symbol for 'f', found 1 : i32}}
kcfi.carried_bodies dense_resource<body> : tensor<4xi8> symbols {f = 1 : i32} taken []
{-#
  dialect_resources: { builtin: { body: "0x010000004243C0DE" } }
#-}

// -----

kcfi.carried_bodies dense_resource<body> : tensor<4xi8> symbols {} taken []
// expected-error@+1 {{'kcfi.carried_bodies' op stands twice in one module}}
kcfi.carried_bodies dense_resource<body> : tensor<4xi8> symbols {} taken []
{-#
  dialect_resources: { builtin: { body: "0x010000004243C0DE" } }
#-}

// -----

// expected-error@+1 {{'kcfi.carried' belongs on a declaration, an 'llvm.func' or 'llvm.mlir.global' without a body}}
llvm.func @f() attributes {kcfi.carried = "why"} {
  llvm.return
}

// -----

// expected-error@+1 {{'kcfi.carried' belongs on a declaration, an 'llvm.func' or 'llvm.mlir.global' without a body}}
llvm.mlir.global external @g(1 : i32) {kcfi.carried = "why"} : i32

// -----

// expected-error@+1 {{'kcfi.carried' must be a string that says why, found 1 : i32}}
llvm.func @f() attributes {kcfi.carried = 1 : i32}

// -----

// expected-error@+1 {{'kcfi.stand_in' belongs on an 'llvm.func' without a body}}
llvm.func @f() attributes {kcfi.stand_in = "call.0"} {
  llvm.return
}
