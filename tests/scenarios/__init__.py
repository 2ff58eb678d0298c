"""A whole period of each shipped programme, through what people say and press, to the figures of its office."""
