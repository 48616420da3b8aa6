"""
Importing this loads the classifier, its second look, the picker and the concepts: for processes
that will not be allowed to open their files.
"""

from __future__ import annotations

from concilia.documents.core.classifier.shipped import shipped_model
from concilia.documents.core.classifier.weighing import shipped_weighing
from concilia.documents.core.lexicon.concepts import concepts
from concilia.documents.core.picking.picker import shipped_picker

for model in (shipped_model(), shipped_picker().model):
    model.lookup  # noqa: B018 - made here, for all documents
shipped_weighing()
concepts()
