-- details: who is behind some deals, as it was on a day
-- grain: one row per deal asked for
-- reads: deals, former_deals
-- why:   what a deal was like before the first file that shows it is what that file says
select
    hash(deals.source, deals.external_id) as key,
    deals.source,
    deals.external_id,
    deals.name,
    deals.account,
    case when former.until is null then deals.owner else former.owner end as owner,
    coalesce(
        case when former.until is null then deals.currency else former.currency end,
        $company
    ) as currency
from deals
left join (
    select
        source,
        external_id,
        min(valid_to) as until,
        arg_min_null(owner, valid_to) as owner,
        arg_min_null(currency, valid_to) as currency
    from former_deals
    where valid_to > $day
    group by
        source,
        external_id
) as former
    on former.source = deals.source
    and former.external_id = deals.external_id
where hash(deals.source, deals.external_id) in (select unnest($keys::ubigint[]))
