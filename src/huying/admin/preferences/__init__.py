"""How a person likes the desk: kept with the person, so that every workstation has it."""
