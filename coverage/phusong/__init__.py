"""Say which hamlets and which pupils are left out, and what is the best next đồng.

The package is that argument, told in order. Read the folders from the bottom storey up:

- ``vocabulary``: what things are called, measured in, allowed to be;
- ``vietnamese``: the script itself: legacy fonts, tones, search keys, collation;
- ``places``: the administrative map by edition, hamlets and their ground;
- ``reach``: who is reached by what, how well, and how sure we are;
- ``gaps``: who is left out, and why;
- ``intake``: raw files become validated tables, with a quarantine beside them;
- ``simulate``: a made-up province, as its offices would deliver it;
- ``views``: tables become maps and summaries;
- ``store`` and ``pipeline``: what is kept, and what must be run again;
- ``cli`` and ``screens``: the doors.
"""

__version__ = "0.1.0"
