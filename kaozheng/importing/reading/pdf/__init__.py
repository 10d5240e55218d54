"""PDF documents: text by where it stands on the page, tables by their lines or, without any, by their columns."""
