-- Question: which words of the sources say that a payment brought no money?
-- Grain: source system and word as delivered. What is authorised was not taken yet, where its system tells of others
-- that were; where it calls none otherwise, the word means that somebody approved of the entry (books). "Approved" says
-- so only beside others that are told as taken: many services call what was paid so.
-- Sources: payment, refund, src.word_meaning.

with found as (
    select source_system, status
    from ods.payment
    where status is not null and not is_deleted
    union
    select source_system, status
    from ods.refund
    where status is not null and not is_deleted
),

told as (
    select
        found.source_system,
        found.status as word,
        known.meaning
    from found
    left join src.word_meaning as known on known.subject = 'payment_status' and known.word = found.status
)

select
    source_system,
    word,
    coalesce(
        meaning = 'failed'
        or (
            meaning = 'authorised'
            and bool_or(meaning is null or meaning in ('approved', 'taken', 'paid')) over (partition by source_system)
        )
        or (meaning = 'approved' and bool_or(meaning = 'taken') over (partition by source_system)),
        false
    ) as is_failed

from told
