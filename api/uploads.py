"""Notices come and go over HTTP: files and addresses in, for keys with the role admin."""

import asyncio
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, File, Form, UploadFile
from pydantic import BaseModel, StringConstraints
from starlette.responses import Response

from api.bodies import StrictRoute, check_text
from api.keys import AdminCaller
from api.library import FAULTS, NoticeId
from api.problems import Fault, Problem, responses
from api.state import Served
from knowledge.outcome import Outcome

_NAME = re.compile(r"[^\w.()\- ]+")
_MOST = 50

router = APIRouter(prefix="/v1", tags=["library"], route_class=StrictRoute)
Address = Annotated[str, StringConstraints(max_length=2000)]
Collection = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^\w[\w\-]*$")]


class OutcomeRow(BaseModel):
    """What became of one file or address."""

    source: str
    status: Literal["added", "changed", "unchanged", "removed", "failed"]
    title: str
    published: date | None
    figures: int
    reason: str


class Outcomes(BaseModel):
    outcomes: list[OutcomeRow]


@router.post(
    "/notices",
    operation_id="addNotices",
    responses={**FAULTS, **responses(403, 413)},
)
async def add_notices(
    _: AdminCaller,
    served: Served,
    files: Annotated[
        list[UploadFile] | None, File(description="Documents and tables, as `tally add` takes them.")
    ] = None,
    url: Annotated[list[Address] | None, Form(description="Addresses to fetch, http or https.")] = None,
    collection: Annotated[Collection, Form()] = "default",
) -> Outcomes:
    """Add notices. A file replaces the former one of the same name; one bad source never spoils the others."""
    uploads, addresses = files or [], [_address(each) for each in url or []]
    if not 0 < len(uploads) + len(addresses) <= _MOST:
        raise _unusable("files", f"send 1 to {_MOST} files and addresses at once")
    folder = served.settings.home.resolve() / "uploads" / collection
    paths = [folder / _name(upload) for upload in uploads]
    try:
        for path, upload in zip(paths, uploads, strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            await asyncio.to_thread(path.write_bytes, await upload.read())
        sources = [*map(str, paths), *addresses]
        outcomes = await asyncio.to_thread(served.library.add, sources, collection=collection)
    finally:
        for path in paths:
            path.unlink(missing_ok=True)  # the store holds what was read; the name stays the source
    return Outcomes(outcomes=[_row(outcome) for outcome in outcomes])


@router.delete(
    "/notices/{notice_id}",
    operation_id="removeNotice",
    status_code=204,
    response_class=Response,
    responses={**FAULTS, **responses(403)},
)
async def remove_notice(notice_id: NoticeId, _: AdminCaller, served: Served) -> Response:
    """Take a notice out of the store, the index and the ledger."""
    known = await asyncio.to_thread(served.library.notices)
    notice = next((n for n in known if n.notice_id == notice_id), None)
    if notice is None:
        raise Problem(404, f"notice {notice_id!r} is not known; GET /v1/notices lists those that are")
    await asyncio.to_thread(served.library.remove, [notice.source])
    return Response(status_code=204)


def _name(upload: UploadFile) -> str:
    """A file name that is only that."""
    name = _NAME.sub("_", Path(upload.filename or "").name).strip(" .")
    if not name:
        raise _unusable("files", "give each file a name")
    return name[-150:]


def _address(url: str) -> str:
    check_text(url, "url")
    if urlsplit(url).scheme not in ("http", "https"):
        raise _unusable("url", f"{url[:100]!r} is no http or https address")
    return url


def _row(outcome: Outcome) -> OutcomeRow:
    return OutcomeRow(
        source=outcome.source,
        status=outcome.status,
        title=outcome.title,
        published=outcome.published,
        figures=outcome.figures,
        reason=outcome.reason,
    )


def _unusable(field: str, remedy: str) -> Problem:
    return Problem(422, remedy, code="invalid", errors=[Fault(field=f"body.{field}", value="", remedy=remedy)])
