"""An agent asks for help during a contact: whom, why, who takes it, how it ends."""
