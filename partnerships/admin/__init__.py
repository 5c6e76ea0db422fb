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
from partnerships.admin.languages import ByLanguage

__all__ = [
    "SAFE_ADDRESSES",
    "ByLanguage",
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
