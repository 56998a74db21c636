create table main.dim_employee (
    employee_key bigint,
    employee_id varchar,
    name varchar,
    email varchar,
    job_title varchar,
    team varchar,
    department varchar,
    division varchar,
    org_unit_key bigint,
    manager_employee_key bigint,
    hired_on date,
    left_on date,
    is_inferred boolean
);

comment on table main.dim_employee is 'Who of the company took part? One row for each employee; rolls up employee -> team -> department -> division, and by manager';
comment on column main.dim_employee.employee_key is 'derived from the employee id (or the name where a source has no id), the same in every build; -1 unknown, -2 not applicable, -3 not yet happened';
comment on column main.dim_employee.employee_id is 'id of the employee, the same in all systems; null where only a name is known';
comment on column main.dim_employee.name is 'full name of the employee';
comment on column main.dim_employee.email is 'company e-mail address';
comment on column main.dim_employee.job_title is 'what the employee is called in the organisation';
comment on column main.dim_employee.team is 'team the employee works in';
comment on column main.dim_employee.department is 'department that the team, or the division''s unit, belongs to by the units'' feed; null where none is told';
comment on column main.dim_employee.division is 'division the employee works in: the source''s word, else the one that the team belongs to by the units'' feed';
comment on column main.dim_employee.org_unit_key is 'team, else division the employee works in, see dim_org_unit; -2 = none told';
comment on column main.dim_employee.manager_employee_key is 'employee one level above, key of this table; -2 = none';
comment on column main.dim_employee.hired_on is 'first day at work';
comment on column main.dim_employee.left_on is 'last day at work; null while employed';
comment on column main.dim_employee.is_inferred is 'true where facts name the employee but no employee feed has described the person yet';
