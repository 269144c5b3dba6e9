"""The words of a sentence that are quoted: all of it, or the clauses that say most where it is too long."""

import re

from assistant.understanding.figure_index import keys
from assistant.understanding.sentence_index import Sentence

LONGEST = 62  # words of a quote
MOST = 420  # characters of it
_CUT = re.compile(r"[,;，；：:]\s*")
_MARKS = (("“", "”"), ('"', '"'), ("«", "»"), ("「", "」"))


def quoted(words: str) -> str:
    """The words in quotation marks that they do not hold themselves; the final stop is left out."""
    words = words.rstrip(" .。!！?？;；,，")
    open_, close = next((p for p in _MARKS if not set(p) & set(words)), ("『", "』"))
    return f"{open_}{words}{close}"


def window(sentence: Sentence, asked: frozenset[str]) -> tuple[int, int]:
    """The sentence, or the stretch of clauses that says most of the asked words where it is too long to quote."""
    if len(sentence.text.split()) <= LONGEST and len(sentence.text) <= MOST:
        return sentence.start, sentence.end
    cuts = [0, *(m.end() for m in _CUT.finditer(sentence.text)), len(sentence.text)]
    best, chosen = -1, (0, min(len(sentence.text), MOST - 20))
    for i, low in enumerate(cuts[:-1]):
        for high in cuts[i + 1 :]:
            piece = sentence.text[low:high]
            if len(piece.split()) > LONGEST or len(piece) > MOST:
                break
            hits = len(asked & keys(piece, sentence.notice.language)) * 10 + min(len(piece) // 100, 4)
            if hits > best:
                best, chosen = hits, (low, high)
    low, high = chosen
    piece = sentence.text[low:high]
    return sentence.start + low, sentence.start + low + len(piece.rstrip(" ,;，；"))
