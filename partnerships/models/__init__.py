from partnerships.models.content import (
    ContentVersion,
    content_version,
    one_content,
    raise_content_version,
)
from partnerships.models.correction import Correction
from partnerships.models.geography import Country, OdaListing, Region
from partnerships.models.municipality import Municipality, MunicipalityName
from partnerships.models.partnership import Goal, Partnership, Programme
from partnerships.models.throttle import ThrottleCount, ThrottleKey

__all__ = [
    "ContentVersion",
    "Correction",
    "Country",
    "Goal",
    "Municipality",
    "MunicipalityName",
    "OdaListing",
    "Partnership",
    "Programme",
    "Region",
    "ThrottleCount",
    "ThrottleKey",
    "content_version",
    "one_content",
    "raise_content_version",
]
