"""Know who is on duty (值班), and the state of incidents and drills."""
