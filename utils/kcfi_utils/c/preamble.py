#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The declarations that generated C and C++ functions refer to."""

C_PREAMBLE = """
struct S0 { int x; }; struct S1 { char c[3]; }; struct task_struct { long l; };
union U0 { int i; float f; }; union a_union_with_a_long_name { double d; };
enum E0 { E0_A }; enum another_enumeration { AE_A = -1 };
typedef struct { int a; } AnonS; typedef union { int a; } AnonU;
typedef enum { AnonE_A } AnonE;
struct Nest { struct Inner { int x; } i; enum InnerE { IE } e; };
"""

C_TAGS = [
    ("struct", "S0"),
    ("struct", "S1"),
    ("struct", "task_struct"),
    ("union", "U0"),
    ("union", "a_union_with_a_long_name"),
    ("enum", "E0"),
    ("enum", "another_enumeration"),
    ("struct", "AnonS"),
    ("union", "AnonU"),
    ("enum", "AnonE"),
    ("struct", "Nest"),
    ("struct", "Inner"),
    ("enum", "InnerE"),
]

C_TYPEDEF_TAGS = ("AnonS", "AnonU", "AnonE")

CXX_PREAMBLE = """
struct S0 { int x; }; class C0 { int x; }; union U0 { int i; };
enum E0 { E0_A, E0_B = -5 }; enum class EC0 : short { A };
typedef struct { int a; } AnonS;
template <class T> struct Box { struct In { struct Deep {}; }; enum E { V };
  template <class U> struct MT { struct Z {}; }; struct { T *x; } m0;
  struct { int y; } m1; };
template <class T, class U> struct Two { union In {}; };
template <class... T> struct Var { struct In {}; };
template <class A, class... T> struct Var1 { };
template <int N> struct NInt { struct In {}; };
template <unsigned N> struct NUInt { }; template <bool N> struct NBool { };
template <char N> struct NChar { }; template <signed char N> struct NSChar { };
template <long long N> struct NLL { };
template <unsigned long long N> struct NULL_ { };
template <unsigned char N> struct NUChar { };
template <unsigned long N> struct NULong { };
template <wchar_t N> struct NWChar { }; template <char16_t N> struct NC16 { };
template <E0 N> struct NE0 { };
template <int... N> struct NPack { };
template <class T, T N> struct TV { };
template <int *P> struct NPtr { };
template <template <class> class X> struct Tmpl { struct In {}; };
template <template <class> class X, class... T> struct TmplVar { };
template <template <class> class... X> struct TmplPack { };
struct Outer { struct In { struct Deep {}; enum DE { DA }; }; union Un {};
  template <class T> struct MT { struct X {}; template <class U> struct Y {}; };
  struct { int a; } m0; struct { int b; } m1; union { int c; } m2;
  enum class OE { A }; template <int N> struct MN {}; };
#if __cplusplus >= 201703L
template <auto N> struct NAuto { struct In {}; };
template <auto... N> struct NAutoPack { };
#endif
namespace ns { struct A { struct In {}; }; class B {}; enum NE { NA };
  enum class NC : unsigned char { V = 200 };
  template <class T> struct Box { struct In {}; };
  template <ns::NC N> struct NNC { };
  inline namespace v1 { struct V {}; template <class T, class U> struct P {}; }
  namespace deep { struct D { struct E {}; }; template <int N> struct Num {};
    template <class T> struct Box {}; }
  typedef struct { int x; } AnonT;
  namespace { struct NHid {}; }
  namespace std { struct Fake {}; template <class T> class allocator {}; } }
namespace { struct Hid { struct In {}; }; template <class T> struct HBox {
    struct In {}; };
  namespace inner { struct HI {}; } enum HE { HA }; }
namespace std {
template <class T> struct char_traits { struct In {}; };
template <class T> class allocator { public: struct In {};
  template <class U> struct rebind {}; };
template <class C, class T, class A> class basic_string { public: struct Foo {};
  template <class U> struct Bar {}; };
template <class C, class T> class basic_istream { public: struct In {}; };
template <class C, class T> class basic_ostream { public: struct In {}; };
template <class C, class T> class basic_iostream { public: struct In {}; };
template <class T, class A> class vector { public: struct iterator {}; };
template <class T> class function { }; template <class... T> class tuple { };
template <class T, class U> struct pair { };
struct S { struct In {}; }; enum class byte : unsigned char { };
enum memory_order { relaxed };
inline namespace __cxx11 {
  template <class T, class A> class list { public: struct In {}; };
  struct X {}; }
namespace chrono { struct clock {}; template <class R, class P>
  struct duration {}; }
namespace { struct Hidden {}; }
}
"""

ANONYMOUS = {"anonymous_namespace": True}

T, TS, TT, TTS = "type", "types", "template", "templates"

# (tag, path, unnamed member and its number); an element of a path is a name, a
# pair of name and template parameters, or an anonymous namespace. A parameter
# is a kind of above, or ("value", type), ("values", type), or a fixed argument.
CXX_TAGS: list[tuple] = []


def _add_tags():
    box, outer = ("Box", (T,)), "Outer"

    def add(tag, *path):
        CXX_TAGS.append((tag, path))

    for tag, name in (
        ("struct", "S0"),
        ("class", "C0"),
        ("union", "U0"),
        ("enum", "E0"),
        ("enum", "EC0"),
        ("struct", "AnonS"),
        ("struct", "Outer"),
    ):
        add(tag, name)
    add("struct", box)
    add("struct", box, "In")
    add("struct", box, "In", "Deep")
    add("enum", box, "E")
    add("struct", box, ("MT", (T,)))
    add("struct", box, ("MT", (T,)), "Z")
    add("struct", box, None, "m0", 0)
    add("struct", box, None, "m1", 1)
    add("struct", ("Two", (T, T)))
    add("union", ("Two", (T, T)), "In")
    add("struct", ("Var", (TS,)))
    add("struct", ("Var", (TS,)), "In")
    add("struct", ("Var1", (T, TS)))
    for name, kind in (
        ("NInt", "int"),
        ("NUInt", "unsigned int"),
        ("NBool", "bool"),
        ("NChar", "char"),
        ("NSChar", "signed char"),
        ("NLL", "long long"),
        ("NULL_", "unsigned long long"),
        ("NUChar", "unsigned char"),
        ("NULong", "unsigned long"),
        ("NWChar", "wchar_t"),
        ("NC16", "char16_t"),
    ):
        add("struct", (name, (("value", kind),)))
    add("struct", ("NInt", (("value", "int"),)), "In")
    add("struct", ("NE0", (("enumerator", ("E0",), ("0", "-5", "3")),)))
    add("struct", ("NPack", (("values", "int"),)))
    add("struct", ("TV", ("type and value",)))
    add("struct", ("NPtr", (("null", "int"),)))
    add("struct", ("Tmpl", (TT,)))
    add("struct", ("Tmpl", (TT,)), "In")
    add("struct", ("TmplVar", (TT, TS)))
    add("struct", ("TmplPack", (TTS,)))
    add("struct", ("NAuto", ("auto",)))
    add("struct", ("NAuto", ("auto",)), "In")
    add("struct", ("NAutoPack", ("autos",)))
    add("struct", outer, "In")
    add("struct", outer, "In", "Deep")
    add("enum", outer, "In", "DE")
    add("enum", outer, "OE")
    add("union", outer, "Un")
    add("struct", outer, ("MT", (T,)))
    add("struct", outer, ("MT", (T,)), "X")
    add("struct", outer, ("MT", (T,)), ("Y", (T,)))
    add("struct", outer, ("MN", (("value", "int"),)))
    add("struct", outer, None, "m0", 0)
    add("struct", outer, None, "m1", 1)
    add("union", outer, None, "m2", 2)
    add("struct", "ns", "A")
    add("struct", "ns", "A", "In")
    add("class", "ns", "B")
    add("enum", "ns", "NE")
    add("enum", "ns", "NC")
    add("struct", "ns", ("Box", (T,)))
    add("struct", "ns", ("Box", (T,)), "In")
    add("struct", "ns", ("NNC", (("enumerator", ("ns", "NC"), ("200", "0")),)))
    add("struct", "ns", "v1", "V")
    add("struct", "ns", "v1", ("P", (T, T)))
    add("struct", "ns", "deep", "D")
    add("struct", "ns", "deep", "D", "E")
    add("struct", "ns", "deep", ("Num", (("value", "int"),)))
    add("struct", "ns", "deep", ("Box", (T,)))
    add("struct", "ns", "AnonT")
    add("struct", "ns", ANONYMOUS, "NHid")
    add("struct", "ns", "std", "Fake")
    add("class", "ns", "std", ("allocator", (T,)))
    add("struct", ANONYMOUS, "Hid")
    add("struct", ANONYMOUS, "Hid", "In")
    add("struct", ANONYMOUS, ("HBox", (T,)))
    add("struct", ANONYMOUS, ("HBox", (T,)), "In")
    add("struct", ANONYMOUS, "inner", "HI")
    add("enum", ANONYMOUS, "HE")
    traits, allocator = ("char_traits", (T,)), ("allocator", (T,))
    string = ("basic_string", ("char", "traits", "allocator"))
    add("struct", "std", traits)
    add("struct", "std", traits, "In")
    add("class", "std", allocator)
    add("struct", "std", allocator, "In")
    add("struct", "std", allocator, ("rebind", (T,)))
    for _ in range(3):
        add("class", "std", string)
        add("struct", "std", string, "Foo")
    add("struct", "std", string, ("Bar", (T,)))
    for stream in ("basic_istream", "basic_ostream", "basic_iostream"):
        add("class", "std", (stream, ("char", "traits")))
        add("struct", "std", (stream, ("char", "traits")), "In")
    add("class", "std", ("vector", (T, "allocator")))
    add("struct", "std", ("vector", (T, "allocator")), "iterator")
    add("class", "std", ("function", ("function",)))
    add("class", "std", ("tuple", (TS,)))
    add("struct", "std", ("pair", (T, T)))
    add("struct", "std", "S")
    add("struct", "std", "S", "In")
    add("enum", "std", "byte")
    add("enum", "std", "memory_order")
    add("class", "std", "__cxx11", ("list", (T, "allocator")))
    add("struct", "std", "__cxx11", ("list", (T, "allocator")), "In")
    add("struct", "std", "__cxx11", "X")
    add("struct", "std", "chrono", "clock")
    add("struct", "std", "chrono", ("duration", (T, T)))
    add("struct", "std", ANONYMOUS, "Hidden")


_add_tags()
