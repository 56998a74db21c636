-- Question: what is each party called?
-- Grain: source system and customer id.
select
    source_customer_key,
    source_system,
    party_type,
    full_name,
    given_name,
    middle_name,
    family_name,
    former_family_name,
    organisation_name
from ods.idn.party
