"""The bots' own commands, the same on every platform: help, check, settings, subscribe, unsubscribe, subscriptions.

Anything else is a question.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from api.bots import words
from api.bots.channels import Channels
from api.bots.check_message import listing
from api.bots.document import Listing
from api.bots.subscriptions import Every, Subscription, Subscriptions
from knowledge.library import Library

HELP = (
    "QUESTION: ask about a published figure",
    "check TEXT: look up every number of a text",
    "subscribe INDICATOR, ... [daily|weekly [HH]]: post new figures here; `subscribe everything` for all",
    "subscriptions: what this channel is subscribed to",
    "unsubscribe NUMBER: end one of them",
    "settings [language=en|zh|de|fr|auto] [collection=NAME|all]: how this channel is answered",
)


class Commands:
    """Runs the commands of one platform's channels."""

    def __init__(
        self,
        library: Library,
        channels: Channels,
        subscriptions: Subscriptions,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._library, self._channels, self._subscriptions, self._clock = library, channels, subscriptions, clock

    def run(self, text: str, channel: str) -> Listing | None:
        """The reply to a command in `channel` (`platform:team:channel`); None where the text is a question."""
        verb, _, rest = text.strip().partition(" ")
        command = {
            "help": self._help, "check": self._check, "settings": self._settings, "subscribe": self._subscribe,
            "unsubscribe": self._unsubscribe, "subscriptions": self._list,
        }.get(verb.lower())  # fmt: skip
        return command(rest.strip(), channel) if command and not text.rstrip().endswith("?") else None

    def _help(self, _rest: str, _channel: str) -> Listing:
        return _reply("Tally", HELP)

    def _check(self, rest: str, channel: str) -> Listing | None:
        """The verdicts on a text; None where it has no numbers, for then it is a question."""
        found = listing(rest, self._library, self._clock().date(), self._channels.of(channel))
        return found if found.lines else None

    def _settings(self, rest: str, channel: str) -> Listing:
        chosen = self._channels.of(channel)
        for name, value in re.findall(r"(\w+)\s*=\s*(\S+)", rest):
            if name == "language" and value in (*words.languages(), "auto"):
                chosen = replace(chosen, language=None if value == "auto" else value)
            elif name == "collection":
                chosen = replace(chosen, collection=None if value == "all" else value)
            else:
                known = ", ".join((*words.languages(), "auto"))
                return _reply(f"{name}={value} is not known; language is one of {known}; collection is a name or all")
        if rest:
            self._channels.change(channel, chosen)
        return _reply(
            "Settings", (f"language: {chosen.language or 'auto'}", f"collection: {chosen.collection or 'all'}")
        )

    def _subscribe(self, rest: str, channel: str) -> Listing:
        match = re.search(r"\s+(daily|weekly)(?:\s+(?:at\s+)?(\d{1,2})(?::00)?)?$", " " + rest)
        often = match[1] if match else ""
        every: Every = "day" if often == "daily" else "week" if often == "weekly" else "notice"
        hour = int(match[2]) if match and match[2] else 8
        names = [name.strip() for name in (" " + rest)[: match.start() if match else None].split(",") if name.strip()]
        if not names or hour > 23:
            return _reply(
                "Say what to subscribe to: `subscribe new projects, landing rate daily 8`, or `subscribe everything`"
            )
        codes, unknown = self._codes(names)
        if unknown:
            nearest = ", ".join([label for _, label in self._labels()][:12])
            return _reply(f"{', '.join(unknown)}: no such indicator is known; known are {nearest}")
        settings = self._channels.of(channel)
        today = self._clock().date().isoformat()
        wish = Subscription(0, channel, codes, every, hour, settings.language, settings.collection, today)
        number = self._subscriptions.add(wish, self._library.figures(settings.collection))
        return _reply(f"Subscribed (number {number})", (", ".join(names), WHEN[every].replace("{hour}", f"{hour:02}")))

    def _unsubscribe(self, rest: str, channel: str) -> Listing:
        if not rest.isdigit() or not self._subscriptions.remove(int(rest[:9]), channel):
            return _reply(f"{rest or '(nothing)'}: no such subscription here; `subscriptions` lists them")
        return _reply(f"Subscription {rest} ended")

    def _list(self, _rest: str, channel: str) -> Listing:
        labels = dict(self._labels())
        found = self._subscriptions.of(channel)
        lines = tuple(
            f"{s.number}: {', '.join(labels.get(code, code) for code in s.indicators) or 'everything'}; "
            + WHEN[s.every].replace("{hour}", f"{s.hour:02}")
            for s in found
        )
        return _reply("Subscriptions" if found else "No subscriptions here", lines)

    def _codes(self, names: list[str]) -> tuple[tuple[str, ...], list[str]]:
        """Codes of the named indicators; and the names that are none."""
        if [name.lower() for name in names] in (["everything"], ["all"]):
            return (), []
        known = {wording.casefold(): code for wording, _, code in self._library.catalogue.indicator_terms}
        known |= {key.casefold(): code for code, label in self._labels() for key in (code, label)}
        found = {name: known.get(name.casefold()) for name in names}
        return tuple(code for code in found.values() if code), [name for name, code in found.items() if not code]

    def _labels(self) -> list[tuple[str, str]]:
        """Code and name of each indicator that figures are known of, the most published first."""
        counted = Counter(figure.indicator for figure in self._library.figures())
        named = self._library.catalogue.indicators
        return [
            (code, named[code].names["en"] if code in named else code.replace("-", " "))
            for code, _ in counted.most_common()
        ]


def _reply(title: str, lines: tuple[str, ...] = ()) -> Listing:
    return Listing(title, tuple((line, None) for line in lines))


WHEN: dict[Every, str] = {
    "notice": "as soon as a notice arrives",
    "day": "daily at {hour}:00 UTC",
    "week": "Mondays at {hour}:00 UTC",
}
