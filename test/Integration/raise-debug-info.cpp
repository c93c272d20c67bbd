// Types of C++: namespaces, templates, member functions, member pointers. What
// was declared only and what debug info does not tell stays an id.

// REQUIRES: clang
// RUN: %clang -x c++ -std=c++20 -w -g -fsanitize=kcfi -S -emit-llvm %s -o %t.ll
// RUN: kcfi-translate --import-llvm-ir %t.ll -o %t.mlir
// RUN: kcfi-opt --kcfi-raise-from-llvm=report=%t.json %t.mlir -o %t.raised.mlir
// RUN: FileCheck %s < %t.json
// RUN: FileCheck %s --check-prefix=MLIR < %t.raised.mlir
// RUN: kcfi-opt --kcfi-roundtrip-pipeline %t.mlir | kcfi-translate --kcfi-to-llvmir -o %t.plain.ll
// RUN: kcfi-opt --kcfi-roundtrip-pipeline %t.raised.mlir | kcfi-translate --kcfi-to-llvmir | diff %t.plain.ll -

// CHECK: "gaps": {
// CHECK-NEXT: "debug info does not tell the arguments of a template": 1,
// CHECK-NEXT: "debug info gives another type than the id": 1
// CHECK: "untyped": [
// CHECK: "function": "_Z8declaredPN2ns8DeclaredIiEE"
// CHECK: "function": "_Z8noThrow_PDoFvvE"
// CHECK-NOT: "function":

namespace ns {
template <class T> struct Box { struct In {}; T t; };
template <class T> struct Declared;
enum class Small : short { A };
template <int N, bool B, char C, Small E> struct Value { int a; };
template <class... T> struct Tuple { int a; };
template <template <class> class T> struct Apply { int a; };
inline namespace v1 { struct Inline { int a; }; }
} // namespace ns
namespace { struct Hidden { int a; }; }
namespace std {
template <class T> struct allocator {};
template <class T, class A = allocator<T>> struct vector { T *a; };
} // namespace std

struct S {
  int c(int) const; virtual int v(long) &; static int s(char); void r() &&;
  union { int a; } u;
};
// MLIR-DAG: llvm.func @_ZNK1S1cEi{{.*}} kcfi.implicit_object, kcfi.sig = !kcfi.fn<(c.int) -> c.int const>
int S::c(int) const { return 1; }
int S::v(long) & { return 0; }
int S::s(char) { return 1; }
void S::r() && {}

ns::Box<ns::Box<int>> b1; ns::Box<int>::In b2;
ns::Value<-3, true, 'c', ns::Small::A> b3; ns::Tuple<int, char> b4;
ns::Apply<ns::Box> b5; std::vector<int> b6;
// MLIR-DAG: tag<struct "Box" args [tag<struct "Box" args [c.int] in ["ns"]>] in ["ns"]>
void f1(ns::Box<ns::Box<int>> *, ns::Box<int> *, ns::Box<int>::In &) {}
// MLIR-DAG: tag<struct "Value" args [value<c.int, "-3">, value<c.bool, "1">, value<c.char, "99">, value<tag<enum "Small" in ["ns"]>, "0">] in ["ns"]>
void f2(ns::Value<-3, true, 'c', ns::Small::A> *, ns::Tuple<int, char> &&, ns::Apply<ns::Box> &) {}
void f3(const std::vector<int> &, ns::Inline *) {}
void f4(int S::*, int (S::*)(int) const, void (S::*)() &&) {}
void f5(wchar_t, char16_t, char32_t, char8_t, bool, decltype(nullptr)) {}
void f6(const S &, S &&, int (&)[3], int (&)(int)) {}
void f7(int (*)(...), int (*)(int, ...)) {}
void f8(...) {}
void f9(decltype(S::u) *) {}
static void f10(Hidden *) {}
void *take() { return (void *)f10; }
// A call through a pointer to member: the object comes first.
// MLIR-DAG: kcfi.call %{{.*}} {{.*}}implicit_object
int call(S *s, int (S::*m)(int)) { return (s->*m)(1); }

void declared(ns::Declared<int> *) {}
void noThrow_(void (*)() noexcept) {}
