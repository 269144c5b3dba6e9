"""Notice to figures: a pure function, deterministic, linear in the length of the text."""

from collections.abc import Iterator
from dataclasses import replace

from knowledge.figure import Figure
from knowledge.ledger import headline, noise, provisional
from knowledge.ledger.catalogue import Catalogue
from knowledge.ledger.chinese import ChineseSentence
from knowledge.ledger.context import Context, State, context_of
from knowledge.ledger.draft import Draft
from knowledge.ledger.grid import Grid, grids
from knowledge.ledger.leading import paragraph
from knowledge.ledger.merge import figures
from knowledge.ledger.prose import Sentence
from knowledge.ledger.tabular import Tabular
from knowledge.ledger.where import places
from knowledge.notice import Notice
from knowledge.reading import sentences
from knowledge.reading.script import simplified

MOST_PLACES = 40  # remembered for "the city", "the zone"


def _parts(text: str, language: str) -> Iterator[tuple[int, int, Grid | None]]:
    """Sentences and tables by place; a sentence that a table covers is left to the table."""
    tables = list(grids(text))
    following = 0
    for start, end in sentences.split(text, language):
        while following < len(tables) and tables[following].end <= start:
            yield tables[following].start, tables[following].end, tables[following]
            following += 1
        if following < len(tables) and tables[following].start < end and start < tables[following].end:
            if start < tables[following].start - 1:
                yield start, tables[following].start, None
            continue
        yield start, end, None
    for table in tables[following:]:
        yield table.start, table.end, table


def _drafts(context: Context, state: State) -> Iterator[Draft]:
    text, language = context.notice.text, context.lex.language
    state.first = [p for p in places(context.notice.title, context) if p.role == "area"]
    last = 0
    for start, end, grid in _parts(text, language):
        if "\n\n" in text[last:start] or (language == "zh" and "\n" in text[last:start]):
            paragraph(state, context)
        last = end
        del state.named[:-MOST_PLACES]
        if grid is not None:
            yield from Tabular(grid, context, state).read()
            continue
        line = text[start:end].rstrip()
        if noise.closes(line):
            return
        if not line:
            continue
        drafts: list[Draft] = []
        if not noise.is_noise(line, context.lex):
            reader = ChineseSentence if language == "zh" else Sentence
            drafts = reader(line, start, context, state).read()
        provisional.mark(line, drafts, start, context, state)
        yield from drafts


def extract(notice: Notice, catalogue: Catalogue) -> tuple[Figure, ...]:
    """Every published number of a notice as a Figure, by place; `notice.text[start:end] == published_as`."""
    written = replace(notice, title=simplified(notice.title), text=simplified(notice.text))
    context = context_of(written, catalogue)
    state = State(area=context.area)
    drafts = list(_drafts(context, state))
    headline.dated(drafts, context)
    provisional.settle(drafts, state)
    return figures(drafts, replace(context, notice=notice), catalogue)
