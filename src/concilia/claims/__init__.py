"""Claims: what a customer contests or withheld, what is proven, what people decided, how it was settled."""
