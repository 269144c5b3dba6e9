"""The tables of the SQL store.

Other packages keep their own rows beside these: define a `Table` on this `metadata` in the module that owns it, create
it with `store.create(table)` when the owner starts, and write through `store.write()`, which leaves the library's
version alone. `tally backup` carries every table of the database.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA = 1

metadata = MetaData()

# Counters and stamps: schema, version.
meta = Table("meta", metadata, Column("key", String(64), primary_key=True), Column("value", Integer, nullable=False))

# What was given to `tally add`. Several sources may hold the same notice.
sources = Table(
    "sources",
    metadata,
    Column("source", Text, primary_key=True),
    Column("collection", String(200), primary_key=True),
    Column("notice_id", String(64), nullable=False, index=True),
    Column("file_hash", String(64), nullable=False),
    Column("added_at", DateTime, nullable=False),
)

# Current notices, and former versions (`retired_at` set) so that what was first published can still be shown.
notices = Table(
    "notices",
    metadata,
    Column("notice_id", String(64), primary_key=True),
    Column("source", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("published", Date),
    Column("url", Text),
    Column("section", Text),
    Column("collection", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("pages", JSON, nullable=False),
    Column("retired_at", DateTime),
)

# `terms` are the words of the lexical index, made once; `terms_version` says by which rules.
passages = Table(
    "passages",
    metadata,
    Column("passage_id", String(80), primary_key=True),
    Column("notice_id", String(64), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("terms", Text, nullable=False),
    Column("terms_version", Integer, nullable=False),
)

# float32, little endian. The vector index is made from these.
vectors = Table(
    "vectors",
    metadata,
    Column("passage_id", String(80), primary_key=True),
    Column("embedder", String(100), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

# Figures as extracted; corrections are laid over them when they are read, never written into them. A figure keeps its
# id from one version of its notice to the next where token and place stay.
figures = Table(
    "figures",
    metadata,
    Column("figure_id", String(80), primary_key=True),
    Column("notice_id", String(64), primary_key=True, index=True),
    Column("indicator", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("value", Float(53), nullable=False),
    Column("unit", String(100), nullable=False),
    Column("published_as", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("ref_area", Text, nullable=False),
    Column("dimensions", JSON, nullable=False),
    Column("time_period", String(64), nullable=False),
    Column("qualifier", String(16), nullable=False),
    Column("scenario", String(16), nullable=False),
    Column("change_kind", String(16), nullable=False),
    Column("base_period", String(64)),
    Column("relates_to", Text),
    Column("comparable_basis", Boolean, nullable=False),
    Column("obs_status", String(16), nullable=False),
    Column("mentions", JSON, nullable=False),
    Column("extracted_by", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("cell", Text),
)

# What people changed, kept whatever becomes of the notice.
corrections = Table(
    "corrections",
    metadata,
    Column("correction_id", Integer, primary_key=True, autoincrement=True),
    Column("figure_id", String(80), nullable=False, index=True),
    Column("field", String(64), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("when", DateTime, nullable=False),
    Column("anchor_source", Text, nullable=False),
    Column("anchor_token", Text, nullable=False),
    Column("anchor_quote", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

# What the arithmetic does not bear out; made anew with each ingest. `notice_id` is "" across notices.
flags = Table(
    "flags",
    metadata,
    Column("flag_id", Integer, primary_key=True, autoincrement=True),
    Column("code", String(64), nullable=False),
    Column("figure_ids", JSON, nullable=False),
    Column("explanation", Text, nullable=False),
    Column("notice_id", String(64), nullable=False, index=True),
    Column("severity", String(16), nullable=False),
)

ingest_log = Table(
    "ingest_log",
    metadata,
    Column("entry_id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("source", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("notice_id", String(64), nullable=False),
    Column("figures", Integer, nullable=False),
    Column("reason", Text, nullable=False),
)

Index("figures_series", figures.c.indicator, figures.c.ref_area, figures.c.time_period)
