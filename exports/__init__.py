"""Write files for people to take along: plain values in, bytes out."""
