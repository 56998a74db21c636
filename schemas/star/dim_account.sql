create table main.dim_account (
    account_key bigint,
    source_system varchar,
    account_id varchar,
    name varchar,
    industry varchar,
    account_status varchar,
    parent_account_key bigint,
    employee_key bigint,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    created_at timestamptz,
    is_inferred boolean
);

comment on table main.dim_account is 'Which accounts do the source systems keep? One row for each account of each system; an account rolls up to its parent, and stands for a customer';
comment on column main.dim_account.account_key is 'derived from source system and account id, the same in every build; -1 unknown, -2 not applicable, -3 not yet happened';
comment on column main.dim_account.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.dim_account.account_id is 'account, unique within its source system';
comment on column main.dim_account.name is 'account as people call it; the customer''s name where the source gives the account none';
comment on column main.dim_account.industry is 'line of business, word of the source';
comment on column main.dim_account.account_status is 'status word of the source';
comment on column main.dim_account.parent_account_key is 'account one level above, key of this table; -2 = none';
comment on column main.dim_account.employee_key is 'sales person who owns the account, see dim_employee; -2 = none named';
comment on column main.dim_account.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -1 = the row names no customer';
comment on column main.dim_account.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.dim_account.created_at is 'when the source created the account';
comment on column main.dim_account.is_inferred is 'true where other rows name the account but no account feed has described it yet';
