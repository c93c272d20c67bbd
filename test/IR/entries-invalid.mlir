// RUN: kcfi-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{'kcfi.entry' op symbol 'f' is not defined}}
kcfi.entry @e of @f : !kcfi.fn<() -> c.void>

// -----

// expected-note@+1 {{symbol is here}}
kcfi.signature @f : !kcfi.fn<() -> c.void>
// expected-error@+1 {{'kcfi.entry' op 'f' is not a function}}
kcfi.entry @e of @f : !kcfi.fn<() -> c.void>

// -----

func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>}
// expected-error@+1 {{'kcfi.entry' op attribute 'signature' failed to satisfy constraint: a '!kcfi.fn', '!kcfi.rs.fn', '!kcfi.encoded' or '!kcfi.raw' type (found '!kcfi.c.int')}}
kcfi.entry @e of @f : !kcfi.c.int

// -----

func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>}
// expected-note@+1 {{function is here}}
kcfi.entry @e of @f : !kcfi.fn<() -> c.int>
func.func @get() -> !kcfi.fnptr<() -> c.void> {
  // expected-error@+1 {{function 'e' has signature 'int (void)', the result points to 'void (void)'}}
  %f = kcfi.address_of @e : !kcfi.fnptr<() -> c.void>
  return %f : !kcfi.fnptr<() -> c.void>
}

// -----

func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>}
// expected-error@+1 {{'kcfi.entry' op attribute 'alignment' failed to satisfy constraint: 32-bit signless integer attribute whose value is a power of two up to 1024}}
kcfi.entry @e of @f : !kcfi.fn<() -> c.void> align 48

// -----

func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>}
// expected-error@+1 {{'kcfi.entry' op attribute 'alignment' failed to satisfy constraint: 32-bit signless integer attribute whose value is a power of two up to 1024}}
kcfi.entry @e of @f : !kcfi.fn<() -> c.void> align 2048

// -----

func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>}
// expected-error@+1 {{'kcfi.entry' op attribute 'alignment' failed to satisfy constraint: 32-bit signless integer attribute whose value is a power of two up to 1024}}
kcfi.entry @e of @f : !kcfi.fn<() -> c.void> align -8
