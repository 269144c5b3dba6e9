"""Notice to figures: a pure function, deterministic, linear in the length of the text."""

from collections.abc import Iterator

from knowledge.figure import Figure
from knowledge.ledger import noise
from knowledge.ledger.catalogue import Catalogue
from knowledge.ledger.chinese import ChineseSentence
from knowledge.ledger.context import Context, State, context_of
from knowledge.ledger.draft import Draft
from knowledge.ledger.merge import figures
from knowledge.ledger.prose import Sentence
from knowledge.notice import Notice
from knowledge.reading import sentences

DIGITS = frozenset("0123456789０１２３４５６７８９%％")


def _drafts(context: Context) -> Iterator[Draft]:
    text, language = context.notice.text, context.lex.language
    state = State(area=context.area)
    for start, end in sentences.split(text, language):
        line = text[start:end]
        if noise.closes(line):
            return
        if noise.is_noise(line, context.lex):
            continue
        reader = ChineseSentence if language == "zh" else Sentence
        yield from reader(line, start, context, state).read()


def extract(notice: Notice, catalogue: Catalogue) -> tuple[Figure, ...]:
    """Every published number of a notice as a Figure, by place; `notice.text[start:end] == published_as`."""
    context = context_of(notice, catalogue)
    return figures(list(_drafts(context)), context, catalogue)
