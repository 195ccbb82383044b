"""Check everything at the door; each check returns a frame and the problems.

A check never raises for bad data and never drops anything silently: what is not in its frame is in
its problems.
"""

from geo.validation.duty import check_duty
from geo.validation.features import check_context, check_features
from geo.validation.records import Rows
from geo.validation.supervision import check_supervision
from geo.validation.tables import check_tasks, check_units
from geo.validation.updates import check_updates
from geo.validation.zones import with_zones

__all__ = [
    "Rows",
    "check_context",
    "check_duty",
    "check_features",
    "check_supervision",
    "check_tasks",
    "check_units",
    "check_updates",
    "with_zones",
]
