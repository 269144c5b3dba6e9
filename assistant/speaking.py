"""Speaks a draft while it is written: words flow, a sentence with a number, a slot or a link waits until it holds."""

import re
from collections.abc import Callable

from assistant import gate, slots
from assistant.composing import Ledger, fill, printed
from assistant.event import Event, Report
from assistant.gate import Grounds
from assistant.gate import text as texts
from assistant.gate.words import pattern
from assistant.tools import Toolbox

SUSPECT = re.compile(r"[\d{}\[\]<>@:/\\&*_“”\"«»「『„#|~`^=]|[^\W\d_](?=\.[^\W_])|\bwww\b")

ONE = re.compile(r"(?<![^\W_])(?:one|single|a hundred|ein|une?)(?![^\W_])", re.IGNORECASE)


class Speaker:
    """The stream's side of one draft. What has been said stays checked; what fails is not said."""

    def __init__(self, grounds: Callable[[], Grounds], toolbox: Toolbox, language: str, report: Report) -> None:
        self._grounds, self._language, self._report = grounds, language, report
        self._ledger = Ledger(toolbox.evidence, toolbox.library.notice)
        self._heard, self._said, self._flown = "", "", ""  # the draft, what was sent, of it the unfinished sentence
        self._at = 0  # where the sentence begins that is being written
        self._silent = False

    def hear(self, piece: str) -> None:
        """Take the next piece of the draft and speak what can be spoken."""
        self._heard += piece
        if not self._silent:
            self._speak()

    def finish(self, draft: str) -> None:
        """The whole draft holds: speak the rest of it, or all of it anew where other words were sent."""
        text = printed(draft, Ledger(self._ledger.evidence, self._ledger.notice), self._language)
        if text == self._said:
            return
        if text.startswith(self._said):
            self._send(text[len(self._said) :])
        else:
            self._report(Event("text", {"text": text, "replace": True}))
            self._said = text

    def _speak(self) -> None:
        for sentence in list(slots.sentences(self._heard[self._at :])):
            if self._at + len(sentence) == len(self._heard):
                self._flow(sentence)
                return
            spoken = self._checked(sentence)
            if spoken is None or not spoken.startswith(self._flown):
                self._silent = True
                return
            self._send(spoken[len(self._flown) :])
            self._at, self._flown = self._at + len(sentence), ""

    def _checked(self, sentence: str) -> str | None:
        """The sentence in print, None where it does not hold."""
        grounds = self._grounds()
        if gate.check(sentence, grounds):
            return None
        return fill(sentence, self._ledger, self._language)

    def _flow(self, sentence: str) -> None:
        """Send the whole words of an unfinished sentence while it holds nothing that waits."""
        words = sentence[: sentence.rfind(" ") + 1]
        if len(words) > len(self._flown) and not suspect(sentence, self._language):
            self._send(words[len(self._flown) :])
            self._flown = words

    def _send(self, text: str) -> None:
        if text:
            self._said += text
            self._report(Event("text", {"text": text}))


def suspect(words: str, language: str) -> bool:
    """Whether words may hold a number, a slot, a link or a quotation, in whatever script."""
    return bool(
        SUSPECT.search(words)
        or texts.hidden(words)
        or any(char.isnumeric() for char in words)
        or pattern("numbers", language).search(words)
        or ONE.search(words)
        or any(not char.isascii() and char.isupper() for char in words)
    )
