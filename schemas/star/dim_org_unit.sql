create table main.dim_org_unit (
    org_unit_key bigint,
    org_unit_id varchar,
    name varchar,
    level varchar,
    parent_org_unit_key bigint,
    division varchar,
    department varchar,
    team varchar,
    path varchar,
    is_inferred boolean
);

comment on table main.dim_org_unit is 'Which part of the company? One row for each division, department and team; rolls up team -> department -> division';
comment on column main.dim_org_unit.org_unit_key is 'derived from level and name (from the id where a name is used twice), the same in every build; -1 unknown, -2 not applicable, -3 not yet happened';
comment on column main.dim_org_unit.org_unit_id is 'id of the unit; null where only its name is known';
comment on column main.dim_org_unit.name is 'unit as people call it';
comment on column main.dim_org_unit.level is 'division, department, team or another word of the source';
comment on column main.dim_org_unit.parent_org_unit_key is 'unit one level above, key of this table; -2 = none';
comment on column main.dim_org_unit.division is 'division at the top of the path; null where the path holds none';
comment on column main.dim_org_unit.department is 'department on the path; null where the path holds none';
comment on column main.dim_org_unit.team is 'team on the path; null where the unit is above teams';
comment on column main.dim_org_unit.path is 'names from the top to the unit, joined by /';
comment on column main.dim_org_unit.is_inferred is 'true where employees, targets or deals name the unit but no feed has described it yet';
