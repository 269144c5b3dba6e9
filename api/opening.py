"""The Library as the settings say: the one place where a face opens it."""

from assistant.settings import Settings
from assistant.source_model import SourceModel
from knowledge.errors import OperatorError
from knowledge.index.embedder import Embedder
from knowledge.library import Library


def open_library(settings: Settings, *, own_index: bool = True) -> Library:
    """Open the library of these settings. OperatorError where that cannot be done."""
    return Library.open(
        settings.home,
        database_url=settings.database_url,
        chroma_url=settings.chroma_url,
        embedder=embedder(settings),
        catalogue=settings.catalogue,
        own_index=own_index,
        allow_private_addresses=settings.allow_private_addresses,
        source_model=source_model(settings),
        ledger_model=_model("TALLY_LEDGER_MODEL", settings.ledger_model, settings),
    )


def source_model(settings: Settings) -> SourceModel | None:
    """The model that is asked for hard tables and scanned pages; None where the settings name none."""
    return _model("TALLY_SOURCES_MODEL", settings.sources_model, settings)


def _model(variable: str, name: str | None, settings: Settings) -> SourceModel | None:
    if name is None:
        return None
    if not settings.has_llm:
        raise OperatorError(f"{variable} needs OPENAI_API_KEY or OPENAI_BASE_URL; set it, or unset the model")
    return SourceModel(name, settings)


def embedder(settings: Settings) -> str | Embedder:
    """The embedder's name, or OpenAI's with the key and address of the settings."""
    if settings.embedder != "openai":
        return settings.embedder
    if not settings.has_llm:
        raise OperatorError("TALLY_EMBEDDER=openai needs OPENAI_API_KEY; set it, or choose minilm or none")
    from knowledge.index.remote import OpenAIEmbedder

    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
    return OpenAIEmbedder(settings.embedding_model, key, settings.openai_base_url)
