"""A notice's text in stretches of about 110 words, cut at sentence ends; each is an exact span of the text."""

import re
from collections.abc import Iterator

from knowledge.notice import Notice, Passage
from knowledge.reading.sentences import split

WORDS = 110
_LONGEST = 2 * WORDS
_TABLE_HEAD = 6_000  # characters
_TABLES = (
    "text/csv",
    "text/tab-separated-values",
    "application/vnd.apache.parquet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml",
    "application/vnd.sdmx",
)
_CJK = re.compile(r"[぀-ヿ㐀-鿿豈-﫿가-힯]")
_WORD = re.compile(rf"{_CJK.pattern}|(?:(?!{_CJK.pattern})[^\W_]){{1,40}}(?:[.,'’-](?=[^\W_]))?")
_CJK_WEIGHT = 0.55  # a Chinese word takes nearly two characters


def passages(notice: Notice) -> tuple[Passage, ...]:
    """The passages of a notice, in order; they cover every sentence and none overlap.

    Of a table only the beginning is covered, which tells what it is about: its rows are looked up as figures.
    """
    is_table = notice.media_type.startswith(_TABLES)
    text = notice.text[:_TABLE_HEAD] if is_table else notice.text
    return tuple(
        Passage(f"{notice.notice_id}:{start}", notice.notice_id, start, end, text[start:end])
        for start, end in _spans(text, notice.language)
    )


def _spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    begin, end, weight = -1, -1, 0.0
    for start, stop in _pieces(text, language):
        more = _weight(text[start:stop])
        if begin >= 0 and weight + more > WORDS:
            yield begin, end
            begin, weight = -1, 0.0
        begin, end, weight = (start if begin < 0 else begin), stop, weight + more
    if begin >= 0:
        yield begin, end


def _pieces(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Sentences; those beyond all measure in parts."""
    for span in split(text, language):
        if _weight(text[span[0] : span[1]]) <= _LONGEST:
            yield span
        else:
            yield from _parts(text, *span)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin, stop, weight = start, start, 0.0
    for match in _WORD.finditer(text, start, end):
        weight += _weight(match[0])
        stop = match.end()
        if weight >= WORDS:
            yield begin, stop
            begin, weight = stop, 0.0
    if text[begin:end].strip():
        yield begin, end


def _weight(text: str) -> float:
    return sum(_CJK_WEIGHT if _CJK.match(word[0]) else 1.0 for word in _WORD.finditer(text))
