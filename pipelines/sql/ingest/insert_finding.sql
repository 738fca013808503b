-- insert_finding: something worth knowing about a file
insert into import_findings
values (
    $import_id,
    $code,
    $count,
    $details
)
