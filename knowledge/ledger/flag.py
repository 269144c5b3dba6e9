"""A finding about published figures: what the arithmetic of one notice or of several does not bear out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flag:
    """One finding, with the figures it is about; the store keeps it, answers show it as a warning."""

    code: str  # exchange_rate | parts_total | rate_of_counts | growth_of_levels | conflict | revision | reading_differs
    figure_ids: tuple[str, ...]
    explanation: str  # one sentence that names the numbers
    notice_id: str = ""  # "" for a finding across notices
    severity: str = "warning"  # note | warning
