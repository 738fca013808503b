-- use: a link works once
-- grain: one row
-- reads: links
-- why:   whoever finds it in a mailbox later cannot come in
update links set used_at = $now where link_hash = $link_hash
