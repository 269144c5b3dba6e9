"""Questions about Tally itself and small talk: what is known, since when, and that instructions are not followed."""

import re
from collections import Counter

from assistant.understanding.context import Context
from assistant.understanding.patterns import pattern
from assistant.understanding.plan import Plan, ToolCall
from assistant.wording.phrases import say, table

_EMPTY = re.compile(r"^[\W_]*$")


def answer(ctx: Context) -> Plan | None:
    """The plan for a question about Tally, or for no question at all; None for everything else."""
    text, language = ctx.reading.text, ctx.reading.language
    if _EMPTY.match(text) or pattern("small_talk").search(text):
        return Plan(
            "small talk",
            "refused",
            say("refuse_out_of_scope", language),
            language=language,
            headline="",
            suggestions=samples(ctx),
        )
    if ctx.reading.has("about") and not ctx.reading.periods:
        ends = _ends(ctx)
        calls = (ToolCall("find_figures", {"figure_ids": list(ends)}),) if ends else ()
        return Plan("about", "answered", _known(ctx), calls, language, headline="", suggestions=samples(ctx))
    return None


def _ends(ctx: Context) -> tuple[str, ...]:
    """The earliest and the latest figure: what the named years rest on."""
    dated = sorted((e for e in ctx.index.entries if e.months), key=lambda e: e.months.last if e.months else 0)
    return tuple(dict.fromkeys(e.figure.figure_id for e in (dated[:1] + dated[-1:])))


def _known(ctx: Context) -> str:
    entries, language = ctx.index.entries, ctx.reading.language
    if not entries:
        return say("about_empty", language)
    years = sorted({e.months.last // 12 for e in entries if e.months})
    top = Counter(e.figure.label for e in entries if len(e.figure.label) < 50).most_common(5)
    return say(
        "about",
        language,
        notices=str(len(ctx.library.notices(ctx.collection))),
        figures=str(len(entries)),
        first=str(years[0]) if years else "?",
        last=str(years[-1]) if years else "?",
        indicators=table(language)["words"]["list"].join(_plain(label) for label, _ in top if _plain(label)),
    )


def _plain(label: str) -> str:
    return re.sub(r"\d+", "", label).strip()


def samples(ctx: Context) -> tuple[str, ...]:
    """Questions that can be answered, from the figures most often mentioned."""
    language = ctx.reading.language
    best = sorted(ctx.index.entries, key=lambda e: -len(e.figure.mentions))[:3]
    return tuple(
        table(language)["words"]["ask"].format(label=e.figure.label, period=e.figure.time_period) for e in best
    )
