-- found: what meetings said, wherever it was written down
-- grain: one row per thing, newest first
-- reads: decisions, blockers, blocker_notes, actions, meeting_notes, wins, practices, meetings
-- why:   people remember words, not where they were said; a thing about a KPI is found by the KPI's name too
with said as (
    select
        'decision' as kind,
        decisions.text as title,
        coalesce(blockers.title, '') as text,
        decisions.decided_at::date as said_on,
        decisions.meeting_id,
        decisions.decision_id as subject_id,
        actions.kpi
    from decisions
    left join blockers
        on decisions.blocker_id = blockers.blocker_id
    left join actions
        on decisions.action_id = actions.action_id
    union all
    select
        'blocker' as kind,
        blockers.title,
        coalesce(written.text, '') as text,
        blockers.raised_on as said_on,
        coalesce(blockers.worked_in, blockers.parked_in, blockers.raised_in) as meeting_id,
        blockers.blocker_id as subject_id,
        blockers.kpi
    from blockers
    left join (
        select
            blocker_id,
            string_agg(text, chr(10) order by step) as text
        from blocker_notes
        group by blocker_id
    ) as written
        on blockers.blocker_id = written.blocker_id
    union all
    select
        'minutes' as kind,
        '' as title,
        string_agg(meeting_notes.text, chr(10) order by meeting_notes.subject) as text,
        meetings.held_on as said_on,
        meetings.meeting_id,
        meetings.meeting_id as subject_id,
        null as kpi
    from meeting_notes
    inner join meetings
        on meeting_notes.meeting_id = meetings.meeting_id
    group by all
    union all
    select
        'win' as kind,
        wins.text as title,
        coalesce(wins.person, '') as text,
        meetings.held_on as said_on,
        wins.meeting_id,
        wins.win_id as subject_id,
        null as kpi
    from wins
    inner join meetings
        on wins.meeting_id = meetings.meeting_id
    union all
    select
        'practice' as kind,
        practices.title,
        practices.text,
        practices.added_on as said_on,
        null as meeting_id,
        practices.practice_id as subject_id,
        null as kpi
    from practices
)
select
    said.kind,
    said.title,
    said.text,
    coalesce(meetings.held_on, said.said_on) as said_on,
    said.meeting_id,
    said.subject_id
from said
left join meetings
    on said.meeting_id = meetings.meeting_id
where
    list_contains($kpis, said.kpi)
    or list_bool_and(
        list_transform(
            $words,
            lambda word: contains(strip_accents(lower(said.title || chr(10) || said.text)), word)
        )
    )
order by
    said_on desc,
    said.kind,
    said.subject_id desc
limit $most
