"""Write a numbered notice of supervision as PDF or Word."""
