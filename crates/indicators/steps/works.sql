-- One row a document that is on one work item or agenda item.
select
    document,
    min(work_items) as work
from contribution
where work_items is not null
group by document
having count(distinct work_items) = 1
order by document
