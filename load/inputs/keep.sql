-- Keeps what the changed parts of a model are made of, for the next run to compare.
insert into warehouse.meta.model_input by name
select
    {model} as model,
    *
from scratch.input
semi join scratch.other_input using (input, key)
