"""The Slack app's manifest, for a server that Slack can reach or for socket mode."""

from importlib.resources import files
from urllib.parse import urlsplit

from knowledge.errors import AskerError

_PLACE = "https://tally.example.org"


def manifest(url: str | None) -> str:
    """The manifest as YAML: with `url` as the server's address, or in socket mode where there is none."""
    text = files("api.bots").joinpath("slack_manifest.yaml").read_text(encoding="utf-8")
    if url is None:
        lines = [line for line in text.splitlines() if _PLACE not in line]
        return "\n".join(lines).replace("socket_mode_enabled: false", "socket_mode_enabled: true") + "\n"
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or set(url) & set(" \"'\\\n"):
        raise AskerError(
            f"{url}: Slack sends to https addresses alone; give the server's, as https://tally.example.org"
        )
    return text.replace(_PLACE, url.rstrip("/"))
