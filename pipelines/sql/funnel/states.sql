-- states: deals that were open on one of two days, or came and went between them, as they stood then
-- grain: one row per deal; was_*: on the first day, is_*: on the second; a null status: not there yet
-- reads: deals, former_deals, imports
-- why:   of the states a deal had after a day, the earliest is the one of that day if an export had
--        shown it by then; else it is the first one ever seen, and the deal's own dates say whether
--        the deal was open as the day began
create or replace temp table funnel_states as
with former as (
    select
        source,
        external_id,
        arg_min_null(columns(* exclude (source, external_id, valid_to, import_id)), valid_from)
    from former_deals
    where valid_to > $since
    group by source, external_id
),

former_later as (
    select
        source,
        external_id,
        arg_min_null(columns(* exclude (source, external_id, valid_to, import_id)), valid_from)
    from former_deals
    where valid_to > $as_of
    group by source, external_id
),

wanted as (
    select deals.rowid as deal_number
    from deals
    left join former
        on deals.source = former.source
        and deals.external_id = former.external_id
    where
        deals.status = 'open'
        or deals.closed_on is null
        or deals.closed_on >= $since
        or former.source is not null
),

seen as (
    select
        deals.rowid as deal_number,
        deals.source,
        deals.external_id,
        deals.name,
        deals.account,
        deals.created_on,
        deals.vanished_on,
        imports.file_name,
        deals.file_line,
        coalesce(deals.seen_from, imports.as_of, deals.created_on, $since) as seen_on,
        former.source is not null as has_former,
        former_later.source is not null as has_later,
        case when has_former then former.valid_from else seen_on end as was_seen_on,
        case when has_former then former.status else deals.status end as was,
        case when has_former then former.stage else deals.stage end as was_stage,
        case when has_former then former.amount else deals.amount end as was_amount,
        case when has_former then former.currency else deals.currency end as was_currency,
        case when has_former then former.expected_close_on else deals.expected_close_on end
            as was_close_on,
        case when has_former then former.closed_on else deals.closed_on end as was_closed_on,
        case when has_later then former_later.valid_from else seen_on end as is_seen_on,
        case when has_later then former_later.status else deals.status end as is_now,
        case when has_later then former_later.stage else deals.stage end as is_stage,
        case when has_later then former_later.amount else deals.amount end as is_amount,
        case when has_later then former_later.currency else deals.currency end as is_currency,
        case when has_later then former_later.expected_close_on else deals.expected_close_on end
            as is_close_on,
        case when has_later then former_later.closed_on else deals.closed_on end as is_closed_on,
        case when has_later then former_later.owner else deals.owner end as written_owner
    from deals
    left join former
        on deals.source = former.source
        and deals.external_id = former.external_id
    left join former_later
        on deals.source = former_later.source
        and deals.external_id = former_later.external_id
    left join imports on deals.import_id = imports.import_id
    where deals.rowid in (from wanted)
),

stood as (
    select
        *,
        case
            when vanished_on <= $since then 'vanished'
            when was_seen_on <= $since then was
            when was <> 'open' and coalesce(was_closed_on < $since, true) then was
            when created_on < $since then 'open'
        end as was_status,
        case
            when vanished_on <= $as_of then 'vanished'
            when is_seen_on <= $as_of then is_now
            when is_now <> 'open' and coalesce(is_closed_on < $as_of, true) then is_now
            when created_on < $as_of then 'open'
        end as is_status
    from seen
)

select
    stood.deal_number,
    stood.source,
    stood.external_id,
    stood.name,
    stood.account,
    coalesce(there.name, meant.name, stood.written_owner) as owner,
    stood.created_on,
    stood.file_name,
    stood.file_line,
    stood.was_seen_on <= $since as was_known,
    stood.was_status,
    stood.was_stage,
    stood.was_amount,
    coalesce(stood.was_currency, $company) as was_currency,
    stood.was_close_on,
    stood.is_status,
    stood.is_stage,
    stood.is_amount,
    coalesce(stood.is_currency, $company) as is_currency,
    stood.is_close_on
from stood
left join (select unnest($written::text[]) as written, unnest($meant::text[]) as name) as meant
    on stood.written_owner = meant.written
left join (
    select
        unnest($sources::text[]) as source,
        unnest($written_there::text[]) as written,
        unnest($meant_there::text[]) as name
) as there
    on stood.source = there.source
    and stood.written_owner = there.written
where
    (
        stood.was_status = 'open'
        or stood.is_status = 'open'
        or (
            stood.was_status is null
            and stood.is_status in ('won', 'lost', 'neither')
            and stood.created_on >= $since
        )
    )
    and ($owner::text is null or coalesce(there.name, meant.name, stood.written_owner) = $owner)
