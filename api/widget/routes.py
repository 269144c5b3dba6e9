"""The widget's files and the pages `/` and `/embed`: read once, served under the hash of their contents."""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from api.problems import Problem

STATIC = Path(__file__).parent / "static"
_MEDIA = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
}
# The style sheets as they are served, one request each, and the files that they are put together from, in this order.
SHEETS = {
    "chat.css": tuple(
        f"styles/{name}.css"
        for name in (
            *("ground", "elements", "panel", "frame", "turns", "evidence"),
            *("choices", "waiting", "charts", "composer", "sheet", "motion"),
        )
    ),
    "page/page.css": tuple(
        f"page/styles/{name}.css" for name in ("frame", "lists", "notices", "figures", "embed", "narrow")
    ),
}
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
_REMARK = re.compile(rb"/\*.*?\*/\n*", re.DOTALL)
_FOREVER = "public, max-age=31536000, immutable"
_BRIEFLY = "public, max-age=300"
_ASK_AGAIN = "no-cache"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Assets:
    """Every file as served, by its path below `static`, and the version that names their contents."""

    version: str
    files: dict[str, bytes]


@cache
def assets() -> Assets:
    """The files as they stand on disk when the first is asked for."""
    paths = sorted(p for p in STATIC.rglob("*") if p.suffix in _MEDIA)
    files = {p.relative_to(STATIC).as_posix(): p.read_bytes() for p in paths}
    files |= {sheet: _REMARK.sub(b"", b"".join(files.pop(part) for part in parts)) for sheet, parts in SHEETS.items()}
    digest = sha256(b"".join(name.encode() + b"\0" + body for name, body in files.items()))
    return Assets(digest.hexdigest()[:12], files)


@router.get("/widget.js")
def loader() -> Response:
    """The script of the one line: brief in caches, for it names the version of all the rest."""
    return _file("widget.js", _BRIEFLY)


@router.get("/widget/{version}/{name:path}")
def asset(version: str, name: str) -> Response:
    """A module, style or picture. A version of the past gets today's file, and is not to keep it."""
    return _file(name, _FOREVER if version == assets().version else _ASK_AGAIN)


@router.get("/")
def page() -> Response:
    """The full page."""
    return _page("page/index.html")


@router.get("/embed")
def embed() -> Response:
    """The page that writes the snippet."""
    return _page("page/embed.html")


@router.get("/favicon.ico")
def favicon() -> Response:
    """The icon that browsers ask for unasked."""
    return _file("mark.svg", _BRIEFLY)


def _page(name: str) -> Response:
    response = _file(name, _ASK_AGAIN)
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def _file(name: str, caching: str) -> Response:
    body = assets().files.get(name)
    if body is None:
        raise Problem(404, f"the widget has no file {name[:100]!r}")
    if name in ("widget.js", "page/index.html", "page/embed.html"):
        body = body.replace(b"VERSION", assets().version.encode())
    headers = {
        "Cache-Control": caching,
        "Access-Control-Allow-Origin": "*",  # modules and styles are public, and load into pages of any origin
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return Response(body, media_type=_MEDIA[Path(name).suffix], headers=headers)
