from conferences.models.edition import Edition
from conferences.models.host import Host
from conferences.models.page import Page
from conferences.models.record import Figure, Publication
from conferences.models.series import Series

__all__ = ["Edition", "Figure", "Host", "Page", "Publication", "Series"]
