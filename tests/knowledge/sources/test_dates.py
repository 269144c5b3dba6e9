"""Which dates are read, and which of them is the publication's."""

from datetime import date

import pytest

from knowledge.sources import dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-02-20", date(2024, 2, 20)),
        ("2024-02-20T10:00:00+08:00", date(2024, 2, 20)),
        ("2023年4月27日", date(2023, 4, 27)),
        ("2023 年 4 月 27 日", date(2023, 4, 27)),
        ("２０２３年４月２７日", date(2023, 4, 27)),
        ("二〇二三年四月二十七日", date(2023, 4, 27)),
        ("二〇二四年十月十日", date(2024, 10, 10)),
        ("27 June 2023", date(2023, 6, 27)),
        ("the 3rd of March, 2022", date(2022, 3, 3)),
        ("December 09, 2021", date(2021, 12, 9)),
        ("Sept. 5, 2023", date(2023, 9, 5)),
        ("27. Juni 2023", date(2023, 6, 27)),
        ("3. März 2022", date(2022, 3, 3)),
        ("27.06.2023", date(2023, 6, 27)),
        ("1er juin 2023", date(2023, 6, 1)),
        ("12 août 2021", date(2021, 8, 12)),
        ("27/06/2023", date(2023, 6, 27)),
        ("06/27/2023", date(2023, 6, 27)),
        ("05/05/2023", date(2023, 5, 5)),
        ("20230427", date(2023, 4, 27)),
        ("2023-04-27 (year inferred)", date(2023, 4, 27)),
        ("03/04/2023", None),  # which is the month?
        ("2023年4月", None),
        ("April 2023", None),
        ("31 June 2023", None),
        ("2023-13-01", None),
        ("phone 010-2023-0427", None),
        ("", None),
    ],
)
def test_a_printed_date_is_read(text: str, expected: date | None) -> None:
    assert dates.first(text) == expected


@pytest.mark.parametrize(
    ("text", "url", "expected"),
    [
        ("Title\n\nUpdated: 2024-02-20\n\nOn 1 March 2021 it began.", None, date(2024, 2, 20)),
        ("On 1 March 2021 it began.\nPublished 27 June 2023", None, date(2023, 6, 27)),
        ("Published: Tuesday, 27 June 2023", None, date(2023, 6, 27)),
        ("发布时间：2023年4月27日\n2022年1月1日起施行", None, date(2023, 4, 27)),
        ("Veröffentlicht am 27. Juni 2023", None, date(2023, 6, 27)),
        ("Publié le 27 juin 2023", None, date(2023, 6, 27)),
        ("Title\nAgency) 09:07, December 09, 2021\nText of 1 May 2020.", None, date(2021, 12, 9)),
        ("Title\nJuly 12, 2024\nText.", None, date(2024, 7, 12)),
        # a caption tells when the photograph was taken; the address tells when the page was published
        ("[Photo: the hall on May 25, 2023. (Agency/A B)]", "http://a.org/n3/2023/0527/c9.html", date(2023, 5, 27)),
        ("No date here.", "https://a.org/202303/t20230315_29.html", date(2023, 3, 15)),
        ("No date here.", "https://a.org/2023-09/11/c_920034.htm", date(2023, 9, 11)),
        ("No date here.", "https://a.org/page/7243786524771225600.html", None),
        ("正文。\n\n北京市统计局\n2023年4月27日\n", None, date(2023, 4, 27)),
        # nothing says so: the latest date told, but none that is still to come
        ("It met on 3 May 2023, after 1 June 2022, and will end by 31 December 2025.", None, date(2023, 5, 3)),
        ("No date at all.", None, None),
    ],
)
def test_the_publication_date_is_found(text: str, url: str | None, expected: date | None) -> None:
    assert dates.published(text, url) == expected


def test_dates_stand_where_they_say() -> None:
    text = "From 1 March 2021 to 2023年4月27日."
    assert [text[p.start : p.end] for p in dates.find(text)] == ["1 March 2021", "2023年4月27日"]
