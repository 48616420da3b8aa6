"""Claims, short payments and collections of a supplier, from the first e-mail to the posting."""

from __future__ import annotations
