"""The page about the bots says what is: its example runs, and it names every setting and command."""

import asyncio
import re
import sys
from pathlib import Path

from api.bots.commands import HELP
from assistant.settings import Settings
from tests.api.bots.conftest import ToldAssistant, serving

PAGE = (Path(__file__).parents[3] / "docs" / "bots.md").read_text(encoding="utf-8")


async def test_the_webhooks_example_runs(settings: Settings, told: ToldAssistant, tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert settings.webhook_secret is not None
    async with serving(settings, told) as url:
        text = example.replace("https://tally.example.org", url)
        text = text.replace("whsec_...", settings.webhook_secret.get_secret_value())
        script = tmp_path / "example.py"
        script.write_text(text)
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(script), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    assert out.decode().startswith("**8,512 projects** landed in 2023")


def test_every_setting_and_command_is_named() -> None:
    for name in (
        "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "TALLY_MATTERMOST_TOKEN",
        "TALLY_MATTERMOST_WEBHOOK_URL", "TALLY_WEBHOOK_SECRET", "TALLY_RETENTION_DAYS",
    ):  # fmt: skip
        assert name in PAGE, name
    for line in HELP[1:]:
        assert f"/tally {line.split()[0].rstrip(':')}" in PAGE
