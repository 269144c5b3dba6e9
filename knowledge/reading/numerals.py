"""Printed numerals to decimals: grouped digits of each language, number words, Han numerals."""

import re
from decimal import Decimal
from functools import lru_cache

from knowledge.reading.words import Lexicon, either

LONGEST = 24  # digits and signs; what is longer is an identifier
THIN = "\u00a0\u2009\u202f"
HAN_DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
HAN_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
HAN_NUMERAL = re.compile(r"[〇零一二两三四五六七八九十百千]{1,12}")


IN_BRACKETS = re.compile(r"\s\((?P<figure>\d{1,4})\)")
REACH = 60  # characters from a number word to the bracket that repeats it


@lru_cache(maxsize=8)
def digits(lexicon: Lexicon) -> str:
    """The pattern of a numeral in digits, as the language groups and points them."""
    if lexicon.tables["language"]["decimal"] == ".":
        spaced = r"(?<![\d.,])\d{1,3}(?: \d{3})+(?= [a-z]{3})|" if lexicon.language == "en" else ""  # 12 900 jobs
        return rf"(?:{spaced}\d{{1,3}}(?:,\d{{3}})+(?![\d])|\d{{1,3}}(?:[{THIN}]\d{{3}})+(?!\d)|\d+)(?:\.\d+)?"
    space = " " if lexicon.language == "fr" else ""
    grouped = rf"\d{{1,3}}(?:\.\d{{3}})+(?!\d)|\d{{1,3}}(?:[{THIN}{space}'’]\d{{3}})+(?!\d)"
    return rf"(?:{grouped})(?:,\d+)?|\d+,\d+|\d+\.\d{{1,2}}(?![\d.])|\d+"


def value_of(numeral: str, lexicon: Lexicon) -> tuple[Decimal, int] | None:
    """(value, decimals printed) of a numeral that `digits` matched; None where it is too long to be an amount."""
    if len(numeral) > LONGEST:
        return None
    plain = re.sub(rf"[{THIN} '’]", "", numeral)
    if lexicon.tables["language"]["decimal"] == ".":
        plain = plain.replace(",", "")
    elif "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(\.\d{3})+", plain):
        plain = plain.replace(".", "")
    return Decimal(plain), len(plain.partition(".")[2])


def han_value(numeral: str) -> Decimal | None:
    """三百二十 is 320; None for a run that is no number, such as 十百."""
    if len(numeral) > 1 and all(c in HAN_DIGITS for c in numeral):
        return Decimal("".join(str(HAN_DIGITS[c]) for c in numeral))
    total, digit, last = 0, None, 10_000
    for char in numeral:
        if char in HAN_DIGITS:
            digit = HAN_DIGITS[char]
        else:
            scale = HAN_SCALES[char]
            if scale >= last:
                return None
            total += (1 if digit is None else digit) * scale
            digit, last = None, scale
    return Decimal(total + (digit or 0))


@lru_cache(maxsize=8)
def number_words(lexicon: Lexicon) -> re.Pattern[str]:
    """Number words; English tens join their units (twenty-five)."""
    words = either(lexicon.table("numbers"))
    if lexicon.language != "en":
        return re.compile(words, re.IGNORECASE)
    return re.compile(
        r"(?<![\w-])(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]"
        rf"(?:one|two|three|four|five|six|seven|eight|nine)(?!\w)|{words}(?!-\w))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=8)
def in_every(lexicon: Lexicon) -> re.Pattern[str]:
    """Seven in ten, 9 out of 10, sieben von zehn, sept sur dix."""
    if not lexicon.spaced:
        return re.compile(r"(?!)")
    number = rf"(?:\d{{1,3}}|{either(lexicon.table('numbers'))})"
    link = {"en": r"(?:in|out\sof|of\severy|in\severy)", "de": "von", "fr": "sur"}[lexicon.language]
    whole = {
        "en": "ten|10|100|four|five|three|six",
        "de": "zehn|10|vier|fünf|drei",
        "fr": "deux|dix|10|quatre|cinq|trois",
    }[lexicon.language]
    noun = r"(?:\s[^\W\d_]+){0,2}" if lexicon.language == "fr" else ""
    number = rf"(?:{number}|une?)" if lexicon.language == "fr" else number
    return re.compile(
        rf"(?<![\w.,])(?P<part>{number}){noun}\s{link}\s(?P<whole>{whole})(?![\w.,]*\d)(?!\w)", re.IGNORECASE
    )


def small(wording: str, lexicon: Lexicon) -> Decimal:
    """A small number in digits or words."""
    if wording.casefold() in ("un", "une"):
        return Decimal(1)
    return Decimal(wording) if wording.isdigit() else word_value(wording, lexicon)


def word_value(wording: str, lexicon: Lexicon) -> Decimal:
    """The value of what `number_words` matched."""
    table = lexicon.values("numbers")
    flat = re.sub(r"\s+", " ", wording).casefold()
    if flat in table:
        return Decimal(table[flat])
    return sum((Decimal(table[part]) for part in re.split(r"[- ]", flat)), Decimal(0))


def restated(text: str, lex: Lexicon) -> str:
    """A text of the same length without the figures that repeat a number word: `Twelve of the projects (12)`."""
    for match in IN_BRACKETS.finditer(text) if lex.spaced else ():
        words = number_words(lex).finditer(text, max(0, match.start() - REACH), match.start())
        if any(word_value(word.group(), lex) == Decimal(match["figure"]) for word in words):
            text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    return text
