"""Let people in and say who may do what: accounts, sessions, passwords, rights.

Others import `accounts`, `errors`, `keys`, `passwords`, `policy`, `sessions`, `sign_in`, `throttle`.
"""
