"""What every wing stands on: database, journal, bus, clock, files, errors, logging. Knows nothing above."""
