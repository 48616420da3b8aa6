"""
Importing this loads the classifier and its concepts: for processes that will not be allowed to open
their files.
"""

from __future__ import annotations

from concilia.documents.core.classifier.shipped import shipped_model
from concilia.documents.core.lexicon.concepts import index_of
from concilia.kernel.languages import LANGUAGES

shipped_model()
for language in (None, *LANGUAGES):
    index_of(language)
