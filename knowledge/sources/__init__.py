"""Sources: files and addresses become drafts of notices.

The registry maps a file's suffix to its reader, a function `(data: bytes, source: str) -> Draft` that raises
SourceError on what it cannot read. Readers are named, not imported: a heavy parser loads when its first file comes.
To add a format, write its reader in a file of its own beside this one and add one line to FORMATS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from knowledge.errors import SourceError
from knowledge.sources import sandbox, sniff
from knowledge.sources.draft import Draft
from knowledge.sources.mapping import Unmapped, beside
from knowledge.sources.model import Model

Reader = Callable[[bytes, str], Draft]
MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one kind are read: `module:function`, the size above which they are refused, and whether a child
    process with limits parses them."""

    reader: str
    max_bytes: int = 10 * MEGABYTE
    guarded: bool = False

    def load(self) -> Reader:
        module, _, function = self.reader.partition(":")
        reader: Reader = getattr(import_module(module), function)
        return reader


FORMATS: dict[str, Format] = {
    ".txt": Format("knowledge.sources.text:read"),
    ".text": Format("knowledge.sources.text:read"),
    ".md": Format("knowledge.sources.markdown:read"),
    ".markdown": Format("knowledge.sources.markdown:read"),
    ".html": Format("knowledge.sources.html:read", guarded=True),
    ".htm": Format("knowledge.sources.html:read", guarded=True),
    ".xhtml": Format("knowledge.sources.html:read", guarded=True),
    ".pdf": Format("knowledge.sources.pdf:read", 50 * MEGABYTE, guarded=True),
    ".docx": Format("knowledge.sources.docx:read", 50 * MEGABYTE, guarded=True),
    ".csv": Format("knowledge.sources.tabular:read", 200 * MEGABYTE),
    ".tsv": Format("knowledge.sources.tabular:read_tsv", 200 * MEGABYTE),
    ".xlsx": Format("knowledge.sources.tabular:read_xlsx", 100 * MEGABYTE),
    ".xlsm": Format("knowledge.sources.tabular:read_xlsx", 100 * MEGABYTE),
    ".parquet": Format("knowledge.sources.tabular:read_parquet", 200 * MEGABYTE),
    ".xml": Format("knowledge.sources.tabular:read_sdmx", 100 * MEGABYTE),
}


def is_address(source: str) -> bool:
    """Whether a source is a web address rather than a path."""
    return source.lower().startswith(("http://", "https://"))


def suffix(source: str) -> str:
    """The lower-case suffix of a path or address, "" where it has none."""
    path = urlsplit(source).path if is_address(source) else source
    return PurePosixPath(path.replace("\\", "/")).suffix.lower()


def format_of(source: str, kind: str | None = None) -> Format:
    """The format of a source by its suffix, or by `kind`. Raises SourceError that names the suffixes known."""
    claimed = kind or suffix(source)
    found = FORMATS.get(claimed)
    if found is None:
        raise SourceError(source, f"files of kind {claimed or 'no suffix'!r} are not read", f"known are {known()}")
    return found


def known() -> str:
    """The suffixes that are read, for messages."""
    return " ".join(sorted(FORMATS))


def read(data: bytes, source: str, *, kind: str | None = None, model: Model | None = None) -> Draft:
    """The draft of one document. `kind` is a suffix that overrules the source's own, for addresses.

    A `model` is asked only for tables that cannot be mapped and for scanned pages. Raises SourceError where the kind is
    not known, the data too large, empty, or not what its suffix says.
    """
    form = format_of(source, kind)
    if len(data) > form.max_bytes:
        raise too_large(source, len(data), form)
    if not data.strip():
        raise SourceError(source, "is empty")
    form = format_of(source, sniff.kind_of(data, kind or suffix(source), source))
    draft = sandbox.shared().draft(form.reader, data, source) if form.guarded else _plain(form, data, source, model)
    return _completed(draft, data, source, model) if draft.scanned else draft


def _plain(form: Format, data: bytes, source: str, model: Model | None) -> Draft:
    """What a reader of this process makes of the data; a table that it cannot map, by the model's mapping."""
    try:
        return form.load()(data, source)
    except Unmapped as unmapped:
        if model is None:
            raise
        from knowledge.sources import proposing

        return proposing.read(data, unmapped, model)


def _completed(draft: Draft, data: bytes, source: str, model: Model | None) -> Draft:
    from knowledge.sources import transcribing

    return transcribing.completed(draft, data, source, model)


def companion(source: str) -> bytes:
    """What lies beside a file and decides how it is read: a table's mapping; b"" where there is none."""
    kept = beside(source)
    return kept.read_bytes() if not is_address(source) and kept.is_file() else b""


def too_large(source: str, size: int, form: Format) -> SourceError:
    """The error for a file above its format's limit."""
    limit = form.max_bytes / MEGABYTE
    return SourceError(source, f"is too large ({size / MEGABYTE:.0f} MB; the limit is {limit:.0f} MB)", "split it")
