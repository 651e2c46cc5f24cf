-- Bodies named as the place of an act, as its party or as its target, with the number of facts.
with named as (
    select body as mention from fact where body is not null
    union all
    select affiliation as mention from fact where party = 'body' and affiliation is not null
    union all
    select target_id as mention from fact where target_kind = 'body' and target_id is not null
)
select mention, count(*) as n
from named
group by mention
order by mention
