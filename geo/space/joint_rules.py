"""Define how near works must be to concern one another."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class JointRules:
    """Hold the thresholds of joint action in whole metres and degrees.

    Units that work within `near_m` of a feature are its neighbours: half a kilometre is about the distance
    between two junctions of the district, the stretch that one site's barriers and lorries touch. Two corridors
    run parallel where at least `stretch_m` of each lie within `parallel_m` of the other and their directions
    differ by at most `parallel_degrees`: 60 m is two carriageways with their verges, 100 m is longer than any
    junction is wide, and from 30° on lines part faster than they run on beside each other.
    """

    near_m: int = 500
    parallel_m: int = 60
    parallel_degrees: int = 30
    stretch_m: int = 100


DEFAULT_JOINT: Final = JointRules()
