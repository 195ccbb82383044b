"""Define the vocabulary that everything else speaks: the campaign and its rows, kinds, statuses, lights, errors.

Others import `campaign`, `errors`, `kinds`, `status`, `supervision`.
"""
