"""A bot server of its own process, to be killed: python storm_server.py HOME SLACK_API_URL SECONDS_PER_ANSWER."""

import asyncio
import sys
from pathlib import Path

from pydantic import SecretStr

from assistant.settings import Settings
from knowledge.library import Library
from tests.api.bots.conftest import ToldAssistant, serving
from tests.fakes.slack_server import SECRET, TOKEN


async def main(home: Path, api_url: str, delay: float) -> None:
    settings = Settings(
        home=home,
        embedder="none",
        slack_signing_secret=SecretStr(SECRET),
        slack_bot_token=SecretStr(TOKEN),
        slack_api_url=api_url,
    )
    assistant = ToldAssistant(Library.open(home, embedder="none"), settings, delay=delay)
    async with serving(settings, assistant) as url:
        print(url, flush=True)
        await asyncio.Event().wait()


asyncio.run(main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])))
