#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints the survey, as a table or as Markdown."""

import collections

from kcfi_utils.imports.survey import CLASSES


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def summary_of(result):
    """The differences, equal ones of several functions once."""
    grouped: dict[str, list[str]] = {}
    for difference in result.differences:
        text = difference.text()
        if difference.is_hint():
            text += " (hint)"
        grouped.setdefault(text, []).append(difference.name)
    words = []
    for text, names in grouped.items():
        names = list(dict.fromkeys(names))
        if names == ["@user"]:
            words.append(text)
        elif names[0] in text or text.startswith(f"`{names[0].strip('@')}"):
            words.append(text)
        elif len(names) > 3:
            words.append(f"{text} of {len(names)} others")
        else:
            words.append(
                f"{text} of "
                + ", ".join(n if n.startswith("`") else f"`{n}`" for n in names)
            )
    return words


def code_of(result):
    if not result.sections:
        return result.code
    shown = [f"`{name}`" for name in result.sections[:6]]
    more = len(result.sections) - len(shown)
    return "differs: " + ", ".join(shown) + (f" and {more} more" if more else "")


def markdown(everything, command, version):
    results = [r for r in everything if not r.is_baseline]
    count = collections.Counter(result.kind for result in results)
    known = [r for r in results if r.kind not in ("crash", "refused")]
    came = [sum(r.ids[i] for r in known) for i in (0, 1)]
    back = [sum(r.ids_after[i] for r in known) for i in (0, 1)]
    lines = [
        "# Survey of MLIR's import of LLVM IR",
        "",
        f"What MLIR {version} makes of LLVM IR, construct by construct, "
        "measured on small modules with its own",
        "`mlir-translate --import-llvm` and `--mlir-to-llvmir`. "
        "Generated; do not edit:",
        "",
        "```sh",
        command,
        "```",
        "",
        "Ids, checks and the module flag `kcfi` are taken away from both sides "
        "before they are compared; what becomes of",
        "them stands in the last lines of the summary. `utils/survey-import "
        "--help` defines the classes.",
        "",
        "## Summary",
        "",
        "| class | meaning | constructs |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {kind} | {CLASSES[kind]} | {count[kind]} |" for kind in CLASSES]
    lines += [
        f"| | all | {len(results)} |",
        "",
        f"Of the modules that come back, {sum(r.warned for r in known)} "
        "gave a warning, and "
        f"{sum(bool(r.differences) and not r.warned for r in known)} "
        "changed without one.",
        f"Their {came[0]} ids of functions became {back[0]}, their "
        f"{came[1]} checks {back[1]}.",
        "",
    ]
    usual = [r for r in everything if r.is_baseline]
    if usual:
        lines += [
            "## Every module",
            "",
            "Modules without a construct, one a triple. What changes "
            "there is not counted for the others.",
            "",
            "| input | triple | lost or changed |",
            "| --- | --- | --- |",
        ]
        lines += [
            f"| {r.name} | `{(r.triple or '').split(chr(34))[1]}` | "
            f"{cell('; '.join(summary_of(r)))} |"
            for r in usual
        ]
        lines.append("")
    refused = [r for r in results if r.kind in ("crash", "refused")]
    if refused:
        lines += [
            "## Refused",
            "",
            "*Accepted without*: what has to be taken out of the module "
            "for it to be accepted.",
            "",
            "| input | construct | error | accepted without |",
            "| --- | --- | --- | --- |",
        ]
        lines += [
            f"| {r.name} | {cell(r.description)} | "
            f"{'crash, ' if r.kind == 'crash' else ''}"
            f"{cell(r.detail)} | {cell(r.code)} |"
            for r in refused
        ]
        lines.append("")
    titles = {
        "code": "Other machine code",
        "changed": "Other IR",
        "hint": "Hints lost",
        "same": "Same",
    }
    for kind, title in titles.items():
        rows = [r for r in results if r.kind == kind]
        if not rows:
            continue
        lines += [f"## {title}", ""]
        if kind == "same":
            lines += ["| input | construct | machine code |", "| --- | --- | --- |"]
            lines += [
                f"| {r.name} | {cell(r.description)} | {cell(code_of(r))} |"
                for r in rows
            ]
        else:
            lines += [
                "| input | construct | lost or changed | machine code |",
                "| --- | --- | --- | --- |",
            ]
            lines += [
                f"| {r.name} | {cell(r.description)} | "
                f"{cell('; '.join(summary_of(r)))}"
                f"{' (with a warning)' if r.warned else ''} | "
                f"{cell(code_of(r))} |"
                for r in rows
            ]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def table(results):
    for r in results:
        what = r.detail if r.kind in ("crash", "refused") else "; ".join(summary_of(r))
        print(f"{r.kind:8} {r.name:36} {code_of(r):30} {what}")
