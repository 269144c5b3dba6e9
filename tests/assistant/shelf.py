"""A small library held in memory: notices of invented places, and figures marked in them, for tests of answering."""

import re
from datetime import date

import numpy as np

from knowledge.errors import NotFound
from knowledge.figure import Figure
from knowledge.ledger import catalogue
from knowledge.library import Hit, Library
from knowledge.notice import Notice, Passage
from knowledge.store import Store

CATALOGUE = catalogue.load()


class Held(Library):
    """The parts of a Library that answering reads, without a store."""

    def __init__(self, notices, figures):
        self._notices, self._figures, self.catalogue = tuple(notices), tuple(figures), CATALOGUE

    @property
    def version(self):
        return 1

    def notices(self, collection=None):
        return self._notices

    def notice(self, notice_id):
        for notice in self._notices:
            if notice.notice_id == notice_id:
                return notice
        raise NotFound(f"no notice {notice_id}")

    def passages(self, notice_id):
        text = self.notice(notice_id).text
        spans = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
        return tuple(Passage(f"{notice_id}-{n}", notice_id, a, b, text[a:b]) for n, (a, b) in enumerate(spans))

    def figures(self, collection=None):
        return self._figures

    def flags(self):
        return ()

    def search(self, query, *, limit=8, published_after=None, published_before=None, collection=None):
        asked = set(re.findall(r"\w+", query.casefold()))
        found = []
        for notice in self._notices:
            for passage in self.passages(notice.notice_id):
                shared = asked & set(re.findall(r"\w+", passage.text.casefold()))
                if shared:
                    found.append(Hit(passage, notice, len(shared) / len(asked)))
        return tuple(sorted(found, key=lambda hit: -hit.score)[:limit])

    def embed(self, texts):
        return np.zeros((len(texts), 384), dtype=np.float32)


class Shelf(Held):
    """The same with a store, for conversations."""

    def __init__(self, notices, figures, home):
        super().__init__(notices, figures)
        self.store = Store.open(home)


def figure(notice, token, value, unit, **parts):
    """The figure that `token` prints in `notice`; words around a {braced} number find its place."""
    plain = re.sub(r"[{}]", "", token)
    at = notice.text.index(plain)
    inner = re.search(r"\{(.+?)\}", token)
    start = at + (inner.start() if inner else 0)
    printed = inner[1] if inner else plain
    assert notice.text[start : start + len(printed)] == printed
    left = max(
        (notice.text.rfind(mark, 0, at) + len(mark) for mark in (". ", "\n") if mark in notice.text[:at]), default=0
    )
    right = min(
        (p for p in (notice.text.find(". ", at), notice.text.find(".\n", at)) if p >= 0), default=len(notice.text) - 1
    )
    parts.setdefault("indicator", re.sub(r"\W+", "_", parts.get("label", unit)))
    return Figure(
        figure_id=f"{notice.notice_id}:{start}",
        value=value,
        unit=unit,
        published_as=printed,
        notice_id=notice.notice_id,
        source=notice.source,
        quote=notice.text[left : right + 1],
        start=start,
        end=start + len(printed),
        **parts,
    )


HARBOUR = Notice(
    notice_id="harbour",
    source="harbour.txt",
    title="Harbour district gains projects",
    language="en",
    published=date(2032, 2, 20),
    url="https://example.org/harbour",
    text=(
        "In 2031, the Harbour district added 14,000 new projects, a year-on-year increase of 40 percent, with"
        " an expected investment of 2.6 trillion yuan ($361 billion) and a landing rate of over 55 percent. "
        "Altogether 9,241 projects landed. The goal for 2032 is 8,300 new projects, among them 900 foreign-"
        "funded projects. Exports fell 17.7 percent in 2031.\nThe Trade Office, the Ropery and the Customs "
        "House share the old quay.\n"
    ),
)


def harbour(home):
    """The Harbour notice as a library."""

    def f(token, value, unit, **parts):
        return figure(HARBOUR, token, value, unit, ref_area="Harbour", **parts)

    return Shelf(
        [HARBOUR],
        [
            f("{14,000} new projects", 14000, "projects", label="new projects", time_period="2031"),
            f(
                "increase of {40 percent}",
                40,
                "percent",
                label="new projects",
                time_period="2031",
                change_kind="yoy_growth",
            ),
            f(
                "{2.6 trillion yuan}",
                2.6e12,
                "CNY",
                label="expected investment",
                time_period="2031",
                scenario="forecast",
            ),
            f("{$361 billion}", 361e9, "USD", label="expected investment", time_period="2031", scenario="forecast"),
            f(
                "over {55 percent}",
                55,
                "percent",
                label="landing rate",
                time_period="2031",
                change_kind="share",
                qualifier="over",
            ),
            f("{9,241} projects", 9241, "projects", label="projects landed", time_period="2031"),
            f("{8,300} new projects", 8300, "projects", label="new projects", time_period="2032", scenario="target"),
            f(
                "{900} foreign-funded",
                900,
                "projects",
                label="new foreign-funded projects",
                time_period="2032",
                scenario="target",
                dimensions={"ownership": "foreign-funded"},
            ),
            f("fell {17.7 percent}", -17.7, "percent", label="exports", time_period="2031", change_kind="yoy_growth"),
        ],
        home,
    )
