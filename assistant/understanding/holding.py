"""Whether a sentence holds an answer of the kind that is asked: somebody's name, a place, a reason, so many things."""

import re

from assistant.understanding.asking import Asked
from assistant.understanding.lists import items
from assistant.understanding.patterns import pattern
from assistant.understanding.reading import Reading
from assistant.understanding.sentence_index import Sentence
from assistant.understanding.terms import concepts, read_terms

_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|to|outside|from|à|en|dans|près de)\s(?:the\s|la\s|le\s)?$")
_CHINESE_PERSON = re.compile(
    r"(?:长|主任|书记|主席|经理|负责人|代表|总裁|发言人|专员)[\u4e00-\u9fff]{2,3}(?:说|表示|介绍|指出|通报|透露|强调|在|[，,、。]|\s|$)"
    r"|[\u4e00-\u9fff]{2,3}(?:说|表示|介绍|指出|透露)"
)
_CHINESE_PLACE = re.compile(
    r"[东西中]部|东北|华[东南北中]|位于|落户|地点|举办|举行|设在|坐落|选址|在[\u4e00-\u9fff]{2,8}(?:市|区|县|省|镇|园|召开|建)"
)
_GERMAN_PLACE = re.compile(r"\b(?:in|im|am|nach|bei|aus)\s[A-ZÄÖÜ]")
_GERMAN_PERSON = re.compile(
    r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)? (?:von )?[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?"
)


def holds(asked: Asked, sentence: Sentence, question: Reading) -> float:
    """What speaks for a sentence as an answer of that kind; below zero where it holds none."""
    found = _LOOKS[asked.kind](sentence, question) if asked.kind in _LOOKS else 0.0
    if asked.listed:
        listed = len(items(sentence.text))
        found += (
            0.35 if listed == asked.count else 0.25 if listed >= 2 and not asked.count else 0.1 * (listed >= 2) - 0.1
        )
    elif asked.count or asked.several:
        listed = len(items(sentence.text))
        found += 0.3 if asked.count and listed == asked.count else 0.12 if listed >= 2 else 0.0
    elif asked.kind == "thing":
        found += 0.06 if len(items(sentence.text)) >= 2 else 0.0
    return found


def gives_reason(sentence: Sentence, question: Reading) -> bool:
    """Whether a sentence says why, in so many words, or why a number was set right where that is asked."""
    return bool(pattern("cause").search(sentence.text)) or (_revises(sentence, question) and may_explain(sentence))


def _revises(sentence: Sentence, question: Reading) -> bool:
    return bool(pattern("revision").search(question.text) and pattern("revision").search(sentence.text))


def may_explain(sentence: Sentence) -> bool:
    """Whether a sentence says why by what had happened before."""
    return bool(pattern("explains").search(sentence.text))


def new_names(sentence: Sentence, question: Reading) -> tuple[str, ...]:
    """The names of a sentence that neither the question nor its title already says."""
    known = f"{question.text} {sentence.notice.title}".lower()
    return tuple(n for n in sentence.names if not all(w.lower().rstrip("s'’") in known for w in n.split()))


def people(sentence: Sentence, question: Reading) -> tuple[str, ...]:
    """Names of two to four words none of which is a word of the field or a place: somebody's."""
    named = (n for n in new_names(sentence, question) if 2 <= len(n.split()) <= 4)
    return tuple(n for n in named if all(t.key[0] == "w" for t in read_terms(n, sentence.notice.language)))


def is_about(sentence: Sentence, measure: str | None) -> bool:
    """Whether what is asked about is told in a sentence, or in the one before it where it tells of nothing else."""
    if measure is None:
        return True
    akin = {measure, *(f"c:{n}" for n in concepts().near.get(measure[2:], ()))}
    others = {t for t in sentence.terms if t in concepts().measures} - akin
    return measure in sentence.terms or (not others and bool(akin & (sentence.terms | sentence.before)))


def _same_rank(sentence: Sentence, question: Reading) -> float:
    """Whether a deputy is asked for and named, and the title as it is written."""
    deputy = [bool(pattern("deputy").search(t)) for t in (question.text, sentence.text)]
    titles = (question.text[t.start : t.end].lower() for t in question.terms if t.key == "c:leader")
    written = any(t in sentence.text.lower() for t in titles)
    return (0.0 if deputy[0] == deputy[1] else -0.15) + (0.1 if written else 0.0)


def _person(sentence: Sentence, question: Reading) -> float:
    speaks = pattern("speaker").search(sentence.text) or "c:leader" in sentence.terms
    shape = {"zh": _CHINESE_PERSON, "de": _GERMAN_PERSON}.get(sentence.notice.language)
    named = shape.search(sentence.text) if shape else people(sentence, question)
    return (0.45 if speaks else 0.1) + _same_rank(sentence, question) if named else -0.3


def _place(sentence: Sentence, question: Reading) -> float:
    asked = {t.key for t in question.terms}
    if any(t.startswith("c:area_") and t not in asked | sentence.topics for t in sentence.terms):
        return 0.2
    if sentence.notice.language == "zh":
        return 0.12 if _CHINESE_PLACE.search(sentence.text) else -0.05
    if sentence.notice.language == "de":
        return 0.1 if _GERMAN_PLACE.search(sentence.text) else -0.1
    text = sentence.text
    at = (text.find(n) for n in new_names(sentence, question))
    return 0.2 if any(_PLACE_BEFORE.search(text[:i]) for i in at if i > 0) else -0.2


def _reason(sentence: Sentence, question: Reading) -> float:
    found = 0.2 if pattern("cause").search(sentence.text) else 0.08 if may_explain(sentence) else 0.0
    return found + (0.15 if _revises(sentence, question) else 0.0)


def _time(sentence: Sentence, _question: Reading) -> float:
    return 0.15 if sentence.months else -0.1


def _name(sentence: Sentence, question: Reading) -> float:
    if sentence.notice.language in ("zh", "de"):
        return 0.0
    return 0.15 if new_names(sentence, question) else -0.25


_LOOKS = {"person": _person, "place": _place, "reason": _reason, "time": _time, "name": _name}
