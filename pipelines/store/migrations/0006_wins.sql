-- 0006 wins: who wrote them down, since whoever did may take them back
alter table wins add column author text;                      -- null: nobody knows
alter table wins add column taken_back boolean default false; -- no meeting shows it any more
