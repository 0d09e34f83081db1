"""What each office delivers: its own file, its own headings, its own bad habits."""
