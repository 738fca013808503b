"""Tables of a few columns: stage changes, and numbers that people type."""

from pipelines.sources.generic.common import DEAL
from pipelines.sources.source import Layout

STAGE_ENTRIES = Layout(
    entity="stage_entries",
    headers={
        "deal": (*DEAL, "id"),
        "stage": (
            "new stage",
            "new stage id",
            "to stage",
            "stage",
            "stage name",
            "nouvelle étape",
            "étape",
            "nueva etapa",
            "etapa",
            "estágio",
            "neue phase",
            "phase",
        ),
        "from_stage": ("old stage", "old stage id", "from stage", "ancienne étape", "alte phase"),
        "entered_on": (
            "entered on",
            "entered at",
            "date entered",
            "changed at",
            "changed on",
            "change date",
            "stage date",
            "date d'entrée",
            "date du changement",
            "fecha de cambio",
            "fecha de entrada",
            "data da mudança",
            "data de entrada",
            "geändert am",
            "eingetreten am",
        ),
    },
    needs=(("deal",), ("stage",), ("entered_on",)),
)

KPI_ENTRIES = Layout(
    entity="kpi_entries",
    headers={
        "kpi": ("kpi", "key", "indicateur", "indicador", "kennzahl"),
        "grain": ("grain", "period", "période"),
        "start": ("start", "period start", "début", "inicio", "início", "beginn"),
        "value": ("value", "valeur", "valor", "wert"),
        "numerator": ("numerator", "numérateur"),
        "denominator": ("denominator", "dénominateur"),
        "owner": ("owner", "responsable"),
        "note": ("note", "nota", "notiz"),
        "aggregate": ("aggregate", "agrégation"),
    },
    needs=(("kpi",), ("start",), ("value", "numerator")),
)
