"""How much a document may hold before it is no standard but an accident or an attack; a standard has 10 to 40 pages."""

#: Scanned books reach this size, standards do not: the largest of the series are below 5 MB.
FILE_BYTES = 30 * 1024 * 1024
#: A standard has 10,000 to 40,000 characters. What follows searches lines with patterns, so their length is work.
CHARACTERS = 2_000_000
#: A standard has some 2,000 lines and rows.
LINES = 100_000
#: The widest table known here has 5 columns. Also caps colspan, which HTML itself allows up to 1,000.
COLUMNS = 64
#: A table over twenty pages has some 400 rows; HTML itself allows a rowspan of 65,534.
ROWSPAN = 2_000
#: Cells of all tables together; spans make cells from few bytes.
CELLS = 200_000
#: Entries of a .docx; Word writes about 15, plus one per picture.
ZIP_ENTRIES = 5_000
#: One part of a .docx unpacked: the text of a whole book is below 20 MB of XML.
ZIP_PART_BYTES = 40 * 1024 * 1024
#: All parts of a .docx as its directory declares them, pictures included.
ZIP_BYTES = 400 * 1024 * 1024
#: More than any standard; pages cost about a tenth of a second each.
PDF_PAGES = 500
#: One stream of a PDF unpacked: page descriptions are below 1 MB, an uncompressed A4 scan at 300 dpi is 26 MB.
PDF_STREAM_BYTES = 100 * 1024 * 1024
#: All streams of a PDF unpacked.
PDF_BYTES = 600 * 1024 * 1024
#: What one page draws, unpacked: text pages are below 100 KB, drawings of maps reach megabytes.
PDF_PAGE_BYTES = 4 * 1024 * 1024
#: Characters of one page; a densely printed one has 5,000.
PDF_PAGE_CHARACTERS = 20_000
#: Lines and edges drawn on one page: finding tables crosses every one with every other.
PDF_PAGE_EDGES = 5_000
#: Of the processor, checked between pages: 500 plain pages take less than a minute.
PDF_SECONDS = 120.0
