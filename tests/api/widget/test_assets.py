"""The files of the widget: their weight, what they may not contain, how they are served."""

import gzip
import posixpath
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import problems
from api.widget import routes

BUDGET = 40 * 1024
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")
NEVER = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
    "createContextualFragment",
    "DOMParser",
    "setHTMLUnsafe",
    "document.cookie",
)


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = FastAPI()
    problems.install(app)
    app.include_router(routes.router)
    return TestClient(app)


def loaded_with(start: str) -> set[str]:
    """A module and everything that it imports, at any depth."""
    files, found, waiting = routes.assets().files, set(), [start]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for target in IMPORT.findall(re.sub(r"/\*.*?\*/", "", files[name].decode(), flags=re.S)):
            waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(name), target)))
    return found


def test_everything_that_the_one_line_loads_weighs_less_than_40_kb() -> None:
    names = {"widget.js", "chat.css"} | loaded_with("chat.js")
    assert "panel.js" in names and "page/page.js" not in names
    weight = sum(len(gzip.compress(routes.assets().files[n])) for n in names)
    assert weight <= BUDGET, f"{weight} bytes gzipped"


@pytest.mark.parametrize("word", NEVER)
def test_no_module_can_make_markup_or_code_of_a_string(word: str) -> None:
    guilty = [n for n, body in routes.assets().files.items() if n.endswith(".js") and word in body.decode()]
    assert not guilty


def test_no_page_has_inline_script_or_style() -> None:
    for name, body in routes.assets().files.items():
        if name.endswith(".html"):
            html = body.decode()
            assert not re.search(r"<style|style=|\son\w+=|javascript:", html), name
            assert all(
                tag.endswith("></script>") for tag in re.findall(r"<script[^>]*>(?:.(?!</script>))*.?</script>", html)
            )
            assert not re.search(r"""(?:src|href)=["']https?:""", html), name


def test_no_style_or_module_names_another_host() -> None:
    for name, body in routes.assets().files.items():
        text = re.sub(r"http://www\.w3\.org/2000/svg|https://HOST", "", body.decode())
        assert not re.search(r"https?://\w", text), name
        assert "@import" not in text and not re.search(r"url\(", text), name


def test_each_file_is_one_noun() -> None:
    written = [path for path in routes.STATIC.rglob("*") if path.suffix in (".js", ".css")]
    assert not {path.name: n for path in written if (n := path.read_bytes().count(b"\n")) > 300}


def test_every_style_is_part_of_one_sheet_and_served_in_it_alone() -> None:
    written = {path.relative_to(routes.STATIC).as_posix() for path in routes.STATIC.rglob("*.css")}
    parts = [part for parts in routes.SHEETS.values() for part in parts]
    assert sorted(parts) == sorted(written)
    files = routes.assets().files
    assert {name for name in files if name.endswith(".css")} == set(routes.SHEETS)
    for sheet, names in routes.SHEETS.items():
        whole = "".join((routes.STATIC / name).read_text(encoding="utf-8") for name in names)
        assert files[sheet].decode() == re.sub(r"/\*[^*]*\*/\n*", "", whole)


def test_the_loader_names_the_version_that_is_kept_for_ever(client: TestClient) -> None:
    loader = client.get("/widget.js")
    version = re.search(r"widget/([0-9a-f]{12})/", loader.text)
    assert version and "max-age=300" in loader.headers["cache-control"]
    module = client.get(f"/widget/{version[1]}/chat.js")
    assert module.status_code == 200 and "immutable" in module.headers["cache-control"]
    assert module.headers["access-control-allow-origin"] == "*"
    assert module.headers["content-type"].startswith("text/javascript")


def test_a_version_of_the_past_gets_todays_file_and_does_not_keep_it(client: TestClient) -> None:
    old = client.get("/widget/000000000000/chat.css")
    assert old.status_code == 200 and old.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["../routes.py", "..%2froutes.py", "nothing.js", "page", "%00", "chat.js/"])
def test_nothing_but_the_files_is_served(client: TestClient, path: str) -> None:
    answer = client.get(f"/widget/x/{path}")
    assert answer.status_code == 404 and "def " not in answer.text


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_pages_have_a_strict_policy(client: TestClient, path: str) -> None:
    page = client.get(path)
    policy = page.headers["content-security-policy"]
    assert page.status_code == 200 and "VERSION" not in page.text
    assert "default-src 'none'" in policy and "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy and "*" not in policy


def test_every_option_of_the_loader_is_documented() -> None:
    loader = routes.assets().files["widget.js"].decode()
    listed = re.search(r"const known = \[(.*?)\]", loader, re.S)
    assert listed
    documented = set(re.findall(r"^\| `(\w+)` \|", Path("docs/widget.md").read_text(encoding="utf-8"), re.M))
    assert documented == {*re.findall(r'"(\w+)"', listed[1]), "launcher"}
