"""What the index keeps of a notice's passages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Indexed:
    """Terms of the lexical index, one string a passage, and with an embedder their vectors (float32, little endian)."""

    terms: tuple[str, ...]
    terms_version: int
    vectors: tuple[bytes, ...] = ()
    embedder: str = ""
