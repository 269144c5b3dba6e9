"""One contract for every kind of store: SQLite always, PostgreSQL where TALLY_TEST_DATABASE_URL names a server."""

import os
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, Table, create_engine, insert, make_url, select, text

from knowledge import tables
from knowledge.errors import NotFound, OperatorError
from knowledge.figure import Figure, Mention, Qualifier, Scenario
from knowledge.indexed import Indexed
from knowledge.ledger.correction import Correction
from knowledge.ledger.flag import Flag
from knowledge.notice import Notice, Passage
from knowledge.outcome import Outcome
from knowledge.shelves import Shelves
from knowledge.store import Store

SERVER = os.environ.get("TALLY_TEST_DATABASE_URL")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        opened = Store.open(tmp_path)
        yield opened
        opened.close()
        return
    if not SERVER:
        pytest.skip("TALLY_TEST_DATABASE_URL names no server")
    name = f"tally_{uuid.uuid4().hex[:12]}"
    url = make_url(SERVER).set(drivername="postgresql+psycopg")
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    address = url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    opened = Store.open(tmp_path, address)
    yield opened
    opened.close()
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name}"))
    server.dispose()


@pytest.fixture
def shelves(store: Store) -> Shelves:
    return Shelves(store)


def notice(number: int = 1, source: str = "/a.txt", collection: str = "default") -> Notice:
    body = f"Notice {number}: 8,512 projects landed."
    return Notice(f"n{number}", source, f"Title {number}", body, "en", date(2024, 2, number), collection=collection)


def figure(of: Notice, number: int = 1) -> Figure:
    return Figure(
        figure_id=f"{of.notice_id}f{number}", indicator="landed", label="projects landed", value=8512.0,
        unit="projects",
        published_as="8,512", notice_id=of.notice_id, source=of.source, quote=of.text, start=10, end=15,
        ref_area="Beijing", dimensions={"ownership": "foreign"}, time_period="2023", qualifier=Qualifier.OVER,
        scenario=Scenario.TARGET, mentions=(Mention(10, 15, "8,512", of.text),),
    )  # fmt: skip


def put(shelves: Shelves, of: Notice, digest: str = "h") -> Outcome:
    passage = Passage(f"{of.notice_id}:0", of.notice_id, 0, len(of.text), of.text)
    indexed = Indexed(("project land",), 1, (b"\x00" * 8,), "test")
    flag = Flag("parts_total", (f"{of.notice_id}f1",), "They do not add up.", of.notice_id)
    return shelves.put(of, digest, [passage], indexed, iter(((figure(of),),)), [flag])


def test_what_is_put_comes_back_the_same(shelves: Shelves) -> None:
    one = notice()
    assert put(shelves, one) == Outcome("/a.txt", "added", "Title 1", date(2024, 2, 1), 1, "", "n1")
    assert shelves.notices() == (one,)
    assert shelves.notice("n1") == one
    assert shelves.figures() == (figure(one),)
    assert shelves.passages("n1") == (Passage("n1:0", "n1", 0, len(one.text), one.text),)
    assert shelves.flags() == (Flag("parts_total", ("n1f1",), "They do not add up.", "n1"),)
    known = shelves.known("/a.txt", "default")
    assert known is not None and (known.notice_id, known.file_hash) == ("n1", "h")


def test_a_new_version_retires_the_former_one_and_keeps_it_readable(shelves: Shelves) -> None:
    put(shelves, notice(1))
    put(shelves, notice(2))
    assert [n.notice_id for n in shelves.notices()] == ["n2"]
    assert [f.notice_id for f in shelves.figures()] == ["n2"]
    assert shelves.notice("n1").title == "Title 1"
    assert [f.notice_id for f in shelves.figures("n1")] == ["n1"]
    assert [n.notice_id for n in shelves.versions("/a.txt")] == ["n1"]
    assert shelves.passages("n1") == ()
    assert [f.notice_id for f in shelves.flags()] == ["n2"]


def test_going_back_to_a_former_version_revives_it(shelves: Shelves) -> None:
    for number in (1, 2, 1):
        put(shelves, notice(number))
    assert [n.notice_id for n in shelves.notices()] == ["n1"]
    assert len(shelves.passages("n1")) == 1


def test_a_notice_of_two_sources_stays_until_the_last_is_gone(shelves: Shelves) -> None:
    put(shelves, notice(1, "/a.txt"))
    shelves.link(notice(1, "/b.txt"), "h")
    assert shelves.sources() == ("/a.txt", "/b.txt")
    shelves.remove("/a.txt")
    assert [n.source for n in shelves.notices()] == ["/b.txt"]
    assert [f.source for f in shelves.figures()] == ["/b.txt"]
    shelves.remove("/b.txt")
    assert shelves.notices() == ()
    assert shelves.figures() == ()


def test_removal_takes_former_versions_too(shelves: Shelves) -> None:
    put(shelves, notice(1))
    put(shelves, notice(2))
    removed = shelves.remove("/a.txt")
    assert removed is not None and removed.notice_id == "n2"
    with pytest.raises(NotFound, match="n1"):
        shelves.notice("n1")


def test_one_source_in_two_collections_is_two_notices(shelves: Shelves) -> None:
    put(shelves, notice(1))
    put(shelves, notice(2, collection="other"))
    assert {n.collection for n in shelves.notices()} == {"default", "other"}
    shelves.remove("/a.txt")
    assert shelves.notices() == ()


def test_corrections_are_kept_whatever_becomes_of_the_notice(shelves: Shelves) -> None:
    put(shelves, notice(1))
    when = datetime(2024, 5, 1, 12, tzinfo=UTC)
    made = Correction("n1f1", "value", "8512", "8513", "An", when, ("/a.txt", "8,512", "quote"), "misprint")
    shelves.correct([made])
    put(shelves, notice(2))
    shelves.remove("/a.txt")
    assert shelves.corrections() == (made,)


def test_the_version_moves_with_what_is_known_and_with_nothing_else(store: Store, shelves: Shelves) -> None:
    seen = [store.version]
    put(shelves, notice(1))
    seen.append(store.version)
    shelves.put_cross_flags([Flag("conflict", ("n1f1",), "Two notices disagree.")])
    seen.append(store.version)
    shelves.remove("/a.txt")
    seen.append(store.version)
    assert seen == sorted(set(seen))
    shelves.log(Outcome("/a.txt", "failed", reason="why"))
    with store.write():
        pass
    assert store.version == seen[-1]


def test_findings_across_notices_are_made_anew(shelves: Shelves) -> None:
    put(shelves, notice(1))
    for explanation in ("First.", "Second."):
        shelves.put_cross_flags([Flag("conflict", ("n1f1",), explanation)])
    assert [f.explanation for f in shelves.flags() if not f.notice_id] == ["Second."]


def test_a_failed_change_leaves_nothing(store: Store, shelves: Shelves) -> None:
    def broken() -> Iterator[tuple[Figure, ...]]:
        yield (figure(notice(1), 1),)
        raise RuntimeError("cut off")

    before = store.version
    with pytest.raises(RuntimeError, match="cut off"):
        shelves.put(notice(1), "h", [], Indexed((), 1), broken(), [])
    assert store.version == before
    assert shelves.count() == dict.fromkeys(("notices", "passages", "figures", "flags", "corrections"), 0)
    assert shelves.known("/a.txt", "default") is None


def test_what_became_of_a_source_is_logged(shelves: Shelves) -> None:
    shelves.log(Outcome("/a.txt", "added", "Title", figures=3))
    shelves.log(Outcome("/b.txt", "failed", reason="is empty"))
    put(shelves, notice(1, "/c.txt"))
    assert [(e["source"], e["status"], e["reason"]) for e in shelves.log_entries()] == [
        ("/c.txt", "added", ""),
        ("/b.txt", "failed", "is empty"),
        ("/a.txt", "added", ""),
    ]


def test_writers_at_once_lose_nothing(store: Store, shelves: Shelves) -> None:
    threads = [threading.Thread(target=put, args=(shelves, notice(n, f"/{n}.txt"))) for n in range(1, 13)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(shelves.notices()) == len(shelves.figures()) == 12
    assert store.version == 12


def test_other_packages_keep_tables_of_their_own(store: Store) -> None:
    name = f"owned_{uuid.uuid4().hex[:8]}"
    owned = Table(name, tables.metadata, Column("n", Integer, primary_key=True))
    try:
        store.create(owned)
        store.create(owned)
        with store.write() as connection:
            connection.execute(insert(owned).values(n=7))
        with store.read() as connection:
            assert connection.scalar(select(owned.c.n)) == 7
    finally:
        tables.metadata.remove(owned)


def test_a_store_of_a_newer_tally_is_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(tables, "SCHEMA", tables.SCHEMA + 1)
        Store.open(tmp_path).close()
    with pytest.raises(OperatorError, match="newer Tally"):
        Store.open(tmp_path)


def test_a_damaged_file_is_an_operators_error(tmp_path: Path) -> None:
    (tmp_path / "tally.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(OperatorError, match=r"tally\.db"):
        Store.open(tmp_path)


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/db", "postgresql://user:hidden@127.0.0.1:1/none"])
def test_a_wrong_database_address_is_told_without_its_password(tmp_path: Path, url: str) -> None:
    with pytest.raises(OperatorError) as error:
        Store.open(tmp_path, url)
    assert "hidden" not in str(error.value)


def test_a_store_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with Store.open(tmp_path).read() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    store = Store.open(tmp_path)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(OperatorError, match=r"tally\.db.*cannot be written"):
        put(Shelves(store), notice(1))
    store.close()
