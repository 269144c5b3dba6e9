"""The dateline that a report opens with: `LINDAU, March 4 (dpa) --`."""

import re

MONTH_NAME = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mär|Mai|Okt|Dez|janv|févr|mars|avr|mai|juin|juil|août|sept|déc)"
    r"[a-zûéèä]*\.?"
)
DATELINE = re.compile(
    r"^\s*(?:[A-ZÄÖÜÉ][\w'.() -]{1,30}(?:,\s[A-ZÄÖÜ][\w .-]{1,20})?,?\s?)?"
    rf"(?:\(?(?:{MONTH_NAME}\s\d{{1,2}}|\d{{1,2}}\.?\s{MONTH_NAME})(?:,?\s\d{{4}})?\)?\s?)"
    r"(?:\([^)]{2,20}\)\s?)?(?:--|–|—|-|:|\|)\s*"
    r"|^\s*[A-Z][\w ,.'-]{1,40}\((?:Xinhua|Reuters|AP|AFP|dpa|ots|Bloomberg)[^)]*\)\s*(?:--|–|—|-)?\s*"
    r"|^[A-Z]{4,}[\w, ]{0,20}\s(?:–|--|—)\s"
)
