"""Kinds of fields that requests are made of: each says in the OpenAPI document what it takes, and takes no more."""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

_DAY = {"type": "string", "format": "date", "pattern": r"^(19|2[01])\d\d-\d\d-\d\d$", "examples": ["2024-03-01"]}
NO_NUL = r"^[^\x00]*$"


def _day(value: Any) -> Any:
    """Text alone, of a year that dates can be counted from: a number is no day."""
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str) or not "1900" <= value[:4] <= "2199":
        raise ValueError("write the day as YYYY-MM-DD, of a year from 1900 to 2199")
    return value


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema(_DAY)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]{1,100}$")]
Question = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=r"^[^\x00]*$")
]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][\w .-]{0,60}$")]
Short = Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)]
