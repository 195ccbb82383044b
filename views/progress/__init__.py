"""Show forecast, curve and schedule."""
