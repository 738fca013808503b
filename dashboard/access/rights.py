"""Who may do what: the one table that pages, downloads, commands and jobs ask."""

from enum import StrEnum

from pipelines.errors import AccessRefused, Message, msg


class Role(StrEnum):
    """What somebody is to the company."""

    OWNER = "owner"
    MANAGER = "manager"
    SALESPERSON = "salesperson"
    VIEWER = "viewer"


class Capability(StrEnum):
    """One thing that somebody may do or see."""

    SEE_REVIEWS = "see_reviews"  # closed ones, on screen and on paper
    SEE_FIGURES = "see_figures"  # the company's running figures, and the rows behind them
    SEE_COLLEAGUES = "see_colleagues"  # everybody's rows, targets and commitments
    SEE_MARGINS = "see_margins"  # costs, margins and what is computed from them
    DO_ACTIONS = "do_actions"  # tick off own actions, add some for oneself
    ASSIGN_ACTIONS = "assign_actions"  # add, move, rename and hand over anybody's
    TAKE_PART = "take_part"  # in meetings: points, notes, votes, ratings
    RUN_MEETINGS = "run_meetings"  # start, lead, close; who was there, what was decided
    EDIT_PLAN = "edit_plan"  # plans, pacts, experiments, good practices
    SET_TARGETS = "set_targets"  # targets, choice of KPIs, locked limits
    TYPE_NUMBERS = "type_numbers"
    IMPORT = "import"  # and the register of imports, with the rows set aside
    EDIT_PEOPLE = "edit_people"  # who the people are, and which names mean them
    EDIT_SETTINGS = "edit_settings"
    MANAGE_ACCOUNTS = "manage_accounts"  # who may log in, as what, and what salespeople may see
    KEEP_BACKUPS = "keep_backups"  # make, restore, check
    READ_AUDIT = "read_audit"  # and restore a former value
    ERASE = "erase"  # a person's data


_VIEWER = frozenset({Capability.SEE_REVIEWS})
_SALESPERSON = frozenset(
    {
        Capability.SEE_REVIEWS,
        Capability.SEE_FIGURES,
        Capability.DO_ACTIONS,
        Capability.TAKE_PART,
    }
)
_OWNER = frozenset(Capability)
_MANAGER = _OWNER - {
    Capability.MANAGE_ACCOUNTS,
    Capability.KEEP_BACKUPS,
    Capability.READ_AUDIT,
    Capability.ERASE,
}

RIGHTS: dict[Role, frozenset[Capability]] = {
    Role.OWNER: _OWNER,
    Role.MANAGER: _MANAGER,
    Role.SALESPERSON: _SALESPERSON,
    Role.VIEWER: _VIEWER,
}


def may(role: Role, capability: Capability) -> bool:
    """Tell whether a role includes a capability."""
    return capability in RIGHTS[role]


def require(role: Role, capability: Capability) -> None:
    """Let a role pass that includes a capability.

    Raises:
        AccessRefused: It does not.
    """
    if not may(role, capability):
        raise AccessRefused.of(
            msg("Your account does not include this: {capability}.", capability=named(capability)),
            hint=msg("Ask the owner of the account list if you need it."),
        )


def named(capability: Capability) -> Message:
    """Return what people call a capability."""
    return _NAMES[capability]


_NAMES: dict[Capability, Message] = {
    Capability.SEE_REVIEWS: msg("reading closed reviews"),
    Capability.SEE_FIGURES: msg("seeing the company's running figures"),
    Capability.SEE_COLLEAGUES: msg("seeing colleagues' figures"),
    Capability.SEE_MARGINS: msg("seeing margins"),
    Capability.DO_ACTIONS: msg("working on one's own actions"),
    Capability.ASSIGN_ACTIONS: msg("assigning actions"),
    Capability.TAKE_PART: msg("taking part in meetings"),
    Capability.RUN_MEETINGS: msg("running meetings"),
    Capability.EDIT_PLAN: msg("changing plans, pacts and experiments"),
    Capability.SET_TARGETS: msg("setting targets and choosing KPIs"),
    Capability.TYPE_NUMBERS: msg("typing numbers"),
    Capability.IMPORT: msg("taking in files"),
    Capability.EDIT_PEOPLE: msg("saying who is who"),
    Capability.EDIT_SETTINGS: msg("changing the company's settings"),
    Capability.MANAGE_ACCOUNTS: msg("managing accounts"),
    Capability.KEEP_BACKUPS: msg("making and restoring backups"),
    Capability.READ_AUDIT: msg("reading the audit trail"),
    Capability.ERASE: msg("erasing a person's data"),
}
