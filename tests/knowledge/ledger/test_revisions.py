"""Figures that replace earlier ones are marked; what they replace, and what only grew, is not."""

from datetime import date

import pytest

from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

SENTENCES = [
    ("The number of new plants in 2022 is now 131 instead of the 148 announced in May.", {"131"}),
    ("Exports for May were revised from $3.4 billion to $3.2 billion.", {"$3.2 billion"}),
    ("Exports for May were revised down to $3.2 billion from $3.4 billion.", {"$3.2 billion"}),
    ("Jobs created in 2023 came to 4,210, not the 4,380 first reported.", {"4,210"}),
    ("The office has revised its results for 2022. New plants numbered 131. Investment was 4 billion euros.",
     {"131", "4 billion euros"}),
    ("Last year's report gave 91 plants for 2022. One was counted twice, and the figure is now 90.", {"90"}),
    ("Paid-in capital was $2.1 billion. After a check the figure for 2021 has been revised to $2.3 billion.",
     {"$2.3 billion"}),
    ("Inflows amounted to 782 million euros in 2022. This replaces the preliminary 805 million euros.",
     {"782 million euros"}),
    ("The number of plants opened in 2022 is therefore 108 and not 112, and the amount is $6.4 billion instead of "
     "the $6.9 billion announced.", {"108", "$6.4 billion"}),
    ("The city signed 12 projects instead of 15.", set()),
    ("Exports rose from $3.2 billion to $3.4 billion.", set()),
    ("In 2010 there were 12 plants. The figure is now 90.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "revised"), SENTENCES)
def test_only_the_new_value_is_revised(text: str, revised: set[str]) -> None:
    figures = extract(Notice("n", "n.txt", "", text, "en", date(2023, 8, 20)), load())
    assert len(figures) >= 2
    assert {f.published_as for f in figures if f.obs_status == "revised"} == revised


def test_both_values_are_of_one_thing() -> None:
    text = "The number of new plants in 2022 is now 131 instead of the 148 announced in May."
    new, old = extract(Notice("n", "n.txt", "", text, "en", date(2023, 8, 20)), load())
    assert (new.label, new.unit, new.time_period) == (old.label, old.unit, old.time_period)
