"""Work in the background: what was asked, in which order it is done, and what came of it.

A command that finds a running app hands its work over here (``running`` finds the app, ``local``
is the door it knocks at); pages hand over the files that people send. Knows no screen.
"""
