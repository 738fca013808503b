-- 0007 reviews: what the gap review and the quarterly review find and decide
-- Both are meetings (kind 'monthly' and 'quarterly'): what they have in common stands in their tables.

-- what a gap review decided about a KPI; its cause is the note 'gap <kpi>' of the meeting
create table gap_decisions (
    meeting_id integer not null,
    kpi text not null,
    decision text not null check (decision in ('act', 'adjust', 'accept')),
    reason text,                      -- why the target is adjusted or the gap accepted
    action_id integer,                -- what is done about it
    target_id integer,                -- the target as it was adjusted
    decided_by text,
    decided_at timestamp not null,    -- UTC
    version integer not null,
    primary key (meeting_id, kpi)
);

-- keep, change or drop: what a quarterly review decided about one thing
create table verdicts (
    meeting_id integer not null,
    subject text not null,            -- 'kpi sales_won', 'action 12', 'experiment 3', 'ritual weekly'
    verdict text not null check (verdict in ('keep', 'change', 'drop')),
    reason text not null,
    change text,                      -- what changes
    decided_by text,
    decided_at timestamp not null,    -- UTC
    version integer not null,
    primary key (meeting_id, subject)
);

-- what comes out of a quarterly review: plan, KPIs and targets of the next quarter
create table next_quarters (
    meeting_id integer primary key,
    draft json not null,
    adopted_by text,
    adopted_at timestamp,             -- UTC; null: a draft
    version integer not null
);

-- the numbers of a closed review, frozen as they were seen; what was said stands in its minutes
create table frozen_reviews (
    meeting_id integer primary key,
    kind text not null check (kind in ('monthly', 'quarterly')),
    starts_on date not null,          -- of the month or quarter it looked at
    content json not null
);

-- a gap review that was planned before talks about gaps and about where the quarter ends
update agenda_sections
set kind = case agenda_sections.kind when 'scoreboard' then 'gaps' else 'landing' end
where
    agenda_sections.kind in ('scoreboard', 'blockers')
    and agenda_sections.title is null
    and agenda_sections.meeting_id in (
        select meetings.meeting_id
        from meetings
        where
            meetings.kind = 'monthly'
            and meetings.status = 'planned'
    );
