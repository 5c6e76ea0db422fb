from conferences.admin import edition, news, programme, release

__all__ = ["edition", "news", "programme", "release"]
