"""Word documents, read from their own XML: content controls, text boxes and automatic numbers are part of the text."""
