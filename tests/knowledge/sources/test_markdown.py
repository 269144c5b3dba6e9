"""Markdown: words without marks."""

from datetime import date

from knowledge.sources.markdown import read

DOCUMENT = """---
date: 2023-04-27
---
# Projects *rose*

**8,512** projects [landed](http://a.org) in
2023, `60 percent` of all. ![picture](a.png)

- one
- two

| Year | Projects |
|------|---------:|
| 2022 | 5,794 |
| 2023 | 11,000 |
"""


def test_marks_are_taken_off_and_rows_kept() -> None:
    draft = read(DOCUMENT.encode(), "a.md")
    assert draft.title == "Projects rose"
    assert draft.published == date(2023, 4, 27)
    assert "8,512 projects landed in 2023, 60 percent of all." in draft.text
    assert draft.text.endswith("Year | Projects\n2022 | 5,794\n2023 | 11,000")
    assert not set("*[]`#") & set(draft.text)
