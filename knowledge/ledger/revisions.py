"""Figures that replace earlier ones: `now 2,431 instead of the 2,486 announced`, `revised from 1,250 to 1,218`."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind, Scenario
from knowledge.ledger.draft import Draft

if TYPE_CHECKING:
    from knowledge.ledger.prose import Sentence

REVISES = re.compile(
    r"\b(?:re-?vis(?:ed|es|ing|ions?)|correct(?:ed|s|ions?)|amended|restated|recounted|recalculated)\b|"
    r"\b(?:revidiert\w*|korrigiert\w*|berichtigt\w*|Revision\w*|Korrektur\w*|Berichtigung\w*)|"
    r"\b(?:révis\w+|corrig\w+|rectifi\w+)",
    re.IGNORECASE,
)
INSTEAD = re.compile(
    r"[\s,(]*(?:instead of|rather than|in place of|(?:and )?not|statt|anstatt|anstelle von|und nicht|nicht|"
    r"au lieu d[eu']|et non|contre)\s[^\d.;]{0,40}",
    re.IGNORECASE,
)
ANNOUNCED = re.compile(
    r"\b(?:announced|published|reported|released|given|stated|first|originally|previously|earlier|initially|"
    r"gemeldet\w*|veröffentlicht\w*|genannt\w*|zunächst|ursprünglich\w*|annonc\w+|publi\w+|initialement|d'abord)\b",
    re.IGNORECASE,
)
ONTO = re.compile(r"[^\d.;,]{0,40}?\s(?:to|auf|à)\s[^\d.;,]{0,20}", re.IGNORECASE)
FROM = re.compile(r"[^\d.;]{0,40}?[\s,](?:from|von|gegenüber|contre)\s[^\d.;]{0,30}", re.IGNORECASE)
RESTATED = re.compile(
    r"\b(?:it|this|they|the (?:figure|number|count|total|value|result|rate))\s(?:has|have|had|was|were|is|are)\s"
    r"(?:(?:since|now|later|been)\s){0,2}(?:revised|corrected|amended|adjusted|restated|lowered|raised|cut)\s"
    r"(?:(?:up|down)(?:wards?)?\s)?to\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
COMPARED = re.compile(r"[\s,(]*(?:as )?(?:compared (?:with|to)|against|(?:up|down) from)\s(?:the\s)?", re.IGNORECASE)
RELEASED = re.compile(
    r"[^\d.;]{0,24}\b(?:release|report|bulletin|notice|announce\w*|publi\w+|before|previously)\b", re.IGNORECASE
)
GENERIC = re.compile(
    r"\b(?:the|this|that|die|diese|le|ce|cette)\s(?:figure|number|count|total|value|result|Zahl|Wert|chiffre|nombre|"
    r"valeur)\b(?P<rest>[^\d.;,]{0,40})$",
    re.IGNORECASE,
)
FORMERLY = re.compile(
    r"\b(?:previously|initially|originally|first|earlier|at first)\s(?:been\s)?"
    r"(?:reported|put|published|estimated|announced|given|stated|counted|recorded)"
    r"(?:\s(?:at|as|to be))?[\s:]+(?:\w+\s)?$|"
    r"\b(?:initially|originally|previously|at first|initialement|d'abord|précédemment)\b,?[^\d.;,]{0,20}[\s:]$|"
    r"\b(?:zunächst|ursprünglich|anfangs|zuvor)\s(?:[a-zäöüß]+\s){0,3}$|"
    r"\b(?:initialement|d'abord|précédemment)\s(?:annoncée?s?|publiée?s?|estimée?s?|chiffrée?s?|évaluée?s?)(?:\sà)?[\s:]+$",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"\b(?:reported|put|published|estimated|announced|given|stated|counted|recorded|gemeldet\w*|veröffentlicht\w*|"
    r"angegeben\w*|beziffert\w*|genannt\w*|geschätzt\w*|annonc\w+|publi\w+|estim\w+|chiffr\w+|évalu\w+)\b",
    re.IGNORECASE,
)
PLACED = re.compile(
    r"[^\d.;]{0,24}(?:\d{4})?[^\d.;]{0,24}\b(?:replaces?|supersedes?|ersetz\w+|remplac\w+)\s[^\d.;]{0,24}",
    re.IGNORECASE,
)
TOLD_ONLY = re.compile(r"(?:now )?(?:put|estimated|replace\w*|given|it)\b", re.IGNORECASE)
SOURCE = re.compile(r"\b(?:release|report|bulletin|notice)\b", re.IGNORECASE)
EDITION = re.compile(
    r"\b(?:previous|earlier|last|former|first|original|prior)\s(?:\w+\s)?(?:edition|release|report|notice|bulletin|version)\b"
    r"[^.;]{0,30}\b(?:gave|put|reported|showed|said|had|stated|listed)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
NOW = re.compile(r"\b(?:now|today|jetzt|nun|désormais|maintenant)\b", re.IGNORECASE)
END_OF = re.compile(r"\b(?:end|close|ende|fin)\b", re.IGNORECASE)
EMPTY = re.compile(
    r"^(?:number of )?(?:figure|number|amount|count|total|value|result|it|this|that)s?$|^\d|"
    r"\b(?:the|this) (?:figure|number|amount|count|total|value)$",
    re.IGNORECASE,
)
REVISED_TO = re.compile(
    r"\b(?:revised|corrected|restated|revidiert|korrigiert|révisée?s?|corrigée?s?)\s"
    r"(?:up|down|upwards?|downwards?|nach \w+)?\s?(?:to|auf|à)\s[^\d.;,]{0,12}$",
    re.IGNORECASE,
)
REPLACES = re.compile(r"\b(?:replaces|supersedes|corrects|ersetzt|remplace)\s[^\d.;]{0,40}$", re.IGNORECASE)
LED = re.compile(r"^(?:number of )+")
KINDS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE, ChangeKind.SHARE)


def revised(sentence: "Sentence") -> None:
    """Set what a sentence revises: the new value is one of what the former was published for."""
    text, drafts = sentence.text, sentence.drafts
    if not drafts:
        sentence.state.revising = sentence.state.revising or _announces(text)
        return
    for first, second in pairwise(drafts):
        gap = text[first.amount.end : second.amount.start]
        before, behind = text[: first.amount.start], text[second.amount.end : second.amount.end + 30]
        if not _alike(first, second):
            continue
        said = gap == " and not " or REVISES.search(text) or ANNOUNCED.search(gap) or ANNOUNCED.search(behind)
        held = COMPARED.fullmatch(gap) and RELEASED.match(text[second.amount.end :]) and _told(sentence)
        if (INSTEAD.fullmatch(gap) and said) or held or PLACED.fullmatch(gap):
            _replace(sentence, first, second)
        elif (
            REVISES.search(text if sentence.lex.language == "de" else before)
            and ONTO.fullmatch(gap)
            and re.search(r"\b(?:from|von|de)\s\D{0,20}$", before)
        ):
            _replace(sentence, second, first)
        elif REVISES.search(before) and FROM.fullmatch(gap):
            _replace(sentence, first, second)
    for draft in drafts:
        _revised_to(sentence, draft)
        _preliminary(sentence, draft)
    _of_earlier_edition(sentence)
    _formerly(sentence)
    _restated(sentence)
    if sentence.state.revising:
        for draft in drafts:
            _of_year(sentence, draft)
            if draft.kind in KINDS and draft.scenario is not Scenario.TARGET and not (draft.compared or draft.running):
                draft.status = "revised"


def _told(sentence: "Sentence") -> bool:
    """Whether a sentence, or its paragraph, says that it gives new values of what was published before."""
    return sentence.state.revising or bool(NOW.search(sentence.text) or REVISES.search(sentence.text))


def _announces(text: str) -> bool:
    """`The Service has revised the results for 2022`: what follows are the new ones."""
    match = REVISES.search(text)
    return bool(match and re.search(r"\b(?:has|have|hat|haben|a|ont)\s[^.]{0,60}$", text[: match.start()]))


def _alike(first: Draft, second: Draft) -> bool:
    counts = ("count", "number")
    kinds = first.amount.kind, second.amount.kind
    same = kinds[0] == kinds[1] or (kinds[0] in counts and kinds[1] in counts)
    return same and (first.amount.kind != "money" or first.unit == second.unit)


def _replace(sentence: "Sentence", new: Draft, old: Draft) -> None:
    """Both are of one thing and period; the new one is marked, the old one is only what it is held against."""
    label = _subject(sentence, new)
    unit = next((d.unit for d in (new, old) if d.amount.kind == "count" and d.unit), new.unit)
    for draft in (new, old):
        draft.label, draft.unit = label or draft.label, unit
        draft.kind = draft.kind if draft.kind in KINDS else ChangeKind.LEVEL
        _of_year(sentence, draft)
    old.period, old.scenario, old.compared = new.period, new.scenario, True
    new.status, old.status = "revised", "preliminary"
    old.kind, old.running = new.kind, new.running


def _subject(sentence: "Sentence", draft: Draft) -> str:
    """What the sentence says was revised; where that is only `the figure`, what was spoken of before."""
    own = (draft.label, draft.dimensions.get("subject", ""), sentence.names.grammatical())
    dull = (REVISES.match, ANNOUNCED.match, TOLD_ONLY.match, EMPTY.search)
    telling = (w for w in own if w and not any(is_dull(w) for is_dull in dull))
    beside = [d.label for d in sentence.drafts if d.start < draft.start and d.amount.kind in ("count", "number")]
    if draft.amount.kind == "money" and beside and EMPTY.search(draft.label):
        return f"investment of {LED.sub('', beside[-1])}"
    before = sentence.counted if draft.amount.kind in ("count", "number") else sentence.before
    known = before is not None and (before.amount.kind == "money") == (draft.amount.kind == "money")
    return next(telling, before.label if before is not None and known else "")


def _revised_to(sentence: "Sentence", draft: Draft) -> None:
    """`Inflows for 2022 were revised upwards to 771 million`: the new value alone."""
    before = sentence.text[: draft.amount.start]
    if draft.status == "normal" and REVISED_TO.search(before) and draft.kind in KINDS:
        draft.label = _subject(sentence, draft) or draft.label
        draft.status = "revised"
        _of_year(sentence, draft)


def _preliminary(sentence: "Sentence", draft: Draft) -> None:
    """`This replaces the preliminary 805 million`: the former value of what the sentence before gave."""
    new = sentence.before
    if new is None or not REPLACES.search(sentence.text[: draft.amount.start]) or not _alike(new, draft):
        return
    draft.label, draft.unit, draft.kind, draft.period = new.label, new.unit, new.kind, new.period
    draft.status, new.status, draft.compared = "preliminary", "revised", True


def _of_earlier_edition(sentence: "Sentence") -> None:
    """`The previous edition of this release gave 198 for 2022`: what has been replaced since."""
    for draft in sentence.drafts:
        if draft.kind in KINDS and EDITION.search(sentence.text[: draft.amount.start]):
            draft.status = "preliminary"


def _formerly(sentence: "Sentence") -> None:
    """`initially put at 480`: what the other number of the sentence, or that of the sentence before, replaces."""
    text, drafts = sentence.text, sentence.drafts
    for n, old in enumerate(drafts):
        told = FORMERLY.search(text[: old.amount.start]) and PUBLISHED.search(text)
        if not told or old.status != "normal" or old.scenario is not Scenario.ACTUAL:
            continue
        others = (d for d in (*drafts[n + 1 :], *reversed(drafts[:n])) if _alike(d, old) and d.status == "normal")
        new = next((d for d in others if d.scenario is Scenario.ACTUAL), None)
        last = sentence.counted if old.amount.kind in ("count", "number") else sentence.before
        if new is not None:
            _replace(sentence, new, old)
        elif last is not None and _replaces(last, old):
            old.label, old.unit, old.noun, old.kind = last.label, last.unit, last.noun, last.kind
            old.period, old.compared, old.running = last.period, True, last.running
            last.status, old.status = "revised", "preliminary"
        else:
            old.status = "preliminary"


def _replaces(new: Draft, old: Draft) -> bool:
    same = new.scenario is old.scenario and new.period == old.period and new.value != old.value
    return same and _alike(new, old)


def _restated(sentence: "Sentence") -> None:
    """`… and the figure is now 88` behind `last year's release gave 91 projects`: another value of the same."""
    former = sentence.counted
    for draft in sentence.drafts[:1]:
        last = former if draft.amount.kind in ("count", "number") else sentence.before
        if last is not None and RESTATED.search(sentence.text[: draft.amount.start]):
            draft.label, draft.unit, draft.noun = last.label, last.unit, last.noun
            draft.period, draft.scenario, draft.kind, draft.running = last.period, last.scenario, last.kind, False
            draft.status, last.status, last.compared = "revised", "preliminary", True
    if former is None:
        return
    subject = former.dimensions.get("subject", "")
    spoken = " ".join((sentence.state.section, sentence.context.notice.title, sentence.text, subject))
    told = REVISES.search(spoken) or SOURCE.search(spoken)
    for draft in sentence.drafts:
        match = GENERIC.search(sentence.text[: draft.amount.start])
        if not (match and NOW.search(match["rest"])) or draft.amount.kind not in ("count", "number"):
            continue
        draft.label, draft.unit, draft.noun = former.label, former.unit, former.noun
        if not told:  # it has only grown since
            continue
        draft.period, draft.scenario, draft.kind, draft.running = former.period, former.scenario, former.kind, False
        draft.status, former.status, former.compared = "revised", "preliminary", True


def _of_year(sentence: "Sentence", draft: Draft) -> None:
    """`The number in 2022 is now 2,431` is still that of 2022, no stock."""
    year = re.fullmatch(r"to (\d{4})-12-31", draft.period)
    if year and not END_OF.search(sentence.text[: draft.amount.end + 20]):
        draft.period, draft.running = year[1], False
        draft.kind = ChangeKind.LEVEL if draft.kind is ChangeKind.CUMULATIVE else draft.kind
