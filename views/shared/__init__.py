"""Hold what all pages share: context, state in the URL, header, figures, failures."""
