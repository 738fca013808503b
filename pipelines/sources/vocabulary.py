"""The words that exports use for won and lost, for activities and for how they ended.

Words are compared folded (``sources.words``). What no list knows is left to the caller: an
unknown stage is an open one, an unknown kind of activity is not counted.
"""

import re
from collections.abc import Mapping

from pipelines.sources.words import fold, tokens, words

WON, LOST, NEITHER, OPEN = "won", "lost", "neither", "open"
STATUSES = (OPEN, WON, LOST, NEITHER)

_WON = words(
    "won closedwon gagne gagnee gagnes gagnees gagnante ganado ganada ganadas ganho ganha ganhos "
    "gewonnen"
)
_LOST = words(
    "lost closedlost perdu perdue perdus perdues perdante perdido perdida perdidas perdidos "
    "verloren"
)
#: Words that are right only when nothing stands beside them.
_WHOLE_LABELS = {
    "conclue": WON,
    "conclu": WON,
    "cancelled": NEITHER,
    "canceled": NEITHER,
    "annule": NEITHER,
    "annulee": NEITHER,
    "cancelado": NEITHER,
    "cancelada": NEITHER,
    "storniert": NEITHER,
    "abgebrochen": NEITHER,
    "abandoned": NEITHER,
    "abandonne": NEITHER,
    "abandonnee": NEITHER,
    "deleted": NEITHER,
    "supprimee": NEITHER,
    "supprime": NEITHER,
}
_NOT = words("not non no nao nicht pas never jamais wont")
#: "Won" in a longer text is about something else ("Won back customer, second call").
_LONGEST_LABEL = 4
#: Ended, but how? Somebody has to say.
_UNCLEAR = words(
    "closed ferme fermee cloture cloturee cerrado cerrada fechado fechada geschlossen "
    "abgeschlossen termine terminee complete completed done finished"
)
_OPEN_STATUSES = words(
    "open ouvert ouverte ouvertes en-cours in-progress active actif standby to-do a-faire "
    "en-attente pending abierto abierta aberto aberta offen laufend on-hold late en-retard"
)

_PROPOSAL = re.compile(
    r"\bpropos|\bquot(e|es|ed|ation)\b|\bdevis\b|\bsoumission|\boffres?\b|\boffers?\b|\bangebot"
    r"|\bpropuesta|\bpresupuesto|\bcotizacion|\bproposta|\borcamento"
)
#: "Value proposition" argues, it does not offer; what is signed, refused or still to be
#: written was not sent by reaching that stage.
_NO_PROPOSAL = re.compile(
    r"\bvalue\b|\bvaleur\b|\bvalor\b|\bwert|\bsigned\b|\bsigne|\bunterschrieben\b|\baccepte|"
    r"\bangenommen\b|\bacept|\baceit|\brefus|\breject|\babgelehnt\b|\bto (send|do|prepare|write)\b|"
    r"\ba (faire|envoyer|preparer|rediger)\b"
)

_KINDS = {
    "call": "call calls phone-call logged-call appel appels appel-telephonique telephone llamada "
    "ligacao chamada anruf telefonat outbound-call inbound-call cold-call",
    "meeting": "meeting meetings event evenement reunion reunions rendez-vous rdv rencontre "
    "rencontres rencontre-client reuniao termin besprechung treffen appointment demo "
    "demonstration cita video-call visioconference",
    "visit": "visit visite visites visita besuch kundenbesuch site-visit visite-client",
    "email": "email emails e-mail e-mails mail courriel courriels correo correo-electronico "
    "email-message incoming-email forwarded-email list-email",
    "proposal": "proposal proposition propositions soumission soumissions devis quote quotation "
    "offre angebot propuesta presupuesto cotizacion proposta orcamento proposal-sent "
    "soumission-envoyee devis-envoye proposition-envoyee quote-sent",
    "task": "task tasks to-do todo tache taches tarea tarefa aufgabe deadline follow-up relance "
    "suivi",
}
_KIND_BY_LABEL = {
    label.replace("-", " "): kind for kind, labels in _KINDS.items() for label in labels.split()
}

_OUTCOMES = {
    "done": "completed complete done held held-meeting true yes 1 oui vrai fait faite terminee "
    "termine effectue effectuee realise realisee tenue tenu honore honoree achevee acheve "
    "attended finished closed realizada realizado hecho hecha concluida concluido feito erledigt "
    "abgeschlossen durchgefuhrt stattgefunden marked-as-done success successful",
    "no_show": "no-show noshow not-held no-shows absent absente non-effectue non-effectuee "
    "non-honore non-honoree rendez-vous-non-honore non-presente ne-s-est-pas-presente "
    "client-absent did-not-attend no-asistio nao-compareceu nicht-erschienen",
    "cancelled": "cancelled canceled annule annulee rescheduled reporte reportee replanifie "
    "replanifiee reprogramme reprogrammee cancelado cancelada reprogramado reprogramada "
    "reagendado reagendada abgesagt verschoben storniert postponed",
    "planned": "scheduled planned planifie planifiee prevu prevue undone not-started in-progress "
    "waiting waiting-on-someone-else waiting-on-contact deferred on-hold open pending-input "
    "pending non-commence non-commencee pas-commence en-cours en-attente differe differee "
    "a-faire false no 0 non faux to-do programada programado agendado agendada geplant offen "
    "non-termine non-terminee planificado",
}
_OUTCOME_BY_LABEL = {
    label.replace("-", " "): outcome
    for outcome, labels in _OUTCOMES.items()
    for label in labels.split()
}


def stage_status(label: str, own: Mapping[str, str] | None = None) -> str | None:
    """Return what reaching a stage means: won, lost, neither, or open.

    Args:
        label: As written.
        own: Folded labels of one system, looked up first.

    Returns:
        None if the stage is an end without saying which ("Closed").
    """
    folded = fold(label)
    if own and folded in own:
        return own[folded]
    parts = tokens(label)
    plain = " ".join(parts)
    if plain in _WHOLE_LABELS:
        return _WHOLE_LABELS[plain]
    if plain in _UNCLEAR:
        return None
    if len(parts) <= _LONGEST_LABEL and not _NOT.intersection(parts):
        won, lost = _WON.intersection(parts), _LOST.intersection(parts)
        if bool(won) != bool(lost):
            return WON if won else LOST
    return OPEN


def deal_status(label: str) -> str | None:
    """Return open, won, lost or neither for a status as exported; None if we do not know it."""
    if "-".join(tokens(label)) in _OPEN_STATUSES:
        return OPEN
    found = stage_status(label)
    return None if found == OPEN else found


def is_proposal(stage: str) -> bool:
    """Return whether a deal that enters this stage has been sent a proposal."""
    plain = " ".join(tokens(stage))
    return bool(_PROPOSAL.search(plain)) and not _NO_PROPOSAL.search(plain)


def activity_kind(label: str) -> str | None:
    """Return the kind of an activity; None for kinds that are not counted, such as notes."""
    return _KIND_BY_LABEL.get(" ".join(tokens(label)))


def activity_outcome(label: str) -> str | None:
    """Return planned, done, no_show or cancelled; None for a word that says none of them."""
    return _OUTCOME_BY_LABEL.get(" ".join(tokens(label)))
