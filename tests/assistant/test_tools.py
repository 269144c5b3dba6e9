"""The tools: what they find, what they bound, and that no argument makes them do anything else."""

import random
import re
import sys
from datetime import date
from pathlib import Path

import pytest

import assistant
from assistant.tools import MAX_RESULT, TOOLS, Toolbox, run
from assistant.understanding.plan import ToolCall
from knowledge.errors import ModelError
from tests.assistant.shelf import HARBOUR, harbour


@pytest.fixture
def toolbox(tmp_path):
    return Toolbox(harbour(tmp_path), None, "Was it 12,345 projects?")


FINDS = [
    ({"indicator": "projects landed"}, ["9,241"]),
    ({"text": "landing rate"}, ["55 percent"]),
    ({"indicator": "new projects", "scenario": "target", "time_period": "2032"}, ["8,300", "900"]),
    ({"text": "new projects", "dimensions": {"ownership": "foreign-funded"}}, ["900"]),
    ({"unit": "USD"}, ["$361 billion"]),
    ({"change_kind": "yoy_growth", "text": "exports"}, ["17.7 percent"]),
    ({"indicator": "new projects", "time_period": "2031", "change_kind": "level"}, ["14,000"]),
    ({"text": "frogs"}, []),
    ({"ref_area": "Atlantis"}, []),
]


@pytest.mark.parametrize(("wanted", "tokens"), FINDS)
def test_figures_are_found_by_words_and_filters(toolbox, wanted, tokens):
    toolbox.call("find_figures", wanted)
    found = [figure.published_as for figure in toolbox.evidence.figures.values()]
    assert found[: len(tokens)] == tokens


def test_nothing_found_names_what_is_known(toolbox):
    assert "known are" in toolbox.call("find_figures", {"text": "purple frogs"})


def test_exact_figures_come_in_the_order_asked_and_keep_their_handles(toolbox):
    ids = [figure.figure_id for figure in toolbox.library.figures()]
    calls = [
        ToolCall("find_figures", {"figure_ids": [ids[5], ids[0]]}),
        ToolCall("find_figures", {"figure_ids": [ids[0]]}),
    ]
    evidence = run(calls, toolbox)
    assert [figure.figure_id for figure in evidence.figures.values()] == [ids[5], ids[0]]


def test_a_stretch_of_a_notice_is_a_passage(toolbox):
    at = HARBOUR.text.index("The Trade")
    toolbox.call("search_notices", {"passage_ids": [f"harbour:{at}:{at + 16}"]})
    assert toolbox.evidence.passages["P1"].text == "The Trade Office"
    for wrong in (f"harbour:5:{10**6}", "harbour:9:9", "nowhere:0:4", "x"):
        with pytest.raises(ModelError):
            toolbox.call("search_notices", {"passage_ids": [wrong]})


def test_only_the_askers_own_words_are_asked_numbers(toolbox):
    toolbox.call("asked", {"value": "12345", "unit": "projects", "text": "12,345"})
    assert toolbox.evidence.asked["Q1"].value == 12345
    with pytest.raises(ModelError, match="does not stand in the question"):
        toolbox.call("asked", {"value": "99", "unit": "projects", "text": "99"})


def test_a_chart_has_one_unit(toolbox):
    toolbox.call("find_figures", {"figure_ids": [figure.figure_id for figure in toolbox.library.figures()]})
    told = toolbox.call("draw_chart", {"handles": ["F1", "F2", "F6"]})
    assert toolbox.chart.handles == ("F1", "F6")
    assert "F1, F6 only" in told


FAULTS = [
    ("find_figures", {"limit": 999}, "limit"),
    ("find_figures", {"colour": "red"}, "colour"),
    ("find_figures", {"text": "x" * 500}, "text"),
    ("search_notices", {"query": "x", "published_after": "soon"}, "published_after"),
    ("calculate", {}, "expression"),
    ("clarify", {"question": "Which?", "options": ["one"]}, "options"),
    ("draw_chart", {"handles": []}, "handles"),
    ("run_python", {}, "no tool"),
]


@pytest.mark.parametrize(("name", "args", "named"), FAULTS)
def test_bad_arguments_are_named(toolbox, name, args, named):
    with pytest.raises(ModelError, match=named):
        toolbox.call(name, args)


def test_results_are_bounded(toolbox):
    for _ in range(3):
        assert len(toolbox.call("search_notices", {"query": "projects landed quay", "limit": 12})) <= MAX_RESULT


HOSTILE = (
    "__import__('os').system('id')",
    "F1; import os",
    "open('/etc/passwd').read()",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "../../etc/passwd",
    "'; DROP TABLE figures; --",
    "http://127.0.0.1:1/x",
    "file:///etc/passwd",
    "F1" * 90,
    "(" * 90,
    "9" * 90,
    "F1**12**12**12",
    "\x00",
    "\u202e",
    "exec('x')",
    "@eval",
    "`touch /tmp/owned`",
    "$(touch /tmp/owned)",
    "F1 if True else F2",
    "lambda: 0",
    "[F1 for F1 in ()]",
    "F1.__class__",
    "1e999",
    "nan",
    "inf",
    "-0",
    "",
    " ",
    "F0",
    "F99999",
    "C1",
    "None",
    "🙂",
    "Ｆ１",
    "%s%s%n",
    "<script>",
    "a" * 399,
)
FORBIDDEN = (
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "socket.",
    "exec",
    "compile",
    "pickle.",
    "ctypes.",
)


def _argument(rng, depth=0):
    kinds = 5 if depth < 2 else 3
    match rng.randrange(kinds):
        case 0 | 1:
            return rng.choice(HOSTILE)
        case 2:
            return rng.choice((0, -1, 10**30, 1.5, float("nan"), True, None))
        case 3:
            return [_argument(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {rng.choice(HOSTILE): _argument(rng, depth + 1) for _ in range(rng.randrange(3))}


@pytest.mark.parametrize("times", [1500, pytest.param(10_000, marks=pytest.mark.soak)])
def test_hostile_arguments_start_nothing_open_nothing_write_nothing(toolbox, times):
    rng, heard, listening = random.Random(5), [], [False]

    def hook(event, args):
        if listening[0] and (event.startswith(FORBIDDEN) or (event == "open" and _writes(args))):
            heard.append((event, args))

    toolbox.call("find_figures", {"figure_ids": [figure.figure_id for figure in toolbox.library.figures()]})
    toolbox.call("calculate", {"expression": "F1 - F6"})
    toolbox.call("search_notices", {"query": "quay"})
    sys.addaudithook(hook)
    refused = 0
    listening[0] = True
    try:
        for _ in range(times):
            name = rng.choice((*TOOLS, *HOSTILE[:3]))
            fields = list(TOOLS[name][0].model_fields) if name in TOOLS else ["x"]
            args = {
                rng.choice((*fields, *fields, rng.choice(HOSTILE))): _argument(rng) for _ in range(rng.randrange(1, 4))
            }
            try:
                toolbox.call(name, args)
            except ModelError:
                refused += 1
    finally:
        listening[0] = False
    print(f"\n{times} hostile calls: {refused} refused, {len(heard)} forbidden events")
    assert heard == []
    assert refused > times / 2


def _writes(args):
    mode, flags = args[1], args[2]
    return any(letter in (mode or "") for letter in "wax+") or bool(isinstance(flags, int) and flags & 3)


def test_the_code_runs_no_code_of_others():
    found = []
    for path in Path(assistant.__file__).parent.parent.glob("*/**/*.py"):
        if (
            path.parts[-2] == "tests"
            or not {"assistant", "knowledge", "api"} & set(path.parts)
            or ".venv" in path.parts
            or "tests" in path.parts
        ):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"(?<![\w.])(?:exec|eval)\(|\bpickle\b|(?<!_collection)\.query\(|\.eval\(", line):
                found.append(f"{path.name}:{number}: {line.strip()}")
    assert found == []


def test_published_dates_filter(toolbox):
    toolbox.call("search_notices", {"query": "quay", "published_before": date(2033, 1, 1).isoformat()})
    assert toolbox.evidence.passages
