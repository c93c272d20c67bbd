#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes random Rust crates: what they define and what they call."""

import collections
import random
import re

from kcfi_utils.rust.definitions import is_defined, listed, nodes, spell
from kcfi_utils.rust.expected import Expected
from kcfi_utils.rust.generator import (
    ERASED,
    UNIT,
    Generator,
    Type,
    std_definition,
)
from kcfi_utils.rust.library import (
    LOCATION,
    RECEIVERS,
    SELF,
    STD,
    Method,
    Trait,
    box,
    object_receiver,
    pin,
)
from kcfi_utils.tools import ToolError


class Crate:
    def __init__(self, seed, size):
        self.random = random.Random(seed)
        self.types = Generator(seed)
        self.lines = []
        # Name of a function, as `simplify` makes it -> Expected.
        self.functions = {}
        # The same -> [Expected], of the checked calls in the function.
        self.sites = collections.defaultdict(list)
        self.definitions = {}
        self.traits, self.structs, self.impls = [], [], []
        # The same, for functions of which there are several of one name.
        self.shared_sites = collections.defaultdict(list)
        self.counts: collections.Counter[str] = collections.Counter()
        self.add("reveal_crates", "functions", [], UNIT)
        self.add("probe::reveal", "functions", [], UNIT)
        for number in range(size):
            self.types.definition(number)
        for definition in self.types.definitions:
            self.lines += definition.lines
        for number in range(size):
            self.struct(number)
        for number in range(size):
            self.trait(number)
        for number in range(size):
            self.free_functions(number)
            self.closures(number)
            self.coroutines(number)
            self.objects(number)

    # Types that are passed, so that no one has to know which have no size.
    def passed(self, depth=2):
        while True:
            self.types.in_signature = True
            result = self.types.type(depth)
            self.types.in_signature = False
            if self.types.has_size(result.node) and is_defined(result):
                return result

    def plain(self, depth=2):
        """Without lifetimes that a closure would bind."""
        while True:
            result = self.passed(depth)
            if "&" not in result.text:
                return result

    def result(self):
        while True:
            result = self.types.type(0)
            if is_defined(result):
                return result

    def params(self, make, most=3):
        params = [make() for _ in range(self.random.randint(0, most))]
        if params and self.random.random() < 0.4:
            params.append(self.random.choice(params))
        return params

    def define(self, key, segments):
        """Definition of an item of the crate."""
        self.definitions[key] = segments

    def add(self, name, what, *args, **fields):
        if name in self.functions:
            raise ToolError(f"two functions are called {name}")
        self.counts[what] += 1
        self.functions[name] = Expected(*args, **fields)

    def add_site(self, name, what, *args, **fields):
        self.counts[what] += 1
        self.sites[name].append(Expected(*args, **fields))

    # ===------------------------------------------------------------------===#
    # Structs and traits
    # ===------------------------------------------------------------------===#

    def struct(self, number):
        name = f"S{number}"
        self.define(name, [["t", 0, name]])
        self.lines.append(f"pub struct {name}(i32);")
        node = ["adt", name, []]
        self.structs.append(Type(name, node))
        if self.random.random() < 0.5:
            self.lines.append(
                f"impl Drop for {name} {{ fn drop(&mut self) {{ loop {{}} }} }}"
            )
            self.add(
                f"<probe::{name} as core::ops::drop::Drop>::drop",
                "drop methods",
                [["ref", ERASED, node, True]],
                UNIT,
                kind="impl_method",
                trait_object=self.drop_object(),
                receiver=object_receiver("mut"),
            )
        params = self.params(self.passed)
        result = self.result()
        self.lines.append(
            f"impl {name} {{ pub fn in{number}(&self{listed(params)}) -> "
            f"{result.text} {{ loop {{}} }} }}"
        )
        self.add(
            f"<probe::{name}>::in{number}",
            "inherent methods",
            [["ref", ERASED, node, False]] + nodes(params),
            result.node,
            kind="inherent_method",
        )
        self.lines.append(
            f"pub fn ctor{number}() -> *const () {{ let f: "
            f"fn(i32) -> {name} = {name}; f as *const () }}"
        )
        self.define(f"ctor{number}", [["v", 0, f"ctor{number}"]])
        self.add(f"probe::ctor{number}", "functions", [], ["ptr", UNIT, False])
        self.add(
            f"probe::{name}", "constructors", [["int", "i32"]], node, kind="constructor"
        )

    @staticmethod
    def drop_object():
        return ["dyn", [["tr", "core:Drop", []]], ERASED]

    def trait(self, number):
        name = f"Tr{number}"
        self.define(name, [["t", 0, name]])
        self.define(f"{name}.A", [["t", 0, name], ["t", 0, "A"]])
        choose = self.random.random
        argument = self.plain(1) if choose() < 0.4 else None
        parents = [
            trait for trait in self.traits if trait.is_object and not trait.parent
        ]
        parent = self.random.choice(parents) if parents and choose() < 0.5 else None
        # rustc sorts several associated types in an order of its own.
        has_assoc = choose() < 0.5 and not (parent and parent.assoc)
        assoc = self.plain(1) if has_assoc else None
        is_object = choose() < 0.8
        methods = []
        for index, kind in enumerate(
            self.random.choices(
                ("ref", "ref", "mut", "box", "rc", "arc", "pin", "value"),
                k=self.random.randint(1, 4),
            )
        ):
            params = self.params(self.passed, 2)
            if argument and choose() < 0.5:
                params.append(Type("X", argument.node))
            result = (
                Type("Self::A", assoc.node)
                if assoc and choose() < 0.3
                else self.result()
            )
            methods.append(
                Method(
                    f"m{number}_{index}",
                    kind,
                    params,
                    result,
                    kind != "value" and choose() < 0.3,
                    True,
                )
            )
        if choose() < 0.5:
            methods.append(
                Method(
                    f"st{number}",
                    None,
                    self.params(self.passed),
                    self.result(),
                    choose() < 0.5,
                    False,
                )
            )
        trait = Trait(name, argument, assoc, parent, methods, is_object)
        self.traits.append(trait)

        lines = [
            f"pub trait {name}{'<X>' if argument else ''}"
            f"{': ' + spell(parent) if parent else ''} {{"
        ]
        if assoc:
            lines.append("  type A;")
        if not is_object:
            lines.append("  fn generic<T>(&self, t: T) {}")
        lines += [
            f"  {self.declare(method)}{' { loop {} }' if method.is_provided else ';'}"
            for method in methods
        ]
        self.lines += lines + ["}"]
        for struct in self.random.sample(self.structs, min(2, len(self.structs))):
            self.implement(trait, struct)

    @staticmethod
    def declare(method):
        """Without a receiver it is no method of an object."""
        if method.receiver is None:
            params = ", ".join(
                f"a{index}: {param.text}" for index, param in enumerate(method.params)
            )
            where = " where Self: Sized"
        else:
            params = RECEIVERS[method.receiver][0] + listed(method.params)
            where = ""
        return f"fn {method.name}({params}) -> {method.result.text}{where}"

    def implement(self, trait, struct):
        if (trait.name, struct.text) in self.impls:
            return
        self.impls.append((trait.name, struct.text))
        if trait.parent:
            self.implement(trait.parent, struct)
        self.lines.append(f"impl {spell(trait, with_assoc=False)} for {struct.text} {{")
        if trait.assoc:
            self.lines.append(f"  type A = {trait.assoc.text};")
        for method in trait.methods:
            if not method.is_provided:
                text = self.declare(method)
                if trait.argument:
                    text = re.sub(r"\bX\b", trait.argument.text, text)
                self.lines.append(f"  {text} {{ loop {{}} }}")
        self.lines.append("}")
        for method in trait.methods:
            name = f"<probe::{struct.text} as probe::{trait.name}>::{method.name}"
            # Also those that nothing calls.
            self.method(trait, struct, method, name)
        if trait.is_object:
            function = f"ob_{trait.name}_{struct.text}"
            self.lines.append(
                f"pub fn {function}(s: &{struct.text}) -> &dyn {spell(trait)} {{ s }}"
            )
            self.add(
                f"probe::{function}",
                "functions",
                [["ref", ERASED, struct.node, False]],
                ["ref", ERASED, self.object(trait), False],
            )

    def method(self, trait, struct, method, name):
        params, kind = (
            nodes(method.params),
            ("provided_method" if method.is_provided else "impl_method"),
        )
        texts = [param.text for param in method.params]
        fields = {"kind": kind}
        if method.receiver:
            _, text, make = RECEIVERS[method.receiver]
            params = [make(struct.node)] + params
            texts = [text.format(struct.text)] + texts
            if trait.is_object:
                fields["trait_object"] = self.object(trait)
                fields["receiver"] = object_receiver(method.receiver)
        self.add(
            name, kind.replace("_", " ") + "s", params, method.result.node, **fields
        )
        if method.receiver == "value" and trait.is_object:
            self.add(
                name + "::{shim:vtable#0}",
                "vtable shims",
                params,
                method.result.node,
                **dict(fields, kind="vtable_shim"),
            )
        # Its use as a fn pointer, which also makes an instance.
        function = f"rf_{method.name}_{struct.text}"
        argument = trait.argument.text if trait.argument else ""
        path = f"<{struct.text} as {spell(trait, with_assoc=False)}>"
        types = ", ".join(texts)
        if argument:
            types = re.sub(r"\bX\b", argument, types)
        result = method.result.text
        if result == "Self::A":
            result = trait.assoc.text
        self.lines.append(
            f"pub fn {function}() -> *const () {{ let f: "
            f"fn({types}) -> {result} = "
            f"{path}::{method.name}; f as *const () }}"
        )
        self.add(f"probe::{function}", "functions", [], ["ptr", UNIT, False])
        if trait.is_object:
            self.add(
                name + "::{shim:reify_fnptr#0}",
                "shims for fn pointers",
                params,
                method.result.node,
                kind="reify_fn_ptr_shim",
            )

    def object(self, trait, is_send=False):
        args = [["ty", trait.argument.node]] if trait.argument else []
        predicates = [["tr", trait.name, args]]
        for owner in (trait, trait.parent):
            if owner and owner.assoc:
                owner_args = [["ty", owner.argument.node]] if owner.argument else []
                predicates.append(
                    ["pj", f"{owner.name}.A", owner_args, owner.assoc.node]
                )
        if is_send:
            predicates.append(["au", "core:Send"])
        return ["dyn", predicates, ERASED]

    # ===------------------------------------------------------------------===#
    # Functions and calls
    # ===------------------------------------------------------------------===#

    def free_functions(self, number):
        params, result = self.params(self.passed), self.result()
        abi = self.random.choice(("Rust", "Rust", "C", "sysv64", "system"))
        self.lines.append(
            f'pub extern "{abi}" fn fr{number}('
            f"{listed(params)[2:]}) -> {result.text} "
            "{ loop {} }"
        )
        self.add(f"probe::fr{number}", "functions", nodes(params), result.node, abi)
        # A fn pointer, called.
        params, result = self.params(self.plain), self.result()
        types = ", ".join(param.text for param in params)
        abi = self.random.choice(("Rust", "Rust", "C", "C-unwind", "sysv64"))
        names = ", ".join(f"a{index}" for index in range(len(params)))
        self.lines.append(
            f'pub fn cp{number}(f: extern "{abi}" fn({types}) -> '
            f"{result.text}{listed(params)}) -> {result.text} "
            f"{{ f({names}) }}"
        )
        self.add(
            f"probe::cp{number}",
            "functions",
            [["fn", [abi, False], nodes(params), result.node, False]] + nodes(params),
            result.node,
        )
        self.add_site(
            f"probe::cp{number}",
            "calls of fn pointers",
            nodes(params),
            result.node,
            abi,
        )
        # An instance of a generic function.
        struct = self.random.choice(self.structs)
        self.lines.append(
            f"pub fn gn{number}<T>(t: T, u: &T) -> *const T "
            "{ loop {} }\n"
            f"pub fn ig{number}() -> *const () {{ "
            f"gn{number}::<{struct.text}> as *const () }}"
        )
        self.add(
            f"probe::gn{number}",
            "functions",
            [struct.node, ["ref", ERASED, struct.node, False]],
            ["ptr", struct.node, False],
        )
        self.add(f"probe::ig{number}", "functions", [], ["ptr", UNIT, False])
        # The caller's location is a parameter of the function only.
        params = self.params(self.plain)
        types = ", ".join(param.text for param in params)
        self.lines.append(
            f"#[track_caller] pub fn tc{number}("
            f"{listed(params)[2:]}) {{ loop {{}} }}\n"
            f"pub fn rt{number}() -> *const () {{ let f: "
            f"fn({types}) = tc{number}; f as *const () }}"
        )
        self.add(f"probe::tc{number}", "functions", nodes(params) + [LOCATION], UNIT)
        self.add(f"probe::rt{number}", "functions", [], ["ptr", UNIT, False])
        self.add(
            f"probe::tc{number}::{{shim:reify_fnptr#0}}",
            "shims for fn pointers",
            nodes(params),
            UNIT,
            kind="reify_fn_ptr_shim",
        )

    def objects(self, number):
        trait = self.random.choice(
            [trait for trait in self.traits if trait.is_object] or [None]
        )
        if not trait:
            return
        owner = trait.parent if trait.parent and self.random.random() < 0.5 else trait
        is_send = self.random.random() < 0.4
        spelled = spell(trait) + (" + Send" if is_send else "")
        passed = self.object(trait, is_send)
        for method in owner.methods:
            if method.receiver in (None, "value"):
                continue
            params = method.params
            _, text, make = RECEIVERS[method.receiver]
            names = ", ".join(f"a{index}" for index in range(len(params)))
            function = f"vc{number}_{method.name}"
            result = method.result.text
            if result == "Self::A":
                result = owner.assoc.text
            declared = listed(params)
            if owner.argument:
                declared = re.sub(r"\bX\b", owner.argument.text, declared)
            self.lines.append(
                f"pub fn {function}(o: {text.format(f'(dyn {spelled})')}"
                f"{declared}) -> {result} {{ o.{method.name}({names}) }}"
            )
            self.add(
                f"probe::{function}",
                "functions",
                [make(passed)] + nodes(params),
                method.result.node,
            )
            self.add_site(
                f"probe::{function}",
                "virtual calls",
                [make(passed)] + nodes(params),
                method.result.node,
                kind="virtual_method",
                trait_object=self.object(owner),
                receiver=object_receiver(method.receiver),
            )
        # The method of the object itself as a fn pointer: a shim that calls.
        methods = [
            method
            for method in owner.methods
            if method.receiver == "ref"
            and "&" not in "".join(param.text for param in method.params)
        ]
        if (
            methods
            and owner is trait
            and not self.functions.get(f"probe::ro_{trait.name}")
        ):
            method = methods[0]
            types = "".join(", " + param.text for param in method.params)
            result = method.result.text
            if result == "Self::A":
                result = trait.assoc.text
            if trait.argument:
                types = re.sub(r"\bX\b", trait.argument.text, types)
            dyn = f"(dyn {spell(trait)} + 'static)"
            self.lines.append(
                f"pub fn ro_{trait.name}() -> *const () {{ let f: fn(&{dyn}"
                f"{types}) -> {result} = <{dyn[1:-1]} as "
                f"{spell(trait, with_assoc=False)}>::{method.name}; "
                "f as *const () }"
            )
            self.add(f"probe::ro_{trait.name}", "functions", [], ["ptr", UNIT, False])
            shim = (
                f"<dyn probe::{trait.name} as probe::{trait.name}>::"
                f"{method.name}::{{shim:reify_fnptr#0}}"
            )
            params = [["ref", ERASED, self.object(trait), False]] + nodes(method.params)
            self.add(
                shim,
                "shims for fn pointers",
                params,
                method.result.node,
                kind="reify_fn_ptr_shim",
            )
            self.add_site(
                shim,
                "virtual calls",
                params,
                method.result.node,
                kind="virtual_method",
                trait_object=self.object(trait),
                receiver=object_receiver("ref"),
            )
        self.lines.append(f"pub fn dd{number}(o: Box<dyn {spelled}>) {{}}")
        self.add(f"probe::dd{number}", "functions", [box(passed)], UNIT)
        struct = self.random.choice(self.structs)
        self.lines.append(
            f"pub fn ds{number}(o: ({struct.text}, [{struct.text}"
            f"; 2], Option<Box<dyn {spelled}>>)) {{}}"
        )
        option = ["adt", "core:Option", [["ty", box(passed)]]]
        self.add(
            f"probe::ds{number}",
            "functions",
            [["tuple", [struct.node, ["array", 2, struct.node], option]]],
            UNIT,
        )

    # ===------------------------------------------------------------------===#
    # Closures and coroutines
    # ===------------------------------------------------------------------===#

    def callable_object(self, trait, args, result):
        return [
            "dyn",
            [
                ["tr", f"core:{trait}", [["ty", ["tuple", args]]]],
                ["pj", "core:FnOnce.Output", [["ty", ["tuple", args]]], result],
            ],
            ERASED,
        ]

    # Trait -> its method and receiver.
    CALLS = {
        "Fn": ("call", "ref"),
        "FnMut": ("call_mut", "mut"),
        "FnOnce": ("call_once", "value"),
    }

    def closures(self, number):
        struct = self.random.choice(self.structs)
        for trait, kind, body in (
            ("Fn", "i8", "&k"),
            ("FnMut", "i16", "&mut k"),
            ("FnOnce", "i32", "k"),
        ):
            params = self.params(self.plain, 2)
            result = self.plain(1)
            name = f"cl{number}_{trait}"
            self.define(f"{name}.closure", [["v", 0, name], ["C", 0, "{{closure}}"]])
            args = nodes(params)
            types = ", ".join(param.text for param in params)
            self.lines.append(
                f"pub fn {name}(mut k: {struct.text}) -> Box<dyn {trait}"
                f"({types}) -> {result.text}> {{ Box::new(move |"
                f"{listed(params)[2:]}| -> {result.text} {{ let _u = {body}; "
                "loop {} }) }"
            )
            # The object in a box outlives nothing: its region is erased.
            self.add(
                f"probe::{name}",
                "functions",
                [struct.node],
                box(self.callable_object(trait, args, result.node)),
            )
            closure = self.closure(
                f"{name}.closure", kind, args, result.node, [struct.node]
            )
            self.callable(
                f"probe::{name}::{{closure#0}}", closure, trait, args, result.node
            )
        # Without captures, as a fn pointer.
        params, result = self.params(self.plain, 2), self.plain(1)
        types = ", ".join(param.text for param in params)
        name = f"cn{number}"
        self.define(f"{name}.closure", [["v", 0, name], ["C", 0, "{{closure}}"]])
        self.lines.append(
            f"pub fn {name}() -> fn({types}) -> {result.text} {{ |"
            f"{listed(params)[2:]}| -> {result.text} {{ loop {{}} }} }}"
        )
        self.add(
            f"probe::{name}",
            "functions",
            [],
            ["fn", ["Rust", False], nodes(params), result.node, False],
        )
        body = f"probe::{name}::{{closure#0}}"
        closure = self.closure(f"{name}.closure", "i8", nodes(params), result.node, [])
        self.closure_body(body, closure, "Fn", nodes(params), result.node)
        self.add(
            f"<{body} as core::ops::function::FnOnce>::call_once",
            "closure shims",
            nodes(params),
            result.node,
            kind="closure_once_shim",
        )
        self.fn_item(number)
        for trait, (_, receiver) in self.CALLS.items():
            self.call_object(number, trait, receiver)

    @staticmethod
    def closure(key, kind, args, result, captures):
        return [
            "adt",
            key,
            [
                ["ty", ["int", kind]],
                ["ty", ["fn", ["rust-call", False], [["tuple", args]], result, False]],
                ["ty", ["tuple", captures]],
            ],
        ]

    def closure_body(self, name, closure, trait, args, result):
        receiver = self.CALLS[trait][1]
        self.add(
            name,
            "closures",
            [RECEIVERS[receiver][2](closure)] + args,
            result,
            kind="closure",
            trait_object=self.callable_object(trait, args, result),
            receiver=object_receiver(receiver),
        )

    def callable(self, name, closure, trait, args, result):
        """A closure in a vtable, with the shims that are in it, too."""
        self.closure_body(name, closure, trait, args, result)
        once = f"<{name} as core::ops::function::FnOnce>::call_once"
        if trait != "FnOnce":
            self.add(
                once,
                "closure shims",
                [closure] + args,
                result,
                kind="closure_once_shim",
            )
        self.add(
            once + "::{shim:vtable#0}",
            "vtable shims",
            [closure] + args,
            result,
            kind="vtable_shim",
            trait_object=self.callable_object("FnOnce", args, result),
            receiver=SELF,
        )

    def fn_item(self, number):
        """A function and a pointer to one behind `dyn Fn`."""
        params, result = self.params(self.plain, 2), self.plain(1)
        types = ", ".join(param.text for param in params)
        args = nodes(params)
        name = f"it{number}"
        self.define(name, [["v", 0, name]])
        self.lines.append(
            f"pub fn {name}({listed(params)[2:]}) -> "
            f"{result.text} {{ loop {{}} }}\n"
            f"pub fn id{number}() -> &'static dyn Fn({types}) -> "
            f"{result.text} {{ &{name} }}"
        )
        self.add(f"probe::{name}", "functions", args, result.node)
        self.add(
            f"probe::id{number}",
            "functions",
            [],
            ["ref", ERASED, self.callable_object("Fn", args, result.node), False],
        )
        self.fn_shims(f"probe::{name}", ["adt", name, []], args, result.node)
        # Names of functions show the pointer's type: a nominal one is unique.
        key = f"P{number}"
        self.define(key, [["t", 0, key]])
        self.lines.append(
            f"pub struct {key}(i32);\n"
            f"pub fn fd{number}(f: &fn({key}) -> i32) -> &dyn "
            f"Fn({key}) -> i32 {{ f }}"
        )
        args, result = [["adt", key, []]], ["int", "i32"]
        pointer = ["fn", ["Rust", False], args, result, False]
        self.add(
            f"probe::fd{number}",
            "functions",
            [["ref", ERASED, pointer, False]],
            ["ref", ERASED, self.callable_object("Fn", args, result), False],
        )
        self.fn_shims(f"fn(probe::{key}) -> i32", pointer, args, result, True)

    def fn_shims(self, name, own, args, result, is_pointer=False):
        for trait, (method, receiver) in self.CALLS.items():
            shim = f"<{name} as core::ops::function::{trait}>::{method}"
            params = [RECEIVERS[receiver][2](own)] + args
            fields = {
                "trait_object": self.callable_object(trait, args, result),
                "receiver": object_receiver(receiver),
            }
            self.add(
                shim, "shims of functions", params, result, kind="fn_ptr_shim", **fields
            )
            if is_pointer:
                self.add_site(shim, "calls of fn pointers", args, result)
            if trait == "FnOnce":
                self.add(
                    shim + "::{shim:vtable#0}",
                    "vtable shims",
                    params,
                    result,
                    kind="vtable_shim",
                    **fields,
                )

    def call_object(self, number, trait, receiver):
        params, result = self.params(self.plain, 2), self.plain(1)
        types = ", ".join(param.text for param in params)
        names = ", ".join(f"a{index}" for index in range(len(params)))
        args = nodes(params)
        called = self.callable_object(trait, args, result.node)
        if receiver == "value":
            receiver, make = "Box<{}>", box
        else:
            _, receiver, make = RECEIVERS[receiver]
        dyn = f"dyn {trait}({types}) -> {result.text}"
        self.lines.append(
            f"pub fn cd{number}_{trait}(f: "
            f"{receiver.format('(' + dyn + ')')}{listed(params)})"
            f" -> {result.text} {{ f({names}) }}"
        )
        name = f"probe::cd{number}_{trait}"
        self.add(name, "functions", [make(called)] + args, result.node)
        fields = {"kind": "virtual_method", "trait_object": called}
        if trait != "FnOnce":
            self.add_site(
                name,
                "virtual calls",
                [make(called)] + args,
                result.node,
                receiver=make(SELF),
                **fields,
            )
            return
        # For a box the call is in alloc.
        self.counts["virtual calls"] += 1
        self.shared_sites[
            "<alloc::boxed::Box as core::ops::function::FnOnce>::call_once"
        ].append(Expected([called] + args, result.node, receiver=SELF, **fields))

    def coroutines(self, number):
        result = self.plain(1)
        future = [
            "dyn",
            [["tr", "core:Future", []], ["pj", "core:Future.Output", [], result.node]],
            ERASED,
        ]
        context = ["ref", ERASED, ["adt", "core:Context", [["lt", ERASED]]], True]
        polled = ["adt", "core:Poll", [["ty", result.node]]]
        params = self.params(self.plain, 2)
        self.lines.append(
            f"pub async fn as{number}({listed(params)[2:]}) -> {result.text} "
            "{ loop {} }\n"
            f"pub fn bf{number}({listed(params)[2:]}) -> Pin<Box<dyn Future<"
            f"Output = {result.text}>>> {{ Box::pin(as{number}("
            f"{', '.join(f'a{index}' for index in range(len(params)))})) }}\n"
            f"pub fn ab{number}(k: i32) -> Pin<Box<dyn Future<Output = "
            f"{result.text}>>> {{ Box::pin(async move {{ let _u = k; loop {{}} "
            "}) }\n"
            f"pub fn po{number}(f: Pin<&mut dyn Future<Output = {result.text}>>"
            f", cx: &mut Context<'_>) -> Poll<{result.text}> {{ f.poll(cx) }}"
        )
        for name in (f"as{number}", f"ab{number}"):
            key = f"{name}.body"
            self.define(key, [["v", 0, name], ["C", 0, "{{closure}}"]])
            body = ["adt", key, []]
            self.add(
                f"probe::{name}::{{closure#0}}",
                "coroutines",
                [pin(["ref", ERASED, body, True]), context],
                polled,
                kind="coroutine",
                trait_object=future,
                receiver=object_receiver("pin"),
            )
        boxed = pin(box(future))
        self.add(
            f"probe::as{number}",
            "functions",
            nodes(params),
            ["adt", f"as{number}.body", []],
        )
        self.add(f"probe::bf{number}", "functions", nodes(params), boxed)
        self.add(f"probe::ab{number}", "functions", [["int", "i32"]], boxed)
        passed = pin(["ref", ERASED, future, True])
        self.add(f"probe::po{number}", "functions", [passed, context], polled)
        self.add_site(
            f"probe::po{number}",
            "virtual calls",
            [passed, context],
            polled,
            kind="virtual_method",
            trait_object=future,
            receiver=object_receiver("pin"),
        )

        # The body of a generator.
        self.define(
            f"ge{number}.body", [["v", 0, f"ge{number}"], ["C", 0, "{{closure}}"]]
        )
        self.lines.append(
            f"pub fn no{number}() -> {result.text} {{ loop {{}} }}\n"
            f"pub fn ge{number}() -> Option<{result.text}> {{ let mut g = "
            f"gen {{ yield no{number}(); }}; g.next() }}"
        )
        option = ["adt", "core:Option", [["ty", result.node]]]
        self.add(f"probe::no{number}", "functions", [], result.node)
        self.add(f"probe::ge{number}", "functions", [], option)
        self.add(
            f"probe::ge{number}::{{closure#0}}",
            "coroutines",
            [["ref", ERASED, ["adt", f"ge{number}.body", []], True]],
            option,
            kind="coroutine",
            trait_object=[
                "dyn",
                [
                    ["tr", "core:Iterator", []],
                    ["pj", "core:Iterator.Item", [], result.node],
                ],
                ERASED,
            ],
            receiver=object_receiver("mut"),
        )

    def all_definitions(self, crates):
        definitions = {
            key: std_definition(crates, crate, path)
            for key, (crate, path) in STD.items()
        }
        definitions["core:c_void"] = std_definition(
            crates, "core", ["ffi", "c_void"], "c_void"
        )
        definitions["core:Pin"] = dict(
            definitions["core:Pin"], generics=["Ptr"], transparent=["param", "Ptr"]
        )
        for definition in self.types.definitions:
            crate, path = definition.fields["path"]
            definitions[definition.key] = dict(
                definition.fields, path=[crates[crate], crate, path]
            )
        for key, segments in self.definitions.items():
            definitions[key] = {
                "path": [crates["probe"], "probe", segments],
                "generics": [],
                "transparent": None,
                "repr_c": False,
                "cfi_encoding": None,
            }
        return definitions
