-- 0005 letters: who was sent what about a meeting, so that nobody gets it twice
create table letters (
    meeting_id integer not null,
    kind text not null check (kind in ('minutes', 'preread')),
    name text not null,               -- of whoever was invited, as the product shows it
    address text not null,
    sent_at timestamp not null,       -- UTC
    way text not null check (way in ('server', 'file')),
    file text,                        -- its name in outbox/, where no server took it
    trouble text,                     -- why the server did not take it, in the company's language
    primary key (meeting_id, kind, name)
);
