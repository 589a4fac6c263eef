"""What leaves the program: networks written to files, for oneself and for others, and people taken out of both.

``cells`` keeps a spreadsheet from running what stands in a table; ``package`` and ``tables`` write a pair of tables
with its description; ``graphs`` writes for other programs; ``sharing`` takes out what others need not see; ``ledger``
remembers where files were saved and who is to be forgotten. `tertius.Network` has the doors: ``save``, ``share`` and
``forget``. A network is known here by its tables alone.
"""
