"""A draft becomes a notice: what its reader did not know is found in its text."""

import hashlib
import re

from knowledge.notice import Notice
from knowledge.reading.language import detect
from knowledge.sources import dates
from knowledge.sources.draft import Draft

_CRUMB = re.compile(r"\s*(?:[>›»/]|&gt;)\s*")
_HOME = re.compile(r"^(?:home|homepage|首页|主页|startseite|start|accueil)$", re.I)
_BODY = frozenset(("正文", "text", "article", "content", "detail"))
# Lines of a page that are no title, each with an example.
_FURNITURE = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # Skip to main content
        r"^(?:skip to|view original|back to|print|share|home|首页|返回|打印|zum inhalt|aller au contenu)\b.*",
        r"^[\[(（【].*",  # [Photo caption: ...]
        r".*\.(?:jpe?g|png|gif|webp)\b.*",  # photo (2).jpg
        # Updated: 2024-02-20
        r"^(?:updated?|published|posted|date|source|by|author|发布|更新|来源|作者|时间|日期)\b.{0,80}$",
        r"^(?:official statistics|news|press release|news release|statistics)$",  # Official Statistics
        r"^\W*$",
    )
)
_TITLE_LENGTH, _TITLE_LINES = 200, 12


def to_notice(draft: Draft, source: str, collection: str = "default") -> Notice:
    """The notice of a draft. Its id is the hash of what it says, in its collection."""
    language = draft.language or detect(draft.text)
    return Notice(
        notice_id=_identity(draft, collection),
        source=source,
        title=draft.title or title_in(draft.text) or _name(source),
        text=draft.text,
        language=language,
        published=draft.published or dates.published(draft.text, draft.url or source),
        url=draft.url or (source if "://" in source else None),
        section=draft.section or section_in(draft.text),
        collection=collection,
        media_type=draft.media_type,
        pages=draft.pages,
    )


def title_in(text: str) -> str:
    """The first line that is a title: no crumbs, no furniture, no sentence among sentences."""
    lines = [line.strip() for line in text[:20_000].splitlines() if line.strip()][:_TITLE_LINES]
    for line in lines:
        if crumbs(line) or any(pattern.match(line) for pattern in _FURNITURE):
            continue
        return line if len(line) <= _TITLE_LENGTH else _first_sentence(line)
    return ""


def section_in(text: str) -> str | None:
    """The section named by a line of crumbs: "Home> Statistics" -> "Statistics"."""
    for line in text[:2000].splitlines()[:6]:
        if names := crumbs(line.strip()):
            return names[-1]
    return None


def crumbs(line: str) -> tuple[str, ...]:
    """The parts of a line of crumbs without its home and its "article"; () where it is none."""
    parts = [part for part in _CRUMB.split(line) if part]
    if len(parts) < 2 or len(line) > 100 or any(len(part) > 40 for part in parts):
        return ()
    home = bool(_HOME.match(parts[0]))
    if not home and not re.search(r"\s[/›»>]\s", line):
        return ()
    names = [part for part in parts if not _HOME.match(part) and part.lower() not in _BODY]
    return tuple(names)


def _first_sentence(line: str) -> str:
    sentence = re.match(r".{20,180}?(?:[.!?](?=\s|$)|[。！？])", line)
    return sentence[0] if sentence else line[: _TITLE_LENGTH - 1].rstrip() + "…"


def _name(source: str) -> str:
    return source.rstrip("/").replace("\\", "/").rpartition("/")[2]


def _identity(draft: Draft, collection: str) -> str:
    parts: tuple[str, ...] = (
        collection,
        draft.title,
        str(draft.published or ""),
        draft.url or "",
        draft.media_type,
        draft.text,
    )
    if draft.fingerprint:
        parts = (*parts, draft.fingerprint)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
