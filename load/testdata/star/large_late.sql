-- What came late or was put right in the company of large.sql: articles, rates, deletions, customers that are one.
-- Articles that were sold before anybody told of them.
insert into ods.product by name
select
    * replace (row_id + 2000 as row_id, 'p' || row_id + 2000 as product_id, 'Late ' || row_id as name)
from ods.product
where row_id < 10;

update ods.exchange_rate set rate = rate + 0.01 where row_id between 900 and 903;

insert into ods.order_version from ods."order" where row_id % 20000 = 11;

update ods."order" set is_deleted = true where row_id % 20000 = 11;

update ods.order_line set is_deleted = true where row_id % 5000 = 2;

update ods.payment set is_deleted = true where row_id % 20000 = 5;

update ods.web_event set is_deleted = true where row_id % 20000 = 6;

update ods.activity set is_deleted = true where row_id % 20000 = 7;

insert into changed.exchange_rate select row_id from ods.exchange_rate where row_id between 900 and 903;

insert into changed.product select row_id from ods.product where row_id >= 2000;

insert into changed."order" select row_id from ods."order" where is_deleted;

insert into changed.order_line select row_id from ods.order_line where is_deleted;

insert into changed.payment select row_id from ods.payment where is_deleted;

insert into changed.web_event select row_id from ods.web_event where is_deleted;

insert into changed.activity select row_id from ods.activity where is_deleted;

-- One customer in two thousand turns out to be the next one.
create or replace table main.merged as
select
    customer_key,
    customer_key + 1 as into_key
from ods.idn.golden_customer
where is_current and customer_key % 2000 = 1;

insert into changed.moved
select source_customer_key from ods.idn.source_record semi join main.merged using (customer_key);

insert into changed.golden
select unnest([customer_key, into_key]) from main.merged;

insert into ods.idn.customer_key_map select customer_key, into_key, 'absorbed' from main.merged;

delete from ods.idn.golden_customer where customer_key in (select customer_key from main.merged);

update ods.idn.golden_customer set member_count = 4
where is_current and customer_key in (select into_key from main.merged);

update ods.idn.source_record as record set customer_key = merged.into_key, cluster_id = record.cluster_id + 2
from main.merged
where merged.customer_key = record.customer_key;
