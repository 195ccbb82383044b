"""Pure core of the One Map: vocabulary, validation, datums, lights, joins, summaries; no I/O."""
