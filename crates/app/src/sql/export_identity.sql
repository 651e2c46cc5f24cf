-- Who is who, as it is passed on: what asked to be hidden stands there by its label alone.
select distinct
    kind,
    case when rule = 'hidden' then name else mention end as mention,
    entity,
    name,
    rule,
    reason
from identity
order by kind, mention, entity
