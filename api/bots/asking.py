"""Asking the assistant for a bot: the one call that every platform makes, and what is said when it cannot be made."""

from datetime import date
from uuid import uuid4

from assistant.answer import Answer
from assistant.service import Assistant
from knowledge.errors import AskerError

LONGEST = 4000


async def ask(
    assistant: Assistant,
    text: str,
    *,
    as_of: date,
    conversation_id: str,
    owner: str,
    collection: str | None = None,
    interpretation: dict[str, str] | None = None,
) -> Answer:
    """The Answer; what the asker can put right comes back as a refusal in the error's own words."""
    try:
        return await assistant.ask(
            text[:LONGEST],
            as_of=as_of,
            conversation_id=conversation_id,
            owner=owner,
            collection=collection,
            interpretation=interpretation or None,
        )
    except AskerError as error:
        return refusal(str(error), text, conversation_id)


def refusal(reason: str, question: str = "", conversation_id: str = "", language: str = "en") -> Answer:
    """An Answer that only says why there is none."""
    return Answer(
        answer_id=f"none-{uuid4().hex[:12]}",
        conversation_id=conversation_id,
        question=question,
        status="refused",
        text=reason,
        language=language,
    )
