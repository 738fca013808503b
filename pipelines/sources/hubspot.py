"""HubSpot: deals, and calls, meetings, tasks or everything at once.

Only the columns of the view are exported; headers come in the language of the person who
exports, though some stay in English, and their case varies. Files made through the API carry
internal names. "Date entered" is overwritten when a deal enters the stage again.
"""

from pipelines.sources.source import Layout, Source

_DEAL_LINK = ("Associated Deal IDs", "Associated Deal ID", "Deal ID", "Associated Deal")
_COMPANY = (
    "Associated Company (Primary)",
    "Associated Company",
    "Company name",
    "Nom de l'entreprise",
    "Associated Company Domain",
)
_ASSIGNED = (
    "Activity assigned to",
    "Activité attribuée à",
    "Assigned to",
    "Attribué à",
    "Activity Owner",
    "Propriétaire de l'activité",
    "Meeting owner",
    "Call owner",
    "Task owner",
    "hubspot_owner_id",
)
_ID = ("Record ID", "ID de fiche d'informations", "Activity ID", "hs_object_id")

_DEALS = Layout(
    entity="deals",
    headers={
        "external_id": ("Record ID", "ID de fiche d'informations", "Deal ID", "hs_object_id"),
        "name": ("Deal Name", "Nom de la transaction", "dealname"),
        "stage": (
            "Deal Stage",
            "Phase de la transaction",
            "Étape de la transaction",
            "dealstage",
        ),
        "pipeline": ("Pipeline",),
        "amount": ("Amount", "Montant"),
        "currency": ("Currency", "Devise", "deal_currency_code"),
        "close_on": ("Close Date", "Date de fermeture", "closedate"),
        "created_on": ("Create Date", "Date de création", "createdate"),
        "owner": ("Deal owner", "Propriétaire de la transaction", "hubspot_owner_id"),
        "account": _COMPANY,
        "loss_reason": (
            "Closed Lost Reason",
            "Raison de la perte",
            "Motif de perte",
            "closed_lost_reason",
        ),
        "lead_source": (
            "Original Traffic Source",
            "Source de trafic d'origine",
            "hs_analytics_source",
        ),
        "is_won": ("Is Closed Won", "hs_is_closed_won"),
        "is_lost": ("Is Closed Lost", "hs_is_closed_lost"),
        "updated_on": (
            "Last Modified Date",
            "Date de dernière modification",
            "hs_lastmodifieddate",
        ),
        "segment": ("Segment",),
        "region": ("Région", "Region"),
        "business_unit": ("Business unit", "Unité d'affaires", "Business Units"),
        "product_line": ("Product line", "Ligne de produits", "Gamme de produits"),
        "cost": ("Cost", "Coût"),
    },
    needs=(("external_id", "name"), ("stage",)),
    signature=(
        "ID de fiche d'informations",
        "Deal Name",
        "Nom de la transaction",
        "dealname",
        "Deal Stage",
        "Phase de la transaction",
        "Étape de la transaction",
        "dealstage",
        "Deal owner",
        "Propriétaire de la transaction",
        "closedate",
        "createdate",
        "Date de fermeture",
        "Record ID",
        "hs_object_id",
        "hubspot_owner_id",
        "Associated Company (Primary)",
    ),
)

_MIXED = Layout(
    entity="activities",
    headers={
        "external_id": _ID,
        "kind": ("Activity type", "Type d'activité", "hs_activity_type"),
        "activity_on": ("Activity date", "Date de l'activité", "hs_timestamp"),
        "due_on": ("Task Due Date", "Due date", "Date d'échéance"),
        "completed_on": ("Completion date", "Date d'achèvement"),
        "owner": _ASSIGNED,
        "subject": (
            "Title",
            "Titre",
            "Call/Meeting Title/Subject",
            "Activity title",
            "Titre de l'activité",
        ),
        "call_outcome": ("Call outcome", "Résultat de l'appel", "Issue de l'appel"),
        "meeting_outcome": ("Meeting outcome", "Résultat de la réunion", "Issue de la réunion"),
        "task_status": ("Task status", "Statut de la tâche"),
        "deal": _DEAL_LINK,
        "account": _COMPANY,
    },
    needs=(("kind",), ("activity_on",)),
    signature=(
        "Activity type",
        "Type d'activité",
        "Activity date",
        "Date de l'activité",
        "Activity assigned to",
        "Call outcome",
        "Résultat de l'appel",
        "Meeting outcome",
        "Résultat de la réunion",
        "Associated Deal IDs",
        "Record ID",
        "ID de fiche d'informations",
    ),
)

_CALLS = Layout(
    entity="activities",
    kind="call",
    headers={
        "external_id": _ID,
        "activity_on": ("Activity date", "Call date", "Date de l'activité", "hs_timestamp"),
        "subject": ("Call title", "Titre de l'appel", "hs_call_title"),
        "call_outcome": (
            "Call outcome",
            "Résultat de l'appel",
            "Issue de l'appel",
            "hs_call_disposition",
        ),
        "call_status": ("Call status", "Statut de l'appel", "hs_call_status"),
        "owner": _ASSIGNED,
        "deal": _DEAL_LINK,
        "account": _COMPANY,
    },
    needs=(("activity_on",), ("subject", "call_outcome")),
    signature=(
        "Call title",
        "Titre de l'appel",
        "Call outcome",
        "Résultat de l'appel",
        "Issue de l'appel",
        "Call notes",
        "Call direction",
        "Call status",
        "hs_call_title",
        "hs_call_disposition",
        "Activity date",
        "Date de l'activité",
    ),
)

_MEETINGS = Layout(
    entity="activities",
    kind="meeting",
    headers={
        "external_id": _ID,
        "activity_on": (
            "Meeting start time",
            "Heure de début de la réunion",
            "Activity date",
            "Date de l'activité",
            "hs_meeting_start_time",
        ),
        "subject": ("Meeting name", "Nom de la réunion", "Meeting title", "hs_meeting_title"),
        "meeting_outcome": (
            "Meeting outcome",
            "Résultat de la réunion",
            "Issue de la réunion",
            "hs_meeting_outcome",
        ),
        "owner": _ASSIGNED,
        "deal": _DEAL_LINK,
        "account": _COMPANY,
    },
    needs=(("activity_on",), ("subject", "meeting_outcome")),
    signature=(
        "Meeting name",
        "Nom de la réunion",
        "Meeting start time",
        "Meeting end time",
        "Heure de début de la réunion",
        "Meeting outcome",
        "Résultat de la réunion",
        "hs_meeting_start_time",
        "hs_meeting_outcome",
        "hs_meeting_title",
        "Date de l'activité",
    ),
)

_TASKS = Layout(
    entity="activities",
    kind="task",
    headers={
        "external_id": _ID,
        "subject": ("Task title", "Titre de la tâche", "hs_task_subject"),
        "due_on": ("Due date", "Date d'échéance", "hs_timestamp"),
        "completed_on": ("Completion date", "Date d'achèvement", "hs_task_completion_date"),
        "task_status": ("Task status", "Statut de la tâche", "hs_task_status"),
        "owner": _ASSIGNED,
        "deal": _DEAL_LINK,
        "account": _COMPANY,
    },
    needs=(("due_on", "completed_on"), ("subject", "task_status")),
    signature=(
        "Task title",
        "Titre de la tâche",
        "Task status",
        "Statut de la tâche",
        "Task type",
        "Task body",
        "hs_task_subject",
        "hs_task_status",
        "Completion date",
    ),
)

SOURCE = Source(
    name="hubspot",
    title="HubSpot",
    layouts=(_DEALS, _MIXED, _CALLS, _MEETINGS, _TASKS),
    lists=frozenset({"deal", "account", "owner"}),
    stage_labels={"closedwon": "won", "closedlost": "lost"},
    stage_date_pattern=(
        r"""(?:date entered|date d'entrée(?: dans| à)?)\s+["“”«]\s*(?P<stage>.+?)"""
        r"""(?:\s+\((?P<pipeline>[^()]*)\))?\s*["“”»]"""
        r"""|hs_(?:v2_)?date_entered_(?P<id>(?!current_stage).+)"""
    ),
)
