"""Claims: what a customer contests or withheld, what is proven, decided and settled."""
