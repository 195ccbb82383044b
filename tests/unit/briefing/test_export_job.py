"""A job says how far it is, and ends where it is given up."""

from __future__ import annotations

import pytest

from services.briefing.export import CancelledError, Job
from services.snapshots.export_view import File


def test_a_job_runs_from_when_it_is_asked_for_to_its_end() -> None:
    job = Job()
    assert not job.runs
    job.ask()
    job.page(2, 5)
    assert (job.runs, job.done, job.total) == (True, 2, 5)
    made = File("a.pdf", "application/pdf", b"%PDF-")
    job.end(made)
    assert (job.runs, job.made, job.failed) == (False, made, "")
    job.ask()
    assert (job.runs, job.made) == (True, None)


def test_a_job_that_is_given_up_ends_at_its_next_page_and_may_be_asked_for_again() -> None:
    job = Job()
    job.ask()
    job.give_up()
    with pytest.raises(CancelledError) as caught:
        job.page(1, 5)
    assert "取消" in caught.value.message("zh")
    job.ask()
    job.page(1, 5)
    assert job.done == 1
