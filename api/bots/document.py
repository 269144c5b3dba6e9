"""What a bot shows of an Answer, free of any platform's markup: pure values that the converters render."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Source:
    """A citation as people read it. `url` is http(s) or None; nothing else is ever linked."""

    n: int
    title: str
    published: str
    url: str | None
    quote: str


Lines = tuple[tuple[str, Source | None], ...]  # of a list: each with the source that it rests on


@dataclass(frozen=True, slots=True)
class Listing:
    """A titled list: what a command says, verdicts, news."""

    title: str
    lines: Lines = ()

    @property
    def plain(self) -> str:
        """Title and lines as text."""
        return "\n".join((self.title, *(line for line, _ in self.lines)))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the sentence; `source` is set for a citation mark."""

    text: str
    bold: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that can be asked with one click."""

    kind: Literal["option", "suggestion"]
    question: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of what was understood, which the asker may change."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A Vega-Lite specification and the words that say what it shows."""

    spec: dict[str, Any]
    alt: str


@dataclass(frozen=True, slots=True)
class Document:
    """An Answer as a message: every text is plain, every link is a Source."""

    answer_id: str
    conversation_id: str
    question: str
    language: str
    status: Literal["answered", "refused", "clarify"]
    sentence: tuple[Run, ...]
    captions: tuple[str, ...] = ()  # what each figure is, whatever the sentence says
    arithmetic: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    grid: Grid | None = None
    chart: Chart | None = None
    choices: tuple[Choice, ...] = ()
    chips: tuple[Chip, ...] = ()

    @property
    def plain(self) -> str:
        """The sentence without any marks of style."""
        return "".join(run.text for run in self.sentence)
