-- insert: one entry
-- grain: one row
-- reads: nothing
-- why:   written once, never changed
insert into audit (
    number, event_id, journal_number, at, actor, what, subject, before, after, hash
)
values (
    :number, :event_id, :journal_number, :at, :actor, :what, :subject, :before, :after, :hash
)
