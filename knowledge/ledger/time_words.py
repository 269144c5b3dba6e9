"""Words around a period that say what it dates: a number, what another is compared with, the report, a name."""

import re

SUBORDINATE = frozenset("when if once until since wenn sobald seit quand lorsque depuis".split())
LEVELS = frozenset(("money", "count", "number"))
WHEN = frozenset("when als lorsque quand".split())
LINKS = frozenset(("prep", "det", "adv"))
THEM = frozenset("them these those".split())  # 870 of them in 2023
OF_YEAR = frozenset("jahr jahres année an".split())  # `des Jahres` 2022
EVENT = re.compile(
    r"sign|ink(?:ed|ing)|seal|attend|gather|register|add(?:ed|ing)|launch|unveil|award|kick|open|approv|agree|unterzeich|eröffn|signé|inaugur",
    re.IGNORECASE,
)
EARLIER = re.compile(
    r"(?:a|one|the) (?:year|previous|prior|preceding)|(?:twelve|12) months|the same (?:period|quarter|half|months?)|"
    r"ein|une? an",
    re.IGNORECASE,
)
THAT_OF = re.compile(
    r"\b(?:above|below|over|under|beyond|short of|exceeding) the "
    r"(?:figure|level|number|total|result|value|count|record|peak|amount)s? (?:for|of|in)\s(?:the\s)?$|"
    r"\b(?:times|fold|percent of|%)\s(?:that|those|the (?:amount|level|figure|number)) (?:of|in|for)\s(?:the\s)?$|"
    r"\b(?:times|fold|twice|double|half)\sas (?:many|much|high|large|big)\sas\s(?:in\s|for\s)?(?:the\s)?$|"
    r"\b(?:of|than|times|fold|twice|half|double)\s(?:what|those|that)\s"
    r"(?:(?:was|were|had been|is|are|has been)\s)?(?:\w+ed|won|seen)\s(?:in|for|during)\s(?:the\s)?$|"
    r"(?:%|per ?cent|points)\s(?:(?:up|down|more|less|higher|lower)\s)?on\s(?:the\s)?$|"
    r"\brevised (?:figure|count|number|value) of [\d.,]+(?:\s\w+)? (?:for|in)\s(?:the\s)?$",
    re.IGNORECASE,
)
PUBLICATION = re.compile(
    r"(?:['’]s|\w{2}['’]s?|\w{2})\s(?:[a-z]+\s)?(?:release|report|bulletin|notice|announcement|statement|edition|publication)\b",
    re.IGNORECASE,
)
PUBLISHED_AS = re.compile(
    r"\b(?:published|announced|reported|given|stated|released|put)\s(?:as|at)\s[\d.,]+(?:\s\w+)?\s(?:in|on)\s(?:the\s)?$",
    re.IGNORECASE,
)
SUPERLATIVE = re.compile(
    r"\b(?:highest|lowest|largest|biggest|smallest|strongest|weakest|best|worst|most|fewest|fastest|slowest|sharpest|"
    r"steepest|first|record|höchste\w*|niedrigste\w*|stärkste\w*|beste\w*|plus \w+)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
BEST_SO_FAR = re.compile(
    r"\b(?:highest|lowest|largest|biggest|smallest|best|worst|most|strongest|weakest|record)\b"
    r"[^.;,]{0,30}?\b(?:so far|to date)\b"
)
YEARS_TOTAL = re.compile(r"\b(?:total|sum|figure|result|count) (?:for|of)\s$")  # the total for the year
SINCE_THEN = re.compile(r"\b[Ss]ince (?:its|their|it|they|the)\s[^,;.]{1,50}\s(?:in|on|of)\s$")  # it began in 2003
EVER = re.compile(r"(?:since|seit|depuis|so far|to date|until now|up to now)\b", re.IGNORECASE)
FORMER = re.compile(r"Vorjahr|previous year|year (?:before|earlier)|prior year|année précédente", re.IGNORECASE)
HELD = re.compile(
    r"(?:held|opened|closed|took place|began|dated|founded|established|adopted|circulated|passed|presented|issued|"
    r"endorsed|submitted|tabled|discussed|outlined|distributed|drafted|laid out|stattfand|statt|tenue?|veröffentlicht|"
    r"publiée?)$",
    re.IGNORECASE,
)
