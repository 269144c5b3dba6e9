"""Bytes to text, whatever the encoding: a byte-order mark, what the document declares, UTF-8, then the likeliest guess.

Order matters: GB18030 decodes almost any bytes, so that a guess is judged by the characters it yields.
"""

import re
import unicodedata
from dataclasses import dataclass

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset\s*=\s*|<\?xml[^>]{0,80}encoding\s*=\s*)["']?\s*([A-Za-z0-9_.:-]{2,20})""")
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252"}
# Tried in this order after UTF-8; the best score wins, the earlier one among equals.
_GUESSES = ("gb18030", "big5", "cp1252", "shift_jis", "euc_kr", "cp1251")
_SAMPLE = 60_000
# The commonest characters of Chinese print: what a wrong guess seldom yields.
_COMMON = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后"
    "资投项目元亿万增长同比经济统计数据发展全市月日企业外区建设北京上海中国本内分点业工实现达比总额"
    "資投項億萬長經濟統計數據發業區設實現達總額國個會學對後過這來時為們說發點與從種動開無間關"
)


class NotText(ValueError):
    """The bytes are no text in any encoding that is known here."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of `data`; `declared` is what a server said. NotText where nothing fits."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if wide := _wide_without_mark(data):
        return _strict(data, wide)
    if b"\x00" in data[:_SAMPLE]:
        raise NotText("holds zero bytes: a binary file")
    for name in (declared, "utf-8", _declared_inside(data)):
        if name and (found := _try(data, name)) is not None:
            return found
    return _guess(data)


def _strict(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding).removeprefix("\ufeff"), encoding)
    except UnicodeDecodeError as error:
        raise NotText(f"is marked as {encoding} but breaks off at byte {error.start}") from None


def _try(data: bytes, name: str) -> Decoded | None:
    """The text under that name, where the name is known and every byte fits and reads as print."""
    encoding = _SUPERSETS.get(name.lower(), name.lower())
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None
    return Decoded(text, encoding) if _print_share(text[:_SAMPLE]) > 0.98 else None


def _declared_inside(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark: one of the two byte orders reads as print with spaces, digits or line breaks in it."""
    sample = data[:_SAMPLE]
    if len(data) < 4 or len(data) % 2 or b"\x00" not in sample:
        return None
    scored = sorted(((_wideness(sample, encoding), encoding) for encoding in ("utf-16-le", "utf-16-be")), reverse=True)
    return scored[0][1] if scored[0][0] > 0.4 else None


def _wideness(sample: bytes, encoding: str) -> float:
    """The share of plain, common or CJK characters, 0 to 1; 0 where something cannot stand in print."""
    text = sample.decode(encoding, "ignore")
    if not text or _print_share(text) < 0.98:
        return 0.0
    plain = sum(c in "\r\n\t" or " " <= c <= "~" for c in text)
    wide = sum(c in _COMMON or "\u3000" <= c <= "\u30ff" or "\uac00" <= c <= "\ud7a3" for c in text)
    return (plain + wide) / len(text) if plain else 0.0


def _guess(data: bytes) -> Decoded:
    best: tuple[float, Decoded] | None = None
    for encoding in _GUESSES:
        if (found := _try_cut(data, encoding)) is None:
            continue
        score = _naturalness(found.text[:_SAMPLE], encoding)
        if best is None or score > best[0]:
            best = (score, found)
    if best is not None and best[0] > 0.5:
        return best[1]
    return _charset_normalizer(data)


def _try_cut(data: bytes, encoding: str) -> Decoded | None:
    """The text, forgiving a character that is cut off at the very end."""
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if error.start < len(data) - 3:
            return None
        return Decoded(data[: error.start].decode(encoding), encoding)


def _charset_normalizer(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    match = from_bytes(data[:_SAMPLE]).best()
    if match is None or (found := _try_cut(data, match.encoding)) is None or _print_share(found.text) < 0.98:
        raise NotText("is no text in any encoding known here")
    return found


def _print_share(text: str) -> float:
    """The share of characters that can stand in print."""
    if not text:
        return 1.0
    odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\n\r\t\f\x0b\x85" for c in text)
    return 1.0 - (odd + 20 * text.count("\ufffd")) / len(text)


def _naturalness(text: str, encoding: str) -> float:
    """How much the characters beyond ASCII look like what people write in that encoding, 0 to 1."""
    beyond = [c for c in text if ord(c) > 127]
    if not beyond or _print_share(text) < 0.98:
        return 0.0
    return sum(_weight(c, encoding) for c in beyond) / len(beyond)


def _weight(char: str, encoding: str) -> float:
    if char in _COMMON:
        return 1.6
    code = ord(char)
    if 0x4E00 <= code <= 0x9FFF:
        return 0.75 if encoding in ("gb18030", "big5", "shift_jis") else 0.0
    if 0x3000 <= code <= 0x303F or 0xFF00 <= code <= 0xFF5E or char in "“”‘’—…·":
        return 0.9
    if 0x3040 <= code <= 0x30FF:
        return 1.1 if encoding == "shift_jis" else 0.2
    if 0xAC00 <= code <= 0xD7A3:
        return 1.1 if encoding == "euc_kr" else 0.0
    if 0x0400 <= code <= 0x04FF:
        return 0.9 if encoding == "cp1251" else 0.0
    if encoding == "cp1252":
        return 0.9 if char in "äöüßÄÖÜéèêàâçîïôûùÉÈÀÇñáíóúœ€£§°–—«»•™©®" else 0.1
    return 0.0
