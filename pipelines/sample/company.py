"""Who the invented company is, whom it sells to, and how its CRM is set up."""

from dataclasses import dataclass

COMPANY = "Menuiserie Laurentides inc."
#: Who runs it; sells nothing herself.
OWNER = "Louise Gagnon"
#: Opens new doors for everybody: half of the first meetings are hers.
OPENER = "Zoé Côté"
PEOPLE = (
    OPENER,
    "Marc-André Bélanger",
    "Geneviève Lavoie",
    "Étienne Ouellet",
    "François Désilets",
)

RESIDENTIAL = "Résidentiel"
COMMERCIAL = "Commercial"
INSTITUTIONAL = "Institutionnel"

PIPELINE = "Ventes"
MEETING_BOOKED = "Rendez-vous planifié"
QUALIFIED = "Qualifiée"
PROPOSAL_SENT = "Soumission envoyée"
NEGOTIATION = "Négociation"
WON = "Fermé gagné"
LOST = "Fermé perdu"

LOSS_REASONS = {
    "Prix": 0.38,
    "Délai de livraison": 0.22,
    "Concurrent": 0.18,
    "Sans réponse": 0.14,
    "Projet annulé": 0.08,
}


@dataclass(frozen=True)
class Segment:
    """How one kind of customer buys.

    Attributes:
        share: Of the new opportunities.
        amounts: Smallest and largest usual order, in dollars.
        invoices: Into how many invoices an order is split.
        margin: Usual gross margin, as a fraction of revenue.
    """

    name: str
    share: float
    amounts: tuple[int, int]
    invoices: tuple[int, int]
    margin: float
    products: tuple[str, ...]


SEGMENTS = (
    Segment(
        RESIDENTIAL,
        0.50,
        (7_000, 24_000),
        (2, 2),
        0.33,
        ("Escalier", "Cuisine", "Portes", "Vestiaire", "Bibliothèque murale"),
    ),
    Segment(
        COMMERCIAL,
        0.34,
        (18_000, 58_000),
        (2, 3),
        0.315,
        ("Comptoir d'accueil", "Boiseries", "Salles de réunion", "Portes et cadres"),
    ),
    Segment(
        INSTITUTIONAL,
        0.16,
        (40_000, 110_000),
        (5, 6),
        0.34,
        ("Mobilier intégré", "Lambris acoustiques", "Portes coupe-feu", "Casiers"),
    ),
)


@dataclass(frozen=True)
class Account:
    """A customer. Every one of them is invented."""

    name: str
    segment: str
    region: str


_REGIONS = ("Montérégie", "Laurentides", "Capitale-Nationale", "Estrie")
_NAMES = {
    RESIDENTIAL: (
        "Habitations Rivemont",
        "Maisons Bellerive",
        "Constructions Aubin-Roy",
        "Chalets du Grand Pic",
        "Rénovations Tilleul",
        "Domaine Vertbois",
        "Habitations Lacasse-Morin",
        "Entreprises Petit-Bois",
        "Maisons du Verger",
        "Bâtisseurs Saint-Élie",
        "Résidences Clairval",
        "Constructions Hêtraie",
        "Rénovations Beau-Toit",
        "Habitations Nordet",
        "Maisons Ville-Rose",
        "Chalets Sapinière",
    ),
    COMMERCIAL: (
        "Groupe hôtelier Aubier",
        "Clinique du Parc",
        "Bureaux Place Mercier",
        "Restaurants La Braise",
        "Boutiques Ormeau",
        "Assurances Boréal-Est",
        "Caisse du Vallon",
        "Centre sportif Apex",
        "Immeubles Carrefour 20",
        "Brasserie des Rapides",
        "Notaires Fleury et Dumas",
        "Hôtel du Lac",
    ),
    INSTITUTIONAL: (
        "École des Cèdres",
        "Bibliothèque de Val-Joly",
        "Résidence des Aînés du Fleuve",
        "Cégep du Plateau",
        "Ville de Sainte-Aurore",
        "Musée de la Drave",
        "École secondaire Horizon",
        "Hôpital Notre-Dame-du-Cap",
    ),
}
ACCOUNTS = {
    segment: tuple(
        Account(name, segment, _REGIONS[number % len(_REGIONS)])
        for number, name in enumerate(names)
    )
    for segment, names in _NAMES.items()
}
