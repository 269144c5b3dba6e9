"""Charts as pictures: Vega-Lite rendered by vl-convert in another process, for it keeps the interpreter's lock."""

import asyncio
import json
import multiprocessing
from collections import OrderedDict
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from hashlib import sha256
from typing import Any, Literal

from api.problems import Problem

Format = Literal["svg", "png"]
MEDIA_TYPES: dict[str, str] = {"svg": "image/svg+xml", "png": "image/png"}
_CACHED = 256
_SECONDS = 30.0


class Charts:
    """Renders and remembers. The process starts with the first chart and is replaced when it dies or hangs."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._cache: OrderedDict[str, bytes] = OrderedDict()

    async def render(self, chart: dict[str, Any], form: Format) -> bytes:
        """The picture of a Vega-Lite specification. Problem 503 where rendering fails or takes too long."""
        spec = json.dumps(chart, ensure_ascii=True, sort_keys=True)
        key = form + sha256(spec.encode()).hexdigest()
        if key not in self._cache:
            self._cache[key] = await self._rendered(spec, form)
            if len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        self._cache.move_to_end(key)
        return self._cache[key]

    def close(self) -> None:
        """End the rendering process."""
        if self._pool is not None:
            pool, self._pool = self._pool, None
            for process in list((pool._processes or {}).values()):  # a hung renderer does not end by itself
                process.kill()
            pool.shutdown(wait=True, cancel_futures=True)

    async def _rendered(self, spec: str, form: Format) -> bytes:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
        try:
            future = asyncio.get_running_loop().run_in_executor(self._pool, draw, spec, form)
            return await asyncio.wait_for(future, _SECONDS)
        except (BrokenProcessPool, TimeoutError):
            self.close()
            raise Problem(
                503, "the chart could not be drawn in time; try again", headers={"Retry-After": "2"}
            ) from None


def draw(spec: str, form: Format) -> bytes:
    """Render in this process. Nothing is fetched: `allowed_base_urls` is empty."""
    import vl_convert

    if form == "svg":
        return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])).encode()
    return bytes(vl_convert.vegalite_to_png(spec, scale=2, allowed_base_urls=[]))
