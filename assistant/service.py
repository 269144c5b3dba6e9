"""The one way in for every surface: a question goes in, an Answer comes out."""

import asyncio
import threading
import time
import uuid
import weakref
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from assistant import answering
from assistant.answer import Answer
from assistant.conversations import Conversations
from assistant.event import Event, Report, unheard
from assistant.question import Question, Turn
from assistant.settings import Settings
from knowledge.focus import focused
from knowledge.known import Known
from knowledge.library import Library

if TYPE_CHECKING:
    from assistant.prompted import Prompted, Replayed

EMBEDDED = answering.EMBEDDED  # as the name of a model: the planner, replayed through the agent
__all__ = ["Assistant", "Event"]


class Assistant:
    """Answers questions over one Library. Safe for concurrent use; turns of one conversation are serialised."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self.library, self.settings = library, settings
        self._prompted: Prompted | Replayed | None = None
        self._building = threading.Lock()
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    @cached_property
    def conversations(self) -> Conversations:
        """The kept conversations, answers and feedback."""
        return Conversations(self.library.store)

    async def ask(
        self,
        text: str,
        *,
        as_of: date,
        conversation_id: str | None = None,
        owner: str = "local",
        earlier: tuple[str, ...] = (),
        collection: str | None = None,
        interpretation: dict[str, str] | None = None,
    ) -> Answer:
        """The Answer, kept in its conversation (a new one where no id is given).

        `earlier` are questions of the same conversation, answered first where it is not stored. NotFound where the
        conversation is another owner's.
        """
        question = Question(text, as_of, (), conversation_id, collection, interpretation or {})
        return await self._turn(question, owner, earlier, unheard)

    async def stream(
        self,
        text: str,
        *,
        as_of: date,
        conversation_id: str | None = None,
        owner: str = "local",
        earlier: tuple[str, ...] = (),
        collection: str | None = None,
        interpretation: dict[str, str] | None = None,
    ) -> AsyncIterator[Event]:
        """The same as it happens: text reaches the stream only once it is verified."""
        question = Question(text, as_of, (), conversation_id, collection, interpretation or {})
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def report(event: Event | None) -> None:
            loop.call_soon_threadsafe(queue.put_nowait, event)

        task = asyncio.ensure_future(self._turn(question, owner, earlier, report))
        task.add_done_callback(lambda _: report(None))
        try:
            while (event := await queue.get()) is not None:
                yield event
            answer = await task
            answering.tell(answer, report)
            report(None)
            while (event := await queue.get()) is not None:
                yield event
            yield Event("answer", answer.model_dump(mode="json"))
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _turn(self, question: Question, owner: str, earlier: tuple[str, ...], report: Report) -> Answer:
        """One turn, alone in its conversation: history, answer, keeping."""
        conversation_id = question.conversation_id or uuid.uuid4().hex
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        async with lock:
            turns: tuple[Turn, ...] = ()
            if question.conversation_id:
                turns = await asyncio.to_thread(self.conversations.history, conversation_id, owner)
            question = replace(question, conversation_id=conversation_id)
            for text in earlier if not turns else ():
                before = replace(question, text=text, turns=turns, interpretation={})
                turns = (*turns, Turn(text, await self._timed(before, unheard)))
            answer = await self._timed(replace(question, turns=turns), report)
            now = datetime.now(UTC).replace(tzinfo=None)
            await asyncio.to_thread(self.conversations.append, conversation_id, owner, answer, now, question)
            return answer

    async def _timed(self, question: Question, report: Report) -> Answer:
        began = time.perf_counter()
        answer = await self._answer(question, report)
        return answer.model_copy(update={"elapsed_ms": round((time.perf_counter() - began) * 1000, 1)})

    async def _answer(self, question: Question, report: Report) -> Answer:
        if self.settings.has_llm or self.settings.model == EMBEDDED:
            model = await asyncio.to_thread(self._model)
            return await model.answer(question, await asyncio.to_thread(self._focused, question), report)
        return await asyncio.to_thread(self._embedded, question, report)

    async def close(self) -> None:
        """Close what is open to a model."""
        if self._prompted is not None:
            await self._prompted.close()

    @property
    def degraded(self) -> str | None:
        """Why answers come with less than is set up, None where they do not."""
        if self._prompted is not None and self._prompted.breaker.open:
            return f"model {self.settings.model} does not answer; the embedded planner does"
        return None

    def _model(self) -> "Prompted | Replayed":
        """The agent's model, imported and built on first use: the frameworks take seconds to import."""
        with self._building:
            if self._prompted is None:
                from assistant import prompted

                self._prompted = prompted.build(self.settings)
            return self._prompted

    def _focused(self, question: Question) -> Known:
        """The library with the series of large tables that the question and its turns name."""
        texts = [*(turn.question for turn in question.turns), question.text]
        return focused(self.library, texts, question.collection)

    def _embedded(self, question: Question, report: Report) -> Answer:
        answer = answering.planned(question, self._focused(question), report)
        report(Event("text", {"text": answer.text}))
        return answer
