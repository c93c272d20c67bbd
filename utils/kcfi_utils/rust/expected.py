#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The ids that a generated crate must have."""

from kcfi_utils.rust.generator import UNIT


class Expected:
    """A signature, and what has it if that changes the id."""

    def __init__(
        self, params, result, abi="Rust", kind=None, trait_object=None, receiver=None
    ):
        self.params = params
        self.result = result
        self.abi = abi
        self.kind = kind
        self.trait_object = trait_object
        self.receiver = receiver

    def operation(self, number, printer):
        vector = {
            "abi": self.abi,
            "c_variadic": False,
            "ret": self.result,
            "params": [{"type": param, "zst": False} for param in self.params],
        }
        attributes = [f"kcfi.sig = {printer.signature(vector)}"]
        if self.kind:
            words = [self.kind]
            if self.trait_object:
                words += [
                    f"object {printer.type(self.trait_object)}",
                    f"receiver {printer.type(self.receiver)}",
                ]
            attributes.append(f"kcfi.callable = #kcfi.rs.callable<{', '.join(words)}>")
        # What machine types there are is not asked here.
        inputs = ", ".join("none" for _ in self.params)
        result = "" if self.result in (UNIT, ["never"]) else " -> none"
        return (
            f"  func.func private @v{number}({inputs}){result} "
            f"attributes {{{', '.join(attributes)}}}"
        )
