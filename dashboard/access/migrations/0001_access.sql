-- 0001 access: who may log in, who is logged in, and what happened
-- moments are seconds since 1970 (UTC) on the steady clock

create table accounts (
    account_id integer primary key autoincrement,  -- never given twice
    name text not null,
    email text not null unique,                     -- as people are told apart: trimmed, lower case
    role text not null check (role in ('owner', 'manager', 'salesperson', 'viewer')),
    person_id integer,                              -- one of the people of the workspace; null: none
    language text,                                  -- null: the company's
    state text not null check (state in ('invited', 'active', 'disabled')),
    version integer not null default 1              -- grows with every change; forms carry it
);

create table passwords (
    account_id integer primary key references accounts on delete cascade,
    hash text not null,                             -- argon2id, with its salt and parameters
    changed_at real not null
);

create table second_factors (
    account_id integer primary key references accounts on delete cascade,
    secret text not null,                           -- shared with the person's telephone
    confirmed_at real                               -- null: proposed, does not count yet
);

-- a code is good once, whatever the clock does
create table used_codes (
    account_id integer not null references accounts on delete cascade,
    step integer not null,                          -- which half minute since 1970
    primary key (account_id, step)
) without rowid;

create table recovery_codes (
    account_id integer not null references accounts on delete cascade,
    code_hash text not null,                        -- sha256
    used_at real,
    primary key (account_id, code_hash)
) without rowid;

-- links that let somebody in once: to set up the first owner, to accept an invitation, to reset
create table links (
    link_hash text primary key,                     -- sha256
    kind text not null check (kind in ('setup', 'invitation', 'reset')),
    account_id integer references accounts on delete cascade,  -- null: the account is still to be made
    created_at real not null,
    expires_at real not null,
    used_at real,
    replaced_at real,                               -- a newer link took its place
    check ((kind = 'setup') = (account_id is null))
);

create table login_sessions (
    token_hash text primary key,                    -- sha256
    session_id text not null unique,                -- names it without giving access to it
    account_id integer not null references accounts on delete cascade,
    started_at real not null,
    seen_at real not null,                          -- last sign of life, a minute late at most
    address text not null,
    user_agent text not null,
    ended_at real,
    ended_why text
);
create index login_sessions_by_account on login_sessions (account_id, started_at);

-- tries that failed lately
create table throttle (
    kind text not null,                             -- account, known (an account from a known address), address
    key text not null,                              -- sha256 of an e-mail address; a network address
    failures integer not null,
    failed_at real not null,
    blocked_until real not null,
    primary key (kind, key)
) without rowid;

-- who somebody is at a provider
create table external_identities (
    issuer text not null,
    subject text not null,
    account_id integer not null references accounts on delete cascade,
    linked_at real not null,
    primary key (issuer, subject)
) without rowid;

-- the latest moment this file was told, so that turning the clock back revives nothing
create table steady_clock (
    id integer primary key check (id = 1),
    seen_at real not null
);
