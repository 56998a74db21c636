-- Question: which words mean one thing here?
select
    term,
    meaning

from meta.glossary

order by term
