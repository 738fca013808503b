"""The last six meetings: one of numbers only, then promises that are kept."""

from dashboard.demo_story.script import Good, Parking, Promise, Raised, Told, Worked
from dashboard.demo_story.stage import (
    ETIENNE,
    FRANCOIS,
    GENEVIEVE,
    HOTEL,
    MARC_ANDRE,
    SCHOOL,
    ZOE,
)
from pipelines.sample import OWNER

SECOND_HALF = (
    Told(
        # a meeting of numbers: pleasant, and nothing came of it
        lengths=(4, 14, 6, 2, 2),
        ratings=(9, 9, 10, 9, 9),
        absent=(OWNER,),
        wins=(Good("Quatre fois moins de rendez-vous manqués qu’avant les rappels", ZOE),),
        notes=((2, "Tour complet des chiffres avec les graphiques. Très intéressant."),),
    ),
    Told(
        lengths=(2, 6, 5, 12, 4),
        ratings=(7, 8, 7, 8, 8, 7),
        wins=(Good("Le Centre sportif Apex nous a rappelés de lui-même", GENEVIEVE),),
        blockers=(
            Worked(
                "perdu",
                "On perd surtout sur le prix",
                kpi="win_rate",
                raised_by=ETIENNE,
                facts="Le prix est la première raison de perte. Une seule option par soumission.",
                tried="Baisser le prix à la demande du client. La marge y passe.",
                problem="Le client compare notre haut de gamme au bas de gamme des autres.",
                ideas="Trois options par soumission, la nôtre au milieu.",
                decision=Promise(
                    "Présenter trois options dans chaque soumission de plus de 50\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}$",
                    ETIENNE,
                    "win_rate",
                    due=6,
                ),
            ),
        ),
        promises=(
            Promise(
                "Préparer une page «\N{NO-BREAK SPACE}trois options\N{NO-BREAK SPACE}» dans le gabarit",
                GENEVIEVE,
                "win_rate",
                due=3,
            ),
            Promise(
                "Faire relire la clause d’indexation par le comptable",
                FRANCOIS,
                "gross_margin_rate",
                due=6,
                late=2,
            ),
        ),
    ),
    Told(
        lengths=(2, 6, 6, 11, 4),
        ratings=(8, 8, 7, 8),
        absent=(GENEVIEVE, OWNER),
        suspended=3,
        notes=(
            (
                3,
                "Coupé court\N{NO-BREAK SPACE}: livraison urgente à l’atelier. On reprend à 13\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}15.",
            ),
        ),
        wins=(
            Good(
                "Appeler le client le jour même de la visite\N{NO-BREAK SPACE}: il se souvient de tout",
                ZOE,
                practice="Rappeler le jour même de la visite",
            ),
        ),
        blockers=(
            Worked(
                "zoe",
                facts="Zoé tient la moitié des rendez-vous de l’équipe. Aucun collègue n’a pris "
                "un premier rendez-vous depuis des mois.",
                tried="Demander des volontaires. Personne n’a eu le temps.",
                problem="Les autres ne savent pas mener un premier rendez-vous à sa façon.",
                ideas="Deux rendez-vous à deux par semaine, pendant un mois.",
                decision=Promise(
                    "Emmener Étienne et Geneviève à un premier rendez-vous chacun",
                    ZOE,
                    "meetings_held",
                    due=6,
                ),
            ),
            Worked(
                "ecole",
                "École des Cèdres\N{NO-BREAK SPACE}: 286\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}$ qui n’avancent plus",
                kpi="sales_won",
                about=SCHOOL,
                raised_by=ETIENNE,
                facts="En négociation depuis des mois, date prévue passée depuis longtemps.",
                tried="Attendre leur appel.",
                parking=Parking("Rencontre Louise et Étienne", 1),
            ),
        ),
        promises=(
            Promise(
                "Noter ce que Zoé dit dans les cinq premières minutes",
                ETIENNE,
                "meetings_held",
                due=6,
            ),
            Promise(
                "Chiffrer les deux chantiers institutionnels en cours",
                FRANCOIS,
                "gross_margin_rate",
                due=6,
            ),
        ),
    ),
    Told(
        lengths=(2, 5, 5, 13, 4),
        ratings=(8, 8, 8, 7, 8),
        absent=(OWNER,),
        points=(
            Raised(
                GENEVIEVE,
                "Un client demande une visite le samedi",
                "Oui, une fois par mois, à tour de rôle. Geneviève commence.",
            ),
        ),
        wins=(Good("Les deux premiers rendez-vous à deux se sont bien passés", ZOE),),
        blockers=(
            Worked(
                "chantiers",
                "Les chantiers institutionnels coûtent plus que prévu",
                kpi="gross_margin_rate",
                raised_by=FRANCOIS,
                facts="Les deux chantiers chiffrés dépassent leur prix de revient.",
                tried="Mettre à jour la liste de prix. Cela n’aide que les nouvelles soumissions.",
                problem="Les heures de pose ne sont pas dans nos soumissions.",
                ideas="Un forfait de pose. Une visite de chantier avant de soumissionner.",
                decision=Promise(
                    "Visiter chaque chantier institutionnel avant de soumissionner",
                    FRANCOIS,
                    "gross_margin_rate",
                    due=6,
                ),
            ),
        ),
        promises=(
            Promise(
                "Demander à l’atelier les heures de pose des trois derniers chantiers",
                MARC_ANDRE,
                "gross_margin_rate",
                due=3,
            ),
            Promise("Relancer les soumissions de plus de 30 jours", GENEVIEVE, "sales_won", due=6),
        ),
    ),
    Told(
        lengths=(2, 5, 5, 13, 3),
        ratings=(8, 8, 8, 8, 7),
        absent=(ETIENNE,),
        wins=(
            Good("Boutiques Ormeau a choisi l’option du milieu", ETIENNE),
            Good("Toutes les promesses de la semaine sont tenues"),
        ),
        blockers=(
            Worked(
                "pose",
                "Personne ne veut chiffrer la pose",
                raised_by=MARC_ANDRE,
                facts="Les heures des trois derniers chantiers sont connues. Elles varient du simple "
                "au double.",
                tried="Une moyenne. L’atelier ne la croit pas.",
                problem="Un escalier et un lambris n’ont pas la même pose, et on les mélange.",
                decision=Promise(
                    "Faire une grille d’heures de pose par famille de produits",
                    FRANCOIS,
                    "gross_margin_rate",
                    due=3,
                ),
            ),
        ),
        promises=(
            Promise(
                "Fixer les rendez-vous à deux des deux prochaines semaines",
                GENEVIEVE,
                "meetings_held",
                due=3,
            ),
            Promise(
                "Préparer la rencontre avec l’architecte d’Immeubles Carrefour 20",
                MARC_ANDRE,
                "sales_won",
                due=3,
            ),
        ),
    ),
    Told(
        lengths=(2, 4, 5, 13, 4),
        ratings=(8, 9, 8, 8, 8),
        wins=(Good("La grille d’heures de pose sert déjà à deux soumissions", FRANCOIS),),
        votes=((GENEVIEVE, "rdv"), (FRANCOIS, "rdv")),
        blockers=(
            Worked(
                "rdv",
                kpi="meetings_held",
                raised_by=MARC_ANDRE,
                facts="Zoé malade, tous ses rendez-vous de la semaine tombent. Personne n’a pu les "
                "prendre.",
                tried="Les déplacer un par un. La moitié des clients n’ont pas rappelé.",
                problem="Les rendez-vous sont dans la tête et l’agenda d’une seule personne.",
                ideas="Un agenda partagé. Quatre rendez-vous par semaine donnés d’avance.",
                decision=Promise(
                    "Céder quatre rendez-vous par semaine de Zoé à un collègue",
                    ZOE,
                    "meetings_held",
                    due=2,
                    open=True,
                ),
            ),
        ),
        promises=(
            Promise(
                "Revoir le prix de revient des soumissions institutionnelles",
                FRANCOIS,
                "gross_margin_rate",
                due=4,
                open=True,
            ),
            Promise(
                "Monter un gabarit de soumission pour les comptoirs d’accueil",
                GENEVIEVE,
                "proposals_sent",
                due=8,
                open=True,
            ),
            Promise(
                "Rappeler l’Hôtel du Lac et fixer une date de décision",
                GENEVIEVE,
                "sales_won",
                due=9,
                open=True,
                about=HOTEL,
            ),
            Promise(
                "Relire les dix dernières opportunités perdues sur le prix",
                ETIENNE,
                "win_rate",
                due=11,
                open=True,
            ),
        ),
    ),
)
