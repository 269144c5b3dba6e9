"""Answers measured against gold: accuracy by category, and for each miss the stage that failed.

Gold is one object a line: `id, category, question, turns, answer_type` (number, list, text, boolean, refusal, clarify),
`value, unit, qualifier, tolerance, accept`.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from assistant.linguistics import numbers_in, opens_with, squeezed
from knowledge.errors import AskerError
from knowledge.known import Known

STAGES = ("ledger", "reading", "plan", "words")
_QUALIFIERS = {
    "over": r"over|more than|exceed|above|at least|超|多|余|以上|至少|mehr als|über|plus de",
    "nearly": r"nearly|almost|close to|近|接近|fast|knapp|près de",
    "about": r"about|around|roughly|approximately|implied|约|大约|推算|etwa|rund|environ",
    "under": r"under|less than|below|no more than|不足|不到|低于|unter|weniger als|moins de",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one answer fared. `stage` names what failed: see STAGES; "" where it is right."""

    id: str
    category: str
    question: str
    right: bool
    outcome: str  # right | wrong | refused (though answerable) | answered (though it should not be)
    stage: str = ""
    why: str = ""
    operation: str = ""
    text: str = ""


def read_gold(path: Path) -> tuple[dict[str, Any], ...]:
    """The gold questions of a file. AskerError names the line that is none."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except ValueError as error:
                raise AskerError(f"{path}:{number}: not JSON ({error}); one question a line") from None
    return tuple(rows)


def judge(gold: dict[str, Any], answer: Answer, library: Known) -> Verdict:
    """Whether an answer is right, and if not, which stage failed."""
    why = _fault(gold, answer)
    silent = gold["answer_type"] in ("refusal", "clarify")
    outcome = "right"
    if why:
        outcome = "wrong" if answer.status == "answered" and not silent else "answered" if silent else "refused"
    return Verdict(
        id=str(gold["id"]),
        category=gold.get("category", ""),
        question=gold["question"],
        right=not why,
        outcome=outcome,
        stage=_stage(gold, answer, library) if why else "",
        why=why,
        operation=str(answer.interpretation.get("operation", "")),
        text=answer.text[:200],
    )


def _fault(gold: dict[str, Any], answer: Answer) -> str:
    kind = gold["answer_type"]
    if kind == "clarify":
        return "" if answer.status == "clarify" and len(answer.options) >= 2 else "did not ask back"
    if kind == "refusal":
        return (
            ""
            if answer.status == "refused" or (_says_any(answer, gold) and answer.value is None)
            else "answered what is not published"
        )
    if answer.status != "answered":
        return f"status {answer.status}"
    fault = {"number": _number_fault, "list": _list_fault, "boolean": _boolean_fault}.get(kind, _text_fault)(
        gold, answer
    )
    if (
        not fault
        and gold.get("qualifier") in _QUALIFIERS
        and not re.search(_QUALIFIERS[gold["qualifier"]], answer.text, re.I)
    ):
        return f"qualifier {gold['qualifier']} lost"
    return fault


def _number_fault(gold: dict[str, Any], answer: Answer) -> str:
    if answer.value is None or isinstance(answer.value.value, bool):
        return "no headline value"
    width = gold.get("tolerance") or {"type": "rel", "value": 0.006}
    slack = width["value"] if width["type"] == "abs" else width["value"] * abs(gold["value"])
    if abs(abs(answer.value.value) - abs(gold["value"])) > slack + 1e-9:
        return f"value {answer.value.value}, gold {gold['value']}"
    return ""


def _list_fault(gold: dict[str, Any], answer: Answer) -> str:
    if _says_any(answer, gold):
        return ""
    said, have = squeezed(_everything(answer)), numbers_in(_everything(answer))
    missing = [
        i
        for i in gold["value"]
        if not (_has_number(have, i) if isinstance(i, (int, float)) else _says(said, have, str(i)))
    ]
    return f"missing {missing}" if missing else ""


def _boolean_fault(gold: dict[str, Any], answer: Answer) -> str:
    opened = opens_with(answer.text)
    if opened is None and answer.value is not None and isinstance(answer.value.value, bool):
        opened = answer.value.value
    return "" if opened is bool(gold["value"]) else "wrong or no yes/no"


def _text_fault(gold: dict[str, Any], answer: Answer) -> str:
    said, have = squeezed(_everything(answer)), numbers_in(_everything(answer))
    options = [*(gold.get("accept") or []), gold["value"]]
    return "" if any(_says(said, have, str(o)) for o in options if o) else f"none of {options}"


def _everything(answer: Answer) -> str:
    cells = [str(c) for row in (answer.table.rows if answer.table else []) for c in row]
    return " ; ".join([answer.text, *cells])


def _says_any(answer: Answer, gold: dict[str, Any]) -> bool:
    said, have = squeezed(_everything(answer)), numbers_in(_everything(answer))
    return any(_says(said, have, str(a)) for a in gold.get("accept") or [])


def _says(said: str, have: tuple[float, ...], wording: str) -> bool:
    """The wording itself, or all its numbers together with a good part of its words."""
    want = squeezed(wording)
    if want and want in said:
        return True
    need, words = numbers_in(wording), [w for w in want.split() if not w[0].isdigit()]
    hits = sum(w in said for w in words)
    if need:
        return all(_has_number(have, n) for n in need) and hits >= 0.4 * len(words)
    return bool(words) and hits >= 0.8 * len(words)


def _has_number(have: tuple[float, ...], want: float) -> bool:
    return any(abs(abs(h) - abs(want)) <= 0.006 * abs(want) + 1e-9 for h in have)


def _stage(gold: dict[str, Any], answer: Answer, library: Known) -> str:
    """ledger: the number is not in it; reading: nothing was answered; plan: figures used wrongly; words: the rest."""
    wanted = [
        v
        for v in (gold["value"] if isinstance(gold["value"], list) else [gold["value"]])
        if isinstance(v, (int, float))
    ]
    if wanted and not gold.get("computation"):
        known = [f.value for f in library.figures()]
        if not all(_has_number(tuple(known), w) for w in wanted):
            return "ledger"
    if answer.status != "answered":
        return "reading"
    used = tuple(float(f["value"]) for f in answer.figures) + tuple(d.value for d in answer.derivations)
    return "words" if wanted and all(_has_number(used, w) for w in wanted) else "plan"


def summary(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """Counts by category and outcome, and the stages of the misses."""
    rows = list(verdicts)
    categories: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for v in rows:
        categories[v.category][0] += v.right
        categories[v.category][1] += 1
    return {
        "right": sum(v.right for v in rows),
        "total": len(rows),
        "outcomes": dict(Counter(v.outcome for v in rows)),
        "stages": dict(Counter(v.stage for v in rows if v.stage)),
        "categories": dict(sorted(categories.items())),
    }


def golden(verdicts: Iterable[Verdict]) -> str:
    """A run as lines of JSON: what `--update-golden` writes and a later run is compared with."""
    return "".join(json.dumps(asdict(v), ensure_ascii=False, sort_keys=True) + "\n" for v in verdicts)


def compared(verdicts: Iterable[Verdict], earlier: Path) -> dict[str, list[str]]:
    """Questions won and lost since an earlier run."""
    before = {
        row["id"]: row["right"]
        for row in map(json.loads, filter(str.strip, earlier.read_text(encoding="utf-8").splitlines()))
    }
    changed = [(v.id, v.right) for v in verdicts if v.id in before and before[v.id] != v.right]
    return {"won": [i for i, right in changed if right], "lost": [i for i, right in changed if not right]}
