"""What a running server holds: made once by the lifespan, injected into every route."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from api.charts import Charts
from api.keys import Access
from api.limits import Limits, Slots
from assistant.service import Assistant
from assistant.settings import Settings
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Services:
    """The parts that routes use."""

    settings: Settings
    assistant: Assistant
    library: Library
    access: Access
    charts: Charts
    slots: Slots
    limits: Limits


def services(request: Request) -> Services:
    """The server's services; they exist while the lifespan runs."""
    return cast(Services, request.app.state.services)


Served = Annotated[Services, Depends(services)]
