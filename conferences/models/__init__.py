from conferences.models.edition import Edition
from conferences.models.host import Host
from conferences.models.news import News
from conferences.models.page import Page
from conferences.models.record import Figure, Publication
from conferences.models.series import Series

__all__ = ["Edition", "Figure", "Host", "News", "Page", "Publication", "Series"]
