from datetime import date

from pipelines.context import Context
from tests.builders.imports import codes, import_text, rows

ALL = "select external_id, kind, outcome, outcome_evidence, planned_on, done_on from activities order by external_id"


def test_a_mixed_hubspot_export_keeps_kinds_outcomes_and_dates_apart(company: Context) -> None:
    report = import_text(
        company,
        "Record ID,Activity type,Activity date,Activity assigned to,Call outcome,Meeting outcome,Task status,Due date,Associated Deal IDs\n"
        "1,Call,2026-03-02 10:00,Ann,No answer,,,,\n"
        "2,Meeting,2026-03-03 10:00,Ann,,Completed,,,7;8\n"
        "3,Meeting,2026-03-04 10:00,Ann,,No show,,,7\n"
        "4,Meeting,2026-03-05 10:00,Ann,,Rescheduled,,,\n"
        "5,Meeting,2026-03-25 10:00,Ann,,Scheduled,,,\n"
        "6,Task,2026-03-06,Ann,,,Completed,2026-03-08,\n"
        "7,Task,2026-03-06,Ann,,,,2026-03-08,\n"
        "8,Email,2026-03-07,Ann,,,,,\n"
        "9,Note,2026-03-07,Ann,,,,,\n"
        "91,Meeting,2026-03-08,Ann,,,,,\n"
        "92,Meeting,2026-03-28,Ann,,,,,\n",
    )

    assert rows(company, ALL) == [
        ("1", "call", "done", "exported", None, date(2026, 3, 2)),
        ("2", "meeting", "done", "exported", date(2026, 3, 3), date(2026, 3, 3)),
        ("3", "meeting", "no_show", "exported", date(2026, 3, 4), None),
        ("4", "meeting", "cancelled", "exported", date(2026, 3, 5), None),
        ("5", "meeting", "planned", "exported", date(2026, 3, 25), None),
        ("6", "task", "done", "exported", date(2026, 3, 8), date(2026, 3, 6)),
        ("7", "task", None, None, date(2026, 3, 8), None),
        ("8", "email", "done", "assumed", None, date(2026, 3, 7)),
        # the file has a column for it, so nobody knows whether this one took place
        ("91", "meeting", None, None, date(2026, 3, 8), None),
        ("92", "meeting", "planned", "assumed", date(2026, 3, 28), None),
    ]
    assert codes(report)["outcome_missing"] == 1
    assert rows(company, "select deal from activities where external_id = '2'") == [("7",)]
    assert (report.rows_read, report.added, report.rejected) == (11, 10, 1)
    assert rows(company, "select code, content from import_rejects") == [("not_counted", "Note")]


def test_a_french_hubspot_export_of_activities(company: Context) -> None:
    import_text(
        company,
        "Record ID,Type d'activité,Date de l'activité,Attribué à,Résultat de la réunion,Associated Deal IDs,Titre\n"
        "1,Rendez-vous,2026-03-02,Julie Roy,Non effectué,11,Visite d'usine\n"
        "2,Soumission,2026-03-03,Julie Roy,,11,Soumission S-9\n",
    )

    assert rows(
        company,
        "select kind, outcome, deal, owner, subject, done_on from activities order by external_id",
    ) == [
        ("meeting", "no_show", "11", "Julie Roy", "Visite d'usine", None),
        ("proposal", "done", "11", "Julie Roy", "Soumission S-9", date(2026, 3, 3)),
    ]


def test_salesforce_events_have_no_outcome_so_their_date_decides(company: Context) -> None:
    report = import_text(
        company,
        "Id,Subject,ActivityDate,ActivityDateTime,DurationInMinutes,WhatId,OwnerId\n"
        "1,Visit,2026-03-20,2026-03-20 09:00:00,45,006A,U1\n"
        "2,Visit,2026-03-21,2026-03-21 09:00:00,30,006A,U1\n",
    )

    assert rows(company, ALL) == [
        ("1", "meeting", "done", "assumed", date(2026, 3, 20), date(2026, 3, 20)),
        ("2", "meeting", "planned", "assumed", date(2026, 3, 21), None),
    ]
    assert rows(company, "select duration_min from activities order by external_id") == [
        (45,),
        (30,),
    ]
    assert codes(report)["held_assumed"] == 1


def test_salesforce_tasks_are_calls_mails_or_tasks_by_their_subtype(company: Context) -> None:
    import_text(
        company,
        "Id,Subject,ActivityDate,CompletedDateTime,Status,TaskSubtype,CallDurationInSeconds,WhatId\n"
        "1,Call,2026-03-02,,Completed,Call,90,006A\n"
        "2,Mail,2026-03-02,,Completed,Email,,006A\n"
        "3,To do,2026-03-02,2026-03-05 08:00:00,Completed,Task,,006A\n"
        "4,To do,2026-03-02,,Waiting on someone else,Task,,006A\n",
    )

    assert rows(company, ALL) == [
        ("1", "call", "done", "exported", date(2026, 3, 2), date(2026, 3, 2)),
        ("2", "email", "done", "exported", date(2026, 3, 2), date(2026, 3, 2)),
        ("3", "task", "done", "exported", date(2026, 3, 2), date(2026, 3, 5)),
        ("4", "task", "planned", "exported", date(2026, 3, 2), None),
    ]
    assert rows(company, "select duration_min from activities where kind = 'call'") == [(2,)]


def test_pipedrive_says_done_or_not(company: Context) -> None:
    import_text(
        company,
        "Activité - Sujet,Activité - Type,Activité - Date d'échéance,Activité - Attribué à l’utilisateur,Activité - Terminé\n"
        "Premier contact,Appel,2026-03-02,Ann,Terminé\n"
        "Visite,Réunion,2026-03-30,Ann,Non terminé\n",
    )

    assert rows(
        company, "select kind, outcome, planned_on, done_on from activities order by kind"
    ) == [
        ("call", "done", date(2026, 3, 2), date(2026, 3, 2)),
        ("meeting", "planned", date(2026, 3, 30), None),
    ]


def test_a_list_of_appointments_with_flags_needs_only_their_names(company: Context) -> None:
    report = import_text(
        company,
        "demo_id,requested_at,scheduled,showed_up,owner\n"
        "1,2026-03-02,True,True,Ann\n2,2026-03-03,True,False,Ann\n"
        "3,2026-03-04,False,False,Ann\n4,2026-03-30,True,False,Ann\n",
        mapping=(
            'entity = "activities"\n[columns]\nexternal_id = "demo_id"\nplanned_on = "requested_at"\n'
            'scheduled = "scheduled"\nattended = "showed_up"\n'
        ),
    )

    assert rows(company, ALL) == [
        ("1", "meeting", "done", "exported", date(2026, 3, 2), date(2026, 3, 2)),
        ("2", "meeting", "no_show", "exported", date(2026, 3, 3), None),
        ("4", "meeting", "planned", "exported", date(2026, 3, 30), None),
    ]
    assert (report.added, report.rejected) == (3, 1)


def test_an_activity_without_a_date_cannot_be_counted(company: Context) -> None:
    import_text(company, "activity id,type,date,subject\n1,Call,,Hello\n2,Call,2026-03-01,Hello\n")

    assert rows(company, "select file_line, code, column_name from import_rejects") == [
        (2, "missing_value", "date")
    ]


def test_an_activity_that_was_held_later_is_an_update(company: Context) -> None:
    header = "Record ID,Meeting name,Meeting start time,Meeting outcome\n"
    import_text(company, header + "1,Demo,2026-03-25 10:00,Scheduled\n")

    report = import_text(company, header + "1,Demo,2026-03-25 10:00,No show\n")

    assert report.changed == 1
    assert rows(company, "select outcome from activities") == [("no_show",)]
