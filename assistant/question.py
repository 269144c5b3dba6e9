"""What was asked, with everything an answer may depend on: `now` is an argument too."""

from dataclasses import dataclass, field
from datetime import date

from assistant.answer import Answer


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of the conversation."""

    question: str
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its context.

    `interpretation` holds parts of an earlier interpretation that the asker has changed
    (`{"time_period": "2022"}`): they win over what is read from the words.
    """

    text: str
    as_of: date
    turns: tuple[Turn, ...] = ()
    conversation_id: str | None = None
    collection: str | None = None
    interpretation: dict[str, str] = field(default_factory=dict)
