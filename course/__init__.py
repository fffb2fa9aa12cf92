"""Feed-forward neural networks from first principles, as notebooks that grade themselves."""
