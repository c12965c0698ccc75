"""Open311 GeoReport v2, the protocol that many councils' street-report systems speak."""

from actions.systems.open311.client import GeoReport
from actions.systems.open311.system import Open311

__all__ = ["GeoReport", "Open311"]
