"""Lines of a page that publish nothing: navigation, captions, datelines, chart axes, related headlines."""

import re
from functools import lru_cache

from knowledge.reading.words import Lexicon, either

SHORT = 90
AXIS = re.compile(r"^[\s\d.,%$€£¥()+–—-]+$")
CLOCK = re.compile(r"^\W*(?:[A-Z][a-z]+\)?\s*)?\d{1,2}:\d{2}\b.{0,60}$")
CRUMBS = re.compile(r"^[^.。]{0,120}(?:\s?>\s?|\s›\s|\s»\s)[^.。]{0,60}$")
PAGE = re.compile(r"^\W*(?:page|seite|p\.|第)\s?\d+\s?(?:of|von|/|sur|de|页|,)?", re.IGNORECASE)
FIGURE_TITLE = re.compile(
    r"^\W*(?:figure|chart|table|fig\.|abbildung|tabelle|grafik|graphique|tableau|图|表)\s?\d+", re.IGNORECASE
)
RELATED = re.compile(
    r"^\W*(?:related (?:stories|articles|news|links|content|reading)|photos|special reports|read more|more news|"
    r"most (?:read|viewed)|recommended|you may also like|editor's picks|top stories|latest news|further "
    r"reading|see also|相关(?:阅读|链接|新闻|推荐)|推荐阅读|延伸阅读|更多(?:新闻|内容)|"
    r"热门(?:新闻|推荐)|weitere (?:artikel|meldungen|"
    r"nachrichten|themen)|mehr zum thema|das könnte sie auch interessieren|verwandte (?:artikel|themen)|à "
    r"lire aussi|articles (?:liés|associés)|sur le même sujet|lire aussi|voir aussi)\W*$",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"^\s*[\[(（【][^\])）】]*[\])）】]?\s*$")
FILE = re.compile(r"\.(?:jpe?g|png|gif|pdf|docx?|xlsx?|webp)\s*$", re.IGNORECASE)
URL = re.compile(r"^\s*(?:https?://|www\.)\S+\s*$")
ZH_CREDIT = re.compile(
    r"^\s*[((]?(?:责任编辑|编辑|来源|作者|发布时间|发布日期|记者|摄影|图片|供图|字号|浏览次数|阅读|打印|分享|联系电话|地址|电话|备注|更新时间|时间|日期|索引号|发文字号|文号)[::]"
)


@lru_cache(maxsize=8)
def _prefix(lex: Lexicon) -> re.Pattern[str]:
    words = either(lex.table("roles", "noise"))
    return re.compile(rf"^\W*{words}\s*(?::|\||$|\d|/|©|by\b|le\s\d|am\s\d|on\s\d)", re.IGNORECASE)


@lru_cache(maxsize=8)
def _caption(lex: Lexicon) -> re.Pattern[str]:
    return re.compile(
        rf"^\W*(?:{either(lex.table('roles', 'caption'))}|图片说明|图为|资料图|配图|图[::])"
        r"\s?(?:[::/]|by\b|shows\b|taken\b|"
        rf"from\b|$|caption|\d)",
        re.IGNORECASE,
    )


def closes(line: str) -> bool:
    """Whether a line opens the list of other stories with which a page ends."""
    return bool(RELATED.match(line))


def is_noise(line: str, lex: Lexicon) -> bool:
    """Whether a line or sentence publishes nothing of its own."""
    flat = line.strip()
    if (
        FILE.search(flat)
        or AXIS.match(flat)
        or URL.match(flat)
        or PAGE.match(flat)
        or _caption(lex).match(flat.lstrip("[(（【"))
    ):
        return True
    if len(flat) > SHORT and not BRACKETED.match(flat):
        return False
    if lex.language == "zh" and (ZH_CREDIT.match(flat) or FIGURE_TITLE.match(flat)):
        return True
    if FIGURE_TITLE.match(flat) or CLOCK.match(flat) or CRUMBS.match(flat):
        return True
    return bool(_prefix(lex).match(flat))
