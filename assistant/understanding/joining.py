"""Two plans answered in one breath: "how many were signed, and for how much?"."""

import re
from dataclasses import replace
from typing import Any

from assistant.understanding.plan import Plan, ToolCall

_HANDLE = re.compile(r"\b([FCPQ])(\d+)\b")
_SLOT = re.compile(r"\{[^{}]*\}")
_CAPTION = re.compile(r" ?[(（][^()（）]*[)）]")
SHORT = 45  # words above which the second half does without its captions
_LISTS = {"find_figures": ("F", "figure_ids"), "search_notices": ("P", "passage_ids")}
_SINGLES = {"calculate": "C", "asked": "Q"}


def joined(first: Plan, second: Plan) -> Plan:
    """One plan that does both: the second's handles are renamed to what they will be called after the first."""
    names = _renamed(first, second)

    def rename(text: str) -> str:
        return _HANDLE.sub(lambda m: names.get(m[0], m[0]), text)

    calls = tuple(_moved(call, rename) for call in second.calls if call.name != "draw_chart")
    if len((first.draft + second.draft).split()) > SHORT:
        second = replace(second, draft=_CAPTION.sub("", second.draft))
    gap = "" if first.language == "zh" else " "
    return replace(
        first,
        calls=(*first.calls, *calls),
        draft=first.draft + gap + _SLOT.sub(lambda m: rename(m[0]), second.draft),
        figure_ids=tuple(dict.fromkeys((*first.figure_ids, *second.figure_ids))),
        table=first.table or tuple(tuple(_SLOT.sub(lambda m: rename(m[0]), c) for c in row) for row in second.table),
        warnings=tuple(dict.fromkeys((*first.warnings, *second.warnings))),
    )


def _renamed(first: Plan, second: Plan) -> dict[str, str]:
    """Old handle to new: a figure that both use keeps one handle, everything else is counted on."""
    names: dict[str, str] = {}
    for tool, (letter, key) in _LISTS.items():
        known = _ids(first, tool, key)
        shelf = list(known)
        for i, item in enumerate(_ids(second, tool, key), 1):
            if item not in shelf:
                shelf.append(item)
            names[f"{letter}{i}"] = f"{letter}{shelf.index(item) + 1}"
    for tool, letter in _SINGLES.items():
        before = sum(c.name == tool for c in first.calls)
        after = sum(c.name == tool for c in second.calls)
        names |= {f"{letter}{i}": f"{letter}{before + i}" for i in range(1, after + 1)}
    return names


def _ids(plan: Plan, tool: str, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for c in plan.calls if c.name == tool for i in c.args[key]))


def _moved(call: ToolCall, rename: Any) -> ToolCall:
    if call.name != "calculate":
        return call
    return ToolCall(call.name, call.args | {"expression": rename(call.args["expression"])})
