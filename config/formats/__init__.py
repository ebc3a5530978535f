"""One form for a date on every page of the desk, in each language; public pages write their own."""
