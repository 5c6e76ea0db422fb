from conferences.models.edition import Edition
from conferences.models.edition_programme import EditionProgramme
from conferences.models.host import Host
from conferences.models.news import News
from conferences.models.page import Page
from conferences.models.picture import Picture
from conferences.models.programme import Contribution, Room, Session, Speaker
from conferences.models.record import Figure, Publication, PublicationFile
from conferences.models.series import Series

__all__ = [
    "Contribution",
    "Edition",
    "EditionProgramme",
    "Figure",
    "Host",
    "News",
    "Page",
    "Picture",
    "Publication",
    "PublicationFile",
    "Room",
    "Series",
    "Session",
    "Speaker",
]
