"""What the README and CONTRIBUTING name exists: commands, options, files, settings, addresses; its example is run."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from typer.main import get_command

from api.cli.main import build
from knowledge.library import Library
from knowledge.samples import folder
from tests.api.serving import serving

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")}
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
TALLY = re.compile(r"\btally ((?:[a-z]+(?: \| )?)+)(?![\w.-])")
COMMANDS = get_command(build()).commands
VOLATILE = ("answer_id", "conversation_id", "elapsed_ms")
AS_OF = "2024-03-01"


@pytest.fixture(scope="module")
def tally(tmp_path_factory):
    """The command line over the sample notices."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(("TALLY_", "OPENAI_"))}
    given |= {"TALLY_HOME": str(tmp_path_factory.mktemp("home")), "TALLY_EMBEDDER": "none"}

    def run(*words):
        command = [sys.executable, "-m", "api.cli", *words]
        done = subprocess.run(command, env=given, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    with folder() as samples:
        run("add", str(samples))
    return run


def code(page):
    """The literal stretches of a page: blocks, indented lines, words between backquotes."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^    (.*)$", page, re.MULTILINE)
    return "\n".join([*blocks, *lines, *re.findall(r"`([^`\n]+)`", page)])


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_files(name):
    for link in filter(lambda link: "://" not in link, LINK.findall(PAGES[name])):
        assert (ROOT / link).exists(), link


@pytest.mark.parametrize("name", PAGES)
def test_the_make_targets_exist(name):
    rules = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z-]+)\b", code(PAGES[name])))
    assert {"run", "test"} & named
    assert named <= rules


def test_the_commands_exist_and_all_are_named():
    named = {word for found in TALLY.findall(code(README)) for word in found.split(" | ")[0].split()[:1]}
    named |= {w for found in TALLY.findall(code(README)) for w in found.split(" | ")[1:] for w in w.split()[:1]}
    assert named == set(COMMANDS)


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("ask", ["--json", "--batch"]),
        ("notices", ["--json"]),
        ("figures", ["--json", "--csv"]),
        ("restore", ["--replace"]),
    ],
)
def test_the_options_exist(command, options):
    known = {flag for parameter in COMMANDS[command].params for flag in parameter.opts}
    assert set(options) <= known
    assert all(option in README for option in options)


def test_keys_are_made_as_written():
    added = COMMANDS["keys"].commands["add"]
    assert "--role" in {flag for parameter in added.params for flag in parameter.opts}


@pytest.mark.parametrize("name", PAGES)
def test_the_settings_are_in_the_table_of_settings(name):
    table = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:TALLY|OPENAI|SLACK)_[A-Z_]+\b", PAGES[name]))
    assert named or name != "README.md"
    for variable in named:
        assert f"| `{variable}` |" in table, variable


def test_the_addresses_are_served(tmp_path):
    library = Library.open(tmp_path, embedder="none")
    with serving(tmp_path, library=library) as served:
        for path in (
            "/",
            "/v1/chat",
            "/healthz",
            "/readyz",
            "/metrics",
            "/embed",
            "/openapi.json",
            "/widget.js",
            "/mcp",
        ):
            assert path in code(README), path
            with httpx.stream("GET", served.url + path, follow_redirects=True) as response:
                assert response.status_code not in (404, 500), path
    library.close()


def test_the_example_is_what_comes(tally):
    """Should an answer be worded anew, copy what `tally ask` prints into the README."""
    (block,) = re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    command, shown = block.split("\n", 1)
    question = re.fullmatch(r'\$ tally ask "(.*)"', command)[1]
    assert tally("ask", question, "--as-of", AS_OF).startswith(shown)


def test_the_document_is_part_of_what_comes(tally):
    (block,) = re.findall(r"^```json\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    shown = json.loads(block)
    real = json.loads(tally("ask", shown["question"], "--as-of", AS_OF, "--json"))
    held(shown, real)
    assert all(f"`{key}`" in README or key in shown or key in VOLATILE for key in real)


def held(shown, real):
    """Everything shown is in the real one; lists from their beginning."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            assert key in real, key
            held(value, real[key])
    elif isinstance(shown, list) and shown and isinstance(shown[0], dict):
        for one, other in zip(shown, real[: len(shown)], strict=True):
            held(one, other)
    else:
        assert shown == real


def test_the_files_that_are_named_exist():
    """Words between backquotes that look like paths, in CONTRIBUTING."""
    for word in re.findall(r"`([a-z_/]+/[a-z_/]*(?:[a-z_]+\.[a-z]+)?)`", PAGES["CONTRIBUTING.md"]):
        places = (ROOT, ROOT / "assistant", ROOT / "assistant" / "understanding", ROOT / "knowledge")
        assert any((place / word).exists() for place in places), word
