-- Bodies that have a fact from a made-up source.
select distinct coalesce(identity.entity, fact.body) as body
from fact
join snapshot on snapshot.id = fact.snapshot
left join identity on identity.kind = 'body' and identity.mention = fact.body
where snapshot.is_made_up
  and fact.body is not null
order by body
