"""The Library: what is added is known, once, and follows what becomes of its source."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import NotFound, OperatorError
from knowledge.figure import Figure, FigureStatus
from knowledge.library import Library, Outcome
from tests.knowledge.ledger.test_model import Said

LANDED = "In 2023, 8,512 projects landed in Beijing, and the landing rate exceeded 60 percent."
NOTICE = f"title: Landed projects\ndate: 2024-02-20\nurl: http://example.org/1\n---\n{LANDED}\n"
OTHER = "title: Foreign capital\ndate: 2023-03-15\n---\nForeign investment was 17.41 billion US dollars in 2022.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "notices"
    made.mkdir()
    (made / "one.txt").write_text(NOTICE, encoding="utf-8")
    (made / "two.txt").write_text(OTHER, encoding="utf-8")
    return made


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "home", embedder="none")
    yield opened
    opened.close()


def statuses(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def tokens(figures: tuple[Figure, ...]) -> set[str]:
    return {figure.published_as for figure in figures}


def test_a_folder_is_added_once(library: Library, folder: Path) -> None:
    first = library.add([str(folder)])
    assert [(o.status, o.title, o.published) for o in first] == [
        ("added", "Landed projects", date(2024, 2, 20)),
        ("added", "Foreign capital", date(2023, 3, 15)),
    ]
    version = library.version
    assert statuses(library.add([str(folder), str(folder / "one.txt")])) == ["unchanged", "unchanged"]
    assert library.version == version


def test_figures_stand_in_their_notices_word_for_word(library: Library, folder: Path) -> None:
    library.add([str(folder)])
    figures = library.figures()
    assert "8,512" in tokens(figures)
    for figure in figures:
        assert library.notice(figure.notice_id).text[figure.start : figure.end] == figure.published_as


def test_passages_stand_in_their_notices_word_for_word(library: Library, folder: Path) -> None:
    library.add([str(folder)])
    for notice in library.notices():
        passages = library.passages(notice.notice_id)
        assert passages
        assert all(notice.text[p.start : p.end] == p.text for p in passages)


def test_a_changed_file_replaces_its_former_version(library: Library, folder: Path) -> None:
    library.add([str(folder)])
    (folder / "one.txt").write_text(NOTICE.replace("8,512", "8,600"), encoding="utf-8")
    assert statuses(library.add([str(folder)])) == ["changed", "unchanged"]
    assert len(library.notices()) == 2
    assert "8,600" in tokens(library.figures())
    assert "8,512" not in tokens(library.figures())
    assert all("8,512" not in hit.passage.text for hit in library.search("landed projects"))


def test_the_same_content_under_another_name_is_known_already(library: Library, folder: Path) -> None:
    library.add([str(folder)])
    shutil.copy(folder / "one.txt", folder / "three.txt")
    copied = library.add([str(folder / "three.txt")])[0]
    assert copied.status == "unchanged"
    assert str(folder / "one.txt") in copied.reason
    assert len(library.notices()) == 2
    library.remove([str(folder / "one.txt")])
    assert {n.source for n in library.notices()} == {str(folder / "three.txt"), str(folder / "two.txt")}
    assert {f.source for f in library.figures()} == {str(folder / "three.txt"), str(folder / "two.txt")}


def test_relative_paths_name_the_same_source(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    library.add(["one.txt"])
    assert statuses(library.add([str(folder / ".." / folder.name / "one.txt")])) == ["unchanged"]
    assert statuses(library.remove(["./one.txt"])) == ["removed"]


def test_what_is_removed_is_gone_everywhere(library: Library, folder: Path) -> None:
    library.add([str(folder)])
    gone = library.notices()[0]
    assert statuses(library.remove([str(folder / "one.txt")])) == ["removed"]
    assert [n.title for n in library.notices()] == ["Foreign capital"]
    assert {f.source for f in library.figures()} == {str(folder / "two.txt")}
    assert all(hit.notice.title == "Foreign capital" for hit in library.search("landed projects Beijing"))
    with pytest.raises(NotFound):
        library.notice(gone.notice_id)
    assert statuses(library.remove([str(folder)])) == ["removed"]
    assert library.notices() == library.figures() == library.search("anything") == ()


def test_removing_the_unknown_fails_by_name(library: Library) -> None:
    outcome = library.remove(["nowhere.txt"])[0]
    assert outcome.status == "failed"
    assert "nowhere.txt" in outcome.reason


def test_collections_are_apart(library: Library, folder: Path) -> None:
    library.add([str(folder / "one.txt")])
    library.add([str(folder / "two.txt")], collection="foreign")
    assert [n.title for n in library.notices("foreign")] == ["Foreign capital"]
    assert {f.source for f in library.figures("foreign")} == {str(folder / "two.txt")}
    assert [h.notice.title for h in library.search("projects landed foreign investment", collection="foreign")] == [
        "Foreign capital"
    ]
    assert library.figures("empty") == library.notices("empty") == library.search("projects", collection="empty") == ()


def test_the_frame_holds_every_figure_with_its_columns(library: Library, folder: Path) -> None:
    assert library.frame.empty
    library.add([str(folder)])
    frame = library.frame
    assert list(frame.index) == [f.figure_id for f in library.figures()]
    figure = library.figures()[0]
    row = frame.loc[figure.figure_id]
    assert (row["value"], row["unit"], row["published_as"]) == (figure.value, figure.unit, figure.published_as)
    assert frame["unit"].dtype == "category"
    assert library.frame is frame
    library.remove([str(folder)])
    assert library.frame.empty


def test_another_library_on_the_same_home_sees_changes_at_once(library: Library, folder: Path, tmp_path: Path) -> None:
    reader = Library.open(tmp_path / "home", embedder="none", own_index=False)
    assert reader.notices() == ()
    library.add([str(folder / "one.txt")])
    assert [n.title for n in reader.notices()] == ["Landed projects"]
    assert "8,512" in tokens(reader.figures())
    assert [h.notice.title for h in reader.search("landing rate")] == ["Landed projects"]
    library.remove([str(folder)])
    assert reader.notices() == reader.search("landing rate") == ()
    reader.close()


def test_figures_are_read_again_with_todays_rules(library: Library, folder: Path) -> None:
    library.add([str(folder)])
    before = library.figures()
    library.reindex(figures=True)
    assert library.figures() == before


def test_no_embedder_gives_no_vectors_and_words_still_find(library: Library, folder: Path) -> None:
    library.add([str(folder)])
    assert library.embed(["text"]) is None
    assert library.search("landing rate")[0].notice.title == "Landed projects"


@pytest.mark.parametrize("below", ["file/home", "file"])
def test_a_home_that_cannot_be_made_is_an_operators_error(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OperatorError, match="TALLY_HOME"):
        Library.open(tmp_path / below)


def test_an_unknown_embedder_is_named_with_the_choices(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"bert.*minilm"):
        Library.open(tmp_path, embedder="bert")


COUNTS = (
    "title: Counts\ndate: 2024-02-20\n---\n"
    "In 2023, 11,000 new projects were added in Beijing, 8,512 projects landed, and the landing rate "
    "exceeded 20 percent.\n"
)


def test_what_does_not_add_up_is_flagged_and_the_figures_marked(library: Library, folder: Path) -> None:
    path = folder / "counts.txt"
    path.write_text(COUNTS, encoding="utf-8")
    library.add([str(path)])
    flags = library.flags()
    assert flags
    assert all(flag.figure_ids and flag.explanation for flag in flags)
    doubtful = {f.figure_id for f in library.figures() if f.status is FigureStatus.FLAGGED}
    assert doubtful == {i for flag in flags if flag.severity == "warning" for i in flag.figure_ids} != set()
    library.remove([str(path)])
    assert library.flags() == ()


def test_two_notices_that_disagree_are_flagged_together(library: Library, folder: Path) -> None:
    library.add([str(folder)])
    assert library.flags() == ()
    (folder / "three.txt").write_text(NOTICE.replace("8,512", "8,600"), encoding="utf-8")
    library.add([str(folder)])
    across = [flag for flag in library.flags() if not flag.notice_id]
    assert across
    assert len({f.notice_id for f in library.figures() if f.figure_id in across[0].figure_ids}) == 2
    library.remove([str(folder / "three.txt")])
    assert library.flags() == ()


@pytest.mark.parametrize(
    ("reply", "taken"),
    [
        ([{"token": "77", "quote": "Seventy-odd (77) boats sank.", "label": "sunken boats"}], {"77"}),
        ([{"token": "99", "quote": "Seventy-odd (77) boats sank.", "label": "sunken boats"}], set()),
        ("I cannot read this.", set()),
    ],
)
def test_a_models_reading_is_taken_only_where_it_stands_in_the_text(
    tmp_path: Path, reply: object, taken: set[str]
) -> None:
    path = tmp_path / "boats.txt"
    path.write_text("Seventy-odd (77) boats sank.", encoding="utf-8")
    library = Library.open(tmp_path / "home", embedder="none", ledger_model=Said(json.dumps(reply)))
    assert library.add([str(path)])[0].status == "added"
    assert {f.published_as for f in library.figures() if f.extracted_by == "model"} <= taken
    library.close()


def test_a_check_that_fails_costs_no_notice_and_is_told_by_the_examination(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from knowledge.examination import examine
    from knowledge.ledger import checks

    def broken(*_: object) -> tuple[()]:
        raise ZeroDivisionError("float division by zero")

    with monkeypatch.context() as patched:
        patched.setattr(checks, "check", broken)
        added = library.add([str(folder / "one.txt")])
    assert statuses(added) == ["added"] and "8,512" in tokens(library.figures())
    fault = next(finding.fault for finding in examine(library) if finding.about == "flags")
    assert str(folder / "one.txt") in fault and "ZeroDivisionError: float division by zero" in fault
    library.reindex(figures=True)
    assert not next(finding.fault for finding in examine(library) if finding.about == "flags")
