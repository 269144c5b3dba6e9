"""Request bodies read strictly: what is not sound JSON text is the sender's fault, never a crash of ours."""

import json
import re
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.problems import Fault, Problem, shown

_MAX_DEPTH = 40
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BRACKET = re.compile(rb"[\[\]{}]")


class StrictRequest(Request):
    """A request whose JSON has no NaN, no lone surrogate and no deep nesting."""

    async def json(self) -> Any:
        """The body. Problem 400 where it is not sound JSON."""
        if not hasattr(self, "_sound"):
            self._sound = parse(await self.body())
        return self._sound


class StrictRoute(APIRoute):
    """A route that reads its body as StrictRequest does."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handler(StrictRequest(request.scope, request.receive))

        return strict


def parse(body: bytes) -> Any:
    """JSON text as values. Problem 400 names the fault and the place."""
    if _depth(body) > _MAX_DEPTH:
        raise _malformed("nested brackets", f"nest at most {_MAX_DEPTH} levels")
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise _malformed(body[error.start : error.end], "send UTF-8") from None
    except ValueError as error:  # JSONDecodeError, and integers of thousands of digits
        raise _malformed(body[:40], f"send JSON: {error}") from None
    _check_text(value)
    return value


def check_text(text: str, field: str) -> str:
    """The text. Problem 400 where it holds a lone surrogate, which no encoding can carry on."""
    if _SURROGATE.search(text):
        raise Problem(
            400,
            f"{field} holds a lone surrogate; send whole characters",
            code="malformed",
            errors=[Fault(field=field, value=shown(text), remedy="leave out lone surrogates")],
        )
    return text


def _check_text(value: Any) -> None:
    if isinstance(value, str):
        check_text(value, "body")
    elif isinstance(value, list):
        for item in value:
            _check_text(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            check_text(key, "body")
            _check_text(item)


def _depth(body: bytes) -> int:
    """The deepest nesting of brackets outside strings."""
    if body.count(b"[") + body.count(b"{") <= _MAX_DEPTH:
        return 0
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _malformed(value: Any, remedy: str) -> Problem:
    fault = Fault(field="body", value=shown(value), remedy=remedy)
    return Problem(400, f"the body is not sound JSON: {remedy}", code="malformed", errors=[fault])
