"""Who is who: accounts, login sessions, rights and the audit trail. Knows no screen."""
