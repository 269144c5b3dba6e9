"""German compounds taken apart: "Industrieinvestitionen" are investments of industry."""

from collections.abc import Callable, Mapping

SHORTEST_HEAD, SHORTEST_MODIFIER = 5, 3  # letters
LINKS = ("s", "es", "n", "en")  # between the parts
Phrases = Mapping[str, Mapping[tuple[str, ...], str]]


def split(word: str, phrases: Phrases, stem: Callable[[str], str]) -> tuple[str, str] | None:
    """(what stands in front, the concept of the last part) of a compound in lower case, None for any other word."""
    for cut in range(SHORTEST_MODIFIER, len(word) - SHORTEST_HEAD + 1):
        key = stem(word[cut:])
        if len(key) >= SHORTEST_HEAD and (key,) in phrases.get(key, {}):
            return word[:cut].rstrip("-"), phrases[key][(key,)]
    return None


def modifier(front: str, phrases: Phrases, stem: Callable[[str], str]) -> str:
    """The term of a compound's first part: a concept, with or without what links it, else its stem."""
    ends = [link for link in LINKS if front.endswith(link) and len(front) - len(link) >= SHORTEST_MODIFIER]
    for form in (front, *(front.removesuffix(link) for link in ends)):
        key = stem(form)
        if (key,) in phrases.get(key, {}):
            return f"c:{phrases[key][(key,)]}"
    return f"w:{stem(front.removesuffix('s'))}"
