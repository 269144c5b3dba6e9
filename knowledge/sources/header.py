"""The header block of a notice: `key: value` lines ended by `---`, as publishers' copies and front matter have it."""

import re
from dataclasses import dataclass, field
from datetime import date

from knowledge.sources import dates

# A key as written -> what it tells. Keys that are not known are tolerated and dropped.
_KEYS = {
    **dict.fromkeys(("url", "link", "address", "permalink", "canonical", "网址", "链接"), "url"),
    **dict.fromkeys(("title", "headline", "标题", "titel", "titre"), "title"),
    **dict.fromkeys(
        ("date", "published", "publication_date", "updated", "日期", "发布日期", "发布时间", "datum"), "date"
    ),
    **dict.fromkeys(("section", "category", "栏目", "rubrik", "rubrique"), "section"),
    **dict.fromkeys(("language", "lang", "语言", "sprache", "langue"), "language"),
}
_LINE = re.compile(r"^([A-Za-zÀ-ÿ一-鿿][\w .-]{0,30}?)\s*[:：]\s*(.*)$")
_END = re.compile(r"^-{3,}\s*$")
_LONGEST = 40
# What copyists add behind a title.
_REMARK = re.compile(r"\s*[(（](?:page\s+)?title\b[^)）]*[)）]\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Header:
    """What a header block says; `length` is the number of characters that it takes, 0 where there is none."""

    length: int = 0
    title: str = ""
    published: date | None = None
    url: str | None = None
    section: str | None = None
    language: str | None = None
    fields: dict[str, str] = field(default_factory=dict)


def parse(text: str) -> Header:
    """The header block at the head of a text, or an empty Header."""
    fields: dict[str, str] = {}
    length, last = 0, ""
    for number, line in enumerate(text.splitlines(keepends=True)):
        length += len(line)
        bare = line.strip()
        if _END.match(bare):
            if fields:
                return _header(fields, length)
            if number:  # a rule below nothing: no header
                break
            continue
        if number > _LONGEST:
            break
        if match := _LINE.match(bare):
            last = match[1].lower().replace(" ", "_")
            fields.setdefault(last, match[2].strip().strip("\"'"))
        elif line[:1].isspace() and bare and last:
            fields[last] += f" {bare}"
        elif bare:
            break
    return Header()


def _header(fields: dict[str, str], length: int) -> Header:
    known: dict[str, str] = {}
    for key, value in fields.items():
        if (meaning := _KEYS.get(key)) and value:
            known.setdefault(meaning, value)
    url = re.match(r"\S+", known.get("url", ""))
    return Header(
        length=length,
        title=_REMARK.sub("", known.get("title", "")),
        published=dates.first(known.get("date", "")),
        url=url[0] if url and "://" in url[0] else None,
        section=known.get("section"),
        language=(known.get("language") or "")[:2].lower() or None,
        fields=fields,
    )
