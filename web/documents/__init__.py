"""Files that the hub reads and writes: spreadsheets of registrations, rolls, calendars, certificates."""
