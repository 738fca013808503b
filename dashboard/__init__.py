"""Everything with a face: pages, command line, reports, languages."""
