"""What a draft may lean on: the handles found, the words they were published in, the question's own names."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assistant.evidence import Derivation, Evidence
from assistant.gate.text import folded, squeezed
from assistant.question import Question
from assistant.tools import Toolbox
from assistant.understanding.periods import Months, months, shift
from assistant.wording.phrases import what_alone
from knowledge.figure import ChangeKind, Figure
from knowledge.ledger.catalogue import Catalogue

DIFFERENCE = re.compile(r"[FC]\d+\)? - \(?[FC\d]|\) - 1\b|\) - [FC]")
IMPLIED = re.compile(r"/ \(1 \+ F\d+ / 100\)")
GROWTH = frozenset({ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH, ChangeKind.DIFFERENCE})


@dataclass(frozen=True)
class Facts:
    """What is true of one handle: of a figure itself, of a derivation all that its operands are."""

    figures: tuple[Figure, ...]
    derivation: Derivation | None = None

    @cached_property
    def periods(self) -> frozenset[str]:
        """What the number is for; a level before its growth is for the period before."""
        if self.derivation and IMPLIED.search(self.derivation.expression):
            return self.bases
        own = frozenset({f.time_period for f in self.figures})
        return own | self.bases if self.derivation else own

    @cached_property
    def bases(self) -> frozenset[str]:
        """The periods that growths are measured from."""
        found = {f.base_period for f in self.figures if f.base_period}
        return frozenset(found | {shift(f.time_period, -1) for f in self.figures if f.change_kind in GROWTH})

    @cached_property
    def scenarios(self) -> frozenset[str]:
        return frozenset(str(f.scenario) for f in self.figures)

    @cached_property
    def words(self) -> str:
        """Everything these figures were published as, folded."""
        parts = []
        for f in self.figures:
            parts += [f.label, f.indicator.replace("_", " ").replace("-", " "), f.ref_area, f.quote]
            parts += [*f.dimensions.values(), f.relates_to or ""]
        return folded(" | ".join(parts))

    @property
    def unit(self) -> str:
        return self.derivation.unit if self.derivation else self.figures[0].unit

    @property
    def value(self) -> float:
        return float(self.derivation.value) if self.derivation else self.figures[0].value

    @property
    def qualifier(self) -> str:
        return self.derivation.qualifier if self.derivation else str(self.figures[0].qualifier)

    @property
    def is_change(self) -> bool:
        """Whether the number itself says by how much something moved or differs."""
        if self.derivation:
            return bool(DIFFERENCE.search(self.derivation.expression))
        return self.figures[0].change_kind in GROWTH


@dataclass(frozen=True)
class Grounds:
    """The evidence of one question, made ready for checking."""

    evidence: Evidence
    question: str  # with the turns before it
    language: str
    as_of: date
    asking: str = ""  # the question alone
    titles: dict[str, str] = field(default_factory=dict)  # of the notices, by id
    urls: frozenset[str] = frozenset()
    published: frozenset[date] = frozenset()
    catalogue: Catalogue | None = None
    counts: frozenset[int] = frozenset()  # of notices and figures known
    prompt: str = ""
    _facts: dict[str, Facts | None] = field(default_factory=dict)

    def facts(self, handle: str) -> Facts | None:
        """What is true of a figure or a derivation; None for passages and the asker's numbers."""
        if handle not in self._facts:
            self._facts[handle] = self._gather(handle)
        return self._facts[handle]

    def _gather(self, handle: str) -> Facts | None:
        if figure := self.evidence.figures.get(handle):
            return Facts((figure,))
        if derived := self.evidence.derivations.get(handle):
            inner = [facts for operand in derived.operands if (facts := self.facts(operand))]
            return Facts(tuple(f for facts in inner for f in facts.figures), derived) if inner else None
        return None

    @cached_property
    def lore(self) -> str:
        """All words of the evidence, folded."""
        rows = [Facts((f,)).words for f in self.evidence.figures.values()]
        rows += [folded(p.text) for p in self.evidence.passages.values()]
        return " | ".join([*rows, *(folded(title) for title in self.titles.values())])

    @cached_property
    def captions(self) -> re.Pattern[str]:
        """The names under which code prints these figures: labels, areas, dimensions."""
        names = {
            name.strip()
            for f in self.evidence.figures.values()
            for name in (f.label, what_alone(f), f.ref_area, *f.dimensions.values())
        }
        told = sorted((re.escape(n) for n in names if len(n) > 1 and any(c.isalpha() for c in n)), key=len)
        return re.compile("|".join(reversed(told)) or r"(?!)", re.IGNORECASE)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The areas of the evidence, lower case, longest first."""
        found = {f.ref_area.casefold() for f in self.evidence.figures.values() if f.ref_area}
        return tuple(sorted(found, key=len, reverse=True))

    @cached_property
    def asked(self) -> str:
        return folded(self.question)

    @cached_property
    def quotable(self) -> str:
        """Every sentence that a draft may quote, squeezed."""
        texts = [f.quote for f in self.evidence.figures.values()] + [p.text for p in self.evidence.passages.values()]
        return " | ".join(squeezed(text) for text in [*texts, *self.titles.values()])

    @cached_property
    def known_months(self) -> tuple[Months, ...]:
        """Every period of the evidence, those before a growth among them."""
        codes = {
            code
            for handle in self.evidence.figures
            if (facts := self.facts(handle))
            for code in facts.periods | facts.bases
        }
        return tuple(span for code in codes if (span := months(code)))

    @cached_property
    def years(self) -> frozenset[str]:
        """Years that the evidence or the question names."""
        codes = " ".join(
            code
            for handle in self.evidence.figures
            if (facts := self.facts(handle))
            for code in facts.periods | facts.bases
        )
        dates = " ".join(str(day.year) for day in self.published)
        return frozenset(re.findall(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", f"{codes} {dates} {self.lore} {self.asked}"))

    @cached_property
    def counted(self) -> frozenset[str]:
        """Nouns and units that the evidence counts in."""
        found = {word for f in self.evidence.figures.values() for word in folded(f.unit).split()[-1:]}
        return frozenset(
            found | {"percent", "percentage", "%", "yuan", "dollars", "projects", "enterprises", "companies"}
        )


def of(toolbox: Toolbox, question: Question, language: str, prompt: str = "") -> Grounds:
    """The grounds of a question whose tools have been called."""
    ids = {f.notice_id for f in toolbox.evidence.figures.values()} | {
        p.notice_id for p in toolbox.evidence.passages.values()
    }
    notices = [toolbox.library.notice(notice_id) for notice_id in sorted(ids)]
    return Grounds(
        evidence=toolbox.evidence,
        question=toolbox.asker_text or question.text,
        language=language,
        as_of=question.as_of,
        asking=question.text,
        titles={notice.notice_id: notice.title for notice in notices},
        urls=frozenset(url for notice in notices for url in (notice.url, notice.source) if url),
        published=frozenset(notice.published for notice in notices if notice.published),
        catalogue=getattr(toolbox.library, "catalogue", None),
        counts=frozenset(
            {len(toolbox.library.notices(toolbox.collection)), len(toolbox.library.figures(toolbox.collection))}
        ),
        prompt=prompt,
    )
