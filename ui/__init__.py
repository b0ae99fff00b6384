"""What the pages share. Streamlit lives here and in the pages, nowhere else.

From the ground: `text`, words of others shown as they are; `beside`, work for all visitors;
`session`, what one visitor looks at; `frame`, what stands around a page; `parts`, what several
pages draw; and one wing a page.
"""
