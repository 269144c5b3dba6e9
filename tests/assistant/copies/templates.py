"""Notices with holes for names and numbers, and questions whose answers are worked out from what fills them.

The same question over many copies tells whether a rule reads the language or remembers a notice.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.assistant.copies.draws import Draw

Number = Callable[[Draw], float]


@dataclass(frozen=True)
class Asked:
    """A question over a copy: `turns` before it, the number it wants (None: it must be refused), in a unit."""

    kind: str
    question: str
    number: Number | None
    unit: str = ""
    turns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """One notice with holes. `published` is the month and day, of the year after the reported one."""

    name: str
    title: str
    text: str
    asked: tuple[Asked, ...]
    published: str = "02-16"


FORUM = Template(
    "forum",
    "{city} counts its {programme} projects of {year}",
    """\
The {programme} programme of {city} held its yearly forum on Thursday.

According to the organisers, {new:,} new projects joined the programme's database in {year}, {growth} percent \
more than \
in {last}. Their expected investment comes to {invested} billion yuan (${dollars} billion).

By the end of {year}, {landed:,} of the projects had landed, a landing rate of over {rate} percent. \
{foreign:,} of the new projects were foreign-funded.

In {next}, {city} aims to add {goal:,} new projects to the database.
""",
    (
        Asked("lookup", "How many new projects joined the database in {year}?", lambda d: d.new, "projects"),
        Asked("lookup", "{city} {year}: number of projects that landed", lambda d: d.landed, "projects"),
        Asked("lookup", "What was the landing rate in {city} in {year}?", lambda d: d.rate, "percent"),
        Asked("lookup", "how many of the {year} projects are foreign funded", lambda d: d.foreign, "projects"),
        Asked("currency", "expected investment of the {year} projects in dollars?", lambda d: d.dollars * 1e9, "USD"),
        Asked("currency", "And what is the expected investment in yuan?", lambda d: d.invested * 1e9, "CNY"),
        Asked("growth", "By how much did new projects grow in {year}?", lambda d: d.growth, "percent"),
        Asked(
            "implied", "How many new projects were there in {last}?", lambda d: d.new / (1 + d.growth / 100), "projects"
        ),
        Asked("target", "What is the goal for new projects in {next}?", lambda d: d.goal, "projects"),
        Asked(
            "target",
            "How many more new projects than in {year} does {city} want in {next}?",
            lambda d: d.goal - d.new,
            "projects",
        ),
        Asked(
            "share",
            "What percentage of the new projects of {year} were foreign-funded?",
            lambda d: d.foreign / d.new * 100,
            "percent",
        ),
        Asked("share", "What share of the new projects landed, exactly?", lambda d: d.landed / d.new * 100, "percent"),
        Asked("remainder", "How many of the {year} projects did not land?", lambda d: d.new - d.landed, "projects"),
        Asked(
            "average",
            "average expected investment per new project in yuan",
            lambda d: d.invested * 1e9 / d.new,
            "CNY per project",
        ),
        Asked("rate", "Which exchange rate do the two amounts imply?", lambda d: d.invested / d.dollars, "CNY per USD"),
        Asked(
            "follow_up",
            "and how many were foreign-funded?",
            lambda d: d.foreign,
            "projects",
            ("How many new projects joined in {year}?",),
        ),
        Asked(
            "follow_up", "and the goal for the next year?", lambda d: d.goal, "projects", ("New projects in {year}?",)
        ),
        Asked("refusal", "How many new projects were there in 1987?", None),
        Asked("refusal", "How many hospitals were built in {city} in {year}?", None),
    ),
)
HALF = Template(
    "half-year",
    "{city} uses more foreign capital in first half of {year}",
    """\
{city}'s actual use of foreign capital reached ${used} billion in the first half of {year}, up {growth} \
percent year on \
year, the city's bureau of commerce said.

A total of {new:,} foreign-invested companies were set up in the period, down {fall} percent from a year earlier.

Investment from {ca}, {cb} and {cc} rose {a} percent, {b} percent and {c} percent, respectively. The {sa} sector \
accounted for {p1} percent of the total and {sb} for {p2} percent.

By the end of June {year}, {stock:,} foreign-invested companies operated in {city}.
""",
    (
        Asked(
            "lookup",
            "How much foreign capital did {city} use in the first half of {year}?",
            lambda d: d.used * 1e9,
            "USD",
        ),
        Asked("lookup", "fdi {city} h1 {year}", lambda d: d.used * 1e9, "USD"),
        Asked("lookup", "How many foreign-invested companies were set up in H1 {year}?", lambda d: d.new, "companies"),
        Asked("growth", "growth of foreign capital use, first half {year}?", lambda d: d.growth, "percent"),
        Asked("growth", "By what percentage did newly set up foreign companies fall?", lambda d: -d.fall, "percent"),
        Asked(
            "respectively",
            "How fast did investment from {cb} grow in the first half of {year}?",
            lambda d: d.b,
            "percent",
        ),
        Asked("respectively", "{cc} investment growth {year} H1", lambda d: d.c, "percent"),
        Asked("share", "What share of the total went to {sb}?", lambda d: d.p2, "percent"),
        Asked("sum", "What share do {sa} and {sb} have together?", lambda d: d.p1 + d.p2, "percent"),
        Asked(
            "points",
            "How many percentage points faster did investment from {ca} grow than from {cb}?",
            lambda d: d.a - d.b,
            "percentage points",
        ),
        Asked(
            "stock",
            "How many foreign-invested companies were there in {city} at the end of June?",
            lambda d: d.stock,
            "companies",
        ),
        Asked(
            "implied",
            "How much foreign capital was used in the first half of {last}?",
            lambda d: d.used * 1e9 / (1 + d.growth / 100),
            "USD",
        ),
        Asked(
            "product",
            "How much of the foreign capital went to {sa}, in dollars?",
            lambda d: d.used * 1e9 * d.p1 / 100,
            "USD",
        ),
        Asked(
            "follow_up",
            "and from {cc}?",
            lambda d: d.c,
            "percent",
            ("How much did investment from {ca} grow in H1 {year}?",),
        ),
        Asked("refusal", "How much foreign capital did {city} use in the first half of 2003?", None),
        Asked("refusal", "What is the unemployment rate of {city}?", None),
    ),
    "07-19",
)
YEARS = Template(
    "years",
    "{city} invest: results for {year}",
    """\
Invest {city}, the region's agency, supported {s4} investment projects in {year}, which will create {jobs:,} jobs.

Year Projects

{y4} {s1}

{y3} {s2}

{last} {s3}

{year} {s4}

The largest source of projects in {year} was {ca} with {p1} projects, followed by {cb} with {p2} and {cc} with {p3}.

For {next} the agency has set itself a target of {c} projects in {sa}.
""",
    (
        Asked("lookup", "How many projects did Invest {city} support in {y3}?", lambda d: d.s2, "projects"),
        Asked("lookup", "jobs created by the {year} projects?", lambda d: d.jobs, "jobs"),
        Asked(
            "growth",
            "By what percentage did projects change from {y4} to {year}?",
            lambda d: (d.s4 / d.s1 - 1) * 100,
            "percent",
        ),
        Asked(
            "difference", "How many more or fewer projects in {year} than in {last}?", lambda d: d.s4 - d.s3, "projects"
        ),
        Asked(
            "sum",
            "How many projects were supported from {y4} to {year} in total?",
            lambda d: d.s1 + d.s2 + d.s3 + d.s4,
            "projects",
        ),
        Asked(
            "average",
            "average number of projects a year, {y4}-{year}?",
            lambda d: (d.s1 + d.s2 + d.s3 + d.s4) / 4,
            "projects",
        ),
        Asked("average", "jobs per project in {year}", lambda d: d.jobs / d.s4, "jobs per project"),
        Asked(
            "extremum",
            "What was the highest number of projects in a year?",
            lambda d: max(d.s1, d.s2, d.s3, d.s4),
            "projects",
        ),
        Asked("counterpart", "How many projects came from {cb} in {year}?", lambda d: d.p2, "projects"),
        Asked("share", "What share of the {year} projects came from {ca}?", lambda d: d.p1 / d.s4 * 100, "percent"),
        Asked("target", "How many {sa} projects does the agency aim for in {next}?", lambda d: d.c, "projects"),
        Asked(
            "follow_up",
            "and in {last}?",
            lambda d: d.s3,
            "projects",
            ("How many projects did Invest {city} support in {year}?",),
        ),
        Asked(
            "sum", "How many projects came from {ca}, {cb} and {cc} together?", lambda d: d.p1 + d.p2 + d.p3, "projects"
        ),
        Asked("refusal", "How many projects came from Iceland in {year}?", None),
    ),
    "03-04",
)
CHINESE = Template(
    "公报",
    "{year}年{shi}利用外资情况",
    """\
{year}年，{shi}实际使用外资{used}亿美元，同比增长{growth}%；新设外商投资企业{new}家，同比下降{fall}%。

其中，{ya}实际使用外资占全市的{p1}%，{yb}占{p2}%。{za}、{zb}、{zc}对{shi}投资分别增长{a}%、{b}%和{c}%。

全年新签约项目{stock}个，其中{landed}个已落地，预计总投资{invested}亿元。

{next}年，{shi}计划新签约项目{goal}个。
""",
    (
        Asked("lookup", "{year}年{shi}实际使用外资多少？", lambda d: d.used * 1e8, "USD"),
        Asked("lookup", "{shi}{year}年新设多少家外资企业？", lambda d: d.new, "enterprises"),
        Asked("lookup", "{year}年签约项目预计总投资是多少", lambda d: d.invested * 1e8, "CNY"),
        Asked("growth", "{year}年实际使用外资同比增长多少？", lambda d: d.growth, "percent"),
        Asked("growth", "新设外商投资企业下降了多少？", lambda d: -d.fall, "percent"),
        Asked("respectively", "{zb}对{shi}的投资增长了多少？", lambda d: d.b, "percent"),
        Asked("share", "{yb}占全市实际使用外资的比重是多少？", lambda d: d.p2, "percent"),
        Asked("implied", "{last}年{shi}实际使用外资是多少？", lambda d: d.used * 1e8 / (1 + d.growth / 100), "USD"),
        Asked("target", "{next}年计划新签约多少个项目？", lambda d: d.goal, "projects"),
        Asked("sum", "{ya}和{yb}合计占比多少？", lambda d: d.p1 + d.p2, "percent"),
        Asked("follow_up", "那{zc}呢？", lambda d: d.c, "percent", ("{za}对{shi}投资增长多少？",)),
        Asked("english", "How much foreign capital did the city use in {year}?", lambda d: d.used * 1e8, "USD"),
        Asked("refusal", "1995年{shi}实际使用外资多少？", None),
    ),
    "01-22",
)
GERMAN = Template(
    "Bilanz",
    "Ansiedlungsbilanz {year} für {stadt}",
    """\
Im Jahr {year} hat die Wirtschaftsförderung {stadt} {s4} Ansiedlungsprojekte begleitet, ein Plus von \
{growth_de} Prozent \
gegenüber dem Vorjahr. Dadurch entstehen {jobs_de} Arbeitsplätze.

Das Investitionsvolumen betrug {invested} Millionen Euro. Davon entfielen {p1} Prozent auf die Logistik und \
{p2} Prozent \
auf die Chemie.

Für {next} strebt die Wirtschaftsförderung {goal_de} Ansiedlungsprojekte an.
""",
    (
        Asked("lookup", "Wie viele Ansiedlungsprojekte gab es {year} in {stadt}?", lambda d: d.s4, "projects"),
        Asked("lookup", "Wie hoch war das Investitionsvolumen {year}?", lambda d: d.invested * 1e6, "EUR"),
        Asked("lookup", "Wie viele Arbeitsplätze entstehen?", lambda d: d.jobs, "jobs"),
        Asked(
            "growth",
            "Um wie viel Prozent ist die Zahl der Ansiedlungsprojekte {year} gestiegen?",
            lambda d: d.growth,
            "percent",
        ),
        Asked("share", "Welcher Anteil des Investitionsvolumens entfiel auf die Chemie?", lambda d: d.p2, "percent"),
        Asked("average", "Wie viele Arbeitsplätze je Projekt sind das?", lambda d: d.jobs / d.s4, "jobs per project"),
        Asked("target", "Wie viele Ansiedlungsprojekte sind für {next} geplant?", lambda d: d.goal, "projects"),
        Asked(
            "implied",
            "Wie viele Ansiedlungsprojekte waren es {last}?",
            lambda d: d.s4 / (1 + d.growth / 100),
            "projects",
        ),
        Asked("refusal", "Wie viele Ansiedlungsprojekte gab es 1991?", None),
    ),
    "01-30",
)
FRENCH = Template(
    "bilan",
    "Bilan {year} des investissements à {ville}",
    """\
En {year}, {ville} a accueilli {s4} projets d'investissement étrangers, soit une hausse de {growth_fr} % par rapport à \
{last}. Ces projets doivent créer {jobs_fr} emplois.

Le montant total des investissements s'élève à {invested} millions d'euros. La logistique représente {p1} % \
de ce montant \
et la santé {p2} %.

Pour {next}, l'agence vise {goal_fr} projets.
""",
    (
        Asked(
            "lookup",
            "Combien de projets d'investissement {ville} a-t-elle accueillis en {year} ?",
            lambda d: d.s4,
            "projects",
        ),
        Asked("lookup", "Quel est le montant total des investissements en {year} ?", lambda d: d.invested * 1e6, "EUR"),
        Asked("lookup", "Combien d'emplois ces projets doivent-ils créer ?", lambda d: d.jobs, "jobs"),
        Asked("growth", "De combien le nombre de projets a-t-il augmenté en {year} ?", lambda d: d.growth, "percent"),
        Asked("share", "Quelle part du montant revient à la santé ?", lambda d: d.p2, "percent"),
        Asked("average", "Combien d'emplois par projet en {year} ?", lambda d: d.jobs / d.s4, "jobs per project"),
        Asked("target", "Quel est l'objectif de projets pour {next} ?", lambda d: d.goal, "projects"),
        Asked("implied", "Combien de projets en {last} ?", lambda d: d.s4 / (1 + d.growth / 100), "projects"),
        Asked("refusal", "Combien de projets en 1989 ?", None),
    ),
    "02-08",
)
TEMPLATES = (FORUM, HALF, YEARS, CHINESE, GERMAN, FRENCH)
