"""What people do with pacts, experiments and good practices."""

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.components.cards import Pressed
from dashboard.components.conflict import attempt_seen
from dashboard.components.experiment_form import NewExperiment
from dashboard.components.messages import attempt, say
from dashboard.components.pact_form import NewPact
from dashboard.components.practice_page import NewPractice
from dashboard.gestures.named import named
from dashboard.rhythm.improve import experiments, practices
from dashboard.rhythm.improve.experiment import Experiment, Outcome, Plan
from dashboard.rhythm.improve.practice import Practice
from dashboard.rhythm.pact import pacts
from dashboard.rhythm.pact.model import Draft, Pact, Terms, Trigger
from dashboard.text import Language, render
from pipelines.errors import Message, Refused, msg
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.definition import Unit
from pipelines.kpis.target_values import parse_change_value, parse_target_value

#: How the button that says a pact was kept is called by the page.
KEPT = "kept"


def write_pact(language: Language, new: NewPact) -> bool:
    """Write a pact; tell whether it was accepted."""

    def work() -> None:
        session.require(Capability.EDIT_PLAN)
        pacts.write_pact(session.current(), _draft(new))

    return attempt(language, work, msg("The pact holds from today on."))


def change_pact(language: Language, pact: Pact, new: NewPact) -> bool:
    """Write a pact otherwise; tell whether it was accepted."""

    def work(version: int) -> None:
        session.require(Capability.EDIT_PLAN)
        pacts.change_pact(session.current(), pact.pact_id, version, _draft(new))

    return attempt_seen(language, pact.version, work, msg("Saved."))


def end_pact(language: Language, pact: Pact) -> None:
    """Let a pact hold no longer."""

    def work(version: int) -> None:
        session.require(Capability.EDIT_PLAN)
        pacts.end_pact(session.current(), pact.pact_id, version)

    attempt_seen(language, pact.version, work, msg("The pact has ended; its record stays."))


def answer_pact(language: Language, pressed: Pressed) -> None:
    """Say whether a pact was kept when it fired."""

    def work(version: int) -> None:
        session.require(Capability.TAKE_PART)
        pacts.answer(
            session.current(),
            pressed.number,
            version,
            kept=pressed.key == KEPT,
            remark=pressed.note,
        )

    attempt_seen(language, pressed.version, work, msg("Noted."))


def start_experiment(language: Language, new: NewExperiment) -> bool:
    """Start an experiment; tell whether it was accepted."""

    def work() -> None:
        session.require(Capability.EDIT_PLAN)
        experiments.start_experiment(session.current(), _plan(new))

    accepted = attempt(language, work)
    if accepted:
        say(render(_started(new), language))
    return accepted


def change_experiment(language: Language, experiment: Experiment, new: NewExperiment) -> bool:
    """Describe an experiment otherwise; tell whether it was accepted."""

    def work(version: int) -> None:
        session.require(Capability.EDIT_PLAN)
        experiments.change_experiment(
            session.current(), experiment.experiment_id, version, _plan(new)
        )

    return attempt_seen(language, experiment.version, work, msg("Saved."))


def end_experiment(
    language: Language, experiment: Experiment, outcome: Outcome | None, conclusion: str
) -> bool:
    """End an experiment; tell whether it was accepted."""

    def work(version: int) -> None:
        session.require(Capability.EDIT_PLAN)
        if outcome is None:
            raise Refused.of(
                msg("Nobody has said what becomes of the experiment."),
                hint=msg("Choose: generalise, change or stop."),
            )
        experiments.end_experiment(
            session.current(), experiment.experiment_id, version, outcome, conclusion
        )

    return attempt_seen(language, experiment.version, work, msg("The experiment has ended."))


def make_practice(language: Language, experiment: Experiment) -> None:
    """Keep what an experiment showed as a good practice."""

    def work(version: int) -> None:
        session.require(Capability.EDIT_PLAN)
        experiments.practice_from(session.current(), experiment.experiment_id, version)

    attempt_seen(language, experiment.version, work, msg("It is among the good practices now."))


def add_practice(language: Language, new: NewPractice) -> bool:
    """Add a good practice; tell whether it was accepted."""

    def work() -> None:
        session.require(Capability.EDIT_PLAN)
        practices.add_practice(session.current(), new.title, new.text, named(new.person))

    return attempt(language, work, msg("It is among the good practices now."))


def change_practice(language: Language, practice: Practice, new: NewPractice) -> bool:
    """Write a good practice in other words; tell whether it was accepted."""

    def work(version: int) -> None:
        session.require(Capability.EDIT_PLAN)
        practices.change_practice(
            session.current(),
            practice.practice_id,
            version,
            title=new.title,
            text=new.text,
            person=named(new.person),
        )

    return attempt_seen(language, practice.version, work, msg("Saved."))


def _draft(new: NewPact) -> Draft:
    """Read what was typed.

    Raises:
        Refused: A number may be meant in two ways, or is none.
    """
    needs_share = new.trigger is Trigger.BELOW_TARGET and bool(new.share.strip())
    needs_amount = new.trigger is Trigger.DEAL_SLIPS and bool(new.amount.strip())
    terms = Terms(
        kpi=new.kpi,
        grain=new.grain,
        share=parse_target_value(new.share, Unit.PERCENT) if needs_share else None,
        amount=parse_target_value(new.amount, Unit.MONEY) if needs_amount else None,
        weeks=new.weeks,
    )
    return Draft(new.trigger, terms, new.decision, new.reflex)


def _plan(new: NewExperiment) -> Plan:
    """Read what was typed.

    Raises:
        Refused: The effect is not a number, or may be meant in two ways.
    """
    known = catalogue(session.current())
    effect = None
    if new.effect.strip():
        if new.kpi not in known:
            raise Refused.of(msg("The experiment moves no KPI."), hint=msg("Choose one."))
        effect = parse_change_value(new.effect, known[new.kpi].unit)
    return Plan(
        new.title,
        new.hypothesis,
        new.kpi or "",
        named(new.owner),
        new.starts_on,
        effect,
        new.lag_weeks,
    )


def _started(new: NewExperiment) -> Message:
    """Say that it runs; and if it is not the only one on its KPI, what that means."""
    found = experiments.list_experiments(session.current())
    if sum(one.ended_on is None and one.kpi == new.kpi for one in found) > 1:
        return msg("The experiment runs, beside another on the same KPI: neither can be judged.")
    return msg("The experiment is on the list.")
