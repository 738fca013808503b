-- customer_meetings: meetings and visits, with the day they took place or should have
-- grain: one row per (source, external_id)
-- reads: activities
-- why:   a meeting that nobody came to has no day on which it was done, only a planned one
select
    source,
    external_id,
    deal,
    account,
    owner,
    kind,
    subject,
    outcome,
    outcome_evidence,
    coalesce(done_on, planned_on) as met_on,
    duration_min,
    import_id,
    file_line
from activities
where kind in ('meeting', 'visit')
