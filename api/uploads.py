"""Notices come and go over HTTP: files and addresses in, for keys with the role admin."""

import asyncio
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, File, Form, UploadFile
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.responses import Response

from api.bodies import StrictRoute
from api.keys import AdminCaller
from api.library import FAULTS, NoticeId
from api.problems import Fault, Problem, responses
from api.state import Served
from knowledge.outcome import Outcome

_NAME = re.compile(r"[^\w.()\- ]+")
_MOST = 50
_UNREADABLE = "not an address; write it as https://HOST/PATH"

router = APIRouter(prefix="/v1", tags=["library"], route_class=StrictRoute)
Address = Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://[^\x00]+$")]
Collection = Annotated[str, StringConstraints(max_length=100, pattern=r"^(\w[\w\-]*)?$")]


class OutcomeRow(BaseModel):
    """What became of one file or address."""

    model_config = ConfigDict(from_attributes=True)
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
        list[UploadFile],
        File(
            default_factory=list,
            max_length=_MOST,
            description="Documents and tables, as `tally add` takes them.",
            json_schema_extra={"items": {"contentMediaType": "application/octet-stream"}},
        ),
    ],
    url: Annotated[
        list[Address],
        Form(default_factory=list, max_length=_MOST, description="Addresses to fetch, http or https."),
    ],
    collection: Annotated[Collection, Form()] = "default",
) -> Outcomes:
    """Add notices. A file replaces the former one of the same name; one bad source never spoils the others."""
    folder = served.settings.home.resolve() / "uploads" / collection
    paths = [folder / _name(upload) for upload in files]
    try:
        for path, upload in zip(paths, files, strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            await asyncio.to_thread(path.write_bytes, await upload.read())
        sources = [*map(str, paths), *filter(_has_host, url)]
        outcomes = await asyncio.to_thread(served.library.add, sources, collection=collection)
    finally:
        for path in paths:
            path.unlink(missing_ok=True)  # the store holds what was read; the name stays the source
    unreadable = [Outcome(each, "failed", reason=_UNREADABLE) for each in url if not _has_host(each)]
    return Outcomes(outcomes=[OutcomeRow.model_validate(outcome) for outcome in (*outcomes, *unreadable)])


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


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:  # brackets that hold no IPv6 address
        return False


def _unusable(field: str, remedy: str) -> Problem:
    return Problem(422, remedy, code="invalid", errors=[Fault(field=f"body.{field}", value="", remedy=remedy)])
