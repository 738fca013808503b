-- 0003 jobs: what was asked to be done in the background, so that it survives a restart

create table jobs (
    job_id integer primary key autoincrement,
    kind text not null,               -- 'import', 'target set' …: the command; 'upload': a page's file
    title text not null,              -- what people recognise it by
    parameters text not null,         -- JSON: what the runner of the kind needs to know
    asked_by text not null,           -- as the history shows it
    role text not null,               -- theirs when they asked
    account_id integer,               -- null: the command line; no reference: the job outlives it
    state text not null,              -- queued running done refused cancelled interrupted
    lines text not null default '[]', -- JSON: the last things it said
    exit_code integer,                -- null: it has not ended
    attempts integer not null default 0,
    journal_number integer,           -- the journal's last one when it began
    created_at text not null,         -- UTC, as all three
    started_at text,
    ended_at text
) strict;
