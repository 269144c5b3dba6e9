"""Chinese wordings of foreign names, met by their sound: 鹿特丹 is Rotterdam, 如东 Rudong.

The name is looked for among the places and members that notices in other languages hold. Both sides become strings of
consonants, as Chinese keeps little else of a foreign word; a name that sounds like two of them is none.
"""

import re
from dataclasses import replace
from functools import lru_cache

from assistant.understanding.figure_index import FigureIndex, keys
from assistant.understanding.reading import Reading
from assistant.understanding.terms import Term

LEAST = 0.78  # of their sounds that two names must share
CLEAR = 0.06  # by which the best must lead
SHORTEST, LONGEST = 2, 7  # characters of a Chinese name
FEWEST = 3  # consonants from which a likeness is no chance
WEAK = 0.3  # what a sound costs that Chinese drops or bends
NAMED = ("counterpart", "district", "part", "company", "subject")
CLASSES = (("bp", "P"), ("fvw", "F"), ("dt", "T"), ("gkqh", "K"), ("lr", "L"), ("jxzsc", "S"), ("m", "M"), ("n", "N"))
SOUND = {letter: sound for letters, sound in CLASSES for letter in letters}
INITIAL = SOUND | {"q": "S", "w": "F", "h": "K"}  # of pinyin
BENT = ({"M", "N"}, {"K", "S"}, {"F", "P"})  # sounds that are taken for each other
SPELT = (
    ("tsch", "s"), ("sch", "s"), ("sh", "s"), ("ph", "f"), ("th", "t"), ("gn", "n"), ("qu", "k"), ("ck", "k"),
    ("x", "ks"),
)  # fmt: skip
FOREIGN = frozenset(  # characters that foreign names are written with
    "阿艾安奥巴贝比伯布查达德迪丁杜顿恩尔法菲费弗夫福盖戈格哈赫胡惠霍基吉加卡凯坎科克肯库拉莱兰劳勒雷里利林灵隆卢鲁伦罗洛马迈"
    "曼芒梅门蒙米摩莫姆穆纳奈尼宁诺帕佩皮普奇乔丘萨塞桑沙圣施史斯丝苏索塔泰坦特提图托瓦威韦维温沃乌希锡谢辛雅亚扬耶伊因尤约泽扎詹朱兹"
)
ALSO = frozenset("丹古多敦刻列埃森夸吕陶朗芬拜堡郎昂贡什捷涅莎莉薇日道波汉鹿墨悉珀昆仰岘答孟买琅")
STRANGE = re.compile(f"[{''.join(sorted(FOREIGN))}]{{3,}}")
WORD = re.compile(r"[A-ZÀ-Ý][^\W\d_]{3,}")


def heard(reading: Reading, index: FigureIndex) -> Reading:
    """The reading with each run of Chinese that no notice holds replaced by the name that it is the sound of."""
    loose = [t for t in reading.terms if t.key.startswith("z:") and t.key not in index.postings]
    if reading.language != "zh" or not loose or not _names(index):
        return reading
    terms = list(reading.terms)
    for start, end in _runs(loose):
        found = _best(reading.text[start:end], index)
        if found is None:  # a foreign name all the same, of which no notice speaks
            terms += [
                Term(f"w:{m.group()}", start + m.start(), start + m.end(), True)
                for m in STRANGE.finditer(reading.text[start:end])
            ]
            continue
        low, high, known = start + found[0], start + found[1], found[2]
        terms = [t for t in terms if not (t.key.startswith("z:") and t.start < high and low < t.end)]
        terms += [Term(key, low, high, True) for key in known]
    return replace(reading, terms=tuple(sorted(terms, key=lambda t: t.start)))


def _runs(terms: list[Term]) -> list[tuple[int, int]]:
    """Where loose terms hang together."""
    spans: list[tuple[int, int]] = []
    for term in sorted(terms, key=lambda t: t.start):
        if spans and term.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], term.end))
        else:
            spans.append((term.start, term.end))
    return [s for s in spans if s[1] - s[0] >= SHORTEST]


@lru_cache(maxsize=1_000)
def _best(run: str, index: FigureIndex) -> tuple[int, int, frozenset[str]] | None:
    """The stretch of a run that sounds most like one known name, and the terms of that name."""
    scored: list[tuple[float, int, int, str]] = []
    for start in range(len(run)):
        for end in range(start + SHORTEST, min(start + LONGEST, len(run)) + 1):
            words = run[start:end]
            foreign = end - start > SHORTEST and all(c in FOREIGN or c in ALSO for c in words)
            syllables = _syllables(words)
            scored += [
                (likeness, start, end, name)
                for name in _names(index)
                if (likeness := _alike(syllables, name)) == 1.0 or foreign
            ]
    best = max(scored, default=None)
    if best is None or best[0] < LEAST:
        return None
    rivals = [s for s in scored if _names(index)[s[3]] != _names(index)[best[3]]]
    if any(s[0] > best[0] - CLEAR for s in rivals):
        return None
    return best[1], best[2], _names(index)[best[3]]


@lru_cache(maxsize=4)
def _names(index: FigureIndex) -> dict[str, frozenset[str]]:
    """The names of places and members in notices that are not in Chinese, each with its terms."""
    found: dict[str, frozenset[str]] = {}
    for entry in index.entries:
        if entry.notice.language == "zh":
            continue
        values = (v for k, v in entry.figure.dimensions.items() if k in NAMED)
        for text in (entry.notice.title, entry.figure.ref_area, *values):
            for word in WORD.findall(text):
                terms = frozenset(t for t in keys(word, entry.notice.language) if t in index.postings)
                if terms and not any(t.startswith("c:") and not t.startswith("c:area_") for t in terms):
                    found[word] = terms
    return found


@lru_cache(maxsize=10_000)
def _syllables(chinese: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # its tables load only for a question that needs them

    return tuple(lazy_pinyin(chinese))


def _alike(syllables: tuple[str, ...], name: str) -> float:
    """How much of their sounds a Chinese and a Latin name share, 1 where the one is written as the other is read."""
    if "".join(syllables) == name.lower():
        return 1.0
    mine, best = _spoken(syllables), 0.0
    for hard in ("k", "s"):  # Sachsen, Chemnitz
        theirs = _consonants(name, hard)
        if min(len(mine), len(theirs)) >= FEWEST:
            best = max(best, 1 - _distance(mine, theirs) / max(len(mine), len(theirs)))
    return min(best, 0.99)


def _spoken(syllables: tuple[str, ...]) -> str:
    sounds = []
    for syllable in syllables:
        sounds.append(INITIAL.get(syllable[0], ""))
        sounds.append("N" if re.search(r"[^n]n(?:g)?$", syllable) else "")
    return "".join(sounds)


@lru_cache(maxsize=10_000)
def _consonants(name: str, ch: str) -> str:
    word = name.lower()
    for written, sound in SPELT:
        word = word.replace(written, sound)
    word = re.sub(r"ch", ch, word)
    word = re.sub(r"c(?=[eiy])", "s", word)
    word = re.sub(r"c", "k", word)
    word = re.sub(r"(.)\1", r"\1", word)
    return "".join(SOUND.get(c, "") for c in word)


def _distance(a: str, b: str) -> float:
    """The cost of turning one string of consonants into the other; dropped r, bent nasals cost little."""
    row = [sum(_drop(c) for c in b[:j]) for j in range(len(b) + 1)]
    for x in a:
        above, row = row, [row[0] + 1.0]
        for j, y in enumerate(b, 1):
            changed = 0.0 if x == y else WEAK if {x, y} in BENT else 1.0
            row.append(min(above[j] + 1.0, row[-1] + _drop(y), above[j - 1] + changed))
    return row[-1]


def _drop(sound: str) -> float:
    return WEAK if sound in "LT" else 1.0


__all__ = ["heard"]
