"""A model's reading: taken where its token stands, compared with the rules', never trusted for a number."""

import json
from datetime import date

import pytest

from knowledge.errors import ModelError
from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.ledger.model import read_with
from knowledge.notice import Notice

TEXT = "In 2023 the county won 83 projects. Hall 7 seats many."
NOTICE = Notice("n", "n.txt", "", TEXT, "en", date(2024, 2, 20))


class Said:
    """A model that has one thing to say."""

    name = "parrot"

    def __init__(self, reply: str) -> None:
        self.reply = reply

    def ask(self, prompt: str, picture: bytes = b"") -> str:
        return self.reply


def item(token: str, quote: str, **more: str) -> dict[str, str]:
    return {"token": token, "quote": quote, "label": "projects won", "time_period": "2023", **more}


def test_what_does_not_stand_in_the_text_is_dropped() -> None:
    rules = extract(NOTICE, load())
    reply = json.dumps(
        [item("84 projects", "In 2023 the county won 83 projects."), item("83", "An invented sentence 83.")]
    )
    assert read_with(NOTICE, rules, load(), Said(f"Here: {reply}")) == (rules, ())


def test_a_new_token_is_read_by_our_own_grammar() -> None:
    rules = extract(NOTICE, load())
    reply = json.dumps([item("7", "Hall 7 seats many.", value="700", label="hall seats")])
    figures, _ = read_with(NOTICE, rules, load(), Said(reply))
    (added,) = [f for f in figures if f.extracted_by == "model"]
    assert (added.value, added.published_as, TEXT[added.start : added.end]) == (7, "7", "7")


def test_a_disagreement_is_flagged_and_the_rules_stand() -> None:
    rules = extract(NOTICE, load())
    reply = json.dumps([item("83", "In 2023 the county won 83 projects.", scenario="target")])
    figures, (flag,) = read_with(NOTICE, rules, load(), Said(reply))
    assert figures == rules
    assert (flag.code, flag.figure_ids) == ("reading_differs", (rules[0].figure_id,))
    assert "scenario" in flag.explanation


def test_what_is_said_of_a_new_token_must_stand_in_the_text_too() -> None:
    rules = extract(NOTICE, load())
    elsewhere = item("7", "Hall 7 seats many.", label="jobs created")
    assert read_with(NOTICE, rules, load(), Said(json.dumps([elsewhere]))) == (rules, ())
    invented = item("7", "Hall 7 seats many.", label="seats", ref_area="Atlantis", time_period="2019")
    figures, _ = read_with(NOTICE, rules, load(), Said(json.dumps([invented])))
    (added,) = [f for f in figures if f.extracted_by == "model"]
    assert (added.ref_area, added.time_period) == ("", "")


@pytest.mark.parametrize("reply", ["", "no figures", "[not json]", '{"a": 1}'])
def test_a_reply_without_json_goes_back(reply: str) -> None:
    with pytest.raises(ModelError):
        read_with(NOTICE, (), load(), Said(reply))
