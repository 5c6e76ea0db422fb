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
from partnerships.admin.named import NamedCells, NamedValuesFilter

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
    "NamedCells",
    "NamedValuesFilter",
    "PartnershipAdmin",
    "ProgrammeAdmin",
    "PublishedFilter",
    "RegionAdmin",
    "in_every_language",
]
