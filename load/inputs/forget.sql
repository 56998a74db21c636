-- Takes away what is known of the parts of a model that are made of something else now.
delete from warehouse.meta.model_input
where model = {model} and (input, key) in (select (input, key) from scratch.other_input)
