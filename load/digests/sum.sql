-- Question: what do the rows of {table} add up to?
-- Grain: one row: how many rows, and the upper and lower halves of the md5 of
-- each row's canonical text {line}, each summed modulo 2^64. {rows} says which
-- rows count.
select
    count(*),
    coalesce(sum(cast(number >> 64 as hugeint)), 0) % 18446744073709551616,
    coalesce(sum(cast(number & 18446744073709551615 as hugeint)), 0) % 18446744073709551616
from (
    select md5_number({line}) as number
    from {table} as t
    where {rows}
)
