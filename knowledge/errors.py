"""The errors of Tally, by who must act.

    TallyError
    ├── AskerError        the person who asked or gave a file: the message is shown as it stands
    │   ├── SourceError   a file or address cannot be read
    │   └── NotFound      an id or name that is not known
    ├── OperatorError     configuration or environment: whoever runs Tally
    └── ModelError        the model's draft or tool call: goes back to it with the reason

Each message names the value and the remedy. Anything else that is raised is a bug of ours.
"""


class TallyError(Exception):
    """Root of all expected errors; `str(error)` is one clear line."""


class AskerError(TallyError):
    """The asker can put it right."""


class SourceError(AskerError):
    """A file or an address cannot be read as a notice or a table."""

    def __init__(self, source: str, reason: str, remedy: str = "") -> None:
        super().__init__(f"{source}: {reason}" + (f"; {remedy}" if remedy else ""))
        self.source, self.reason, self.remedy = source, reason, remedy


class NotFound(AskerError):
    """Nothing is known under that id or name."""


class OperatorError(TallyError):
    """Whoever runs Tally can put it right: a setting, a folder, a service."""


class ModelError(TallyError):
    """The model can put it right: a wrong handle, a unit error, an unsupported number."""
