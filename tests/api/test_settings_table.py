"""The table of docs/settings.md holds every setting, its variable and its default."""

import json
import re
from pathlib import Path

from pydantic import AliasChoices

from assistant.settings import Settings

ROW = re.compile(r"^\| `([A-Z_]+)` \| (.+?) \| (.+) \|$", re.MULTILINE)
TABLE = {m[1]: (m[2], m[3]) for m in ROW.finditer(Path("docs/settings.md").read_text(encoding="utf-8"))}


def variable(name, field):
    """The variable that the documentation names."""
    alias = field.validation_alias
    return alias.choices[0] if isinstance(alias, AliasChoices) else f"TALLY_{name.upper()}"


def variables():
    return {variable(name, field).upper(): field for name, field in Settings.model_fields.items()}


def test_every_setting_is_documented_and_nothing_else():
    assert set(TABLE) == set(variables())


def test_the_defaults_are_those_of_the_program():
    for name, field in variables().items():
        written = TABLE[name][0]
        if field.default_factory is not None:
            assert "`" not in written, name
        elif field.default is None:
            assert written == "none", name
        elif isinstance(field.default, str):
            assert written == f"`{field.default}`", name
        else:
            assert written == f"`{json.dumps(field.default)}`", name


def test_every_variable_is_read(monkeypatch, tmp_path):
    monkeypatch.setenv("TALLY_HOME", str(tmp_path))
    monkeypatch.setenv("TALLY_CORS_ORIGINS", '["https://a.example"]')
    monkeypatch.setenv("TALLY_RETENTION_DAYS", "7")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    settings = Settings()
    assert (settings.home, settings.cors_origins, settings.retention_days) == (tmp_path, ("https://a.example",), 7)
    assert settings.has_llm and "sk-secret" not in repr(settings)
