"""What is known, over HTTP: notices with spans, figures by filter and page and in four formats, uploads."""

import csv
import io
import json

import pyarrow.parquet as pq
import pytest

from api import sdmx
from api.figures import COLUMNS
from knowledge.library import Library
from knowledge.samples import folder
from tests.api.serving import serving


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    library = Library.open(home, embedder="none")
    with folder() as samples:
        library.add([str(samples)])
    with serving(home, library=library) as served:
        yield served.client()
    library.close()


def test_notices_are_listed_newest_first(client):
    page = client.get("/v1/notices").json()
    dates = [notice["published"] for notice in page["notices"]]
    assert page["total"] == len(dates) >= 10 and dates == sorted(dates, reverse=True)
    second = client.get("/v1/notices", params={"limit": 2, "offset": 2}).json()
    assert second["notices"] == page["notices"][2:4] and second["total"] == page["total"]
    assert [n["language"] for n in client.get("/v1/notices", params={"text": "两区"}).json()["notices"]] == ["zh"]


def test_a_notice_has_its_passages_and_the_spans_of_its_figures(client):
    for row in client.get("/v1/notices").json()["notices"]:
        notice = client.get(f"/v1/notices/{row['notice_id']}").json()
        assert notice["passages"] and len(notice["figure_rows"]) == row["figures"] == notice["figures"]
        for passage in notice["passages"]:
            assert notice["text"][passage["start"] : passage["end"]] == passage["text"]
        for figure in notice["figure_rows"]:
            assert notice["text"][figure["start"] : figure["end"]] == figure["published_as"]


def test_figures_are_filtered(client):
    every = client.get("/v1/figures", params={"limit": 10_000}).json()
    assert every["total"] == len(every["figures"]) > 100 and every["next"] is None
    some = every["figures"][0]
    for name in ("indicator", "time_period", "unit", "scenario", "change_kind", "notice_id", "source", "status"):
        found = client.get("/v1/figures", params={name: some[name], "limit": 10_000}).json()["figures"]
        if name == "time_period":
            assert found and all(f[name].startswith(some[name]) for f in found)
        else:
            assert found == [f for f in every["figures"] if f[name] == some[name]]
    with_dimension = next(f for f in every["figures"] if f["dimensions"])
    name, value = next(iter(with_dimension["dimensions"].items()))
    found = client.get("/v1/figures", params={"dimension": f"{name}={value}", "limit": 10_000}).json()["figures"]
    assert found == [f for f in every["figures"] if f["dimensions"].get(name) == value]


def test_pages_of_figures_are_followed_by_link(client):
    address, seen = "/v1/figures?limit=37&sort=-value", []
    while address:
        response = client.get(address)
        seen += response.json()["figures"]
        address = response.json()["next"]
        assert (address is not None) == ("link" in response.headers)
    every = client.get("/v1/figures?limit=10000").json()["figures"]
    assert [f["value"] for f in seen] == sorted((f["value"] for f in every), reverse=True)
    assert len({f["figure_id"] for f in seen}) == len(every)


@pytest.mark.parametrize(
    ("params", "accept", "media"),
    [
        ({"format": "csv"}, "*/*", "text/csv"),
        ({}, "text/csv", "text/csv"),
        ({"format": "parquet"}, "*/*", "application/vnd.apache.parquet"),
        ({"format": "sdmx-csv"}, "application/json", "application/vnd.sdmx.data+csv"),
        ({}, "application/vnd.sdmx.data+csv; version=2.0.0", "application/vnd.sdmx.data+csv"),
        ({}, "text/html, */*;q=0.1", "application/json"),
    ],
)
def test_the_format_is_chosen_by_parameter_or_accept(client, params, accept, media):
    response = client.get("/v1/figures", params=params, headers={"Accept": accept})
    assert response.status_code == 200 and response.headers["content-type"].startswith(media)


def test_no_format_of_ours_is_a_406_that_names_them(client):
    response = client.get("/v1/figures", headers={"Accept": "image/png"})
    assert response.status_code == 406 and "text/csv" in response.json()["detail"]


def test_csv_parquet_and_json_hold_the_same(client):
    rows = client.get("/v1/figures", params={"limit": 10_000}).json()["figures"]
    written = client.get("/v1/figures", params={"limit": 10_000, "format": "csv"}).text
    from_csv = list(csv.DictReader(io.StringIO(written)))
    assert tuple(from_csv[0]) == COLUMNS
    assert [float(row["value"]) for row in from_csv] == [row["value"] for row in rows]
    assert [json.loads(row["dimensions"]) for row in from_csv] == [row["dimensions"] for row in rows]
    body = client.get("/v1/figures", params={"limit": 10_000, "format": "parquet"}).content
    from_parquet = pq.read_table(io.BytesIO(body)).to_pylist()
    assert [(r["figure_id"], r["value"], r["start"]) for r in from_parquet] == [
        (r["figure_id"], r["value"], r["start"]) for r in rows
    ]


def test_sdmx_csv_is_read_back_by_an_sdmx_library(client):
    from pysdmx.io import read_sdmx

    text = client.get("/v1/figures", params={"limit": 10_000, "format": "sdmx-csv"}).text
    (dataset,) = read_sdmx(text, validate=False).data
    rows = client.get("/v1/figures", params={"limit": 10_000}).json()["figures"]
    assert [float(value) for value in dataset.data["OBS_VALUE"]] == [row["value"] for row in rows]
    assert [str(v) for v in dataset.data["FIGURE_ID"]] == [row["figure_id"] for row in rows]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("2023", "2023"),
        ("2023-H1", "2023-S1"),
        ("2023-Q4", "2023-Q4"),
        ("2024-04", "2024-04"),
        ("2021-01/2021-05", "2021-01-01/P5M"),
        ("2022-04/2023-03", "2022-04-01/P12M"),
        ("to 2023-04-30", "2023-04-30"),
        ("", ""),
    ],
)
def test_periods_in_the_spelling_of_sdmx(ours, theirs):
    assert sdmx.time_period(ours) == theirs


def test_cells_that_a_spreadsheet_would_run_are_quoted_off(tmp_path):
    notice = tmp_path / "=cmd.txt"
    notice.write_text("title: =HYPERLINK(1)\ndate: 2024-01-01\n---\nIn 2023, 12 projects landed in Springfield.\n")
    library = Library.open(tmp_path / "home", embedder="none")
    library.add([str(notice)])
    with serving(tmp_path / "home", library=library) as served:
        text = served.client().get("/v1/figures?format=csv").text
    library.close()
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert len(cells) > len(COLUMNS) and not any(cell.startswith(("=", "@")) for cell in cells)


def test_indicators_say_what_is_known_of_them(client):
    rows = client.get("/v1/indicators").json()["indicators"]
    every = client.get("/v1/figures?limit=10000").json()["figures"]
    assert sum(row["figures"] for row in rows) == len(every)
    assert {row["indicator"] for row in rows} == {f["indicator"] for f in every}
    assert all(row["units"] and row["labels"] for row in rows)


def test_notices_are_uploaded_replaced_and_removed(tmp_path):
    first = b"title: Harbours\ndate: 2024-02-01\n---\nIn 2023, 412 projects landed in Springfield.\n"
    second = first.replace(b"412", b"415")
    with serving(tmp_path) as served:
        client = served.client()

        def send(body, name="harbours.txt"):
            response = client.post("/v1/notices", files=[("files", (name, body))])
            assert response.status_code == 200, response.text
            return response.json()["outcomes"]

        assert [o["status"] for o in send(first)] == ["added"]
        assert [o["status"] for o in send(first)] == ["unchanged"]
        question = {"question": "How many projects landed in Springfield in 2023?"}
        answer = client.post("/v1/chat", json=question).json()
        assert answer["value"]["value"] == 412
        link = f"/v1/answers/{answer['answer_id']}"
        assert client.get(link).json()["holds"] is True
        assert [o["status"] for o in send(second)] == ["changed"]
        assert client.post("/v1/chat", json=question).json()["value"]["value"] == 415
        replayed = client.get(link).json()
        assert replayed["answer"] == answer and replayed["holds"] is False
        assert "412" in replayed["reason"] and replayed["now"]["value"]["value"] == 415
        bad = send(b"\x00\x01\x02" * 100, "../../../etc/passwd.txt")
        assert bad[0]["status"] == "failed" and bad[0]["reason"]
        (notice,) = client.get("/v1/notices").json()["notices"]
        assert client.delete(f"/v1/notices/{notice['notice_id']}").status_code == 204
        assert client.delete(f"/v1/notices/{notice['notice_id']}").status_code == 404
        assert client.get("/v1/notices").json()["total"] == 0
        assert client.get(link).json()["answer"] == answer
        assert not [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]


@pytest.mark.parametrize("collection", ["..", "a/b", ".", "a b"])
def test_a_collection_is_a_plain_name(client, collection):
    files = [("files", ("a.txt", b"x"))]
    assert client.post("/v1/notices", files=files, data={"collection": collection}).status_code == 422


def test_addresses_that_are_none_fail_alone(client):
    outcomes = client.post("/v1/notices", data={"url": ["http://[", "https:///path"]}).json()["outcomes"]
    assert [o["status"] for o in outcomes] == ["failed", "failed"] and "https://HOST/PATH" in outcomes[0]["reason"]


def test_an_upload_of_nothing_changes_nothing(client):
    assert client.post("/v1/notices", data={"collection": "default"}).json() == {"outcomes": []}


@pytest.mark.parametrize("query", ["limit=0", "limit=99999999999999999999", "offset=-1", "sort=nonsense", "dimension=x",
                                   "scenario=dream", "unknown=1", "format=xml"])  # fmt: skip
def test_wrong_parameters_are_named(client, query):
    response = client.get(f"/v1/figures?{query}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"].startswith(f"query.{query.partition('=')[0]}")


def test_nul_in_an_address_is_refused(client):
    for address in ("/v1/figures?text=%00", "/v1/notices/a%00b"):
        assert client.get(address).status_code in (400, 422)
