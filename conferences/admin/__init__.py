from conferences.admin import edition, programme, release

__all__ = ["edition", "programme", "release"]
