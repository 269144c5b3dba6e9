"""Charts of handles as Vega-Lite, with a text that says the same to those who do not see them."""

from typing import Any

from assistant import intervals, rendering
from assistant.evidence import Evidence
from assistant.wording import notes
from knowledge.figure import Figure


def draw(
    handles: tuple[str, ...], kind: str | None, evidence: Evidence, language: str
) -> tuple[dict[str, Any] | None, str | None]:
    """The chart and its alternative text; (None, None) where no handle is a number of the evidence."""
    rows = [row for handle in dict.fromkeys(handles) if (row := _row(handle, evidence, language))]
    if not rows:
        return None, None
    _label(rows, [evidence.figures.get(row["handle"]) for row in rows])
    kind = kind or ("line" if len({row["period"] for row in rows}) == len(rows) > 2 else "bar")
    title = _title(rows, evidence)
    said = "; ".join(f"{row['label']} {row['shown']}" for row in rows)
    return _spec(rows, kind, title), notes.note(f"{kind}_chart", language, title=title, rows=said)


def _row(handle: str, evidence: Evidence, language: str) -> dict[str, Any] | None:
    found = evidence.figures.get(handle) or evidence.derivations.get(handle)
    if found is None:
        return None
    period = found.time_period if isinstance(found, Figure) else found.period
    return {
        "handle": handle,
        "value": float(found.value),
        "unit": found.unit,
        "period": period,
        "scenario": str(found.scenario),
        "shown": rendering.handle(handle, evidence, language),
    }


def _label(rows: list[dict[str, Any]], figures: list[Figure | None]) -> None:
    """Each row's label: the parts in which the figures differ."""
    parts = []
    for row, figure in zip(rows, figures, strict=True):
        dimensions = " ".join(figure.dimensions.values()) if figure else ""
        parts.append(
            (
                figure.label if figure else row["handle"],
                figure.ref_area if figure else "",
                dimensions,
                row["period"],
                row["scenario"] if row["scenario"] != "mixed" else "",
            )
        )
    varies = [len({part[at] for part in parts}) > 1 for at in range(5)]
    if any(varies[1:]):  # places, groups and periods tell more than labels that restate them
        varies[0] = varies[0] and not any(varies[1:])
    taken: set[str] = set()
    for row, part in zip(rows, parts, strict=True):
        label = (
            ", ".join(text for text, differs in zip(part, varies, strict=True) if differs and text)
            or part[3]
            or part[0]
        )
        row["label"] = label if label not in taken else f"{label} ({row['handle']})"
        taken.add(row["label"])


def _title(rows: list[dict[str, Any]], evidence: Evidence) -> str:
    figures = [evidence.figures[row["handle"]] for row in rows if row["handle"] in evidence.figures]
    return figures[0].label if figures else rows[0]["unit"]


def _spec(rows: list[dict[str, Any]], kind: str, title: str) -> dict[str, Any]:
    import altair

    top = max(abs(row["value"]) for row in rows)
    power = next((p for p in (12, 9, 6) if top >= 10**p), 0)
    scale = {12: " (trillion)", 9: " (billion)", 6: " (million)", 0: ""}[power]
    data = [
        {
            "label": row["label"],
            "value": float(intervals.exact(row["value"]).scaleb(-power)),
            "shown": row["shown"],
            "scenario": row["scenario"],
        }
        for row in rows
    ]
    chart = altair.Chart(altair.Data(values=data), title=title, width=420, height=260)
    name = altair.X("label:N", sort=None, title=None, axis=altair.Axis(labelAngle=0, labelLimit=140))
    value = altair.Y("value:Q", title=f"{rows[0]['unit']}{scale}")
    tips = [altair.Tooltip("label:N", title=" "), altair.Tooltip("shown:N", title=title)]
    if kind == "share":
        drawn = chart.mark_arc(innerRadius=60).encode(
            theta=altair.Theta("value:Q", stack=True),
            color=altair.Color("label:N", sort=None, title=None),
            tooltip=tips,
        )
    elif kind == "line":
        drawn = chart.mark_line(point=True).encode(x=name, y=value, tooltip=tips)
    else:
        several = len({row["scenario"] for row in data}) > 1
        colour = {"color": altair.Color("scenario:N", title=None)} if several else {}
        drawn = chart.mark_bar().encode(x=name, y=value, tooltip=tips, **colour)
    found: dict[str, Any] = drawn.to_dict()
    return found
