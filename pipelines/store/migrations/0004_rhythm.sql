-- 0004 rhythm: the 90-day plan, the meetings, and what comes out of them
-- Names of people are the ones the product shows; whoever renames somebody renames them here too.

-- actions: their place in a plan, how far they are, what they should bring
alter table actions add column priority_id integer;   -- null: outside every plan
alter table actions add column progress integer default 0;  -- percent, 0 to 100
alter table actions add column effect double;         -- expected change of the KPI, in its own unit
alter table actions add column lag_weeks integer;     -- weeks until the effect should show
alter table actions add column dropped_on date;       -- given up; its history says why
alter table actions add column decision_id integer;   -- the decision it carries out
alter table actions add column carried_from integer;  -- the action of a former plan that it continues

-- the kinds grew, and a check cannot be changed in place
alter table action_events rename to former_action_events;
create table action_events (
    action_id integer not null,
    version integer not null,
    happened_on date not null,
    happened_at timestamp not null,
    kind text not null,
    before text,
    after text,
    reason text,
    author text,
    primary key (action_id, version)
);
insert into action_events select * from former_action_events;
drop table former_action_events;

create table action_comments (
    comment_id integer primary key,
    action_id integer not null,
    written_at timestamp not null,    -- UTC
    author text,
    text text not null
);

-- somebody who is responsible asks for another date; who assigns actions answers
create table move_requests (
    request_id integer primary key,
    action_id integer not null,
    asked_by text not null,
    asked_on date not null,
    due_on date not null,             -- the date asked for
    reason text not null,
    answered_by text,
    answered_on date,
    granted boolean,                  -- null: not answered yet
    answer text,                      -- what whoever answered said about it
    version integer not null
);

-- a plan of 90 days: the company's, or one person's
create table plans (
    plan_id integer primary key,
    person text,                      -- null: the company's
    starts_on date not null,
    ends_on date not null,            -- last day
    status text not null check (status in ('draft', 'adopted', 'closed')),
    carried_from integer,             -- the plan before it
    terms json,                       -- what a person's plan agrees on beside priorities
    version integer not null
);

create table priorities (
    priority_id integer primary key,
    plan_id integer not null,
    position integer not null check (position between 1 and 3),
    title text not null,
    kpi text not null,
    from_value double,                -- null: nobody knows where it stands
    to_value double not null,
    carried_from integer,             -- the priority of a former plan that it continues
    dropped_on date                   -- null: it stands
);

-- the whole plan as it was after each change, so that the plan of any day can be shown
create table plan_versions (
    plan_id integer not null,
    version integer not null,
    happened_on date not null,        -- the day at the company
    happened_at timestamp not null,   -- UTC
    author text,
    kind text not null,               -- drafted, adopted, scope, dates, terms, closed
    reason text,                      -- given for every change of scope or dates once adopted
    state json not null,
    primary key (plan_id, version)
);

-- what a salesperson and a manager talk about between two plans
create table one_to_ones (
    one_to_one_id integer primary key,
    person text not null,
    held_on date not null,
    author text,
    gaps json not null,               -- own activity targets with actual and gap, as they were seen
    help_asked text,
    agreed text,
    version integer not null
);

create table meetings (
    meeting_id integer primary key,
    kind text not null check (kind in ('weekly', 'monthly', 'quarterly')),
    purpose text not null check (purpose in ('decide', 'plan', 'take_stock', 'inform', 'share')),
    held_on date not null,
    chair text,
    status text not null check (status in ('planned', 'running', 'paused', 'suspended', 'closed')),
    revision integer not null,        -- grows with everything that changes in it; open pages compare it
    unique (kind, held_on)
);

-- what the clock of a meeting is computed from
create table meeting_events (
    meeting_id integer not null,
    number integer not null,
    happened_at timestamp not null,   -- UTC
    kind text not null check (kind in ('started', 'entered', 'paused', 'resumed', 'suspended', 'closed')),
    section integer,                  -- position of the section that begins; for 'entered' and 'started'
    author text,
    primary key (meeting_id, number)
);

create table agenda_sections (
    meeting_id integer not null,
    position integer not null,        -- from 1
    kind text not null,               -- wins, scoreboard, commitments, blockers, close, other
    title text,                       -- null: what its kind is called
    minutes integer not null,
    primary key (meeting_id, position)
);

-- points that somebody put on the agenda
create table agenda_items (
    item_id integer primary key,
    meeting_id integer not null,
    section integer not null,
    title text not null,
    kpi text,
    action_id integer,
    raised_by text,                   -- null: the product, by its escalation rules
    reason text,                      -- why the product raised it
    closed boolean not null,
    version integer not null
);
-- whom a point concerns
create table agenda_concerns (
    item_id integer not null,
    name text not null,
    primary key (item_id, name)
);

create table attendance (
    meeting_id integer not null,
    name text not null,
    presence text check (presence in ('present', 'absent')),  -- null: not marked yet
    version integer not null,
    primary key (meeting_id, name)
);

-- what is written down in a section
create table meeting_notes (
    meeting_id integer not null,
    subject text not null,            -- 'section 3', 'item 12'
    text text not null,
    version integer not null,
    changed_at timestamp not null,    -- UTC
    author text,
    primary key (meeting_id, subject)
);

create table wins (
    win_id integer primary key,
    meeting_id integer not null,
    text text not null,
    person text,
    practice_id integer,              -- the good practice it became
    version integer not null
);

create table blockers (
    blocker_id integer primary key,
    raised_in integer,                -- the meeting; null: between meetings
    raised_on date not null,
    raised_by text,
    title text not null,
    kpi text,
    action_id integer,
    item_id integer,                  -- the point on an agenda that it was
    status text not null check (status in ('open', 'worked', 'parked', 'dropped')),
    rank integer,                     -- 1 to 3 in the running meeting; null: not among its three
    parked_until date,
    forum text,                       -- where it will be decided
    parked_in integer,                -- the meeting that parked it last
    worked_in integer,                -- the meeting that decided
    version integer not null
);
-- facts, what was tried, the problem, ideas: each of them a text that people write together
create table blocker_notes (
    blocker_id integer not null,
    step text not null check (step in ('facts', 'tried', 'problem', 'ideas')),
    text text not null,
    version integer not null,
    changed_at timestamp not null,    -- UTC
    author text,
    primary key (blocker_id, step)
);
create table blocker_votes (
    meeting_id integer not null,
    blocker_id integer not null,
    person text not null,
    primary key (meeting_id, blocker_id, person)
);

create table decisions (
    decision_id integer primary key,
    meeting_id integer not null,
    blocker_id integer,               -- null: decided in another section
    text text not null,
    owner text not null,
    due_on date not null,
    action_id integer not null,       -- what carries it out
    decided_at timestamp not null,    -- UTC
    author text,
    version integer not null
);

-- actions that a meeting gave out, those of its decisions too
create table meeting_actions (
    meeting_id integer not null,
    action_id integer not null,
    primary key (meeting_id, action_id)
);

create table ratings (
    meeting_id integer not null,
    person text not null,
    score integer not null check (score between 1 and 10),
    comment text,
    primary key (meeting_id, person)
);

-- the minutes of a closed meeting, frozen with the numbers as they were seen
create table minutes (
    meeting_id integer primary key,
    closed_at timestamp not null,     -- UTC
    content json not null
);

create table practices (
    practice_id integer primary key,
    title text not null,
    text text not null,
    person text,
    origin text not null,             -- 'win 3', 'experiment 2', or 'typed'
    added_on date not null,
    version integer not null
);

create table pacts (
    pact_id integer primary key,
    trigger text not null check (trigger in ('outside_limits', 'below_target', 'deal_slips', 'quarter_ends')),
    terms json not null,              -- what the trigger needs: kpi, share, amount, weeks
    decision text not null,           -- what we will do
    reflex text not null,             -- what we will not do
    written_on date not null,
    ended_on date,                    -- null: it holds
    version integer not null
);
create table pact_events (
    event_id integer primary key,
    pact_id integer not null,
    fired_on date not null,
    subject text not null,            -- what fired it: a period, a deal; fires once for each
    facts json not null,
    kept boolean,                     -- null: not answered yet
    note text,
    answered_by text,
    answered_on date,
    version integer not null,
    unique (pact_id, subject)
);

create table experiments (
    experiment_id integer primary key,
    title text not null,
    hypothesis text not null,
    kpi text not null,
    owner text not null,
    starts_on date not null,
    effect double,                    -- expected change of the KPI, in its own unit
    lag_weeks integer not null,
    ended_on date,
    outcome text check (outcome in ('generalise', 'change', 'stop')),
    conclusion text,
    practice_id integer,
    version integer not null
);
