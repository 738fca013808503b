-- lines: every meeting with what it brought, for lists
-- grain: one row per meeting, newest first
-- reads: meetings, agenda_sections, decisions, gap_decisions, verdicts, next_quarters, meeting_actions, blockers, ratings, minutes
select
    meetings.meeting_id,
    meetings.kind,
    meetings.purpose,
    meetings.held_on,
    meetings.status,
    coalesce(agenda.planned, 0) as planned,
    coalesce(decided.decisions, 0) as decisions,
    coalesce(given.actions, 0) as actions,
    coalesce(solved.worked, 0) as worked,
    coalesce(rated.ratings, 0) as ratings,
    rated.mean,
    (minutes.content ->> '$.seconds')::integer as seconds,
    next_quarters.adopted_at is not null as adopted
from meetings
left join (select meeting_id, sum(minutes)::integer as planned from agenda_sections group by meeting_id) as agenda
    on meetings.meeting_id = agenda.meeting_id
left join (
    select
        meeting_id,
        count(*) as decisions
    from (
        select meeting_id from decisions
        union all
        select meeting_id from gap_decisions
        union all
        select meeting_id from verdicts
    )
    group by meeting_id
) as decided
    on meetings.meeting_id = decided.meeting_id
left join (select meeting_id, count(*) as actions from meeting_actions group by meeting_id) as given
    on meetings.meeting_id = given.meeting_id
left join (select worked_in as meeting_id, count(*) as worked from blockers where worked_in is not null group by worked_in) as solved
    on meetings.meeting_id = solved.meeting_id
left join (select meeting_id, count(*) as ratings, avg(score) as mean from ratings group by meeting_id) as rated
    on meetings.meeting_id = rated.meeting_id
left join minutes
    on meetings.meeting_id = minutes.meeting_id
left join next_quarters
    on meetings.meeting_id = next_quarters.meeting_id
order by
    meetings.held_on desc,
    meetings.meeting_id desc
