-- owner: validate
-- The rules that ran, in the order of the rule book; null of a judgement from before they were kept.
alter table judgement add column ran jsonb;

create or replace view current_judgement as
select distinct on (agency_key, coalesce(year, 0)) *
from judgement
where judgement_no is not null
order by agency_key, coalesce(year, 0), judgement_no desc;
