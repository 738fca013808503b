"""How far the company is on its first steps."""

from dashboard import session
from dashboard.data import imports
from dashboard.kept import remembered
from dashboard.rhythm.first_steps import next_step, path
from pipelines.kpis.choice import chosen
from pipelines.kpis.hand_kept import incomplete
from pipelines.kpis.targets import list_targets
from pipelines.people.register import list_people
from pipelines.settings import FirstStep


@remembered
def first_steps() -> frozenset[FirstStep]:
    """Return which of the first steps are done.

    Whoever has walked the path to its end, the first meeting, is not led back to it by a KPI they
    choose later: then only what nothing works without counts as missing.
    """
    context = session.current()
    settings, files = context.workspace.settings, imports.imports()
    choices = chosen(context)
    steered = {one.key for one in choices}
    aimed_at = {target.key for target in list_targets(context)}
    walked = settings.meetings.first_on is not None
    answered_for = walked or all(one.responsible for one in choices)
    judged = bool(steered & aimed_at) if walked else steered <= aimed_at
    states = {
        FirstStep.COMPANY: settings.first_steps.company_checked,
        # people who only came with a file were looked at by nobody yet
        FirstStep.PEOPLE: settings.first_steps.people_checked
        and any(person.active for person in list_people(context)),
        FirstStep.FILES: bool(files),
        FirstStep.QUESTIONS: bool(files) and (walked or not incomplete(context)),
        FirstStep.KPIS: bool(choices) and answered_for,
        FirstStep.TARGETS: bool(steered) and judged,
        FirstStep.MEETING: walked,
    }
    return frozenset(step for step, is_done in states.items() if is_done)


@remembered
def begins() -> bool:
    """Tell whether something of the first steps is left to do."""
    skipped = session.current().workspace.settings.first_steps.skipped
    return next_step(path(first_steps(), skipped)) is not None
