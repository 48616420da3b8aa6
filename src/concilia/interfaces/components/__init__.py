"""The component set that the desk and the portal share: tags, templates, styles and scripts."""

from __future__ import annotations
