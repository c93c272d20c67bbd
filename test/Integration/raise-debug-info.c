// Every function of this file is typed by its debug info, with every option that
// changes ids: the type has exactly clang's id.

// REQUIRES: clang
// RUN: %clang -w -g -fsanitize=kcfi -S -emit-llvm %s -o %t.0.ll
// RUN: %clang -w -g -O2 -fsanitize=kcfi -S -emit-llvm %s -o %t.1.ll
// RUN: %clang -w -g -fsanitize=kcfi -fsanitize-cfi-icall-experimental-normalize-integers -S -emit-llvm %s -o %t.2.ll
// RUN: %clang -w -g -fsanitize=kcfi -fsanitize-cfi-icall-generalize-pointers -S -emit-llvm %s -o %t.3.ll
// RUN: for n in 0 1 2 3; do \
// RUN:   kcfi-translate --import-llvm-ir %t.$n.ll -o %t.$n.mlir || exit 1; \
// RUN:   kcfi-opt --kcfi-raise-from-llvm=report=%t.$n.json %t.$n.mlir -o %t.$n.raised.mlir || exit 1; \
// RUN:   FileCheck %s < %t.$n.json || exit 1; \
// RUN:   kcfi-opt --kcfi-assign-type-ids --kcfi-verify-level=level=L3 %t.$n.raised.mlir -o /dev/null || exit 1; \
// RUN:   kcfi-opt --kcfi-roundtrip-pipeline %t.$n.mlir | kcfi-translate --kcfi-to-llvmir -o %t.$n.plain.ll || exit 1; \
// RUN:   kcfi-opt --kcfi-roundtrip-pipeline %t.$n.raised.mlir | kcfi-translate --kcfi-to-llvmir | diff %t.$n.plain.ll - || exit 1; \
// RUN: done
// RUN: FileCheck %s --check-prefix=PLAIN < %t.0.raised.mlir
// RUN: FileCheck %s --check-prefix=GENERALIZED < %t.3.raised.mlir

// CHECK: "definitions": {
// CHECK: "module_debug_info": 0,
// CHECK: "raw": 0
// CHECK: "gaps": {}
// CHECK: "calls_left": {}
// PLAIN: module attributes
// PLAIN-SAME: kcfi.encoding = #kcfi.encoding<hash = xxhash64>
// PLAIN: @f_tag{{.*}} kcfi.sig = !kcfi.fn<(ptr<tag<struct "S">>, tag<union "U">, tag<enum "E">, ptr<tag<struct "Anon">>, tag<enum "AnonE">, ptr<tag<struct "Inner">>) -> c.void>
// PLAIN: @f_kr{{.*}} kcfi.sig = !kcfi.fn<(c.int, c.int) -> c.int>
// GENERALIZED: module attributes
// GENERALIZED-SAME: kcfi.encoding = #kcfi.encoding<hash = xxhash64, generalize_pointers>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>
#include <uchar.h>
struct S { int a; struct Inner { int x; } i; };
typedef struct { int a; } Anon;
typedef enum { AE1 } AnonE;
enum E { E1 };
union U { int a; };
typedef int v4 __attribute__((vector_size(16)));
typedef float e4 __attribute__((ext_vector_type(4)));
typedef int fn_t(int);
_Bool f_bool(_Bool a, char b, signed char c, unsigned char d) { return a; }
short f_sh(short a, unsigned short b, int c, unsigned d, long e, unsigned long f, long long g, unsigned long long h){return a;}
__int128 f_i128(__int128 a, unsigned __int128 b){return a;}
_Float16 f_f16(_Float16 a, __bf16 b, float c, double d, long double e, __float128 f){return a;}
void f_bit(_BitInt(7) a, unsigned _BitInt(130) b){}
const int f_cret(void){return 1;}
char *const f_ccret(void){return 0;}
void f_q(const char *a, volatile int *b, char *restrict c, const volatile int *const *d, int *restrict *e){}
void f_at(_Atomic int *a, _Atomic(struct S) *b){}
void f_tag(struct S *a, union U b, enum E c, Anon *d, AnonE f, struct Inner *g){}
void f_arr(int (*a)[10], int (*b)[], int (*c)[2][3], int d[5], const int (*e)[4]){}
void f_vla(int n, int (*a)[n]){}
void f_vec(v4 a, e4 *b){}
void f_fp(int (*a)(int), fn_t *b, fn_t c, void (*d)(void), int (*e)(), int (*f)(const char *, ...)){}
int f_va(const char *a, ...){return 0;}
int f_np(){return 0;}
int f_kr(a,b) int a; char b; {return a;}
void f_valist(va_list a, va_list *b){}
void f_std(size_t a, ptrdiff_t b, wchar_t c, char16_t d, char32_t e, uint8_t f, int64_t g, intptr_t h){}
__attribute__((noreturn)) void f_nr(int a){ for(;;);}
void __attribute__((ms_abi)) f_ms(int a, void (__attribute__((ms_abi)) *b)(int)){}
void __attribute__((vectorcall)) f_vc(int a){}
void __attribute__((preserve_most)) f_pm(int a){}
void f_local(void (*cb)(void*)){ struct L { int a; }; void g(struct L*); g(0); }
void f_blk(void *a, const void *b, void **c){}
int use(int (*p)(struct S *, long)) { return p(0, 1); }
extern int ext_decl(double, struct S*);
int call_ext(void) { return ext_decl(1.0, 0); }
extern int ext_taken(float);
void *take(void) { return (void*)ext_taken; }
struct Nest { struct { int z; } in; enum { NA } en; };
void f_nest(__typeof__(((struct Nest*)0)->in) *p){}
typedef int (*AnonFP)(Anon, Anon*);
AnonFP f_ret(AnonFP *p){return 0;}

enum E f_kr2(enum E a, char b);
enum E f_kr2(a, b) enum E a; char b; { return a; }
