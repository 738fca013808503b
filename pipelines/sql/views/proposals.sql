-- proposals: proposals sent to customers, in the way each source records them
-- grain: one row per proposal activity, or per deal that reached a proposal stage
-- reads: activities, stage_entries, deals
-- why:   some teams log proposals, others only move the deal to a stage; a source whose team logs
--        them is never counted by stages as well, and a deal that returns to the stage counts once
with logged as (
    select
        source,
        external_id,
        deal,
        account,
        owner,
        subject,
        coalesce(done_on, planned_on) as sent_on,
        'logged' as evidence,
        import_id,
        file_line
    from activities
    where
        kind = 'proposal'
        and outcome = 'done'
),

reached as (
    select
        source,
        deal,
        min(entered_on) as sent_on,
        arg_min(stage, entered_on) as stage,
        arg_min(import_id, entered_on) as import_id,
        arg_min(file_line, entered_on) as file_line
    from stage_entries
    where
        milestone = 'proposal'
        and source not in (select source from logged)
    group by
        source,
        deal
)

select
    source,
    external_id,
    deal,
    account,
    owner,
    subject,
    sent_on,
    evidence,
    import_id,
    file_line
from logged
union all
select
    reached.source,
    reached.deal as external_id,
    reached.deal,
    deals.account,
    deals.owner,
    deals.name as subject,
    reached.sent_on,
    'stage' as evidence,
    reached.import_id,
    reached.file_line
from reached
left join deals
    on reached.source = deals.source
    and reached.deal = deals.external_id
