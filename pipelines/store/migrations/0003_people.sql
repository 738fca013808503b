-- 0003 people: who is who, and what changed

-- everybody whom the files or the users name, under the one name the product shows
alter table people rename to former_people;
create table people (
    person_id integer primary key,
    name text not null unique,
    email text,
    team text,
    region text,
    business_unit text,
    active boolean not null default true,  -- false: left the company; what they did stays
    version integer not null default 1     -- grows with every change; forms carry it
);
insert into people (person_id, name, email, team, region, business_unit)
select row_number() over (order by name), name, email, team, region, business_unit
from former_people;
drop table former_people;

-- how the files write somebody, where that is not the name the product shows
create table person_names (
    source text not null,             -- hubspot, pipedrive, generic …; '' for every source
    written text not null,
    person_id integer not null,
    primary key (source, written)
);

-- proposals that somebody looked at and turned down: two names, two people
create table distinct_people (
    name text not null,
    other_name text not null,
    primary key (name, other_name)
);

-- typed KPIs that show costs or margins; what an import guessed counts as such until somebody looks
alter table hand_kept_kpis add column confidential boolean default false;

-- what changed; written in the transaction that changed it, never altered
create table journal (
    number integer primary key,
    event_id text not null unique,
    changed_at timestamp not null,          -- UTC
    actor text,                       -- null: the product by itself
    what text not null,               -- target.set, import.done …
    subject text not null,
    before json,
    after json
);
