"""What a notice is about as a whole: whom it names first or again and again, and what it counts throughout."""

from collections import Counter
from dataclasses import dataclass

from assistant.understanding.proper_names import OFTEN, OPENING
from assistant.understanding.stopwords import is_stopword
from assistant.understanding.terms import Term, concepts, read_terms
from knowledge.notice import Notice


@dataclass(frozen=True, slots=True)
class Topics:
    """Terms that any figure of a notice may be asked by."""

    names: frozenset[str]  # of one word: an agency, a programme
    measured: frozenset[str]  # concepts of what is counted


def topical(notice: Notice) -> Topics:
    """The topics of a notice."""
    terms = [t for t in read_terms(f"\n{notice.text}", notice.language) if not is_stopword(t.key, notice.language)]
    count = Counter(t.key for t in terms)
    title = {t.key for t in read_terms(notice.title, notice.language)}

    def leads(term: Term) -> bool:
        return term.start < OPENING or term.key in title or count[term.key] >= OFTEN

    names = (
        frozenset(t.key for t in terms if t.key[0] == "w" and t.proper and leads(t))
        if notice.language != "de"
        else frozenset()
    )
    small = {t.key for t in terms if not t.proper}
    measured = frozenset(t.key for t in terms if concepts().measures.get(t.key) in ("count", "money") and leads(t))
    return Topics(names - small, measured)
