"""The two quarterly reviews as they were held, with what they decided about everything."""

from dashboard.demo_story.gap_script import CALL_ALL
from dashboard.demo_story.plans import TOGETHER
from dashboard.demo_story.promises import TEXT
from dashboard.demo_story.review_script import ToldQuarter, Verdict
from dashboard.demo_story.script import Promise
from dashboard.demo_story.stage import ETIENNE, FRANCOIS, GENEVIEVE, HOTEL, SCHOOL
from dashboard.rhythm.plan.model import NewPriority
from dashboard.rhythm.quarter.model import Way

#: What the company steered by in the first quarter, in place of the proposals sent.
PIPELINE = "pipeline_created"

FIRST_QUARTER = ToldQuarter(
    lengths=(8, 47, 12, 21, 33, 9),
    ratings=(7, 6, 7, 7, 7, 8),
    notes=(
        (1, "Le premier bilan qu’on fait ensemble, avec les mêmes chiffres pour tous."),
        (5, "Trois priorités, pas quatre. La formation aux appels d’offres attendra."),
    ),
    verdicts=(
        Verdict(
            "kpi new_opportunities",
            Way.KEEP,
            "Il est stable, et c’est le début de tout le reste.",
        ),
        Verdict(
            "kpi meetings_held",
            Way.KEEP,
            "Sans rendez-vous, pas de soumission. La cible vient d’être ramenée à vingt-deux.",
        ),
        Verdict(
            "kpi no_show_rate",
            Way.KEEP,
            "Un rendez-vous sur cinq est perdu, chaque semaine, sans que rien ne bouge. On essaie "
            "un texto la veille.",
        ),
        Verdict(
            f"kpi {PIPELINE}",
            Way.CHANGE,
            "Deux ou trois grosses opportunités font le total\N{NO-BREAK SPACE}: le chiffre saute et personne "
            "ne peut y faire grand-chose dans la semaine.",
            "On compte les soumissions envoyées. Geneviève en répond.",
        ),
        Verdict("kpi sales_won", Way.KEEP, "C’est ce qui paie les salaires."),
        Verdict(
            "kpi win_rate",
            Way.KEEP,
            "Il dit si on soumissionne aux bons clients. À lire sur un trimestre, pas sur une semaine.",
        ),
        Verdict(
            "kpi gross_margin_rate",
            Way.KEEP,
            "La marge baisse, et seulement en institutionnel. C’est la priorité de François.",
        ),
        Verdict(
            "ritual monthly",
            Way.CHANGE,
            "Une fois par mois, c’est trop peu\N{NO-BREAK SPACE}: entre deux, personne ne demande où en sont "
            "les actions.",
            "Le bilan du mois reste. On ajoute une rencontre de trente minutes chaque mardi.",
        ),
    ),
    tried="Le texto vient de commencer. On lui laisse huit semaines avant d’en dire quoi que ce soit.",
    instead=((PIPELINE, "proposals_sent", GENEVIEVE),),
    priorities=(
        NewPriority("Que les clients se présentent aux rendez-vous", "no_show_rate", 0.20, 0.10),
        NewPriority("Des rendez-vous chaque semaine, vacances ou non", "meetings_held", 19, 22),
        NewPriority(
            "Arrêter l’érosion de la marge institutionnelle", "gross_margin_rate", 0.31, 0.32
        ),
    ),
)

#: What was learned about the reminders.
LEARNED = (
    "Les rendez-vous manqués sont passés d’un sur cinq à un sur vingt, chaque semaine depuis le "
    "début. Le texto prend deux minutes par jour. Tout le monde le fait."
)

SECOND_QUARTER = ToldQuarter(
    lengths=(9, 44, 39, 16, 28, 8),
    ratings=(8, 8, 8, 8, 8, 9),
    notes=(
        (
            1,
            "Le texto de Zoé\N{NO-BREAK SPACE}: quatre fois moins de rendez-vous manqués. Applaudissements.",
        ),
        (
            3,
            (
                "Trop d’actions sur la marge en même temps pour dire laquelle a aidé. Une à la fois "
                "désormais."
            ),
        ),
    ),
    verdicts=(
        Verdict("kpi new_opportunities", Way.KEEP, "Stable. On le garde à l’œil."),
        Verdict(
            "kpi meetings_held",
            Way.KEEP,
            "Il monte depuis que les clients se présentent, mais Zoé en porte la moitié.",
        ),
        Verdict(
            "kpi no_show_rate",
            Way.KEEP,
            "La cible est atteinte. On veille à ce que ça dure, sans en faire une priorité.",
        ),
        Verdict(
            "kpi proposals_sent",
            Way.KEEP,
            "Loin de la cible\N{NO-BREAK SPACE}: c’est une priorité du prochain plan.",
        ),
        Verdict(
            "kpi sales_won",
            Way.KEEP,
            "L’École des Cèdres et l’Hôtel du Lac dorment toujours. Une personne pour chacune.",
        ),
        Verdict(
            "kpi win_rate", Way.KEEP, "Trop peu de décisions par semaine pour y lire une tendance."
        ),
        Verdict(
            "kpi gross_margin_rate",
            Way.CHANGE,
            "La marge baisse d’un trimestre à l’autre. Résidentiel et commercial tiennent\N{NO-BREAK SPACE}: tout "
            "vient de l’institutionnel.",
            "Même cible, mais François sort la marge par segment chaque mois, et "
            "l’institutionnel est une priorité à lui seul.",
        ),
        Verdict(
            "ritual weekly",
            Way.KEEP,
            "Trente minutes, des décisions, et des promesses qu’on tient de plus en plus.",
        ),
        Verdict(
            "ritual monthly",
            Way.KEEP,
            "C’est là qu’on cherche d’où vient un écart. La rencontre du mardi n’en a pas le temps.",
        ),
        Verdict(
            "ritual quarterly",
            Way.KEEP,
            "Deux heures dix pour décider de quatre-vingt-dix jours\N{NO-BREAK SPACE}: ça les vaut.",
        ),
    ),
    tried="Il a tenu plus que ce qu’on en attendait. On en fait l’affaire de tous.",
    actions=(
        (TEXT, Way.KEEP, "Quinze points de moins, et l’intervalle est loin de zéro. Ça reste."),
        (TOGETHER, Way.KEEP, "Deux vendeurs sur quatre y sont passés. Il en reste deux."),
        (
            CALL_ALL,
            Way.DROP,
            "Rappeler tout le monde n’a rien débloqué. On s’occupe des deux grosses, une à la fois.",
        ),
    ),
    promises=(
        Promise(
            "Demander à l’École des Cèdres ce qui lui manque pour décider",
            ETIENNE,
            "sales_won",
            due=8,
            about=SCHOOL,
        ),
        Promise(
            "Demander à l’Hôtel du Lac ce qui lui manque pour décider",
            GENEVIEVE,
            "sales_won",
            due=9,
            about=HOTEL,
        ),
        Promise(
            "Sortir la marge par segment du mois d’octobre",
            FRANCOIS,
            "gross_margin_rate",
            due=20,
        ),
    ),
    priorities=(
        NewPriority(
            "Plus de rendez-vous, menés par toute l’équipe",
            "meetings_held",
            None,
            27.0,
        ),
        NewPriority("Ramener la marge institutionnelle", "gross_margin_rate", None, 0.33),
        NewPriority("Des soumissions plus rapides et plus claires", "proposals_sent", 7, 9),
    ),
)
