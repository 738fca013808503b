"""The first six meetings: the team learns to keep to half an hour, and to its word."""

from dashboard.demo_story.script import Good, Parking, Promise, Raised, Told, Worked
from dashboard.demo_story.stage import ETIENNE, FRANCOIS, GENEVIEVE, HOTEL, MARC_ANDRE, ZOE
from pipelines.sample import OWNER

_MEASURING = "Mesurer le temps entre la visite et l’envoi de la soumission"

FIRST_HALF = (
    Told(
        lengths=(3, 9, 8, 15, 6),
        ratings=(6, 7, 6, 7, 7, 6),
        wins=(Good("Les rappels par texto partent chaque jour, sans exception", ZOE),),
        notes=(
            (
                2,
                "On a discuté chaque chiffre. La prochaine fois\N{NO-BREAK SPACE}: les écarts seulement.",
            ),
        ),
        blockers=(
            Worked(
                "soumissions",
                "Les soumissions partent trop tard",
                kpi="proposals_sent",
                raised_by=GENEVIEVE,
                facts="La cible est de neuf soumissions par semaine et on ne l’atteint presque "
                "jamais. Plusieurs clients rappellent pour demander où est la leur.",
                tried="Un rappel le vendredi matin. Personne ne le regarde.",
                problem="Le prix du bois vient de l’atelier, et personne ne sait à qui le demander.",
                ideas="Une liste de prix par essence. Une personne à l’atelier qui répond.",
                decision=Promise(
                    "Nommer à l’atelier une personne qui donne les prix du bois sous 24 heures",
                    MARC_ANDRE,
                    "proposals_sent",
                    due=3,
                ),
            ),
        ),
        promises=(
            Promise(
                "Fermer les opportunités sans activité depuis six mois", ETIENNE, "win_rate", due=6
            ),
            Promise(
                "Sortir la marge par segment des trois derniers trimestres",
                FRANCOIS,
                "gross_margin_rate",
                due=6,
            ),
        ),
    ),
    Told(
        lengths=(2, 7, 6, 10, 4),
        ratings=(7, 7, 8, 6, 7),
        absent=(OWNER,),
        wins=(
            Good("Notaires Fleury et Dumas nous recommande à ses clients", ETIENNE),
            Good(
                "Le ménage des opportunités est fait\N{NO-BREAK SPACE}: on voit enfin clair",
                ETIENNE,
            ),
        ),
        blockers=(
            Worked(
                "hotel",
                "Hôtel du Lac\N{NO-BREAK SPACE}: 198\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}$ en soumission, sans nouvelles",
                kpi="sales_won",
                about=HOTEL,
                raised_by=GENEVIEVE,
                facts="La soumission est partie il y a des mois. Plus d’activité depuis.",
                parking=Parking("Rencontre Marc-André et Geneviève", 3),
            ),
            Worked(
                "prix",
                "L’atelier donne les prix, mais pas le même jour",
                raised_by=GENEVIEVE,
                facts="La personne nommée répond, souvent deux ou trois jours plus tard.",
                tried="La rappeler. Elle est sur le plancher.",
                problem="Elle n’a pas d’heure réservée pour nous.",
                decision=Promise(
                    "Réserver une demi-heure par jour à l’atelier pour les prix",
                    MARC_ANDRE,
                    "proposals_sent",
                    due=3,
                ),
            ),
        ),
        promises=(
            Promise(_MEASURING, GENEVIEVE, "proposals_sent", due=3, late=12),
            Promise(
                "Demander à cinq clients institutionnels ce qu’ils ont payé de trop",
                FRANCOIS,
                "gross_margin_rate",
                due=3,
                late=3,
            ),
        ),
    ),
    Told(
        # a good mood, nothing decided, and two promises of three broken
        lengths=(3, 6, 6, 8, 4),
        ratings=(9, 9, 9, 10, 9),
        absent=(OWNER,),
        wins=(
            Good("Belle journée portes ouvertes à l’atelier\N{NO-BREAK SPACE}: beaucoup de monde"),
            Good("La Clinique du Parc est venue voir nos comptoirs", ZOE),
        ),
        notes=((4, "Bonne discussion. On y revient la semaine prochaine."),),
        promises=(
            Promise("Rappeler les visiteurs des portes ouvertes", ZOE, "new_opportunities", due=6),
            Promise(
                "Écrire comment on calcule le prix de revient d’un lambris",
                FRANCOIS,
                "gross_margin_rate",
                due=6,
                late=4,
            ),
            Promise(
                "Proposer une visite d’atelier à trois architectes", ETIENNE, "win_rate", due=6
            ),
        ),
    ),
    Told(
        lengths=(2, 6, 7, 12, 3),
        ratings=(6, 7, 6, 7, 6),
        absent=(ETIENNE,),
        wins=(Good("Deux visiteurs des portes ouvertes ont demandé une soumission", ZOE),),
        blockers=(
            Worked(
                "mesure",
                action=_MEASURING,
                raised_by=MARC_ANDRE,
                facts="En retard à deux rencontres de suite.",
                tried="Geneviève a commencé à la main, puis a manqué de temps.",
                problem="La date de visite n’est pas dans le CRM.",
                decision=Promise(
                    "Ajouter la date de visite aux opportunités dans le CRM",
                    ETIENNE,
                    "proposals_sent",
                    due=3,
                ),
            ),
            Worked(
                "marge",
                "La marge institutionnelle baisse",
                kpi="gross_margin_rate",
                raised_by=FRANCOIS,
                facts="Elle baisse depuis un an, un peu chaque mois. Résidentiel et commercial tiennent.",
                tried="Négocier le prix des panneaux. Gagné peu de chose.",
                problem="On soumissionne avec les prix de l’an dernier.",
                ideas="Une clause d’indexation. Une marge de sécurité sur les chantiers longs.",
                decision=Promise(
                    "Mettre à jour la liste de prix des panneaux et des ferrures",
                    FRANCOIS,
                    "gross_margin_rate",
                    due=6,
                    late=3,
                ),
            ),
        ),
        promises=(
            Promise(
                "Envoyer les trois soumissions des portes ouvertes",
                GENEVIEVE,
                "proposals_sent",
                due=6,
            ),
        ),
    ),
    Told(
        lengths=(2, 5, 6, 13, 4),
        ratings=(7, 8, 7, 8, 7, 7),
        wins=(
            Good(
                "Montrer un échantillon fini à la visite\N{NO-BREAK SPACE}: le client décide sur place",
                ETIENNE,
                practice="Apporter un échantillon fini à la visite",
            ),
        ),
        points=(
            Raised(
                ZOE,
                "Qui remplace qui pendant les prochaines vacances?",
                "Geneviève remplace Zoé, Étienne remplace François. Affiché à la cuisine.",
            ),
        ),
        blockers=(
            Worked(
                "hotel",
                facts="La soumission est partie il y a des mois. Plus d’activité depuis. Le directeur "
                "a changé.",
                tried="Attendre leur appel.",
                problem="On ne sait pas qui décide là-bas maintenant.",
                decision=Promise(
                    "Trouver qui décide maintenant à l’Hôtel du Lac",
                    GENEVIEVE,
                    "sales_won",
                    due=6,
                ),
            ),
        ),
        promises=(
            Promise(
                "Bloquer deux matinées par semaine pour les soumissions",
                GENEVIEVE,
                "proposals_sent",
                due=3,
            ),
            Promise(
                "Demander deux recommandations à nos derniers clients", ZOE, "new_opportunities", 6
            ),
            Promise(
                "Comparer nos délais avec ceux des deux concurrents", ETIENNE, "win_rate", 6, late=2
            ),
        ),
    ),
    Told(
        lengths=(2, 6, 5, 12, 4),
        ratings=(8, 7, 8, 7),
        absent=(FRANCOIS, OWNER),
        paused=4,
        wins=(Good("Brasserie des Rapides livrée deux jours d’avance", GENEVIEVE),),
        votes=((ZOE, "delais"), (GENEVIEVE, "delais"), (ETIENNE, "zoe")),
        blockers=(
            Worked(
                "delais",
                "On perd des opportunités sur le délai de livraison",
                kpi="win_rate",
                raised_by=ETIENNE,
                facts="Après le prix, le délai est la raison de perte la plus fréquente.",
                tried="Promettre plus court. L’atelier n’a pas suivi.",
                problem="On ne connaît pas la charge de l’atelier quand on promet une date.",
                ideas="Un calendrier de charge. Une option «\N{NO-BREAK SPACE}livraison en deux temps\N{NO-BREAK SPACE}».",
                decision=Promise(
                    "Afficher la charge de l’atelier à quatre semaines, chaque lundi",
                    MARC_ANDRE,
                    "win_rate",
                    due=6,
                ),
            ),
            Worked(
                "zoe",
                "Trop de rendez-vous reposent sur Zoé",
                raised_by=ZOE,
                facts="Zoé tient la moitié des rendez-vous de l’équipe.",
                parking=Parking("Préparation du plan de 90 jours", 3),
            ),
        ),
        promises=(
            Promise(
                "Offrir la livraison en deux temps aux prochaines soumissions",
                GENEVIEVE,
                "win_rate",
                due=6,
            ),
        ),
    ),
)
