-- 0001 canonical: what the companies' files say, one row per thing
-- Amounts carry four decimals, since some currencies have three and unit costs more.
-- Columns that every table shares:
--   import_id, file_line: the import and the line of its file that last changed the row

create table imports (
    import_id integer primary key,
    file_name text not null,          -- as it was called when it arrived
    content_hash text not null,       -- sha-256 of its bytes; the original lies in imports/ under it
    source text not null,             -- hubspot, salesforce, pipedrive, generic …
    entity text not null,             -- canonical table it filled
    coverage text not null check (coverage in ('full', 'view')),
    mapping json not null,            -- how its columns were understood, as a mapping file would say
    imported_at timestamp not null,   -- UTC
    as_of date not null,              -- the day at the company
    rows_read integer not null,
    added integer not null,
    changed integer not null,
    unchanged integer not null,
    rejected integer not null,
    check (rows_read = added + changed + unchanged + rejected)
);

create table import_rejects (
    import_id integer not null,
    file_line integer not null,       -- first line of the row in the file, the header being line 1
    code text not null,               -- duplicate_id, not_a_row, bad_date, bad_number …
    column_name text,                 -- as written in the file; null if the whole row is meant
    content text                      -- the cell or row as read, shortened
);

create table import_findings (
    import_id integer not null,
    code text not null,
    count integer not null,
    details json not null             -- values for the sentence about it
);

create table deals (
    source text not null,
    external_id text not null,
    name text,
    account text,
    owner text,
    pipeline text,
    stage text,
    status text not null check (status in ('open', 'won', 'lost', 'neither')),
    amount decimal(18, 4),
    currency text,                    -- null: the company's own
    cost decimal(18, 4),
    created_on date,
    expected_close_on date,
    closed_on date,                   -- null while the deal is open
    loss_reason text,
    segment text,
    region text,
    business_unit text,
    product_line text,
    lead_source text,
    updated_on timestamp,
    vanished_on date,                 -- the day a full export no longer held it; null: still there
    seen_from date,                   -- day of the import that first showed it as it is now;
                                      -- null: its key was made up, so nobody can follow it
    import_id integer not null,
    file_line integer not null
);

-- what a deal was before it became what it is; kept apart, since most deals have one state only
create table former_deals (
    source text not null,
    external_id text not null,
    valid_from date not null,         -- day of the import that showed it
    valid_to date not null,           -- day of the import that showed another state
    owner text,
    pipeline text,
    stage text,
    status text not null,
    amount decimal(18, 4),
    currency text,
    expected_close_on date,
    closed_on date,
    import_id integer not null
);

-- every state a deal was seen in; valid_to is null for the present one
create view deal_versions as
select
    source, external_id, valid_from, valid_to,
    owner, pipeline, stage, status, amount, currency, expected_close_on, closed_on, import_id
from former_deals
union all
select
    source, external_id, seen_from, null,
    owner, pipeline, stage, status, amount, currency, expected_close_on, closed_on, import_id
from deals
where seen_from is not null;

create table stage_entries (
    source text not null,
    deal text not null,               -- external_id of the deal
    stage text not null,
    entered_on date not null,
    milestone text check (milestone in ('proposal')),  -- what reaching that stage means; null: nothing we count
    evidence text not null check (evidence in ('exported', 'inferred')),
    import_id integer not null,
    file_line integer not null
);

create table activities (
    source text not null,
    external_id text not null,
    deal text,                        -- external_id of the deal, where the file says
    account text,
    owner text,
    kind text not null check (kind in ('call', 'meeting', 'email', 'proposal', 'task', 'visit')),
    subject text,
    outcome text check (outcome in ('planned', 'done', 'no_show', 'cancelled')),
    outcome_evidence text check (outcome_evidence in ('exported', 'assumed')),  -- assumed: from its date alone
    planned_on date,
    done_on date,
    duration_min integer,
    is_selling boolean,
    import_id integer not null,
    file_line integer not null
);

create table invoices (
    source text not null,
    external_id text not null,
    account text,
    owner text,
    invoiced_on date,
    revenue decimal(18, 4),           -- before taxes; credit notes are negative
    cost decimal(18, 4),
    currency text,
    segment text,
    product_line text,
    region text,
    business_unit text,
    import_id integer not null,
    file_line integer not null
);

-- everybody the files or the users name; joining several names to one person comes later
create table people (
    name text primary key,
    email text,
    team text,
    region text,
    business_unit text
);

-- the few numbers that people type
create table kpi_entries (
    kpi text not null,
    grain text not null check (grain in ('week', 'month', 'quarter')),
    start date not null,              -- first day of the period
    owner text not null default '',   -- '' for the whole company
    value double,
    numerator double,
    denominator double,
    note text,
    entered_at timestamp not null,
    import_id integer,                -- null: typed on the page
    file_line integer,
    primary key (kpi, grain, start, owner)
);
