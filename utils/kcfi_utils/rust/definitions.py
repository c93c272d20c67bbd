#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Looks for the definitions that types refer to."""


def is_defined(part):
    """rustc leaves functions with these to the crates that call them."""
    return part.node not in (["float", "f16"], ["float", "f128"])


def listed(params):
    return "".join(f", a{index}: {param.text}" for index, param in enumerate(params))


def nodes(params):
    return [param.node for param in params]


def spell(trait, with_assoc=True):
    """A trait as a bound: of an object with the associated types."""
    args = [trait.argument.text] if trait.argument else []
    if with_assoc:
        args += [
            f"A = {owner.assoc.text}"
            for owner in (trait, trait.parent)
            if owner and owner.assoc
        ]
    return trait.name + (f"<{', '.join(args)}>" if args else "")
