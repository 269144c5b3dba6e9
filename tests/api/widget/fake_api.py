"""A small server that speaks the API's contract and plays recorded answers; it stalls, breaks and lies on demand.

The words of a question choose what happens: `stall` sends a step and goes quiet, `cut` breaks the connection in
mid-answer, `cut once` only the first time, `slowly` streams word by word, `busy` is a 429, `broken` a 500,
`trouble` an error event; anything else plays the recorded answer whose key it holds.
"""

import asyncio
import base64
import itertools
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI, Request
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse, Response, StreamingResponse

from api.widget import routes
from tests.api.widget.recorded import FIGURES, LOOKUP, NOTICES, RECORDED

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="220" viewBox="0 0 480 220">'
    '<rect x="80" y="30" width="120" height="160" fill="#0d5f57"/><text x="125" y="208" font-size="9">2023</text>'
    '<rect x="260" y="40" width="99" height="150" fill="#0d5f57"/><text x="305" y="208" font-size="9">2024</text></svg>'
)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Fake:
    """The state of one fake server."""

    def __init__(self, answers: dict[str, dict[str, Any]] | None = None) -> None:
        self.answers = RECORDED if answers is None else answers
        self.notices = dict(NOTICES)
        self.conversations: dict[str, list[dict[str, Any]]] = {}
        self.feedback: list[tuple[str, dict[str, Any]]] = []
        self.asked: list[dict[str, Any]] = []
        self.numbers = itertools.count(1)
        self.gate = asyncio.Event()

    def answer(self, body: dict[str, Any]) -> dict[str, Any]:
        """The recorded answer for a question, with ids of its own, kept in its conversation."""
        question = body["question"]
        known = next((a for key, a in self.answers.items() if key in question.lower()), LOOKUP)
        conversation = body.get("conversation_id") or f"c{next(self.numbers)}"
        made = {**known, "answer_id": f"a{next(self.numbers)}", "conversation_id": conversation, "question": question}
        changed = body.get("interpretation") or {}
        made["interpretation"] = {**made["interpretation"], **changed}
        self.conversations.setdefault(conversation, []).append(made)
        return made


def create(fake: Fake) -> FastAPI:
    """The server, with the widget's real routes."""
    app = FastAPI()
    app.add_middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"], expose_headers=["Retry-After"]
    )

    @app.post("/v1/sessions")
    def open_session() -> dict[str, str]:
        return {"token": "tallys_fake", "expires": "2099-01-01T00:00:00Z"}

    @app.post("/v1/chat")
    async def chat(request: Request) -> Response:
        body = await request.json()
        fake.asked.append(body)
        question = body["question"].lower()
        if "busy" in question:
            return JSONResponse(
                {"title": "Too Many Requests", "detail": "slow down"}, 429, headers={"Retry-After": "7"}
            )
        if "broken" in question:
            return JSONResponse({"title": "Internal Server Error", "detail": "<b>no</b>"}, 500)
        return StreamingResponse(play(fake, body, question), media_type="text/event-stream")

    @app.get("/v1/conversations")
    def conversations() -> dict[str, Any]:
        rows = [
            {"conversation_id": k, "title": v[0]["question"], "turns": len(v)} for k, v in fake.conversations.items()
        ]
        return {"conversations": rows[::-1], "total": len(rows), "limit": 100, "offset": 0}

    @app.get("/v1/conversations/{conversation_id}")
    def conversation(conversation_id: str) -> Response:
        answers = fake.conversations.get(conversation_id)
        if answers is None:
            return JSONResponse({"title": "Not Found", "detail": "not known"}, 404)
        return JSONResponse(
            {"conversation_id": conversation_id, "turns": [{"question": a["question"], "answer": a} for a in answers]}
        )

    @app.delete("/v1/conversations/{conversation_id}")
    def forget(conversation_id: str) -> Response:
        fake.conversations.pop(conversation_id, None)
        return Response(status_code=204)

    @app.get("/v1/answers/{answer_id}")
    def answer(answer_id: str) -> Response:
        every = [a for answers in fake.conversations.values() for a in answers]
        found = next((a for a in every if a["answer_id"] == answer_id), None)
        return JSONResponse(
            {"answer": found, "holds": True} if found else {"title": "Not Found"}, 200 if found else 404
        )

    @app.post("/v1/answers/{answer_id}/feedback")
    async def feedback(answer_id: str, request: Request) -> Response:
        fake.feedback.append((answer_id, await request.json()))
        return Response(status_code=204)

    @app.get("/v1/notices")
    def notices() -> dict[str, Any]:
        rows = [{**{k: v for k, v in n.items() if k != "text"}, "figures": 3} for n in fake.notices.values()]
        return {"notices": rows, "total": len(rows), "limit": 100, "offset": 0}

    @app.get("/v1/notices/{notice_id}")
    def notice(notice_id: str) -> Response:
        found = fake.notices.get(notice_id)
        if found is None:
            return JSONResponse({"title": "Not Found", "detail": "notice is not known"}, 404)
        rows = [f for f in FIGURES if f["notice_id"] == notice_id]
        return JSONResponse({**found, "figures": len(rows), "passages": [], "figure_rows": rows})

    @app.get("/v1/figures")
    def figures(text: str = "", limit: int = 100, offset: int = 0) -> dict[str, Any]:
        rows = [f for f in FIGURES if text in f["label"]]
        return {"figures": rows[offset : offset + limit], "total": len(rows), "limit": limit, "offset": offset}

    @app.get("/v1/indicators")
    def indicators() -> dict[str, Any]:
        row = {"units": ["enterprises"], "ref_areas": ["Harbour City FTZ"], "time_periods": ["2023", "2024"]}
        names = sorted({f["indicator"] for f in FIGURES})
        return {"indicators": [{"indicator": n, "labels": [n.replace("_", " ")], "figures": 1, **row} for n in names]}

    @app.get("/v1/charts/{name}")
    def chart(name: str) -> Response:
        return (
            Response(PNG, media_type="image/png")
            if name.endswith(".png")
            else Response(SVG, media_type="image/svg+xml")
        )

    app.include_router(routes.router)
    return app


async def play(fake: Fake, body: dict[str, Any], question: str) -> AsyncIterator[str]:
    """The events of one answer, and the accidents that the question asks for."""
    numbers = itertools.count(1)

    def event(kind: str, data: Any) -> str:
        return f"id: {next(numbers)}\nevent: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"

    yield event("step", {"text": "looking for figures", "tool": "find_figures"})
    if "stall" in question:
        await fake.gate.wait()
    if "trouble" in question:
        yield event("error", {"title": "Service Unavailable", "detail": "the store is being restored", "status": 503})
        return
    if "cut" in question and (
        "once" not in question or sum(b["question"].lower() == question for b in fake.asked) == 1
    ):
        yield event("text", {"text": "Half a sent"})
        raise ConnectionResetError("cut in mid-answer, as asked")
    answer = fake.answer(body)
    for word in answer["text"].split(" "):
        if "slowly" in question:
            await asyncio.sleep(0.15)
        yield event("text", {"text": word + " "})
    for known in answer["citations"]:
        yield event("citation", known)
    yield event("answer", answer)
