"""Web pages: what their metadata says of title, date, section and address, and the readable body."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from knowledge.errors import SourceError
from knowledge.sources import dates, header
from knowledge.sources.draft import Draft
from knowledge.sources.html_body import body_text
from knowledge.sources.text import clean, plain

# Metadata that tells when a page was published, the most trustworthy first; names in lower case.
_DATE_NAMES = (
    "article:published_time datepublished date.issued dcterms.issued dcterms.created dc.date.issued pubdate "
    "publishdate publish_date publication_date publicationdate dc.date dcterms.date date firstpublishedtime "
    "sailthru.date og:published_time article:modified_time dcterms.modified last-modified"
).split()
_TITLE_NAMES = "og:title articletitle article:title dc.title dcterms.title twitter:title".split()
_SECTION_NAMES = "article:section columnname section dc.subject".split()
_URL_NAMES = "og:url url".split()
_JSON_DATES = ("datePublished", "dateCreated", "uploadDate", "dateModified")
# "Title - Site", "标题_网站": what sites add to their titles.
_SITE = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,40}$|[_|][^_|]{2,30}$")
_CRUMBS = re.compile(r"crumb|position|location|当前位置", re.I)


def read(data: bytes, source: str) -> Draft:
    """The draft of a web page. SourceError where there is no text on it."""
    markup = plain(data, source)
    head = header.parse(markup)  # a stored copy may carry a header block above the markup
    markup = markup[head.length :]
    page = LexborHTMLParser(markup)
    meta = _meta(page)
    body = clean(body_text(markup)).strip("\n").rstrip()
    if not body.strip():
        raise SourceError(source, "holds no readable text")
    return Draft(
        text=body,
        title=head.title or _title(page, meta),
        published=head.published or _published(page, meta, body),
        url=head.url or _url(page, meta),
        section=head.section or next((meta[n] for n in _SECTION_NAMES if n in meta), None) or _section(page),
        language=head.language,
        media_type="text/html",
    )


def _meta(page: LexborHTMLParser) -> dict[str, str]:
    """Metadata by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for node in page.css("meta[content]"):
        marks = node.attributes
        name = marks.get("name") or marks.get("property") or marks.get("itemprop") or marks.get("http-equiv") or ""
        if content := _line(marks.get("content")):
            found.setdefault(name.lower(), content)
    return found


def _title(page: LexborHTMLParser, meta: dict[str, str]) -> str:
    heading = _only_heading(page)
    named = next((meta[name] for name in _TITLE_NAMES if name in meta), "")
    whole = _line(node.text()) if (node := page.css_first("title")) else ""
    if heading and (not named or heading in named):
        return heading
    return named or heading or _SITE.sub("", whole) or whole


def _only_heading(page: LexborHTMLParser) -> str:
    headings = [text for node in page.css("h1") if (text := _line(node.text(separator=" ")))]
    return headings[0] if len(headings) == 1 else ""


def _published(page: LexborHTMLParser, meta: dict[str, str], body: str) -> date | None:
    told = (meta[name] for name in _DATE_NAMES if name in meta)
    times = (node.attributes.get("datetime") or node.text() for node in page.css("time"))
    for value in (*told, *_json_dates(page), *times):
        if day := dates.first(value or ""):
            return day
    whole = clean(page.body.text(separator="\n")) if page.body else ""
    return dates.stated(whole) or dates.stated(body)


def _json_dates(page: LexborHTMLParser) -> Iterator[str]:
    for node in page.css('script[type="application/ld+json"]'):
        try:
            value = json.loads(node.text())
        except (ValueError, RecursionError):
            continue  # a page's broken metadata is no reason to refuse the page
        for item in _objects(value):
            yield from (str(item[key]) for key in _JSON_DATES if item.get(key))


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)


def _url(page: LexborHTMLParser, meta: dict[str, str]) -> str | None:
    link = page.css_first('link[rel="canonical"]')
    told = ((link.attributes.get("href") or "") if link else "", *(meta.get(name, "") for name in _URL_NAMES))
    return next((url for url in told if url.startswith(("http://", "https://"))), None)


def _section(page: LexborHTMLParser) -> str | None:
    """The last link of the crumbs, which is the section that the page stands in."""
    for node in page.css("[class], [id]"):
        if _CRUMBS.search(f"{node.attributes.get('class')} {node.attributes.get('id')}"):
            links = [text for link in node.css("a") if (text := _line(link.text()))]
            if len(links) > 1:
                return links[-1][:100]
    return None


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
