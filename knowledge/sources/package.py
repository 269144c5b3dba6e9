"""Zip packages (DOCX, XLSX) looked at before a parser opens them: locked, damaged, or a bomb."""

import io
import zipfile

from knowledge.errors import SourceError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MAX_UNPACKED = 512 << 20
_MAX_RATIO, _RATIO_FROM = 200, 16 << 20
_MAX_MEMBERS = 20_000


def check(data: bytes, source: str) -> None:
    """Raise SourceError unless `data` is a zip package of sane size."""
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise SourceError(source, "is locked by a password", "save a copy without it")
        raise SourceError(source, "is an old binary Office file", "save it as .docx or .xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        raise SourceError(source, "is damaged: no readable package", "fetch or export it again") from None
    unpacked = sum(member.file_size for member in members)
    if len(members) > _MAX_MEMBERS or unpacked > _MAX_UNPACKED:
        raise SourceError(source, f"unpacks to {unpacked >> 20} MB in {len(members)} parts: too large", "split it")
    for member in members:
        if member.file_size > _RATIO_FROM and member.file_size > _MAX_RATIO * max(member.compress_size, 1):
            raise SourceError(source, f"part {member.filename!r} is packed suspiciously tight", "export it again")


def kind(data: bytes) -> str:
    """ ".docx", ".xlsx" or "" by the parts of the package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()[:5000]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return ""
    if any(name.startswith("word/") for name in names):
        return ".docx"
    return ".xlsx" if any(name.startswith("xl/") for name in names) else ""
