"""Hold what all pages share: context, state in the URL, header, figures, failures.

Others import `context`, `duty`, `failure`, `figures`, `header`, `legend`, `links`, `live`, `map_view`, `page_setup`,
`state`, `task_card`, `url`, `who`, `write_form`.
"""
