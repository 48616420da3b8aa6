"""Which of the numbers and sums of a text are meant, judged by what annotated documents taught."""
