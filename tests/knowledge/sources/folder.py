# ruff: noqa: E501  # markup that is what it is
"""Sixty mixed files as agencies have them, made on the spot, with what each must give: the golden table.

Fifteen each of web pages, PDF, Word files and tables; Chinese, German and French among them; broken, locked, empty and
mislabelled ones too.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

EN = (
    "Riverton lifts foreign investment in 2022",
    "Published: 14 March 2023",
    "In 2022, Riverton recorded foreign direct investment of $4.81 billion, up 7.3 percent year-on-year.",
    "The city plans to sign 310 projects in 2023.",
)
ZH = (
    "2022年临江市利用外资情况",
    "发布时间：2023年3月14日",
    "2022年，临江市实际使用外资36.8亿美元，同比增长9.4%。",
    "全市新设外商投资企业2140家。",
)
DE = (
    "Ausländische Investitionen in Neustadt 2022",
    "Veröffentlicht am 14.03.2023",
    "Im Jahr 2022 stiegen die ausländischen Direktinvestitionen um 5,2 Prozent auf 1,7 Milliarden Euro.",
)
FR = (
    "Les investissements étrangers à Villeneuve en 2022",
    "Publié le 14 mars 2023",
    "En 2022, les investissements directs étrangers ont atteint 2,6 milliards d’euros, en hausse de 4,5 %.",
)
TW = (
    "2022年僑外投資統計",
    "發布日期：2023年3月14日",
    "2022年，新北市實際使用外資36.8億美元，同比增長9.4%。依地區觀察，歐洲居首位。",
)
DAY = date(2023, 3, 14)
Fact = tuple[float, str, str]  # value, unit, time_period
EN_FACTS: tuple[Fact, ...] = ((4.81e9, "USD", "2022"), (7.3, "percent", "2022"), (310, "projects", "2023"))
ZH_FACTS: tuple[Fact, ...] = ((36.8e8, "USD", "2022"), (9.4, "percent", "2022"))
DE_FACTS: tuple[Fact, ...] = ((1.7e9, "EUR", "2022"), (5.2, "percent", "2022"))
FR_FACTS: tuple[Fact, ...] = ((2.6e9, "EUR", "2022"), (4.5, "percent", "2022"))


@dataclass(frozen=True)
class Readable:
    """What a file must give."""

    title: str
    published: date | None
    says: tuple[str, ...]  # stretches of its text
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Unreadable:
    """Part of the reason that must be told."""

    reason: str


@dataclass(frozen=True)
class Item:
    name: str
    data: bytes
    expected: Readable | Unreadable
    beside: str = ""  # a mapping


def page(lines: tuple[str, ...], *, head: str = "", tail: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in lines[1:])
    return (
        f"<!DOCTYPE html><html><head>{head}<title>{lines[0]} - Statistics</title><script>var n = 12345;</script></head>"
        f"<body><div class='nav'><a href='/'>Home</a> <a href='/s'>Statistics 999</a></div><h1>{lines[0]}</h1>{body}{tail}"
        "<div class='footer'>Copyright 2015-2019. Visits today: 77123</div></body></html>"
    )


TABLE_HTML = (
    "<table><thead><tr><th rowspan=2>Indicator</th><th colspan=2>2022</th></tr><tr><th>Amount (USD million)</th>"
    "<th>Growth (%)</th></tr></thead><tbody><tr><td>FDI</td><td>4810</td><td>7.3</td></tr>"
    "<tr><td>Exports</td><td>9120.5</td><td>-2.1</td></tr></tbody></table>"
)


def pages() -> list[Item]:
    en = Readable(EN[0], DAY, EN[2:], EN_FACTS)
    zh = Readable(ZH[0], DAY, ZH[2:], ZH_FACTS)
    gb = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    table = ("Indicator | 2022 Amount (USD million) | 2022 Growth (%)", "FDI | 4810 | 7.3", "Exports | 9120.5 | -2.1")
    xhtml = '<?xml version="1.0" encoding="UTF-8"?>\n' + page(EN)
    broken = page(EN).replace("</p>", "").replace("</body></html>", "")
    return [
        Item("page-en.html", page(EN).encode(), en),
        Item("page-zh-gb.html", page(ZH, head=gb).encode("gb18030"), zh),
        Item("page-zh.htm", page(ZH).encode(), zh),
        Item("page-zh-unmarked.html", page(ZH).encode("gb18030"), zh),
        Item(
            "page-meta-date.html", page(EN[:1] + EN[2:], head='<meta name="PubDate" content="2023-03-14">').encode(), en
        ),
        Item("page-table.html", page(EN, tail=TABLE_HTML).encode(), Readable(EN[0], DAY, table, EN_FACTS)),
        Item("page-utf16.html", page(EN).encode("utf-16"), en),
        Item("page-big5.html", page(TW).encode("big5"), Readable(TW[0], DAY, TW[2:])),
        Item("page-de.html", page(DE).encode("cp1252"), Readable(DE[0], DAY, DE[2:], DE_FACTS)),
        Item("page-fr.xhtml", page(FR).encode(), Readable(FR[0], DAY, FR[2:], FR_FACTS)),
        Item("page-xml.xhtml", xhtml.encode(), en),
        Item("page-as-text.txt", page(EN).encode(), en),
        Item("page-broken.html", broken.encode(), en),
        Item("page-empty.html", b"", Unreadable("is empty")),
        Item("page-picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), Unreadable("PNG picture")),
    ]


def pdf(build: Callable[[Any], None], **options: Any) -> bytes:
    """A PDF drawn by `build` on a canvas."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    drawn = canvas.Canvas(out, pagesize=(595, 842), **options)
    build(drawn)
    drawn.save()
    return out.getvalue()


def prose(lines: tuple[str, ...], font: str = "Helvetica") -> Callable[[Any], None]:
    """A title in large print, then each line wrapped as a paragraph."""

    def build(drawn: Any) -> None:
        drawn.setFont(font, 18)
        drawn.drawString(60, 780, lines[0])
        drawn.setFont(font, 11)
        y = 740
        for line in lines[1:]:
            for part in wrapped(line):
                drawn.drawString(60, y, part)
                y -= 15
            y -= 12

    return build


def wrapped(line: str, width: int = 70) -> list[str]:
    if any("一" <= c <= "鿿" for c in line):
        return [line[i : i + 36] for i in range(0, len(line), 36)]
    parts, now = [], ""
    for word in line.split(" "):
        if len(now) + len(word) > width:
            parts.append(now)
            now = word
        else:
            now = f"{now} {word}".strip()
    return [*parts, now]


def with_table(lines: tuple[str, ...], rows: list[list[str]], font: str = "Helvetica") -> Callable[[Any], None]:
    def build(drawn: Any) -> None:
        prose(lines, font)(drawn)
        drawn.setFont(font, 10)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                drawn.drawString(60 + 170 * j, 560 - 18 * i, cell)

    return build


def two_pages(drawn: Any) -> None:
    """A sentence that runs over the page, below heads and above feet that repeat."""
    for number in range(1, 5):
        drawn.setFont("Helvetica", 8)
        drawn.drawString(60, 815, "Riverton Statistics Office")
        drawn.drawString(290, 30, f"- {number} -")
        drawn.setFont("Helvetica", 18 if number == 1 else 11)
        if number == 1:
            drawn.drawString(60, 780, EN[0])
            drawn.setFont("Helvetica", 11)
            drawn.drawString(60, 740, EN[1])
            drawn.drawString(
                60, 100, "In 2022, Riverton recorded foreign direct investment of $4.81 billion, up 7.3 percent"
            )
        elif number == 2:
            drawn.drawString(60, 780, "year-on-year.")
            drawn.drawString(60, 740, EN[3])
        else:
            drawn.drawString(60, 780, f"Annex {number}: definitions are those of the national accounts.")
        drawn.showPage()


def two_columns(drawn: Any) -> None:
    drawn.setFont("Helvetica", 18)
    drawn.drawString(60, 780, EN[0])
    drawn.setFont("Helvetica", 10)
    left = wrapped(" ".join([EN[1] + ".", EN[2]] + ["Officials met in the town hall to review the year."] * 12), 44)
    right = wrapped(" ".join([EN[3]] + ["Visitors came from many places and stayed for days."] * 14), 44)
    for x, column in ((60, left), (320, right)):
        for i, line in enumerate(column[:22]):
            drawn.drawString(x, 740 - 14 * i, line)


def picture(drawn: Any) -> None:
    from reportlab.lib.utils import ImageReader

    drawn.drawImage(ImageReader(io.BytesIO(gray_picture())), 60, 400, 400, 300)


def gray_picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (40, 30), 200).save(out, "PNG")
    return out.getvalue()


def partly_scanned(drawn: Any) -> None:
    prose(EN)(drawn)
    drawn.showPage()
    picture(drawn)


def turned(drawn: Any) -> None:
    drawn.setPageRotation(90)
    drawn.translate(595, 0)
    drawn.rotate(90)
    drawn.setFont("Helvetica", 18)
    drawn.drawString(60, 500, EN[0])
    drawn.setFont("Helvetica", 11)
    for i, line in enumerate(EN[1:]):
        drawn.drawString(60, 460 - 40 * i, line)


def pdfs() -> list[Item]:
    from reportlab.lib.pdfencrypt import StandardEncryption

    en = Readable(EN[0], DAY, EN[2:], EN_FACTS)
    zh = Readable(ZH[0], DAY, ZH[2:], ZH_FACTS)
    rows = [
        ["Indicator", "2021", "2022"],
        ["FDI (USD million)", "4483", "4810"],
        ["Exports (USD million)", "9316", "9120"],
    ]
    rows_zh = [
        ["指标", "2021年", "2022年"],
        ["实际使用外资（亿美元）", "33.6", "36.8"],
        ["新设企业（家）", "1980", "2140"],
    ]

    def titled(drawn: Any) -> None:
        drawn.setTitle(EN[0])
        prose((EN[0], *EN[1:]))(drawn)

    whole = pdf(prose(EN))
    return [
        Item("report-en.pdf", whole, en),
        Item("report-zh.pdf", pdf(prose(ZH, "STSong-Light")), zh),
        Item(
            "report-table.pdf",
            pdf(with_table(EN, rows)),
            Readable(EN[0], DAY, ("Indicator | 2021 | 2022\nFDI (USD million) | 4483 | 4810",), EN_FACTS),
        ),
        Item(
            "report-table-zh.pdf",
            pdf(with_table(ZH, rows_zh, "STSong-Light")),
            Readable(ZH[0], DAY, ("实际使用外资（亿美元） | 33.6 | 36.8",), ZH_FACTS),
        ),
        Item("report-pages.pdf", pdf(two_pages), en),
        Item("report-columns.pdf", pdf(two_columns), Readable(EN[0], DAY, EN[2:], EN_FACTS)),
        Item("report-titled.pdf", pdf(titled), en),
        Item("report-turned.pdf", pdf(turned), en),
        Item("report-scanned.pdf", pdf(picture), Unreadable("is scanned")),
        Item("report-partly.pdf", pdf(partly_scanned), en),
        Item(
            "report-locked.pdf",
            pdf(prose(EN), encrypt=StandardEncryption("secret")),
            Unreadable("locked by a password"),
        ),
        Item("report-cut.pdf", b"%PDF-1.4\n" + whole[200:500], Unreadable("damaged PDF")),
        Item("report-empty.pdf", b"", Unreadable("is empty")),
        Item("report-text.pdf", "\n\n".join(EN).encode(), Unreadable("is no .pdf file")),
        Item("report-is-word.pdf", word(EN), en),
    ]


def word(lines: tuple[str, ...], change: Callable[[Any], None] | None = None) -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(lines[0], 0)
    for line in lines[1:]:
        document.add_paragraph(line)
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_table(rows: list[list[str]], merge: tuple[int, int, int, int] | None = None) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        table = document.add_table(len(rows), len(rows[0]))
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                table.cell(i, j).text = cell
        if merge:
            top, left, bottom, right = merge
            text = table.cell(top, left).text
            joined = table.cell(top, left).merge(table.cell(bottom, right))
            joined.text = text

    return change


def tracked(document: Any) -> None:
    """A number that was changed: the old one deleted, the new one inserted."""
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph = parse_xml(
        f'<w:p {space}><w:r><w:t xml:space="preserve">Exports in 2022 came to </w:t></w:r>'
        '<w:del w:id="1" w:author="a"><w:r><w:delText>$8.8 billion</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>$9.1 billion</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>'
    )
    document.element.body.insert(3, paragraph)


def noted(document: Any) -> None:
    paragraph = document.add_paragraph("Exports in 2022 came to $9.1 billion")
    paragraph.add_run("3").font.superscript = True
    paragraph.add_run(", a record.")


def controlled(document: Any) -> None:
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    control = parse_xml(
        f"<w:sdt {space}><w:sdtContent><w:p><w:r><w:t>Exports in 2022 came to $9.1 billion.</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    document.element.body.insert(3, control)


def properties(document: Any) -> None:
    document.core_properties.title = "Normal.dotm"


def words() -> list[Item]:
    en, zh = Readable(EN[0], DAY, EN[2:], EN_FACTS), Readable(ZH[0], DAY, ZH[2:], ZH_FACTS)
    rows = [["Indicator", "2021", "2022"], ["FDI (USD million)", "4483", "4810"]]
    merged = [["Indicator", "Year", ""], ["FDI (USD million)", "2021: 4483", "2022: 4810"]]
    exports = (9.1e9, "USD", "2022")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    whole = word(EN)
    said = "Exports in 2022 came to $9.1 billion"
    return [
        Item("note-en.docx", whole, en),
        Item("note-zh.docx", word(ZH), zh),
        Item(
            "note-table.docx",
            word(EN, word_table(rows)),
            Readable(EN[0], DAY, ("FDI (USD million) | 4483 | 4810",), EN_FACTS),
        ),
        Item(
            "note-merged.docx",
            word(EN, word_table(merged, (0, 1, 0, 2))),
            Readable(EN[0], DAY, ("Indicator | Year | Year\nFDI (USD million) | 2021: 4483 | 2022: 4810",), EN_FACTS),
        ),
        Item("note-tracked.docx", word(EN, tracked), Readable(EN[0], DAY, (f"{said}.",), (*EN_FACTS, exports))),
        Item("note-raised.docx", word(EN, noted), Readable(EN[0], DAY, (f"{said}³, a record.",), (*EN_FACTS, exports))),
        Item("note-control.docx", word(EN, controlled), Readable(EN[0], DAY, (f"{said}.",), (*EN_FACTS, exports))),
        Item("note-properties.docx", word(EN, properties), en),
        Item("note-de.docx", word(DE), Readable(DE[0], DAY, DE[2:], DE_FACTS)),
        Item("note-fr.docx", word(FR), Readable(FR[0], DAY, FR[2:], FR_FACTS)),
        Item("note-locked.docx", ole + "EncryptedPackage".encode("utf-16-le"), Unreadable("locked by a password")),
        Item("note-old.docx", ole, Unreadable("old binary Office file")),
        Item("note-cut.docx", whole[: len(whole) // 2], Unreadable("damaged")),
        Item("note-blank.docx", word(("",)), Unreadable("without any text")),
        Item("note-is-pdf.docx", pdf(prose(EN)), en),
    ]


def workbook(*sheets: tuple[str, list[list[Any]]], change: Callable[[Any], None] | None = None) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def headed(book: Any) -> None:
    """Two rows of headings with merged cells, and a column of percentages kept as fractions."""
    sheet = book.worksheets[0]
    sheet.merge_cells("B2:C2")
    sheet.merge_cells("A2:A3")
    for row in range(4, 6):
        sheet.cell(row, 3).number_format = "0.0%"


def parquet(columns: dict[str, list[Any]]) -> bytes:
    import pyarrow
    import pyarrow.parquet

    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), out)
    return out.getvalue()


_MESSAGE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
_SDMX_HEAD = (
    "<message:Header><message:ID>T1</message:ID><message:Test>false</message:Test>"
    "<message:Prepared>2023-03-14T00:00:00</message:Prepared><message:Sender id='STAT'/><message:Structure structureID='D1' "
    "{extra} dimensionAtObservation='TIME_PERIOD'><common:Structure><Ref agencyID='STAT' id='FDI_FLOWS' version='1.0' "
    "class='DataStructure'/></common:Structure></message:Structure></message:Header>"
)


def sdmx_generic() -> bytes:
    def value(name: str, content: str) -> str:
        return f"<generic:Value id='{name}' value='{content}'/>"

    def obs(period: str, content: str) -> str:
        return (
            f"<generic:Obs><generic:ObsDimension value='{period}'/><generic:ObsValue value='{content}'/></generic:Obs>"
        )

    key = value("FREQ", "A") + value("REF_AREA", "CN") + value("INDICATOR", "FDI")
    extra = value("UNIT_MEASURE", "USD") + value("UNIT_MULT", "9")
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><message:GenericData xmlns:message='{_MESSAGE}/message' "
        f"xmlns:generic='{_MESSAGE}/data/generic' xmlns:common='{_MESSAGE}/common'>{_SDMX_HEAD.format(extra='')}"
        f"<message:DataSet structureRef='D1' action='Replace'><generic:Series><generic:SeriesKey>{key}</generic:SeriesKey>"
        f"<generic:Attributes>{extra}</generic:Attributes>{obs('2021', '181')}{obs('2022', '189.1')}</generic:Series>"
        "</message:DataSet></message:GenericData>"
    ).encode()


def sdmx_specific() -> bytes:
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><message:StructureSpecificData xmlns:message='{_MESSAGE}/message' "
        f"xmlns:ss='{_MESSAGE}/data/structurespecific' xmlns:common='{_MESSAGE}/common' "
        "xmlns:ns1='urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=STAT:FDI_FLOWS(1.0):ObsLevelDim:TIME_PERIOD' "
        f"xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>{_SDMX_HEAD.format(extra='namespace=' + chr(39) + 'urn:x' + chr(39))}"
        "<message:DataSet ss:structureRef='D1' xsi:type='ns1:DataSetType' ss:dataScope='DataStructure' action='Replace'>"
        "<Series FREQ='Q' REF_AREA='DE' INDICATOR='FDI' UNIT_MEASURE='EUR' UNIT_MULT='6'>"
        "<Obs TIME_PERIOD='2022-Q1' OBS_VALUE='10'/><Obs TIME_PERIOD='2022-Q2' OBS_VALUE='NaN' OBS_STATUS='M'/></Series>"
        "</message:DataSet></message:StructureSpecificData>"
    ).encode()


def tables() -> list[Item]:
    wide = (
        "表1 临江市主要经济指标\n单位：亿元\n指标,2021年,2022年\n地区生产总值,4104.6,4376.1\n同比增长（%）,8.8,5.2\n"
        "实际利用外资（亿美元）,33.6,36.8\n注：2022年为初步数。\n"
    )
    mapped = (
        '[[table]]\nconstants = { indicator = "FDI", ref_area = "Riverton", unit = "USD", scale = "1e6" }\n'
        'columns = [{ at = "A", role = "time_period" }, { at = "B", role = "value" }]\n'
    )
    two_heads: list[list[Any]] = [
        ["Riverton, main indicators"],
        ["Indicator", "2022", None],
        [None, "Amount (USD million)", "Growth"],
        ["FDI", 4810, 0.073],
        ["Exports", 9120.5, -0.021],
    ]
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    book = workbook(("Data", [["Year", "FDI (USD million)"], [2021, 4483], [2022, 4810]]))
    return [
        Item(
            "long.csv",
            b"Country,Year,FDI inflows (USD billion)\nChina,2021,181\nChina,2022,189.1\nGermany,2022,n/a\n",
            Readable(
                "long", None, ("China | Year 2022 | FDI inflows (USD billion): 189.1",), ((1.891e11, "USD", "2022"),)
            ),
        ),
        Item(
            "wide-gb.csv",
            wide.encode("gb18030"),
            Readable(
                "表1 临江市主要经济指标",
                None,
                ("地区生产总值 | 2021年: 4104.6 | 2022年: 4376.1", "注：2022年为初步数。"),
                ((4376.1e8, "CNY", "2022"), (5.2, "percent", "2022"), (36.8e8, "USD", "2022")),
            ),
        ),
        Item(
            "german.csv",
            "Land;Jahr;Direktinvestitionen (Mio. €);Veränderung (%)\nBayern;2022;1.234,5;4,5\nHessen;2022;987,0;-3,2\n".encode(
                "cp1252"
            ),
            Readable("german", None, ("1.234,5",), ((1.2345e9, "EUR", "2022"), (-3.2, "percent", "2022"))),
        ),
        Item(
            "quarters.tsv",
            b"region\tyear\tquarter\tprojects signed\nNorth\t2022\t1\t120\nNorth\t2022\t2\t140\n",
            Readable("quarters", None, ("North | year 2022 | quarter 2",), ((140, "projects", "2022-Q2"),)),
        ),
        Item(
            "wide-zh.xlsx",
            workbook(
                (
                    "数据",
                    [
                        ["指标", "2021年", "2022年"],
                        ["实际使用外资（亿美元）", 33.6, 36.8],
                        ["新设企业（家）", 1980, 2140],
                    ],
                )
            ),
            Readable(
                "wide-zh",
                None,
                ("实际使用外资（亿美元） | 2021年: 33.6 | 2022年: 36.8",),
                ((36.8e8, "USD", "2022"), (2140, "enterprises", "2022")),
            ),
        ),
        Item(
            "headed.xlsx",
            workbook(("Data", two_heads), change=headed),
            Readable(
                "Riverton, main indicators",
                None,
                ("FDI | 2022 Amount (USD million): 4810 | 2022 Growth: 7.3%",),
                ((4.81e9, "USD", "2022"), (7.3, "percent", "2022")),
            ),
        ),
        Item(
            "sheets.xlsx",
            workbook(
                ("FDI", [["Year", "FDI (USD million)"], [2021, 4483], [2022, 4810]]),
                ("Exports", [["Year", "Exports (USD million)"], [2022, 9120.5]]),
            ),
            Readable(
                "sheets",
                None,
                ("Year 2022 | Exports (USD million): 9120.5",),
                ((4.81e9, "USD", "2022"), (9.1205e9, "USD", "2022")),
            ),
        ),
        Item(
            "columns.parquet",
            parquet(
                {"country": ["China", "Germany"], "time_period": ["2022", "2022"], "FDI (USD billion)": [189.1, 27.4]}
            ),
            Readable(
                "columns", None, ("Germany | time_period 2022",), ((1.891e11, "USD", "2022"), (2.74e10, "USD", "2022"))
            ),
        ),
        Item(
            "sdmx.csv",
            b"DATAFLOW,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS\n"
            b"STAT:FDI(1.0),A,CN,FDI,2021,181,USD,9,A\nSTAT:FDI(1.0),A,CN,FDI,2022,189.1,USD,9,P\n",
            Readable("sdmx", None, ("OBS_VALUE: 189.1",), ((1.891e11, "USD", "2022"),)),
        ),
        Item(
            "generic.xml",
            sdmx_generic(),
            Readable("FDI FLOWS", None, ("OBS_VALUE: 189.1",), ((1.891e11, "USD", "2022"),)),
        ),
        Item(
            "specific.xml", sdmx_specific(), Readable("FDI FLOWS", None, ("OBS_VALUE: 10",), ((1e7, "EUR", "2022-Q1"),))
        ),
        Item(
            "mapped.csv",
            b"a,b\n2021,4483\n2022,4810\n",
            Readable("mapped", None, ("4810",), ((4.81e9, "USD", "2022"),)),
            beside=mapped,
        ),
        Item("locked.xlsx", ole + "EncryptedPackage".encode("utf-16-le"), Unreadable("locked by a password")),
        Item("doubtful.csv", b"name,x\nalpha,17\nbeta,20\n", Unreadable("nothing says which period")),
        Item("cut.xlsx", book[: len(book) // 2], Unreadable("damaged")),
    ]


def items() -> list[Item]:
    """All sixty."""
    return [*pages(), *pdfs(), *words(), *tables()]


def write(folder: Path) -> list[Item]:
    """Write them into a folder."""
    made = items()
    for item in made:
        (folder / item.name).write_bytes(item.data)
        if item.beside:
            (folder / f"{item.name}.map.toml").write_text(item.beside, encoding="utf-8")
    return made
