"""What people and programs are shown of a document that was read and judged: JSON lines, a summary, a page."""
