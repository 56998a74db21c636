create table idn.source_record (
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    household_key bigint, -- digest: false
    cluster_id bigint
);

comment on table idn.source_record is 'Which customer is a record of a source system? One row for each party of each source system';
comment on column idn.source_record.source_customer_key is 'the party as its source system knows it';
comment on column idn.source_record.customer_key is 'customer it was found to be';
comment on column idn.source_record.household_key is 'household of the customer; null for organisations and where none is known';
comment on column idn.source_record.cluster_id is 'smallest source_customer_key of the records that are the same customer';

create table idn.match_pair (
    left_source_customer_key bigint,
    right_source_customer_key bigint,
    levels bigint,
    score_millibits bigint,
    decision varchar,
    model_hash varchar
);

comment on table idn.match_pair is 'Why are two records the same customer, or not? One row for each compared pair above the review floor';
comment on column idn.match_pair.left_source_customer_key is 'record with the smaller key';
comment on column idn.match_pair.right_source_customer_key is 'record with the greater key';
comment on column idn.match_pair.levels is 'agreement level of each compared field, packed';
comment on column idn.match_pair.score_millibits is 'weight of evidence in thousandths of a bit; more = likelier the same';
comment on column idn.match_pair.decision is 'same, review or different, and who decided';
comment on column idn.match_pair.model_hash is 'weights that were used';

create table idn.golden_value (
    customer_key bigint, -- digest: false
    field varchar,
    value varchar,
    source_system varchar,
    source_customer_key bigint,
    rule varchar
);

comment on table idn.golden_value is 'Which source gave each value of a customer? One row for each customer and field';
comment on column idn.golden_value.customer_key is 'customer the value belongs to';
comment on column idn.golden_value.field is 'name of the customer field';
comment on column idn.golden_value.value is 'value that was chosen';
comment on column idn.golden_value.source_system is 'system it came from';
comment on column idn.golden_value.source_customer_key is 'record it came from';
comment on column idn.golden_value.rule is 'rule that chose it over the others';

create table idn.golden_customer (
    customer_key bigint, -- digest: false
    valid_from bigint,
    valid_to bigint,
    party_type varchar,
    full_name varchar,
    title varchar,
    given_name varchar,
    middle_name varchar,
    family_name varchar,
    suffix varchar,
    former_family_name varchar,
    second_person_name varchar,
    organisation_name varchar,
    email varchar,
    emails varchar,
    phone varchar,
    mobile_phone varchar,
    phones varchar,
    address_line varchar,
    street varchar,
    house_number varchar,
    unit varchar,
    postcode varchar,
    city varchar,
    region varchar,
    country_code varchar,
    national_id varchar,
    gender varchar,
    status varchar,
    account_id varchar,
    birth_date integer,
    is_opted_out boolean,
    display_name varchar,
    member_count bigint,
    is_current boolean
);

comment on table idn.golden_customer is 'Best knowledge of each customer over time: one row for each state';
comment on column idn.golden_customer.customer_key is 'customer the state belongs to';
comment on column idn.golden_customer.valid_from is 'start of the state in microseconds since 1970 UTC, inclusive';
comment on column idn.golden_customer.valid_to is 'end of the state likewise, exclusive; null = still valid';
comment on column idn.golden_customer.party_type is 'person, organisation or unknown';
comment on column idn.golden_customer.full_name is 'whole name as one text';
comment on column idn.golden_customer.title is 'form of address';
comment on column idn.golden_customer.given_name is 'first name';
comment on column idn.golden_customer.middle_name is 'middle names or initials';
comment on column idn.golden_customer.family_name is 'last name with its particles';
comment on column idn.golden_customer.suffix is 'generation or degree after the name';
comment on column idn.golden_customer.former_family_name is 'last name before marriage';
comment on column idn.golden_customer.second_person_name is 'second person named in the same field';
comment on column idn.golden_customer.organisation_name is 'organisation with its legal form';
comment on column idn.golden_customer.email is 'best e-mail address';
comment on column idn.golden_customer.emails is 'further addresses, one a line, in ascending order';
comment on column idn.golden_customer.phone is 'best phone number';
comment on column idn.golden_customer.mobile_phone is 'second or mobile number';
comment on column idn.golden_customer.phones is 'further numbers, one a line, in ascending order';
comment on column idn.golden_customer.address_line is 'street, number and unit in one text';
comment on column idn.golden_customer.street is 'street without the number';
comment on column idn.golden_customer.house_number is 'number in the street';
comment on column idn.golden_customer.unit is 'flat, floor or suite';
comment on column idn.golden_customer.postcode is 'postal code, upper case';
comment on column idn.golden_customer.city is 'town';
comment on column idn.golden_customer.region is 'state, province or county';
comment on column idn.golden_customer.country_code is 'ISO 3166-1 alpha-2 country';
comment on column idn.golden_customer.national_id is 'tax, social security or registration number';
comment on column idn.golden_customer.gender is 'as the best source states it';
comment on column idn.golden_customer.status is 'status word of the best source';
comment on column idn.golden_customer.account_id is 'account the person is a contact of';
comment on column idn.golden_customer.birth_date is 'day of birth in days since 1970-01-01';
comment on column idn.golden_customer.is_opted_out is 'true where any record refused marketing';
comment on column idn.golden_customer.display_name is 'name to show';
comment on column idn.golden_customer.member_count is 'source records that make up the customer in that state';
comment on column idn.golden_customer.is_current is 'true on the last state of each customer';

create table idn.customer_key_map (
    old_customer_key bigint, -- digest: false
    customer_key bigint, -- digest: false
    reason varchar -- digest: false
);

comment on table idn.customer_key_map is 'Where has a customer number gone? One row for each number merged into another or retired';
comment on column idn.customer_key_map.old_customer_key is 'number as it was once published';
comment on column idn.customer_key_map.customer_key is 'number that stands for it now';
comment on column idn.customer_key_map.reason is 'what happened to it';

create table idn.name_dictionary (
    token varchar,
    script varchar,
    given_count bigint,
    family_count bigint,
    middle_count bigint,
    organisation_count bigint,
    source_count bigint,
    first_run bigint, -- digest: false
    last_run bigint, -- digest: false
    status varchar,
    sources varchar
);

comment on table idn.name_dictionary is 'Names the program has learnt, with the evidence for each';
comment on column idn.name_dictionary.token is 'name in lower case without accents where its script has them';
comment on column idn.name_dictionary.script is 'writing system of the token';
comment on column idn.name_dictionary.given_count is 'customers who bear it as first name';
comment on column idn.name_dictionary.family_count is 'customers who bear it as last name';
comment on column idn.name_dictionary.middle_count is 'customers who bear it as middle name';
comment on column idn.name_dictionary.organisation_count is 'organisations whose name holds it';
comment on column idn.name_dictionary.source_count is 'source systems that have shown it';
comment on column idn.name_dictionary.first_run is 'run in which it was first seen';
comment on column idn.name_dictionary.last_run is 'run in which it was last seen';
comment on column idn.name_dictionary.status is 'accepted or unproven';
comment on column idn.name_dictionary.sources is 'systems that have shown it';

create table idn.name_variant (
    token varchar,
    variant_of varchar,
    kind varchar,
    evidence_count bigint,
    first_run bigint, -- digest: false
    status varchar
);

comment on table idn.name_variant is 'Which names stand for each other (nicknames, spellings)';
comment on column idn.name_variant.token is 'the one name';
comment on column idn.name_variant.variant_of is 'the other name';
comment on column idn.name_variant.kind is 'nickname, spelling or transliteration';
comment on column idn.name_variant.evidence_count is 'customers who bear both';
comment on column idn.name_variant.first_run is 'run in which it was first seen';
comment on column idn.name_variant.status is 'shipped, accepted or proposed';

create table idn.state (
    name varchar,
    content varchar
);

comment on table idn.state is 'Frozen values that matching works with, kept with the identity they decided';
comment on column idn.state.name is 'what it is (model = weights of the comparisons)';
comment on column idn.state.content is 'the value as JSON';

create table idn.party (
    source_customer_key bigint,
    source_system varchar,
    customer_id varchar,
    effective_at bigint,
    birth_date integer,
    is_opted_out boolean,
    is_mention boolean,
    party_type varchar,
    full_name varchar,
    title varchar,
    given_name varchar,
    middle_name varchar,
    family_name varchar,
    suffix varchar,
    former_family_name varchar,
    second_person_name varchar,
    organisation_name varchar,
    email varchar,
    emails varchar,
    phone varchar,
    mobile_phone varchar,
    phones varchar,
    address_line varchar,
    street varchar,
    house_number varchar,
    unit varchar,
    postcode varchar,
    city varchar,
    region varchar,
    country_code varchar,
    national_id varchar,
    gender varchar,
    status varchar,
    account_id varchar
);

comment on table idn.party is 'What does each source system know about each party? One row for each party of each source system, its rows, contact points and addresses joined: what matching compares';
comment on column idn.party.source_customer_key is 'the party as its source system knows it';
comment on column idn.party.source_system is 'system that knows it';
comment on column idn.party.customer_id is 'its id in that system';
comment on column idn.party.effective_at is 'start of its newest state in microseconds since 1970 UTC';
comment on column idn.party.birth_date is 'day of birth in days since 1970-01-01';
comment on column idn.party.is_opted_out is 'true where the source says that it refused marketing';
comment on column idn.party.is_mention is 'true where rows of other things only name it: it is looked for, not compared';
comment on column idn.party.party_type is 'person, organisation or unknown';
comment on column idn.party.full_name is 'whole name as one text';
comment on column idn.party.title is 'form of address';
comment on column idn.party.given_name is 'first name';
comment on column idn.party.middle_name is 'middle names or initials';
comment on column idn.party.family_name is 'last name with its particles';
comment on column idn.party.suffix is 'generation or degree after the name';
comment on column idn.party.former_family_name is 'last name before marriage';
comment on column idn.party.second_person_name is 'second person named in the same field';
comment on column idn.party.organisation_name is 'organisation with its legal form';
comment on column idn.party.email is 'e-mail address of the newest row that has one';
comment on column idn.party.emails is 'further addresses, one a line, in ascending order';
comment on column idn.party.phone is 'phone number of the newest row that has one';
comment on column idn.party.mobile_phone is 'second or mobile number';
comment on column idn.party.phones is 'further numbers, one a line, in ascending order';
comment on column idn.party.address_line is 'street, number and unit in one text';
comment on column idn.party.street is 'street without the number';
comment on column idn.party.house_number is 'number in the street';
comment on column idn.party.unit is 'flat, floor or suite';
comment on column idn.party.postcode is 'postal code, upper case';
comment on column idn.party.city is 'town';
comment on column idn.party.region is 'state, province or county';
comment on column idn.party.country_code is 'ISO 3166-1 alpha-2 country';
comment on column idn.party.national_id is 'tax, social security or registration number';
comment on column idn.party.gender is 'as the source states it';
comment on column idn.party.status is 'status word of the source';
comment on column idn.party.account_id is 'account the person is a contact of';

create table idn.party_evidence (
    source_customer_key bigint,
    content_hash ubigint
);

comment on table idn.party_evidence is 'On what was each record decided? One row for each party of each source system; a rebuild decides anew on those that differ';
comment on column idn.party_evidence.source_customer_key is 'the party as its source system knows it';
comment on column idn.party_evidence.content_hash is 'hash of every state that its rows, contact points and addresses had';
