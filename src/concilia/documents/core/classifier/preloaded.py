"""Importing this loads the classifier: for processes that will not be allowed to open its file."""

from __future__ import annotations

from concilia.documents.core.classifier.shipped import shipped_model

shipped_model()
