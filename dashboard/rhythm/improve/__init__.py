"""One change at a time: experiments, what came of them, and the practices that stay."""
