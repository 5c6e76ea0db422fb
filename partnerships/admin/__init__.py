from partnerships.admin.correction import CorrectionAdmin
from partnerships.admin.directory import (
    SAFE_ADDRESSES,
    CountryAdmin,
    FoldedSearch,
    GoalAdmin,
    LabelField,
    MunicipalityAdmin,
    MunicipalityNameInline,
    PartnershipAdmin,
    ProgrammeAdmin,
    PublishedFilter,
    RegionAdmin,
    in_every_language,
)

__all__ = [
    "SAFE_ADDRESSES",
    "CorrectionAdmin",
    "CountryAdmin",
    "FoldedSearch",
    "GoalAdmin",
    "LabelField",
    "MunicipalityAdmin",
    "MunicipalityNameInline",
    "PartnershipAdmin",
    "ProgrammeAdmin",
    "PublishedFilter",
    "RegionAdmin",
    "in_every_language",
]
