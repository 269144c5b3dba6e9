"""Text files: header block, title, section, language, and what is no text."""

from datetime import date

import pytest

from knowledge import sources
from knowledge.errors import SourceError
from knowledge.notice import Notice
from knowledge.sources.identify import to_notice

HEADED = """url: http://example.org/a/1.html (copy)
title: Landing rate of 2023 (page title not in stored copy)
date: 2023-04-27 (year inferred: the page shows only April 27)
text: restated
---
Home> Statistics

Another line
"""


def notice(text: str, source: str = "/notices/a.txt") -> Notice:
    return to_notice(sources.read(text.encode(), source), source)


def test_the_header_block_is_read_and_taken_off() -> None:
    found = notice(HEADED)
    assert found.url == "http://example.org/a/1.html"
    assert found.title == "Landing rate of 2023"
    assert found.published == date(2023, 4, 27)
    assert found.section == "Statistics"
    assert found.text == "Home> Statistics\n\nAnother line"


def test_front_matter_is_a_header_too() -> None:
    found = notice("---\ntitle: 'A title'\ndate: 27 June 2023\nlang: de\n---\nText.")
    assert (found.title, found.published, found.language, found.text) == ("A title", date(2023, 6, 27), "de", "Text.")


@pytest.mark.parametrize(
    "text",
    [
        "Results: better than ever\nMore follows.\n",
        "Dear reader,\n---\nText",
        "---\nText under a rule",
        "a: b\nplain\n---\nc",
    ],
)
def test_what_is_no_header_stays(text: str) -> None:
    assert notice(text).text == text.strip()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Home> Statistics\n\nProjects rose\n\nUpdated: 2024-02-20\n\nText.", "Projects rose"),
        ("Skip to main content\n\nStrong results for 2023\n\nText.", "Strong results for 2023"),
        ("[Photo caption: a hall]\npicture (2).jpg\nExports grew\nText.", "Exports grew"),
        ("首页 >  产业发展 >  运行监测 >  正文\n固定资产投资增长3.4%\n正文。", "固定资产投资增长3.4%"),
        ("Biz / Economy\n\nFirms rise 40 pct\n", "Firms rise 40 pct"),
        (
            "The first sentence is a long one of its kind. " + "More words follow it here. " * 20,
            "The first sentence is a long one of its kind.",
        ),
        ("Updated: 2024-02-20", "a.txt"),
    ],
)
def test_the_title_is_found_in_the_text(text: str, title: str) -> None:
    assert notice(text).title == title


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("Home> Statistics", "Statistics"),
        ("首页 > 产业发展 > 运行监测 > 正文", "运行监测"),
        ("Home » News » Economy", "Economy"),
        ("Biz / Economy", "Economy"),
        ("Growth was > 5 percent in 2023, a far longer line than crumbs are, and with more in it than places", None),
        ("Exports and/or imports", None),
    ],
)
def test_the_section_is_found_in_the_crumbs(line: str, section: str | None) -> None:
    assert notice(f"{line}\n\nA title\n\nText.").section == section


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The city added new projects in 2023.", "en"),
        ("全市新增入库项目3000余个", "zh"),
        ("Die Stadt hat im Jahr 2023 neue Projekte für die Region gewonnen.", "de"),
        ("La ville a accueilli de nouveaux projets dans la région en 2023.", "fr"),
    ],
)
def test_the_language_is_told(text: str, language: str) -> None:
    assert notice(text).language == language


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"title: only\n---\n  \n", "holds no text"),
        (bytes(range(256)) * 20, "."),
        (b"\x7fELF" + bytes(5000), "."),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as error:
        sources.read(data, "/in/bad.txt")
    assert "/in/bad.txt" in str(error.value)
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_line_ends_and_control_characters_are_made_even() -> None:
    filler = "words " * 30
    assert notice(f"{filler}one\r\ntwo\x07three\rfour").text == f"{filler}one\ntwo three\nfour"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_common_encodings_are_read(encoding: str) -> None:
    text = "2023年一季度，全市新增入库项目3000余个，同比增长258%。"
    assert sources.read(text.encode(encoding), "a.txt").text == text


def test_the_same_content_has_the_same_id_and_another_collection_another() -> None:
    draft = sources.read(b"Text.", "a.txt")
    ids = {to_notice(draft, source, "default").notice_id for source in ("a.txt", "b.txt")}
    assert len(ids) == 1
    assert to_notice(draft, "a.txt", "other").notice_id not in ids


def test_an_unknown_kind_is_refused_with_those_known() -> None:
    with pytest.raises(SourceError, match=r"\.exe.*\.txt"):
        sources.read(b"MZ", "a.exe")
