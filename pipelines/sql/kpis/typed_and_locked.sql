-- typed_and_locked: whether anybody typed, locked or changed anything since one last looked
-- grain: one row; counts and the newest moment
-- reads: kpi_entries, limits_locks, hand_kept_kpis, journal, meetings
-- why:   the demonstration must not throw away what somebody tried out in it; a pact fires by itself
select
    (select count(*) from kpi_entries) as typed,
    (select max(entered_at)::varchar from kpi_entries) as typed_at,
    (select count(*) from limits_locks) as locked,
    (select count(*) from hand_kept_kpis) as hand_kept,
    (select count(*) from journal where what <> 'pact_event.fired') as changes,
    (select sum(revision)::bigint from meetings) as meetings
