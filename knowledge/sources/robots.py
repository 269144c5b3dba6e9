"""robots.txt: whether a host lets robots fetch an address, asked once a host."""

import threading
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from knowledge.errors import SourceError
from knowledge.sources.fetch import AGENT, Fetcher

_NAME = AGENT.partition("/")[0]


@dataclass
class Robots:
    """The rules of every host asked so far. Without a readable robots.txt everything is open, as the standard says."""

    fetcher: Fetcher
    _rules: dict[str, RobotFileParser] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def permits(self, url: str) -> bool:
        """Whether the host's rules let us fetch the address."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            rules = self._rules.get(host)
        if rules is None:
            rules = self._read(host)
            with self._lock:
                self._rules[host] = rules
        return rules.can_fetch(_NAME, url)

    def _read(self, host: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            data = self.fetcher.get(f"{host}/robots.txt").data or b""
        except SourceError as error:
            if error.reason.startswith(("answers 401", "answers 403", "answers 5")):
                rules.parse(["User-agent: *", "Disallow: /"])  # closed, or out of order: ask again later
                return rules
            data = b""
        rules.parse(data[:500_000].decode("utf-8", "replace").splitlines())
        return rules
