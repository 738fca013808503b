-- 0004 calendar: addresses that a calendar program reads somebody's dates from

create table calendar_feeds (
    account_id integer primary key references accounts on delete cascade,
    token_hash text not null unique,  -- sha256; the address itself is kept nowhere
    calendar_id text not null,        -- names its events for ever, also when the address changes
    created_at real not null          -- on the steady clock
) strict;
