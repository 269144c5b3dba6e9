"""Conversations: rows of question and Answer in the SQL store, each seen by its owner alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    DateTime,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
)

from assistant.answer import Answer
from assistant.question import Question, Turn
from knowledge import tables
from knowledge.errors import NotFound
from knowledge.store import Store

MOST_TURNS = 12  # of a conversation that a question is read with

turns = Table(
    "turns",
    tables.metadata,
    Column("turn_id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", String(200), nullable=False),
    Column("owner", String(200), nullable=False),
    Column("created", DateTime, nullable=False),
    Column("answer_id", String(64), nullable=False, unique=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("asked", JSON),  # what else it was asked with: as_of, collection, interpretation
)
feedback = Table(
    "feedback",
    tables.metadata,
    Column("feedback_id", Integer, primary_key=True, autoincrement=True),
    Column("answer_id", String(64), nullable=False, index=True),
    Column("owner", String(200), nullable=False),
    Column("created", DateTime, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("comment", Text, nullable=False),
)
Index("turns_conversation", turns.c.conversation_id, turns.c.turn_id)
Index("turns_owner", turns.c.owner, turns.c.created)


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a list: its first question and when it was last used (UTC)."""

    conversation_id: str
    title: str
    turns: int
    updated: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, when it was given (UTC), and the question as it was asked, earlier turns included."""

    answer: Answer
    created: datetime
    question: Question


class Conversations:
    """The conversations of one store. Times are UTC without a zone."""

    def __init__(self, store: Store) -> None:
        self.store = store
        store.create(turns, feedback)

    def history(self, conversation_id: str, owner: str, most: int = MOST_TURNS) -> tuple[Turn, ...]:
        """The latest turns, oldest first; none for a new conversation. NotFound where it is another owner's."""
        query = select(turns.c.owner, turns.c.question, turns.c.answer).where(
            turns.c.conversation_id == conversation_id
        )
        with self.store.read() as connection:
            rows = connection.execute(query.order_by(turns.c.turn_id.desc()).limit(most)).all()
        if any(row.owner != owner for row in rows):
            raise NotFound(f"no conversation {conversation_id!r}")
        return tuple(Turn(row.question, Answer.model_validate_json(row.answer)) for row in reversed(rows))

    def append(
        self, conversation_id: str, owner: str, answer: Answer, at: datetime, asked: Question | None = None
    ) -> None:
        """Keep a turn; `asked` is the question as it was put, so that it can be put again."""
        row = {
            "conversation_id": conversation_id,
            "owner": owner,
            "created": at,
            "answer_id": answer.answer_id,
            "question": answer.question,
            "answer": answer.model_dump_json(),
            "asked": _circumstances(asked) if asked else None,
        }
        with self.store.write() as connection:
            connection.execute(insert(turns).values(**row))

    def listed(self, owner: str, limit: int = 50) -> Sequence[Summary]:
        """The owner's conversations, the latest first."""
        first, last, count = func.min(turns.c.turn_id), func.max(turns.c.created), func.count()
        query = (
            select(turns.c.conversation_id, first.label("first"), last.label("updated"), count.label("turns"))
            .where(turns.c.owner == owner)
            .group_by(turns.c.conversation_id)
            .order_by(last.desc())
            .limit(limit)
        )
        with self.store.read() as connection:
            rows = connection.execute(query).all()
            ids = [row.first for row in rows]
            questions = select(turns.c.turn_id, turns.c.question).where(turns.c.turn_id.in_(ids))
            titles = {row.turn_id: row.question for row in connection.execute(questions)}
        return [Summary(row.conversation_id, titles[row.first], row.turns, row.updated) for row in rows]

    def answer(self, answer_id: str, owner: str) -> Answer:
        """A kept answer. NotFound where it is not known, or another owner's."""
        query = select(turns.c.answer).where(turns.c.answer_id == answer_id, turns.c.owner == owner)
        with self.store.read() as connection:
            found = connection.execute(query).scalar_one_or_none()
        if found is None:
            raise NotFound(f"no answer {answer_id!r}")
        return Answer.model_validate_json(found)

    def kept(self, answer_id: str, owner: str) -> Kept:
        """A kept answer with its question. NotFound where it is not known, or another owner's."""
        query = select(turns).where(turns.c.answer_id == answer_id, turns.c.owner == owner)
        with self.store.read() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                raise NotFound(f"no answer {answer_id!r}")
            before = (turns.c.conversation_id == row.conversation_id) & (turns.c.turn_id < row.turn_id)
            latest = select(turns.c.question, turns.c.answer).where(before).order_by(turns.c.turn_id.desc())
            past = connection.execute(latest.limit(MOST_TURNS)).all()
        asked = row.asked or {}
        question = Question(
            row.question,
            date.fromisoformat(asked["as_of"]) if "as_of" in asked else row.created.date(),
            tuple(Turn(r.question, Answer.model_validate_json(r.answer)) for r in reversed(past)),
            row.conversation_id,
            asked.get("collection"),
            asked.get("interpretation", {}),
        )
        return Kept(Answer.model_validate_json(row.answer), row.created, question)

    def rate(self, answer_id: str, owner: str, verdict: Literal["up", "down"], at: datetime, comment: str = "") -> None:
        """Keep what the asker thinks of an answer; the latest verdict of an owner counts."""
        self.answer(answer_id, owner)
        with self.store.write() as connection:
            connection.execute(delete(feedback).where(feedback.c.answer_id == answer_id, feedback.c.owner == owner))
            row = {"answer_id": answer_id, "owner": owner, "created": at, "verdict": verdict, "comment": comment}
            connection.execute(insert(feedback).values(**row))

    def forget(self, conversation_id: str, owner: str) -> int:
        """Delete a conversation with its feedback; how many turns went. NotFound where there is none."""
        mine = (turns.c.conversation_id == conversation_id) & (turns.c.owner == owner)
        gone = self._delete(mine)
        if not gone:
            raise NotFound(f"no conversation {conversation_id!r}")
        return gone

    def expire(self, before: datetime) -> int:
        """Delete turns older than that; how many went."""
        return self._delete(turns.c.created < before)

    def _delete(self, which: ColumnElement[bool]) -> int:
        with self.store.write() as connection:
            ids = select(turns.c.answer_id).where(which)
            connection.execute(delete(feedback).where(feedback.c.answer_id.in_(ids)))
            return connection.execute(delete(turns).where(which)).rowcount


def _circumstances(asked: Question) -> dict[str, Any]:
    return {
        "as_of": asked.as_of.isoformat(),
        "collection": asked.collection,
        "interpretation": asked.interpretation,
    }
