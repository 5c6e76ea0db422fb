"""Django's `makemessages`, which leaves out what a reader of a language never sees.

The admin is in German whoever asks, so its sentences stand in the German catalogue
only; the others hold what the public and both sides of a delegation can see.
"""

import ast
from pathlib import Path

from django.conf import settings
from django.core.management.commands import makemessages
from django.utils.functional import cached_property

# Folders and files whose words only staff see.
FOR_STAFF = ["admin", "admin.py", "apps.py", "export.py", "placeholders.py"]
FOR_STAFF += ["allotment_words.py", "register.py", "workshop_lists.py"]
NAMES = {"verbose_name", "verbose_name_plural", "help_text"}


class Command(makemessages.Command):
    def handle(self, *args, **options):
        chosen = set(options["locale"])
        if options["all"]:
            chosen = {path.name for path in Path("locale").iterdir()}
        staff = {settings.LANGUAGE_CODE}
        shared = {**options, "all": False}
        if chosen & staff:
            super().handle(*args, **{**shared, "locale": sorted(chosen & staff)})
        if chosen - staff:
            shared["locale"] = sorted(chosen - staff)
            shared["ignore_patterns"] = [*options["ignore_patterns"], *FOR_STAFF]
            self.build_file_class = PublicFile
            super().handle(*args, **shared)


class PublicFile(makemessages.BuildFile):
    """A file without the names of tables and columns, which only the admin shows."""

    @cached_property
    def is_model(self) -> bool:
        path = Path(self.path)
        return path.suffix == ".py" and "models" in path.with_suffix("").parts

    @cached_property
    def is_templatized(self) -> bool:
        return self.is_model or super().is_templatized

    def preprocess(self) -> None:
        if not self.is_model:
            super().preprocess()
            return
        tree = ast.parse(Path(self.path).read_text(encoding="utf-8"))
        Path(self.work_path).write_text(
            ast.unparse(WithoutNames().visit(tree)), encoding="utf-8"
        )


class WithoutNames(ast.NodeTransformer):
    """Takes the names and help texts of columns and tables out of a model."""

    def visit_Call(self, node):
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else ""
        if name.endswith("Field") or name == "ForeignKey":
            node.args = [part for part in node.args if not isinstance(part, ast.Call)]
        node.keywords = [part for part in node.keywords if part.arg not in NAMES]
        return self.generic_visit(node)

    def visit_Assign(self, node):
        target = node.targets[0]
        if isinstance(target, ast.Name) and target.id in NAMES:
            return ast.Pass()
        return self.generic_visit(node)
