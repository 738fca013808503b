"""Who is who: one name for everybody, whatever the files call them."""
