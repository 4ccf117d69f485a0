"""From facts to catalogue entries: what lists, what identifies, what belongs to what, what to ask further."""
