"""What is known: a notice becomes passages and figures, all held by one Library."""
