-- found: what meetings said, wherever it was written down
-- grain: one row per thing, newest first
-- reads: decisions, blockers, blocker_notes, actions, meeting_actions, agenda_items, meeting_notes, gap_decisions, verdicts, experiments, minutes, wins, practices, meetings
-- why:   people remember words, not where they were said; a thing about a KPI is found by the KPI's name too
with given as (
    select
        meeting_actions.meeting_id,
        actions.action_id,
        actions.title,
        actions.owner
    from meeting_actions
    inner join actions
        on meeting_actions.action_id = actions.action_id
    union all
    select
        minutes.meeting_id,
        unnest(
            from_json(
                list_concat(
                    (minutes.content -> '$.tasks')::json[],
                    (minutes.content -> '$.commitments')::json[]
                )::json,
                '[{"action_id": "integer", "title": "varchar", "owner": "varchar"}]'
            ),
            recursive := true
        )
    from minutes
),

-- looked back on week after week: the newest time is enough, for each name it had
promised as (
    select
        given.action_id,
        given.title,
        given.owner,
        meetings.held_on,
        meetings.meeting_id
    from given
    inner join meetings
        on given.meeting_id = meetings.meeting_id
    where
        ($own is null or list_contains($own, meetings.meeting_id))
        and given.action_id not in (
            select action_id from decisions
            union all
            select action_id from gap_decisions where action_id is not null
        )
    qualify row_number() over (
        partition by given.action_id, given.title
        order by meetings.held_on desc, meetings.meeting_id desc
    ) = 1
),

-- each with the address of its life
decided as (
    select
        decisions.decision_id::varchar as decision,
        decisions.text as title,
        coalesce(blockers.title, '') as text,
        decisions.owner as also,
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
        concat_ws(' ', 'gap', gap_decisions.meeting_id, gap_decisions.kpi) as decision,
        coalesce(actions.title, gap_decisions.reason) as title,
        '' as text,
        concat_ws(chr(10), actions.owner, gap_decisions.decided_by) as also,
        gap_decisions.decided_at::date as said_on,
        gap_decisions.meeting_id,
        gap_decisions.meeting_id as subject_id,
        gap_decisions.kpi
    from gap_decisions
    left join actions
        on gap_decisions.action_id = actions.action_id
    where not list_contains($unseen, 'gap ' || gap_decisions.kpi)
    union all
    select
        concat_ws(' ', 'verdict', verdicts.meeting_id, verdicts.subject) as decision,
        coalesce(actions.title, experiments.title, verdicts.reason) as title,
        case when actions.title is null and experiments.title is null then '' else verdicts.reason || chr(10) end
        || coalesce(verdicts.change, '') as text,
        coalesce(verdicts.decided_by, '') as also,
        verdicts.decided_at::date as said_on,
        verdicts.meeting_id,
        verdicts.meeting_id as subject_id,
        case
            when starts_with(verdicts.subject, 'kpi ') then split_part(verdicts.subject, ' ', 2)
            else coalesce(actions.kpi, experiments.kpi)
        end as kpi
    from verdicts
    left join actions
        on verdicts.subject = 'action ' || actions.action_id
    left join experiments
        on verdicts.subject = 'experiment ' || experiments.experiment_id
    where
        not list_contains($unseen, verdicts.subject)
        and not list_contains($unseen, 'kpi ' || coalesce(experiments.kpi, ''))
),

said as (
    select
        'decision' as kind,
        decided.*
    from decided
    union all
    select
        'blocker' as kind,
        null as decision,
        blockers.title,
        coalesce(written.text, '') as text,
        concat_ws(chr(10), blockers.raised_by, blockers.forum) as also,
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
        null as decision,
        '' as title,
        string_agg(meeting_notes.text, chr(10) order by meeting_notes.subject) as text,
        '' as also,
        meetings.held_on as said_on,
        meetings.meeting_id,
        meetings.meeting_id as subject_id,
        null as kpi
    from meeting_notes
    inner join meetings
        on meeting_notes.meeting_id = meetings.meeting_id
    where not list_contains($unseen, meeting_notes.subject)
    group by all
    union all
    select
        'win' as kind,
        null as decision,
        wins.text as title,
        coalesce(wins.person, '') as text,
        '' as also,
        meetings.held_on as said_on,
        wins.meeting_id,
        wins.win_id as subject_id,
        null as kpi
    from wins
    inner join meetings
        on wins.meeting_id = meetings.meeting_id
    where not wins.taken_back
    union all
    select
        'practice' as kind,
        null as decision,
        practices.title,
        practices.text,
        '' as also,
        practices.added_on as said_on,
        null as meeting_id,
        practices.practice_id as subject_id,
        null as kpi
    from practices
    union all
    select
        'action' as kind,
        null as decision,
        promised.title,
        promised.owner as text,
        '' as also,
        promised.held_on as said_on,
        promised.meeting_id,
        promised.action_id as subject_id,
        actions.kpi
    from promised
    left join actions
        on promised.action_id = actions.action_id
    union all
    select
        'point' as kind,
        null as decision,
        agenda_items.title,
        agenda_items.raised_by as text,
        '' as also,
        meetings.held_on as said_on,
        agenda_items.meeting_id,
        agenda_items.item_id as subject_id,
        null as kpi
    from agenda_items
    inner join meetings
        on agenda_items.meeting_id = meetings.meeting_id
    where agenda_items.raised_by is not null
)
select
    said.kind,
    said.title,
    said.text,
    coalesce(meetings.held_on, said.said_on) as said_on,
    said.meeting_id,
    said.subject_id,
    said.decision,
    said.also,
    said.kpi
from said
left join meetings
    on said.meeting_id = meetings.meeting_id
where
    (
        list_contains($kpis, said.kpi)
        or list_bool_and(
            list_transform(
                $words,
                lambda word: contains(strip_accents(lower(concat_ws(chr(10), said.title, said.text, said.also))), word)
            )
        )
    )
order by
    said_on desc,
    said.kind,
    said.subject_id desc
limit $most
