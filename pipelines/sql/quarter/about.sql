-- about: how often a quarter's meetings and people dealt with each KPI
-- grain: one row per KPI
-- reads: decisions, gap_decisions, verdicts, meetings, actions, blockers
select
    kpi,
    sum(decision)::integer as decisions,
    sum(action)::integer as actions,
    sum(blocker)::integer as blockers
from (
    select
        coalesce(blockers.kpi, actions.kpi) as kpi,
        1 as decision,
        0 as action,
        0 as blocker
    from decisions
    inner join meetings
        on decisions.meeting_id = meetings.meeting_id
    left join actions
        on decisions.action_id = actions.action_id
    left join blockers
        on decisions.blocker_id = blockers.blocker_id
    where meetings.held_on >= $start and meetings.held_on < $end
    union all
    select
        reviewed.kpi,
        1 as decision,
        0 as action,
        0 as blocker
    from (
        select
            meeting_id,
            kpi
        from gap_decisions
        union all
        select
            meeting_id,
            split_part(subject, ' ', 2) as kpi
        from verdicts
        where starts_with(subject, 'kpi ')
    ) as reviewed
    inner join meetings
        on reviewed.meeting_id = meetings.meeting_id
    where meetings.held_on >= $start and meetings.held_on < $end
    union all
    select
        kpi,
        0 as decision,
        1 as action,
        0 as blocker
    from actions
    where created_on >= $start and created_on < $end and carried_from is null
    union all
    select
        kpi,
        0 as decision,
        0 as action,
        1 as blocker
    from blockers
    where raised_on >= $start and raised_on < $end
)
where kpi is not null
group by kpi
order by kpi
