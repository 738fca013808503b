-- 0002 discipline: what the company chose, aims at and agreed to do

-- the five to seven KPIs, in the order they are shown; a choice replaces the one before it
create table chosen_kpis (
    kpi text not null,
    position integer not null,
    responsible text,
    chosen_from date not null,
    chosen_to date                    -- null: chosen today
);

-- KPIs that exist only here: their numbers are typed
create table hand_kept_kpis (
    kpi text primary key,
    kind text not null check (kind in ('input', 'output')),
    unit text not null,
    better text not null check (better in ('up', 'down')),
    name text not null,               -- in the company's language
    aggregate text check (aggregate in ('sum', 'mean', 'last', 'ratio')),
    complete boolean not null         -- false until somebody looked at what an import guessed
);

-- a later row for the same aim replaces an earlier one from its own start on; nothing is deleted
create table targets (
    target_id integer primary key,
    kpi text not null,
    owner text,                       -- null: the whole company
    segment text,                     -- seams for a later release: always null today
    region text,
    business_unit text,
    value double not null,
    max_value double,                 -- upper end of a range; null: a single value
    at_most boolean not null default false,
    per text check (per in ('week', 'month', 'quarter', 'year')),  -- null: one value for every period
    valid_from date not null,
    valid_to date,                    -- exclusive; null: until replaced
    reason text,
    set_at timestamp not null
);

create table limits_locks (
    kpi text not null,
    grain text not null,
    baseline_from date not null,
    baseline_to date not null,        -- exclusive
    reason text not null,
    locked_on date not null           -- the newest lock counts
);

create table actions (
    action_id integer primary key,
    title text not null,
    owner text not null,
    due_on date not null,
    kpi text,                         -- the KPI it should move
    created_on date not null,
    done_on date,
    version integer not null          -- grows with every change; forms carry it
);

create table action_events (
    action_id integer not null,
    version integer not null,         -- of the action after this event
    happened_on date not null,        -- the day at the company
    happened_at timestamp not null,   -- UTC
    kind text not null check (kind in ('added', 'done', 'reopened', 'moved', 'assigned', 'renamed', 'linked')),
    before text,
    after text,
    reason text,
    author text,                      -- null until people sign in
    primary key (action_id, version)
);
