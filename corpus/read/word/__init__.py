"""The inside of a .docx, read straight from its XML with the standard library alone.

python-docx is not used for reading: it passes over inserted text (tracked changes), content
controls, smart tags and text boxes, and does not resolve automatic numbering, all of which are
common in officials' files. These modules run only inside the sandboxed process.
"""
