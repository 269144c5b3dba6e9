"""Every setting, read from the environment in this one place and injected everywhere else."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.errors import OperatorError


class Settings(BaseSettings):
    """Settings of Tally: `TALLY_<NAME>` in the environment. Secrets never print."""

    model_config = SettingsConfigDict(env_prefix="TALLY_", extra="ignore", frozen=True, populate_by_name=True)

    # knowledge
    home: Path = Field(default_factory=lambda: platformdirs.user_data_path("tally", appauthor=False))
    database_url: str | None = None
    chroma_url: str | None = None
    embedder: Literal["minilm", "openai", "none"] = "minilm"
    embedding_model: str = "text-embedding-3-small"
    catalogue: Path | None = None
    sources_model: str | None = None  # a chat model asked for hard tables and scanned pages; None: nobody
    ledger_model: str | None = None  # a chat model that reads every notice a second time; None: nobody
    # the model
    openai_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("OPENAI_API_KEY", "TALLY_OPENAI_API_KEY", "openai_api_key")
    )
    openai_base_url: str | None = Field(
        default=None, validation_alias=AliasChoices("OPENAI_BASE_URL", "TALLY_OPENAI_BASE_URL", "openai_base_url")
    )
    model: str = "gpt-5-mini"
    budget_seconds: float = 30.0
    tool_calls: int = 6
    disagreement: Literal["warn", "abstain"] = "warn"
    # surfaces
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    log_level: str = "WARNING"
    log_chat: bool = False
    cors_origins: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    require_key: bool | None = None  # None: only when bound to more than loopback
    anonymous_sessions: bool = False  # where keys are required: whether a visitor may ask and read without one
    trusted_proxies: tuple[str, ...] = ()  # addresses whose X-Forwarded-For is believed
    rate_limit_per_minute: int = 120
    max_body_bytes: int = 1_000_000
    request_timeout_seconds: float = 60.0
    retention_days: int = 30
    telemetry: bool = False  # spans by OpenTelemetry, sent where the OTEL_ variables say
    # bots
    slack_signing_secret: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("SLACK_SIGNING_SECRET", "slack_signing_secret")
    )
    slack_bot_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("SLACK_BOT_TOKEN", "slack_bot_token")
    )
    slack_app_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("SLACK_APP_TOKEN", "slack_app_token")
    )
    slack_api_url: str = "https://slack.com/api/"
    mattermost_token: SecretStr | None = None
    mattermost_webhook_url: SecretStr | None = None
    webhook_secret: SecretStr | None = None
    # fetching
    allow_private_addresses: bool = False
    sync_minutes: int = 0  # how often `serve` brings watched places up to date; 0 leaves it to `tally sync`

    @property
    def has_llm(self) -> bool:
        """Whether a chat model is configured; without one the embedded planner answers."""
        return self.openai_api_key is not None or self.openai_base_url is not None


@lru_cache(maxsize=1)
def load() -> Settings:
    """The process's settings. Raises OperatorError that names the variable and the value's fault."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        raise OperatorError(f"setting {'.'.join(map(str, first['loc']))}: {first['msg']}; see the README") from None
