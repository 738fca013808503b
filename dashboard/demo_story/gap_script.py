"""The gap reviews as they were held. Where a target was reached, nothing is said but ``always``."""

from dashboard.demo_story.review_script import Adjusted, Answer, ToldGaps
from dashboard.demo_story.script import Promise
from dashboard.demo_story.stage import FRANCOIS, GENEVIEVE, MARC_ANDRE
from pipelines.sample import OWNER

#: What the quarterly review gives up.
CALL_ALL = "Rappeler chaque client dont la soumission attend depuis trois mois"
MEETINGS_A_WEEK = 22.0

#: Before the first quarterly review.
_FIRST = ToldGaps(
    lengths=(12, 38, 9, 6),
    ratings=(6, 6, 7, 6, 7, 6),
    answers=(
        Answer(
            "no_show_rate",
            "Un client sur cinq n’est pas là quand on arrive.",
            accept="On ne sait pas encore pourquoi. Zoé note la raison de chaque rendez-vous "
            "manqué d’ici le bilan du trimestre.",
        ),
        Answer(
            "gross_margin_rate",
            "On vend autant, mais il reste moins de chaque dollar vendu.",
            accept="Un mois ne fait pas une tendance. On regarde de nouveau le mois prochain.",
        ),
    ),
)
_SECOND = ToldGaps(
    lengths=(10, 36, 9, 5),
    ratings=(7, 6, 7, 7, 6, 7),
    answers=(
        Answer(
            "meetings_held",
            "Une vingtaine de rendez-vous tenus par semaine, et un sur cinq qui tombe. "
            "Vingt-quatre demanderaient un vendeur de plus.",
            adjust=Adjusted(
                MEETINGS_A_WEEK,
                "Vingt-quatre rendez-vous par semaine, personne n’y a cru. Vingt-deux, c’est "
                "deux de plus qu’aujourd’hui.",
            ),
            always=True,
        ),
        Answer(
            "gross_margin_rate",
            "Deuxième mois de suite. La baisse vient de l’institutionnel seulement.",
            act=Promise(
                "Comparer le prix vendu et le prix de revient de cinq chantiers",
                FRANCOIS,
                "gross_margin_rate",
                due=14,
            ),
        ),
    ),
)
#: Any other month.
_USUAL = ToldGaps(
    lengths=(9, 34, 9, 5),
    ratings=(7, 7, 7, 6, 7),
    answers=(
        Answer(
            "proposals_sent",
            "Des visites faites, et des soumissions qui attendent leur prix à l’atelier.",
            accept="Le plan du trimestre s’en occupe déjà. Rien de plus ce mois-ci.",
        ),
        Answer(
            "sales_won",
            "Moins de grosses commandes que prévu. Les petites sont au rendez-vous.",
            accept="Un mois sans grosse commande arrive. C’est le trimestre qui compte.",
        ),
        Answer(
            "gross_margin_rate",
            "Toujours l’institutionnel. Les deux autres segments tiennent.",
        ),
    ),
    absent=(OWNER,),
)
_STALLED = ToldGaps(
    lengths=(10, 36, 8, 5),
    ratings=(7, 7, 8, 7, 7, 7),
    answers=(
        Answer(
            "sales_won",
            "École des Cèdres et Hôtel du Lac\N{NO-BREAK SPACE}: 484\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}$ à elles deux, "
            "sans activité depuis des mois.",
            act=Promise(CALL_ALL, MARC_ANDRE, "sales_won", due=14),
            always=True,
            after_quarter=True,
        ),
        Answer(
            "gross_margin_rate",
            "L’institutionnel encore. On y soumissionne avec les prix de l’an dernier.",
        ),
    ),
)
_BEFORE_SECOND = ToldGaps(
    lengths=(9, 35, 9, 4),
    ratings=(8, 7, 8, 7, 8, 7),
    answers=(
        Answer(
            "proposals_sent",
            "Les deux matinées réservées aux soumissions ont sauté une semaine sur deux.",
            act=Promise(
                "Protéger les matinées des soumissions dans l’agenda de toute l’équipe",
                GENEVIEVE,
                "proposals_sent",
                due=6,
            ),
            always=True,
        ),
        Answer(
            "gross_margin_rate",
            "L’institutionnel, un peu plus bas chaque mois.",
            accept="Le bilan du trimestre en décide. On n’ajoute rien d’ici là.",
        ),
    ),
)
_LAST = ToldGaps(
    lengths=(9, 33, 10, 5),
    ratings=(8, 8, 7, 8, 8, 8),
    answers=(
        Answer(
            "sales_won",
            "Immeubles Carrefour 20 (164\N{NO-BREAK SPACE}500\N{NO-BREAK SPACE}$) a encore repoussé sa date. "
            "L’École des Cèdres et l’Hôtel du Lac n’ont pas bougé.",
            accept="Chacune des trois a déjà son action et sa date. On n’en ajoute pas.",
        ),
        Answer(
            "win_rate",
            "On perd surtout sur le prix, comme les mois d’avant.",
            accept="Les trois options viennent de commencer. On les juge quand huit semaines "
            "seront passées.",
        ),
        Answer(
            "gross_margin_rate",
            "Les chantiers institutionnels coûtent plus que soumissionné\N{NO-BREAK SPACE}: la pose n’y est pas.",
            act=Promise(
                "Montrer à l’équipe deux chantiers avec leurs vraies heures de pose",
                FRANCOIS,
                "gross_margin_rate",
                due=3,
            ),
        ),
    ),
)


def told_gaps(place: int, before_second: int, reviews: int) -> ToldGaps:
    """Return what is said in a gap review.

    Args:
        place: From 0, the oldest.
        before_second: How many are held before the second quarterly review.
        reviews: How many there are.
    """
    match place:
        case 0:
            return _FIRST
        case 1:
            return _SECOND
        case _ if place == before_second - 2:
            return _STALLED
        case _ if place == before_second - 1:
            return _BEFORE_SECOND
        case _ if place == reviews - 1:
            return _LAST
        case _:
            return _USUAL
