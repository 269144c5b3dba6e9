# ruff: noqa: E501  # markup that is what it is
"""Forty hostile files: archives that unfold without end, entities that multiply, nesting without bottom, numbers that lie."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

_DOCX = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/{}" ContentType="application/vnd.openxmlformats-officedocument.{}+xml"/>'
    "</Types>"
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/></Relationships>'
)
_MAIN = "spreadsheetml.sheet.main"


def lol(levels: int = 10, width: int = 10) -> str:
    """A document type whose entities multiply."""
    rows = ['<!ENTITY l0 "lol">']
    rows += [f'<!ENTITY l{n} "{f"&l{n - 1};" * width}">' for n in range(1, levels)]
    return f"<!DOCTYPE x [{''.join(rows)}]>"


def package(parts: dict[str, str | bytes], level: int = 9) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str, before: str = "") -> bytes:
    return package(
        {
            "[Content_Types].xml": _TYPES.format("word/document.xml", "wordprocessingml.document.main"),
            "_rels/.rels": _RELS.format("word/document.xml"),
            "word/document.xml": before + _DOCX.format(body),
        }
    )


def xlsx(sheet: str, strings: str = "", before: str = "") -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES.format("xl/workbook.xml", _MAIN),
        "_rels/.rels": _RELS.format("xl/workbook.xml"),
        "xl/workbook.xml": before + '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{sheet}</sheetData></worksheet>",
    }
    return package(parts | ({"xl/sharedStrings.xml": strings} if strings else {}))


def pdf(
    stream: bytes, *, declared: int | None = None, kids: str = "3 0 R", count: int = 1, filters: str = "/FlateDecode"
) -> bytes:
    """A PDF of one page whose content is `stream`, packed once for each filter."""
    packed = stream
    for _ in range(filters.count("/FlateDecode")):
        packed = zlib.compress(packed, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {declared or len(packed)}/Filter[{filters}]>>stream\n".encode() + packed + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj".encode() + body + b"endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        out
        + f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


def lying_zip(data: bytes) -> bytes:
    """The same archive with sizes of ten bytes in its directory."""
    at = 0
    changed = bytearray(data)
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<I", changed, at + 24, 10)
        at += 4
    return bytes(changed)


def rows(count: int) -> str:
    return "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, count))


def texts(count: int) -> bytes:
    return b"BT /F1 9 Tf " + b"(1234567890 growth of 12 percent) Tj " * count + b"ET"


def sdmx(inner: str, before: str = "") -> bytes:
    space = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
    return f'<?xml version="1.0"?>{before}<m:GenericData xmlns:m="{space}/message">{inner}</m:GenericData>'.encode()


BOMBS: dict[str, Callable[[], bytes]] = {
    "laughs.docx": lambda: docx("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", lol()),
    "laughs-deep.docx": lambda: docx("<w:p><w:r><w:t>&l59;</w:t></w:r></w:p>", lol(60, 2)),
    "laughs.xlsx": lambda: xlsx("", before=lol()),
    "laughs-strings.xlsx": lambda: xlsx(rows(3), lol() + "<sst><si><t>&l9;</t></si></sst>"),
    "laughs.xml": lambda: sdmx("&l9;", lol()),
    "laughs-inner.xml": lambda: sdmx(f"{lol()}&l9;"),
    "outside-file.xml": lambda: sdmx("&f;", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    "outside-file.docx": lambda: docx(
        "<w:p><w:r><w:t>&f;</w:t></w:r></w:p>", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    ),
    "outside-net.xml": lambda: sdmx("&f;", '<!DOCTYPE x [<!ENTITY f SYSTEM "http://127.0.0.1:9/x">]>'),
    "outside-net.docx": lambda: docx("&f;", '<!DOCTYPE x [<!ENTITY % f SYSTEM "http://127.0.0.1:9/x"> %f;]>'),
    "quadratic.docx": lambda: docx("&a;" * 20_000, f'<!DOCTYPE x [<!ENTITY a "{"a" * 20_000}">]>'),
    "quadratic.xml": lambda: sdmx("&a;" * 20_000, f'<!DOCTYPE x [<!ENTITY a "{"a" * 20_000}">]>'),
    "zeros.docx": lambda: docx("<w:p><w:r><w:t>" + "0" * 300_000_000 + "</w:t></w:r></w:p>"),
    "zeros.xlsx": lambda: xlsx('<row r="1"><c r="A1" t="str"><v>' + "0" * 300_000_000 + "</v></c></row>"),
    "lying.docx": lambda: lying_zip(docx("<w:p><w:r><w:t>" + "0" * 100_000_000 + "</w:t></w:r></w:p>")),
    "lying.xlsx": lambda: lying_zip(xlsx('<row r="1"><c r="A1" t="str"><v>' + "0" * 100_000_000 + "</v></c></row>")),
    "spaces.docx": lambda: docx("<w:p/>" * 4_000_000),
    "runs.docx": lambda: docx("<w:p>" + "<w:r><w:t>1 </w:t></w:r>" * 1_500_000 + "</w:p>"),
    "tables.docx": lambda: docx("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 700_000 + "</w:tbl>"),
    "deep.docx": lambda: docx("<w:sdt><w:sdtContent>" * 100_000 + "</w:sdtContent></w:sdt>" * 100_000),
    "spans.docx": lambda: docx(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "far-cell.xlsx": lambda: xlsx(
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    ),
    "beyond.xlsx": lambda: xlsx('<row r="4294967295"><c r="ZZZZZZ4294967295"><v>1</v></c></row>'),
    "rows.xlsx": lambda: xlsx(rows(1_000_000)),
    "members.docx": lambda: package({f"word/{n}.xml": "x" for n in range(30_000)}),
    "members.xlsx": lambda: package({f"xl/{n}.xml": "x" for n in range(30_000)}),
    "nested.docx": lambda: package({"word/document.xml": package({"word/document.xml": b"0" * 50_000_000})}),
    "formula.xlsx": lambda: xlsx('<row r="1"><c r="A1"><f>' + "SUM(" * 200_000 + "</f><v>1</v></c></row>"),
    "stream.pdf": lambda: pdf(b"0 " * 150_000_000),
    "stream-twice.pdf": lambda: pdf(b"\x00" * 400_000_000, filters="/FlateDecode/FlateDecode"),
    "stream-thrice.pdf": lambda: pdf(b" " * 400_000_000, filters="/FlateDecode/FlateDecode/FlateDecode"),
    "text.pdf": lambda: pdf(texts(1_000_000)),
    "length.pdf": lambda: pdf(b"BT ET", declared=2_000_000_000),
    "circle.pdf": lambda: pdf(b"BT ET", kids="2 0 R", count=1),
    "pages.pdf": lambda: pdf(texts(1), kids="3 0 R " * 200_000, count=200_000),
    "states.pdf": lambda: pdf(b"q " * 20_000_000),
    "deep.html": lambda: b"<html><body>" + b"<div>" * 500_000 + b"12 percent",
    "wide.html": lambda: b"<html><body><table><tr>" + b"<td colspan=9999 rowspan=9999>1</td>" * 20_000 + b"</table>",
    "attributes.html": lambda: (
        b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(600_000)) + b">12 percent</p>"
    ),
    "page.parquet": lambda: b"PAR1" + b"\xff" * 1_000_000 + struct.pack("<I", 999_999) + b"PAR1",
}
