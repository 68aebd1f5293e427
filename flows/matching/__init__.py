"""Matching willing people with open posts: candidates → programme → solver → circles and reasons. No I/O but the solver's own work.

candidates.py   who could go where, from when, by which clause: everything that rules one pair alone
programme.py    what rules several together, as rows of a linear programme; the accounts that should come out even
solver.py       the one door to HiGHS: three objectives, one after the other
greedy.py       first come, first served: the floor that the solver is measured against
circles.py      circles and chains among the exchanges chosen
reasons.py      why each was chosen, in both languages
matched.py      all of it in one call
"""
