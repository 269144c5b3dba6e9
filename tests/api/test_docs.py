"""The examples of docs/api.md run as they stand, against a server with the sample notices."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.samples import folder
from tests.api.serving import serving

BLOCK = re.compile(r"^```(bash|python|javascript)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = BLOCK.findall(Path("docs/api.md").read_text(encoding="utf-8"))
COMMANDS = {
    "bash": ["bash", "-e", "-u", "-o", "pipefail", "-c"],
    "python": [sys.executable, "-W", "error", "-c"],
    "javascript": ["node", "--input-type=module", "-e"],
}


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    library = Library.open(home, embedder="none")
    with folder() as samples:
        library.add([str(samples)])
    with serving(home, library=library) as served:
        yield served.url
    library.close()


@pytest.mark.parametrize(("language", "code"), EXAMPLES, ids=[f"{n}-{e[0]}" for n, e in enumerate(EXAMPLES)])
def test_an_example_runs(url, tmp_path, language, code):
    command = COMMANDS[language]
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed: the {language} examples are not run")
    environment = {**os.environ, "TALLY_URL": url, "no_proxy": "127.0.0.1"}
    done = subprocess.run(
        [*command, code], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert '"status": 4' not in done.stdout and '"status": 5' not in done.stdout
    if "How many projects landed in the Two Zones in 2023?" in code and "2022" not in code:
        assert "8,512" in done.stdout


def test_there_are_examples_in_each_language():
    assert {language for language, _ in EXAMPLES} == set(COMMANDS)
