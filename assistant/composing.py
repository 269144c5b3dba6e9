"""A draft and its evidence become the Answer document: figures, derivations, citations, table, warnings.

Code, not a model, decides what is cited: the handles of the text first, then of the table, then of the chart.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from assistant import charts, expressions, rendering, slots
from assistant.answer import Answer, Citation, DerivationRow, Table, Value
from assistant.evidence import Derivation, Evidence
from assistant.question import Question
from assistant.slots import Slot
from assistant.tools import Toolbox
from assistant.understanding.plan import Plan
from assistant.wording import notes
from knowledge.figure import Figure, FigureStatus, ObsStatus
from knowledge.known import Known
from knowledge.ledger.flag import Flag
from knowledge.notice import Notice
from knowledge.transcripts import READ_BY_MODEL

MOST_CITATIONS = 8


@dataclass(slots=True)
class Ledger:
    """What an answer uses, in order of appearance: handles, and the citation number of each quote."""

    evidence: Evidence
    notice: Callable[[str], Notice]
    figures: dict[str, int | None] = field(default_factory=dict)  # handle -> citation number
    derivations: dict[str, Derivation] = field(default_factory=dict)
    citations: dict[tuple[str, int, int], Citation] = field(default_factory=dict)

    def use(self, handle: str) -> tuple[int, ...]:
        """The citation numbers of a handle; it counts as used from now on."""
        if figure := self.evidence.figures.get(handle):
            if handle not in self.figures:
                self.figures[handle] = self._cite(figure.notice_id, *self._quote(figure))
            number = self.figures[handle]
            return (number,) if number else ()
        if passage := self.evidence.passages.get(handle):
            number = self._cite(passage.notice_id, passage.start, passage.end)
            return (number,) if number else ()
        if derived := self.evidence.derivations.get(handle):
            numbers = [n for operand in derived.operands for n in self.use(operand)]
            self.derivations.setdefault(handle, derived)
            return tuple(sorted(set(numbers)))
        return ()

    def _quote(self, figure: Figure) -> tuple[int, int]:
        """Where the figure's sentence stands in its notice; the printed token alone where the sentence was joined."""
        text = self.notice(figure.notice_id).text
        at = text.rfind(figure.quote, 0, figure.start + len(figure.quote)) if figure.quote else -1
        found = at >= 0 and at <= figure.start
        return (at, at + len(figure.quote)) if found else (figure.start, figure.end)

    def _cite(self, notice_id: str, start: int, end: int) -> int | None:
        key = (notice_id, start, end)
        if key not in self.citations:
            if len(self.citations) >= MOST_CITATIONS:
                return None
            notice = self.notice(notice_id)
            self.citations[key] = Citation(
                n=len(self.citations) + 1,
                notice_id=notice_id,
                source=notice.source,
                title=notice.title,
                published=notice.published.isoformat() if notice.published else None,
                url=notice.url,
                quote=notice.text[start:end],
                start=start,
                end=end,
            )
        return self.citations[key].n


def compose(plan: Plan, toolbox: Toolbox, question: Question, answered_by: str = "embedded") -> Answer:
    """The Answer of a plan whose calls have been run. ModelError where the draft names an unknown handle."""
    evidence, language = toolbox.evidence, plan.language
    ledger = Ledger(evidence, toolbox.library.notice)
    text = printed(plan.draft, ledger, language)
    table = _table(plan.table, ledger, language)
    chart, alt = _chart(toolbox, ledger, plan)
    figures = [
        evidence.figures[handle].as_row() | {"handle": handle, "citation": number}
        for handle, number in ledger.figures.items()
    ]
    return Answer(
        answer_id=uuid.uuid4().hex,
        conversation_id=question.conversation_id,
        question=question.text,
        status=plan.status,
        text=text,
        language=language,
        value=headline(plan, evidence),
        figures=figures,
        derivations=[_row(handle, each, evidence, language) for handle, each in ledger.derivations.items()],
        citations=list(ledger.citations.values()),
        table=table,
        chart=chart,
        chart_alt=alt,
        interpretation=_interpretation(plan),
        suggestions=list(plan.suggestions),
        options=list(plan.options),
        warnings=list(dict.fromkeys([*plan.warnings, *_warnings(ledger, language, toolbox.library)])),
        answered_by=answered_by,
    )


def printed(draft: str, ledger: Ledger, language: str) -> str:
    """The draft's text with every slot as a number and every source as a mark."""
    return fill(draft, ledger, language).strip()


def fill(draft: str, ledger: Ledger, language: str) -> str:
    """As `printed`, with the space around it kept."""

    def words(slot: Slot) -> str:
        return rendering.handle(slot.handle, ledger.evidence, language, slot.form)

    return slots.fill(draft, words, ledger.use, lambda handle: _qualifier(handle, ledger.evidence))


def headline(plan: Plan, evidence: Evidence) -> Value | None:
    """The answer's number, or its yes or no."""
    if plan.status != "answered":
        return None
    if plan.truth is not None:
        return Value(value=plan.truth, unit="")
    handle = plan.headline
    if handle is None:
        handle = next((slot.handle for slot in slots.slots(plan.draft) if slot.handle[0] in "FC"), "")
    if figure := evidence.figures.get(handle):
        words = rendering.handle(handle, evidence, plan.language)
        return Value(value=figure.value, unit=figure.unit, qualifier=str(figure.qualifier), text=words)
    if derived := evidence.derivations.get(handle):
        words = rendering.handle(handle, evidence, plan.language)
        return Value(value=float(derived.value), unit=derived.unit, qualifier=derived.qualifier, text=words)
    return None


def _qualifier(handle: str, evidence: Evidence) -> str:
    found: Figure | Derivation | None = evidence.figures.get(handle) or evidence.derivations.get(handle)
    return str(found.qualifier) if found else "exact"


def _row(handle: str, derived: Derivation, evidence: Evidence, language: str) -> DerivationRow:
    return DerivationRow(
        handle=handle,
        expression=derived.expression,
        operands=list(derived.operands),
        value=float(derived.value),
        unit=derived.unit,
        qualifier=derived.qualifier,
        interval=(float(derived.low), float(derived.high)),
        formula=_formula(derived, evidence, language),
        text=rendering.handle(handle, evidence, language),
    )


def _formula(derived: Derivation, evidence: Evidence, language: str) -> str:
    """The expression with its numbers in words, in the answer's language."""
    if language == rendering.FALLBACK or not derived.operands:
        return derived.formula
    return expressions.HANDLE.sub(lambda found: rendering.handle(found[0], evidence, language), derived.expression)


def _table(rows: tuple[tuple[str, ...], ...], ledger: Ledger, language: str) -> Table | None:
    if not rows:
        return None
    return Table(columns=list(rows[0]), rows=[[printed(cell, ledger, language) for cell in row] for row in rows[1:]])


def _chart(toolbox: Toolbox, ledger: Ledger, plan: Plan) -> tuple[dict[str, Any] | None, str | None]:
    if toolbox.chart is None or plan.status != "answered":
        return None, None
    for handle in toolbox.chart.handles:
        ledger.use(handle)
    return charts.draw(toolbox.chart.handles, toolbox.chart.kind, toolbox.evidence, plan.language)


def _interpretation(plan: Plan) -> dict[str, Any]:
    return {**plan.interpretation, "operation": plan.interpretation.get("operation", plan.operation)}


def _flags(figure: Figure, words: str, flags: Iterable[Flag], language: str) -> Iterable[str]:
    """What speaks against a figure: a model that read it from a picture, the arithmetic of the notices.

    The arithmetic is explained in English and named in other languages.
    """
    own = [flag for flag in flags if figure.figure_id in flag.figure_ids]
    if any(flag.code == READ_BY_MODEL for flag in own):
        yield notes.note(READ_BY_MODEL, language, number=words, label=figure.label)
        own = [flag for flag in own if flag.code != READ_BY_MODEL and flag.severity == "warning"]
        if not own:
            return
    told = [flag.explanation for flag in own if flag.explanation]
    yield from (
        told
        if told and language == rendering.FALLBACK
        else [notes.note("flagged", language, number=words, label=figure.label)]
    )


def _warnings(ledger: Ledger, language: str, library: Known) -> Iterable[str]:
    used = [ledger.evidence.figures[handle] for handle in ledger.figures]
    flags = library.flags() if any(figure.status is FigureStatus.FLAGGED for figure in used) else ()
    for figure in used:
        words = rendering.amount_of(figure, language)
        if figure.status is FigureStatus.FLAGGED:
            yield from _flags(figure, words, flags, language)
        if figure.obs_status is ObsStatus.PRELIMINARY:
            yield notes.note("preliminary", language, number=words, label=figure.label)
    for derived in ledger.derivations.values():
        if any(ledger.evidence.figures[h].comparable_basis for h in derived.operands if h in ledger.evidence.figures):
            yield notes.note("comparable_basis", language)
