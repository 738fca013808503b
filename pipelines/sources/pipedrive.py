"""Pipedrive: deals and activities, with headers like ``Deal - Title``.

Won and lost are a status, never a stage. The id column must be chosen; the history of stages
is not exported. Required headers may end with ``*``.
"""

from pipelines.sources.source import Headers, Layout, Source


def _prefixed(entities: tuple[str, ...], headers: Headers) -> dict[str, tuple[str, ...]]:
    """Return the headers with the names of their entity before them, and bare at the end."""
    return {
        column: (*(f"{entity} - {word}" for word in words for entity in entities), *words)
        for column, words in headers.items()
    }


_DEAL_WORDS = _prefixed(
    ("Deal", "Affaire"),
    {
        "external_id": ("ID",),
        "name": ("Title", "Titre"),
        "amount": ("Value", "Valeur"),
        "currency": ("Currency of value", "Currency", "Devise de Valeur", "Devise"),
        "account": ("Organization", "Organisation"),
        "owner": ("Owner", "Propriétaire"),
        "stage": ("Stage", "Stage (pipeline)", "Étape"),
        "pipeline": ("Pipeline",),
        "status": ("Status", "Statut"),
        "created_on": (
            "Deal created",
            "Creation date",
            "Affaire créée",
            "Date de création",
            "Add time",
        ),
        "expected_close_on": ("Expected close date", "Date de clôture prévue"),
        "won_on": ("Won time", "Date de gain", "Heure de la conclusion"),
        "lost_on": ("Lost time", "Date de perte", "Heure de l'échec"),
        "closed_on": ("Deal closed on", "Closed on", "Affaire conclue le"),
        "loss_reason": ("Lost reason", "Raison de la perte", "Raison de perte"),
        "lead_source": ("Source channel", "Source origin"),
        "updated_on": ("Update time", "Heure de mise à jour"),
        "segment": ("Segment",),
        "region": ("Region", "Région"),
        "business_unit": ("Business unit", "Unité d'affaires"),
        "product_line": ("Product line", "Ligne de produits"),
        "cost": ("Cost", "Coût"),
    },
)
_ACTIVITY_WORDS = _prefixed(
    ("Activity", "Activité"),
    {
        "external_id": ("ID",),
        "subject": ("Subject", "Sujet", "Objet"),
        "kind": ("Type",),
        "due_on": ("Due date", "Date d'échéance"),
        "owner": ("Assigned to user", "Attribué à l'utilisateur", "Owner", "Propriétaire"),
        "task_status": ("Done", "Terminé", "Status", "Statut"),
        "completed_on": ("Marked as done time", "Date de réalisation"),
        "deal": ("Deal ID", "Affaire - ID", "Deal", "Affaire"),
        "account": ("Organization", "Organisation"),
    },
)

SOURCE = Source(
    name="pipedrive",
    title="Pipedrive",
    layouts=(
        Layout(
            entity="deals",
            headers=_DEAL_WORDS,
            needs=(("external_id", "name"), ("status", "stage", "won_on")),
            signature=tuple(
                header for words in _DEAL_WORDS.values() for header in words if " - " in header
            ),
            excludes=("Activity - Subject", "Activité - Sujet", "Activité - Objet"),
        ),
        Layout(
            entity="activities",
            headers=_ACTIVITY_WORDS,
            needs=(("subject", "kind"), ("due_on", "completed_on")),
            signature=tuple(
                header for words in _ACTIVITY_WORDS.values() for header in words if " - " in header
            ),
        ),
    ),
)
