"""The OpenAPI document: what FastAPI writes, with problem documents among its schemas."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import ProblemDocument

_REFERENCE = "#/components/schemas/{model}"


def install(app: FastAPI) -> None:
    """Make `/openapi.json` say what the API really answers."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _written(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to change the document


def _written(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
    )
    problem = ProblemDocument.model_json_schema(ref_template=_REFERENCE)
    schemas = document["components"]["schemas"]
    schemas.update(problem.pop("$defs"))
    schemas["ProblemDocument"] = problem
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return document
