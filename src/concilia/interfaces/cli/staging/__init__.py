"""The demonstration company on the stage: its material played through the production code."""
