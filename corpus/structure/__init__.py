"""Structure of a document: which line is letterhead, heading, paragraph, attachment, signature.

The way through: `zones` cuts the lines into front matter, body, back matter and attachments;
`paragraphs` joins the body's lines; `outline` gives the numbered ones their place in the tree;
`headings` tells headings from numbered paragraphs; `layout` writes the clean text with its spans.
"""
