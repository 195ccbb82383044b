"""Let people in and say who may do what: accounts, sessions, passwords, rights."""
