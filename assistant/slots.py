"""The slots of a draft: `{F1}`, `{C1:abs}`, `{P1}`; where citation marks go; nothing here knows what a handle holds."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SLOT = re.compile(r"\{([FCPQ][1-9]\d{0,3})(?::(abs|bare))?\}")
SENTENCE = re.compile(r".*?(?:(?<!\.[A-Z])[.!?](?=\s|$)[\"'”’)]*|[。！？]|\n|$)\s*", re.S)
QUOTED = re.compile(r"“[^”]+”|\"[^\"]+\"|「[^」]+」|『[^』]+』|«[^»]+»|„[^“]+“")  # a quotation is never cut
ENDING = re.compile(r"((?:[.!?。！？][\"'”’)]*)?\s*)$")
QUALIFYING = {  # words before a slot that already say its qualifier
    "over": r"(?:over|more than|exceed(?:s|ed|ing)?|above|at least|surpass(?:es|ed|ing)?|topp(?:ed|ing)"
    r"|超过?|逾|über|mehr als|plus de)",
    "nearly": r"(?:nearly|almost|close to|just under|近|将近|接近|fast|knapp|près de)",
    "about": r"(?:about|around|roughly|approximately|some|约|大约|rund|etwa|environ)",
    "under": r"(?:under|below|less than|fewer than|不到|低于|unter|weniger als|moins de)",
}
LEADING = {
    "over": r"over |超过|über |plus de ",
    "nearly": r"nearly |近|fast |près de ",
    "about": r"about |约|rund |environ ",
    "under": r"under |不到|unter |moins de ",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of a draft. `form` is "", "abs" or "bare"."""

    start: int
    end: int
    handle: str
    form: str


DAY = re.compile(  # `am 29. Februar`: the stop ends no sentence
    r"(?<!\d)\d{1,2}\.(?=\s(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b)"
)


def slots(draft: str) -> tuple[Slot, ...]:
    """Every slot in order."""
    return tuple(Slot(m.start(), m.end(), m[1], m[2] or "") for m in SLOT.finditer(draft))


def sentences(draft: str) -> Iterator[str]:
    """The sentences with the space behind them; joined, they are the draft. A quotation stays whole."""
    masked = QUOTED.sub(lambda m: m[0][0] + "x" * (len(m[0]) - 2) + m[0][-1], draft)
    masked = DAY.sub(lambda m: m[0].replace(".", "x"), masked)
    yield from (draft[m.start() : m.end()] for m in SENTENCE.finditer(masked) if m[0])


def fill(
    draft: str, words: Callable[[Slot], str], marks: Callable[[str], tuple[int, ...]], qualifier: Callable[[str], str]
) -> str:
    """The draft with its slots printed. A sentence that rests on one source carries its mark once, at its end."""
    return "".join(_sentence(sentence, words, marks, qualifier) for sentence in sentences(draft))


def _sentence(
    sentence: str,
    words: Callable[[Slot], str],
    marks: Callable[[str], tuple[int, ...]],
    qualifier: Callable[[str], str],
) -> str:
    found = slots(sentence)
    cited = [() if slot.form == "bare" else marks(slot.handle) for slot in found]
    once = len({mark for mark in cited if mark}) == 1
    out, at = "", 0
    for number, (slot, mark) in enumerate(zip(found, cited, strict=True)):
        out += sentence[at : slot.start]
        text = "" if slot.handle.startswith("P") else words(slot)
        if not text and sentence[slot.end : slot.end + 1] in set(".,;:!?。，；：！？"):
            out = out.rstrip(" ")
        out += _unrepeated(out, text, sentence[slot.end :], qualifier(slot.handle))
        at = slot.end
        following = next((later for later in cited[number + 1 :] if later), ())
        if mark and not once and following != mark:
            out = f"{out.rstrip(' ')}{_brackets(mark)}"
    out += sentence[at:]
    if found and not sentence[: found[0].start].strip() and out[:1].islower():
        out = out[0].upper() + out[1:]
    if once:
        mark = next(mark for mark in cited if mark)
        out = ENDING.sub(lambda tail: _brackets(mark) + tail[1], out.replace("  ", " "), count=1)
    return out


def _brackets(marks: tuple[int, ...]) -> str:
    return " " + "".join(f"[{n}]" for n in marks)


def _unrepeated(before: str, text: str, after: str, qualifier: str) -> str:
    """`more than {F1} projects` with "over 180 projects" is "more than 180 projects"."""
    if qualifier in QUALIFYING and re.search(rf"{QUALIFYING[qualifier]}\s*$", before, re.I):
        text = re.sub(rf"^(?:{LEADING[qualifier]})", "", text)
    tail = re.match(r"\s*([^\W\d_][\w&-]*(?: [^\W\d_][\w&-]*)?|%)", after)
    for many in [tail[1], tail[1].split(" ")[0]] if tail else []:
        repeated = text.casefold().endswith(many.casefold()) and len(text) > len(many)
        if repeated and not (text[-len(many) - 1].isascii() and text[-len(many) - 1].isalpha()):
            return text[: -len(many)].rstrip()
    return text
