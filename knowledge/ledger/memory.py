"""What a sentence leaves to those behind it: its period, its label, its subject, a heading."""

import re
from datetime import date
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind, Scenario
from knowledge.ledger.context import narrower, recent
from knowledge.ledger.draft import Draft
from knowledge.ledger.leading import leads

if TYPE_CHECKING:
    from knowledge.ledger.prose import Sentence

HEADING = 9  # words
MONEY = re.compile(r"montant|investi|dépens|volumen|ausgaben|umsatz|chiffre d|\bwert\b|valeur", re.IGNORECASE)


def remember(sentence: "Sentence", draft: Draft) -> None:
    """Keep a number as what the next words may go back to."""
    if draft.kind in (ChangeKind.LEVEL, ChangeKind.CUMULATIVE):
        draft.subject = draft.label
        sentence.state.level = draft
        sentence.state.currency = draft.unit if draft.amount.kind == "money" else sentence.state.currency
        if draft.amount.kind == "money":
            told, main = measures(sentence, draft.label), sentence.state.main
            sentence.state.main = draft.label if not main or (told and not measures(sentence, main)) else main
            known = sentence.context.catalogue.match_indicator(draft.label, sentence.lex.language)
            if known or MONEY.search(draft.label):
                sentence.state.money = draft
        if draft.amount.kind in ("count", "number"):
            sentence.state.count = draft
    if draft.label and draft.kind is not ChangeKind.SHARE:
        sentence.subject = draft.label


def measures(sentence: "Sentence", label: str) -> bool:
    """Whether a label names what is measured, not only who did something: `EDB attracts` does not."""
    words = {w.casefold() for w in label.split()}
    known = sentence.context.catalogue.match_indicator(label, sentence.lex.language)
    return sentence.lex.language != "en" or known is not None or bool(words & sentence.lex.words("roles", "monies"))


def topic(sentence: "Sentence") -> None:
    """Keep the sentence's subject for the pronouns of the next; a short line without a stop is a heading."""
    first = next((t for t in sentence.tokens if t.kind == "word"), None)
    plain = sentence.printed.strip(" •-–*#")
    dated = any(c.isdigit() for c in plain)
    if (
        not sentence.drafts
        and not dated
        and len(plain.split()) <= HEADING
        and plain[-1:] not in ".!?;,:"
        and not sentence.at
    ):
        sentence.state.section = plain if plain.casefold() not in sentence.context.notice.title.casefold() else ""
        return
    subject = sentence.names.grammatical()
    if first is not None and first.tag != "pron" and first.low not in ("its", "their"):
        sentence.state.topic = subject or sentence.state.label


def announce(sentence: "Sentence") -> None:
    """A sentence without numbers still says what the next ones are about: `In the first half of 2024:`."""
    for i in sentence.when.places:
        period = sentence.periods[sentence.tokens[i].index]
        if sentence.when.usable[i] != "own" or period.kind == "day" or not recent(period.code, sentence.context.anchor):
            continue
        if period.relative and not _under_way(period.code, sentence.context.anchor):
            sentence.state.ahead = period.code
            break
        sentence.state.period = period.code
        if sentence.printed.rstrip().endswith(":") or len(sentence.printed.split()) <= HEADING:
            sentence.state.announced = period.code
        break


def _under_way(code: str, anchor: date | None) -> bool:
    """Whether results of a period may be told: it has ended, or half a year of it has gone by."""
    return recent(code, anchor, ended=anchor is not None and anchor.month <= 6)


def _carry_period(sentence: "Sentence") -> None:
    """The first recent period of facts, and that of plans, hold for the sentences behind."""
    days = [d.period for d in sentence.drafts if d.weak]
    others = any(_carries(sentence, d) and d.period != sentence.state.day for d in sentence.drafts)
    sentence.state.day = days[0] if days else "" if others else sentence.state.day
    for draft in reversed(sentence.drafts):
        if draft.running or not draft.period or draft.weak or draft.kind is ChangeKind.MOM_GROWTH:
            continue
        if draft.scenario is Scenario.TARGET or _planned(sentence, draft):
            past = recent(draft.period, sentence.context.anchor, ended=True)
            sentence.state.target = sentence.state.target if past else draft.period
        elif _carries(sentence, draft) and leads(sentence.printed):
            sentence.state.period = draft.period


def _carries(sentence: "Sentence", draft: Draft) -> bool:
    """Whether a period is one that the next sentences may speak of: recent, no part of the notice's own."""
    usable = draft.period and not draft.weak and not draft.running and draft.scenario is not Scenario.TARGET
    known = (
        bool(usable)
        and not _planned(sentence, draft)
        and not draft.compared
        and recent(draft.period, sentence.context.anchor)
    )
    return known and not narrower(draft.period, sentence.context.period)


def _to_come(sentence: "Sentence", draft: Draft) -> bool:
    """Whether the period of a plan had not ended when the notice was published."""
    return bool(draft.period) and not recent(draft.period, sentence.context.anchor, ended=True)


def _planned(sentence: "Sentence", draft: Draft) -> bool:
    """Whether a forecast is for a time that has not ended: what has happened is told of another."""
    ended = recent(draft.period, sentence.context.anchor, ended=True)
    return draft.scenario is Scenario.FORECAST and not ended


def carry(sentence: "Sentence") -> None:
    """What a sentence with numbers leaves to the next: its period and its label."""
    _carry_period(sentence)
    sentence.state.last = [d for d in sentence.drafts if d.kind in (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)]
    plans = [d.period for d in sentence.drafts if d.scenario is not Scenario.ACTUAL and _to_come(sentence, d)]
    sentence.state.ahead = plans[-1] if len(plans) == len(sentence.drafts) else ""
    sentence.state.label = next(
        (d.label for d in sentence.drafts if d.kind in (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)),
        sentence.drafts[0].label,
    )
