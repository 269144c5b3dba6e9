"""Retrieval measured: how fast notices are taken in and found, and how often the right one comes first.

python -m tests.bench.retrieval [NOTICES]      1,000 by default; 10,000 takes a few minutes
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.index import search
from knowledge.library import Library
from tests.bench.corpus import Corpus, Query, generate


def main(arguments: Sequence[str] = ()) -> None:
    """Print the measurements."""
    size = int(arguments[0]) if arguments else 1_000
    corpus = generate(size)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        corpus.write(home / "notices")
        print(f"{size} notices, {len(corpus.queries)} questions, half of them in other words than the notices'")
        words = _filled(home, "none", size)
        _measured("words alone", words, corpus)
        words.close()
        both = _filled(home, "minilm", size)
        _measured("words and vectors, Chroma", both, corpus)
        reader = Library.open(home / "minilm", own_index=False)
        _measured("words and vectors, in memory", reader, corpus)
        _weights(reader, corpus)
        reader.close()
        both.close()


def _filled(home: Path, embedder: str, size: int) -> Library:
    library = Library.open(home / embedder, embedder=embedder)
    seconds = _timed(lambda: library.add([str(home / "notices")]))
    again = _timed(lambda: library.add([str(home / "notices")]))
    print(
        f"{embedder:<7} taken in: {size / seconds:7.1f} notices/s; seen again unchanged: {size / again:8.0f} notices/s"
    )
    return library


def _measured(name: str, library: Library, corpus: Corpus) -> None:
    first = _timed(lambda: library.search("warm up"))
    times = []
    ranks = []
    for query in corpus.queries:
        begun = time.perf_counter()
        ranks.append(_rank(library, query))
        times.append(1000 * (time.perf_counter() - begun))
    print(f"{name:<30} first search {first:5.2f} s; then p50 {statistics.median(times):5.1f} ms, "
          f"p99 {sorted(times)[int(len(times) * 0.99)]:5.1f} ms; {_quality(corpus, ranks)}")  # fmt: skip


def _weights(library: Library, corpus: Corpus) -> None:
    """The fusion's weights, each against the right answers."""
    kept = search.DENSE_WEIGHT
    for weight in (0.0, 0.1, 0.2, 0.3, 0.4, 0.6):
        search.DENSE_WEIGHT = weight
        print(f"   dense weight {weight}: {_quality(corpus, [_rank(library, query) for query in corpus.queries])}")
    search.DENSE_WEIGHT = kept


def _rank(library: Library, query: Query) -> int:
    """The place of the right notice among the first ten, 0 where it is not among them."""
    names = [Path(hit.notice.source).name for hit in library.search(query.text, limit=10)]
    return names.index(query.answer) + 1 if query.answer in names else 0


def _quality(corpus: Corpus, ranks: Sequence[int]) -> str:
    def score(loose: bool) -> str:
        of = [rank for query, rank in zip(corpus.queries, ranks, strict=True) if query.loose == loose]
        reciprocal, found = statistics.mean(1 / r if r else 0.0 for r in of), statistics.mean(r > 0 for r in of)
        return f"MRR@10 {reciprocal:.3f} R@10 {found:.3f}"

    return f"their words {score(False)}, other words {score(True)}"


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(sys.argv[1:])
