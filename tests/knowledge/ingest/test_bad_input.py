"""What cannot be read is named with the reason; what stands beside it is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.library import Library

GOOD = "In 2023, 8,512 projects landed in Beijing."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "home", embedder="none")
    yield opened
    opened.close()


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b"\n \n", "is empty"),
        ("header.txt", b"title: nothing else\n---\n", "holds no text"),
        ("binary.txt", bytes(range(256)) * 64, "binary.txt"),
        ("huge.txt", b"word " * (10 << 20), "too large (50 MB; the limit is 10 MB)"),
        ("program.exe", b"MZ", "not read"),
        ("no_suffix", b"text", "not read"),
    ],
)
def test_one_bad_file_fails_by_name(library: Library, tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = write(tmp_path / "in" / name, data)
    outcome = library.add([str(path)])[0]
    assert outcome.status == "failed"
    assert str(path) in outcome.reason
    assert reason in outcome.reason
    assert "\n" not in outcome.reason
    assert library.notices() == ()


def test_a_missing_path_fails_by_name(library: Library, tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.txt")
    assert [(o.status, o.reason) for o in library.add([missing])] == [("failed", f"{missing}: no such file or folder")]
    nowhere = str(tmp_path / "nowhere")
    assert [(o.status, o.reason) for o in library.add([nowhere])] == [("failed", f"{nowhere}: no such file or folder")]


def test_the_good_ones_of_a_folder_are_kept_and_the_bad_one_named(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for name in ("a.txt", "c.txt", "deep/d.txt"):
        write(folder / name, f"{name}. {GOOD}".encode())
    write(folder / "b.txt", bytes(range(256)))
    write(folder / ".hidden.txt", b"no")
    write(folder / "picture.png", b"\x89PNG")
    outcomes = {Path(o.source).name: o.status for o in library.add([str(folder)])}
    assert outcomes == {"a.txt": "added", "b.txt": "failed", "c.txt": "added", "d.txt": "added"}
    assert len(library.notices()) == 3
    entries = library.shelves.log_entries()
    assert [Path(e["source"]).name for e in entries if e["status"] == "failed"] == ["b.txt"]


def test_a_bug_in_one_notice_spoils_no_other(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import knowledge.ledger.extract as module

    real = module.extract

    def stumbles(notice, catalogue):  # type: ignore[no-untyped-def]  # stands in for the real one
        if "stumble" in notice.text:
            raise ZeroDivisionError("division by zero")
        return real(notice, catalogue)

    monkeypatch.setattr(module, "extract", stumbles)
    write(tmp_path / "in" / "a.txt", b"Here we stumble over 3 projects.")
    write(tmp_path / "in" / "b.txt", GOOD.encode())
    outcomes = library.add([str(tmp_path / "in")])
    assert [o.status for o in outcomes] == ["failed", "added"]
    assert "ZeroDivisionError" in outcomes[0].reason


def test_a_changed_file_that_became_bad_keeps_the_former_version(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path / "in" / "a.txt", GOOD.encode())
    library.add([str(path)])
    path.write_bytes(b"")
    assert library.add([str(path)])[0].status == "failed"
    assert [n.text for n in library.notices()] == [GOOD]
