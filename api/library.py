"""What is known: notices with their passages and spans, figures in every format, indicators."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from api.bodies import StrictRoute
from api.fields import Short
from api.figures import FORMATS, FigureQuery, chosen_format, page_of, written
from api.keys import AnyCaller
from api.problems import responses
from api.state import Served
from knowledge.figure import Figure
from knowledge.notice import Notice

router = APIRouter(prefix="/v1", tags=["library"], route_class=StrictRoute)
NoticeId = Annotated[str, Path(pattern=r"^[A-Za-z0-9._:-]{1,100}$", examples=["3f2a…"])]
FAULTS = responses(400, 401, 404, 422, 429, 503)


class NoticeRow(BaseModel):
    """A notice as it is listed."""

    notice_id: str
    source: str
    title: str
    url: str | None
    published: date | None
    language: str
    section: str | None
    collection: str
    media_type: str
    figures: int


class PassageRow(BaseModel):
    """A stretch of the text: `notice.text[start:end]`, in code points."""

    model_config = ConfigDict(from_attributes=True)
    passage_id: str
    start: int
    end: int
    text: str


class NoticeDocument(NoticeRow):
    """A notice whole."""

    text: str
    passages: list[PassageRow]
    figure_rows: list[dict[str, Any]] = Field(description="Figures; `text[start:end]` is `published_as`.")


class NoticePage(BaseModel):
    notices: list[NoticeRow]
    total: int
    limit: int
    offset: int


class FigurePage(BaseModel):
    """Figures that match; `next` is the address of the page behind this one."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"figures": [], "total": 0, "limit": 100, "offset": 0}]})
    figures: list[dict[str, Any]]
    total: int
    limit: int
    offset: int
    next: str | None = None


class IndicatorRow(BaseModel):
    """An indicator and what is known of it."""

    indicator: str
    labels: list[str]
    units: list[str]
    ref_areas: list[str]
    time_periods: list[str]
    figures: int


class IndicatorList(BaseModel):
    indicators: list[IndicatorRow]


@router.get("/notices", operation_id="listNotices", responses=FAULTS)
def list_notices(
    _: AnyCaller,
    served: Served,
    collection: Annotated[Short | None, Query()] = None,
    text: Annotated[Short | None, Query(description="Words of the title.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> NoticePage:
    """Notices, newest first."""
    found = [n for n in served.library.notices(collection) if not text or text.casefold() in n.title.casefold()]
    found.sort(key=lambda n: (n.published or date.min, n.title), reverse=True)
    counts = Counter(f.notice_id for f in served.library.figures(collection))
    rows = [_row(n, counts[n.notice_id]) for n in found[offset : offset + limit]]
    return NoticePage(notices=rows, total=len(found), limit=limit, offset=offset)


@router.get("/notices/{notice_id}", operation_id="getNotice", responses=FAULTS)
def get_notice(notice_id: NoticeId, _: AnyCaller, served: Served) -> NoticeDocument:
    """A notice with its text, passages and the figures' spans."""
    notice = served.library.notice(notice_id)
    figures = [f for f in served.library.figures() if f.notice_id == notice_id]
    return NoticeDocument(
        **_row(notice, len(figures)).model_dump(),
        text=notice.text,
        passages=[PassageRow.model_validate(p) for p in served.library.passages(notice_id)],
        figure_rows=[f.as_row() for f in figures],
    )


@router.get(
    "/figures",
    operation_id="listFigures",
    response_model=FigurePage,
    responses={**FAULTS, **responses(406), 200: {"content": FORMATS}},
)
def list_figures(request: Request, _: AnyCaller, served: Served, query: Annotated[FigureQuery, Query()]) -> Response:
    """Figures by filter, page by page, as JSON, CSV, Parquet or SDMX-CSV (`format=` or `Accept`)."""
    form = chosen_format(query.format, request.headers.get("accept", ""))
    found = query.sorted(f for f in served.library.figures(query.collection) if query.matches(f))
    page, link = page_of(found, query, request.url)
    headers = {"Link": f'<{link}>; rel="next"'} if link else {}
    if form != "json":
        return written(page, form, headers)
    body = {"figures": [f.as_row() for f in page], "total": len(found), "limit": query.limit, "offset": query.offset}
    return JSONResponse({**body, "next": link}, headers=headers)


@router.get("/indicators", operation_id="listIndicators", responses=FAULTS)
def list_indicators(_: AnyCaller, served: Served, collection: Annotated[Short | None, Query()] = None) -> IndicatorList:
    """What there are figures of, most figures first."""
    groups: dict[str, list[Figure]] = {}
    for figure in served.library.figures(collection):
        groups.setdefault(figure.indicator, []).append(figure)
    rows = [_indicator(code, figures) for code, figures in groups.items()]
    return IndicatorList(indicators=sorted(rows, key=lambda r: (-r.figures, r.indicator)))


def _row(notice: Notice, figures: int) -> NoticeRow:
    told = {name: getattr(notice, name) for name in NoticeRow.model_fields if name != "figures"}
    return NoticeRow(**told, figures=figures)


def _indicator(code: str, figures: Sequence[Figure]) -> IndicatorRow:
    return IndicatorRow(
        indicator=code,
        labels=_distinct(f.label for f in figures),
        units=_distinct(f.unit for f in figures),
        ref_areas=_distinct(f.ref_area for f in figures),
        time_periods=sorted(_distinct(f.time_period for f in figures)),
        figures=len(figures),
    )


def _distinct(values: Iterable[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if value]
