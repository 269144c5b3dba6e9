"""A chosen candidate becomes a Plan: the script of tool calls and the slotted draft."""

import re
from typing import Any

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.plan import Plan, ToolCall
from assistant.wording.phrases import say, wording

_SLOT = re.compile(r"\{([FCPQ])(\d+)")


def script(ctx: Context, chosen: Candidate, suggestions: tuple[str, ...] = (), warnings: tuple[str, ...] = ()) -> Plan:
    """The plan of a candidate."""
    language = ctx.reading.language
    sentences = [led(chosen, language)]
    sentences += [say(message, language, **parts) for message, parts in chosen.remarks]
    return Plan(
        operation=chosen.operation,
        status=chosen.status,
        draft=(" " if language != "zh" else "").join(s for s in sentences if s),
        calls=calls(chosen),
        language=language,
        headline=chosen.headline if chosen.status == "answered" else "",
        truth=chosen.truth,
        interpretation=interpretation(ctx, chosen),
        table=chosen.table,
        suggestions=suggestions,
        options=chosen.options,
        warnings=warnings,
        score=chosen.score,
        figure_ids=tuple(e.figure.figure_id for e in chosen.entries),
    )


def led(chosen: Candidate, language: str) -> str:
    """The first sentence, behind its "yes" or "no"."""
    said = say(chosen.message, language, **chosen.parts)
    if not chosen.lead:
        return said
    own_word = wording(chosen.message, language)[:1].isalpha()
    said = said[:1].lower() + said[1:] if own_word and language != "de" else said
    return say(chosen.lead, language) + ("" if language == "zh" else " ") + said


def calls(chosen: Candidate) -> tuple[ToolCall, ...]:
    """The tool calls that make the handles F1.., P1.., Q1.., C1.. of a candidate, in that order."""
    made: list[ToolCall] = []
    if chosen.entries:
        made.append(ToolCall("find_figures", {"figure_ids": [e.figure.figure_id for e in chosen.entries]}))
    if chosen.passages:
        made.append(ToolCall("search_notices", {"passage_ids": [f"{n}:{a}:{b}" for n, a, b in chosen.passages]}))
    for value, currency, text in chosen.asked:
        made.append(ToolCall("asked", {"value": value, "unit": currency, "text": text}))
    for expression, unit in chosen.expressions:
        given = {"expression": expression, "unit": unit} if unit else {"expression": expression}
        made.append(ToolCall("calculate", given))
    if chosen.chart and len(chosen.entries) > 1:
        made.append(ToolCall("draw_chart", {"handles": [f"F{i}" for i in range(1, len(chosen.entries) + 1)]}))
    return tuple(made)


def interpretation(ctx: Context, chosen: Candidate) -> dict[str, Any]:
    """What was understood, each part editable."""
    first = chosen.entries[0].figure if chosen.entries else None
    parts: dict[str, Any] = {"operation": chosen.operation}
    if first:
        parts |= {
            "indicator": first.indicator,
            "label": first.label,
            "ref_area": first.ref_area,
            "time_period": first.time_period,
            "scenario": str(first.scenario),
            "unit": first.unit,
        }
        if first.dimensions:
            parts["dimensions"] = dict(first.dimensions)
    if ctx.lent_terms or ctx.lent_periods:
        parts["from_conversation"] = sorted(
            {k for k, on in (("indicator", ctx.lent_terms), ("time_period", ctx.lent_periods)) if on}
        )
    return parts
