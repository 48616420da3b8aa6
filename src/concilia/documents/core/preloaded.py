"""
Importing this loads the classifier, the picker and the concepts: for processes that will not be
allowed to open their files.
"""

from __future__ import annotations

from concilia.documents.core.classifier.shipped import shipped_model
from concilia.documents.core.lexicon.concepts import index_of
from concilia.documents.core.picking.picker import shipped_picker
from concilia.kernel.languages import LANGUAGES

shipped_model()
shipped_picker()
for language in (None, *LANGUAGES):
    index_of(language)
