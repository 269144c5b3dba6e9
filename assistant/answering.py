"""From a question to a checked Answer by the embedded planner alone: no network, no framework, one pass."""

import structlog

from assistant import gate
from assistant.answer import Answer
from assistant.composing import compose
from assistant.event import Event, Report
from assistant.question import Question
from assistant.tools import Toolbox
from assistant.understanding.plan import Plan
from assistant.wording.notes import note
from knowledge.errors import ModelError
from knowledge.known import Known

EMBEDDED = "embedded"
log = structlog.get_logger("tally.assistant")


def planned(question: Question, library: Known, report: Report) -> Answer:
    """The planner's answer; a refusal where its draft does not hold, which is logged as the bug it is."""
    from assistant.understanding.planner import plan

    found = plan(question, library)
    toolbox = toolbox_for(question, library)
    try:
        perform(found, toolbox, report)
        return composed(found, toolbox, question)
    except ModelError as error:
        log.error("the planner's draft does not hold", operation=found.operation, reason=str(error))
        return unverified(question, library, found.language)


def composed(found: Plan, toolbox: Toolbox, question: Question) -> Answer:
    """The answer of a plan whose calls have been run. ModelError where its draft does not hold."""
    if fault := gate.check(found.draft, gate.of(toolbox, question, found.language), prose=False):
        raise ModelError(fault)
    return compose(found, toolbox, question, EMBEDDED)


def perform(found: Plan, toolbox: Toolbox, report: Report) -> None:
    """Run a plan's calls, telling each step as it begins."""
    for call in found.calls:
        if words := step(call.name, call.args):
            report(Event("step", {"text": words, "tool": call.name}))
        toolbox.call(call.name, call.args)


def step(tool: str, args: dict[str, object]) -> str:
    """A tool call as the asker is told of it."""
    ids = args.get("figure_ids")
    match tool:
        case "search_notices":
            return "searching notices"
        case "find_figures":
            many = len(ids) if isinstance(ids, (list, tuple)) else 0
            return f"reading {many} figure{'s' if many > 1 else ''}" if many else "looking for figures"
        case "calculate":
            return "calculating"
        case "draw_chart":
            return "drawing a chart"
    return ""


def toolbox_for(question: Question, library: Known) -> Toolbox:
    """An empty toolbox that knows what the asker wrote."""
    asked = [turn.question for turn in question.turns]
    return Toolbox(library, question.collection, "\n".join([*asked, question.text]))


def unverified(question: Question, library: Known, language: str) -> Answer:
    """The refusal that says only that nothing could be verified."""
    found = Plan("refuse", "refused", note("unverified", language), language=language)
    return compose(found, toolbox_for(question, library), question, EMBEDDED)


def tell(answer: Answer, report: Report) -> None:
    """The verified parts of a finished answer, in order."""
    for row in answer.figures:
        report(Event("figure", row))
    for citation in answer.citations:
        report(Event("citation", citation.model_dump()))
