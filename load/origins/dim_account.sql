-- Question: which delivered row describes the account; where none does, which rows name it?
-- Grain: account and row.

select
    asked.fact_row,
    'account' as part,
    account.file_key,
    account.source_row
from asked
inner join ods.account using (source_system, account_id)
where not account.is_deleted
qualify row_number() over (partition by asked.fact_row order by account.effective_at desc, account.row_id) = 1;

with named as (
    select 'opportunity' as part, source_system, account_id, file_key, source_row from ods.opportunity
    union all
    select 'contact', source_system, account_id, file_key, source_row from ods.contact
    union all
    select 'customer', source_system, account_id, file_key, source_row from ods.customer
    union all
    select 'association', source_system, account_id, file_key, source_row from ods.association
    union all
    select 'account below it', source_system, parent_account_id, file_key, source_row from ods.account
)

select
    asked.fact_row,
    named.part,
    named.file_key,
    named.source_row

from asked
inner join named using (source_system, account_id)

where asked.is_inferred
