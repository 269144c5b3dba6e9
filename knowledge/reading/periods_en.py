"""Periods in English words: the rows of wordings."""

import re
from functools import lru_cache

from knowledge.reading import period_rules as r
from knowledge.reading import times_en as times
from knowledge.reading.calendar import end_of
from knowledge.reading.period_rules import YEAR, Rule
from knowledge.reading.times_en import NUM, OF, ORD, THAT, WEEKDAYS
from knowledge.reading.words import lexicon

IN_A_ROW = r"(?!\s(?:in a row|in succession|running|in sequence)\b)"  # the third quarter in a row


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rows, most telling first."""
    month = r.month_pattern(lexicon("en"))
    stretch = rf"(?:from\s|between\s)?(?P<from>{month})(?:\s?[-–—]\s?|\s(?:to|through|and|until)\s)(?P<to>{month})"
    rows: list[tuple[str, str, r.Reading, str]] = [
        (
            "same period",
            r"(?:(?:the\s)?(?:same|corresponding|year-ago|year-earlier|prior-year)\s(?:period|months?|quarter|"
            r"time|half)(?:\s(?:of|in))?\s?(?:last year|the (?:previous|prior|preceding) year|a year (?:earlier|"
            r"ago|before)|" + YEAR + r")?|(?:a|one) year (?:earlier|ago|before|previously)|"
            r"(?:twelve|12) months (?:earlier|ago|before|previously)|"
            r"the year before|the (?:previous|prior|preceding) (?:(?:fiscal |"
            r"financial )?year|"
            r"month|quarter|period)|year[- ]on[- ]year|year[- ]over[- ]year|month[- ]on[- ]month|quarter[- ]on[- "
            r"]quarter)",
            times.same,
            "the same period last year",
        ),
        (
            "spoken of",
            r"(?<=(?i:\bin) )the (?:half[- ]year|quarter|month)(?=\s*(?:[,.;(]|$)|\sas a whole)",
            lambda m, f: ("", "spoken", True),
            "in the half year",
        ),
        (
            "shifted",
            rf"(?:{NUM}\syears\s(?:earlier|before|later)|(?:a|one)\syear\slater)(?![^\W_])",
            lambda m, f: ("", "shifted", True),
            "five years earlier",
        ),
        (
            "fiscal part",
            rf"(?:the\s)?(?:{ORD}\s(?P<what>half|quarter)|(?<![^\W_])(?P<short>[QqHh])(?P<no>[1-4]))\s(?:of\s)?(?:the\s)?(?:FY\s?|fiscal\s(?:year\s)?|financial\syear\s)?"
            rf"(?P<first>{YEAR}|(?<=FY)\d{{2}}(?!\d))(?P<tail>\s?[-–/]\s?\d{{2,4}}(?!\d))?(?P<fy>\s(?:financial|fiscal)\syear)?",
            times.fiscal_part,
            "the second quarter of FY2024",
        ),
        (
            "plan",
            r"(?P<plan>\d{1,2}(?:th|st|nd|rd)|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth)\sFive[- "
            r"]Year\sPlan(?:\speriod)?(?:\s\([^)]*\))?",
            times.plan,
            "the 14th Five-Year Plan period",
        ),
        (
            "ended",
            r"(?:the\s)?(?:(?P<count>two|three|six|nine|twelve|\d{1,2})[-\s])?"
            r"(?P<what>year|months|quarter)\s(?:to|ended|ending|through|up to|(?:that|which) ended)(?:\son)?\s"
            r"(?:(?:the\send\sof|end)\s)?(?:\d{1,2}\s)?"
            rf"(?P<month>{month})(?:\s\d{{1,2}}(?!\d))?{OF}",
            times.ended,
            "the year to June 2023",
        ),
        (
            "fiscal",
            rf"(?:FY\s?|financial\syear\s|fiscal\syear\s|fiscal\s)(?P<first>{YEAR}|(?<=FY)\d{{2}}(?!\d))"
            r"(?:\s?(?:[-–/]|to)\s?(?P<second>\d{4}|\d{2})(?!\d))?",
            times.fiscal,
            "FY2023",
        ),
        (
            "relative fiscal",
            r"(?P<which>this|last|current|past)\s(?:financial|fiscal)\syear",
            times.relative_fiscal,
            "last financial year",
        ),
        (
            "fiscal range",
            rf"(?<![\d-])(?P<first>{YEAR})(?:\s?[-–/]\s?)(?P<second>\d{{2}})(?![\d-])(?:\s(?:financial|fiscal)\syear)?",
            times.fiscal,
            "2022-23",
        ),
        (
            "fiscal words",
            rf"(?P<first>{YEAR})\sto\s(?P<second>{YEAR})\s(?:financial|fiscal)\syear",
            times.fiscal,
            "the 2022 to 2023 financial year",
        ),
        (
            "months' period",
            rf"(?:the\s)?(?P<num>two|three|four|five|six|seven|eight|nine|ten|eleven)-(?P<what>month)(?:s)?\speriod{OF}",
            times.part,
            "the five-month period",
        ),
        (
            "year fiscal",
            rf"(?P<first>{YEAR})\s(?:financial|fiscal)\syear(?P<second>)",
            lambda m, f: times.fiscal({**m, "second": None}, f),
            "the 2023 fiscal year",
        ),
        (
            "month stretch of",
            rf"(?P<lead>{YEAR})(?:'s)?\s{stretch}(?P<year>)",
            lambda m, f: times.months({**m, "year": None}, f),
            "2021 January-May",
        ),
        ("month stretch", stretch + OF, times.months, "January to May 2021"),
        (
            "day",
            rf"(?P<month>{month})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|\s?(?:percent|%)){OF}",
            times.day,
            "August 17, 2023",
        ),
        (
            "day first",
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month>{month}){OF}",
            times.day,
            "27 June 2023",
        ),
        (
            "iso day",
            rf"(?<!\d)(?P<iso>{YEAR}-\d\d-\d\d)(?!\d)",
            lambda m, f: (m["iso"] or "", "day", False),
            "2023-06-27",
        ),
        (
            "iso month",
            rf"(?<![\d-])(?P<iso>{YEAR}-(?:0[1-9]|1[0-2]))(?![\d-])",
            lambda m, f: (m["iso"] or "", "month", False),
            "2023-06",
        ),
        (
            "year's part",
            rf"(?P<year>{YEAR}|this year|last year)(?:'s|’s)\s(?:the\s)?{ORD}\s(?P<what>half|quarter)",
            times.part,
            "this year's first quarter",
        ),
        (
            "part",
            rf"(?:the\s)?{ORD}\s(?P<what>half|quarter)(?:s)?(?:-year)?(?:\speriod)?{IN_A_ROW}{OF}",
            times.part,
            "the first half of 2023",
        ),
        (
            "last part",
            rf"(?:the\s)?(?P<ord>last)\s(?P<what>half|quarter)\s(?:of|in)\s(?P<year>{YEAR}(?!\d)|{THAT})",
            times.part,
            "the last quarter of 2023",
        ),
        (
            "parts",
            rf"(?:the\s)?(?:first|opening|initial|1st|same)\s{NUM}\s(?P<what>months|quarters)(?!\sof\soperation){OF}",
            times.part,
            "the first eight months of 2024",
        ),
        ("year Q1", rf"(?P<year>{YEAR})[\s/-]?(?P<what>[QqHh])(?P<no>[1-4])(?![^\W_])", times.part, "2023 Q1"),
        (
            "Q1",
            r"(?<![^\W_])(?P<what>[QqHh])(?P<no>[1-4])(?![^\W_])"
            rf"(?:[\s/-]?(?:of\s)?(?P<year>{YEAR}|this year|last year|['’]\d\d(?!\d)))?",
            lambda m, f: times.part(times.short_year(m), f),
            "Q1 2023",
        ),
        (
            "1H",
            r"(?<![^\W_])(?P<no>[1-4])(?P<what>[QH]|[qh](?=\s?(?:of\s)?(?:20)?\d\d(?!\d)))(?:\s?(?:of\s)?(?P<year>(?:20)?\d{2}(?!\d)))?(?![^\W_])",
            lambda m, f: times.part(times.short_year(m), f),
            "1H23",
        ),
        (
            "9M",
            rf"(?<![\w$€£¥.,])(?P<num>[2-9]|1[01])(?P<what>[Mm])\s?(?P<year>{YEAR}(?!\d)|(?<=[Mm])['’]?\d\d(?!\d))",
            lambda m, f: times.part(times.short_year(m), f),
            "9M 2024",
        ),
        (
            "half-year",
            rf"(?:first-half|half-year)\s(?P<year>{YEAR})",
            lambda m, f: (f"{m['year']}-H1", "half", False),
            "first-half 2023",
        ),
        ("month", rf"(?P<month>{month}){OF}", times.month, "April 2023"),
        (
            "years",
            rf"(?:from\s|between\s)?(?<![\d.,$])(?P<first>{YEAR})(?:\s?[-–—]\s?|\s(?:to|through|and|until)\s)(?P<second>{YEAR})(?!\d)",
            times.years,
            "2014-2022",
        ),
        (
            "past years",
            rf"(?:over|in|during|for|within)?\s?the\s(?:past|last|previous)\s{NUM}\syears",
            times.past,
            "the past five years",
        ),
        (
            "now",
            r"(?<![^\W_])(?:to date|so far(?: this year)?|currently|at present|as of now|to this day|up to now|"
            r"until now|by now|at the time of (?:publication|writing|reporting|going to press))(?![^\W_])",
            times.now,
            "so far",
        ),
        (
            "relative month",
            r"(?<![^\W_])(?P<which>this|last|past)\s(?P<unit>month|quarter)(?![^\W_])",
            times.relative_month,
            "last month",
        ),
        (
            "relative",
            r"(?<![^\W_])(?P<that>this year|last year|next year|the current year)(?:'s|’s)?(?![^\W_])",
            times.relative_year,
            "last year",
        ),
        (
            "year's end",
            rf"(?<![^\W_])end-(?P<year>{YEAR})(?![\d-])",
            lambda m, f: r.stock((m["year"] or "", "year", False)),
            "end-2023",
        ),
        (
            "close of year",
            r"(?:(?:at|by|as of)\s)?(?<![^\W_-])(?:the\s)?(?:year-end|year['’]s end|(?:turn|close) of the year)"
            r"(?![\w-]|\s\d)",
            lambda m, f: (end_of(str(f.year)) if f.year else "", "stock", True),
            "at year-end",
        ),
        (
            "start of year",
            r"(?:at|by|as of)\sthe\s(?:start|beginning|outset)\sof\s"
            rf"(?:(?P<year>{YEAR})(?!\d)|(?P<that>the year|this year|last year))",
            times.start_of_year,
            "at the beginning of 2024",
        ),
        (
            "within year",
            rf"(?<![^\W_])(?:mid|early|late)-(?P<year>{YEAR})(?![\d-])",
            lambda m, f: (m["year"] or "", "year", False),
            "mid-2024",
        ),
        (
            "year",
            rf"{r.BARE_YEAR}(?!\s?(?:percent|%|yuan|dollars|euros|million|billion|pounds))",
            lambda m, f: (m["all"] or "", "year", False),
            "2023",
        ),
        ("weekday", rf"(?:on|last)\s(?P<weekday>{'|'.join(WEEKDAYS)})(?![^\W_])", times.weekday, "on Tuesday"),
        (
            "that year",
            r"(?<![^\W_])(?P<that>that year|the same year|the year)(?:'s|’s)?(?![^\W_-])",
            lambda m, f: ("" if not f.year else str(f.year), "year", True),
            "that year",
        ),
    ]
    return tuple(
        Rule(n, re.compile(p if n in ("Q1", "1H", "9M", "year Q1") else f"(?i:{p})"), f, e) for n, p, f, e in rows
    )


STOCK = re.compile(
    r"(?:by|as of|as at|at|until|up to|through|to|since then to)\s(?:the\s)?(?:end[- ](?:of\s)?|close of\s|"
    r"year-end\s)(?:the\s)?$|(?:by|as of|as at|by the|until|up to)\s(?:the\s)?$|(?:end|year-end|late|the end "
    r"of|end of)[\s-]$",
    re.IGNORECASE,
)
STOCK_DAY = re.compile(r"(?:at|to|on)\s(?:the\s)?$", re.IGNORECASE)
MONTH_ENDS = re.compile(r"-(?:03-31|06-30|09-30|12-31)$")
SINCE = re.compile(
    r"(?:since|starting from|dating from|after)\s(?:the\s)?(?:beginning of\s|start of\s|end of\s)?$", re.IGNORECASE
)
