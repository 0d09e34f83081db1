"""Documents that an office signs and sends: one model, drawn alike as Word, Excel and PDF."""
