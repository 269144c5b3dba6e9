"""What the commands print, where, and with which exit code."""

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from knowledge.figure import Figure
from tests.api.cli.conftest import Tally

HEAVY = (
    "sqlalchemy",
    "numpy",
    "pandas",
    "chromadb",
    "onnxruntime",
    "langchain",
    "fastapi",
    "pydantic",
    "altair",
    "rich",
)


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom api.cli.main import _run\nsys.argv = ['tally', '--help']\ncode = _run()\n"
        f"print('heavy', sorted(set({HEAVY!r}) & set(sys.modules)))\nsys.exit(code)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.endswith("heavy []\n")
    for command in (
        "ask",
        "chat",
        "add",
        "remove",
        "notices",
        "figures",
        "serve",
        "reindex",
        "doctor",
        "backup",
        "restore",
    ):
        assert f"\n  {command} " in ran.stdout


def test_the_version_is_told(tally: Tally) -> None:
    assert tally("--version").out.startswith("tally ")


def test_add_reports_titles_and_dates_and_then_nothing_new(tally: Tally, notices: Path) -> None:
    first = tally("add", str(notices))
    assert first.code == 0
    assert "added      2024-02-20  Landed" in first.out
    assert first.out.endswith("2 new\n")
    again = tally("add", str(notices))
    assert again.out.endswith("0 new, 2 unchanged\n")
    assert again.err == first.err == ""


def test_one_bad_file_is_named_on_one_line_and_the_others_are_kept(tally: Tally, notices: Path) -> None:
    (notices / "bad.txt").write_bytes(b"")
    ran = tally("add", str(notices))
    assert ran.code == 2
    assert ran.out.endswith("2 new, 1 failed\n")
    assert ran.err == f"tally: {notices / 'bad.txt'}: is empty\n"
    assert tally("notices").out.endswith("2 notices\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "missing.txt"), "missing.txt: no such file or folder"),
        (("add",), "Missing argument"),
        (("remove", "missing.txt"), "missing.txt: not known"),
        (("ask",), "QUESTION or --batch"),
        (("ask", "q", "--batch", "f"), "one of the two"),
        (("ask", "q", "--as-of", "yesterday"), "'yesterday' is not a date"),
        (("ask", "--batch", "missing.jsonl", "--json"), "missing.jsonl"),
        (("serve", "--port", "many"), "--port"),
        (("restore", "missing.zip"), "missing.zip: the backup cannot be read"),
        (("sing",), "No such command 'sing'"),
        (("notices", "--loud"), "--loud"),
    ],
)
def test_bad_input_gets_one_line_and_exit_code_two(tally: Tally, arguments: tuple[str, ...], said: str) -> None:
    ran = tally(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.startswith("tally: ")
    assert ran.err.count("\n") == 1


def test_bad_settings_are_named(tally: Tally, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for name, value in (("TALLY_HOME", str(tmp_path / "file" / "home")), ("TALLY_LOG_LEVEL", "LOUD")):
        with monkeypatch.context() as bad:
            bad.setenv(name, value)
            ran = tally("notices")
        assert (ran.code, ran.out) == (2, "")
        assert name in ran.err and ran.err.count("\n") == 1


def test_json_stands_alone_on_stdout(tally: Tally, notices: Path) -> None:
    added = objects(tally("add", str(notices), "--json").out)
    assert [row["status"] for row in added] == ["added", "added"]
    listed = objects(tally("notices", "--json").out)
    assert [(row["title"], row["published"]) for row in listed] == [("Landed", "2024-02-20"), ("Capital", "2023-03-15")]
    figures = objects(tally("figures", "--json").out)
    assert {field.name for field in fields(Figure)} == set(figures[0])
    assert "8,512" in {row["published_as"] for row in figures}
    findings = objects(tally("doctor", "--json").out)
    assert {row["fault"] for row in findings} == {""}


def test_figures_as_csv_hold_the_same(tally: Tally, notices: Path) -> None:
    tally("add", str(notices))
    rows = list(csv.DictReader(io.StringIO(tally("figures", "--csv").out)))
    assert [row["figure_id"] for row in rows] == [row["figure_id"] for row in objects(tally("figures", "--json").out)]
    assert all(json.loads(row["dimensions"]) is not None for row in rows)


def test_remove_takes_a_whole_folder(tally: Tally, notices: Path) -> None:
    tally("add", str(notices))
    assert tally("remove", str(notices)).out.endswith("2 removed\n")
    assert tally("figures", "--json").out == ""
    assert "No notices yet" in tally("notices").out


def test_a_question_is_answered_with_its_source(tally: Tally, notices: Path) -> None:
    tally("add", str(notices))
    ran = tally("ask", "How many projects landed in 2023?")
    assert ran.code == 0
    assert "8,512" in ran.out
    assert "[1] Landed, 2024-02-20" in ran.out
    answer = objects(tally("ask", "How many projects landed in 2023?", "--json").out)[0]
    assert answer["value"]["value"] == 8512


def test_a_batch_gives_one_answer_a_line_with_its_id(tally: Tally, notices: Path, tmp_path: Path) -> None:
    tally("add", str(notices))
    lines = [
        {"id": "a", "question": "How many projects landed in 2023?", "turns": []},
        {"id": "b", "question": "What is the population of Mars?"},
        {"id": "c", "question": "And the landing rate?", "turns": ["How many projects landed in 2023?"]},
    ]
    batch = tmp_path / "questions.jsonl"
    batch.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    ran = tally("ask", "--batch", str(batch), "--json")
    assert ran.code == 0
    answers = objects(ran.out)
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert [answer["status"] for answer in answers] == ["answered", "refused", "answered"]


@pytest.mark.parametrize("line", ["not json", "[]", '{"question": 3}', '{"question": "q", "turns": "t"}'])
def test_a_bad_line_of_a_batch_is_named_before_anything_is_asked(tally: Tally, tmp_path: Path, line: str) -> None:
    batch = tmp_path / "questions.jsonl"
    batch.write_text('{"id": 1, "question": "How many?"}\n' + line, encoding="utf-8")
    ran = tally("ask", "--batch", str(batch), "--json")
    assert (ran.code, ran.out) == (2, "")
    assert f"{batch}:2" in ran.err


def test_a_talk_goes_on_until_an_empty_line(tally: Tally, notices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tally("add", str(notices))
    monkeypatch.setattr(
        sys, "stdin", io.StringIO("How many projects landed in 2023?\nAnd the landing rate?\n\nnever read\n")
    )
    ran = tally("chat")
    assert ran.code == 0
    assert "8,512" in ran.out
    assert "60" in ran.out


def test_reindex_and_doctor_find_all_in_order(tally: Tally, notices: Path) -> None:
    tally("add", str(notices))
    assert "2 notices indexed anew" in tally("reindex", "--figures").out
    ran = tally("doctor")
    assert ran.code == 0
    assert "FAULT" not in ran.out
    assert tally("doctor", "--notices").out.endswith("findings\n")


def test_the_doctor_finds_what_is_wrong(tally: Tally, notices: Path, home: Path) -> None:
    tally("add", str(notices))
    import sqlite3

    with sqlite3.connect(home / "tally.db") as connection:
        connection.execute("UPDATE figures SET start = start + 1")
    connection.close()
    ran = tally("doctor")
    assert ran.code == 1
    assert "FAULT" in ran.out


def test_a_pipe_that_closes_early_is_no_error(notices: Path, home: Path) -> None:
    tally = f"{sys.executable} -m api.cli"
    command = f"{tally} add {notices} >/dev/null && {tally} figures --json | head -c 10; echo codes ${{PIPESTATUS[*]}}"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=os.environ)
    assert ran.stdout.endswith("codes 0 0\n")
    assert ran.stderr == ""


def test_an_edited_table_corrects_figures(tally: Tally, notices: Path, tmp_path: Path) -> None:
    tally("add", str(notices))
    table = tally("figures", "--csv").out
    edited = tmp_path / "edited.csv"
    edited.write_text(table.replace(",8512.0,", ",8513,", 1), encoding="utf-8")
    assert tally("correct", str(edited), "--who", "An", "--reason", "misprint").out == "1 correction\n"
    values = {row["published_as"]: (row["value"], row["status"]) for row in objects(tally("figures", "--json").out)}
    assert values["8,512"] == (8513.0, "corrected")
    assert "value: '8512.0' -> '8513'  misprint" in tally("correct", "--list").out
    assert tally("correct").code == 2
