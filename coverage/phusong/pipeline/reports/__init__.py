"""`report`: what the run and the book say, put together for the forms of `views.documents`."""
