-- drop_invoice_lines: lines that an invoice of this file no longer has
-- reads: incoming (registered), invoice_numbers (registered: number of every invoice in the file)
-- why:   an export holds an invoice with all its lines; one that went away would count for ever
delete from invoices
using invoice_numbers
where
    invoices.source = $source
    and starts_with(invoices.external_id, invoice_numbers.number || ' · ')
    and not exists (
        from incoming
        where incoming.external_id = invoices.external_id
    )
returning invoices.external_id
