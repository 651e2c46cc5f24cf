"""What docs/merge_figures.md says around its figures."""

HEAD = """# Merging, next to peers

Written by `make merge-peers`; no figure here is typed. Measured on {day} on {cores} cores, at a load of {start:.1f} to begin with. **Processor
time is what counts**: wall time is inflated where others use the machine. Each figure is the run with the least processor time of {reps}, of 10 where one takes less than half a second;
what is not done after {limit} s is stopped. Memory is the largest a process held at once; what starts it takes up to 10 MB, so less is not seen. Versions: {versions}.

Rapporteur and Docxodus are given the same .docx, `git merge-file --diff3` the same texts as lines, merged one after the other. Docxodus is the
only peer that we know to merge many contributions into one .docx with a list of conflicts; settings are its own defaults. Of its package on PyPI the
program is measured that does the work, without the client in Python."""

RULES = """
**What counts as found.** A conflict of the truth is a clause of the base; it is found if a program reports a conflict there. What it
reports about the same lines counts once. *Precision* is the share of reports that touch a real conflict; *by clause* is the share of
clauses pointed at that are in one: the difference is what has to be read for nothing.

| program | a conflict is of |
|---|---|
| Rapporteur | the clause that its `place` names; its list of overlaps is to be looked at and is left out |
| Docxodus | the paragraph that `baseAnchor` names |
| git | all lines in its part of the base; where that is empty, two additions in one place |

In the made-up texts the truth is known from how they were made. Rewording exchanges words one for one, so it is known which: the same word
changed in two ways, or a clause struck by one and changed by another, is a conflict; the same change by several is none; nor are changes with an
untouched word between the last word of one and the first of the other. What lies in between is doubtful, and counts neither
for nor against anybody. The texts are of the kind that our own tests use, though grown from other seeds, so they suit us better than real ones would."""

CASES = {
    "tiny": RULES + """

## Start

One clause, one contribution, one word: what it takes to start.""",
    "resolution-68": """
## Resolution 68

{words} words, {lines} lines, {n} contributions, **made up by us** around the {real} overlaps K1 to K4 that are real. K2 is a new wording of a clause that the
other contribution leaves alone, which a merge by the base alone cannot see. **Ours was developed with this case at hand and has tests that want K1 to K4
found; no peer was.** So this says what merging resolutions asks for, and not how well ours does on others.""",
    "twice": """
## The same contribution twice

One of these two contributions under two names. Nothing is in conflict.""",
    "mid": """
## 8 resolutions, {n} contributions

{words} words, {lines} clauses, {edits} changes of clauses; {real} clauses in conflict, {agreed} changed alike by several, {apart} in different words, {doubtful} doubtful.""",
    "mid-unlabelled": """
## The same without letters and numbers

As where a word processor counts ({words} words, {real} clauses in conflict). Above, a clause that is added changes the letters of those after it,
and a last clause ends otherwise: to Docxodus and git these are changes of words. How much of the difference is due to that is seen here.""",
    "big": """
## 70 resolutions, {n} contributions

{words} words, {lines} clauses, {edits} changes of clauses; {real} clauses in conflict, {agreed} changed alike by several, {apart} in different words, {doubtful} doubtful.""",
    "big-unlabelled": """
## The same without letters and numbers, {n} contributions

{words} words, {real} clauses in conflict; only the conflicts are asked for.""",
}

RESOLUTION = """
### Report by report

What each contribution did is judged here by the words of its lines alone, whatever a program says. What Docxodus *sees* is what it makes of each
contribution compared with the base by itself: where it takes a new wording for a deletion and an insertion, two contributions agree on the deletion.
From .docx ours reports the same."""

SPURIOUS = """
## Why reports are spurious

Beside what was missed in made-up texts stands how many of the words the strongest rewording left in their places.

| case | program | right | left aside | spurious | why | missed |
|---|---|--:|--:|--:|---|--:|"""

SCALE = """
## How cost grows

The large text with the first contributions only; the list of conflicts. All of them stand in the table above.
"""

TARGETS = """
## What was to be reached

A merge in the library is reading, merging and marking changes (`cargo bench -p drafting --bench merge`).

| ours | target | measured |
|---|---|---|"""

END = """
## Where the peers are better, and what cannot be compared

- Docxodus edits the Word document that it is given, and by its documentation compares tables, notes and formats too. Ours writes a document anew
  and keeps words, calls, labels, notes and tables. None of that is measured here: all texts are plain paragraphs.
- Where no letters are written and nothing moves, Docxodus finds much the same as ours; the cost stays.
- git marks whatever changed lines touch, and so misses nothing in the made-up texts; see what it costs in precision by clause.
- Docxodus brings its run-time along, so that short tasks are mostly its start; subtract the first table.
- `git merge-file` reads lines and knows nothing of documents; it is fast, and made for other texts. What it gives is a text with markers, so it has no
  column for a merged .docx. Every further contribution is merged into the markers of those before.
- Only we classify and list overlaps between additions, which no table here rewards.

The load was {end:.1f} at the end."""
