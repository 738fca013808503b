-- read: a link
-- grain: one row, or none
-- reads: links
-- why:   it is asked for by its hash; the link itself is kept nowhere
select
    kind,
    account_id,
    expires_at,
    used_at is not null as used,
    replaced_at is not null as replaced
from links
where link_hash = $link_hash
