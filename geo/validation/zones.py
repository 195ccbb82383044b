"""Set the zones of features from their geometry, and compare them with what their files say."""

import geopandas as gpd

from geo.model.campaign import Layer
from geo.tasks.joins import zones_of
from geo.validation.problem import Problem, ProblemCode


def with_zones(features: gpd.GeoDataFrame, rows: dict[str, tuple[str, int]]) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Return the features with zones from geometry, and a problem where a file says otherwise.

    Parameters
    ----------
    features
        Features of all layers, `zones` as they were written, None where they were not.
    rows
        File and ordinal of each feature, by id.
    """
    computed = zones_of(features, features[features["layer"] == Layer.ZONES])
    problems = [
        Problem(
            ProblemCode.ZONES_DIFFER,
            *rows[key],
            column="zones",
            value=", ".join(written),
            params={"expected": ", ".join(zones)},
        )
        for key, written, zones in zip(features.index, features["zones"], computed, strict=True)
        if written is not None and set(written) != set(zones)
    ]
    return features.assign(zones=computed), problems
