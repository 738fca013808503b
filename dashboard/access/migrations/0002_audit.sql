-- 0002 audit: who changed what, in a chain that shows where it was tampered with

create table audit (
    -- autoincrement: a number is never used twice, so what was cut off at the end leaves a gap
    number integer primary key autoincrement,
    event_id text not null unique,    -- the journal's own for what was taken over from it
    journal_number integer,           -- in the journal of cap90.duckdb; null: noted here only
    at text not null,                 -- UTC, 2026-11-21T23:05:00.123456
    actor text,                       -- null: the product by itself
    what text not null,               -- target.set, account.disabled …
    subject text not null,
    before text,                      -- JSON, written canonically; null: it was not there
    after text,                       -- as before; null: it is gone
    hash text not null                -- see dashboard/access/entry.py
) strict;
create index audit_by_journal on audit (journal_number) where journal_number is not null;
create index audit_by_subject on audit (subject);

create trigger audit_is_not_changed before update on audit
begin
    select raise(abort, 'the audit trail is never changed');
end;
create trigger audit_is_not_shortened before delete on audit
begin
    select raise(abort, 'the audit trail is never shortened');
end;
-- "insert or replace" would delete without asking the trigger above
create trigger audit_is_not_overwritten before insert on audit
when exists (select 1 from audit where number = new.number or event_id = new.event_id)
begin
    select raise(abort, 'the audit trail is never overwritten');
end;
