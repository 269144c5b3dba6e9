"""Web pages: metadata first, then the body."""

from datetime import date

import pytest

from knowledge.sources.html import read

BODY = "<p>The city added 11,000 new projects to the database in 2023; their investment is 1.3 trillion yuan.</p>"


def page(head: str = "", body: str = BODY) -> bytes:
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()
    )


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2023-04-27T08:00:00Z">',
        '<meta name="PubDate" content="2023-04-27 10:00">',
        '<meta name="publishdate" content="2023-04-27">',
        '<meta name="DC.date.issued" content="27 April 2023">',
        '<script type="application/ld+json">{"@graph": [{"@type": "Article", "datePublished": "2023-04-27"}]}</script>',
        # the first of several names counts, not the first in the page
        '<meta name="last-modified" content="2024-01-01"><meta name="pubdate" content="2023-04-27">',
    ],
)
def test_the_date_is_read_from_metadata(head: str) -> None:
    assert read(page(head), "a.html").published == date(2023, 4, 27)


@pytest.mark.parametrize(
    "body",
    [
        f"<time datetime='2023-04-27'>last week</time>{BODY}",
        f"<div class='info'>发布时间：2023年4月27日 10:20</div>{BODY}<footer>Copyright 2024</footer>",
        f"<h1>Title</h1><span>Updated: 2023-04-27</span>{BODY}",
    ],
)
def test_the_date_is_read_from_the_page(body: str) -> None:
    assert read(page(body=body), "a.html").published == date(2023, 4, 27)


def test_broken_metadata_is_no_reason_to_refuse() -> None:
    draft = read(page('<script type="application/ld+json">{"datePublished": </script>'), "a.html")
    assert draft.published is None
    assert "11,000 new projects" in draft.text


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Projects rose | City News</title>", BODY, "Projects rose"),
        ("<title>Site</title>", f"<h1>Projects rose</h1>{BODY}", "Projects rose"),
        ('<meta property="og:title" content="Projects rose">', f"<h1>City</h1>{BODY}", "Projects rose"),
        ('<meta name="ArticleTitle" content="项目增长">', BODY, "项目增长"),
    ],
)
def test_the_title_is_read(head: str, body: str, title: str) -> None:
    assert read(page(head, body), "a.html").title == title


def test_address_and_section_are_read() -> None:
    head = '<link rel="canonical" href="https://a.org/1.html"><meta name="ColumnName" content="统计数据">'
    draft = read(page(head), "a.html")
    assert (draft.url, draft.section) == ("https://a.org/1.html", "统计数据")


def test_scripts_and_styles_are_no_text() -> None:
    draft = read(page("<style>p {color: red}</style>", f"<script>var secret = 12345</script>{BODY}"), "a.html")
    assert "12345" not in draft.text
    assert "color" not in draft.text
